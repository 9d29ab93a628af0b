"""The porch's reader of Linux libraries: which other libraries a file names as needed, without loading it.

Own code because a bare machine has no `readelf`, and because a list kept by hand would be wrong with the next Qt.
Format: System V ABI, chapters 4 and 5 (64-bit, little-endian: all the program is locked for).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LOAD, _DYNAMIC = 1, 2  # kinds of program headers
_END, _NEEDED, _STRINGS = 0, 1, 5  # tags of the dynamic section


def needed(file: Path) -> list[str]:
    """The names of the libraries that `file` needs; none when it is no 64-bit little-endian ELF file."""
    data = file.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return []
    (offset,) = struct.unpack_from("<Q", data, 0x20)
    size, count = struct.unpack_from("<HH", data, 0x36)
    headers = [struct.unpack_from("<IIQQQQ", data, offset + index * size) for index in range(count)]
    loads = [(start, start + length, at) for kind, _flags, at, start, _physical, length in headers if kind == _LOAD]
    tags = [tag for kind, _f, at, _v, _p, length in headers if kind == _DYNAMIC for tag in _tags(data, at, length)]
    strings = [address for tag, address in tags if tag == _STRINGS]
    table = [address - start + at for address in strings for start, end, at in loads if start <= address < end]
    return [_text(data, table[0] + value) for tag, value in tags if tag == _NEEDED] if table else []


def _tags(data: bytes, at: int, length: int) -> list[tuple[int, int]]:
    """Tag and value of each entry of the dynamic section, up to its end mark."""
    found: list[tuple[int, int]] = []
    for tag, value in struct.iter_unpack("<QQ", data[at : at + length]):
        if tag == _END:
            break
        found.append((tag, value))
    return found


def _text(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode("ascii", "replace")
