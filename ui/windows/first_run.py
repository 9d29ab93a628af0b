"""First run: language; create, open or try the story; folder; passphrase. Four quiet steps on one sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from family_case.i18n import LANGUAGES, N_
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.calm_button import CalmButton
from ui.widgets.folder import FolderField
from ui.widgets.form import FormRow
from ui.widgets.icons import icon
from ui.widgets.passphrase import Passphrase, say_offered, say_weight
from ui.widgets.text import button, restyle, row, text
from ui.windows.sheet import Sheet, working
from ui.windows.wishes import PROGRAM, Deed, Wish, ask, complaint_about, offer, usual_folder, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QHBoxLayout

    from family_case.errors import Problem
    from family_case.i18n import Translator
    from ui.jobs import Jobs, Opened
    from ui.theme import Colours
    from ui.widgets.text import Part

_CHOOSE: Final = "Choose a language  ·  Выберите язык  ·  Оберіть мову"  # before a language is known

# deed -> icon, what it is called, what it means
_DEEDS: Final = {
    Deed.CREATE: ("folder-plus", N_("Create a vault"), N_("An encrypted folder for the cases of your office.")),
    Deed.OPEN: ("folder-open", N_("Open a vault"), N_("A folder that this program made before, or a copy of one.")),
    Deed.STORY: ("book-open", N_("Try the story"), N_("Ten invented cases in a vault of their own, marked DEMO.")),
}
_RESTORE: Final = (N_("Restore a backup"), N_("A backup becomes a vault again, in a folder of its own."))


class FirstRun(Sheet):
    """Ends with a new vault open (`opened`), or with the folder of one that is to be unlocked (`folder_chosen`)."""

    opened = Signal(object)  # Opened
    folder_chosen = Signal(object)  # Path
    restore_wanted = Signal()
    language_chosen = Signal(str)  # the sheet is then made anew in that language

    def __init__(self, jobs: Jobs, tr: Translator, colours: Colours, *, language_known: bool) -> None:
        super().__init__(PROGRAM)
        self._jobs, self._tr, self._colours = jobs, tr, colours
        self._deed = Deed.CREATE
        self._folder = usual_folder()
        self._own = False
        self._offered = ""
        self._bar = working()
        if language_known:
            self.ask_deed()
        else:
            self.ask_language()

    def ask_language(self) -> None:
        """Step one; the current language has the keyboard."""
        buttons = [
            button(name, partial(self.language_chosen.emit, code), kind="calm") for code, name in LANGUAGES.items()
        ]
        self.put([text(PROGRAM, size="title"), text(_CHOOSE, tone="muted"), STEP, *buttons])
        buttons[list(LANGUAGES).index(self._tr.language)].setFocus()

    def ask_deed(self) -> None:
        """Step two."""
        buttons = []
        for deed, (drawing, name, meaning) in _DEEDS.items():
            drawn = icon(drawing, self._colours.accent, 24)
            said = self._tr.text(name), self._tr.text(meaning)
            buttons.append(CalmButton(*said, partial(self.ask_folder, deed), drawn))
        name, meaning = map(self._tr.text, _RESTORE)
        drawn = icon("undo-2", self._colours.accent, 24)
        buttons.append(CalmButton(name, meaning, self.restore_wanted.emit, drawn))
        language = button(
            LANGUAGES[self._tr.language],
            self.ask_language,
            kind="quiet",
            icon=icon("languages", self._colours.muted),
        )
        welcome = self._tr.text(N_("Everything stays on this computer, encrypted. Nothing is sent anywhere."))
        self.put([text(PROGRAM, size="title"), text(welcome, tone="muted"), STEP, *buttons, row([None, language])])
        buttons[0].setFocus()

    def ask_folder(self, deed: Deed) -> None:
        """Step three."""
        self._deed = deed
        tr = self._tr
        self.folder = FolderField(tr.text(N_("Folder")), tr)
        self.folder.set_value(str(usual_folder(deed)))
        helping = {
            Deed.OPEN: N_("The folder that holds the vault. A copy on a stick will do as well."),
        }.get(deed, N_("A new or empty folder. That a vault lies there can be seen; what is in it cannot."))
        self.folder_row = FormRow(tr.text(N_("Folder")), self.folder, help_text=tr.text(helping))
        self.folder.line.returnPressed.connect(self.take_folder)
        self.put(
            [
                text(tr.text(_DEEDS[deed][1]), size="title"),
                self.folder_row,
                self._buttons(N_("Continue"), self.take_folder, self.ask_deed),
            ]
        )
        self.folder.setFocus()

    def take_folder(self) -> None:
        """Look whether the folder will do, and go on."""
        folder = self.folder.path()
        complaint = complaint_about(folder, self._deed)
        if complaint:
            self.folder_row.set_error(self._tr.text(complaint))
        elif self._deed is Deed.OPEN:
            self.folder_chosen.emit(folder)
        else:
            self._folder = folder
            self.ask_passphrase()

    def ask_passphrase(self, *, own: bool = False) -> None:
        """Step four: a generated phrase first; `own`: the person's own, weighed as it is typed."""
        tr = self._tr
        self._own = own
        self.first = Passphrase(tr.text(N_("Passphrase")), tr)
        self.again = Passphrase(tr.text(N_("Type it once more")), tr)
        self.again_row = FormRow(tr.text(N_("Type it once more")), self.again)
        self.phrase = text("", size="large", bold=True)
        self.strength = text("", size="small", tone="muted")
        self.phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.phrase.setAccessibleName(tr.text(N_("Offered passphrase")))
        self.again.entered.connect(self.make)
        if own:
            self.first.edited.connect(lambda: weigh(self._jobs, self.first.value(), self._weighed))
        else:
            offer(self._jobs, tr.language, self._show_offer)
        self.put(self._passphrase_parts(own=own))
        (self.first if own else self.again).setFocus()

    def make(self) -> None:
        """Make the vault, unless the two phrases differ."""
        phrase = self.first.value() if self._own else self._offered
        if not phrase.strip() or not self._forward.isEnabled():
            return
        # The story holds nobody's secret: its phrase need not be learnt by typing it.
        if self._deed is not Deed.STORY and self.again.value().split() != phrase.split():
            self.again_row.set_error(self._tr.text(N_("The two do not match. Look at the keyboard layout.")))
            return
        self._work(busy=True)
        wish = Wish(self._deed, self._folder, phrase, self._tr.language)
        ask(self._jobs, wish, self._created, self._failed)

    def _passphrase_parts(self, *, own: bool) -> list[Part]:
        tr = self._tr
        warning = N_(
            "Write it on paper and keep it apart from the computer. It cannot be reset: without it, nobody opens "
            "the vault again."
        )
        parts: list[Part] = [text(tr.text(N_("The passphrase")), size="title"), text(tr.text(warning))]
        parts += self._own_parts() if own else self._offered_parts()
        if own or self._deed is not Deed.STORY:
            parts.append(self.again_row)
        else:
            self.again_row.hide()
        other = N_("Take the offered phrase") if own else N_("Choose my own instead")
        self._switch = button(tr.text(other), lambda: self.ask_passphrase(own=not own), kind="quiet")
        self._status = text("", size="small", tone="muted")
        self._bar = working()
        buttons = self._buttons(N_("Create the vault"), self.make, lambda: self.ask_folder(self._deed))
        buttons.addWidget(self._switch)
        return [*parts, buttons, self._bar, self._status]

    def _own_parts(self) -> list[Part]:
        return [FormRow(self._tr.text(N_("Passphrase")), self.first), self.strength]

    def _offered_parts(self) -> list[Part]:
        words = self._tr.text(N_("Another one"))
        offer_again = partial(offer, self._jobs, self._tr.language, self._show_offer)
        self._another = button(words, offer_again, kind="quiet")
        return [STEP, self.phrase, row([self.strength, self._another])]

    def _buttons(self, words: str, act: Callable[[], object], back: Callable[[], object]) -> QHBoxLayout:
        self._forward = button(self._tr.text(words), act, kind="primary")
        self._back = button(self._tr.text(N_("Back")), back)
        return row([self._forward, self._back, None])

    def _show_offer(self, offered: tuple[str, float]) -> None:
        self._offered, bits = offered
        self.phrase.setText(self._offered)
        say_offered(self.strength, bits, self._tr)

    def _weighed(self, weight: tuple[float, bool]) -> None:
        say_weight(self.strength, weight, self._tr)

    def _created(self, opened: Opened) -> None:
        for field in (self.first, self.again):
            field.set_value("")
        self.phrase.clear()
        self._offered = ""
        self.opened.emit(opened)

    def _failed(self, problem: Problem) -> None:
        self._work(busy=False)
        (self.first if self._own else self.again).setFocus()
        restyle(self._status, "tone", "danger")
        self._status.setText(sentence(problem, self._tr))

    def _work(self, *, busy: bool) -> None:
        making = {Deed.STORY: N_("Writing the ten cases…")}.get(
            self._deed, N_("Making the keys. This takes some seconds…")
        )
        restyle(self._status, "tone", "muted")
        self._status.setText(self._tr.text(making) if busy else "")
        self._bar.setVisible(busy)
        offered = [] if self._own else [self._another]
        for part in (self._forward, self._back, self._switch, self.first, self.again, *offered):
            part.setEnabled(not busy)
