"""Someone who was written down twice: both records shown as one person, and told apart again.

Nothing is rewritten: one column of one record says under which other it is read. What is kept from one is kept from
both; a consent opens only the names and numbers of the record it was given under.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.person import Role
from family_case.services import finders, naming
from family_case.store import cases, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.services.session import Session

BOTH_SOUGHT = N_(
    "Both are sought, in different cases: {cases}. Each case keeps its own clock; check that they are one man."
)
OPENS = N_("A consent opens only the names and numbers of the record it was given under.")
KEPT = N_("What is kept from one of them is kept from both. Nothing is rewritten: they can be told apart again.")
TOGETHER = N_("Shown as one person from now on, in {cases}. Names: {names}; numbers: {numbers}.")
TOGETHER_NOWHERE = N_("Shown as one person from now on. Names: {names}; numbers: {numbers}.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be shown together: how much of each sort, in which cases, and in which of them he is sought."""

    person_id: str  # the record that is read under the other one
    into_id: str
    names: int
    numbers: int
    roles: tuple[Role, ...]
    cases: tuple[str, ...]  # codes
    sought_in: tuple[str, ...]  # codes; more than one is a doubt

    def words(self) -> Iterator[tuple[str, dict[str, object]]]:
        """The same in sentences: message ids and their values."""
        counted = {"names": self.names, "numbers": self.numbers, "cases": ", ".join(self.cases)}
        yield TOGETHER if self.cases else TOGETHER_NOWHERE, counted
        if len(self.sought_in) > 1:
            yield BOTH_SOUGHT, {"cases": ", ".join(self.sought_in)}
        yield KEPT, {}
        yield OPENS, {}


def preview(session: Session, ref: str, into: str) -> Preview:
    """What merging the person of `ref` into the one of `into` would show together; nothing is written.

    Raises Refused for somebody unknown, and for one and the same person.
    """
    connection = session.vault.connection
    cards = [finders.card_of(session, each) for each in (ref, into)]
    first, main = (card.person.id for card in cards)
    if first == main:
        raise Refused(N_("Both are the same person already. Nothing was saved."))
    known = {
        case_id: people.in_case(connection, case_id)
        for each in (first, main)
        for case_id in people.cases_of(connection, each)
    }
    both = {each for card in cards for each in card.ids}
    roles = [card.role for found in known.values() for card in found if card.ids & both]
    sought = [*people.sought_in(connection, first), *people.sought_in(connection, main)]
    return Preview(
        person_id=first,
        into_id=main,
        names=len({name.id for card in cards for name in card.names}),
        numbers=len({number.id for card in cards for number in card.endpoints}),
        roles=tuple(roles),
        cases=cases.codes_of(connection, known),
        sought_in=cases.codes_of(connection, dict.fromkeys(sought)),
    )


def merge(session: Session, ref: str, into: str) -> Changes:
    """Have the person of `ref` (and whoever was merged into him) be read under the one of `into`; `made` is that one.

    Raises what `preview` raises, and Refused when the code or alias of a case would tell one of the names.
    """
    planned = preview(session, ref, into)
    connection = session.vault.connection
    with session.vault.change(Reason.MERGE, session.actor) as change:
        for each in people.records_of(connection, planned.person_id):
            change.put(replace(each, merged_into=planned.into_id))
        naming.keep_bare(session, planned.into_id)
        if len(planned.sought_in) > 1:
            change.notes.append((BOTH_SOUGHT, {"cases": ", ".join(planned.sought_in)}))
        change.made = planned.into_id
    return change.result


def unmerge(session: Session, ref: str) -> Changes:
    """Have this record be a person of its own again; `made` is its id. Refused when it was merged into nobody."""
    connection = session.vault.connection
    found = people.person(connection, ref.strip())
    if found is None:
        raise Refused(N_("“{ref}” is not the id of a person. Nothing was changed."), ref=ref)
    if found.merged_into is None:
        under = [each.id for each in people.records_of(connection, found.id) if each.id != found.id]
        if under:
            raise Refused(
                N_("Others are shown under this record: tell one of them apart instead ({ids}). Nothing was changed."),
                ids=" ".join(under),
            )
        raise Refused(N_("This person was not joined with another one. Nothing was changed."))
    with session.vault.change(Reason.UNMERGE, session.actor) as change:
        change.put(replace(found, merged_into=None))
        change.made = found.id
    return change.result
