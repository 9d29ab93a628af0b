"""Why a case stands in Today."""

from __future__ import annotations

from family_case.i18n import N_
from family_case.model.base import Coded


class Why(Coded):
    """Why a case stands in Today, the most pressing first."""

    CALL_BACK = "call_back", N_("call back promised")
    TELL_FAMILY = "tell_family", N_("who tells the family")
    UN_WINDOW = "un_window", N_("UN Working Group: window closes")
    CHECK_NOW = "check_now", N_("check now")
    CHECK_SOON = "check_soon", N_("check soon")
    OVERDUE = "overdue", N_("promise overdue")
    REPLY_OVERDUE = "reply_overdue", N_("reply overdue")
    NO_TALK = "no_talk", N_("family not spoken to")
    HOLD_REVIEW = "hold_review", N_("legal hold to review")
    KEEPING = "keeping", N_("kept long: keep or erase?")
    BACKUP = "backup", N_("work that is in no backup")
