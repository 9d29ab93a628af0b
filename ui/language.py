"""The window's language: our own texts, Qt's texts for its standard buttons, and which language to begin with.

A switch makes the screens anew: a window that is built once, in one language, needs no second path for every text, and
what is being written is kept as a draft anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from family_case.i18n import LANGUAGES, Translator, translator

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


def of_the_system() -> str:
    """The first of the user's languages that this program speaks; English when there is none."""
    wished = [name.replace("-", "_").split("_")[0] for name in QLocale.system().uiLanguages()]
    return next((name for name in wished if name in LANGUAGES), "en")


class Language:
    """The language in use; `speak` changes it."""

    def __init__(self, app: QCoreApplication, code: str) -> None:
        self._app = app
        self._qt: QTranslator | None = None
        self.tr: Translator = translator("en")
        self.speak(code)

    def speak(self, code: str) -> None:
        """Take `code` ('en', 'ru', 'uk') for all windows made from now on."""
        self.tr = translator(code)
        QLocale.setDefault(QLocale(self.tr.language))
        if self._qt is not None:
            self._app.removeTranslator(self._qt)
            self._qt = None
        fresh = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.tr.language != "en" and fresh.load(f"qtbase_{self.tr.language}", folder):
            self._app.installTranslator(fresh)
            self._qt = fresh
