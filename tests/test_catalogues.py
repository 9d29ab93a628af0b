"""The guard of the catalogues sees every kind of fault, and `update` keeps what translators wrote."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
_SPEC = importlib.util.spec_from_file_location("catalogues", ROOT / ".ci" / "catalogues.py")
assert _SPEC
assert _SPEC.loader
catalogues = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = catalogues
_SPEC.loader.exec_module(catalogues)

CODE = """
a = N_("Case")
b = tr.text(N_("{who} called"), who=x)
c = tr.plural(N_("one day"), N_("{n} days"), n)
one, many = (N_("{n} late"), N_("{n} lates"))
d = (N_("first"), N_("second"))
e = N_("joined "
       "text")
f = N_(name)
g = paper.tr.plural("{n} call", "{n} calls", 3)
"""


def test_messages_and_plurals_are_found() -> None:
    found = catalogues.messages_in(ast.parse(CODE))
    assert set(found) == {
        "Case",
        "{who} called",
        ("one day", "{n} days"),
        ("{n} late", "{n} lates"),
        ("{n} call", "{n} calls"),
        "first",
        "second",
        "joined text",
    }


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        (None, "missing"),
        (Message("{who} called", ""), "not translated"),
        (Message("{who} called", "{who} звонил", flags=["fuzzy"]), "not translated"),
        (Message("{who} called", "{кто} звонил"), "names in braces differ"),
        (Message("{who} called", "звонил"), "names in braces differ"),
    ],
)
def test_a_bad_translation_is_seen(translation: Message | None, fault: str) -> None:
    assert fault in catalogues.faults_of(Message("{who} called"), translation, "ru")[0]


def test_a_plural_needs_all_its_forms() -> None:
    words = ("one day", "{n} days")
    assert catalogues.faults_of(Message(words), Message(words, ("день", "{n} дня", "")), "ru")
    assert catalogues.faults_of(Message(words), Message(words, ("день", "{m} дня", "{n} дней")), "ru")
    assert catalogues.faults_of(Message(words), Message(words, ("день", "{n} дня", "{n} дней")), "ru") == []


def test_english_needs_no_translation() -> None:
    assert catalogues.faults_of(Message("Case"), Message("Case", ""), "en") == []


def test_update_keeps_translations_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "family_case").mkdir()
    code = tmp_path / "ui" / "a.py"
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    code.write_text('N_("Case")\nN_("Person")\n', "utf-8")
    catalogues.update()
    for language, words in (("ru", ("Дело", "Человек")), ("uk", ("Справа", "Людина"))):
        file = catalogues.file_of(language)
        text = file.read_text("utf-8")
        for original, word in zip(("Case", "Person"), words, strict=True):
            text = text.replace(f'msgid "{original}"\nmsgstr ""', f'msgid "{original}"\nmsgstr "{word}"')
        file.write_text(text, "utf-8")
    assert catalogues.check() == 0
    code.write_text('N_("Case")\nN_("Place")\n', "utf-8")
    assert catalogues.check() == 1
    assert "'Person': no longer in the code" in capsys.readouterr().out
    catalogues.update()
    assert 'msgid "Case"\nmsgstr "Дело"' in catalogues.file_of("ru").read_text("utf-8")
    assert "Person" not in catalogues.file_of("ru").read_text("utf-8")
