"""One face for everything that text can be typed into."""

from __future__ import annotations

from typing import Protocol

from .chromium import Chromium
from .display import Xvfb
from .programs import Terminal, Witness


class Receiver(Protocol):
    """Has the keyboard of ``display`` and tells what was typed."""

    @property
    def display(self) -> Xvfb: ...

    def empty(self) -> None:
        """Empty the field and give it the keyboard."""
        ...

    def received(self, text: str, within: float = 10) -> str:
        """What the field holds once it holds ``text``, or, failing that, after ``within`` seconds."""
        ...


class Field:
    """A field of a program. ``field``: "text" takes newlines and tabs, "entry" is a single line."""

    def __init__(self, witness: Witness, field: str) -> None:
        self.witness, self.field = witness, field
        self.display = witness.display

    def empty(self) -> None:
        self.witness.clear()
        self.witness.focus(self.field)

    def received(self, text: str, within: float = 10) -> str:
        if isinstance(self.witness, Terminal):  # in raw mode the return key is a carriage return
            text = text.replace("\n", "\r")
            return self.witness.received(text, within=within).replace("\r", "\n")
        return self.witness.received(text, self.field, within)


class PageField:
    """A field of the witness page."""

    def __init__(self, chromium: Chromium, selector: str) -> None:
        self.chromium, self.selector = chromium, selector
        self.display = chromium.display

    def empty(self) -> None:
        self.chromium.page.reset()
        self.chromium.page.focus(self.selector)

    def received(self, text: str, within: float = 10) -> str:
        return self.chromium.page.received(text, self.selector, within)
