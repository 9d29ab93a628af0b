"""`python3 -m tests.bench [--json] [--cases N] [--rounds N] [--folder DIR]`: set up what is missing, then measure.

Opens the measuring by name and late, because until the environment is there nothing else can be imported.
"""

import importlib
import sys
from typing import TYPE_CHECKING, cast

from family_case._bootstrap.enter import enter

if TYPE_CHECKING:
    from collections.abc import Callable

MEASURING = ("tests.bench.run", "main")


def main() -> int:
    """Measure inside the program's environment; 0 when everything that could be measured was."""
    arguments = sys.argv[1:]
    enter("tests.bench", arguments, window=True, exact=True)
    module, function = MEASURING
    measure = cast("Callable[[list[str]], int]", getattr(importlib.import_module(module), function))
    return measure(arguments)


if __name__ == "__main__":
    sys.exit(main())
