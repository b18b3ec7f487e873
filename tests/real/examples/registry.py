"""The table of examples, and the desk that they are carried out on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

from deskhand.actions.action import Action, parse
from deskhand.actions.computer import Computer
from deskhand.actions.geometry import Point
from deskhand.actions.performing import Result, act
from deskhand.actions.waiting import until

from ..witness.chromium import Page
from ..witness.display import Eye, Outside


class Desk:
    """A computer that shows the witness page, and independent eyes on it.

    ``computer``: ours. ``page``: what Chromium's page received. ``eye``: what the X server says. ``outside``: runs
    other programs on the same display.
    """

    def __init__(self, computer: Computer, page: Page, eye: Eye, outside: Outside) -> None:
        self.computer, self.page, self.eye, self.outside = computer, page, eye, outside
        self.performed: list[Action] = []

    def do(self, kind: str, **fields: Any) -> Result:
        """Perform the action with that type and those fields, as its wire form has them."""
        action = parse({"type": kind, **fields})
        self.performed.append(action)
        return act(self.computer, action)

    def at(self, selector: str) -> Point:
        """The middle of an element of the page."""
        return self.page.center(selector)

    def until(self, true: Callable[[], object], failure: str) -> None:
        if not until(true, within=10):
            pytest.fail(f"{failure}; the page saw {self.page.events()[-20:]}")

    def nothing_is_down(self) -> bool:
        return not self.eye.keys_down() and self.eye.mask() == 0


class Example(Protocol):
    __name__: str

    def __call__(self, desk: Desk) -> None: ...


EXAMPLES: list[tuple[str, Example]] = []


def example(action: str) -> Callable[[Example], Example]:
    """Enter the function as an example of that action."""

    def enter(function: Example) -> Example:
        EXAMPLES.append((action, function))
        return function

    return enter
