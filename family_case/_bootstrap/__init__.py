"""The porch: everything between `python3 -m ...` on a bare machine and the program's own environment.

Standard library only. It acts only in a checkout. This file and the package's `__main__` are read by any Python 3,
however old, so that the sentence below is reached instead of a traceback; everything else may use Python 3.11.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "This program needs Python {}.{} or newer; this is Python {}.{}. "
        "Install a newer Python 3 and start again with it.".format(*OLDEST, *sys.version_info[:2])
    )
