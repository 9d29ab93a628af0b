"""A file that was handed over: a voice note, a photograph of a letter, a scan; what is known of it beside its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Final

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Coded, N, Record, T, check_texts

LARGEST: Final = 2 << 30  # bytes of one file: an hour of a telephone's video; more would make every backup a long one
LONGEST_NAME: Final = 255  # characters, as every file system in use has it
_HEX: Final = frozenset("0123456789abcdef")


class Media(Coded):
    """What a file is by its first bytes, whatever its name says."""

    JPEG = "jpeg", N_("photograph (JPEG)")
    PNG = "png", N_("picture (PNG)")
    GIF = "gif", N_("picture (GIF)")
    WEBP = "webp", N_("picture (WebP)")
    HEIC = "heic", N_("photograph (HEIC)")
    PDF = "pdf", N_("PDF")
    TEXT = "text", N_("plain text")
    OGG = "ogg", N_("voice note or sound (Ogg)")
    MP3 = "mp3", N_("sound (MP3)")
    WAV = "wav", N_("sound (WAV)")
    AMR = "amr", N_("sound (AMR)")
    MP4 = "mp4", N_("video or sound (MP4)")
    WEBM = "webm", N_("video or sound (WebM)")
    OFFICE = "office", N_("document of an office program, or an archive")
    OTHER = "other", N_("unknown kind of file")


@dataclass(frozen=True, slots=True)
class Attachment(Record):
    """A file of a case, perhaps of one entry of it: its name as given, its kind and size, and where its bytes lie.

    `size` (bytes) and `sha256` are of the file as given; `blob` is the name under which it lies sealed, `seal_key`
    opens that one file, `sealed_sha256` is of the sealed bytes. What opens a file is shown nowhere.
    """

    TABLE: ClassVar[str] = "attachment"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    entry_id: Annotated[str | None, N]
    name: Annotated[str, T]
    media: Annotated[Media, N]
    size: Annotated[int, N]
    sha256: Annotated[str, N]
    blob: Annotated[str, N]
    sealed_sha256: Annotated[str, N]
    seal_key: Annotated[str, N] = field(repr=False)
    recorded_ms: Annotated[int, N] = 0

    def check(self) -> None:
        """Refuse a size over 2 GiB, no name or one that is too long; Bug-proof what names and opens the sealed file."""
        check_texts(self)
        if self.size > LARGEST:
            raise too_large(self.name)
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise Refused(
                N_("A file's name has 1 to {limit} characters. Nothing was attached; rename the file."),
                limit=LONGEST_NAME,
            )
        if not is_blob_name(self.blob):
            raise Refused(N_("This is not the name of a sealed file. Nothing was written."))


def too_large(name: str) -> Refused:
    """The sentence about a file that is larger than one may be."""
    return Refused(
        N_("“{name}” is larger than 2 GiB, the most one file may have. Nothing was attached; attach a part of it."),
        name=name,
    )


def is_blob_name(text: str) -> bool:
    """Whether a text may name a sealed file: 32 hex digits, so that no name ever becomes a path of its own."""
    return len(text) == _NAME_DIGITS and set(text) <= _HEX


_NAME_DIGITS: Final = 32
HEAD_BYTES: Final = 4096  # of a file that decide what it is
# Bytes at a place -> kind; the first that fits counts.
_MAGIC: Final = (
    (0, b"\xff\xd8\xff", Media.JPEG),
    (0, b"\x89PNG\r\n\x1a\n", Media.PNG),
    (0, b"GIF8", Media.GIF),
    (8, b"WEBP", Media.WEBP),
    (0, b"%PDF-", Media.PDF),
    (0, b"OggS", Media.OGG),
    (0, b"ID3", Media.MP3),
    (0, b"\xff\xfb", Media.MP3),
    (0, b"\xff\xf3", Media.MP3),
    (8, b"WAVE", Media.WAV),
    (0, b"#!AMR", Media.AMR),
    (4, b"ftypheic", Media.HEIC),
    (4, b"ftypheix", Media.HEIC),
    (4, b"ftypmif1", Media.HEIC),
    (4, b"ftyp", Media.MP4),
    (0, b"\x1a\x45\xdf\xa3", Media.WEBM),
    (0, b"PK\x03\x04", Media.OFFICE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Media.OFFICE),
)
_LAYOUT: Final = frozenset("\t\n\r\f")


def media_of(head: bytes) -> Media:
    """What a file is, by its first bytes (at most `HEAD_BYTES` are looked at)."""
    known = next((media for at, magic, media in _MAGIC if head.startswith(magic, at)), None)
    return known or (Media.TEXT if _is_text(head[:HEAD_BYTES]) else Media.OTHER)


def _is_text(head: bytes) -> bool:
    """Whether this is UTF-8 without control characters; a last character may be cut."""
    told = head.decode("utf-8", errors="ignore")
    whole = len(told.encode()) >= len(head) - 3
    return bool(head) and whole and all(mark.isprintable() or mark in _LAYOUT or mark == "\ufeff" for mark in told)
