"""Waiting until the program below has taken in what was done, where letting go too soon would spoil it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

from .front import Front
from .keys import keysyms
from .screen import Changes

_MODIFIERS_SEEN = 0.1
"""Seconds that a program has for reading an action before the keys held during it go up."""


def caught_up(changes: Changes, within: float) -> None:
    """Until the program says that it has read its input, or, when it cannot be asked, until it paints; bounded."""
    deadline = time.monotonic() + within
    asked = changes.ask()
    while (left := deadline - time.monotonic()) > 0:
        if changes.poll(left) and not asked:
            return
        if asked and changes.answered:
            return


@contextmanager
def keys_held(screen: Front, names: Sequence[str]) -> Iterator[None]:
    """With those keys held down until the program has read what is done meanwhile.

    Chromium asks for the modifiers when it reads a button's event, so keys that are up by then do not count.
    """
    if not names:
        yield
        return
    with screen, closing(screen.changes()) as changes, screen.holding(keysyms=keysyms(names)):
        yield
        caught_up(changes, _MODIFIERS_SEEN)
