"""What an application receives from a screen; :mod:`~deskhand.actions.screens.memory` records it."""

from __future__ import annotations

from dataclasses import dataclass

from ..geometry import Point, Size


@dataclass(frozen=True, slots=True)
class Moved:
    """The pointer came to a point."""

    at: Point


@dataclass(frozen=True, slots=True)
class Pressed:
    """A mouse button went down; the wheel's notches are buttons 4 to 7."""

    button: int
    at: Point


@dataclass(frozen=True, slots=True)
class Released:
    """A mouse button came up."""

    button: int
    at: Point


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key went down."""

    keysym: int


@dataclass(frozen=True, slots=True)
class KeyReleased:
    """A key came up."""

    keysym: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A text was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Resized:
    """The display got another size."""

    size: Size


Event = Moved | Pressed | Released | KeyPressed | KeyReleased | Typed | Resized
