"""The wheel, by the events that came and by how far the page went."""

from __future__ import annotations

from deskhand.actions.geometry import Point

from .registry import Desk, example

NOTCH = 120
"""CSS pixels that Chromium on X11 scrolls by for each notch; it joins notches that come together into one event."""


def _scrolled(desk: Desk, which: str = "scrollTop") -> float:
    return float(desk.page.evaluate(f"document.querySelector('#scroll').{which}"))


def _scroller(desk: Desk) -> Point:
    """A point of the scroll area, made high: Chromium goes no further than the area's height for one event."""
    desk.page.evaluate(
        "void (document.querySelector('#scroll').style.cssText = 'position: fixed; inset: 0; height: 100%')"
    )
    desk.page.drawn()
    return desk.at("#scroll")


def _goes(desk: Desk, which: str, notches: int) -> None:
    """It scrolls to exactly so many notches, and the wheel events that came tell as many."""
    desk.until(lambda: _scrolled(desk, which) == notches * NOTCH, f"{which} is not {notches} notches")


def _turned(desk: Desk) -> tuple[float, float]:
    """Notches across and down, by the events."""
    events = desk.page.events("wheel")
    return sum(one["deltaX"] for one in events) / NOTCH, sum(one["deltaY"] for one in events) / NOTCH


@example("scroll")
def down_and_up_in_notches(desk: Desk) -> None:
    at = _scroller(desk)
    desk.do("scroll", at=at, dy=3, unit="notches")
    _goes(desk, "scrollTop", 3)
    desk.do("scroll", at=at, dy=-1, unit="notches")
    _goes(desk, "scrollTop", 2)
    assert _turned(desk) == (0, 2)
    assert _scrolled(desk, "scrollLeft") == 0


@example("scroll")
def right_and_left_in_notches(desk: Desk) -> None:
    at = _scroller(desk)
    desk.do("scroll", at=at, dx=3, unit="notches")
    _goes(desk, "scrollLeft", 3)
    desk.do("scroll", at=at, dx=-2, unit="notches")
    _goes(desk, "scrollLeft", 1)
    assert _turned(desk) == (1, 0)
    assert _scrolled(desk) == 0


@example("scroll")
def pixels_become_whole_notches(desk: Desk) -> None:
    at = _scroller(desk)
    turned = 0
    for pixels, notches in ((100, 1), (10, 1), (500, 4), (360, 3), (-200, -2)):
        desk.do("scroll", at=at, dy=pixels)
        turned += notches
        _goes(desk, "scrollTop", turned)


@example("scroll")
def both_axes_at_once(desk: Desk) -> None:
    desk.do("scroll", at=_scroller(desk), dx=200, dy=100)
    _goes(desk, "scrollLeft", 2)
    _goes(desk, "scrollTop", 1)


@example("scroll")
def a_key_held_meanwhile_is_seen(desk: Desk) -> None:
    desk.do("scroll", at=_scroller(desk), dy=1, unit="notches", hold=["alt"])
    assert desk.page.wait("wheel")[0]["held"] == ["alt"]


@example("scroll")
def the_page_itself_scrolls_where_the_pointer_is(desk: Desk) -> None:
    desk.do("move", at=(640, 700))
    desk.do("scroll", dy=4, unit="notches")
    desk.until(lambda: desk.page.evaluate("scrollY") == 4 * NOTCH, "the page did not scroll")


@example("scroll")
def twenty_notches_are_twenty(desk: Desk) -> None:
    desk.do("scroll", at=(640, 700), dy=20, unit="notches")
    desk.until(lambda: desk.page.evaluate("scrollY") == 20 * NOTCH, "the page did not scroll twenty notches")
