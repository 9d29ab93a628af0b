"""The parts of a form: what they take, what they say, and what they never tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from family_case.i18n import translator
from family_case.model.kinds import SignClass
from tests.ui.spoken import nameless
from ui.theme import LIGHT
from ui.widgets.choice import Chips, Choice, KeyedChoice, YesNoChoice, options
from ui.widgets.curtain import Curtain
from ui.widgets.date_field import DateField
from ui.widgets.empty import Empty
from ui.widgets.fields import LineField, TextField
from ui.widgets.folder import FolderField
from ui.widgets.form import FormRow
from ui.widgets.passphrase import Passphrase, caps_after
from ui.widgets.reveal import Reveal
from ui.widgets.text import column, holding
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from family_case.i18n import Translator


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("2022-07-08", "8 July 2022"),
        ("08.07.2022", "8 July 2022"),
        ("2022-07", "July 2022"),
        ("2022-07-25/2022-07-31", "late July 2022"),
    ],
)
def test_a_date_says_how_it_was_understood(qtbot: QtBot, tr: Translator, typed: str, understood: str) -> None:
    field = DateField("When", tr)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, typed)
    assert (field.value(), field.words()) == (typed, understood)


def test_a_date_that_does_not_exist_is_named_once_the_field_is_left_not_while_typing(
    qtbot: QtBot, tr: Translator
) -> None:
    field = DateField("When", tr)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "31.02.2022")
    assert field.words() == ""
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert "31.02.2022" in field.words()
    assert field.line.property("wrong") is True
    field.set_value("28.02.2022")
    assert field.line.property("wrong") is False


def test_arrows_move_an_exact_day_and_leave_a_range_alone(qtbot: QtBot, tr: Translator) -> None:
    field = DateField("When", tr)
    qtbot.addWidget(field)
    field.set_value("2022-07-31")
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == "2022-08-01"
    QTest.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == "2022-07-31"
    field.set_value("2022-07")
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert field.value() == "2022-07"


def test_a_class_is_chosen_by_one_key(qtbot: QtBot, tr: Translator) -> None:
    field = KeyedChoice("Class", options(SignClass, tr))
    qtbot.addWidget(field)
    edits: list[str] = []
    field.edited.connect(lambda: edits.append(field.value()))
    for key in (Qt.Key.Key_1, Qt.Key.Key_0):
        QTest.keyClick(field, key)
    assert edits == ["voice", "account"]
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.value() == ""
    field.set_value("video")
    assert field.value() == "video"


def test_not_asked_is_not_no(qtbot: QtBot, tr: Translator) -> None:
    field = YesNoChoice("Proof asked", tr)
    qtbot.addWidget(field)
    assert field.value() == "unknown"
    QTest.keyClick(field, Qt.Key.Key_2)
    assert field.value() == "no"


def test_a_choice_gives_codes_and_the_wheel_changes_nothing_in_passing(qtbot: QtBot, tr: Translator) -> None:
    field = Choice("Class", options(SignClass, tr))
    other = LineField("Other")
    both = holding(column([field, other]))
    qtbot.addWidget(both)
    both.show()
    assert field.value() == ""
    field.set_value("video")
    assert (field.value(), field.currentText()) == ("video", "video")
    field.set_value("nothing of the kind")
    assert field.value() == ""
    assert not field.hasFocus()
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus  # Tab and click, not the wheel


def test_chips_keep_their_order(qtbot: QtBot) -> None:
    chips = Chips("Filter", [("sign", "signs"), ("approach", "approaches"), ("note", "notes")], chosen=["note"])
    qtbot.addWidget(chips)
    chips.set_value("note, sign")
    assert (chips.chosen(), chips.value()) == (["sign", "note"], "sign,note")


def test_an_error_stands_below_its_field_until_it_is_corrected(qtbot: QtBot) -> None:
    field = LineField("Number")
    row = FormRow("Number", field, required=True, help_text="As heard.")
    qtbot.addWidget(row)
    row.set_error("This is no number.")
    assert (row.error(), field.property("wrong")) == ("This is no number.", True)
    QTest.keyClicks(field, "4")
    assert (row.error(), field.property("wrong")) == ("", False)


def test_a_kept_name_shows_only_while_held_and_is_never_read_aloud(qtbot: QtBot) -> None:
    reveal = Reveal("K-001 Рябина", "Иван Петров", "hold to see the name")
    qtbot.addWidget(reveal)
    reveal.show()
    shown = []
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyPress(reveal, key)
        shown.append(reveal.text())
        QTest.keyRelease(reveal, key)
        shown.append(reveal.text())
    QTest.mousePress(reveal, Qt.MouseButton.LeftButton)
    shown.append(reveal.text())
    QTest.mouseRelease(reveal, Qt.MouseButton.LeftButton)
    assert shown == ["Иван Петров", "K-001 Рябина"] * 2 + ["Иван Петров"]
    QTest.keyPress(reveal, Qt.Key.Key_Space)
    reveal.hide()
    assert reveal.text() == "K-001 Рябина"
    spoken = QAccessible.queryAccessibleInterface(reveal).text(QAccessible.Text.Name)
    assert "Петров" not in spoken + reveal.toolTip()


def test_undo_in_the_toast_is_offered_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    toast = Toast(window)
    window.show()
    undone: list[bool] = []
    toast.say("K-001 saved", lambda: undone.append(True), "Undo")
    assert toast.words() == "K-001 saved"
    button = toast.findChild(QPushButton)
    assert button is not None
    button.click()
    button.click()
    assert (undone, toast.words()) == ([True], "")
    toast.say("K-001 printed")
    assert not button.isVisible()


def test_the_curtain_covers_everything_at_once(qtbot: QtBot) -> None:
    window = holding(column([LineField("Name")]))
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    Curtain(window, "Locking").draw()
    drawn = window.grab().toImage()
    colours = {drawn.pixelColor(x, 20).name() for x in range(0, 400, 5)}
    assert colours == {LIGHT.window}


@pytest.mark.parametrize(
    ("letter", "shift", "before", "after"),
    [
        ("a", False, None, False),
        ("A", False, None, True),
        ("A", True, True, False),
        ("я", True, None, True),
        ("7", False, None, None),
        ("7", False, True, True),
    ],
)
def test_a_letter_tells_whether_caps_lock_is_on(
    letter: str, shift: bool, before: bool | None, after: bool | None
) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, letter)
    assert caps_after(event, before=before) is after


def test_caps_lock_is_said_in_words_with_a_shape(qtbot: QtBot, tr: Translator) -> None:
    field = Passphrase("Passphrase", tr)
    qtbot.addWidget(field)
    QTest.keyClicks(field.line, "A", Qt.KeyboardModifier.NoModifier)
    assert "▲" in field.state()
    QTest.keyClicks(field.line, "a", Qt.KeyboardModifier.NoModifier)
    assert "▲" not in field.state()


@pytest.mark.parametrize(
    ("typed", "said"), [("", ""), ("12 ", ""), ("seven", "Latin"), ("семь", "Cyrillic"), ("семь seven", "several")]
)
def test_a_hidden_passphrase_says_which_letters_it_is_made_of(
    qtbot: QtBot, tr: Translator, typed: str, said: str
) -> None:
    field = Passphrase("Passphrase", tr)
    qtbot.addWidget(field)
    field.set_value(typed)
    assert said in field.state()
    assert ("Letters" in field.state()) == bool(said)


def test_a_passphrase_shows_only_on_demand(qtbot: QtBot, tr: Translator) -> None:
    field = Passphrase("Passphrase", tr)
    qtbot.addWidget(field)
    field.set_value("seven words")
    hidden = field.line.displayText()
    button = field.findChild(QPushButton)
    assert button is not None
    button.click()
    assert (hidden.strip("●"), field.line.displayText()) == ("", "seven words")


def test_choosing_a_folder_leaves_no_list_of_places(qtbot: QtBot, tr: Translator, tmp_path: Path) -> None:
    field = FolderField("Folder", tr)
    qtbot.addWidget(field)
    field.show()
    field.set_value(str(tmp_path / "not" / "yet" / "there"))
    button = field.findChild(QPushButton)
    assert button is not None
    button.click()
    dialog = field.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.fileSelected.emit(str(tmp_path))
        dialog.close()
    assert field.path() == tmp_path
    config = Path.home()
    assert not list(config.rglob("QtProject*"))
    assert not list(config.rglob("recently-used*"))


def test_ctrl_z_undoes_typing_first_and_is_then_left_to_the_window(qtbot: QtBot) -> None:
    heard: list[int] = []

    class Window(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
            if event.key() == Qt.Key.Key_Z:
                heard.append(event.key())

    window = Window()
    qtbot.addWidget(window)
    for field in (LineField("Name"), TextField("Words")):
        field.setParent(window)
        heard.clear()
        QTest.keyClicks(field, "abc")
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert (field.value(), heard) == ("", [])
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert heard == [Qt.Key.Key_Z]


def test_tab_leaves_a_text_of_many_lines(qtbot: QtBot) -> None:
    field, following = TextField("Words"), LineField("Number")
    window = holding(column([field, following]))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert (field.value(), following.hasFocus()) == ("", True)


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_every_part_has_a_name_that_can_be_read_aloud(qtbot: QtBot, language: str) -> None:
    tr = translator(language)
    parts: list[QWidget] = [
        LineField("Name"),
        TextField("Words"),
        DateField("When", tr),
        Choice("Class", options(SignClass, tr)),
        KeyedChoice("Class", options(SignClass, tr)),
        YesNoChoice("Proof", tr),
        Chips("Filter", [("a", "signs")]),
        Passphrase("Passphrase", tr),
        FolderField("Folder", tr),
        Reveal("K-001", "name", "hold"),
        Empty(LIGHT, "message-square", "Nothing yet.", ("Begin", lambda: None)),
    ]
    layout = column(parts)
    window = holding(layout)
    qtbot.addWidget(window)
    window.show()
    assert nameless(window) == []
    bare = LineField("")
    layout.addWidget(bare)  # and the walk would see one without
    bare.show()
    assert len(nameless(window)) == 1
