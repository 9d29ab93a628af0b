"""Making by command line: a vault, the demo, and a lawyer's or a relative's paper."""

from __future__ import annotations

import importlib
import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import phonenumbers

from family_case.chance import Moment, SystemClock, SystemIds, zone_of
from family_case.cli import beside
from family_case.cli.commands import AS_OF, KNOWN_ON, command, named, option, ref
from family_case.cli.frame import day, known_language
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.changes import Actor
from family_case.model.dossier import Profile
from family_case.model.phones import HOME_REGION
from family_case.services import casework, crowd, demo, publishing
from family_case.services.session import create, offer_phrase, strength
from family_case.store.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from family_case.cli.frame import Frame
    from family_case.services.publishing import Render
    from family_case.services.session import Session

# what is loaded late, because other commands must not wait for it -> module and function; a test opens each
LATE = {"summary": ("family_case.reports.summary", "render")}
_LOCALTIME = Path("/etc/localtime")
_MOST_CASES = 1_000_000
_YEARS = 1971, 9998  # of a time of printing: one that every zone can tell


def load_late(name: str) -> Callable[..., object]:
    """Load and give the function `name` of LATE."""
    module, function = LATE[name]
    return cast("Callable[..., object]", getattr(importlib.import_module(module), function))


def making(frame: Frame) -> list[click.Command]:
    """The commands that make files."""
    return [
        command(
            frame,
            "create",
            N_("Make a new, empty vault in an empty or new folder."),
            partial(_create, frame),
            _office(frame),
        ),
        command(
            frame, "demo", N_("Make a vault with ten invented cases, or more."), partial(_demo, frame), _crowd(frame)
        ),
        command(
            frame,
            "report",
            N_("Print a case as PDF; prints the id of the disclosure."),
            partial(_report, frame),
            _order(frame),
        ),
    ]


def _folder() -> click.Argument:
    return click.Argument(["folder"], metavar="DIR", callback=named)


def _crowd(frame: Frame) -> list[click.Parameter]:
    return [
        _folder(),
        option(frame, "--cases", "N", N_("So many more invented cases (up to 1000000).")),
        option(frame, "--seed", "TEXT", N_("Which invented cases: the same text gives the same ones.")),
    ]


def _office(frame: Frame) -> list[click.Parameter]:
    return [
        _folder(),
        option(frame, "--language", "en|ru|uk", N_("Language of the vault (the interface's unless given).")),
        option(
            frame,
            "--zone",
            "ZONE",
            N_("Time zone in which days are counted, such as Europe/Kyiv (this computer's unless given)."),
        ),
        option(frame, "--region", "CC", N_("Country of numbers without a country code, such as UA (RU unless given).")),
    ]


def _order(frame: Frame) -> list[click.Parameter]:
    return [
        ref(),
        click.Option(
            ["-o", "--output", "target"], metavar="FILE", callback=named, help=frame.tr.text(N_("The PDF to write."))
        ),
        option(frame, "--profile", "CODE", N_("For whom: lawyer (unless given) or family.")),
        option(frame, "--language", "en|ru|uk", N_("Language of the paper (the interface's unless given).")),
        option(
            frame,
            "--printed-at",
            "TIME",
            N_("Time of printing as it stands on the paper, such as 2022-08-22T12:00:00Z."),
        ),
        option(frame, "--addressee", "TEXT", N_("Who gets the paper.")),
        option(frame, "--for", "PERSON", N_("The relative an extract is for."), "for_person"),
        option(frame, *AS_OF),
        option(frame, *KNOWN_ON),
        click.Option(
            ["--release", "released"],
            metavar="ENTRY=REASON",
            multiple=True,
            help=frame.tr.text(N_("Let one entry out although it may endanger someone; the reason is printed.")),
        ),
    ]


def _create(frame: Frame, *, folder: str, language: str | None, zone: str | None, region: str | None) -> None:
    frame.demand_writing()
    office = Office(
        "",
        _known_zone(zone) if zone is not None else _zone_here(os.environ),
        _known_region(region) if region is not None else HOME_REGION,
        known_language(language) if language is not None else frame.tr.language,
    )
    passphrase = frame.passphrase(twice=True)
    bits, weak = strength(passphrase)
    made = create(
        Path(folder), passphrase, clock=SystemClock(), ids=SystemIds(), actor=Actor.COMMAND_LINE, office=office
    )
    made.close()
    if weak:
        frame.tell(
            N_("This passphrase is weak (about {bits} bits): whoever has a copy of the vault may guess it."),
            bits=int(bits),
        )
    frame.tell(N_("Made. Without the passphrase nobody can open this vault, we cannot either."))


