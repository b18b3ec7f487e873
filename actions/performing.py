"""Doing one action: perform, let the screen settle, look."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from .action import Action, Data
from .computer import Computer
from .errors import InvalidAction
from .frame import Frame
from .geometry import Region
from .settling import How, Patience, Settled, settle
from .waiting import pause


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an action.

    ``data``: what it gave back, if anything. ``frame``: the settled picture, or the one it asked for; None where none
    was wanted. ``acted``, ``settled.seconds`` and ``looked`` are the seconds spent in each part.
    """

    action: Action
    data: Data
    frame: Frame | None
    settled: Settled
    acted: float
    looked: float


def act(
    computer: Computer,
    action: Action,
    *,
    settle_ms: float | None = None,
    look: bool = True,
    patience: Patience = Patience(),  # noqa: B008 - a frozen value
) -> Result:
    """Perform the action, wait until the screen has settled, and take the picture.

    ``settle_ms``: wait just so long instead. ``look``: whether a picture is wanted afterwards. The screen is kept for
    this caller from the first to the last; when the action fails, everything it held is let go and its error raised.
    """
    if settle_ms is not None and not 0 <= settle_ms <= 600_000:
        raise InvalidAction(f"settle_ms is a time from 0 to 600000 ms, not {settle_ms}.")
    with computer.screen as screen:
        watched = action.settles and settle_ms is None
        changes = screen.changes() if watched else None
        try:
            begin = time.monotonic()
            data = action.perform(computer)
            done = time.monotonic()
            if changes is not None:
                settled = settle(
                    changes,
                    patience=patience,
                    blinkers=screen.blinkers,
                    busy=computer.browser.busy,
                    started=done,
                )
            elif action.settles and settle_ms is not None:
                pause(settle_ms / 1000)
                settled = Settled(How.FIXED, time.monotonic() - done)
            else:
                settled = Settled(How.SKIPPED, 0.0)
        finally:
            if changes is not None:
                changes.close()
        looking = time.monotonic()
        frame = data if isinstance(data, Frame) else screen.grab() if look else None
        looked = time.monotonic() - looking
    return Result(action, None if isinstance(data, Frame) else data, frame, settled, done - begin, looked)


def redacted(result: Result, regions: Sequence[Region]) -> Result:
    """The same result with those regions of its picture painted black."""
    if result.frame is None or not regions:
        return result
    return Result(
        result.action,
        result.data,
        result.frame.redacted(regions),
        result.settled,
        result.acted,
        result.looked,
    )
