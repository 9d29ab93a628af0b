"""`python3 -m tests`: set up what is missing, then every guard of the house and all tests.

With arguments only pytest runs, and gets them.
"""

import sys

from family_case._bootstrap.enter import enter
from tests.guards import all_guards, only_pytest


def main() -> int:
    """Run the guards (or with arguments pytest alone) inside the program's environment; 0 when all hold."""
    arguments = sys.argv[1:]
    enter("tests", arguments, window=True, exact=True)
    return only_pytest(arguments) if arguments else all_guards()


if __name__ == "__main__":
    sys.exit(main())
