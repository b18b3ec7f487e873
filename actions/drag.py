"""Dragging, so that the program below takes it for a person's: a start, a way, and a rest on the target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing
from itertools import pairwise
from math import ceil
from typing import Annotated, Any

from pydantic import Field, model_validator

from .action import Action, action
from .catching_up import caught_up, keys_held
from .chords import Held
from .computer import Computer
from .errors import InvalidAction
from .fields import MouseButton
from .front import Front
from .geometry import At, Point
from .pointer import come_up
from .screen import Button, Changes
from .waiting import pause, until

_FIRST_STEPS = (2, 5, 9, 14)
"""Pixels from the start. Programs take a move for a drag from 3 (Chromium), 8 (GTK) or 10 (Qt) pixels on."""
_STRIDE = 20
"""Pixels between two moves after that."""
_MOST_STEPS = 60
"""On one leg of the path; longer legs have longer strides."""
_A_MOVE = 0.008
"""Seconds that a program has for painting a move before the next one comes: half a frame at 60 Hz."""
_A_FRAME = 0.017
"""Seconds of a frame at 60 Hz. Chromium tells a page of the last move in each; at a corner there are two to be told."""
_ALL_MOVES = 1.0
"""Seconds that all moves together may take in this way."""
_PICKED_UP = 0.1
"""Seconds that a program has for starting the drag."""
_DOUBLE_CLICK = 0.6
"""Seconds in which a press after a click at the same place is a double click, which starts no drag."""
_POINTED_AT = 0.03
"""Seconds that a program has for giving the pointer the shape of what it points at."""
_ACCEPTED = 1.0
"""Seconds that a target has for taking what is carried, which the pointer's next shape tells."""
_DROP_SEEN = 0.3
"""Seconds that the target has for showing that the drag is over it."""


@action("drag")
class Drag(Action):
    """Press a mouse button at the path's first point, move along the path, and let go at its last.

    On the wire two points may also be said as from and to, or as x1, y1, x2, y2.
    """

    path: Annotated[tuple[At, ...], Field(min_length=2, max_length=2000)]
    button: MouseButton = Button.LEFT
    hold: Held = ()

    @model_validator(mode="before")
    @classmethod
    def _two_points(cls, wire: Any) -> Any:
        if not isinstance(wire, Mapping):
            return wire
        for names in (("from", "to"), ("x1", "y1", "x2", "y2")):
            if not wire.keys() & set(names):
                continue
            if wire.get("path") is not None or any(wire.get(name) is None for name in names):
                raise InvalidAction(f"A drag goes along a path, or is said by all of {', '.join(names)}.")
            said = [wire[name] for name in names]
            ends = tuple(said) if len(said) == 2 else ((said[0], said[1]), (said[2], said[3]))
            return {**{key: value for key, value in wire.items() if key not in names}, "path": ends}
        return wire

    def perform(self, computer: Computer) -> None:
        screen = computer.screen
        for at in self.path:
            screen.inside(at)
        steps = list(motion(self.path))
        with keys_held(screen, self.hold), closing(screen.changes()) as changes:
            screen.move(self.path[0])
            _seen(changes, _POINTED_AT)
            plain = _picture(screen)
            pause(max(0.0, _DOUBLE_CLICK - screen.clicked_ago(self.button, self.path[0])))
            with screen.holding(buttons=(self.button,)):
                shapes = _carry(screen, changes, steps, frozenset(self.path[1:-1]))
                _rest(screen, changes, self.path[-2], self.path[-1])
                _accepted(screen, plain, shapes)
            if self.hold:
                come_up(screen, self.button)


def motion(path: Sequence[Point]) -> Iterator[Point]:
    """The points to move to after the first: all of the path's own, and enough between them."""
    for leg, (start, end) in enumerate(pairwise(path)):
        length = max(abs(end.x - start.x), abs(end.y - start.y))
        first = _FIRST_STEPS if leg == 0 else (0,)
        stride = max(_STRIDE, ceil(length / _MOST_STEPS))
        last = start
        for gone in (*first, *range(first[-1] + stride, length, stride), length):
            if gone > length:
                continue
            share = gone / length if length else 1.0
            at = Point(round(start.x + (end.x - start.x) * share), round(start.y + (end.y - start.y) * share))
            if at != last:
                yield at
            last = at


def _carry(
    screen: Front, changes: Changes, steps: Sequence[Point], corners: Set[Point]
) -> list[bytes | None]:
    """Move along, as fast as the program below paints, and wait a little where it has to notice the start.

    Gives back the pointer's shape after each step.
    """
    patience = min(_A_MOVE, _ALL_MOVES / max(1, len(steps)))
    shapes = []
    for count, at in enumerate(steps, start=1):
        screen.move(at)
        _seen(changes, _PICKED_UP if count == len(_FIRST_STEPS) else patience)
        if at in corners:
            for _ in range(2):
                _seen(changes, min(_A_FRAME, _ALL_MOVES / len(corners)))
        shapes.append(_picture(screen))
    return shapes


def _accepted(screen: Front, plain: bytes | None, shapes: Sequence[bytes | None]) -> None:
    """Wait, bounded, while the pointer still has the shape of the way ("not here"), and not yet the target's."""
    now = _picture(screen)
    if now != plain and now in shapes[: len(shapes) // 2]:
        until(lambda: _picture(screen) != now, within=_ACCEPTED)


def _picture(screen: Front) -> bytes | None:
    cursor = screen.cursor()
    return None if cursor is None else cursor.pixels


def _rest(screen: Front, changes: Changes, before: Point, target: Point) -> None:
    """Stay on the target until the drag was seen there: Chromium loses a drag that is let go of too soon.

    The pointer stirs by one pixel, so that a program that started the drag late learns where it is: back towards
    ``before`` and on again, so that its last way is the drag's own. Sortable lists go by that.
    """
    beside = Point(_towards(target.x, before.x), _towards(target.y, before.y))
    if beside == target:
        beside = Point(target.x - 1 if target.x > 0 else target.x + 1, target.y)
    if screen.size.holds(beside):
        for at in (beside, target):
            caught_up(changes, _DROP_SEEN / 2)
            screen.move(at)
    caught_up(changes, _DROP_SEEN)


def _towards(here: int, there: int) -> int:
    return here + (there > here) - (there < here)


def _seen(changes: Changes, within: float) -> bool:
    return bool(changes.poll(within))
