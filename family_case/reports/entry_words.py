"""An entry in one line: its kind and what the kind adds, as a list of nominative fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.kinds import Approach, Direction, DocumentRequest, Payment, Promise, SignOfLife
from family_case.reports import added_by_kind
from family_case.reports.markup import Markup, capital, joined

if TYPE_CHECKING:
    from family_case.model.base import Coded
    from family_case.model.dossier import Item
    from family_case.reports.paper import Paper


def headline(paper: Paper, item: Item) -> Markup:
    """Kind of the entry and its essence: "Sign of life: voice, phone"."""
    kind = paper.bold(capital(paper.code(item.kind)))
    essence = joined(_essence(paper, item))
    return Markup(f"{kind}: {essence}") if essence else kind


def _essence(paper: Paper, item: Item) -> list[Markup]:
    detail = item.detail
    if isinstance(detail, SignOfLife):
        there = (detail.direction,) if detail.direction is Direction.OUT else ()  # a word from him is the rule
        codes: tuple[Coded, ...] = (detail.sign_class, *there)
        return [*(paper.upright(paper.code(code)) for code in codes), paper.channel(detail.channel)]
    if isinstance(detail, Approach):
        return [paper.channel(detail.channel), paper.told(detail.claimed_position)]
    if isinstance(detail, DocumentRequest):
        return [paper.upright(paper.code(detail.document)), paper.channel(detail.channel)]
    if isinstance(detail, Promise):
        amount = paper.money(detail.amount, detail.currency)
        return [paper.upright(paper.code(detail.promise)), amount or paper.say(N_("no amount named"))]
    if isinstance(detail, Payment):
        return [paper.money(detail.amount, detail.currency), paper.upright(paper.code(detail.form))]
    return added_by_kind.essence(paper, item)
