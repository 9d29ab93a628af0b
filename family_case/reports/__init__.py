"""Paper: a dossier becomes PDF bytes; the only room that knows reportlab. It adds nothing and decides nothing.

When it is loaded reportlab runs the Python files `~/.reportlab_mods` and `~/.reportlab_settings`, here in a process
that holds keys, and fails where the home is a file. Empty modules of these names, put there first, keep it from that.
"""

import sys
from types import ModuleType

sys.modules.update({name: ModuleType(name) for name in ("reportlab_mods", "reportlab_settings")})
