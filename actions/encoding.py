"""Frames as files: PNG near the machine's limit, JPEG, WebP.

PNG's cost is its compression. Screens are flat, so one cheap filter ("up": each byte less the one above it, PNG
specification §9.2) and the lightest deflate give files about as small as an exhaustive encoder's in a fiftieth of the
time. The lightest deflate is ISA-L's (the optional ``isal`` wheel), or else the standard library's zlib.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from types import ModuleType

from PIL import Image, ImageChops

from .errors import InvalidAction
from .frame import Format, Frame

isal_zlib: ModuleType | None
try:
    from isal import isal_zlib
except ImportError:
    isal_zlib = None  # the extra "fast" is not installed; `deskhand doctor` shows it

# glibc gives memory back to the kernel whenever more is free than twice the largest block it has ever freed, and a PNG
# frees some 10 MB: each would fault its pages in anew, which costs more than the compression. Freeing this block (whose
# pages are never touched) once makes it keep them.
bytearray(24 << 20)

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2
_TRUECOLOUR = 2


def deflater() -> str:
    """Which library compresses PNG files: "isal" or "zlib"."""
    return "zlib" if isal_zlib is None else "isal"


def png(frame: Frame, effort: int | None = None) -> bytes:
    """8-bit RGB. ``effort``: 0 is the fastest, 9 the smallest. Raises InvalidAction for another number."""
    effort = _within(0 if effort is None else effort, 0, 9)
    rows = _up_filtered(frame)
    if effort <= 1 and isal_zlib is not None:
        packed = isal_zlib.compress(rows, effort)
    else:
        packed = zlib.compress(rows, max(1, effort))
    header = struct.pack(">IIBBBBB", frame.size.width, frame.size.height, 8, _TRUECOLOUR, 0, 0, 0)
    return b"".join((_SIGNATURE, *_chunk(b"IHDR", header), *_chunk(b"IDAT", packed), *_chunk(b"IEND", b"")))


def jpeg(frame: Frame, quality: int | None = None) -> bytes:
    """Baseline JPEG without colour subsampling, which would blur one-pixel text."""
    out = BytesIO()
    frame.image().save(
        out, "JPEG", quality=_within(85 if quality is None else quality, 1, 100), subsampling=0
    )
    return out.getvalue()


def webp(frame: Frame, quality: int | None = None) -> bytes:
    """WebP: lossless when no quality is given."""
    out = BytesIO()
    if quality is None:
        frame.image().save(out, "WEBP", lossless=True, method=0, quality=30)
    else:
        frame.image().save(out, "WEBP", quality=_within(quality, 1, 100), method=2)
    return out.getvalue()


ENCODERS: Mapping[Format, Callable[[Frame, int | None], bytes]] = {"png": png, "jpeg": jpeg, "webp": webp}


def _up_filtered(frame: Frame) -> bytes:
    """The picture's rows, each behind its filter's number, filtered. Pillow's C loops do it, seen as grey bytes."""
    row, height = frame.size.width * 3, frame.size.height
    here = Image.frombuffer("L", (row, height), frame.image().tobytes(), "raw", "L", 0, 1)
    above = Image.new("L", (row, height))
    above.paste(here, (0, 1))
    rows = Image.new("L", (row + 1, height), _UP)
    rows.paste(ImageChops.subtract_modulo(here, above), (1, 0))
    return rows.tobytes()


def _chunk(kind: bytes, data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    return struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise InvalidAction(f"An encoder's quality is a number from {least} to {most} here, not {number}.")
    return number
