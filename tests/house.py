"""The rules of the house: each function reads a module and names what breaks its rule. `test_house` applies them."""

from __future__ import annotations

import ast
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40
# file -> why it may; open and signed
MAY_CATCH_ALL = {"ui/jobs.py": "a job that fails must reach the GUI thread as a value"}
MAY_ASK_CLOCK_AND_CHANCE = {"family_case/chance.py": "the room of time and chance"}
MAY_WRITE_ROWS = {
    "family_case/store/change.py": "the one write path",
    "family_case/store/migrations.py": "schema steps; no row of a person",
}
MAY_RUN_A_LOOP = {"ui/app.py": "the application's own event loop, the only one"}
_CLOCK = {"now", "utcnow", "today"}
_CHANCE = {"random", "secrets", "uuid"}
_NESTED = {"exec", "exec_", "processEvents", "getOpenFileName", "getSaveFileName", "getExistingDirectory"}
_BOXES = {"question", "information", "warning", "critical", "about", "getText", "getItem", "getInt"}
_WRITES = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+[\w{}]+\s+SET|DELETE\s+FROM|REPLACE\s+INTO)\b", re.IGNORECASE
)
_STREET = {
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "PySide6.QtNetwork",
}
_MESSAGES = {"N_": 1, "text": 1, "plural": 2}  # function -> how many of its first arguments are messages


@dataclass(frozen=True, slots=True)
class Module:
    """A module's name (path from the root, with slashes) and text."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.name)

    def calls(self) -> Iterator[tuple[ast.Call, str, str]]:
        """Each call, with the name called and what it is called on ("datetime.now" gives "now", "datetime")."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Attribute):
                    yield node, called.attr, ast.unparse(called.value).rsplit(".", 1)[-1]
                elif isinstance(called, ast.Name):
                    yield node, called.id, ""

    def at(self, node: ast.AST, text: str) -> str:
        """A finding at `node`."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {text}"


Functions = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(module: Module) -> list[Functions]:
    return [node for node in ast.walk(module.tree) if isinstance(node, Functions)]


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(module: Module) -> list[str]:
    """No module over 400 lines, no function over 40."""
    lines = len(module.text.splitlines())
    found = [f"{module.name}: {lines} lines"] if lines > LONGEST_MODULE else []
    long = [node for node in _functions(module) if _length(node) > LONGEST_FUNCTION]
    return found + [module.at(node, f"{node.name} has {_length(node)} lines") for node in long]


def without_docstring(module: Module) -> list[str]:
    """Every module opens by saying what room it is."""
    return [] if ast.get_docstring(module.tree) else [f"{module.name}: no docstring"]


def hidden_imports(module: Module) -> list[str]:
    """No import inside a function."""
    inner = [(outer, node) for outer in _functions(module) for node in ast.walk(outer)]
    return [
        module.at(node, f"import in {outer.name}")
        for outer, node in inner
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def catches_all(module: Module) -> list[str]:
    """No `except Exception`, no bare `except`; `except BaseException` only to clean up and raise again."""
    if module.name in MAY_CATCH_ALL:
        return []
    found = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = ast.unparse(node.type) if node.type else ""
        last = node.body[-1]
        again = isinstance(last, ast.Raise) and last.exc is None
        if caught == "" or "Exception" in re.findall(r"\w+", caught) or ("BaseException" in caught and not again):
            found.append(module.at(node, f"except {caught}".strip()))
    return found


def asks_clock_or_chance(module: Module) -> list[str]:
    """Time and chance come from one room."""
    if module.name in MAY_ASK_CLOCK_AND_CHANCE or module.name.startswith("tests/"):
        return []
    found = [
        module.at(node, f"{on}.{name}()")
        for node, name, on in module.calls()
        if (name in _CLOCK and on in {"datetime", "date"})
        or (on == "time" and name in {"time", "time_ns"})
        or name == "urandom"
    ]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import) and any(alias.name.split(".")[0] in _CHANCE for alias in node.names):
            found.append(module.at(node, "import of chance"))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {*_CHANCE, "time"}:
            names = {alias.name for alias in node.names}
            if node.module != "time" or names & {"time", "time_ns"}:
                found.append(module.at(node, f"import from {node.module}"))
    return found


def opens_the_street(module: Module) -> list[str]:
    """No door to the street, down to the modules inside a package (import-linter sees packages of others as one)."""
    if module.name.startswith("tests/"):
        return []
    names: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names += [(node, alias.name) for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [(node, node.module), *((node, f"{node.module}.{alias.name}") for alias in node.names)]
    banned = tuple(f"{name}." for name in _STREET)
    return [module.at(node, f"import of {name}") for node, name in names if f"{name}.".startswith(banned)]


def alters_schema(module: Module) -> list[str]:
    """No `alter=True`: it catches another driver's errors; the schema changes by migrations only."""
    return [
        module.at(node, "alter=True")
        for node, _name, _on in module.calls()
        for word in node.keywords
        if word.arg == "alter" and ast.unparse(word.value) == "True"
    ]


