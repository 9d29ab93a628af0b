"""The summary for a lawyer, and the extract for a relative: one dossier in, PDF bytes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from family_case.i18n import N_, translator
from family_case.model.date_words import day_words
from family_case.model.dossier import Dossier, Profile
from family_case.reports.back import SHEET, closing, handling
from family_case.reports.chronology import chronology, last_word
from family_case.reports.claims import approaches, promises
from family_case.reports.fonts import known_letters
from family_case.reports.front import TITLE_FAMILY, TITLE_LAWYER, cover, glance, identity
from family_case.reports.markup import shown
from family_case.reports.paper import EXTRACT, Paper
from family_case.reports.sheet import Frames, print_sheet

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

Section = Callable[[Paper], "list[Flowable]"]

_SHARED: tuple[Section, ...] = (cover, glance, identity, chronology, last_word, approaches, promises)
_SECTIONS: dict[Profile, tuple[Section, ...]] = {
    Profile.LAWYER: (*_SHARED, closing),
    Profile.FAMILY: _SHARED,
}


def render(dossier: Dossier) -> bytes:
    """Print `dossier` in its language; equal dossiers give equal bytes. Raises nothing a user could cause."""
    story, loose, frames = compose(dossier)
    return print_sheet(story, loose, frames)


def compose(dossier: Dossier) -> tuple[list[Flowable], list[Flowable], Frames]:
    """What stands on the numbered pages, on the sheet to tear off, and around both; can be set only once."""
    known_letters()
    paper = Paper(dossier, translator(dossier.language))
    story = [flowable for section in _SECTIONS[dossier.profile] for flowable in section(paper)]
    return story, handling(paper), _frames(paper)


def _frames(paper: Paper) -> Frames:
    tr = paper.tr
    code = shown(paper.dossier.case_code, tr)
    title = tr.text(TITLE_LAWYER if paper.privileged else TITLE_FAMILY)
    return Frames(
        title=title,
        header=title if paper.privileged else tr.text(EXTRACT),
        header_right=day_words(paper.dossier.as_of, tr),
        foot=code,
        page=tr.text(N_("page {n} of {m}")),
        loose_foot=f"{code} · {tr.text(SHEET)}",
    )
