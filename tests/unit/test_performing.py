"""Doing one action: perform, settle, look."""

from collections.abc import Sequence

import pytest

from deskhand.actions import (
    Answer,
    Button,
    Click,
    CursorPosition,
    Frame,
    How,
    InvalidAction,
    MouseDown,
    OffScreen,
    Patience,
    Point,
    Region,
    Screenshot,
    ShellCommand,
    act,
)
from deskhand.actions.absent import NoShell
from deskhand.actions.computer import Completed
from deskhand.actions.performing import redacted
from deskhand.actions.screens.memory import Event, MemoryComputer, MemoryScreen, Pressed

BUTTON = Region(100, 100, 50, 20)
RED = (255, 0, 0)


def painted_on_click(screen: MemoryScreen, event: Event) -> None:
    if isinstance(event, Pressed):
        screen.paint(BUTTON, RED)


def test_a_click_that_paints_is_seen_in_the_frame() -> None:
    with MemoryComputer(MemoryScreen(on_event=painted_on_click)) as computer:
        result = act(computer, Click(at=BUTTON.center))
    assert result.settled.how is How.QUIET
    assert result.frame is not None and result.frame.pixel(BUTTON.center) == RED
    assert result.data is None
    hidden = redacted(result, [BUTTON])
    assert hidden.frame is not None and hidden.frame.pixel(BUTTON.center) == (0, 0, 0)


def test_a_click_that_does_nothing(computer: MemoryComputer) -> None:
    before = computer.screen.grab()
    result = act(computer, Click(at=Point(1, 1)), patience=Patience(first=0.01))
    assert result.settled.how is How.UNCHANGED
    assert result.frame is before


def test_what_cannot_change_the_screen_is_not_waited_for(computer: MemoryComputer) -> None:
    result = act(computer, CursorPosition(), look=False)
    assert result.data == {"x": 640, "y": 360}
    assert result.frame is None
    assert result.settled.how is How.SKIPPED


def test_a_screenshot_is_the_frame(computer: MemoryComputer) -> None:
    result = act(computer, Screenshot(region=Region(10, 10, 20, 20), longest=10), look=False)
    assert result.frame is not None and result.frame.size == (10, 10)
    assert result.frame.region == Region(10, 10, 20, 20)
    assert result.data is None


def test_a_screenshot_with_the_pointer(computer: MemoryComputer) -> None:
    frame = Screenshot(cursor=True).perform(computer)
    assert frame.pixel(Point(640, 360)) == (255, 255, 255)
    assert Screenshot().perform(computer).pixel(Point(640, 360)) == (0, 0, 0)
    assert Screenshot(format="jpeg", quality=50).encoded(frame).startswith(b"\xff\xd8")


def test_the_caller_may_name_the_wait(computer: MemoryComputer) -> None:
    assert act(computer, Click(at=Point(1, 1)), settle_ms=0).settled.how is How.FIXED
    assert act(computer, CursorPosition(), settle_ms=0).settled.how is How.SKIPPED
    for bad in (-1, 1e9, float("nan")):
        with pytest.raises(InvalidAction):
            act(computer, CursorPosition(), settle_ms=bad)


def test_a_terminal_action_does_nothing(computer: MemoryComputer) -> None:
    result = act(computer, Answer(result="42"), look=False)
    assert result.data is None and computer.display.events == []


def test_an_error_leaves_what_the_person_holds(computer: MemoryComputer) -> None:
    act(computer, MouseDown(at=Point(1, 1)), settle_ms=0)
    with pytest.raises(OffScreen):
        act(computer, Click(at=Point(9999, 1)))
    assert computer.screen.held == (("button", Button.LEFT),)


class Echo(NoShell):
    """A shell that only repeats the command."""

    def run(self, command: str | Sequence[str], **_: object) -> Completed:  # type: ignore[override]
        return Completed(0, f"{command}\n", "")


def test_a_computer_may_have_a_shell() -> None:
    with MemoryComputer(shell=Echo()) as computer:
        result = act(computer, ShellCommand(command="ls", max_output=2), settle_ms=0)
    assert result.data == {"exit_code": 0, "stdout": "ls", "stderr": ""}
    assert isinstance(result.frame, Frame)
