"""Whether any process of a family lives, wherever it runs: all of them inherit one end of a pipe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from select import poll


class Lifeline:
    """A pipe that is given to a program as its standard output, and by the program to its children.

    Chromium's children end some milliseconds after it, and by then nobody knows them; in a pid namespace nobody ever
    did. Each keeps its standard output open, on which none of them has anything to say.
    """

    def __init__(self) -> None:
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._theirs, False)  # should one say something after all, nobody reads it

    @contextmanager
    def held(self) -> Iterator[int]:
        """The end to give away; it is closed on our side afterwards."""
        try:
            yield self._theirs
        finally:
            os.close(self._theirs)

    def ended(self, within: float) -> bool:
        """Wait until the last of them has ended, at most ``within`` seconds. Once only: it lets the pipe go."""
        if self._ours < 0:
            return True
        asked = poll()
        asked.register(self._ours, 0)  # told of the end only
        try:
            return bool(asked.poll(within * 1000))
        finally:
            os.close(self._ours)
            self._ours = -1
