"""Check the floor plan: the contracts of import-linter in `pyproject.toml`; the only start that needs no script."""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports(no_logo=True))
