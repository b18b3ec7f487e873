"""What a display offers: the few primitives that every screen implements.

A screen does only what it is told. Locks, bounds, held keys and closing once belong to the front
(:class:`deskhand.actions.front.Front`), which wraps any of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from .frame import Frame
from .geometry import Point, Region, Size


class Button(IntEnum):
    """Mouse buttons by their number in the X protocol."""

    LEFT = 1
    MIDDLE = 2
    RIGHT = 3
    BACK = 8
    FORWARD = 9


class Wheel(IntEnum):
    """The wheel's directions: in the X protocol each notch is a click of one of these buttons."""

    UP = 4
    DOWN = 5
    LEFT = 6
    RIGHT = 7


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor of a display: where it shows in the display's pixels."""

    name: str
    region: Region
    primary: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """The pointer's picture: ``pixels`` are RGBA, premultiplied, 4 bytes each, rows from the top."""

    at: Point
    hot: Point
    size: Size
    pixels: bytes


class Changes(Protocol):
    """What changes on the screen from the moment it was asked for, and whether the receiver has caught up."""

    def poll(self, within: float) -> Sequence[Region]:
        """The regions painted since the last poll; waits for the first at most ``within`` seconds."""
        ...

    def ask(self) -> bool:
        """Ask the program under the input to answer once it has read its events; False when it cannot be asked."""
        ...

    @property
    def answered(self) -> bool:
        """True once the program has answered the last ``ask``; it becomes true in ``poll``."""
        ...

    def close(self) -> None: ...


class Screen(Protocol):
    """A display's primitives. All coordinates are pixels of the display, origin at the top left."""

    @property
    def size(self) -> Size: ...

    def move(self, at: Point) -> None: ...

    def button(self, number: int, down: bool) -> None: ...

    def keysym(self, keysym: int, down: bool) -> None:
        """Press or release the key with that X keysym. Raises NotTyped when the display has no such key."""
        ...

    def write(self, text: str) -> None:
        """Type exactly that text, whatever the keymap; newline and tab are the keys. Raises NotTyped."""
        ...

    def grab(self, region: Region | None = None) -> Frame: ...

    def pointer(self) -> Point: ...

    def cursor(self) -> Cursor | None:
        """The pointer's picture, or None where the display does not tell it."""
        ...

    def changes(self) -> Changes: ...

    def pressed(self) -> Sequence[int]:
        """The keysyms of the keys, and the numbers of the buttons, that the display holds to be down."""
        ...

    def clipboard(self) -> str: ...

    def set_clipboard(self, text: str) -> None: ...

    def monitors(self) -> Sequence[Monitor]: ...

    def resize(self, size: Size) -> None:
        """Give the display that size. Raises ResizeRefused, NotSupported."""
        ...

    def close(self) -> None: ...
