"""The front of every screen: the lock, the bounds check, held keys and buttons, and closing once."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import RLock

from .errors import BadRegion, DisplayClosed, DisplayGone, OffScreen
from .frame import Frame
from .geometry import Point, Region, Size
from .screen import Changes, Cursor, Monitor, Screen
from .settling import Blinkers

NEARBY = 8
"""Pixels within which programs take two clicks for a double click; GTK has 5, Qt 5, Windows 4."""


class Front:
    """A screen that can be given to anybody.

    One caller at a time: every call takes the lock, and ``with front:`` keeps it for several. What it presses it knows,
    and lets go of in reverse order in ``release`` and ``close``. Calls after ``close`` raise DisplayClosed.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._lock = RLock()
        self._held: list[tuple[str, int]] = []
        self._closed = False
        self._last: Frame | None = None
        self._at: Point | None = None
        self._clicked: dict[int, tuple[Point | None, float]] = {}
        self.blinkers = Blinkers()

    def __enter__(self) -> Front:
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @property
    def size(self) -> Size:
        return self._open().size

    @property
    def held(self) -> Sequence[tuple[str, int]]:
        """What is held down through this front, in the order of pressing: ("button", 1), ("key", 0xFFE1)…"""
        return tuple(self._held)

    def inside(self, at: Point) -> Point:
        """The point, if it lies on the display. Raises OffScreen."""
        size = self.size
        if not size.holds(at):
            raise OffScreen(
                f"({at.x}, {at.y}) lies outside the display, which has {size.width}×{size.height} pixels, "
                f"(0, 0) to ({size.width - 1}, {size.height - 1})."
            )
        return at

    def move(self, at: Point) -> None:
        with self._lock:
            self._open().move(self.inside(at))
            self._at = at

    def button(self, number: int, down: bool) -> None:
        """Press or release a mouse button by its X number, where the pointer is."""
        with self._lock:
            self._open().button(number, down)
            self._keep("button", number, down)
            if down:
                self._clicked[number] = (self._at, time.monotonic())

    def clicked_ago(self, number: int, at: Point) -> float:
        """Seconds since that button was pressed at about that point, infinity if it was not."""
        where, when = self._clicked.get(number, (None, 0.0))
        if where is None or max(abs(where.x - at.x), abs(where.y - at.y)) > NEARBY:
            return math.inf
        return time.monotonic() - when

    def keysym(self, keysym: int, down: bool) -> None:
        """Press or release a key by its X keysym. Raises NotTyped when the display has no such key."""
        with self._lock:
            self._open().keysym(keysym, down)
            self._keep("key", keysym, down)

    @contextmanager
    def holding(self, *, keysyms: Sequence[int] = (), buttons: Sequence[int] = ()) -> Iterator[None]:
        """With those keys, then buttons, held down; they are let go in reverse, whatever happens."""
        with self._lock, ExitStack() as letting_go:
            for keysym in keysyms:
                letting_go.callback(self._let_go, "key", keysym)
                self.keysym(keysym, True)
            for number in buttons:
                letting_go.callback(self._let_go, "button", number)
                self.button(number, True)
            yield

    def write(self, text: str) -> None:
        """Type exactly that text. Raises NotTyped."""
        with self._lock:
            self._open().write(text)

    def grab(self, region: Region | None = None) -> Frame:
        """The picture now. While nothing has changed, the very same frame comes back. Raises BadRegion."""
        with self._lock:
            screen = self._open()
            if region is not None:
                return screen.grab(region.inside(screen.size))
            frame = screen.grab()
            if self._last is not None and frame.same_as(self._last):
                return self._last
            self._last = frame
            return frame

    def pointer(self) -> Point:
        with self._lock:
            return self._open().pointer()

    def cursor(self) -> Cursor | None:
        with self._lock:
            return self._open().cursor()

    def changes(self) -> Changes:
        with self._lock:
            return self._open().changes()

    def pressed(self) -> Sequence[int]:
        with self._lock:
            return self._open().pressed()

    def clipboard(self) -> str:
        with self._lock:
            return self._open().clipboard()

    def set_clipboard(self, text: str) -> None:
        with self._lock:
            self._open().set_clipboard(text)

    def monitors(self) -> Sequence[Monitor]:
        with self._lock:
            return self._open().monitors()

    def resize(self, size: Size) -> None:
        if size.width < 1 or size.height < 1:
            raise BadRegion(f"A display of {size.width}×{size.height} pixels is not possible.")
        with self._lock:
            self._open().resize(size)
            self._last = None

    def release(self) -> None:
        """Let go of everything held through this front, in reverse."""
        with self._lock:
            for kind, number in reversed(self._held):
                self._let_go(kind, number)

    def close(self) -> None:
        """Let go of everything and close the display's connection; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            try:
                self.release()
            finally:
                self._closed = True
                self._last = None
                self._screen.close()

    def _open(self) -> Screen:
        if self._closed:
            raise DisplayClosed
        return self._screen

    def _keep(self, kind: str, number: int, down: bool) -> None:
        if (kind, number) in self._held:
            self._held.remove((kind, number))
        if down:
            self._held.append((kind, number))

    def _let_go(self, kind: str, number: int) -> None:
        if (kind, number) not in self._held:
            return
        try:
            (self.button if kind == "button" else self.keysym)(number, False)
        except DisplayGone:
            self._held.remove((kind, number))  # a display that is gone holds nothing down
