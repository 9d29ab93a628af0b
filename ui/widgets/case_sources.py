"""What the forms of a case offer to choose from: its people, conversations, promises and entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.entry import EntryKind
from family_case.model.phones import masked
from ui.widgets.entry_words import line, roles
from ui.widgets.form_fields import Sources
from ui.widgets.person_field import Option, people_options

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.views import CasePage
    from family_case.services.offered import Offered
    from ui.widgets.case_reading import CaseView


def case_sources(view: CaseView, tr: Translator) -> Sources:
    """Options for the fields of people and records, newest records first; cohorts, sources, bodies, places of all."""
    page = view.page
    called = roles(page.people, tr)
    talks = {item.id: item.conversation for item in page.timeline if item.conversation is not None}
    worded = [(item, line(item, called, tr, talks)) for item in reversed(page.timeline)]
    said = [
        (item, Option(item.id, " · ".join(part for part in (words.when, words.title, words.gist) if part)))
        for item, words in worded
    ]
    return Sources(
        [*people_options(page.people, tr), *_outside(page)],
        {
            "told_in": [option for item, option in said if item.conversation is not None],
            "against": [option for item, option in said if item.entry and item.entry.kind is EntryKind.PROMISE],
            "entry": [option for item, option in said if item.entry],
            "about": [option for item, option in said if item.entry],
            "step": [option for item, option in said if item.entry and item.entry.kind is EntryKind.STEP],
            **beyond_sources(view.offered, tr).records,
            "identifier": [
                Option(each.id, f"{tr.text(each.kind.label)} {masked(each.number)}")
                for each in page.background.identifiers
            ],
        },
    )


def beyond_sources(beyond: Offered, tr: Translator) -> Sources:
    """What the forms of a record in no case offer: own fields, cohorts, sources, bodies, places."""
    sources = [Option(each.id, each.publisher or each.name) for each in beyond.sources]
    bodies = [Option(each.id, each.name) for each in beyond.bodies]
    places = [Option(each.id, each.name) for each in beyond.places]
    return Sources(
        records={
            "field": [Option(each.id, f"{each.name} ({tr.text(each.of.label)})") for each in beyond.fields],
            "cohort": [Option(each.id, each.name) for each in beyond.cohorts],
            **dict.fromkeys(("from_source", "origin"), sources),
            **dict.fromkeys(("place", "held_at", "from_place"), places),
            **dict.fromkeys(("body", "about_body", "forwarded_to"), bodies),
        }
    )


def _outside(page: CasePage) -> list[Option]:
    """People an entry names who have no role in the case: by name, since no role tells them apart."""
    inside = {each for card in page.people for each in card.ids}
    named = {person: name for item in page.timeline for _part, person, name in item.people if person not in inside}
    return [Option(person, name) for person, name in named.items() if name]
