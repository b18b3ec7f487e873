"""Pictures and the pointer's place, compared with what other programs see."""

from __future__ import annotations

from deskhand.actions.frame import Frame
from deskhand.actions.geometry import Point, Region, Size
from deskhand.actions.settling import How

from .registry import Desk, example


@example("screenshot")
def it_shows_the_pixels_that_another_program_sees(desk: Desk) -> None:
    frame = desk.do("screenshot").frame
    assert frame is not None
    assert frame.size == desk.computer.screen.size
    assert frame.image().tobytes() == desk.outside.pixels(Region(0, 0, *frame.size))


@example("screenshot")
def a_region_is_its_part_at_native_pixels(desk: Desk) -> None:
    part = desk.page.region("#source")
    desk.page.evaluate("void (document.querySelector('#source').style.background = 'rgb(12, 34, 56)')")
    desk.page.drawn()
    desk.until(lambda: _pixel(desk, part) == (12, 34, 56), "the colour does not show")
    frame = desk.do("screenshot", region=list(part)).frame
    assert frame is not None
    assert (frame.size, frame.region) == (Size(part.width, part.height), part)
    assert frame.image().tobytes() == desk.outside.pixels(part)
    desk.page.evaluate("void (document.querySelector('#source').style.background = '')")


def _pixel(desk: Desk, part: Region) -> tuple[int, int, int]:
    frame = desk.do("screenshot").frame
    assert frame is not None
    return frame.pixel(Point(part.x + 8, part.bottom - 6))


@example("screenshot")
def it_is_scaled_to_limits_and_encoded(desk: Desk) -> None:
    frame = desk.do("screenshot", longest=640).frame
    assert frame is not None
    assert max(frame.size) == 640
    assert frame.encode("png").startswith(b"\x89PNG")


@example("screenshot")
def the_pointer_is_drawn_in_where_asked(desk: Desk) -> None:
    at = desk.at("#hover")
    desk.do("move", at=at)
    plain, with_cursor = desk.do("screenshot").frame, desk.do("screenshot", cursor=True).frame
    assert plain is not None
    assert with_cursor is not None
    near = Region(at.x - 32, at.y - 32, 64, 64)
    assert _colours(plain, near) != _colours(with_cursor, near)
    far = Region(0, 0, 100, 100)
    assert _colours(plain, far) == _colours(with_cursor, far)


def _colours(frame: Frame, part: Region) -> bytes:
    return frame.crop(part).image().tobytes()


@example("cursor_position")
def the_pointer_is_where_the_server_says(desk: Desk) -> None:
    desk.outside.run("xdotool", "mousemove", "123", "456")
    assert desk.do("cursor_position").data == {"x": 123, "y": 456}
    assert desk.eye.pointer() == (123, 456)


@example("wait")
def waiting_touches_nothing(desk: Desk) -> None:
    result = desk.do("wait", seconds=0.2)
    assert result.acted >= 0.2
    assert result.settled.how == How.SKIPPED
    assert desk.page.events() == []
