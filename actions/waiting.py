"""The one place that sleeps."""

from __future__ import annotations

import time
from collections.abc import Callable

_SHORTEST, _LONGEST = 0.000_5, 0.02


def until(true: Callable[[], object], *, within: float, alive: Callable[[], bool] = lambda: True) -> bool:
    """Wait for a fact, at most ``within`` seconds; the only sleep in the repository lives here.

    The fact is looked at more and more rarely: every half millisecond at first, every 20 ms at last. It ends early,
    with False, when ``alive`` says that the fact can never come about.
    """
    deadline = time.monotonic() + within
    pause = _SHORTEST
    while not true():
        left = deadline - time.monotonic()
        if left <= 0 or not alive():
            return bool(true())
        time.sleep(min(pause, left))
        pause = min(pause * 1.3, _LONGEST)
    return True


def pause(seconds: float) -> None:
    """Let time pass where time itself is meant, and no fact: ``wait``, ``hold_key``, the pace of clicks and notches."""
    until(lambda: False, within=seconds)
