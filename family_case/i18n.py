"""The ground floor's languages: one catalogue for window, command line and paper.

Message ids are the English texts themselves, with named braces. `N_` marks a text where it stands; a `Translator`
turns it into a language. Catalogues are compiled from `resources/locale/*/LC_MESSAGES/family_case.po`.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from family_case.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DOMAIN = "family_case"
LANGUAGES = {"en": "English", "ru": "Русский", "uk": "Українська"}


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark `message` for the catalogue and give it back unchanged."""
    return message


def catalogue_folder() -> Path:
    """Folder that holds one sub-folder per language."""
    return resources() / "locale"


@runtime_checkable
class InWords(Protocol):
    """A value of a message that is said in the reader's language, such as a day."""

    def in_words(self, tr: Translator, /) -> str:
        """The value as it stands in a sentence."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Texts and plurals of one language; made by `translator`. Babel formats by its `language` where it is needed."""

    language: str
    _catalogue: gettext.NullTranslations = field(repr=False)

    def text(self, message: str, /, **values: object) -> str:
        """Translate `message` and put the named `values` in its braces."""
        found = self._catalogue.gettext(message) if message else ""
        return found.format(**self._told(values)) if values else found

    def _told(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values as people read them: what can say itself in words does, a code of an enumeration by its label."""
        return {name: self._label(value) for name, value in values.items()}

    def _label(self, value: object) -> object:
        if isinstance(value, InWords):
            return value.in_words(self)
        label = getattr(value, "label", None)
        return self._catalogue.gettext(label) if isinstance(label, str) and label else value

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Translate for the number `n` (available in the text as {n})."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)


def translator(language: str) -> Translator:
    """Give the translator of `language` ('en', 'ru', 'uk'); English when another is asked for."""
    known = language if language in LANGUAGES else "en"
    catalogue = gettext.translation(DOMAIN, catalogue_folder(), languages=[known], fallback=True)
    return Translator(known, catalogue)
