"""Waiting for a screen to settle, by what it paints and not by the clock.

Nothing here knows X: ``settle`` reads a :class:`~deskhand.actions.screen.Changes` and gives back a :class:`Settled`.
docs/settling.md draws it and says where the numbers come from.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .geometry import Region
from .screen import Changes


class How(StrEnum):
    """How an action settled."""

    QUIET = "quiet"
    """It changed the screen, and then nothing changed any more."""
    UNCHANGED = "unchanged"
    """It changed nothing within the bound."""
    ANIMATED = "animated"
    """The same part keeps being painted (a spinner, a video): there is nothing to wait for."""
    CAPPED = "capped"
    """It was still changing when the longest wait was over."""
    FIXED = "fixed"
    """The caller named the time to wait."""
    SKIPPED = "skipped"
    """The action cannot change the screen, so nothing was waited for."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How the screen settled and how long that took. ``first``: seconds until the first change, None without one."""

    how: How
    seconds: float
    first: float | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds."""

    first: float = 0.1
    """For the first change after the action, and again after a slow program has caught up."""
    quiet: float = 0.04
    """Without a change, until it counts as settled."""
    steady: float = 0.6
    """Of painting the same part only, until it counts as animated."""
    longest: float = 2.0
    """In all, whatever happens."""


class Blinkers:
    """The small parts of a screen that change by themselves for ever, such as a terminal's block cursor.

    A caret (at most 3 pixels wide) is known by its shape. Anything else small is known by its period: the very same
    rectangle, three times, at multiples of one and the same 0.4 to 0.75 s.
    """

    SMALL = 400
    _PERIODS = (0.4, 0.75)
    _SLACK = 0.12

    def __init__(self) -> None:
        self._seen: dict[Region, deque[float]] = {}

    def is_one(self, part: Region, now: float) -> bool:
        if part.width <= 3 and part.height <= 40:
            return True
        if part.area > self.SMALL:
            return False
        times = self._seen.setdefault(part, deque(maxlen=4))
        if not times or now - times[-1] > 0.1:
            times.append(now)
        if len(self._seen) > 64:
            self._seen.pop(next(iter(self._seen)))
        return len(times) >= 3 and self._periodic(
            [b - a for a, b in zip(times, list(times)[1:], strict=False)]
        )

    def _periodic(self, gaps: Sequence[float]) -> bool:
        period = min(gaps)
        shortest, longest = self._PERIODS
        return shortest <= period <= longest and all(
            abs(gap / period - round(gap / period)) <= self._SLACK * round(gap / period) for gap in gaps
        )


def settle(
    changes: Changes,
    *,
    patience: Patience,
    blinkers: Blinkers,
    busy: Callable[[], bool] = lambda: False,
    started: float | None = None,
) -> Settled:
    """Wait until the screen has settled after an action.

    ``changes`` must have been opened before the action. ``busy`` says that more is coming (a page that loads), and is
    asked only when all is quiet. ``started``: time.monotonic() of the action's end, now by default.
    """
    begin = time.monotonic() if started is None else started
    deadline = begin + patience.longest
    asked = changes.ask()
    first = last = None
    answered_at = None if asked else begin
    drawn: deque[tuple[float, Region]] = deque()
    while True:
        now = time.monotonic()
        if answered_at is None and changes.answered:
            answered_at = now
        if last is not None:
            until_quiet = last + patience.quiet
        else:
            # A program that has not read its input yet is waited for; one that has gets the bound from the input on.
            until_quiet = (begin if answered_at is not None else now) + patience.first
            if answered_at is not None and answered_at - begin > patience.first / 2:
                until_quiet = answered_at + patience.first
        if now >= deadline:
            return Settled(How.CAPPED if last is not None else How.UNCHANGED, now - begin, first)
        if now >= until_quiet:
            if not busy():
                return Settled(How.QUIET if last is not None else How.UNCHANGED, now - begin, first)
            until_quiet = now + patience.quiet
        painted = [
            part
            for part in changes.poll(max(0.0, min(until_quiet, deadline) - now))
            if not blinkers.is_one(part, time.monotonic())
        ]
        if painted:
            last = time.monotonic()
            first = last - begin if first is None else first
            drawn.extend((last, part) for part in painted)
            if last - begin >= patience.steady and _steady(drawn, last, patience.steady / 2):
                return Settled(How.ANIMATED, last - begin, first)


def _steady(drawn: deque[tuple[float, Region]], now: float, half: float) -> bool:
    """Whether the second half of the last while painted only what its first half had painted already."""
    while drawn and drawn[0][0] < now - 2 * half:
        drawn.popleft()
    older = [part for at, part in drawn if at < now - half]
    newer = [part for at, part in drawn if at >= now - half]
    if not older or not newer:
        return False
    return _around(older).contains(_around(newer))


def _around(parts: Sequence[Region]) -> Region:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.union(part)
    return whole
