"""Rules 2 and 4 in words: since when no direct word, what silence does not mean, the last proof that he is alive."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.entry import Part
from family_case.model.kinds import SignClass, SignOfLife
from family_case.model.person import RoleKind, Sex
from family_case.model.rule_words import ago_words
from family_case.model.silence_words import silence_words
from family_case.model.status import StatusReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from family_case.i18n import Translator
    from family_case.model.silence import Silence
    from family_case.model.views import CasePage, PersonCard, TimelineItem

# Translators: these begin the phrase "text to his brother"
_WHAT = {
    SignClass.VOICE: N_("call"),
    SignClass.VIDEO: N_("video"),
    SignClass.KNOWN_NUMBER: N_("text"),
    SignClass.CHECK_ANSWERED: N_("text"),
    SignClass.HANDWRITING: N_("letter"),
}
# Translators: these end the phrase "text to his brother"; by whose they are: his, hers, of a person of unknown sex
_WHOM = {
    (RoleKind.MOTHER, None): (N_("to his mother"), N_("to her mother"), N_("to the mother")),
    (RoleKind.FATHER, None): (N_("to his father"), N_("to her father"), N_("to the father")),
    (RoleKind.SPOUSE, Sex.FEMALE): (N_("to his wife"), N_("to her wife"), N_("to the wife")),
    (RoleKind.SPOUSE, Sex.MALE): (N_("to his husband"), N_("to her husband"), N_("to the husband")),
    (RoleKind.SPOUSE, None): (N_("to his wife or husband"), N_("to her wife or husband"), N_("to the wife or husband")),
    (RoleKind.PARTNER, None): (N_("to his partner"), N_("to her partner"), N_("to the partner")),
    (RoleKind.CHILD, Sex.MALE): (N_("to his son"), N_("to her son"), N_("to the son")),
    (RoleKind.CHILD, Sex.FEMALE): (N_("to his daughter"), N_("to her daughter"), N_("to the daughter")),
    (RoleKind.CHILD, None): (
        N_("to his son or daughter"),
        N_("to her son or daughter"),
        N_("to the son or daughter"),
    ),
    (RoleKind.SIBLING, Sex.MALE): (N_("to his brother"), N_("to her brother"), N_("to the brother")),
    (RoleKind.SIBLING, Sex.FEMALE): (N_("to his sister"), N_("to her sister"), N_("to the sister")),
    (RoleKind.SIBLING, None): (
        N_("to his brother or sister"),
        N_("to her brother or sister"),
        N_("to the brother or sister"),
    ),
    (RoleKind.HALF_SIBLING, Sex.MALE): (
        N_("to his half-brother"),
        N_("to her half-brother"),
        N_("to the half-brother"),
    ),
    (RoleKind.HALF_SIBLING, Sex.FEMALE): (
        N_("to his half-sister"),
        N_("to her half-sister"),
        N_("to the half-sister"),
    ),
    (RoleKind.HALF_SIBLING, None): (
        N_("to his half-brother or half-sister"),
        N_("to her half-brother or half-sister"),
        N_("to the half-brother or half-sister"),
    ),
}
_WHOSE = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)  # the order of each line above
_NOBODYS = {
    RoleKind.RELATIVE: N_("to a relative"),
    RoleKind.FRIEND: N_("to a friend"),
    RoleKind.LAWYER: N_("to a lawyer"),
    RoleKind.FELLOW_PRISONER: N_("to a fellow prisoner"),
}
# pairs in which people type what was said
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ("„", "”"), ("‘", "’"), ('"', '"'))


def silence_sentence(
    silence: Silence, last: TimelineItem | None, tr: Translator, people: Sequence[PersonCard] = ()
) -> str:
    """How long there has been no direct word, what the last one was, and that silence alone says nothing.

    `last` is the last direct word (see `last_word_item`); `people` of the case say to whom it was: the role, no name.
    """
    known = last is not None and not silence.since_last_seen and silence.word is not None
    told = _last(last, tr, people) if known and last is not None else ""
    return silence_words(silence, tr, told, sex=_sex_of_sought(people))


# Over the reports since the last proof (DOMAIN rule 4), by whether there is one.
SINCE = {
    True: N_("Reports since then, the newest first; none of them tells his fate for certain:"),
    False: N_("Reports, the newest first; none of them tells his fate for certain:"),
}


def proof_sentence(page: CasePage, tr: Translator) -> str:
    """What the last proof that he is alive was, when, and how long ago; that there is none is said."""
    proof = page.last_proof
    if proof is None:
        return tr.text(N_("No proof that he is alive is recorded."))
    happened = proof.entry.happened if proof.entry else None
    when = date_words(happened, tr) if happened else tr.text(N_("date not known"))
    told = ", ".join(part for part in (_what(proof, tr, page.people), when, ago_words(page.rules.fate, tr)) if part)
    return tr.text(N_("Last proof that he is alive: {what}."), what=told)


def unquoted(text: str) -> str:
    """What stands between quotation marks when one pair holds the whole `text`; otherwise `text` as it is.

    For a text that gets the quotation marks of the reader's language: «Жив» is printed as “Жив”, not as “«Жив»”.
    """
    whole = text.strip()
    for left, right in _QUOTES:
        inner = whole[1:-1]
        if len(whole) > 1 and whole[0] == left and whole[-1] == right and not _parted(inner, left, right):
            return inner.strip()
    return text


def _parted(inner: str, left: str, right: str) -> bool:
    """Whether the first mark closes before the end: «Жив», сказал он, «и здоров»."""
    if left == right:
        return left in inner
    depth = 1
    for mark in inner:
        depth += (mark == left) - (mark == right)
        if depth == 0:
            return True
    return False


def last_word_item(items: Iterable[TimelineItem]) -> TimelineItem | None:
    """The counting sign of life that ends last: what the sentence names."""
    counting = [item for item in items if item.counts]
    return max(counting, key=_end, default=None)


def _end(item: TimelineItem) -> tuple[date, str]:
    happened = item.entry.happened if item.entry else None
    return (happened.latest if happened and happened.latest else date.min, item.happened_key)


def _last(last: TimelineItem, tr: Translator, people: Sequence[PersonCard]) -> str:
    told = _what(last, tr, people)
    happened = last.entry.happened if last.entry else None
    if happened is None:
        return tr.text(N_("Last: {what}."), what=told)
    return tr.text(N_("Last: {what}, {date}."), what=told, date=date_words(happened, tr))


def _what(last: TimelineItem, tr: Translator, people: Sequence[PersonCard]) -> str:
    """A sign of life and to whom it was: "text to his brother"; of anything else that somebody said so."""
    sign = last.detail
    if isinstance(sign, StatusReport):
        return tr.text(N_("a checked statement"))
    what = tr.text(
        _WHAT.get(sign.sign_class, N_("sign of life")) if isinstance(sign, SignOfLife) else N_("sign of life")
    )
    whom = _whom(last, people)
    return f"{what} {tr.text(whom)}" if whom else what


def _whom(last: TimelineItem, people: Sequence[PersonCard]) -> str:
    cards = {card.person.id: card for card in people}
    card = next((cards[person] for part, person, _name in last.people if part is Part.WITH and person in cards), None)
    if card is None:
        return ""
    kind = card.role.kind
    whose = _WHOM.get((kind, card.person.sex)) or _WHOM.get((kind, None))
    return whose[_WHOSE.index(_sex_of_sought(people))] if whose else _NOBODYS.get(kind, "")


def _sex_of_sought(people: Iterable[PersonCard]) -> Sex:
    return next((card.person.sex for card in people if card.role.kind is RoleKind.SOUGHT), Sex.UNKNOWN)
