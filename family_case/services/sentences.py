"""Rule 2 of the domain in words: since when no direct word, what the last one was, and what silence does not mean."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.entry import Part
from family_case.model.kinds import SignClass, SignOfLife
from family_case.model.person import RoleKind, Sex
from family_case.model.silence_words import silence_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from family_case.i18n import Translator
    from family_case.model.silence import Silence
    from family_case.model.views import PersonCard, TimelineItem

# Translators: these begin the phrase "text to his brother"
_WHAT = {
    SignClass.VOICE: N_("call"),
    SignClass.VIDEO: N_("video"),
    SignClass.KNOWN_NUMBER: N_("text"),
    SignClass.CHECK_ANSWERED: N_("text"),
    SignClass.HANDWRITING: N_("letter"),
}
# Translators: these end the phrase "text to his brother"
_WHOM = {
    (RoleKind.MOTHER, None): N_("to his mother"),
    (RoleKind.FATHER, None): N_("to his father"),
    (RoleKind.SPOUSE, None): N_("to his wife"),
    (RoleKind.PARTNER, None): N_("to his partner"),
    (RoleKind.CHILD, Sex.MALE): N_("to his son"),
    (RoleKind.CHILD, Sex.FEMALE): N_("to his daughter"),
    (RoleKind.CHILD, None): N_("to his son or daughter"),
    (RoleKind.SIBLING, Sex.MALE): N_("to his brother"),
    (RoleKind.SIBLING, Sex.FEMALE): N_("to his sister"),
    (RoleKind.SIBLING, None): N_("to his brother or sister"),
    (RoleKind.HALF_SIBLING, Sex.MALE): N_("to his half-brother"),
    (RoleKind.HALF_SIBLING, Sex.FEMALE): N_("to his half-sister"),
    (RoleKind.HALF_SIBLING, None): N_("to his half-brother or half-sister"),
    (RoleKind.RELATIVE, None): N_("to a relative"),
    (RoleKind.FRIEND, None): N_("to a friend"),
    (RoleKind.LAWYER, None): N_("to a lawyer"),
    (RoleKind.FELLOW_PRISONER, None): N_("to a fellow prisoner"),
}


def silence_sentence(
    silence: Silence, last: TimelineItem | None, tr: Translator, people: Sequence[PersonCard] = ()
) -> str:
    """How long there has been no direct word, what the last one was, and that silence alone says nothing.

    `last` is the last direct word (see `last_word_item`); `people` of the case say to whom it was: the role, no name.
    """
    known = last is not None and not silence.since_last_seen and silence.word is not None
    return silence_words(silence, tr, _last(last, tr, people) if known and last is not None else "")


def last_word_item(items: Iterable[TimelineItem]) -> TimelineItem | None:
    """The counting sign of life that ends last: what the sentence names."""
    counting = [item for item in items if item.counts]
    return max(counting, key=_end, default=None)


def _end(item: TimelineItem) -> tuple[date, str]:
    happened = item.entry.happened if item.entry else None
    return (happened.latest if happened and happened.latest else date.min, item.happened_key)


def _last(last: TimelineItem, tr: Translator, people: Sequence[PersonCard]) -> str:
    sign = last.detail
    what = tr.text(
        _WHAT.get(sign.sign_class, N_("sign of life")) if isinstance(sign, SignOfLife) else N_("sign of life")
    )
    whom = _whom(last, people)
    told = f"{what} {tr.text(whom)}" if whom else what
    happened = last.entry.happened if last.entry else None
    if happened is None:
        return tr.text(N_("Last: {what}."), what=told)
    return tr.text(N_("Last: {what}, {date}."), what=told, date=date_words(happened, tr))


def _whom(last: TimelineItem, people: Sequence[PersonCard]) -> str:
    cards = {card.person.id: card for card in people}
    card = next((cards[person] for part, person, _name in last.people if part is Part.WITH and person in cards), None)
    if card is None:
        return ""
    kind = card.role.kind
    return _WHOM.get((kind, card.person.sex), _WHOM.get((kind, None), ""))
