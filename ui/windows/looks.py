"""How the window looks, as menus to choose from: language, colours, size of the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from family_case.i18n import LANGUAGES, N_
from family_case.settings import TEXT_PERCENTS, THEMES, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from family_case.i18n import Translator

_THEME_WORDS: Final = dict(zip(THEMES, (N_("As the system"), N_("Light"), N_("Dark")), strict=True))


class Looks(QObject):
    """Menus over the settings in use; a choice says how all of them would then be."""

    chosen = Signal(object)  # Settings

    def __init__(self, settings: Settings, tr: Translator, over: QWidget) -> None:
        super().__init__(over)
        self._settings, self._tr, self._over = settings, tr, over

    def languages(self) -> QMenu:
        """The languages, each in its own words."""
        spoken = self._settings.language or self._tr.language
        return self._menu(
            "", ((name, replace(self._settings, language=code), code == spoken) for code, name in LANGUAGES.items())
        )

    def themes(self) -> QMenu:
        """The colours."""
        now = self._settings.theme
        return self._menu(
            self._tr.text(N_("Colours")),
            (
                (self._tr.text(words), replace(self._settings, theme=name), name == now)
                for name, words in _THEME_WORDS.items()
            ),
        )

    def sizes(self) -> QMenu:
        """The sizes of the text in percent."""
        now = self._settings.text_percent
        return self._menu(
            self._tr.text(N_("Text size")),
            (
                (f"{percent} %", replace(self._settings, text_percent=percent), percent == now)
                for percent in TEXT_PERCENTS
            ),
        )

    def _menu(self, title: str, choices: Iterable[tuple[str, Settings, bool]]) -> QMenu:
        """A menu of words, what they would change the settings to, and whether they are so now."""
        menu = QMenu(title, self._over)
        group = QActionGroup(menu)
        for words, settings, now in choices:
            action = QAction(words, menu, checkable=True, checked=now)
            action.triggered.connect(lambda _checked=False, settings=settings: self.chosen.emit(settings))
            group.addAction(action)
            menu.addAction(action)
        return menu
