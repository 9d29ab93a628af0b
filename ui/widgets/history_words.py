"""What was written when, through which door and why, record by record, from what to what; names and numbers on hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_datetime

from family_case.chance import zone_of
from family_case.i18n import N_
from family_case.model.base import Coded, Privacy
from family_case.model.changes import Reason
from family_case.model.date_words import date_words
from family_case.model.dates import parse
from family_case.model.entry import Part
from family_case.model.records import BY_TABLE, columns
from family_case.services.forms import FORMS, Field, FieldType
from family_case.services.record_words import IN_FORMS, RECORDS, TOLD, named
from ui.widgets.entry_words import Line, capital
from ui.widgets.kind_words import money
from ui.widgets.states import Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from family_case.i18n import Translator
    from family_case.model.changes import HistoryItem

    Value = str | int | None
    Values = Mapping[str, Value]

COVER: Final = "•••"
_UNKNOWN: Final = "unknown"
_CURRENCY, _PART = "currency", "part"
_ANSWER: Final = ("check_question", "answer")  # whoever knows it passes for him: on hold like a name
_LANGUAGE: Final = "language"  # how the names of fields end that hold one
_MOST: Final = 8  # records of one change that are told one by one
_ICONS: Final = {
    Reason.ADD: "plus",
    Reason.LOG: "pencil",
    Reason.EDIT: "pencil",
    Reason.DISCLOSE: "printer",
    Reason.UNDO: "undo-2",
    Reason.REDO: "refresh-cw",
    Reason.REVERT: "undo-2",
    Reason.ERASE: "x",
    Reason.PURGE: "x",
    Reason.MERGE: "users",
    Reason.UNMERGE: "users",
    Reason.DEMO: "book-open",
    Reason.REPAIR: "save",
    Reason.CREATED: "folder-plus",
}
_FIELDS: Final[dict[str, Field]] = {
    field.column: field for form in FORMS.values() for field in form.fields if field.column
}
_BY_ID: Final = frozenset(
    {FieldType.PERSON, FieldType.CLAIMED, FieldType.RECORD, FieldType.PLACE, FieldType.BODY, FieldType.BODIES}
)
_PERSON: Final = "person_id"
_MERGED: Final = "merged_into"
_ALONE: Final = {
    _MERGED: N_("Shown as"),
    "entered": N_("Name"),
    "raw": N_("Number or account"),
    "due": N_("Due"),
    "part": N_("Part"),
}


def by_change(items: Iterable[HistoryItem]) -> list[list[HistoryItem]]:
    """The lines of each change together, newest change first."""
    changes: dict[int, list[HistoryItem]] = {}
    for item in items:
        changes.setdefault(item.number, []).append(item)
    return list(changes.values())


def history_lines(
    items: Iterable[HistoryItem],
    tr: Translator,
    zone: str,
    people: Mapping[str, str],
    *,
    open_names: bool = False,
    in_the_way: frozenset[int] = frozenset(),
) -> list[Line]:
    """One line for each change, newest first; `people`: how each is called; `open_names`: shows names and numbers.

    Changes of these numbers stand in the way of one that was to be taken back: they are marked.
    """
    marked = Look(tr.text(N_("stands in the way")), "triangle-alert", "amber")
    return [
        replace(
            _line(group, tr, zone, people, open_names=open_names),
            look=marked if group[0].number in in_the_way else None,
        )
        for group in by_change(items)
    ]


def moment_words(time_ms: int, zone: str, tr: Translator) -> str:
    """Day and time of a written line in the vault's zone."""
    written = datetime.fromtimestamp(time_ms / 1000, tz=zone_of(zone))
    return format_datetime(written, "d MMM y, HH:mm", locale=tr.language)


def _line(
    group: Sequence[HistoryItem], tr: Translator, zone: str, people: Mapping[str, str], *, open_names: bool
) -> Line:
    first = group[0]
    told = [words for item in reversed(group) if (words := _record(item, tr, people, open_names=open_names))]
    said = told[:_MOST]
    if len(told) > _MOST:
        said.append(tr.text(N_("and {n} more"), n=len(told) - _MOST))
    return Line(
        kind=first.reason.value,
        icon=_ICONS.get(first.reason, "pencil"),
        when=moment_words(first.time_ms, zone, tr),
        title=capital(tr.text(first.reason.label)),
        gist=tr.text(first.actor.label),
        said=tuple(said),
        checked="",
        origin="",
        plain=True,
    )


