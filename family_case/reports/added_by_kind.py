"""What offers, stays, status reports, denials and steps add to an entry: essence in a line, the rest by its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import YesNo
from family_case.model.no_reply import ClockState
from family_case.model.offer import Offer, OwnWill
from family_case.model.rule_words import clock_words
from family_case.model.status import StatusReport, StatusValue
from family_case.model.stay import Stay, StayKind
from family_case.model.step import Denial, StepTaken
from family_case.reports.markup import EMPTY, Markup, joined

if TYPE_CHECKING:
    from family_case.model.dossier import BodyLine, Item
    from family_case.model.no_reply import Clock
    from family_case.reports.paper import Paper

Line = tuple[str, Markup]


def essence(paper: Paper, item: Item) -> list[Markup]:
    """What matters first of these kinds; nothing for the others."""
    detail = item.detail
    if isinstance(detail, Offer):
        will = paper.upright(paper.code(detail.own_will)) if detail.own_will is not OwnWill.UNKNOWN else EMPTY
        monthly = paper.money(detail.monthly, detail.currency)
        return [will, paper.fill(N_("{amount} a month"), amount=monthly) if monthly else EMPTY]
    if isinstance(detail, Stay):
        return [paper.upright(paper.code(detail.kind))] if detail.kind is not StayKind.OTHER else []
    if isinstance(detail, StatusReport):
        what = detail.dimension if detail.value is StatusValue.UNKNOWN else detail.value
        return [paper.upright(paper.code(what))]
    if isinstance(detail, StepTaken):
        return [paper.upright(paper.code(detail.by_whom)), *(paper.told(each.name) for each in item.bodies)]
    return [paper.told(each.name) for each in item.bodies]


def lines(paper: Paper, item: Item) -> list[Line]:
    """The rest of what these kinds add, each with its label; empty values are left to the caller to drop."""
    detail = item.detail
    if isinstance(detail, Offer):
        return _offer(paper, detail)
    if isinstance(detail, Stay):
        version = paper.told(detail.version)
        return [
            (N_("From"), paper.when(detail.arrived)),
            (N_("Until"), paper.when(detail.left)),
            (N_("Version (stays that exclude each other share a mark)"), version),
        ]
    if isinstance(detail, StatusReport):
        return _status(paper, detail)
    if isinstance(detail, Denial):
        return [(N_("What it denies"), paper.told(detail.denied))]
    if isinstance(detail, StepTaken):
        return _step(paper, item, detail)
    return []


def _offer(paper: Paper, detail: Offer) -> list[Line]:
    shown = paper.code(detail.contract_shown) if detail.contract_shown is not YesNo.UNKNOWN else ""
    return [
        (N_("Employer claimed"), paper.told(detail.employer)),
        (N_("Term"), paper.told(detail.term)),
        (N_("What else was promised"), paper.told(detail.promised)),
        (N_("In his own words"), paper.told(detail.own_words)),
        (N_("Training"), paper.told(detail.training)),
        (N_("Who was excluded"), paper.told(detail.excluded)),
        (N_("How many were selected"), _count(paper, detail.selected)),
        (N_("How many applied"), _count(paper, detail.applied)),
        (N_("Contract shown"), paper.upright(shown)),
    ]


def _status(paper: Paper, detail: StatusReport) -> list[Line]:
    rests = paper.upright(paper.code(detail.death_basis)) if detail.death_basis else EMPTY
    return [
        (N_("Group, in the teller's words"), paper.told(detail.about_group)),
        (N_("Who says that this group is a cohort"), paper.told(detail.cohort_claim)),
        (N_("On what a confirmed death rests"), rests),
        (N_("Second confirmation: by whom"), paper.told(detail.confirmed_by)),
    ]


def _step(paper: Paper, item: Item, detail: StepTaken) -> list[Line]:
    return [
        (N_("What was done"), paper.told(detail.step)),
        (N_("Proof of sending"), paper.told(detail.proof_of_sending)),
        (N_("Registration number"), paper.upright(detail.registration)),
        (N_("Registered on"), paper.when(detail.registered)),
        (N_("Why nothing was sent"), paper.told(detail.why_not)),
        *((N_("Reply"), answer) for each in item.bodies for answer in _answers(paper, each)),
        *((N_("Days without reply"), _waiting(paper, each, each.clock)) for each in item.bodies if each.clock),
    ]


def _waiting(paper: Paper, body: BodyLine, clock: Clock) -> Markup:
    """How long a body has owed a reply, and when it was or is due; nothing once it replied."""
    if clock.state not in (ClockState.WAITING, ClockState.UNPROVEN):
        return EMPTY
    return paper.upright(clock_words(body.name, clock, paper.tr, paper.dossier.as_of))


def _answers(paper: Paper, body: BodyLine) -> list[Markup]:
    """What a body answered, each with its day; the body first, for a step may have gone to several."""
    return [
        joined(
            (
                paper.told(body.name),
                paper.upright(paper.code(each.reply)),
                paper.when(each.received),
                paper.told(each.text),
            )
        )
        for each in body.answers
    ]


def _count(paper: Paper, number: int | None) -> Markup:
    return paper.upright(str(number)) if number is not None else EMPTY
