"""The demo's job: book a trip in Chromium by mouse and keyboard only, and check what arrived.

The page tells where its fields are, as a model's eyes would; everything else goes through the display.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..actions import (
    Action,
    Click,
    Computer,
    DeskhandError,
    Drag,
    Frame,
    Keypress,
    Move,
    Navigate,
    Point,
    PointAndType,
    Region,
    Result,
    act,
)
from ..actions.waiting import until
from .demo_server import Bookings

EXPECTED = {
    "name": "Åsa Þórðardóttir",
    "email": "asa@example.org",
    "where": "São Tomé → Владивосток → 東京",
    "cabin": "outside",
    "travellers": "5",
    "notes": "Two of us eat no fish.\nSee you soon, до встречи, また明日 ⛵😀",
    "insured": "yes",
}
"""What is to be booked, and so what the server must have received."""

MOST_TRAVELLERS = 9
THUMB = 22
"""The slider's thumb, in pixels."""


class DemoFailed(DeskhandError):
    """The demo did not do what it should have done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the demo, done."""

    title: str
    result: Result


def steps(computer: Computer, bookings: Bookings, save: Callable[[str, Frame], None]) -> Iterator[Step]:
    """Do it step by step; ``save`` is given the three pictures. Raises DemoFailed."""

    def do(title: str, action: Action) -> Step:
        return Step(title, act(computer, action))

    yield do("open the booking page", Navigate(url=bookings.url))
    middle = Point(computer.screen.size.width // 2, computer.screen.size.height // 2)
    yield do("move to its middle", Move(at=middle))
    if not until(lambda: bookings.layout, within=10):
        raise DemoFailed("The page did not notice the mouse: is another window in front of it?")
    at = {name: Region(*box) for name, box in bookings.layout.items()}
    save("1-before", pictured(computer))

    yield do("type the name", PointAndType(at=at["name"].center, text=EXPECTED["name"]))
    yield do("type the e-mail", PointAndType(at=at["email"].center, text=EXPECTED["email"]))
    yield do("type where to", PointAndType(at=at["where"].center, text=EXPECTED["where"]))
    yield do("go to the cabin by Tab", Keypress(keys=["tab"]))
    yield do("choose it by Down, Down", Keypress(keys=[["down"], ["down"]]))
    yield do("drag the slider to 5", Drag(path=slide(at["travellers"], 1, int(EXPECTED["travellers"]))))
    yield do("type the notes", PointAndType(at=at["notes"].center, text=EXPECTED["notes"]))
    yield do("tick the insurance", Click(at=at["insured"].center))
    save("2-filled", pictured(computer))

    yield do("book", Click(at=at["book"].center))
    if not until(lambda: bookings.booking, within=10):
        raise DemoFailed("The booking did not arrive at the server.")
    save("3-receipt", pictured(computer))


def slide(track: Region, start: int, end: int) -> tuple[Point, Point]:
    """From the thumb's middle at one value to its middle at another."""
    way = track.width - THUMB

    def middle_at(value: int) -> Point:
        return Point(track.x + round(THUMB / 2 + way * (value - 1) / (MOST_TRAVELLERS - 1)), track.center.y)

    return middle_at(start), middle_at(end)


def pictured(computer: Computer) -> Frame:
    """The picture now, with the pointer in it."""
    frame, arrow = computer.screen.grab(), computer.screen.cursor()
    return frame if arrow is None else frame.with_cursor(arrow)


def differences(booking: dict[str, Any]) -> list[str]:
    """What arrived otherwise than it was meant, one sentence each."""
    return [
        f"{name}: {booking.get(name)!r} arrived, not {wanted!r}"
        for name, wanted in EXPECTED.items()
        if booking.get(name) != wanted
    ]