def _demo(frame: Frame, *, folder: str, cases: str | None, seed: str | None) -> None:
    """Without a passphrase file a fresh phrase is made and shown: a published one would lie under what people try."""
    frame.demand_writing()
    more = _cases(cases) if cases is not None else 0
    given = frame.passphrase() if frame.passphrase_file else ""
    phrase = given or offer_phrase(frame.tr.language)[0]
    demo.fresh_demo(Path(folder), phrase, language=frame.tr.language)
    if not given:
        frame.tell(N_("The passphrase of this demo vault: {phrase}"), phrase=phrase)
    frame.tell(N_("Everything in it is invented. Its day is {day}."), day=demo.DEMO_DAY)
    if more:
        _enlarge(frame, Path(folder), phrase, more, seed)


def _enlarge(frame: Frame, folder: Path, phrase: str, cases: int, seed: str | None) -> None:
    def told(made: int) -> None:
        frame.tell(N_("{made} of {cases} cases"), made=made, cases=cases)

    made = demo.enlarge(folder, phrase, cases, seed=crowd.SEED if seed is None else seed, told=told)
    if made < cases:
        frame.tell(
            N_("Stopped. The vault is whole and has {made} of the {cases} cases that were wanted."),
            made=made,
            cases=cases,
        )
        raise KeyboardInterrupt


def _cases(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_CASES)) and int(text) <= _MOST_CASES):
        raise Refused(N_("“{value}” is not a number of cases up to {most}."), value=text, most=_MOST_CASES)
    return int(text)


def _report(frame: Frame, *, ref: str, target: str, released: Sequence[str], **given: str | None) -> None:
    profile, language, printed_at = given["profile"], given["language"], given["printed_at"]
    wanted = Profile.of(profile) if profile is not None else Profile.LAWYER
    spoken = known_language(language) if language is not None else frame.tr.language
    on, release = day(given["as_of"]), dict(_released(each) for each in released)
    if given["for_person"] and wanted is not Profile.FAMILY:
        raise Refused(N_("--for names the reader of an extract: add --profile family. Nothing was written."))
    with frame.opened() as session:
        _known_entries(session, ref, release)
        order = publishing.Order(
            profile=wanted,
            language=spoken,
            printed=_moment(printed_at, session.office.zone) if printed_at is not None else session.clock.now(),
            addressee=given["addressee"] or "",
            as_of=on,
            for_person=given["for_person"] or "",
            release=release,
            known_on=day(given["known_on"]),
        )
        render = cast("Render", load_late("summary"))
        beside_it = list(beside.ordered(session, ref, order))
        frame.done(publishing.publish(session, ref, order, render, Path(target).absolute()))
    for message, values in beside_it:
        frame.tell(message, **values)


def _known_entries(session: Session, ref: str, release: Mapping[str, str]) -> None:
    """Refused for the id of no entry of the case: who mistypes one must not believe that the entry was let out."""
    known = {each.id for each in casework.page(session, ref).timeline if each.entry} if release else set[str]()
    for each in release:
        if each not in known:
            raise Refused(N_("“{value}” is no entry of this case. Nothing was written."), value=each)


def _released(text: str) -> tuple[str, str]:
    entry, _sign, reason = text.partition("=")
    if not entry.strip() or not reason.strip():
        raise Refused(
            N_("“{value}” does not say which entry and why. Write the entry's id, “=” and the reason."), value=text
        )
    return entry.strip(), reason.strip()


def _moment(text: str, zone: str) -> Moment:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refused(N_("“{value}” is not a time. Write it as 2022-08-22T12:00:00Z."), value=text) from None
    at = found if found.tzinfo else found.replace(tzinfo=zone_of(zone))
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise Refused(N_("“{value}” is not a time. Write it as 2022-08-22T12:00:00Z."), value=text)
    offset = at.utcoffset()
    return Moment(int(at.timestamp() * 1000), int(offset.total_seconds() // 60) if offset else 0)


def _known_zone(name: str) -> str:
    plain = name.strip()
    if plain.upper() != "UTC" and zone_of(plain) is zone_of(""):
        raise Refused(N_("“{value}” is not a time zone this computer knows. Write it as Europe/Kyiv."), value=name)
    return plain


def _known_region(code: str) -> str:
    plain = code.strip().upper()
    if plain not in phonenumbers.SUPPORTED_REGIONS:
        raise Refused(N_("“{value}” is not a country code of two letters, such as UA."), value=code)
    return plain


def _zone_here(settings: os._Environ[str]) -> str:
    """This computer's zone where the system tells its name; empty (UTC) otherwise."""
    named = settings.get("TZ", "").removeprefix(":")
    try:
        linked = str(_LOCALTIME.readlink()).partition("zoneinfo/")[2]
    except OSError:
        linked = ""
    return next((name for name in (named, linked) if name and zone_of(name) is not zone_of("")), "")
