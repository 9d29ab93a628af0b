"""What `tests.keystore_double` runs for one question: `python keystore_double_worker.py FILE HOW`, values in FILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from threading import Event

SLOW_SECONDS = 0.4
OTHER = "5a" * 32


def answer(file: Path, how: str, question: dict[str, str]) -> object:
    """What such a store says; one that hangs says nothing, one that dies ends without a word."""
    does, name = question["do"], f"{question['service']} {question['user']}"
    if how in {"absent", "locked", "failing"}:
        return {"said": how}
    if how == "babbles":
        return [1, 2]
    _stumble(how, does)
    kept: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    if does == "read":
        found = "not ours" if how == "rubbish" else kept.get(name)
        return {"said": "empty"} if found is None else {"said": "done", "secret": found}
    if does == "remove" and how == "clings":
        return {"said": "failing"}
    if does != "probe":
        file.write_text(json.dumps(_changed(kept, name, how, question)), "utf-8")
    return {"said": "done"}


def _stumble(how: str, does: str) -> None:
    if how == "dies" or (how == "dies writing" and does == "write"):
        sys.exit(3)
    if how in {"hangs", f"hangs at {does}"}:
        Event().wait()
    if how == "slow":
        Event().wait(SLOW_SECONDS)


def _changed(kept: dict[str, str], name: str, how: str, question: dict[str, str]) -> dict[str, str]:
    others = {each: value for each, value in kept.items() if each != name}
    if question["do"] == "write" and how != "null":
        others[name] = OTHER if how == "alters" else question["secret"]
    return others


if __name__ == "__main__":
    print(json.dumps(answer(Path(sys.argv[1]), sys.argv[2], json.loads(sys.stdin.readline()))))
