"""Keep the catalogues in step with the code.

.venv/bin/python .ci/catalogues.py update    take new messages in, drop those no longer there
.venv/bin/python .ci/catalogues.py check     fail when a message is missing, left over, untranslated, or its named
                                             braces differ from the original
"""

from __future__ import annotations

import ast
import string
import sys
from itertools import pairwise
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("en", "ru", "uk")
MOST_SHOWN = 40
ORIGINAL = "en"  # the messages are English; its catalogue may stay empty


Words = str | tuple[str, str]  # a message, or the singular and plural of one


def marked(node: ast.AST) -> str | None:
    """The text that `node` marks for translation with N_("...")."""
    match node:
        case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str(text))]):
            return text
    return None


def said(node: ast.AST) -> str | None:
    """The text of `node`, marked or plain."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else marked(node)


def pairs_in(node: ast.AST) -> list[tuple[str, str]]:
    """Singular and plural side by side: the first two arguments of `plural`, or two neighbours that both count {n}."""
    match node:
        case ast.Call(func=ast.Attribute(attr="plural"), args=[one, many, *_]):
            found = [(said(one), said(many))]
        case ast.Call(args=parts) | ast.Tuple(elts=parts):
            texts_of = [marked(part) for part in parts]
            found = [(a, b) for a, b in pairwise(texts_of) if a and b and "{n}" in a and "{n}" in b]
        case _:
            found = []
    return [(one, many) for one, many in found if one and many]


def messages_in(tree: ast.Module) -> list[Words]:
    """Every message of a module; the halves of a plural only together."""
    nodes = list(ast.walk(tree))
    pairs = [pair for node in nodes for pair in pairs_in(node)]
    halves = {text for pair in pairs for text in pair}
    singles = [text for node in nodes if (text := marked(node)) and text not in halves]
    return [*pairs, *singles]


def extracted() -> Catalog:
    """All messages in the code, with the files they stand in."""
    catalogue = Catalog(project="family-case", charset="utf-8")
    for room in ("family_case", "ui"):
        for file in sorted((ROOT / room).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            for words in messages_in(ast.parse(file.read_text("utf-8"), name)):
                catalogue.add(words, locations=[(name, 1)])
    return catalogue


def file_of(language: str) -> Path:
    """The committed catalogue of `language`."""
    return LOCALE / language / "LC_MESSAGES" / "family_case.po"


def stored(language: str) -> Catalog:
    """The catalogue of `language` as it is committed; empty when there is none yet."""
    file = file_of(language)
    if not file.exists():
        return Catalog(
            locale=language,
            project="family-case",
            version="1",
            header_comment="# Texts of family-case. Licence: GPL-3.0-or-later.",
            msgid_bugs_address="-",
            last_translator="-",
            language_team="-",
            fuzzy=False,  # a header marked as a guess keeps the whole catalogue from being compiled
        )
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update() -> int:
    """Write each language's catalogue anew: old translations kept, new messages empty, lost ones dropped."""
    template = extracted()
    for language in LANGUAGES:
        catalogue = stored(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        file_of(language).parent.mkdir(parents=True, exist_ok=True)
        with file_of(language).open("wb") as stream:
            write_po(stream, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
        print(f"{language}: {len(catalogue)} messages")
    return 0


def braces(text: str) -> set[str]:
    """The names in the braces of `text`."""
    return {name for _literal, name, _spec, _turn in string.Formatter().parse(text) if name is not None}


def texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """One text, or the forms of a plural."""
    return [value] if isinstance(value, str) else list(value or ())


def faults_of(message: Message, translation: Message | None, language: str) -> list[str]:
    """What is wrong with the translation of `message`."""
    label = f"{language}: {texts(message.id)[0][:70]!r}"
    given = texts(translation.string) if translation else []
    if language == ORIGINAL and not any(given):
        return []
    if translation is None:
        return [f"{label}: missing (run: catalogues.py update)"]
    if translation.fuzzy or not given or not all(given):
        return [f"{label}: not translated"]
    names = set[str]().union(*map(braces, texts(message.id)))
    wrong = [form for form in given if not braces(form) <= names or (len(given) == 1 and braces(form) != names)]
    return [f"{label}: the names in braces differ"] if wrong else []


def check() -> int:
    """Print what is wrong with the catalogues; 1 when anything is."""
    template = extracted()
    faults = []
    for language in LANGUAGES:
        catalogue = stored(language)
        ids = {texts(message.id)[0] for message in template if message.id}
        faults += [fault for m in template if m.id for fault in faults_of(m, catalogue.get(m.id, m.context), language)]
        faults += [
            f"{language}: {texts(m.id)[0][:70]!r}: no longer in the code"
            for m in catalogue
            if m.id and texts(m.id)[0] not in ids
        ]
    print(*faults[:MOST_SHOWN], sep="\n")
    print(f"{len(faults)} faults in the catalogues" if faults else "the catalogues follow the code")
    return 1 if faults else 0


if __name__ == "__main__":
    commands = {"update": update, "check": check}
    if sys.argv[1:] not in [[name] for name in commands]:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