def _record(item: HistoryItem, tr: Translator, people: Mapping[str, str], *, open_names: bool) -> str:
    """What became of one record, field by field; empty when nothing a person entered is in it."""
    if not item.known:
        return tr.text(N_("{record}: erased"), record=capital(named(item.table, tr)))
    before, after = item.before or {}, item.after or {}
    parts = []
    for column in sorted({**before, **after}, key=_order(item.table)):
        old, new = before.get(column), after.get(column)
        if old == new or (column == _CURRENCY and _amount_changed(item.table, before, after)):  # told with the amount
            continue
        name = _label(item.table, column, tr)
        if not name:
            continue
        if item.before is not None and _is_link(item.table, column):
            nobody = tr.text(N_("person outside the case")) if "person" in column or "giver" in column else "…"
            parts.append(f"{name}: {_linked(old, new, tr, people, nobody)}")
            continue
        was = _value(item.table, column, before, tr, people, open_names=open_names)
        now = _value(item.table, column, after, tr, people, open_names=open_names)
        untold = not was and after.get(column) == _UNKNOWN  # nobody was asked: nothing was said
        if (was or now) and not untold:
            name = "" if column == _PART else f"{name}: "
            parts.append(f"{name}{was} → {now or '–'}" if was else f"{name}{now}")
    called = capital(named(item.table, tr))
    if not parts:  # what only links others is told by its name alone when it was made, and not at all when it has none
        return called if not before and item.table in TOLD else ""
    return f"{called} – {'; '.join(parts)}"


def _amount_changed(table: str, before: Values, after: Values) -> bool:
    amounts = [name.partition(".")[2] for name, field in _FIELDS.items() if field.kind is FieldType.AMOUNT]
    return any(before.get(name) != after.get(name) for name in amounts) and table in IN_FORMS


def _order(table: str) -> Callable[[str], int]:
    """Columns in the order of their form; what has no field of its own comes last."""
    prefix, places = RECORDS.get(table, ("", ""))[0], {name: at for at, name in enumerate(_FIELDS)}
    return lambda column: places.get(f"{prefix}.{column}", len(places))


def _field(table: str, column: str) -> Field | None:
    """The line of the forms that a column is entered by."""
    return _FIELDS.get(f"{RECORDS.get(table, ('', ''))[0]}.{column}")


def _is_link(table: str, column: str) -> bool:
    field = _field(table, column)
    return field is not None and field.kind in _BY_ID


def _linked(old: Value, new: Value, tr: Translator, people: Mapping[str, str], nobody: str) -> str:
    """What became of a link: whom or what it names, `nobody` where that is not of the case; else only that it did."""
    if str(old) in people or str(new) in people:
        was, now = (people.get(str(each), nobody) if each else "–" for each in (old, new))
        return f"{was} → {now}"
    words = N_("linked to another one") if old and new else N_("linked") if new else N_("no longer linked")
    return tr.text(words)


def _label(table: str, column: str, tr: Translator) -> str:
    """Label of a column; empty for what no person entered."""
    field = _field(table, column)
    if field is not None:
        return tr.text(field.label)
    return tr.text(_ALONE[column]) if column in _ALONE else ""


def _value(
    table: str, column: str, values: Values, tr: Translator, people: Mapping[str, str], *, open_names: bool
) -> str:
    value = values.get(column)
    if value is None or value == "":
        return ""
    kind = BY_TABLE.get(table)
    direct = kind is not None and columns(kind).get(column, (None, Privacy.NONE))[1] is Privacy.DIRECT
    if not open_names and (direct or (table, column) == _ANSWER):
        return COVER
    if column in (_PART, _MERGED):
        part, person = (_code(Part, str(value), tr), values.get(_PERSON)) if column == _PART else ("", value)
        who = (people.get(str(person)) or tr.text(N_("person outside the case"))) if person else ""
        return ": ".join(filter(None, (part, who)))
    field = _field(table, column)
    if field is not None and field.kind in _BY_ID:
        return ""
    if field is not None and field.kind is FieldType.AMOUNT:
        return money(int(value), str(values.get("currency") or ""), tr) or str(value)
    return value_words(field, str(value), tr)


def value_words(field: Field | None, value: str, tr: Translator) -> str:
    """A stored value in words: codes by their labels, dates as they are said, texts as they were typed."""
    if field is None:
        return value
    if field.choices is not None:
        codes = value.replace(",", " ").split()
        return ", ".join(_code(field.choices, code, tr) for code in codes)
    if field.kind is FieldType.DATE:
        return date_words(parse(value), tr)
    if field.name.endswith(_LANGUAGE):
        return language_words(value, tr)
    if field.kind is FieldType.FLAG:
        return tr.text(N_("yes") if value in ("1", "yes") else N_("no"))
    return " ".join(value.split())


def language_words(value: str, tr: Translator) -> str:
    """A language by its name where its code was entered; any other words as they are."""
    try:
        return Locale.parse(value).get_display_name(tr.language) or value
    except (ValueError, UnknownLocaleError):
        return value


def _code(kind: type[Coded], code: str, tr: Translator) -> str:
    return next((tr.text(member.label) for member in kind if member.value == code), code)
