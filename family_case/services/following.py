"""What follows when an entry is written or changed: the task a report of death makes, and words where one may be wrong.

Nothing is refused here: whoever writes may be right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.entry import Entry
from family_case.model.groups import Equated, equated
from family_case.model.kinds import Payment, Promise
from family_case.model.status import StatusReport
from family_case.model.task import Task, TaskKind
from family_case.store import people, timeline
from family_case.store.rows import load

if TYPE_CHECKING:
    from family_case.model.base import Record
    from family_case.services.making import Maker

_TOLD = f"case_id = ? AND about_id = ? AND kind = '{TaskKind.TELL_FAMILY.value}'"


def after(maker: Maker, entry: Entry, detail: Record | None) -> None:
    """What follows from an entry with this detail, as both stand in the open change."""
    if isinstance(detail, StatusReport):
        _after_report(maker, entry, detail)
    if isinstance(detail, Payment):
        _after_payment(maker, entry, detail)
    if isinstance(detail, Promise):
        _after_promise(maker, entry)


def sought_elsewhere(maker: Maker, person_id: str) -> None:
    """Say so when somebody who is given a part in this case is himself sought in another."""
    if set(people.sought_in(maker.session.vault.connection, person_id)) - {maker.case_id}:
        maker.change.notes.append((SOUGHT_TOO, {}))


SOUGHT_TOO = N_(
    "This person is sought in another case. Both cases keep their own clocks: what he says himself is a sign of life "
    "only where it is logged as one."
)


def _after_report(maker: Maker, entry: Entry, report: StatusReport) -> None:
    """A report of death asks for a decision who tells the family, how and when (DOMAIN rule 4)."""
    if report.about_group.strip() and equated(entry.cohort_id, report.cohort_claim) is Equated.UNSOURCED:
        maker.change.notes.append(
            (N_("Nobody is recorded as saying that this group is the cohort (--cohort-claim): it counts for none."), {})
        )
    if not report.tells_death or not maker.case_id:
        return
    if load(maker.session.vault.connection, Task, _TOLD, (maker.case_id, entry.id)):
        return
    fixed = {"case_id": maker.case_id, "text": "", "about_id": entry.id, "recorded_ms": maker.now_ms()}
    maker.build(Task, "task", {}, kind=TaskKind.TELL_FAMILY, **fixed)
    maker.change.notes.append(
        (
            N_(
                "A task was added: who tells the family, how and when. Until it is done, no paper for a relative "
                "tells of this report."
            ),
            {},
        )
    )


def _after_promise(maker: Maker, entry: Entry) -> None:
    terms = timeline.terms_of(maker.session.vault.connection, entry.id)
    due = terms[-1].due.latest if terms else None
    said = entry.happened.earliest if entry.happened else None
    if due is not None and said is not None and due < said:
        words = N_("This promise was due before it was made. It was saved so; check both days.")
        maker.change.notes.append((words, {}))


_OTHER_CURRENCY = N_(
    "This payment is in another currency than the promise it is set against, and counts nothing towards its amount. It "
    "was saved so."
)


def _after_payment(maker: Maker, entry: Entry, payment: Payment) -> None:
    promised = timeline.one(maker.session.vault.connection, Entry, payment.promise_id or "")
    promise = timeline.one(maker.session.vault.connection, Promise, payment.promise_id or "")
    if promise is not None and promise.amount is not None and promise.currency != payment.currency:
        maker.change.notes.append((_OTHER_CURRENCY, {}))
    said = promised.happened.earliest if promised and promised.happened else None
    paid = entry.happened.latest if entry.happened else None
    if said is not None and paid is not None and paid < said:
        maker.change.notes.append(
            (
                N_("This payment lies before the promise it is set against. It was saved so; check both days."),
                {},
            )
        )
