"""Everything in any order: written, changed, linked, taken back, erased, locked, backed up and brought back.

Beside the vault goes what a person expects (`tests.expected`); after every step both are the same, `verify` holds, what
stands is found, and no word of what was erased is left in any table. `MACHINE_EXAMPLES` says how many examples.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from family_case.services import drafts, erasing, intake
from tests.attached_files import AttachedFiles
from tests.desk import PICK
from tests.expected import No, Row
from tests.joining import Joining
from tests.own_fields import OwnFields
from tests.way_back import WayBack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk import Wanted

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "10"))
STEPS = int(os.environ.get("MACHINE_STEPS", "30"))
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if os.environ.get("MACHINE_SHRINK") else [])]
PLACES = ("ИК-2, Пермь", "ИК-17, Мордовия")
BODIES = ("Прокуратура", "ФСИН")


class Office(Joining, OwnFields, AttachedFiles, WayBack):
    """A caseworker at her vault, doing anything in any order."""

    # --- cases and people ---

    @initialize()
    def begin(self) -> None:
        """Two cases with something in them, so that no step goes by in an empty vault."""
        self.new_case(again=False)
        self.new_case(again=False)
        self.new_person(pick=2)
        self.conversation(pick=0, other=2)
        self.note(pick=0, other=1)
        self.promise(pick=1)

    @rule(again=st.booleans())
    def new_case(self, *, again: bool) -> None:
        taken = {row["code"] for key, row in self.expected.rows.items() if key[0] == "case_file"}
        if not (again and self.codes):
            self.codes += 1
        code, text, name = f"K-{self.codes:03}", self.word(), f"{self.word()} Иванович"
        values = {"code": code, "circumstances": text, "name": name}
        if code in taken:
            self.refused(lambda: intake.add(self.session, "case", values), No())
            return
        wanted: Wanted = [("case_file", {"code": code, "circumstances": text}), ("person", {})]
        wanted += [("role", {"kind": "sought"}), ("person_name", {"entered": name})]
        self.add("case", wanted, **values)

    @rule(pick=PICK)
    def new_person(self, pick: int) -> None:
        case, name, note = self.one(pick, "case_file"), f"{self.word()} Павловна", self.word()
        if case:
            wanted: Wanted = [("person", {"note": note}), ("person_name", {"entered": name})]
            wanted.append(("role", {"kind": "mother", "case_id": case}))
            number = self.number(pick, wanted, {})
            self.add("person", wanted, case=case, name=name, note=note, role="mother", **number)

    @rule(pick=PICK, other=PICK, kind=st.sampled_from(["mother", "recruiter", "sought"]))
    def is_in_another_case_too(self, pick: int, other: int, kind: str) -> None:
        case, person = self.one(pick, "case_file"), self.one(other, "person")
        if not case or not person:
            return
        values = {"case": case, "person": person, "kind": kind}
        has = {self.expected.rows["role", each]["person_id"] for each in self.ids("role", case_id=case, kind=kind)}
        if has if kind == "sought" else has & set(self.expected.same(person)):
            self.refused(lambda: intake.add(self.session, "role", values), No())
        else:
            meant = self.meant(case, person)
            self.add("role", [("role", {"case_id": case, "person_id": meant, "kind": kind})], **values)

    # --- entries and links ---

    @rule(pick=PICK, other=PICK)
    def conversation(self, pick: int, other: int) -> None:
        case, person, text = self.one(pick, "case_file"), self.one(other, "person"), self.word()
        if case:
            values = {"happened": "2022-08-01", "text": text, "with": person}
            meant = self.meant(case, person) or None
            wanted: Wanted = [("conversation", {"case_id": case, "person_id": meant, "text": text})]
            self.wrote("log", wanted, lambda: intake.log(self.session, "conversation", case, values))

    @rule(pick=PICK, other=PICK)
    def note(self, pick: int, other: int) -> None:
        case = self.one(pick, "case_file")
        if not case:
            return
        talk = self.one(other, "conversation", case_id=case) if other % 2 else ""
        person = self.one(other, "person") if pick % 2 else ""
        wanted: Wanted = [("entry_person", {"person_id": self.meant(case, person), "part": "with"})] if person else []
        number = self.number(other, wanted)
        self.log("note", case, wanted, told_in=talk, with_=person, **number)

    @precondition(lambda self: self.there("conversation"))
    @rule(pick=PICK, other=PICK)
    def told_in_the_talk_of_another_case(self, pick: int, other: int) -> None:
        case, talk = self.one(pick, "case_file"), self.one(other, "conversation")
        if talk and self.expected.rows["conversation", talk]["case_id"] != case:
            values = {"text": self.word(), "told_in": talk}
            self.refused(lambda: intake.log(self.session, "note", case, values), No())

    @rule(pick=PICK, kind=st.sampled_from(["sign", "stay", "status"]))
    def sign_stay_or_report(self, pick: int, kind: str) -> None:
        case = self.one(pick, "case_file")
        if not case:
            return
        wanted: Wanted = []
        if kind == "sign":
            wanted.append(("sign_of_life", {"sign_class": "voice"}))
            self.log(kind, case, wanted, happened="2022-08-02", class_="voice", **self.number(pick, wanted))
        elif kind == "stay":
            place = PLACES[pick % 2]
            wanted = [("stay", {})] + ([] if self.ids("place", name=place) else [("place", {"name": place})])
            self.log(kind, case, wanted, place=place, arrived="2022-07/..")
        else:
            wanted = [("status_report", {}), ("task", {"kind": "tell_family", "case_id": case})]
            self.log(kind, case, wanted, happened="2022-08", dimension="fate", value="report_of_death")

    @rule(pick=PICK)
    def promise(self, pick: int) -> None:
        case, by = self.one(pick, "case_file"), f"{self.word()} с усами"
        if case:
            wanted: Wanted = [("promise", {"promise": "salary"}), ("entry_person", {"part": "by"})]
            wanted += [("person", {}), ("person_name", {"entered": by}), ("role", {"kind": "stranger", "claimed": 1})]
            money = {"amount": "100000", "currency": "RUB"} if pick % 2 else {}
            wanted += [("promise_term", {"position": 1})] if pick % 3 else []
            due = "2022-09" if pick % 3 else ""
            self.log("promise", case, wanted, happened="2022-07", promise="salary", by=by, due=due, **money)

    @rule(pick=PICK, other=PICK)
    def payment(self, pick: int, other: int) -> None:
        case = self.one(pick, "case_file")
        if case:
            against = self._promise(case, other) if other % 4 else ""
            wanted: Wanted = [("payment", {"promise_id": against or None, "amount": 5000_00})]
            # also before the promise: what comes first in life may be learned of last
            self.log("payment", case, wanted, happened="2022-06", amount="5000", currency="RUB", against=against)

    def _promise(self, case: str, pick: int) -> str:
        found = [each for each in self.ids("promise") if self.expected.rows["entry", each]["case_id"] == case]
        return found[pick % len(found)] if found else ""

    @rule(pick=PICK, both=st.booleans())
    def step_to_bodies(self, pick: int, *, both: bool) -> None:
        case = self.one(pick, "case_file")
        if case:
            names = BODIES if both else BODIES[:1]
            known = {row["name"] for key, row in self.expected.rows.items() if key[0] == "body"}
            wanted: Wanted = [("step_taken", {}), *(("step_body", {}) for _ in names)]
            wanted += [("body", {"name": name}) for name in names if name not in known]
            self.log("step", case, wanted, happened="2022-08", by_whom="family", bodies="; ".join(names))

    @precondition(lambda self: self.there("step_taken"))
    @rule(pick=PICK)
    def reply_that_forwards(self, pick: int) -> None:
        step, text = self.one(pick, "step_taken"), self.word()
        asked = [self.expected.rows["step_body", each]["body_id"] for each in self.ids("step_body", step_id=step)]
        if asked:
            wanted: Wanted = [("step_reply", {"text": text}), ("step_body", {"step_id": step})]
            values = {"reply": "forwarded", "reply_text": text, "forwarded_to": BODIES[0], "body": str(asked[0])}
            self.add("reply", wanted, step=step, **values)

    @precondition(lambda self: self.there("entry"))
    @rule(pick=PICK, noun=st.sampled_from(["task", "withholding"]))
    def about_an_entry(self, pick: int, noun: str) -> None:
        entry, person, text = self.one(pick, "entry"), self.one(pick, "person"), self.word()
        if not entry or (noun == "withholding" and not person):
            return
        case = str(self.expected.rows["entry", entry]["case_id"])
        if noun == "task":
            wanted: Wanted = [("task", {"about_id": entry, "text": text, "case_id": case})]
            self.add(noun, wanted, case=case, text=text, about=entry)
        else:
            wanted = [("withholding", {"entry_id": entry, "from_person_id": self.meant(case, person), "reason": text})]
            self.add(noun, wanted, case=case, reason=text, entry=entry, from_=person)

    @rule(pick=PICK)
    def source_and_what_it_says(self, pick: int) -> None:
        case, name = self.one(pick, "case_file"), self.word()
        if pick % 2 or not case:
            self.add("source", [("source", {"name": name})], name=name)
        else:
            self.log("note", case, [], from_source=self.one(pick // 2, "source"))

    @rule(pick=PICK)
    def consent(self, pick: int) -> None:
        case, person = self.one(pick, "case_file"), self.one(pick, "person")
        if case and person:
            values = {"purposes": "lawyer", "given": "2022-08-03", "necessity": self.word()}
            wanted: Wanted = [("consent", {"giver_id": self.meant(case, person), "necessity": values["necessity"]})]
            self.add("consent", wanted, case=case, giver=person, **values)

    # --- changing ---

    @rule(pick=PICK)
    def change_a_text(self, pick: int) -> None:
        fields = {"entry": "text", "person": "note", "conversation": "text", "case_file": "circumstances"}
        table = sorted(fields)[pick % len(fields)]
        ref, text = self.one(pick, table), self.word()
        if ref:
            self.edit((table, ref), {fields[table]: text}, {fields[table]: text})

    @rule(pick=PICK)
    def correct_a_name(self, pick: int) -> None:
        person = self.one(pick, "person")
        named = self.ids("person_name", person_id=person) if person else []
        if named:
            word = self.word()
            legal = self.expected.rows["person_name", named[0]]["kind"] == "legal"
            read: Row = {"family": word, "given": "Ильич", "patronymic": ""}
            parts: Row = {"entered": f"{word} Ильич", **(read if legal else dict.fromkeys(read, ""))}
            self.edit(("person_name", named[0]), {"name": f"{word} Ильич"}, parts)

    @precondition(lambda self: self.there("payment", "promise"))
    @rule(pick=PICK, other=PICK)
    def link_a_payment_elsewhere(self, pick: int, other: int) -> None:
        payment = self.one(pick, "payment")
        if payment:
            case = str(self.expected.rows["entry", payment]["case_id"])
            to = self._promise(case, other) if other % 4 else ""
            self.edit(("payment", payment), {"against": to}, {"promise_id": to or None})

    @precondition(lambda self: self.there("entry", "conversation"))
    @rule(pick=PICK, other=PICK)
    def link_an_entry_to_a_talk(self, pick: int, other: int) -> None:
        entry = self.one(pick, "entry")
        if entry:
            talk = self.one(other, "conversation", case_id=self.expected.rows["entry", entry]["case_id"])
            self.edit(("entry", entry), {"told_in": talk}, {"conversation_id": talk or None})

    @precondition(lambda self: self.there("promise"))
    @rule(pick=PICK, month=st.sampled_from(["2022-10", "2022-11"]))
    def put_off_a_promise(self, pick: int, month: str) -> None:
        promise = self.one(pick, "promise")
        told = [self.expected.rows["promise_term", each] for each in self.ids("promise_term", promise_id=promise)]
        terms = sorted(told, key=lambda row: int(row["position"] or 0))
        if promise:
            new = not terms or terms[-1]["due"] != month
            wanted: Wanted = [("promise_term", {"position": len(terms) + 1, "due": month})] if new else []
            self.edit(("promise", promise), {"due": month}, {}, wanted)

    @precondition(lambda self: self.there("task"))
    @rule(pick=PICK)
    def do_a_task(self, pick: int) -> None:
        task = self.one(pick, "task")
        if task:
            self.edit(("task", task), {"state": "done"}, {"state": "done"})

    @rule(pick=PICK, keep=st.booleans())
    def draft(self, pick: int, *, keep: bool) -> None:
        case = self.one(pick, "case_file") if pick % 4 else ""
        key, text = ("note", case, "text"), self.word() if keep else ""
        drafts.save(self.session, *key, text)
        self.expected.drafts.pop(key, None)
        if keep:
            self.expected.drafts[key] = text

    # --- for good ---

    @rule(pick=PICK, table=st.sampled_from(["entry", "person", "conversation", "case_file"]))
    def erase(self, pick: int, table: str) -> None:
        ref = self.one(pick, table)
        if ref:
            self.both(lambda: self._expect_erased(table, ref), lambda: erasing.erase(self.session, ref))

    def _expect_erased(self, table: str, ref: str) -> None:
        rows, roots, touched = self.expected.rows, {(table, ref)}, {ref}
        if table == "person":
            same = set(self.expected.same(ref))
            his = [each for each in self.ids("role") if rows["role", each]["person_id"] in same]
            if any(rows["role", each]["kind"] == "sought" for each in his):
                raise No
            roots = {("person", each) for each in same}
            touched = {str(rows["role", each]["case_id"]) for each in his}
            for each in self.ids("endpoint"):
                owners = {
                    rows["person_endpoint", own]["person_id"] for own in self.ids("person_endpoint", endpoint_id=each)
                }
                roots |= {("endpoint", each)} if owners and owners <= same else set()
        elif table != "case_file":
            touched = {str(rows[table, ref]["case_id"])}
        self.expected.erase(roots, touched)

    @precondition(lambda self: self.copies < 4)
    @rule(pick=PICK, table=st.sampled_from(["entry", "person", "conversation", "case_file"]))
    def an_older_backup_is_restored_beside_one_that_knows_of_an_erasure(self, pick: int, table: str) -> None:
        """What was erased is erased again, and what only named it stays."""
        self.back_up()
        older = list(self.kept)[-1]
        self.erase(pick, table)
        self.back_up()
        if older in self.kept:
            self._restore(older)

    @precondition(lambda self: self.expected.steps)
    @rule(pick=PICK)
    def purge(self, pick: int) -> None:
        key = self._ever(pick)
        self.both(lambda: self.expected.purge(key), lambda: erasing.purge(self.session, key[1]))


def test_whatever_is_done_the_vault_is_what_a_person_expects(vault_folder: Path) -> None:
    Office.template = vault_folder
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks,
        phases=PHASES, report_multiple_bugs=False,
    )  # fmt: skip
    run_state_machine_as_test(Office, settings=how)
    print(dict(Office.done))
