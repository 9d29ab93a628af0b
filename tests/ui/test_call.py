"""On a call: the window is covered early and locked late, and a key that uncovers does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QVBoxLayout

from family_case.errors import Unavailable
from tests.ui.desk import Desk, enter, seen, settled
from ui.widgets.curtain import Curtain
from ui.windows.locking import Why

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.windows.main import MainWindow

KEY = Qt.Key.Key_F9


def covered(window: QWidget) -> bool:
    """Whether nothing of `window` can be read: a curtain over all of it, above all else in it, and no title."""
    curtain = window.findChild(Curtain, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if curtain is None or not curtain.isVisible() or window.windowTitle():
        return False
    points = [window.rect().center(), window.rect().topLeft(), window.rect().bottomRight()]
    found = [window.childAt(point) for point in points]
    return all(each is curtain or (each is not None and curtain.isAncestorOf(each)) for each in found)


def on_call(qtbot: QtBot, desk: Desk, folder: Path) -> MainWindow:
    """The vault open, its window active, and a call begun by its key."""
    window = enter(qtbot, desk, folder)
    settled(qtbot, desk)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, KEY)
    return window


def rest(desk: Desk, seconds: float) -> None:
    """So long nobody touches anything."""
    desk.clock.elapsed += seconds
    desk.app.guard.idle.look()


def focused() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_the_foot_says_in_which_mode_one_is_and_the_key_leads_there_and_back(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    window = on_call(qtbot, desk, vault_folder)
    assert "on a call: covered after 1 minute, locks in 19:5" in seen(window)
    QTest.keyClick(window, KEY)
    assert "locks in 4:5" in seen(window)
    assert "on a call" not in seen(window)


def test_after_a_minute_of_a_call_nothing_can_be_read_and_a_key_only_uncovers(
    qtbot: QtBot, desk: Desk, story_folder: Path
) -> None:
    window = on_call(qtbot, desk, story_folder)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    title, field = window.windowTitle(), window._search
    assert title
    rest(desk, 61)
    assert covered(window)
    QTest.keyClicks(focused(), "a")
    assert not covered(window)
    assert (field.text(), window.windowTitle()) == ("", title)
    QTest.keyClicks(focused(), "b")
    assert field.text() == "b"
    assert desk.left == []
    settled(qtbot, desk)


def test_a_click_uncovers_and_presses_nothing(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = on_call(qtbot, desk, vault_folder)
    rest(desk, 61)
    QTest.mouseClick(window._navigation, Qt.MouseButton.LeftButton, pos=window._navigation.rect().center())
    assert not covered(window)
    rest(desk, 61)
    QTest.keyClick(window, KEY)  # also the call's own key: it uncovers, and the call goes on
    assert desk.app.guard.on_call


def test_a_call_locks_after_twenty_minutes_also_covered_and_after_eight_hours_of_typing(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    window = on_call(qtbot, desk, vault_folder)
    for _ in range(8 * 60 // 19):
        rest(desk, 19 * 60)
        assert desk.left == []
        QTest.keyClick(window, Qt.Key.Key_Shift)
    rest(desk, 6 * 60)
    assert desk.why == [Why.DAY]


def test_dialogs_menus_and_boxes_that_come_later_are_covered_too(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = on_call(qtbot, desk, vault_folder)
    dialog = QDialog(window)
    dialog.setWindowTitle("Анна")
    written = QLineEdit(parent=dialog)
    box = QVBoxLayout(dialog)
    box.addWidget(written)
    dialog.open()
    written.setFocus()
    menu = QMenu(window)
    menu.addAction("Рябина")
    menu.popup(window.pos())
    rest(desk, 61)
    assert covered(window)
    assert covered(dialog)
    assert not menu.isVisible()
    desk.app.tell(Unavailable("K-001"))
    window.toast("K-001 saved")
    window.setWindowTitle("K-001")
    dialog.resize(700, 500)
    QApplication.sendPostedEvents()
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert len(shown) == 3
    assert [each for each in shown if not covered(each)] == []
    QTest.keyClicks(written, "x")
    assert dialog.isVisible()  # it was not answered meanwhile
    assert (dialog.windowTitle(), window.windowTitle(), written.text()) == ("Анна", "K-001", "")
    assert window.findChildren(Curtain, options=Qt.FindChildOption.FindDirectChildrenOnly)[0].isHidden()
    for each in shown[1:]:
        each.close()


def test_ctrl_l_locks_from_under_the_cover_and_from_dialogs_and_menus(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    window = on_call(qtbot, desk, vault_folder)
    rest(desk, 61)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desk.left == [vault_folder]


def test_a_changed_language_does_not_end_the_call(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    on_call(qtbot, desk, vault_folder)
    desk.app.look(desk.app.settings)
    rest(desk, 1)
    assert "on a call" in seen(desk.main())
    assert any("on a call" in each.text() for each in desk.main().findChildren(QLabel))
    settled(qtbot, desk)


def test_ctrl_l_locks_from_a_dialog_that_has_the_keyboard(qtbot: QtBot, desk: Desk, vault_folder: Path) -> None:
    window = enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)
    dialog = QDialog(window)
    with qtbot.waitActive(dialog):
        dialog.open()
    handle = dialog.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (desk.left, desk.why) == ([vault_folder], [Why.ASKED])


def test_the_window_locks_when_its_vault_is_no_longer_where_it_was(
    qtbot: QtBot, desk: Desk, vault_folder: Path
) -> None:
    enter(qtbot, desk, vault_folder)
    settled(qtbot, desk)
    vault_folder.rename(vault_folder.with_name("elsewhere"))
    qtbot.waitUntil(lambda: bool(desk.left), timeout=5_000)
    assert desk.why == [Why.MEDIUM]