def nests_a_loop(module: Module) -> list[str]:
    """No event loop inside another: no `exec` of dialogs or menus, no static boxes, no `processEvents`.

    Tests are free to: they stand outside the program and pump its events to look at a window.
    """
    if module.name in MAY_RUN_A_LOOP or module.name.startswith("tests/"):
        return []
    return [
        module.at(node, f"{on}.{name}()")
        for node, name, on in module.calls()
        if (on and name in _NESTED) or (on in {"QMessageBox", "QInputDialog"} and name in _BOXES)
    ]


def writes_rows(module: Module) -> list[str]:
    """INSERT, UPDATE and DELETE stand in one file."""
    if module.name in MAY_WRITE_ROWS or module.name.startswith("tests/"):
        return []
    texts = [node for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    texts_of_f = {id(part) for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    joined = [node for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr)]
    plain = [(node, str(node.value)) for node in texts if id(node) not in texts_of_f]
    return [
        module.at(node, "writes rows")
        for node, text in [*plain, *((node, ast.unparse(node)) for node in joined)]
        if _WRITES.search(text)
    ]


def nameless_braces(module: Module) -> list[str]:
    """A message for people names its braces: translators reorder them."""
    found = []
    for node, name, _on in module.calls():
        for part in node.args[: _MESSAGES.get(name, 0)]:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                fields = [
                    field for _text, field, _spec, _turn in string.Formatter().parse(part.value) if field is not None
                ]
                if any(not field.isidentifier() for field in fields) or re.search(r"%[sdr]|%\(", part.value):
                    found.append(module.at(node, f"message with a nameless place: {part.value[:40]}"))
    return found


RULES = (
    too_long,
    without_docstring,
    hidden_imports,
    catches_all,
    asks_clock_or_chance,
    opens_the_street,
    alters_schema,
    nests_a_loop,
    writes_rows,
    nameless_braces,
)


def advice(module: Module) -> list[str]:
    """What is allowed but asks for a second look: long modules, functions, classes, many methods and signals."""
    lines = len(module.text.splitlines())
    found = [f"{module.name}: {lines} lines (typical 150-300)"] if lines > 300 else []
    found += [
        module.at(node, f"{node.name}: {_length(node)} lines (20)") for node in _functions(module) if _length(node) > 30
    ]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            public = [item.name for item in node.body if isinstance(item, Functions) and not item.name.startswith("_")]
            signals = [
                item for item in node.body if isinstance(item, ast.Assign) and "Signal(" in ast.unparse(item.value)
            ]
            sizes = ((_length(node), 250, "lines"), (len(public), 15, "public methods"), (len(signals), 5, "signals"))
            found += [
                module.at(node, f"{node.name}: {size} {what} ({most})") for size, most, what in sizes if size > most
            ]
    return found
