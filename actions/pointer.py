"""What the mouse does. Every point is checked before anything is pressed."""

from __future__ import annotations

from math import floor
from typing import Any, Literal

from pydantic import field_validator

from .action import action
from .catching_up import keys_held
from .chords import Held
from .computer import Computer
from .errors import InvalidAction
from .fields import AtPoint, AtPointer, MouseButton, Number, Times
from .front import Front
from .geometry import Point
from .screen import Button, Wheel
from .waiting import pause, until

PIXELS_PER_NOTCH = 120
"""How far a notch of the wheel scrolls: measured in Chromium, both ways, whatever its window's size.

The program under the pointer decides. OpenAI's own recipe divides by 100, which scrolls a page a fifth too far.
"""

MOST_NOTCHES = 1000

_BETWEEN_CLICKS = 0.012
"""Seconds between the clicks of a double click: Chromium counts those closer than 5 ms as one each."""
_UP_WITHIN = 0.5
"""Seconds for the window manager to let the pointer's events pass."""
_BETWEEN_NOTCHES = 0.006
"""Seconds between two notches: Chromium joins those of one frame, and scrolls by a page at most for each frame."""


def place(screen: Front, at: Point | None) -> None:
    """Move the pointer there; without a point it stays where it is. Raises OffScreen."""
    if at is not None:
        screen.move(at)


def clicked(screen: Front, at: Point | None, button: Button, times: int, hold: tuple[str, ...] = ()) -> None:
    """Click at a point, or where the pointer is, with keys held down. Raises OffScreen before anything is pressed."""
    if at is not None:
        screen.inside(at)
    with keys_held(screen, hold):
        place(screen, at)
        for count in range(times):
            if count:
                pause(_BETWEEN_CLICKS)
            with screen.holding(buttons=(button,)):
                pass
        if hold:
            come_up(screen, button)


def come_up(screen: Front, button: Button) -> None:
    """Wait until the display has let the button up, before keys that were held with it are let go of.

    A window manager that raises what is clicked stops the pointer's events for a moment, but not the keyboard's; the
    program would then see the button come up with the keys up already.
    """
    until(lambda: button not in screen.pressed(), within=_UP_WITHIN)


@action("click")
class Click(AtPointer):
    """Press and release a mouse button, once or several times in a row."""

    button: MouseButton = Button.LEFT
    times: Times = 1
    hold: Held = ()

    def perform(self, computer: Computer) -> None:
        clicked(computer.screen, self.at, self.button, self.times, self.hold)


@action("double_click")
class DoubleClick(AtPointer):
    """Click twice in a row."""

    button: MouseButton = Button.LEFT
    hold: Held = ()

    def perform(self, computer: Computer) -> None:
        clicked(computer.screen, self.at, self.button, 2, self.hold)


@action("triple_click")
class TripleClick(AtPointer):
    """Click three times in a row, which selects a line or a paragraph in most programs."""

    button: MouseButton = Button.LEFT
    hold: Held = ()

    def perform(self, computer: Computer) -> None:
        clicked(computer.screen, self.at, self.button, 3, self.hold)


@action("right_click")
class RightClick(AtPointer):
    """Click with the right button, which opens the context menu in most programs."""

    hold: Held = ()

    def perform(self, computer: Computer) -> None:
        clicked(computer.screen, self.at, Button.RIGHT, 1, self.hold)


@action("move")
class Move(AtPoint):
    """Move the pointer."""

    hold: Held = ()

    def perform(self, computer: Computer) -> None:
        computer.screen.inside(self.at)
        with keys_held(computer.screen, self.hold):
            computer.screen.move(self.at)


@action("mouse_down")
class MouseDown(AtPointer):
    """Press a mouse button and keep it down until mouse_up, or until the screen is closed."""

    button: MouseButton = Button.LEFT

    def perform(self, computer: Computer) -> None:
        place(computer.screen, self.at)
        computer.screen.button(self.button, True)


@action("mouse_up")
class MouseUp(AtPointer):
    """Move there, if a point is given, and let go of a mouse button."""

    button: MouseButton = Button.LEFT

    def perform(self, computer: Computer) -> None:
        place(computer.screen, self.at)
        computer.screen.button(self.button, False)


@action("scroll")
class Scroll(AtPointer):
    """Turn the wheel: positive dx is to the right, positive dy is down; in pixels or in notches of the wheel.

    The wheel knows whole notches only. Whatever is not zero turns it by one at least.
    """

    dx: Number = 0
    dy: Number = 0
    unit: Literal["pixels", "notches"] = "pixels"
    hold: Held = ()

    @field_validator("dx", "dy")
    @classmethod
    def _sane(cls, way: float) -> float:
        if abs(way) > MOST_NOTCHES * PIXELS_PER_NOTCH:
            raise InvalidAction(f"Scrolling by {way} is too far; use the keys home and end instead.")
        return way

    def model_post_init(self, context: Any) -> None:
        if max(map(abs, self.notches)) > MOST_NOTCHES:
            raise InvalidAction(f"Scrolling by more than {MOST_NOTCHES} notches is too far.")

    @property
    def notches(self) -> tuple[int, int]:
        """Whole notches to the right and down."""
        per_notch = PIXELS_PER_NOTCH if self.unit == "pixels" else 1
        return _whole(self.dx / per_notch), _whole(self.dy / per_notch)

    def perform(self, computer: Computer) -> None:
        screen = computer.screen
        if self.at is not None:
            screen.inside(self.at)
        across, down = self.notches
        with keys_held(screen, self.hold):
            place(screen, self.at)
            _turn(screen, Wheel.DOWN if down > 0 else Wheel.UP, abs(down))
            _turn(screen, Wheel.RIGHT if across > 0 else Wheel.LEFT, abs(across))


def _whole(notches: float) -> int:
    if notches == 0:
        return 0
    size = max(1, floor(abs(notches) + 0.5))
    return size if notches > 0 else -size


def _turn(screen: Front, wheel: Wheel, notches: int) -> None:
    for count in range(notches):
        if count:
            pause(_BETWEEN_NOTCHES)
        with screen.holding(buttons=(wheel,)):
            pass
