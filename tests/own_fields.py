"""Fields of an office's own, for the machine: defined, filled and changed in any order with everything else."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from family_case.services import editing, intake
from tests.desk import PICK, Desk
from tests.expected import Key, No, Row

NAMES = {"case": "Папка", "person": "Приметы"}  # which no search finds: only what stands in a field is searched


class OwnFields(Desk):
    """Defines a field for cases and one for people, and fills them."""

    @rule(of=st.sampled_from(sorted(NAMES)))
    def a_field_of_our_own(self, of: str) -> None:
        values = {"name": NAMES[of], "of": of, "class": "free_text"}
        if self.ids("custom_field", of=of):
            self.refused(lambda: intake.add(self.session, "field", values), No())
        else:
            self.add(
                "field", [("custom_field", {"name": NAMES[of], "of": of})], name=NAMES[of], of=of, class_="free_text"
            )

    @precondition(lambda self: self.there("custom_field", "case_file"))
    @rule(pick=PICK, other=PICK)
    def fill_it(self, pick: int, other: int) -> None:
        field, case = self.expected.rows["custom_field", self.one(pick, "custom_field")], self.one(other, "case_file")
        person = self.one(other, "person") if field["of"] == "person" else ""
        values = {"case": case, "field": str(field["name"]), "content": self.word(), "person": person}
        whose = {"person_id": self.meant(case, person)} if person else {"case_id": case}
        if (field["of"] == "person" and not person) or self.ids("custom_value", field_id=field["id"], **whose):
            self.refused(lambda: intake.add(self.session, "value", values), No())
        else:
            wanted = ("custom_value", {"field_id": field["id"], "content": values["content"], **whose})
            self.add("value", [wanted], **values)

    @precondition(lambda self: self.there("custom_value"))
    @rule(pick=PICK)
    def change_what_stands_in_it(self, pick: int) -> None:
        value, text = self.one(pick, "custom_value"), self.word()
        if value:
            changed: dict[Key, Row] = {("custom_value", value): {"content": text}}
            self.wrote("edit", [], lambda: editing.change(self.session, value, {"content": text}), changed=changed)
