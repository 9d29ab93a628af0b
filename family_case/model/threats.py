"""Against whom the program stands, what it promises and what it does not: the one source of SECURITY.md and the window.

A test holds the page against this text. In a message a word between backticks is a name of a file or command; the
window shows it without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from family_case.i18n import N_


@dataclass(frozen=True, slots=True)
class Threat:
    """One kind of person or mishap: what is promised against it, and what is not (may be empty)."""

    who: str
    promised: str
    not_promised: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs, threats and points, in this order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    threats: tuple[Threat, ...] = ()
    points: tuple[str, ...] = ()


WHO: Final = N_("who")
PROMISED: Final = N_("promised")
NOT_PROMISED: Final = N_("not promised")

OPENING: Final = N_(
    "This program keeps what can endanger people. This page says against whom it stands, what it promises, and what it "
    "does not."
)

_THREATS: Final = (
    Threat(
        N_("someone with the switched-off laptop"),
        N_(
            "nothing inside a vault can be read, or guessed when the passphrase was generated; the program writes no "
            "plain copy by itself"
        ),
        N_(
            "that a vault exists can be seen, and its size; papers you saved are plain files; swap, if the disk is not "
            "encrypted"
        ),
    ),
    Threat(
        N_("someone at the running laptop, vault locked"),
        N_(
            "the process that held the keys is gone, and its memory with it; the clipboard is cleared if it still "
            "holds what we put there"
        ),
        N_("what a memory expert finds in pages that the system has not yet given to another program"),
    ),
    Threat(
        N_("someone at the running laptop, vault open"),
        N_(
            "five idle minutes, Ctrl+L, a locked session, sleep where the system tells of it, or the vault's stick "
            "pulled out, and the screen is covered and the keys are gone"
        ),
        N_("what is on the screen"),
    ),
    Threat(
        N_("a colleague with another account"),
        N_("cannot open or read the vault, cannot alter it unnoticed, sees no list of recent files"),
        N_("the arguments of a command while it runs"),
    ),
    Threat(
        N_("someone at your own account"),
        N_("cannot open the vault without its passphrase"),
        N_("with the key-store door switched on, which is off by default: opens the vault"),
    ),
    Threat(
        N_("sender of a hostile file"),
        N_("a file that is attached is sealed as it is and never run; its name never becomes a path"),
        N_("holes in other programs that open what was taken out of the vault"),
    ),
    Threat(
        N_("a second window or program on the same vault"),
        N_("is refused in words; there is one writer"),
        N_("a program that ignores the operating system's locks"),
    ),
    Threat(
        N_("power cut, crash, full disk"),
        N_("what was acknowledged as saved is there; the rest is refused in words"),
        N_("disks that lie about having written"),
    ),
    Threat(
        N_("an older or altered vault put in its place"),
        N_(
            "after a clean close an exchanged page, a planted log and an older database are named when the vault is "
            "opened; after a power cut a lost or older log is; the whole folder rolled back is named on a computer "
            "that saw the newer state"
        ),
        N_(
            "a single page exchanged after a power cut; the whole folder rolled back, on a computer that never saw the "
            "newer state or keeps no note of it"
        ),
    ),
    Threat(
        N_("a lost or broken vault"),
        N_(
            "a verified backup comes back whole in a new folder, or a sentence says why not; one that was cut, altered "
            "or mixed up is refused"
        ),
        N_("what was written after it"),
    ),
    Threat(
        N_("finder of a lost backup stick"),
        N_("nothing can be read or guessed, as with the laptop"),
        N_("that it is a backup, its dates and size"),
    ),
)

SECTIONS: Final = (
    Section(N_("What this program promises"), threats=_THREATS),
    Section(
        N_("What is not promised, plainly"),
        points=(
            N_("Malware on a computer where the vault is open sees what you see."),
            N_(
                "What is typed into a command line stands in its arguments: while the command runs, other accounts of "
                "the computer can list it, and the shell keeps it in its history. Give long or telling fields as `-` "
                "and on standard input, or use the window."
            ),
            N_(
                "A paper cannot know what a text means. Names that may not be told are taken out of free text in their "
                "cases, in either script, and with the usual pet names; names, codes and numbers of "
                "other cases that are typed in this one are taken out too. Not taken out: an unusual pet name, a given "
                "name or nickname alone of someone of another case, his surname alone when it is shorter than four "
                "letters, an everyday word in small letters or made like a patronymic (Мартынович), two names written "
                "as one word, a word split by spaces or by a line break without a hyphen, digits spelled as words, and "
                "a telling circumstance. An entry without a topic is not held back by “keep this topic from her”. Look "
                "at the preview before a paper leaves."
            ),
            N_(
                "What is erased goes from rows, search, drafts, attachments and the journal of this vault. It does not "
                "go from papers that left, from backups and copies of the folder made before, or from what free text "
                "elsewhere says of a person; `erase` lists those texts, and the folders of backups it knows that still "
                "hold it or cannot be seen now. That something was erased, when, and in how many rows, stays readable "
                "to whoever opens the vault."
            ),
            N_(
                "A backup is as secret as the vault: whoever has it and the passphrase of its day can read it, also "
                "after the passphrase was changed. Its folder tells dates and size. Old backups are removed by "
                "rotation only, and never those of another copy."
            ),
            N_(
                "That a backup was read back from the disk itself, and not from memory, is asked of the system on "
                "Linux only; a stick that lies about having written can still deceive. Try a restore now and then."
            ),
            N_(
                "Attachments are sealed one by one. How many there are, and about how large each is, can be seen "
                "without a key. New keys seal each of them anew and remove the old ones; what a disk still holds of "
                "those, and what lies in backups and copies made before, opens with the database and the key of then."
            ),
            N_(
                "A recovery sheet and the key store of a computer are further doors; both are off until you ask for "
                "them. Where there is neither, a lost passphrase is a lost vault. The print queue and the printer may "
                "keep a sheet that was printed."
            ),
            N_(
                "The clipboard asks the system's history not to remember; whether a clipboard manager obeys is its own "
                "affair, and on macOS there is no way for us to ask. What we put there goes after 15 seconds."
            ),
            N_(
                "There is no hidden volume and no duress passphrase, on purpose: they are easy to get wrong, and a lie "
                "is worse."
            ),
        ),
    ),
    Section(
        N_("No network"),
        paragraphs=(
            N_(
                "The program opens no internet socket and resolves no name. It does not look for updates and sends "
                "nothing to anyone. A lint rule bans the modules that could, the tests block internet sockets, and a "
                "tour of the whole program is watched by the system's own tracer. Before the program there is one step "
                "that does use the internet: the first start from a checkout (and the first after the list of packages "
                "changed) lets pip fetch the packages, each checked against its hash. No vault is open then; with a "
                "folder `wheelhouse/` it is not needed."
            ),
        ),
    ),
    Section(
        N_("Telling us of a hole"),
        paragraphs=(
            N_(
                "Do not open a public report for anything that could endanger people who use the program now. Write to "
                "the maintainers privately through the channel you got the program from, in any of the three "
                "languages, and give us time to mend it."
            ),
        ),
    ),
)
