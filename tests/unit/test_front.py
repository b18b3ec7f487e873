"""The front: the lock, the bounds, held keys, closing once."""

from threading import Thread

import pytest

from deskhand.actions import (
    BadRegion,
    Button,
    DisplayClosed,
    DisplayGone,
    Front,
    OffScreen,
    Point,
    Region,
    Size,
)
from deskhand.actions.screens.memory import (
    Event,
    KeyPressed,
    KeyReleased,
    MemoryScreen,
    Pressed,
    Released,
)

CENTER = Point(640, 360)


@pytest.fixture
def display() -> MemoryScreen:
    return MemoryScreen()


@pytest.fixture
def front(display: MemoryScreen) -> Front:
    return Front(display)


def test_held_keys_and_buttons_go_up_in_reverse(front: Front, display: MemoryScreen) -> None:
    with front.holding(keysyms=(1, 2), buttons=(1, 3)):
        assert front.held == (("key", 1), ("key", 2), ("button", 1), ("button", 3))
    assert display.events[4:] == [Released(3, CENTER), Released(1, CENTER), KeyReleased(2), KeyReleased(1)]
    assert front.held == ()


def test_held_keys_go_up_after_an_error_too(front: Front, display: MemoryScreen) -> None:
    with pytest.raises(ZeroDivisionError), front.holding(keysyms=(1,), buttons=(1,)):
        1 / 0  # noqa: B018
    assert display.pressed() == []


def test_a_key_that_fails_while_others_are_held(display: MemoryScreen) -> None:
    def fail(screen: MemoryScreen, event: Event) -> None:
        if event == KeyPressed(3):
            raise RuntimeError("stuck")

    front = Front(MemoryScreen(on_event=fail))
    with pytest.raises(RuntimeError, match="stuck"), front.holding(keysyms=(1, 2, 3)):
        pass
    assert front.held == ()
    assert front.pressed() in ([], [3])


def test_a_key_that_was_let_go_inside_is_not_let_go_again(front: Front, display: MemoryScreen) -> None:
    with front.holding(keysyms=(1,)):
        front.keysym(1, False)
    assert display.events == [KeyPressed(1), KeyReleased(1)]


@pytest.mark.parametrize("at", [Point(-1, 0), Point(0, 720), Point(1280, 0)])
def test_a_point_outside_is_refused(at: Point, front: Front, display: MemoryScreen) -> None:
    with pytest.raises(OffScreen, match=r"1280×720.*\(1279, 719\)"):
        front.move(at)
    assert display.events == []


def test_bounds_follow_a_resize(front: Front) -> None:
    front.resize(Size(100, 100))
    with pytest.raises(OffScreen, match="100×100"):
        front.move(Point(100, 0))
    with pytest.raises(BadRegion):
        front.resize(Size(0, 5))


def test_closing_lets_go_and_happens_once(front: Front, display: MemoryScreen) -> None:
    front.keysym(0xFFE1, True)
    front.button(Button.LEFT, True)
    front.close()
    assert display.pressed() == []
    events = list(display.events)
    front.close()
    assert display.events == events


def test_a_closed_screen_says_so(front: Front) -> None:
    front.close()
    with pytest.raises(DisplayClosed):
        front.move(Point(1, 1))
    with pytest.raises(DisplayClosed):
        front.grab()
    with pytest.raises(DisplayClosed):
        _ = front.size


def test_a_display_that_is_gone_can_be_closed(front: Front, display: MemoryScreen) -> None:
    front.keysym(0xFFE1, True)
    display.vanish()
    with pytest.raises(DisplayGone):
        front.move(Point(1, 1))
    front.close()
    assert front.held == ()


def test_an_unchanged_screen_gives_the_very_same_frame(front: Front, display: MemoryScreen) -> None:
    first = front.grab()
    assert front.grab() is first
    display.paint(Region(0, 0, 1, 1), (1, 2, 3))
    assert front.grab() is not first
    with pytest.raises(BadRegion):
        front.grab(Region(1279, 0, 2, 1))


def test_one_caller_at_a_time(front: Front, display: MemoryScreen) -> None:
    with front:
        other = Thread(target=lambda: front.button(Button.RIGHT, True))
        other.start()
        front.button(Button.LEFT, True)
        front.button(Button.LEFT, False)
        assert display.events == [Pressed(1, CENTER), Released(1, CENTER)]
    other.join()
    assert display.events[-1] == Pressed(3, CENTER)
