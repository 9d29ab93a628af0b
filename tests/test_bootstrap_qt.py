"""Before Qt is loaded: which system libraries and which display are there, and what is said when one is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from family_case._bootstrap import debian, display, elf, hint, qt
from family_case._bootstrap import enter as door
from family_case._bootstrap.place import Place, remember, remembered
from family_case._bootstrap.say import Stop

LINUX = sys.platform == "linux"


@pytest.mark.skipif(not LINUX, reason="only Linux leaves libraries to the system")
def test_qt_names_what_it_needs_from_the_system() -> None:
    names = qt.wanted(Path(sys.prefix))
    assert {"libEGL.so.1", "libfontconfig.so.1", "libxkbcommon.so.0", "libxcb-cursor.so.0", "libdbus-1.so.3"} <= set(
        names
    )
    assert not [name for name in names if name.startswith("libQt6")]


@pytest.mark.skipif(not LINUX, reason="only Linux leaves libraries to the system")
def test_a_missing_library_is_seen_here_and_in_a_new_process() -> None:
    names = ["libc.so.6", "libno-such-thing.so.1"]
    assert qt.missing(names) == names[1:]
    assert qt.missing_with(Path(sys.prefix), names, dict(os.environ)) == names[1:]


def test_other_systems_lack_nothing(tmp_path: Path) -> None:
    assert qt.lacking(tmp_path, "win32") == qt.lacking(tmp_path, "darwin") == []


def test_a_file_that_is_no_library_needs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes(b"MZ not a library")
    assert elf.needed(file) == []


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libglib-2.0.so.0", "libglib2.0-0t64"),
    ],
)
def test_debian_names_packages_after_libraries(library: str, package: str) -> None:
    assert package in debian.package_names(library)


def test_the_plan_of_apt_is_read() -> None:
    plan = (
        "NOTE: simulation\nInst libpng16-16 (1.6.48-1 Debian:13 [amd64])\nInst libx11-6 (2:1.8)\nConf libx11-6 (2:1.8)"
    )
    assert debian.planned(plan) == ["libpng16-16", "libx11-6"]


def test_unpacked_libraries_are_found_by_a_new_process_and_named_once(tmp_path: Path) -> None:
    folder = tmp_path / "usr" / "lib" / "x86_64-linux-gnu"
    folder.mkdir(parents=True)
    assert debian.settings_for(tmp_path, {"A": "b"}) == {"A": "b"}
    (folder / "libEGL.so.1").touch()
    once = debian.settings_for(tmp_path, {"LD_LIBRARY_PATH": "/mine"})
    assert once["LD_LIBRARY_PATH"] == f"{folder}:/mine"
    assert debian.settings_for(tmp_path, once) == once


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install libegl1 libx11-6"),
        ("dnf", "sudo dnf install 'libEGL.so.1()(64bit)' 'libX11.so.6()(64bit)'"),
        ("zypper", "sudo zypper install 'libEGL.so.1()(64bit)' 'libX11.so.6()(64bit)'"),
        ("pacman", "sudo pacman -Fy && pacman -F libEGL.so.1 libX11.so.6"),
        ("none", "Install the packages of your system that hold these files."),
    ],
)
def test_the_install_line_fits_the_system(manager: str, line: str) -> None:
    which = {manager: "/usr/bin/" + manager}.get
    assert hint.install_line(["libEGL.so.1", "libX11.so.6"], which) == line


@pytest.mark.skipif(not LINUX, reason="only Linux leaves libraries to the system")
def test_a_window_that_lacks_libraries_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = Place(tmp_path)
    checkout.environment.mkdir()
    remember(checkout.environment, {"libraries": "missing"})
    monkeypatch.setattr(qt, "wanted", lambda _environment: ["libc.so.6", "libno-such-thing.so.1"])
    with pytest.raises(Stop, match=r"missing: libno-such-thing\.so\.1\."):
        door._require_libraries(checkout)
    monkeypatch.setattr(qt, "wanted", lambda _environment: ["libc.so.6"])
    door._require_libraries(checkout)  # the person has installed them meanwhile
    assert remembered(checkout.environment) == {"libraries": "present"}


# --- the display ---


def test_no_display_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert display.has_display() == (not LINUX)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=1366x768")
    assert not display.has_display()


@pytest.mark.skipif(not LINUX, reason="X")
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":9871")
    assert not display.has_display()
