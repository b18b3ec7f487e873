"""Ctrl-C at a good moment: signals whose handlers raise are kept back while something must not be cut in two."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Shelter:
    """Inside ``with shelter.held_back():`` no signal handler of Python runs; those that are due run at its end.

    Handlers run in the main thread only, so elsewhere there is nothing to hold back. It may be nested.
    """

    def __init__(self) -> None:
        self._depth = 0

    @contextmanager
    def held_back(self) -> Iterator[None]:
        if self._depth or current_thread() is not main_thread():
            yield
            return
        due: list[tuple[Callable[..., Any], int, FrameType | None]] = []
        handlers = {number: signal.getsignal(number) for number in _SIGNALS}
        raising = {number: handler for number, handler in handlers.items() if callable(handler)}

        def keep(number: int, frame: FrameType | None) -> None:
            due.append((raising[signal.Signals(number)], number, frame))

        self._depth += 1
        for number in raising:
            signal.signal(number, keep)
        try:
            yield
        finally:
            self._depth -= 1
            for number, handler in raising.items():
                signal.signal(number, handler)
            for late, which, frame in due:
                late(which, frame)
