"""The build: setuptools, after the catalogues are compiled, so that a wheel speaks its languages."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import build_meta
from setuptools.build_meta import (
    build_sdist,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_wheel",
]

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"


def compile_catalogues() -> None:
    """Write the .mo beside each .po."""
    for file in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(file.read_bytes())))
        file.with_suffix(".mo").write_bytes(compiled.getvalue())


def build_wheel(
    wheel_directory: str,
    config_settings: dict[str, str | list[str] | None] | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the wheel (PEP 517) with the compiled catalogues in it."""
    compile_catalogues()
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
