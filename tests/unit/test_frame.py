"""Frames: cropped, scaled, redacted, with the pointer drawn in, and mapped back to the display."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.actions import BadRegion, Cursor, Frame, Point, Region, Size

RED, BLACK, WHITE = (255, 0, 0), (0, 0, 0), (255, 255, 255)


def noise(size: Size, seed: int = 1) -> Frame:
    return Frame(Random(seed).randbytes(size.width * size.height * 4), size)


def plain(size: Size, colour: tuple[int, int, int]) -> Frame:
    red, green, blue = colour
    return Frame(bytes((blue, green, red, 0)) * (size.width * size.height), size)


def test_pixels_are_blue_green_red() -> None:
    frame = Frame(bytes([1, 2, 3, 0, 4, 5, 6, 0]), Size(2, 1))
    assert frame.pixel(Point(0, 0)) == (3, 2, 1)
    assert frame.image().getpixel((1, 0)) == (6, 5, 4)
    assert Frame.of(frame.image()).same_as(frame)


def test_the_number_of_bytes_must_fit() -> None:
    with pytest.raises(ValueError, match="4×4"):
        Frame(b"123", Size(4, 4))


def test_equal_frames_are_known() -> None:
    one, same, other = noise(Size(50, 40)), noise(Size(50, 40)), noise(Size(50, 40), seed=2)
    assert one.same_as(one) and one.same_as(same)
    assert not one.same_as(other)
    assert not one.same_as(Frame(one.pixels, Size(40, 50)))
    assert not one.same_as(Frame(bytes(one.pixels), one.size, region=Region(1, 0, 50, 40)))


@pytest.mark.parametrize("kind", [bytes, memoryview, lambda data: memoryview(bytearray(data))])
def test_frames_over_any_buffer_compare(kind: type) -> None:
    data = Random(3).randbytes(400)
    assert Frame(kind(data), Size(10, 10)).same_as(Frame(data, Size(10, 10)))
    assert not Frame(kind(data), Size(10, 10)).same_as(Frame(bytes(400), Size(10, 10)))


def test_a_crop_keeps_its_pixels_and_its_place() -> None:
    frame = noise(Size(60, 40))
    part = frame.crop(Region(7, 5, 20, 10))
    assert part.size == (20, 10)
    assert part.region == Region(7, 5, 20, 10)
    assert part.pixel(Point(19, 9)) == frame.pixel(Point(26, 14))
    again = part.crop(Region(1, 1, 2, 2))
    assert again.region == Region(8, 6, 2, 2)
    with pytest.raises(BadRegion):
        frame.crop(Region(50, 0, 11, 1))


def test_scaling_keeps_the_region() -> None:
    half = plain(Size(64, 48), RED).scaled(Size(32, 24))
    assert half.size == (32, 24)
    assert half.region == Region(0, 0, 64, 48)
    assert half.pixel(Point(31, 23)) == RED
    assert half.crop(Region(0, 0, 16, 12)).region == Region(1, 1, 31, 23)


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        ({"longest": 640}, (640, 360)),
        ({"pixels": 640 * 360}, (640, 360)),
        ({"longest": 640, "pixels": 100 * 57}, (100, 56)),
        ({"longest": 5000}, (1280, 720)),
        ({}, (1280, 720)),
        ({"longest": 1}, (1, 1)),
    ],
)
def test_fitting_never_scales_up_and_never_passes_a_limit(
    limits: dict[str, int], size: tuple[int, int]
) -> None:
    assert plain(Size(1280, 720), RED).fitted(**limits).size == size


def test_redacted_regions_are_black_and_the_rest_is_not() -> None:
    frame = plain(Size(20, 10), RED).redacted([Region(5, 2, 3, 3), Region(18, 8, 50, 50)])
    black = {(x, y) for x in range(20) for y in range(10) if frame.pixel(Point(x, y)) == BLACK}
    assert black == {(x, y) for x in (5, 6, 7) for y in (2, 3, 4)} | {
        (x, y) for x in (18, 19) for y in (8, 9)
    }


def test_redaction_counts_in_pixels_of_the_display() -> None:
    frame = plain(Size(40, 40), RED).crop(Region(10, 10, 20, 20)).scaled(Size(10, 10))
    redacted = frame.redacted([Region(10, 10, 4, 4), Region(0, 0, 9, 9)])
    assert redacted.pixel(Point(1, 1)) == BLACK
    assert redacted.pixel(Point(3, 3)) == RED


@given(st.integers(0, 30), st.integers(0, 20), st.integers(1, 30), st.integers(1, 20), st.integers(1, 4))
def test_nothing_of_a_redacted_region_shows(x: int, y: int, width: int, height: int, shrink: int) -> None:
    secret = Region(x, y, width, height)
    frame = plain(Size(30, 20), RED).scaled(Size(30 // shrink, 20 // shrink)).redacted([secret])
    for column in range(frame.size.width):
        for row in range(frame.size.height):
            at = frame.to_display(Point(column, row))
            if secret.contains(Region(*at, 1, 1)):
                assert frame.pixel(Point(column, row)) == BLACK


def test_the_pointer_is_drawn_where_it_points() -> None:
    cursor = Cursor(Point(15, 12), Point(1, 2), Size(3, 3), b"\xff" * 36)
    frame = plain(Size(30, 30), RED).crop(Region(10, 10, 20, 20)).with_cursor(cursor)
    white = {(x, y) for x in range(20) for y in range(20) if frame.pixel(Point(x, y)) == WHITE}
    assert white == {(x, y) for x in (4, 5, 6) for y in (0, 1, 2)}


def test_a_half_seen_pointer_and_a_translucent_one() -> None:
    outside = Cursor(Point(0, 0), Point(2, 2), Size(3, 3), b"\xff" * 36)
    frame = plain(Size(5, 5), BLACK).with_cursor(outside)
    assert frame.pixel(Point(0, 0)) == WHITE and frame.pixel(Point(1, 1)) == BLACK
    half = Cursor(Point(0, 0), Point(0, 0), Size(1, 1), bytes([128, 128, 128, 128]))
    assert 126 <= plain(Size(1, 1), BLACK).with_cursor(half).pixel(Point(0, 0))[0] <= 130


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 80), st.integers(1, 80), st.data())
def test_every_pixel_maps_into_its_region(
    width: int, height: int, wide: int, high: int, data: st.DataObject
) -> None:
    shown = Region(data.draw(st.integers(0, 9)), data.draw(st.integers(0, 9)), wide, high)
    frame = Frame(bytes(width * height * 4), Size(width, height), region=shown)
    columns = [frame.to_display(Point(x, 0)).x for x in range(width)]
    assert columns == sorted(columns)
    assert shown.x <= columns[0] and columns[-1] < shown.right
    if (width, height) == (wide, high):
        assert columns == list(range(shown.x, shown.right))
    last = frame.to_display(Point(width - 1, height - 1))
    assert shown.contains(Region(*last, 1, 1))


def test_each_form_is_encoded_once() -> None:
    frame = noise(Size(16, 16))
    assert frame.encode("png") is frame.encode("png")
    assert frame.encode("jpeg", 50) is not frame.encode("jpeg", 90)
