"""The X11 screen: input by XTEST, pictures by XShm, changes by DAMAGE."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from Xlib import X
from Xlib.ext import xtest

from ...frame import Frame
from ...geometry import Point, Region, Size
from ...screen import Changes, Cursor, Monitor
from . import clipboard, monitors
from .capture import Capture
from .connection import Connection
from .damage import Damage
from .exposure import caught_up_by_painting
from .guardian import Guardian, buttons_down
from .keymap import Keymap, keys_down, mend
from .receiver import Receiver
from .typing import Typist

_QUIET: Final = 0.06
_QUIET_WITHIN: Final = 2.0
_PAINTS_WITHIN: Final = 1.0


class X11Screen:
    """A display of an X server on this machine (the ``Screen`` protocol).

    ``display``: its name, ":0" for instance; that of the environment by default. ``xauthority``: the file with its
    cookie. ``own``: the display is ours alone and ends with us, so nothing needs to be left as it was found.

    Raises DisplayUnreachable, WaylandRefused, ExtensionMissing, LibraryConflict.
    """

    def __init__(
        self, display: str | None = None, *, xauthority: str | None = None, own: bool = False
    ) -> None:
        self._c = Connection(display, xauthority)
        try:
            self._c.need("XTEST", "DAMAGE", "XFIXES", "RANDR")
            self._c.x.xfixes_query_version()
            self._c.x.damage_query_version()
            self._c.x.xrandr_query_version()
            self._capture = Capture(self._c.name, xauthority)
        except BaseException:
            self._c.close()
            raise
        self.name = self._c.name
        self._own = own
        self._down: list[int] = []
        self._keys: dict[int, tuple[int, bool]] = {}
        self._clipboard: clipboard.Owner | None = None
        self._guardian = None if own else Guardian(self.name, xauthority)
        if not own:
            mend(self._c)
        self._receiver = Receiver(self._c)
        self._keymap = Keymap(self._c)
        self._typist = Typist(
            self._c,
            self._keymap,
            self._receiver,
            send=self._send_key,
            quiet=self._quiet,
            down=self._down,
            own=own,
        )
        self._size = self._measure()
        self._c.root.xrandr_select_input(1)  # RRScreenChangeNotify
        self._c.subscribe(self._c.x.extension_event.ScreenChangeNotify, self._resized)

    @property
    def capture_method(self) -> str:
        """How pictures are taken: "XShmGetImage" (fast), "XGetImage" or "Xlib"."""
        return self._capture.how

    @property
    def size(self) -> Size:
        self._c.pump()
        return self._size

    def move(self, at: Point) -> None:
        with self._c.talking():
            xtest.fake_input(self._c.x, X.MotionNotify, x=at.x, y=at.y)
            self._c.flush()  # the server keeps the order, so nobody needs to wait for each event

    def button(self, number: int, down: bool) -> None:
        with self._c.talking():
            xtest.fake_input(self._c.x, X.ButtonPress if down else X.ButtonRelease, number)
            self._c.flush()

    def keysym(self, keysym: int, down: bool) -> None:
        with self._c.talking():
            if down:
                self._press(keysym)
            elif keysym in self._keys:
                code, with_shift = self._keys.pop(keysym)
                self._send_key(code, False)
                self._release_shift(with_shift)
            self._c.flush()

    def write(self, text: str) -> None:
        with self._c.talking():
            self._typist.write(text)

    def grab(self, region: Region | None = None) -> Frame:
        return self._capture.grab(region or Region(0, 0, *self.size))

    def pointer(self) -> Point:
        with self._c.talking():
            told = self._c.root.query_pointer()
        return Point(told.root_x, told.root_y)

    def cursor(self) -> Cursor:
        with self._c.talking():
            told = self._c.x.xfixes_get_cursor_image(self._c.root)
        pixels = b"".join(
            bytes((argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >> 24 & 255))
            for argb in told.cursor_image
        )
        return Cursor(
            Point(told.x, told.y), Point(told.xhot, told.yhot), Size(told.width, told.height), pixels
        )

    def changes(self) -> Changes:
        self._c.pump()
        return Damage(self._c, self._receiver)

    def pressed(self) -> Sequence[int]:
        with self._c.talking():
            rows = self._keymap.rows
            keys = [rows[code - 8][0] for code in keys_down(self._c)]
            return [*keys, *buttons_down(self._c)]

    def clipboard(self) -> str:
        return clipboard.read(self._c)

    def set_clipboard(self, text: str) -> None:
        if self._clipboard is not None:
            self._clipboard.close()
        self._clipboard = clipboard.Owner(self.name, self._c.xauthority, text)

    def monitors(self) -> Sequence[Monitor]:
        return monitors.monitors(self._c, self.size)

    def resize(self, size: Size) -> None:
        monitors.resize(self._c, size)
        self._size = self._measure()

    def close(self) -> None:
        """Leave the display as it was found: lent keycodes go back, the clipboard's text stays."""
        kept = self._clipboard
        try:
            if not self._own:
                self._typist.put_back()
                self._keymap.close()
        finally:
            if kept is not None:
                if kept.owns and not self._own:
                    clipboard.hand_over(self.name, self._c.xauthority, kept.text)
                kept.close()
            if self._guardian is not None:
                self._guardian.close()
            self._capture.close()
            self._c.close()

    def _press(self, keysym: int) -> None:
        code, with_shift = self._typist.map_key(keysym)
        shift = self._keymap.shift()
        with_shift = with_shift and shift is not None and shift not in self._down
        if with_shift and shift is not None:
            self._send_key(shift, True)
        self._send_key(code, True)
        self._keys[keysym] = (code, with_shift)

    def _release_shift(self, with_shift: bool) -> None:
        shift = self._keymap.shift()
        if with_shift and shift is not None:
            self._send_key(shift, False)

    def _send_key(self, code: int, down: bool) -> None:
        xtest.fake_input(self._c.x, X.KeyPress if down else X.KeyRelease, code)
        if down:
            self._down.append(code)
        elif code in self._down:
            self._down.remove(code)

    def _quiet(self) -> None:
        """Wait until a program that cannot be asked has read its input: it has painted, or paints nothing more."""
        if caught_up_by_painting(self._c, self._receiver, _PAINTS_WITHIN):
            return
        seen = Damage(self._c, self._receiver)
        try:
            deadline = time.monotonic() + _QUIET_WITHIN
            while seen.poll(_QUIET) and time.monotonic() < deadline:
                pass
        finally:
            seen.close()

    def _measure(self) -> Size:
        with self._c.talking():
            told = self._c.root.get_geometry()
        return Size(told.width, told.height)

    def _resized(self, _: object) -> None:
        self._size = self._measure()
