"""The one table of everything a person can enter: window, command line, drafts and checks all read it."""

from __future__ import annotations

from family_case.services.added import ADDED as _FIRST_ADDED
from family_case.services.added_custom import ADDED_CUSTOM
from family_case.services.added_more import ADDED_MORE
from family_case.services.added_names import ADDED_NAMES
from family_case.services.fields import Field, FieldType, Form
from family_case.services.logged import LOGGED as _FIRST_LOGGED
from family_case.services.logged_more import LOGGED_MORE

__all__ = ["ADDED", "FORMS", "LOGGED", "Field", "FieldType", "Form"]

LOGGED: dict[str, Form] = {**_FIRST_LOGGED, **LOGGED_MORE}
ADDED: dict[str, Form] = {**_FIRST_ADDED, **ADDED_MORE, **ADDED_NAMES, **ADDED_CUSTOM}
FORMS: dict[str, Form] = {**LOGGED, **ADDED}
