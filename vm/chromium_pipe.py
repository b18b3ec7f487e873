"""Chromium's DevTools protocol over a pipe: no TCP port, so nobody else on the machine can connect.

cdp-use knows the protocol's messages and speaks them over a websocket; Chromium's ``--remote-debugging-pipe`` speaks
the same messages over descriptors 3 and 4, each ended by a zero byte. :class:`Pipe` is what cdp-use takes for its
websocket.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from cdp_use.client import CDPClient
from websockets.exceptions import ConnectionClosedError

_END = b"\0"
_LONGEST = 1 << 30
"""Bytes of the longest message; the page's whole text comes as one."""


class Pipe:
    """One end of the pair of sockets that Chromium reads and writes; it has a websocket's methods."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def recv(self) -> bytes:
        try:
            return (await self._reader.readuntil(_END))[:-1]
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ConnectionClosedError(None, None) from error

    async def send(self, message: str) -> None:
        self._writer.write(message.encode() + _END)
        with suppress(ConnectionError):  # the reader meets it too, and tells all who wait
            await self._writer.drain()

    async def close(self) -> None:
        self._writer.close()


class PipeClient(CDPClient):
    """cdp-use's client over a connected socket. ``ended`` is called once, on the loop, when Chromium hangs up."""

    def __init__(self, end: socket.socket, ended: Callable[[], None]) -> None:
        super().__init__("pipe:")
        self._end = end
        self._ended = ended
        self.gone = False

    async def start(self) -> None:
        reader, writer = await asyncio.open_unix_connection(sock=self._end, limit=_LONGEST)
        self.ws = cast(Any, Pipe(reader, writer))
        self._message_handler_task = cast(Any, asyncio.create_task(self._handle_messages()))

    async def _handle_messages(self) -> None:
        await super()._handle_messages()  # type: ignore[no-untyped-call]
        self.gone = True
        self._ended()

    async def send_raw(
        self, method: str, params: Any | None = None, session_id: str | None = None
    ) -> dict[str, Any]:
        """Ask and wait for the answer. Raises ConnectionError when Chromium has ended, Refused when it says no.

        A caller that stops waiting leaves the question open: cdp-use would take the late answer for a mistake.
        """
        asking = asyncio.ensure_future(self._ask(method, params, session_id))
        asking.add_done_callback(forgotten)
        try:
            return await asyncio.shield(asking)
        except RuntimeError as error:
            told = error.args[0] if error.args else None
            raise Refused(f"{method}: {told['message'] if isinstance(told, dict) else error}") from error

    async def _ask(self, method: str, params: Any | None, session_id: str | None) -> dict[str, Any]:
        if self.gone:
            raise ConnectionError("Chromium has ended")
        return await super().send_raw(method, params, session_id)


class Refused(Exception):
    """Chromium answered a question with an error."""


def forgotten(task: asyncio.Future[Any]) -> None:
    """Take note of a task's error, which nobody may be waiting for any more."""
    if not task.cancelled():
        task.exception()
