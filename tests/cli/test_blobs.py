"""Files by command line: given, listed, saved for somebody, found damaged, and never named by what opens them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

VOICE = b"OggS" + bytes(range(256)) * 40


def given(tmp_path: Path, name: str = "голос Артёма.ogg") -> str:
    file = tmp_path / name
    file.write_bytes(VOICE)
    return str(file)


def test_a_file_goes_in_and_a_copy_comes_out_for_somebody(tell: Run, tmp_path: Path) -> None:
    made = tell("attach", "K-001", given(tmp_path)).out.strip()
    (listed,) = tell("attachments", "K-001").out.splitlines()
    assert listed.split("\t") == [made, "voice note or sound (Ogg)", str(len(VOICE)), "голос Артёма.ogg"]
    out = tmp_path / "copy.ogg"
    said = tell("extract", made, str(out), "--to", "Адвокат Белова")
    assert out.read_bytes() == VOICE
    assert "nothing in it is masked" in said.err
    again = tell("extract", made, str(out), "--to", "Адвокат Белова")
    assert "already" in again.err


def test_what_opens_a_file_is_printed_nowhere(tell: Run, tmp_path: Path) -> None:
    made = tell("attach", "K-001", given(tmp_path)).out.strip()
    calls = (
        ("show", made), ("show", made, "--json"), ("show", "K-001", "--json"),
        ("history", "K-001", "--json"),
        ("history", made, "--json"), ("search", "Артёма", "--json"),
        ("attachments", "K-001", "--json"), ("undo", "--json"),
    )  # fmt: skip
    assert not [call for call in calls if "seal_key" in tell(*call).out]


def test_who_gets_a_copy_must_be_said(tell: Run, tmp_path: Path) -> None:
    made = tell("attach", "K-001", given(tmp_path)).out.strip()
    assert tell("extract", made, str(tmp_path / "copy")).code == 2
    assert "add --profile family" in tell("extract", made, str(tmp_path / "c"), "--to", "x", "--for", "y").err
    assert not (tmp_path / "copy").exists()


def test_verify_deep_names_the_file_that_is_not_what_was_sealed(tell: Run, tmp_path: Path) -> None:
    made = tell("attach", "K-001", given(tmp_path)).out.strip()
    row = json.loads(tell("attachments", "K-001", "--json").out)[0]
    assert row["id"] == made
    (sealed,) = tmp_path.glob(f"*/blobs/*/{row['blob']}")
    data = sealed.read_bytes()
    sealed.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
    tell("verify")
    assert "“K-001: голос Артёма.ogg” is not the one that was written" in tell("verify", "--deep").err


def test_an_erased_file_is_told_before_it_goes(tell: Run, tmp_path: Path) -> None:
    made = tell("attach", "K-001", given(tmp_path)).out.strip()
    assert "Attachment: 1" in tell("erase", made, "--yes").err
    assert tell("attachments", "K-001").out == ""
    assert list(tmp_path.glob("*/blobs/??/*")) == []


def test_what_a_file_cannot_hang_on_is_said(tell: Run, tmp_path: Path) -> None:
    person = json.loads(tell("show", "K-001", "--json").out)["people"][0]["person"]["id"]
    assert "to a case or to an entry" in tell("attach", person, given(tmp_path)).err
    assert "no record" in tell("attach", "K-999", given(tmp_path)).err
