"""What a paper may say of the bodies an entry names, and of a source that is no conversation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from family_case.model.dossier import AnswerLine, BodyLine

if TYPE_CHECKING:
    from family_case.model.entry import Entry
    from family_case.model.views import CasePage, TimelineItem

Clean = Callable[[str], str]


def asked(item: TimelineItem, clean: Clean) -> tuple[BodyLine, ...]:
    """The bodies of a step or a denial with their answers, free text gone through `clean`."""
    return tuple(
        BodyLine(
            clean(line.body.name),
            line.since,
            line.forwarded_from is not None,
            tuple(AnswerLine(each.reply, each.received, clean(each.text)) for each in line.replies),
        )
        for line in item.bodies
    )


def source_words(entry: Entry, page: CasePage, clean: Clean) -> str:
    """The source in words; of one that was added its publisher and address, never its name: it may be a person's."""
    known = next((each for each in page.background.sources if each.id == entry.source_id), None)
    told = [entry.source, *((clean(known.publisher), clean(known.address)) if known else ())]
    return ", ".join(part for part in told if part)
