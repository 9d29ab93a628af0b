"""Words that stand nowhere else, and every spelling in which one could lie in a file or in memory."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from family_case.chance import Dice

_LATIN, _CYRILLIC = "bdfgjklmprtvwxz", "бджзйкфхцчшщэюя"
_LETTERS, _DIGITS = 14, 9
_CUT = 2  # letters of base 64 at either end that depend on what stands beside


@dataclass(frozen=True, slots=True)
class Canaries:
    """One word in each script and one number, all thrown anew for each run, so that no source text holds them."""

    latin: str
    cyrillic: str
    digits: str

    def text(self, mark: str) -> str:
        """A text for a field; `mark` says later where a hit came from."""
        return f"{self.cyrillic.capitalize()} {self.latin.capitalize()} {mark}"

    def number(self) -> str:
        """A telephone number."""
        return f"+79{self.digits}"

    def needles(self) -> dict[bytes, str]:
        """Every spelling that is searched for, and what it is."""
        return {
            needle: f"{word} as {how}"
            for word in (self.latin, self.cyrillic, self.digits)
            for how, needle in _spelled(word)
        }

    def plain(self) -> dict[bytes, str]:
        """The few spellings in which a program holds text in memory."""
        return {
            written.encode(code): f"{word} in memory as {code}"
            for word in (self.latin, self.cyrillic, self.digits)
            for written in (word, word.capitalize(), word.upper())
            for code in ("utf-8", "utf-16-le", "utf-32-le")
        }


def thrown(dice: Dice) -> Canaries:
    """New words."""
    return Canaries(_word(dice, _LATIN), _word(dice, _CYRILLIC), "".join(str(dice.below(10)) for _ in range(_DIGITS)))


def key_needles(secrets: Mapping[str, bytes]) -> dict[bytes, str]:
    """Keys as bytes and as the hex digits that a database is keyed with."""
    found: dict[bytes, str] = {}
    for name, secret in secrets.items():
        spelled = {"bytes": secret, "hex": secret.hex().encode(), "HEX": secret.hex().upper().encode()}
        spelled["hex in UTF-16"] = secret.hex().encode("utf-16-le")
        found |= {needle: f"{name} as {how}" for how, needle in spelled.items()}
    return found


def hits(data: bytes | mmap.mmap, needles: Mapping[bytes, str]) -> Iterator[str]:
    """What of `needles` stands in `data`."""
    for needle, what in needles.items():
        if data.find(needle) >= 0:
            yield what


def hits_in(files: Iterable[Path], needles: Mapping[bytes, str]) -> list[str]:
    """What stands in which file, in its name or in the text of a link."""
    found = []
    for path in files:
        named = os.fsencode(path)
        if path.is_symlink():
            named += b"\0" + os.fsencode(path.readlink())
        found += [f"name of {path}: {what}" for what in hits(named, needles)]
        if path.is_file() and not path.is_symlink():
            found += [f"{path}: {what}" for what in hits(path.read_bytes(), needles)]
    return found


def _word(dice: Dice, letters: str) -> str:
    return "".join(letters[dice.below(len(letters))] for _ in range(_LETTERS))


def _spelled(word: str) -> Iterator[tuple[str, bytes]]:
    for written in {word, word.capitalize(), word.upper(), word.casefold()}:
        for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
            data = written.encode(code)
            yield code, data
            yield f"hex of {code}", data.hex().encode()
            yield f"HEX of {code}", data.hex().upper().encode()
            for shift in range(3):
                coded = base64.b64encode(bytes(shift) + data).rstrip(b"=")
                yield f"base 64 of {code}", coded[_CUT * bool(shift) + (shift == 2) : -_CUT]
        yield "JSON", json.dumps(written).strip('"').encode()
        yield "URL", quote(written).encode()
