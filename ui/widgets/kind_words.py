"""What offers, stays, status reports, denials and steps say in a line of the timeline: essence, and what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.money import Money, money_words
from family_case.model.offer import Offer, OwnWill
from family_case.model.status import StatusReport, StatusValue
from family_case.model.stay import Stay, StayKind
from family_case.model.step import Denial, StepTaken

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.views import BodyLine, TimelineItem


def money(amount: int | None, currency: str, tr: Translator) -> str:
    """An amount in the reader's language, or nothing."""
    return money_words(Money(amount, currency), tr.language) if amount is not None and currency else ""


def essence(item: TimelineItem, tr: Translator) -> list[str]:
    """What matters first; nothing for the other kinds."""
    detail = item.detail
    if isinstance(detail, Offer):
        will = tr.text(detail.own_will.label) if detail.own_will is not OwnWill.UNKNOWN else ""
        monthly = money(detail.monthly, detail.currency, tr)
        return [will, tr.text(N_("{amount} a month"), amount=monthly) if monthly else "", detail.employer]
    if isinstance(detail, Stay):
        kind = tr.text(detail.kind.label) if detail.kind is not StayKind.OTHER else ""
        return [item.place.name if item.place else "", kind, *_span(detail, tr)]
    if isinstance(detail, StatusReport):
        what = detail.dimension if detail.value is StatusValue.UNKNOWN else detail.value
        return [tr.text(what.label)]
    if isinstance(detail, StepTaken):
        return [tr.text(detail.by_whom.label), detail.step, *(_body(line, tr) for line in item.bodies)]
    return [_body(line, tr) for line in item.bodies]


def said(item: TimelineItem, tr: Translator) -> tuple[str, ...]:
    """What was told besides words and text; nothing for the other kinds."""
    detail = item.detail
    if isinstance(detail, Offer):
        own = tr.text(N_("“{words}”"), words=detail.own_words.strip()) if detail.own_words.strip() else ""
        return (own, detail.promised, detail.term, detail.training, _chosen(detail, tr))
    if isinstance(detail, StatusReport):
        group = tr.text(N_("said of a group: {group}"), group=detail.about_group) if detail.about_group else ""
        return (group, detail.cohort_claim, detail.confirmed_by)
    if isinstance(detail, Denial):
        return (detail.denied,)
    if isinstance(detail, StepTaken):
        return (
            detail.proof_of_sending,
            detail.why_not,
            *(reply.text for line in item.bodies for reply in line.replies),
        )
    return ()


def _chosen(detail: Offer, tr: Translator) -> str:
    """How many were selected of how many who applied, and who was excluded."""
    counts = (
        (N_("selected: {n}"), detail.selected),
        (N_("applied: {n}"), detail.applied),
    )
    told = [tr.text(words, n=number) for words, number in counts if number is not None]
    excluded = tr.text(N_("excluded: {who}"), who=detail.excluded) if detail.excluded else ""
    return "; ".join(filter(None, (*told, excluded)))


def _span(detail: Stay, tr: Translator) -> list[str]:
    ends = ((N_("from: {date}"), detail.arrived), (N_("until: {date}"), detail.left))
    return [tr.text(words, date=date_words(day, tr)) for words, day in ends if day is not None]


def _body(line: BodyLine, tr: Translator) -> str:
    """A body with its last answer."""
    answer = tr.text(line.replies[-1].reply.label) if line.replies else ""
    return f"{line.body.name} ({answer})" if answer else line.body.name
