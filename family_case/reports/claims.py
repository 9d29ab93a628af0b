"""What strangers wanted and what was promised: 6 approaches and document requests, 7 promises and payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.base import YesNo
from family_case.model.entry import Part
from family_case.model.kinds import Approach, DocumentRequest, Payment, Promise, PromiseStatus, Sent
from family_case.reports.front import NOTHING
from family_case.reports.layout import AMOUNT, SMALL, Cell, Column, body, cell, headed, subheading, table
from family_case.reports.markup import EMPTY, Markup, capital, joined
from family_case.reports.naming import exact_words, numbers_of, people_of, those

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from family_case.model.dossier import Item
    from family_case.model.promises import Standing
    from family_case.reports.paper import Paper

    _Part = tuple[str, str, list[Column], list[list[Cell]]]  # title, what to say when it is empty, columns, rows


_AMOUNT: Final = N_("Amount")


def approaches(paper: Paper) -> list[Flowable]:
    """Section 6: who claimed what and wanted what, and which documents were asked for and given."""
    came = [_approach(paper, item, item.detail) for item in paper.dossier.items if isinstance(item.detail, Approach)]
    asked = [
        _request(paper, item, item.detail) for item in paper.dossier.items if isinstance(item.detail, DocumentRequest)
    ]
    who_and_what = _columns(paper, (N_("Who came, as claimed"), 56), (N_("What was said and done"), 75))
    document = _columns(paper, (N_("Document"), 56), (N_("Purpose and outcome"), 75))
    heading = paper.section(6, N_("Approaches and document requests"))
    return _parts(
        paper,
        heading,
        (N_("Approaches"), N_("No approaches are recorded."), who_and_what, came),
        (N_("Document requests"), N_("No document requests are recorded."), document, asked),
    )


def _parts(paper: Paper, heading: Flowable, *parts: _Part) -> list[Flowable]:
    """The tables under a heading; that one is empty is said before the others, lest it go to a page by itself.

    A relative's paper says of nothing that there is none: what is kept from her may be just that.
    """
    empties = [empty for _title, empty, _columns, rows in parts if not rows] if paper.privileged else []
    if not any(rows for _title, _empty, _columns, rows in parts):
        return headed(heading, body(paper.say(NOTHING))) if empties else []
    lead = [heading, *(body(paper.say(empty)) for empty in empties)]
    story: list[Flowable] = []
    for title, _empty, columns, rows in parts:
        if rows:
            story += headed(*lead, subheading(paper.say(title)), table(columns, rows))
            lead = []
    return story


def _columns(paper: Paper, *more: tuple[str, float]) -> list[Column]:
    """Number and date, then the table's own columns (title, millimetres)."""
    first = ((N_("No."), 9.0), (N_("When"), 30.0))
    return [Column(paper.say(title), width, amounts=title == _AMOUNT) for title, width in (*first, *more)]


def _lead(paper: Paper, item: Item) -> list[Cell]:
    """Number of the entry and its date."""
    when = paper.when(item.entry.happened) or paper.say(N_("date not known"))
    return [cell(paper.upright(str(item.number))), cell(when)]


def _known(paper: Paper, label: str, value: YesNo) -> Markup:
    """A yes or no that somebody asked about; nothing where it is not known."""
    return paper.field(label, paper.upright(paper.code(value))) if value is not YesNo.UNKNOWN else EMPTY


def _approach(paper: Paper, item: Item, detail: Approach) -> list[Cell]:
    who = cell(
        paper.field(N_("Name"), paper.told(detail.claimed_name)),
        paper.field(N_("Position"), paper.told(detail.claimed_position)),
        paper.field(N_("Body"), paper.told(detail.claimed_body)),
        paper.field(N_("Channel"), paper.channel(detail.channel)),
        Markup(capital(people_of(paper, item))),
        Markup(capital(numbers_of(paper, item))),
    )
    what = cell(
        paper.field(N_("Pretext"), paper.told(detail.pretext)),
        paper.field(N_("Demands"), paper.told(detail.demands)),
        paper.field(N_("Pressure"), paper.told(detail.pressure)),
        paper.field(N_("Threats"), paper.told(detail.threats)),
        paper.told(item.entry.text),
        *exact_words(paper, item),
        _known(paper, N_("Proof of life asked for"), detail.proof_asked),
        _known(paper, N_("Proof of life given"), detail.proof_given),
        paper.field(N_("Advice given"), paper.upright(detail.advice)),
        paper.field(N_("Outcome"), paper.upright(detail.outcome)),
        paper.field(N_("Checked"), paper.upright(item.entry.checked)),
    )
    return [*_lead(paper, item), who, what]


def _request(paper: Paper, item: Item, detail: DocumentRequest) -> list[Cell]:
    document = cell(
        paper.bold(capital(paper.code(detail.document))),
        paper.field(N_("Pages"), paper.told(detail.pages)),
        paper.field(N_("Channel"), paper.channel(detail.channel)),
        Markup(capital(people_of(paper, item))),
        Markup(capital(numbers_of(paper, item))),
    )
    given = joined((paper.upright(paper.code(detail.sent)), paper.when(detail.sent_on)))
    outcome = cell(
        paper.field(N_("Stated purpose"), paper.told(detail.purpose)),
        paper.field(N_("Contradicts usual practice"), paper.upright(detail.contradicts)),
        paper.told(item.entry.text),
        *exact_words(paper, item),
        paper.field(N_("Document given"), given) if detail.sent is not Sent.UNKNOWN or detail.sent_on else EMPTY,
        paper.field(N_("What followed"), paper.upright(detail.follow_up)),
        paper.field(N_("Checked"), paper.upright(item.entry.checked)),
    )
    return [*_lead(paper, item), document, outcome]


