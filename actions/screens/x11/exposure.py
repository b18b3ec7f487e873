"""Whether a program that answers no questions (xterm) has read its input: it is made to paint.

A pixel of its window is cleared, and the server tells the program that it was exposed, behind all that was sent
before. The program paints the letter around it when it comes to that, and the damage tells us so. One pixel is not seen
by a person. What it writes there by chance looks the same, so it is asked at two places. A program that paints nothing
there is given up after the time.
"""

from __future__ import annotations

import time
from typing import Any, Final

from Xlib import X, error

from ...geometry import Point, Region
from .connection import Connection
from .damage import Damage
from .receiver import Receiver

_LONGEST_POLL: Final = 0.05
_LETTER: Final = 64
"""Pixels that a letter is wide or high at most, and that a field of one line is high."""


def caught_up_by_painting(connection: Connection, receiver: Receiver, within: float) -> bool | None:
    """Wait until the focused program has painted what was cleared; None when there is no window to clear."""
    with connection.talking():
        try:
            window = _innermost(connection)
            if window is None:
                return None
            size = window.get_geometry()
            places = [Point(size.width * part // 3, size.height * part // 3) for part in (1, 2)]
            deadline = time.monotonic() + within
            return all(_painted(connection, receiver, window, at, deadline) for at in places)
        except error.XError:
            return None  # the window went away in between


def _painted(connection: Connection, receiver: Receiver, window: Any, at: Point, deadline: float) -> bool:
    there = connection.root.translate_coords(window, at.x, at.y)
    pixel = Region(there.x, there.y, 1, 1)
    widest = _LETTER if window.get_geometry().height > _LETTER else 10_000
    seen = Damage(connection, receiver)
    try:
        window.clear_area(at.x, at.y, 1, 1, True)
        connection.flush()
        while (left := deadline - time.monotonic()) > 0:
            if any(_answers(part, pixel, widest) for part in seen.poll(min(left, _LONGEST_POLL))):
                return True
        return False
    finally:
        seen.close()


def _answers(part: Region, pixel: Region, widest: int) -> bool:
    """Whether that is the letter around the pixel: not the clearing itself, and not a window that scrolls.

    Damage is told once, so a letter that was painted quickly comes in pieces around the pixel.
    """
    around = Region(pixel.x - 1, pixel.y - 1, 3, 3)
    return part != pixel and part.width <= widest and part.height <= _LETTER and part.cut(around) is not None


def _innermost(connection: Connection) -> Any:
    """The largest window that shows inside the focused one; None when nothing is focused."""
    window = connection.x.get_input_focus().focus
    if not hasattr(window, "query_tree"):
        return None
    while True:
        inside = [
            child
            for child in window.query_tree().children
            if child.get_attributes().map_state == X.IsViewable
        ]
        if not inside:
            return window
        window = max(inside, key=lambda child: (its := child.get_geometry()).width * its.height)
