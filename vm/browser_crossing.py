"""From our synchronous floor into asynchronous code: an event loop in a thread of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import TypeVar, TypeVarTuple

import anyio
from anyio.from_thread import start_blocking_portal

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")


class Crossing:
    """One event loop; ``call`` runs a coroutine function on it and waits for its result.

    Any thread may call. The loop's thread is a daemon, so that a program which forgets to close can still end.
    """

    def __init__(self, name: str) -> None:
        self._leaving = ExitStack()
        self._portal = self._leaving.enter_context(start_blocking_portal(name=name))

    def call(self, function: Callable[[*Given], Awaitable[Answer]], *given: *Given, within: float) -> Answer:
        """Await ``function(*given)`` on the loop. After ``within`` seconds it is cancelled: TimeoutError."""

        async def bounded() -> Answer:
            with anyio.fail_after(within):
                return await function(*given)

        return self._portal.call(bounded)

    def close(self) -> None:
        """End the loop and its thread; a second call does nothing."""
        self._leaving.close()
