"""What an action needs around the screen. The computers themselves are in :mod:`deskhand.vm`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from .front import Front


@dataclass(frozen=True, slots=True)
class Completed:
    """A command that has ended. ``exit_code`` is negative when a signal ended it."""

    exit_code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of what a running command printed, or, last, its exit code."""

    stream: Literal["stdout", "stderr", "exit"]
    text: str = ""
    exit_code: int | None = None


class Shell(Protocol):
    """Commands on the computer's side of the screen."""

    def run(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Completed:
        """Run to its end: a string through ``/bin/sh -c``, a sequence as it is. Raises ActionTimeout."""
        ...

    def stream(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Iterator[Output]:
        """The same, piece by piece as it is printed; the last piece is the exit code."""
        ...

    def start(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Start in the background and give back its process id; its output goes to the computer's log."""
        ...


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the browser. ``active`` is the one that page actions mean when they name none."""

    id: str
    url: str
    title: str
    active: bool


@dataclass(frozen=True, slots=True)
class PageContext:
    """Where a page is and how it is shown; lengths in CSS pixels."""

    tab_id: str
    url: str
    title: str
    viewport_width: int
    viewport_height: int
    page_width: int
    page_height: int
    scroll_x: float
    scroll_y: float
    device_scale_factor: float
    active: bool


class Browser(Protocol):
    """The browser on the screen; started on demand by the first of these calls."""

    def navigate(self, url: str, *, tab_id: str | None = None) -> PageContext: ...

    def tabs(self) -> Sequence[Tab]: ...

    def new_tab(self, url: str | None = None) -> Tab: ...

    def switch_tab(self, tab_id: str) -> Tab: ...

    def close_tab(self, tab_id: str) -> None: ...

    def html(self, *, tab_id: str | None = None) -> str: ...

    def context(self, *, tab_id: str | None = None) -> PageContext: ...

    def busy(self) -> bool:
        """True while the active page is loading; False, at once, when no browser was started."""
        ...

    def close(self) -> None: ...


class Computer(Protocol):
    """A screen with a home."""

    @property
    def screen(self) -> Front: ...

    @property
    def shell(self) -> Shell: ...

    @property
    def browser(self) -> Browser: ...

    def close(self) -> None: ...
