"""What the pointer's and the keyboard's actions do, event by event."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.actions import (
    Button,
    Click,
    DisplayGone,
    Drag,
    KeyDown,
    Keypress,
    MouseDown,
    Move,
    OffScreen,
    Point,
    PointAndType,
    Scroll,
    Type,
    parse,
)
from deskhand.actions.drag import motion
from deskhand.actions.screens.memory import (
    Event,
    KeyPressed,
    KeyReleased,
    MemoryComputer,
    MemoryScreen,
    Moved,
    Pressed,
    Released,
    Typed,
)

from .strategies import POINTS

AT = Point(10, 20)
CTRL, SHIFT = 0xFFE3, 0xFFE1


def test_a_click_with_held_keys(computer: MemoryComputer) -> None:
    Click(at=AT, times=2, hold=("ctrl", "shift")).perform(computer)
    assert computer.display.events == [
        KeyPressed(CTRL),
        KeyPressed(SHIFT),
        Moved(AT),
        Pressed(Button.LEFT, AT),
        Released(Button.LEFT, AT),
        Pressed(Button.LEFT, AT),
        Released(Button.LEFT, AT),
        KeyReleased(SHIFT),
        KeyReleased(CTRL),
    ]


def test_without_a_point_the_pointer_stays(computer: MemoryComputer) -> None:
    Move(at=AT).perform(computer)
    Click(button=Button.BACK).perform(computer)
    assert computer.display.events[1:] == [Pressed(8, AT), Released(8, AT)]


def test_the_top_left_corner_is_a_point(computer: MemoryComputer) -> None:
    Click(at=Point(0, 0)).perform(computer)
    assert computer.display.events[0] == Moved(Point(0, 0))


@pytest.mark.parametrize(
    "wire",
    [
        {"type": "click", "at": [1280, 0], "hold": "ctrl"},
        {"type": "click", "at": [-1, 0]},
        {"type": "double_click", "at": [0, 720]},
        {"type": "right_click", "at": [99999, 0], "hold": "ctrl"},
        {"type": "move", "at": [0, -1], "hold": "ctrl"},
        {"type": "mouse_down", "at": [1280, 720]},
        {"type": "mouse_up", "at": [1280, 720]},
        {"type": "drag", "path": [[1, 1], [1280, 1], [5, 5]], "hold": "ctrl"},
        {"type": "scroll", "at": [1280, 1], "dy": 100, "hold": "ctrl"},
        {"type": "point_and_type", "at": [1280, 1], "text": "x"},
    ],
    ids=lambda wire: wire["type"],
)
def test_a_point_outside_does_nothing_at_all(wire: dict[str, object], computer: MemoryComputer) -> None:
    with pytest.raises(OffScreen, match="1280×720"):
        parse(wire).perform(computer)
    assert computer.display.events == []


def test_scrolling_down_and_left_at_a_point(computer: MemoryComputer) -> None:
    Scroll(at=AT, dx=-1, dy=300).perform(computer)
    turned = [event.button for event in computer.display.events if isinstance(event, Pressed)]
    assert turned == [5, 5, 5, 6]


@pytest.mark.parametrize(
    ("pixels", "notches"), [(0, 0), (1, 1), (-1, -1), (179, 1), (180, 2), (300, 3), (-300, -3), (1200, 10)]
)
def test_pixels_and_notches(pixels: int, notches: int) -> None:
    assert Scroll(dx=pixels, dy=-pixels).notches == (notches, -notches)
    assert Scroll(dx=notches, unit="notches").notches == (notches, 0)


def test_typing_goes_through_the_screen(computer: MemoryComputer) -> None:
    Type(text="grüße\n").perform(computer)
    PointAndType(at=AT, text="東").perform(computer)
    assert computer.display.text == "grüße\n東"
    assert computer.display.events[-1] == Typed("東")


def test_an_empty_text_types_nothing(computer: MemoryComputer) -> None:
    Type(text="").perform(computer)
    assert computer.display.events == []


def test_chords_one_after_another(computer: MemoryComputer) -> None:
    Keypress(keys="ctrl+k a").perform(computer)
    assert computer.display.events == [
        KeyPressed(CTRL),
        KeyPressed(ord("k")),
        KeyReleased(ord("k")),
        KeyReleased(CTRL),
        KeyPressed(ord("a")),
        KeyReleased(ord("a")),
    ]


def test_what_stays_down_is_let_go_when_the_screen_closes() -> None:
    with MemoryComputer() as computer:
        KeyDown(key="shift").perform(computer)
        MouseDown(at=AT).perform(computer)
        assert computer.display.pressed() == [SHIFT, Button.LEFT]
    assert computer.display.pressed() == []
    assert computer.display.events[-2:] == [Released(Button.LEFT, AT), KeyReleased(SHIFT)]


def test_a_drag_goes_along_the_whole_path(computer: MemoryComputer) -> None:
    path = (Point(10, 10), Point(300, 10), Point(300, 200))
    Drag(path=path, hold=("shift",)).perform(computer)
    events = computer.display.events
    assert events[:3] == [KeyPressed(SHIFT), Moved(path[0]), Pressed(Button.LEFT, path[0])]
    assert events[-2:] == [Released(Button.LEFT, path[-1]), KeyReleased(SHIFT)]
    moved = [event.at for event in events if isinstance(event, Moved)]
    assert [at for at in moved if at in path][:3] == list(path)
    assert moved[-1] == path[-1]
    assert sum(isinstance(event, Pressed) for event in events) == 1


def test_a_drag_that_the_program_never_paints_still_ends() -> None:
    with MemoryComputer(MemoryScreen(answers=False)) as computer:
        Drag(path=(AT, Point(40, 40))).perform(computer)
        assert computer.display.events[-1] == Released(Button.LEFT, Point(40, 40))


def test_a_display_that_dies_in_a_drag_is_told_as_such() -> None:
    def die(screen: MemoryScreen, event: Event) -> None:
        if event == Moved(Point(19, 20)):
            screen.vanish()

    computer = MemoryComputer(MemoryScreen(on_event=die))
    with pytest.raises(DisplayGone):
        Drag(path=(AT, Point(400, 20)), hold=("ctrl",)).perform(computer)
    assert computer.screen.held == ()


@given(st.lists(POINTS, min_size=2, max_size=6))
def test_motion_passes_all_points_in_small_steps(path: list[Point]) -> None:
    steps = [path[0], *motion(path)]
    left = list(steps)
    for at in path:
        while left and left[0] != at:
            left.pop(0)
        assert left, f"{at} was not passed"
    assert steps[-1] == path[-1]
    assert all(max(abs(b.x - a.x), abs(b.y - a.y)) <= 23 for a, b in pairwise(steps))
    assert len(steps) <= 70 * len(path)
    if max(abs(path[1].x - path[0].x), abs(path[1].y - path[0].y)) > 20:
        start = [max(abs(at.x - path[0].x), abs(at.y - path[0].y)) for at in steps[1:5]]
        assert start == [2, 5, 9, 14]
