"""What a model's numbers mean."""

from contextlib import suppress
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.actions import BadCoordinate, Frame, Point, Region, Size
from deskhand.actions.space import Space, scale

from .strategies import HOSTILE

SIZE = Size(1280, 720)
SPACES = st.sampled_from(list(Space))
SIZES = st.builds(Size, st.integers(1, 4000), st.integers(1, 4000))
LAST = {Space.GRID_999: 999, Space.GRID_1000: 1000, Space.UNIT: 1}


@pytest.mark.parametrize(
    ("space", "x", "y", "expected"),
    [
        (Space.PIXELS, 0, 0, (0, 0)),
        (Space.PIXELS, 1279, 719.9, (1279, 719)),
        (Space.GRID_999, 500, 500, (640, 360)),
        (Space.GRID_999, 999, 999, (1278, 719)),
        (Space.GRID_999, "499", 0.5, (638, 0)),
        (Space.GRID_1000, 1000, 1000, (1279, 719)),
        (Space.GRID_1000, 0, 999, (0, 719)),
        (Space.UNIT, 0.5, 1, (640, 719)),
        (Space.UNIT, 0, 0.0, (0, 0)),
    ],
)
def test_to_pixels(space: Space, x: Any, y: Any, expected: tuple[int, int]) -> None:
    assert space.to_frame(x, y, SIZE) == Point(*expected)


@pytest.mark.parametrize(
    ("space", "outside"),
    [(Space.PIXELS, 1280), (Space.PIXELS, -1), (Space.GRID_999, 1000), (Space.GRID_1000, 1001), (Space.UNIT, 1.01),
     (Space.GRID_999, -1), (Space.UNIT, -0.1), (Space.UNIT, float("nan")), (Space.PIXELS, None), (Space.PIXELS, True)],
)  # fmt: skip
def test_outside_the_space(space: Space, outside: Any) -> None:
    with pytest.raises(BadCoordinate):
        space.to_frame(outside, 0, SIZE)


@given(SPACES, SIZES, st.data())
def test_the_way_back_finds_the_pixel_or_its_neighbour(space: Space, size: Size, data: st.DataObject) -> None:
    at = Point(data.draw(st.integers(0, size.width - 1)), data.draw(st.integers(0, size.height - 1)))
    found = space.to_frame(*space.from_frame(at, size), size)
    exact = space in (Space.PIXELS, Space.UNIT)
    for pixel, back, length in zip(at, found, size, strict=True):
        assert abs(pixel - back) <= (0 if exact or length <= 999 else ceil(length / 1000))


@given(SPACES, SIZES, st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_larger_numbers_never_lie_further_left(space: Space, size: Size, shares: list[float]) -> None:
    last = LAST.get(space, size.width - 1)
    found = [space.to_frame(share * last, 0, size).x for share in sorted(shares)]
    assert found == sorted(found)
    assert found[0] >= 0 and found[-1] < size.width


@given(SPACES, HOSTILE, HOSTILE)
def test_any_number_is_a_pixel_or_refused(space: Space, x: Any, y: Any) -> None:
    with suppress(BadCoordinate):
        assert SIZE.holds(space.to_frame(x, y, SIZE))


@given(SPACES, st.integers(1, 300), st.integers(1, 300), st.floats(0, 1), st.floats(0, 1))
def test_a_model_that_saw_a_scaled_part_clicks_inside_it(
    space: Space, width: int, height: int, across: float, down: float
) -> None:
    shown = Region(100, 50, 640, 480)
    frame = Frame(bytes(width * height * 4), Size(width, height), region=shown)
    last = LAST.get(space)
    x, y = (across * last, down * last) if last else (across * (width - 1), down * (height - 1))
    at = scale(space, frame)(x, y)
    assert shown.contains(Region(*at, 1, 1))
