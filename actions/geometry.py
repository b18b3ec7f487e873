"""Points, sizes and regions, in pixels of the display, origin at the top left."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

from .errors import BadCoordinate, BadRegion
from .telling import shown

_FARTHEST = 2**31  # NaN, infinities and integers that no float holds all fail the comparison with it


class Point(NamedTuple):
    """A pixel. 0 is a coordinate like any other: "no point" is None, never falsehood."""

    x: int
    y: int


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    def holds(self, at: Point) -> bool:
        return 0 <= at.x < self.width and 0 <= at.y < self.height


class Region(NamedTuple):
    """A rectangle: its top left pixel, and its width and height in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def right(self) -> int:
        """The first column behind the region."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below the region."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def union(self, other: Region) -> Region:
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Region(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def contains(self, other: Region) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def cut(self, other: Region) -> Region | None:
        """What both have in common, None when that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width, height = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Region(x, y, width, height) if width > 0 and height > 0 else None

    def inside(self, size: Size) -> Region:
        """This region, if it lies wholly on a display of that size.

        Raises BadRegion otherwise.
        """
        if self.width < 1 or self.height < 1 or not Region(0, 0, *size).contains(self):
            raise BadRegion(
                f"The region {tuple(self)} (x, y, width, height) does not lie inside the display of "
                f"{size.width}×{size.height} pixels."
            )
        return self


def whole_number(value: Any) -> int:
    """A pixel's number from what the wire brought: the pixel that a fractional coordinate lies in.

    Numbers in strings are read; booleans, NaN and infinities raise BadCoordinate.
    """
    if isinstance(value, str):
        try:
            value = float(value.strip())
        except ValueError:
            raise BadCoordinate(f"{shown(value)} is not a number.") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _FARTHEST:
        raise BadCoordinate(f"{shown(value)} is not a coordinate: a finite number is needed.")
    return math.floor(value)


def point(value: Any) -> Point:
    """A point from ``[x, y]``, ``{"x": …, "y": …}`` or a Point. Raises BadCoordinate."""
    match value:
        case Mapping() if value.keys() >= {"x", "y"}:
            return Point(whole_number(value["x"]), whole_number(value["y"]))
        case [x, y]:
            return Point(whole_number(x), whole_number(y))
    raise BadCoordinate(f"{shown(value)} is not a point: [x, y] or {{'x': …, 'y': …}} is needed.")


def region(value: Any) -> Region:
    """A region from ``[x, y, width, height]`` or a mapping of those names. Raises BadRegion, BadCoordinate."""
    names = ("x", "y", "width", "height")
    if isinstance(value, Mapping) and value.keys() >= set(names):
        value = [value[name] for name in names]
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != len(names):
        raise BadRegion(f"{shown(value)} is not a region: [x, y, width, height] is needed.")
    found = Region(*(whole_number(number) for number in value))
    if found.width < 1 or found.height < 1:
        raise BadRegion(f"The region {tuple(found)} has no area.")
    return found


At = Annotated[Point, BeforeValidator(point)]
"""A point as an action's field."""

Area = Annotated[Region, BeforeValidator(region)]
"""A region as an action's field."""
