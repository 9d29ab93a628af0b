"""`python3 -m tests.faults [--only F4[,F5]] [--seed S] [--resume] [--json] [--fast] [--most N] [--folder DIR]`.

Tries what is promised for when things go wrong; sets up what is missing first. Opens the trying by name and late,
because until the environment is there nothing else can be imported.
"""

import importlib
import sys
from typing import TYPE_CHECKING, cast

from family_case._bootstrap.enter import enter

if TYPE_CHECKING:
    from collections.abc import Callable

TRYING = ("tests.faults.run", "main")


def main() -> int:
    """Try inside the program's environment; 0 when everything ran and held."""
    arguments = sys.argv[1:]
    enter("tests.faults", arguments, window=True, exact=True)
    module, function = TRYING
    tried = cast("Callable[[list[str]], int]", getattr(importlib.import_module(module), function))
    return tried(arguments)


if __name__ == "__main__":
    sys.exit(main())
