"""One monitor of a display, or any other part of it, as a screen of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import NotSupported
from ..frame import Frame
from ..geometry import Point, Region, Size
from ..screen import Changes, Cursor, Monitor, Screen


class PartScreen:
    """A region of another screen (the ``Screen`` protocol): its coordinates begin at the region's top left.

    What is painted elsewhere is nobody's change here. Keys and the clipboard are those of the whole display. Closing it
    closes the screen below. Raises BadRegion when the region does not lie inside.
    """

    def __init__(self, whole: Screen, part: Region) -> None:
        self._whole = whole
        self._part = part.inside(whole.size)

    @property
    def size(self) -> Size:
        return Size(self._part.width, self._part.height)

    def move(self, at: Point) -> None:
        self._whole.move(self._out(at))

    def button(self, number: int, down: bool) -> None:
        self._whole.button(number, down)

    def keysym(self, keysym: int, down: bool) -> None:
        self._whole.keysym(keysym, down)

    def write(self, text: str) -> None:
        self._whole.write(text)

    def grab(self, region: Region | None = None) -> Frame:
        inner = region or Region(0, 0, *self.size)
        seen = self._whole.grab(Region(*self._out(Point(inner.x, inner.y)), inner.width, inner.height))
        return Frame(seen.pixels, seen.size, region=inner, taken=seen.taken)

    def pointer(self) -> Point:
        """It may lie outside, on another monitor: then below 0, or at the size and beyond."""
        return self._in(self._whole.pointer())

    def cursor(self) -> Cursor | None:
        cursor = self._whole.cursor()
        return None if cursor is None else replace(cursor, at=self._in(cursor.at))

    def changes(self) -> Changes:
        return _Inside(self._whole.changes(), self._part)

    def pressed(self) -> Sequence[int]:
        return self._whole.pressed()

    def clipboard(self) -> str:
        return self._whole.clipboard()

    def set_clipboard(self, text: str) -> None:
        self._whole.set_clipboard(text)

    def monitors(self) -> Sequence[Monitor]:
        return [Monitor("part", Region(0, 0, *self.size), primary=True)]

    def resize(self, size: Size) -> None:
        raise NotSupported("A part of a display has no size of its own to set; resize the whole display.")

    def close(self) -> None:
        self._whole.close()

    def _out(self, at: Point) -> Point:
        return Point(at.x + self._part.x, at.y + self._part.y)

    def _in(self, at: Point) -> Point:
        return Point(at.x - self._part.x, at.y - self._part.y)


class _Inside:
    """The changes of the whole display that touch the part, cut to it."""

    def __init__(self, changes: Changes, part: Region) -> None:
        self._changes = changes
        self._part = part

    def poll(self, within: float) -> Sequence[Region]:
        cut = (one.cut(self._part) for one in self._changes.poll(within))
        return [Region(one.x - self._part.x, one.y - self._part.y, *one[2:]) for one in cut if one]

    def ask(self) -> bool:
        return self._changes.ask()

    @property
    def answered(self) -> bool:
        return self._changes.answered

    def close(self) -> None:
        self._changes.close()


def monitor(whole: Screen, named: str | int) -> PartScreen:
    """The monitor with that name, or with that number in the order of ``monitors()``, counted from 1.

    Raises NotSupported, naming the monitors there are.
    """
    there = whole.monitors()
    for number, one in enumerate(there, start=1):
        if str(named) in (one.name, str(number)):
            return PartScreen(whole, one.region)
    names = ", ".join(f"{number} ({one.name})" for number, one in enumerate(there, start=1))
    raise NotSupported(f"There is no monitor {named!r}; there are {names}.")
