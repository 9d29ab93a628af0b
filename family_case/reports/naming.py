"""Whom and what an entry names: people by name or label, numbers, and exact words with how we have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.dossier import LabelKind
from family_case.model.person import role_label
from family_case.reports.markup import Markup, joined, plain
from family_case.services.sentences import unquoted

if TYPE_CHECKING:
    from family_case.model.dossier import Item, NumberLine, Who
    from family_case.model.entry import Part
    from family_case.reports.paper import Paper


def name_of(paper: Paper, who: Who) -> str:
    """The name where it may be said, else the label with its mark."""
    return who.name or paper.tr.text(who.label.label, mark=who.mark)


def who_is(paper: Paper, who: Who) -> Markup:
    """Name or label, and what he is in this case."""
    name, role = name_of(paper, who), _role(paper, who)
    if who.label is LabelKind.SOUGHT:
        return paper.upright(name)
    if name.casefold() == role.casefold():  # "the accountant" has no other name yet
        return role_of(paper, who)
    return paper.say(N_("{name} ({role}, as claimed)") if who.claimed else N_("{name} ({role})"), name=name, role=role)


def role_of(paper: Paper, who: Who) -> Markup:
    """What he is in this case, or says he is."""
    return paper.say(N_("{role}, as claimed") if who.claimed else "{role}", role=_role(paper, who))


def _role(paper: Paper, who: Who) -> str:
    return paper.tr.text(role_label(who.role, who.sex))


def people_of(paper: Paper, item: Item, *parts: Part) -> Markup:
    """People of an entry, each with his part; only those parts where some are asked for."""
    return joined(
        (paper.field(part.label, who_is(paper, who)) for part, who in item.people if not parts or part in parts), "; "
    )


def those(paper: Paper, item: Item, part: Part) -> Markup:
    """People with one part in an entry, without naming the part."""
    return joined(who_is(paper, who) for each, who in item.people if each is part)


def number_shown(paper: Paper, line: NumberLine) -> Markup:
    """A number, and in the lawyer's paper in how many other cases it occurs."""
    shown = paper.upright(line.shown)
    if not (paper.privileged and line.other_cases):
        return shown
    text = paper.tr.plural(
        "occurs in {n} other case",
        "occurs in {n} other cases",
        line.other_cases,
    )
    return Markup(f"{shown} ({plain(text, paper.tr)})")


def numbers_of(paper: Paper, item: Item) -> Markup:
    """Numbers of an entry."""
    return joined((paper.field(line.part.label, number_shown(paper, line)) for line in item.numbers), "; ")


def exact_words(paper: Paper, item: Item) -> list[Markup]:
    """Exact words, how we have them, and their translation; a gap is said except in a family paper."""
    entry = item.entry
    if item.words_withheld and not entry.words:
        return [paper.say(N_("Exact words: withheld"))] if paper.privileged else []
    if not entry.words:
        return []
    how = paper.code(entry.words_from)
    foreign = entry.words_language != paper.tr.language
    language = paper.language(entry.words_language) if foreign else ""
    notes = plain(", ".join(note for note in (how, language) if note), paper.tr)
    lines = [paper.fill(N_("“{words}” ({how})"), words=paper.told(unquoted(entry.words)), how=notes)]
    if entry.translation:
        by = N_("Translation by {name}: “{words}”") if entry.translated_by else N_("Translation: “{words}”")
        lines.append(
            paper.fill(by, words=paper.told(unquoted(entry.translation)), name=paper.upright(entry.translated_by))
        )
    return lines
