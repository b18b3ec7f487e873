"""Grabbing the root window by XShmGetImage, without copying it.

mss opens the connection, checks the visual and knows the fallbacks; its own ``grab`` then copies each picture out of
its one shared segment. Here a frame keeps the segment it was written to, and the next grab takes another one: a
segment is free again when nothing refers to its memory any more, which its reference count tells exactly.
"""

from __future__ import annotations

import os
from ctypes import c_int
from dataclasses import dataclass
from mmap import MAP_POPULATE, MAP_SHARED, PROT_READ, PROT_WRITE, mmap
from sys import getrefcount
from typing import Any

from mss.exception import ScreenShotError
from mss.linux import xcb
from mss.linux.base import ALL_PLANES
from mss.linux.xcbhelpers import XError
from mss.linux.xlib import MSSImplXlib
from mss.linux.xshmgetimage import MSSImplXShmGetImage, ShmStatus

from ...errors import DisplayGone, DisplayUnreachable, ExtensionMissing, translated
from ...frame import BYTES_PER_PIXEL, Frame
from ...geometry import Region, Size
from .connection import authority

_SEGMENTS = 6
"""Frames that may be kept alive without a copy; grabs beyond that are copied."""


@dataclass(slots=True)
class _Segment:
    memory: mmap
    number: Any


class Capture:
    """Frames of one display. ``how`` says which way is in force: "XShmGetImage", "XGetImage" or "Xlib"."""

    def __init__(self, name: str, xauthority: str | None) -> None:
        with authority(xauthority), translated({XError: DisplayUnreachable, OSError: DisplayUnreachable}):
            self._mss, self.how = _open(name)
        self._segments: list[_Segment] = []
        self._bytes = 0
        self._idle_count = 0

    def grab(self, region: Region) -> Frame:
        """The region's pixels now. It must lie inside the display."""
        needed = region.width * region.height * BYTES_PER_PIXEL
        with translated({XError: DisplayGone, ScreenShotError: DisplayGone, AssertionError: DisplayGone}):
            segment = self._free(needed) if self.how == "XShmGetImage" else None
            if segment is None:
                pixels = bytes(self._mss.grab(region_of(region)))
                return Frame(pixels, Size(region.width, region.height), region=region)
            xcb.shm_get_image(
                self._mss.conn,
                self._mss.drawable,
                region.x,
                region.y,
                region.width,
                region.height,
                ALL_PLANES,
                xcb.ImageFormat.ZPixmap,
                segment.number,
                0,
            )
        view = memoryview(segment.memory)[:needed].toreadonly()
        return Frame(view, Size(region.width, region.height), region=region)

    def close(self) -> None:
        self._segments.clear()  # their memory lives on in the frames that still show it
        self._mss.close()

    def _free(self, needed: int) -> _Segment | None:
        """A segment of at least that size which no frame refers to; None when too many are in use."""
        if needed > self._bytes:
            self._segments.clear()
            self._bytes = needed
        for segment in self._segments:
            if getrefcount(segment.memory) == self._idle_count:
                return segment
        if len(self._segments) >= _SEGMENTS:
            return None
        segment = self._attach()
        self._segments.append(segment)
        self._idle_count = getrefcount(segment.memory)
        return segment

    def _attach(self) -> _Segment:
        handle = os.memfd_create("deskhand-frame", os.MFD_CLOEXEC)
        os.ftruncate(handle, self._bytes)
        memory = mmap(handle, self._bytes, flags=MAP_SHARED | MAP_POPULATE, prot=PROT_READ | PROT_WRITE)
        number = xcb.ShmSeg(xcb.generate_id(self._mss.conn).value)
        xcb.shm_attach_fd(self._mss.conn, number, c_int(handle), read_only=False)  # closes the handle
        return _Segment(memory, number)


def region_of(region: Region) -> dict[str, int]:
    """A region in mss's words."""
    return {"left": region.x, "top": region.y, "width": region.width, "height": region.height}


def _open(name: str) -> tuple[Any, str]:
    try:
        fast = MSSImplXShmGetImage(display=name)
    except ScreenShotError:
        # Xvnc: mss looks for the visual in the first of its two lists of depth 24 only.
        try:
            return MSSImplXlib(display=name), "Xlib"
        except ScreenShotError as error:
            raise ExtensionMissing(f"The display {name} cannot be captured: {error}") from error
    return fast, "XGetImage" if fast.shm_status is ShmStatus.UNAVAILABLE else "XShmGetImage"
