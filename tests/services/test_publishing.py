"""A paper and the record that it left stand together or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Damaged, Refused, Unavailable
from family_case.model.consent import Disclosure, DisclosureItem
from family_case.services import history, publishing, safekeeping
from family_case.store import consents
from family_case.store.change import Change
from family_case.store.rows import load
from tests.services.casebook import case, consent, family, lawyer, log, person, withheld
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from family_case.model.dossier import Dossier
    from family_case.services.session import Session


def render(paper: Dossier) -> bytes:
    return repr(paper).encode()


@pytest.fixture
def told(session: Session) -> Session:
    case(session, last_seen="2022-06-01")
    consent(session, person(session, "Лебедев Роман", "sibling"), "lawyer, case_work")
    log(session, "sign", happened="2022-07-08", class_="voice", place="ИК-17, Мордовия", number="+7 900 000-41-17")
    return session


def disclosures(session: Session) -> list[Disclosure]:
    return load(session.vault.connection, Disclosure)


def test_a_paper_is_written_with_its_disclosure(told: Session, tmp_path: Path) -> None:
    target = tmp_path / "paper.pdf"
    made = publishing.publish(told, "K-001", replace(lawyer(), addressee="Adv. Orlova"), render, target)
    (found,) = disclosures(told)
    assert (found.id, found.to_whom, found.profile) == (made.made, "Adv. Orlova", "lawyer")
    assert found.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert found.consents == consents.of_case(told.vault.connection, found.case_id)[0].id
    assert {item.record_table for item in load(told.vault.connection, DisclosureItem)} == {"entry", "person"}
    assert target.stat().st_mode & 0o077 == 0
    assert consents.disclosures(told.vault.connection, found.case_id) == [found]


def test_what_the_window_has_printed_is_recorded_without_a_file(told: Session) -> None:
    publishing.publish(told, "K-001", family("Лебедев Роман"), render, None)
    assert [each.profile for each in disclosures(told)] == ["family"]


def test_a_preview_writes_and_discloses_nothing(told: Session) -> None:
    head = told.vault.commit_seq()
    assert render(publishing.dossier(told, "K-001", lawyer()))
    assert publishing.tells(told, "K-001", lawyer())
    assert (told.vault.commit_seq(), disclosures(told)) == (head, [])


def test_without_consent_neither_file_nor_disclosure_is_made(session: Session, tmp_path: Path) -> None:
    case(session)
    with pytest.raises(Refused):
        publishing.publish(session, "K-001", lawyer(), render, tmp_path / "paper.pdf")
    assert (list(tmp_path.glob("*.pdf")), disclosures(session)) == ([], [])


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")


def test_on_a_full_disk_neither_file_nor_disclosure_is_left(
    told: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(Unavailable) as problem:
        publishing.publish(told, "K-001", lawyer(), render, tmp_path / "paper.pdf")
    assert "no space" in str(problem.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["vault"]
    assert disclosures(told) == []
    assert safekeeping.verify(told).ok


@pytest.mark.parametrize("place", ["nowhere/paper.pdf", "vault"])
def test_where_it_cannot_be_written_no_disclosure_is_left(told: Session, tmp_path: Path, place: str) -> None:
    with pytest.raises((Unavailable, Refused, Damaged)):
        publishing.publish(told, "K-001", lawyer(), render, tmp_path / place)
    assert disclosures(told) == []


@pytest.mark.parametrize("before", [None, b"an older paper"])
def test_when_it_cannot_be_recorded_the_disk_is_as_before(
    told: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    target = tmp_path / "paper.pdf"
    if before is not None:
        target.write_bytes(before)

    def fails(_change: Change) -> None:
        assert target.read_bytes() != before
        raise Unavailable("disk")

    monkeypatch.setattr(Change, "finish", fails)
    with pytest.raises(Unavailable):
        publishing.publish(told, "K-001", lawyer(), render, target)
    assert (target.read_bytes() if target.exists() else None) == before
    monkeypatch.undo()
    assert disclosures(told) == []


@pytest.mark.parametrize("name", ["main.db", "paper.pdf", "header.a"])
def test_no_paper_is_written_into_the_vaults_own_folder(told: Session, tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to(told.folder)
    for folder in (told.folder, tmp_path / "link"):
        with pytest.raises(Refused):
            publishing.publish(told, "K-001", lawyer(), render, folder / name)
    assert disclosures(told) == []
    assert safekeeping.verify(told).ok


def test_a_paper_that_left_cannot_be_taken_back(told: Session, tmp_path: Path) -> None:
    publishing.publish(told, "K-001", lawyer(), render, tmp_path / "paper.pdf")
    with pytest.raises(Refused):
        history.undo(told, this_session=True)


def test_the_same_order_gives_the_same_dossier_also_after_reopening(told: Session) -> None:
    first = publishing.dossier(told, "K-001", lawyer())
    assert publishing.dossier(told, "K-001", lawyer()) == first
    told.close()
    again = open_vault(told.folder, seed="again")
    assert publishing.dossier(again, "K-001", lawyer()) == first
    again.close()


def test_a_paper_as_of_a_past_day_knows_nothing_of_later_things(told: Session) -> None:
    promise = log(
        told, "promise", happened="2022-07-20", promise="salary", amount="5", currency="RUB", due="2022-08-01"
    )
    log(told, "payment", happened="2022-08-05", amount="5", currency="RUB", against=promise)
    log(told, "note", happened="2022-08-06", text="позже")
    then = publishing.dossier(told, "K-001", lawyer(as_of=date(2022, 7, 25)))
    assert [item.kind.value for item in then.items] == ["sign", "promise"]
    assert then.silence.most == 17
    standing = then.items[1].standing
    assert standing is not None
    assert (standing.state.value, standing.paid) == ("due", 0)


def test_it_says_what_the_paper_tells_and_what_of_it_is_new_to_the_reader(told: Session) -> None:
    order = replace(lawyer(), addressee="Adv. Orlova")
    publishing.publish(told, "K-001", order, render, None)
    risky = log(told, "note", happened="2022-08-06", text="x", hazard="insider", place="ИК-2, Пермь")
    order = replace(order, release={risky: "agreed"})
    told_now = {(each.what, each.text): each.new for each in publishing.tells(told, "K-001", order)}
    assert told_now["number", "+7 900 000-41-17"] is False
    assert told_now["place", "ИК-17, Мордовия"] is False
    assert told_now["place", "ИК-2, Пермь"] is True
    assert told_now["date", "2022-08-06"] is True
    assert told_now["person", "Лебедев Роман"] is False
    assert ("hazard", "insider source") in told_now
    someone = publishing.tells(told, "K-001", replace(order, addressee="Adv. Petrenko"))
    assert all(each.new for each in someone)


def test_other_cases_with_the_number_are_counted_for_the_lawyer_only(told: Session) -> None:
    case(told, "K-002", "Рябов Иван")
    log(told, "approach", "K-002", happened="2022-07-08", number="8 900 000 41 17")
    assert publishing.dossier(told, "K-001", lawyer()).items[0].numbers[0].other_cases == 1
    assert publishing.dossier(told, "K-001", family("Лебедев Роман")).items[0].numbers[0].other_cases == 0


def test_a_source_has_one_code_however_often_it_told_something(told: Session) -> None:
    talk = log(told, "conversation", happened="2022-08-03", with_="Лебедев Роман", channel="telegram")
    for number in range(2):
        log(told, "note", text=f"{number}", told_in=talk, happened="2022-08-0" + str(number + 4))
    log(told, "note", text="статья", source="газета", happened="2022-08-08")
    paper = publishing.dossier(told, "K-001", lawyer())
    assert [item.source_code for item in paper.items] == ["S1", "S2", "S2", "S3"]
    assert paper.sources[1].who is not None
    assert paper.sources[1].who.name == "Лебедев Роман"
    assert paper.sources[2].text == "газета"


def test_the_last_proof_that_he_is_alive_is_one_in_which_someone_named_recognised_him(told: Session) -> None:
    assert publishing.dossier(told, "K-001", lawyer()).last_proof is None
    log(told, "sign", happened="2022-07-10", class_="video", recogniser="Лебедев Роман")
    log(told, "sign", happened="2022-07-12", class_="voice", with_="Лебедев Роман", recognised_by="голос")
    log(told, "sign", happened="2022-07-14", class_="unverified", recogniser="Лебедев Роман")
    paper = publishing.dossier(told, "K-001", lawyer())
    assert (paper.last_proof, paper.last_word) == (3, 3)
    withheld(told, "Лебедев Роман", topic="money")


def test_every_story_prints_for_the_lawyer_or_says_why_not(story: Session) -> None:
    for code in [f"K-{number:03d}" for number in range(1, 11)]:
        paper = publishing.dossier(story, code, lawyer())
        assert paper.items, code
        assert paper.consents, code
