"""`python3 -m tests.museum`: freeze the demo vault of the present schema, once, at a release.

A piece is never made again: it must be what people's vaults of that release are.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from family_case.services.demo import fresh_demo
from family_case.store.migrations import SCHEMA
from tests.museum import HALL, LISTING, PASSPHRASE, VAULT, listing, look, piece_of

if TYPE_CHECKING:
    from pathlib import Path


def freeze(piece: Path) -> None:
    """Make the demo vault under the museum's passphrase in the new folder `piece`, and the listing of all it holds."""
    piece.mkdir(parents=True)
    fresh_demo(piece / VAULT, PASSPHRASE)
    with closing(look(piece / VAULT)) as session:
        told = json.dumps(listing(session), ensure_ascii=False, indent=0, sort_keys=True)
    (piece / VAULT / "lock").unlink()
    (piece / LISTING).write_text(told + "\n", encoding="utf-8", newline="\n")


def main() -> int:
    """Freeze; 1 when this schema has its piece already."""
    piece = piece_of(SCHEMA)
    if piece.exists():
        print(f"Schema {SCHEMA} stands in the museum already. A piece is never made again.", file=sys.stderr)
        return 1
    freeze(piece)
    print(f"Frozen: {piece.relative_to(HALL.parent.parent.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
