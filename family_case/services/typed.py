"""Codes of cases, numbers and accounts as people type them in a text: which it may mean, and what finds a code.

A code with another dash or none, with look-alike letters of the other script, with fewer zeros; a number in groups.
"""

from __future__ import annotations

import re

from family_case.model.case import plain_code
from family_case.model.text import INVISIBLE

_DASHES = r"_./№#\-‐-―"
_CODE = re.compile(
    rf"(?<!\w)([^\W\d_]{{1,12}})([{_DASHES}{INVISIBLE}]{{0,3}}|\s{{1,2}}|\s[{_DASHES}]\s)(\d{{1,8}})(?!\w)"
)
_PAD = 4  # digits of the longest running number that is looked for with its zeros
_RUN = re.compile(rf"\+?\d(?:[\s()._*·,/\-\u2010-\u2015{INVISIBLE}]*\d)+")
_FEWEST, _MOST, _NATIONAL = 6, 20, 10  # digits of a number or account
_ACCOUNT = re.compile(r"[\w.+-]*[A-Za-z][\w.+-]*(?:@[\w.-]+)?")
_ACCOUNT_FROM = 4  # letters and digits of an account
_LATIN_LIKE = dict(zip("ABEKMHOPCTYXI", "АВЕКМНОРСТУХІ", strict=True))


def codes_in(text: str) -> set[str]:
    """Codes of cases that may be meant in a text; zeros are filled in where the parts are joined (K-1 for K-001)."""
    found = set[str]()
    for letters, between, digits in _CODE.findall(text):
        spaced = between[:1].isspace()
        if spaced and (letters.islower() or not digits.startswith("0")):
            continue  # "к 12 августа"
        bare = digits.lstrip("0")
        sizes = {len(digits)} if spaced else {*range(len(bare), _PAD + 1), len(digits)}
        found |= {
            plain_code(letters + joint + bare.zfill(size)) for size in sizes for joint in ("-", "", " ", "/", ".")
        }
    return found


def code_pattern(code: str) -> str:
    """Pattern of a code with look-alike letters in either script, with other dashes or none."""
    letters = "".join(mark for mark in code if mark.isalpha())
    digits = "".join(mark for mark in code if mark.isdigit())
    alike = "".join(f"[{''.join(sorted({mark, mark.lower(), *_either(mark)}))}]" for mark in letters)
    return rf"(?<!\w){alike}(?:[{_DASHES}{INVISIBLE}]{{0,3}}0*{digits.lstrip('0')}|\s(?:[{_DASHES}]?\s)?{digits})(?!\w)"


def _either(mark: str) -> set[str]:
    like = _LATIN_LIKE.get(mark, "")
    return {like, like.lower()} - {""}


def norms_in(text: str) -> set[str]:
    """Normalised forms that digits and accounts in a text may stand for."""
    found = {said.lower().strip(".") for said in _ACCOUNT.findall(text) if len(said) >= _ACCOUNT_FROM}
    for run in _RUN.findall(text):
        groups = re.findall(r"\d+", run)
        for start in range(len(groups)):
            digits = ""
            for group in groups[start:]:
                digits += group
                if len(digits) > _MOST:
                    break
                found |= _as_kept(digits)
    return found


def _as_kept(digits: str) -> set[str]:
    if len(digits) < _FEWEST:
        return set()
    last = digits[-_NATIONAL:]
    trunk = {f"+7{last}", f"+38{last}"} if len(digits) in (_NATIONAL, _NATIONAL + 1) else set()
    return {digits, f"+{digits}", f"+{digits.removeprefix('00')}", *trunk}
