"""What a model's numbers mean: pixels of the picture it was sent, or places on a grid laid over it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import ceil, floor
from typing import Any

from .errors import BadCoordinate, InvalidAction
from .fields import number
from .frame import Frame
from .geometry import Point, Size
from .telling import shown

Scale = Callable[[Any, Any], Point]
"""From a model's x and y to the display's pixel. Raises BadCoordinate."""


class Space(StrEnum):
    """A way of counting places on a picture."""

    PIXELS = "pixels"
    """The picture's own pixels."""
    GRID_999 = "grid999"
    """0 to 999, each a thousandth of the width or height."""
    GRID_1000 = "grid1000"
    """0 to 1000: the same, and 1000 is the far edge."""
    UNIT = "unit"
    """0 to 1, a share of the width or height; 1 is the far edge."""

    def to_frame(self, x: Any, y: Any, size: Size) -> Point:
        """The pixel of a picture of that size. Raises BadCoordinate when the space has no such place."""
        return Point(self._pixel(x, size.width), self._pixel(y, size.height))

    def from_frame(self, at: Point, size: Size) -> tuple[float, float]:
        """What to call a picture's pixel, so that ``to_frame`` finds it, or the nearest that the space can name."""
        return self._name(at.x, size.width), self._name(at.y, size.height)

    def _pixel(self, value: Any, length: int) -> int:
        try:
            place = number(value)
        except InvalidAction as error:
            raise BadCoordinate(f"{shown(value)} is not a coordinate: a finite number is needed.") from error
        if self is Space.PIXELS:
            if not 0 <= place < length:
                raise BadCoordinate(f"{shown(value)} lies outside the picture: 0 to {length - 1}.")
            return floor(place)
        parts, last = _GRIDS[self]
        if not 0 <= place <= last:
            raise BadCoordinate(f"{shown(value)} lies outside the grid: 0 to {last}.")
        # multiplied first, so that whole numbers are exact; the far edge itself means the last pixel
        return min(int(place * length / parts), length - 1)

    def _name(self, pixel: int, length: int) -> float:
        if self is Space.PIXELS:
            return pixel
        parts, last = _GRIDS[self]
        if self is Space.UNIT:
            return (pixel + 0.5) / length
        first = min(ceil(pixel * parts / length), last)
        return min((first, max(0, first - 1)), key=lambda place: abs(self._pixel(place, length) - pixel))


_GRIDS = {Space.GRID_999: (1000, 999), Space.GRID_1000: (1000, 1000), Space.UNIT: (1, 1)}
"""Into how many parts the picture is divided, and the last place that can be named."""


def scale(space: Space, frame: Frame) -> Scale:
    """The way from the numbers of a model that saw this frame to the display's pixels."""
    return lambda x, y: frame.to_display(space.to_frame(x, y, frame.size))
