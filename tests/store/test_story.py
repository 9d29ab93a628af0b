"""Any order of adding, logging, taking back and reopening leaves a whole vault that finds what is there and no more."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from family_case.errors import Refused
from family_case.services import casework, drafts, finding, history, intake, safekeeping
from tests.vaults import another_computer, open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

WORDS = ("берёзовый", "причал", "тростник", "мельница", "сугроб", "якорь")
NUMBERS = ("+7 900 000-41-17", "8 900 000 55 01")
DAYS = ("2022-06-01", "2022-07", "2022-07-25/2022-07-31", "2022-08-10/..")
CLASSES = ("voice", "unverified", "known_number")


class Life(RuleBasedStateMachine):
    """One vault; `standing` says which words each standing change wrote, newest last."""

    template: Path
    cases = Bundle("cases")

    @initialize()
    def begin(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(shutil.copytree(self.template, Path(self.home.name, "vault")))
        another_computer(Path(self.home.name, "state"))
        self.session: Session = open_vault(self.folder)
        self.standing: list[tuple[str, str]] = []
        self.opened = self.lives = 0

    @rule(target=cases, word=st.sampled_from(WORDS))
    def add_case(self, word: str) -> str:
        made = intake.add(self.session, "case", {"name": "Лебедев Артём", "circumstances": word}).made
        self.standing.append((made, word))
        return made

    def _log(self, kind: str, ref: str, word: str, values: dict[str, str]) -> None:
        try:
            made = intake.log(self.session, kind, ref, {"text": word, **values}).made
        except Refused:
            assert ref not in [case.id for case in casework.cases(self.session)]
            return
        self.standing.append((made, word))

    @rule(ref=cases, word=st.sampled_from(WORDS), day=st.sampled_from(DAYS), kind=st.sampled_from(CLASSES),
          number=st.sampled_from(NUMBERS))  # fmt: skip
    def log_sign(self, ref: str, word: str, day: str, kind: str, number: str) -> None:
        self._log("sign", ref, word, {"happened": day, "class": kind, "number": number})

    @rule(ref=cases, word=st.sampled_from(WORDS), day=st.sampled_from(DAYS))
    def log_promise(self, ref: str, word: str, day: str) -> None:
        values = {"happened": day, "promise": "salary", "due": day, "amount": "5", "currency": "RUB", "by": "бухгалтер"}
        self._log("promise", ref, word, values)

    @rule(ref=cases, word=st.sampled_from(WORDS), day=st.sampled_from(DAYS))
    def log_talk(self, ref: str, word: str, day: str) -> None:
        self._log("conversation", ref, word, {"happened": day, "call_back": "2022-08-12"})

    @rule(ref=cases)
    def keep_a_draft(self, ref: str) -> None:
        drafts.save(self.session, "note", ref, "text", "черновик")
        drafts.drop(self.session, "note", ref)

    @rule()
    def undo(self) -> None:
        if self.standing[self.opened :]:
            history.undo(self.session, this_session=True)
            self.standing.pop()

    @rule()
    def reopen(self) -> None:
        self.session.close()
        self.lives += 1
        self.session = open_vault(self.folder, seed=f"life {self.lives}")
        self.opened = len(self.standing)

    @invariant()
    def whole(self) -> None:
        if hasattr(self, "session"):
            report = safekeeping.verify(self.session)
            assert report.ok, report.problems

    @invariant()
    def finds_exactly_what_is_there(self) -> None:
        if hasattr(self, "session"):
            for word in WORDS:
                hits = {hit.record_id for hit in finding.find(self.session, word, 1000)}
                assert hits == {made for made, said in self.standing if said == word}, word

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.home.cleanup()


def test_any_order_of_work_leaves_a_whole_vault(vault_folder: Path) -> None:
    class Here(Life):
        template = vault_folder

    short = settings(max_examples=15, stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Here, settings=short)
