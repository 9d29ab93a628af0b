"""What a paper may say of the bodies an entry names, and of a source that is no conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from family_case.model.dossier import AnswerLine, BodyLine
from family_case.services.rules import clocks_of

if TYPE_CHECKING:
    from datetime import date

    from family_case.model.entry import Entry
    from family_case.model.views import CasePage, TimelineItem

Clean = Callable[[str], str]


def asked(item: TimelineItem, clean: Clean, day: date | None) -> tuple[BodyLine, ...]:
    """The bodies of a step or a denial with their answers, free text gone through `clean`.

    With a `day`, each with how long it has not replied.
    """
    clocks = {each.clock.asked_id: each.clock for each in clocks_of(item, day)} if day else {}
    return tuple(
        BodyLine(
            clean(line.body.name),
            line.since,
            line.forwarded_from is not None,
            tuple(AnswerLine(each.reply, each.received, clean(each.text)) for each in line.replies),
            clocks.get(line.id),
        )
        for line in item.bodies
    )


def source_words(entry: Entry, page: CasePage, clean: Clean) -> str:
    """The source in words; of one that was added its publisher and address, never its name: it may be a person's."""
    known = next((each for each in page.background.sources if each.id == entry.source_id), None)
    told = [entry.source, *((clean(known.publisher), clean(known.address)) if known else ())]
    return ", ".join(part for part in told if part)