def promises(paper: Paper) -> list[Flowable]:
    """Section 7: promises with what came of them, then payments; every amount in its own currency."""
    items = paper.dossier.items
    said = [_promise(paper, item, item.detail) for item in items if isinstance(item.detail, Promise)]
    paid = [_payment(paper, item, item.detail) for item in items if isinstance(item.detail, Payment)]
    columns = _columns(paper, (N_("Promise"), 60), (N_("Due"), 31), (N_("What came of it"), 40))
    met = paper.privileged or any(isinstance(item.detail, Approach | DocumentRequest) for item in items)
    heading = paper.section(7 if met else 6, N_("Promises and payments"))
    made = _columns(paper, (N_("Payment"), 81), (N_("Against promise"), 20), (_AMOUNT, 30))
    return _parts(
        paper,
        heading,
        (N_("Promises"), N_("No promises are recorded."), columns, said),
        (N_("Payments"), N_("No payments are recorded."), made, [*paid, *_sums(paper)]),
    )


def _promise(paper: Paper, item: Item, detail: Promise) -> list[Cell]:
    amount = paper.money(detail.amount, detail.currency) or paper.say(N_("no amount named"))
    said = cell(
        Markup(f"{paper.bold(capital(paper.code(detail.promise)))}: {amount}"),
        Markup(capital(people_of(paper, item))),
        Markup(capital(numbers_of(paper, item))),
        *exact_words(paper, item),
        paper.told(item.entry.text),
        paper.field(N_("Conditions"), paper.told(detail.conditions)),
        paper.field(N_("In writing"), paper.upright(paper.code(detail.written))),
        paper.field(N_("Contract shown"), paper.upright(paper.code(detail.contract_shown))),
        paper.field(N_("Checked"), paper.upright(item.entry.checked)),
    )
    return [*_lead(paper, item), said, _terms(paper, item), _outcome(paper, item.standing, detail)]


def _terms(paper: Paper, item: Item) -> Cell:
    """Every due date ever said, the first one first."""
    lines = [
        line
        for term in item.terms
        for line in (
            *cell(paper.when(term.due)),
            *cell(paper.field(N_("said"), paper.brief(term.said)), style=SMALL),
        )
    ]
    return lines or cell(paper.say(N_("no date said")))


def _outcome(paper: Paper, standing: Standing | None, detail: Promise) -> Cell:
    stated = detail.status if detail.status is not PromiseStatus.STATED else None
    if standing is None:
        return cell(paper.upright(paper.code(stated or detail.status)))
    late = paper.tr.plural("{n} day late", "{n} days late", standing.days_late)
    slips = paper.tr.plural("put off {n} time", "put off {n} times", standing.slips)
    money = detail.amount is not None or standing.paid > 0
    awaited = standing.overdue or standing.paid > 0  # before its day nothing is missing, least of all a death payment
    return cell(
        paper.bold(capital(paper.code(standing.state))),
        paper.upright(capital(paper.code(stated))) if stated and stated.label != standing.state.label else EMPTY,
        paper.field(N_("Paid"), paper.money(standing.paid, detail.currency)) if money else EMPTY,
        paper.field(N_("Still missing"), paper.money(standing.missing, detail.currency)) if awaited else EMPTY,
        paper.upright(capital(late)) if standing.overdue else EMPTY,
        paper.upright(capital(slips)) if standing.slips else EMPTY,
        paper.field(N_("Fulfilled on"), paper.when(detail.fulfilled_on)),
        paper.field(N_("Source"), paper.upright(detail.fulfilled_source)),
    )


def _payment(paper: Paper, item: Item, detail: Payment) -> list[Cell]:
    against = next((each.number for each in paper.dossier.items if each.entry.id == detail.promise_id), None)
    what = cell(
        paper.bold(capital(paper.code(detail.form))),
        paper.field(N_("Paid by, as claimed"), those(paper, item, Part.PAYER)),
        Markup(capital(people_of(paper, item, *(part for part in Part if part is not Part.PAYER)))),
        Markup(capital(numbers_of(paper, item))),
        paper.told(item.entry.text),
        *exact_words(paper, item),
        _known(paper, N_("Receipt"), detail.receipt),
        paper.field(N_("Checked"), paper.upright(item.entry.checked)),
    )
    promise = paper.say(N_("entry {number}"), number=against) if against else paper.say(N_("none known"))
    return [*_lead(paper, item), what, cell(promise), cell(paper.money(detail.amount, detail.currency), style=AMOUNT)]


def _sums(paper: Paper) -> list[list[Cell]]:
    """The row under the payments: what was paid in all, one line a currency."""
    sums: dict[str, int] = {}
    for item in paper.dossier.items:
        if isinstance(item.detail, Payment):
            sums[item.detail.currency] = sums.get(item.detail.currency, 0) + item.detail.amount
    lines = cell(*(paper.money(sums[currency], currency) for currency in sorted(sums)), style=AMOUNT)
    return [[[], [], cell(paper.bold(paper.tr.text(N_("Paid in all")))), [], lines]] if lines else []
