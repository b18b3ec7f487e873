"""The screen in memory that users test their own programs with."""

from threading import Thread

import pytest

from deskhand.actions import BadRegion, DisplayGone, Front, Point, Region, ResizeRefused, Size
from deskhand.actions.screen import Screen
from deskhand.actions.screens.memory import MemoryScreen, Resized, Typed

PART = Region(3, 4, 5, 6)
GREEN = (0, 255, 0)


def test_it_is_a_screen() -> None:
    screen: Screen = MemoryScreen(Size(64, 48))
    assert Front(screen).size == (64, 48)


def test_what_is_painted_is_grabbed() -> None:
    screen = MemoryScreen(Size(20, 20))
    screen.paint(PART, GREEN)
    frame = screen.grab()
    green = {(x, y) for x in range(20) for y in range(20) if frame.pixel(Point(x, y)) == GREEN}
    assert green == {(x, y) for x in range(3, 8) for y in range(4, 10)}
    assert screen.grab(PART).size == (5, 6)
    assert screen.grab(PART).region == PART
    with pytest.raises(BadRegion):
        screen.paint(Region(0, 0, 21, 1), GREEN)


def test_changes_are_told_once_to_each_watcher_since_it_was_opened() -> None:
    screen = MemoryScreen(Size(20, 20))
    screen.paint(PART, GREEN)
    one = screen.changes()
    screen.paint(PART, GREEN)
    two = screen.changes()
    assert one.poll(0) == [PART] and one.poll(0) == [] and two.poll(0) == []
    one.close()
    screen.paint(PART, GREEN)
    assert one.poll(0) == [] and two.poll(0) == [PART]
    one.close()


def test_a_watcher_wakes_when_another_thread_paints() -> None:
    screen = MemoryScreen(Size(20, 20))
    changes = screen.changes()
    painter = Thread(target=screen.paint, args=(PART, GREEN))
    painter.start()
    assert changes.poll(60) == [PART]
    painter.join()


def test_the_program_answers_when_it_is_polled() -> None:
    changes = MemoryScreen().changes()
    assert changes.ask() and not changes.answered
    changes.poll(60)
    assert changes.answered
    silent = MemoryScreen(answers=False).changes()
    assert not silent.ask()
    assert silent.poll(0) == [] and not silent.answered


def test_resizing() -> None:
    screen = MemoryScreen(Size(20, 20), largest=Size(100, 100))
    screen.move(Point(19, 19))
    changes = screen.changes()
    screen.resize(Size(10, 30))
    assert screen.grab().size == screen.size == (10, 30)
    assert screen.pointer() == (9, 19)
    assert screen.events[-1] == Resized(Size(10, 30))
    assert changes.poll(0) == [Region(0, 0, 10, 30)]
    assert [one.region for one in screen.monitors()] == [Region(0, 0, 10, 30)]
    with pytest.raises(ResizeRefused, match="100×100"):
        screen.resize(Size(101, 5))


def test_text_and_clipboard() -> None:
    screen = MemoryScreen()
    screen.write("a")
    screen.write("b\n")
    screen.set_clipboard("c")
    assert screen.text == "ab\n" and screen.events == [Typed("a"), Typed("b\n")]
    assert screen.clipboard() == "c"


def test_a_display_that_vanishes() -> None:
    screen = MemoryScreen()
    screen.vanish()
    for call in (
        screen.grab,
        screen.pointer,
        screen.changes,
        screen.clipboard,
        screen.pressed,
        screen.monitors,
    ):
        with pytest.raises(DisplayGone):
            call()
