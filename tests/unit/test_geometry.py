"""Points, sizes and regions, and how they are read from the wire."""

from typing import Any

import pytest
from hypothesis import given

from deskhand.actions import BadCoordinate, BadRegion, Point, Region, Size
from deskhand.actions.geometry import point, region, whole_number

from .strategies import HOSTILE

SIZE = Size(1280, 720)


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ([1, 2], (1, 2)),
        ((0, 0), (0, 0)),
        ({"x": 3.9, "y": "4"}, (3, 4)),
        (Point(5, 6), (5, 6)),
        ([-0.5, 2], (-1, 2)),
    ],
)
def test_points(wire: Any, expected: tuple[int, int]) -> None:
    assert point(wire) == Point(*expected)


@pytest.mark.parametrize(
    "wire", [[1], [1, 2, 3], "12", {"x": 1}, None, 5, [None, 1], [True, 1], ["", 1], ["1e400", 1]]
)
def test_what_is_no_point(wire: Any) -> None:
    with pytest.raises(BadCoordinate):
        point(wire)


@given(HOSTILE)
def test_a_coordinate_is_a_number_or_refused(value: Any) -> None:
    try:
        assert abs(whole_number(value)) <= 2**31
    except BadCoordinate as error:
        assert len(str(error)) < 300


@given(HOSTILE)
def test_a_region_is_read_or_refused(value: Any) -> None:
    for wire in (value, [value] * 4, [0, 0, 5, value]):
        try:
            assert region(wire).area > 0
        except (BadCoordinate, BadRegion) as error:
            assert len(str(error)) < 300


def test_the_last_pixel_is_inside_and_the_next_is_not() -> None:
    assert SIZE.holds(Point(0, 0)) and SIZE.holds(Point(1279, 719))
    assert not SIZE.holds(Point(1280, 719)) and not SIZE.holds(Point(0, -1))


def test_regions_of_a_display() -> None:
    whole = Region(0, 0, 1280, 720)
    assert whole.inside(SIZE) is whole
    assert whole.center == Point(640, 360)
    assert Region(1, 1, 2, 2).union(Region(10, 0, 1, 1)) == Region(1, 0, 10, 3)
    assert whole.contains(Region(1279, 719, 1, 1)) and not Region(1, 1, 2, 2).contains(whole)


@pytest.mark.parametrize(
    "bad", [(-1, 0, 5, 5), (0, 0, 1281, 1), (1279, 0, 2, 1), (0, 0, 0, 1), (0, 720, 1, 1)]
)
def test_regions_that_do_not_lie_inside(bad: tuple[int, int, int, int]) -> None:
    with pytest.raises(BadRegion, match=r"1280×720|area"):
        Region(*bad).inside(SIZE)


def test_a_region_from_its_names() -> None:
    assert region({"x": 1, "y": 2, "width": 3, "height": 4}) == Region(1, 2, 3, 4)
    for bad in ([1, 2, 3], [1, 2, 0, 4], "1234", {"x": 1}):
        with pytest.raises(BadRegion):
            region(bad)
