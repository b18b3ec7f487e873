"""The wheel, by the events that came and by how far the page went."""

from __future__ import annotations

from .registry import Desk, example


def _scrolled(desk: Desk, which: str = "scrollTop") -> float:
    return float(desk.page.evaluate(f"document.querySelector('#scroll').{which}"))


def _went(desk: Desk, which: str, notches: int, before: float = 0) -> float:
    """How far it has scrolled once it is at rest after that many notches; it goes as far for each."""
    events = desk.page.wait("wheel", target="DIV", count=notches)
    assert len(events) == notches
    delta = "deltaY" if which == "scrollTop" else "deltaX"
    way = sum(one[delta] for one in events)
    desk.until(lambda: _scrolled(desk, which) == before + way, f"{which} is not {before + way}")
    return float(way)


@example("scroll")
def down_and_up_in_notches(desk: Desk) -> None:
    at = desk.at("#scroll")
    desk.do("scroll", at=at, dy=3, unit="notches")
    way = _went(desk, "scrollTop", 3)
    assert way > 0
    assert _scrolled(desk, "scrollLeft") == 0
    desk.page.evaluate("void (window.log = [])")
    desk.do("scroll", at=at, dy=-1, unit="notches")
    assert _went(desk, "scrollTop", 1, before=way) == -way / 3


@example("scroll")
def right_and_left_in_notches(desk: Desk) -> None:
    at = desk.at("#scroll")
    desk.do("scroll", at=at, dx=2, unit="notches")
    way = _went(desk, "scrollLeft", 2)
    assert way > 0
    assert _scrolled(desk) == 0
    desk.page.evaluate("void (window.log = [])")
    desk.do("scroll", at=at, dx=-2, unit="notches")
    assert _went(desk, "scrollLeft", 2, before=way) == -way


@example("scroll")
def pixels_become_whole_notches(desk: Desk) -> None:
    at = desk.at("#scroll")
    for pixels, notches in ((100, 1), (10, 1), (500, 5), (340, 3)):
        desk.page.reset()
        desk.do("scroll", at=at, dy=pixels)
        _went(desk, "scrollTop", notches)


@example("scroll")
def both_axes_at_once(desk: Desk) -> None:
    desk.do("scroll", at=desk.at("#scroll"), dx=200, dy=100)
    events = desk.page.wait("wheel", count=3)
    assert sum(one["deltaX"] > 0 for one in events) == 2
    assert sum(one["deltaY"] > 0 for one in events) == 1


@example("scroll")
def the_page_itself_scrolls_where_the_pointer_is(desk: Desk) -> None:
    desk.do("move", at=(640, 700))
    desk.do("scroll", dy=4, unit="notches")
    way = sum(one["deltaY"] for one in desk.page.wait("wheel", count=4))
    desk.until(lambda: desk.page.evaluate("scrollY") == way, "the page did not scroll")
