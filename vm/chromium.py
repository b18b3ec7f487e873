"""One running Chromium: its process, its pipe, and the questions that a browser answers."""

from __future__ import annotations

import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from ..actions.computer import PageContext, Tab
from ..actions.errors import ActionTimeout, StartFailed
from ..actions.geometry import Region, Size
from . import chromium_reading as reading
from .browser_crossing import Crossing
from .chromium_command import arguments, prepare, program
from .chromium_lifeline import Lifeline
from .chromium_session import Session
from .spawning import Process, Spawner

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")

_ENDS_WITHIN = 3.0


class Chromium:
    """Started by the constructor, ended by ``close``. The async methods are questions for ``call``.

    Raises ProgramMissing, StartFailed. When this process dies, the pipe breaks and Chromium ends by itself.
    """

    def __init__(
        self,
        spawn: Spawner,
        profile: Path,
        size: Size,
        *,
        named: str | None,
        flags: tuple[str, ...],
        within: float,
    ) -> None:
        name = program(named, spawn.env.get("PATH"))
        prepare(profile)
        ours, its = socket.socketpair()
        self._lifeline = Lifeline()
        with ExitStack() as unused, its, its.dup() as too, self._lifeline.held() as held:
            unused.callback(ours.close)
            unused.callback(self._lifeline.ended, 0)
            self._process: Process = spawn.spawn(
                [name, *arguments(profile, as_root=spawn.as_root, more=flags)],
                fds={3: its.fileno(), 4: too.fileno()},
                stdout=held,
            )
            unused.pop_all()
        self._crossing = Crossing("chromium")
        self._session = Session(ours)
        try:
            self.call(self._session.start, size, within=within)
        except BaseException as error:
            self.close()
            if isinstance(error, TimeoutError):
                raise StartFailed(f"{name} opened no window within {within:g} s.") from error
            if isinstance(error, ConnectionError):
                said = f"exit code {self._process.poll()}; the computer's log has more"
                raise StartFailed(f"{name} ended at once, {said}.") from error
            raise

    @property
    def alive(self) -> bool:
        """False once it has ended, or its last window was closed."""
        return self._process.poll() is None and not self._session.pages.gone and len(self._session.pages) > 0

    @property
    def busy(self) -> bool:
        return self._session.pages.busy

    def call(self, question: Callable[[*Given], Awaitable[Answer]], *given: *Given, within: float) -> Answer:
        """Ask, and wait for the answer. Raises TimeoutError, ConnectionError, Refused and BrowserError."""
        return self._crossing.call(question, *given, within=within)

    async def navigate(self, tab_id: str | None, url: str, within: float) -> str:
        page = self._session.pages.named(tab_id)
        await self._session.navigate(page, url, within)
        return page.id

    async def tabs(self) -> list[Tab]:
        return await self._session.tabs()

    async def tab(self, tab_id: str) -> Tab:
        return await self._session.tab(self._session.pages.named(tab_id))

    async def open(self) -> Tab:
        return await self._session.tab(await self._session.open())

    async def switch(self, tab_id: str) -> Tab:
        page = self._session.pages.named(tab_id)
        await self._session.show(page)
        return await self._session.tab(page)

    async def shut(self, tab_id: str) -> None:
        await self._session.shut(self._session.pages.named(tab_id))

    async def html(self, tab_id: str | None) -> str:
        return str(await self._session.read(self._session.pages.named(tab_id), reading.HTML))

    async def context(self, tab_id: str | None) -> PageContext:
        page = self._session.pages.named(tab_id)
        shown = await self._session.read(page, reading.SHOWN)
        tab = await self._session.tab(page)
        return PageContext(tab_id=tab.id, url=tab.url, title=tab.title, active=tab.active, **shown)

    async def evaluate(self, tab_id: str | None, expression: str) -> object:
        return await self._session.evaluate(self._session.pages.named(tab_id), expression)

    async def rectangle(self, tab_id: str | None, selector: str, display: Size) -> Region:
        place = await self._session.read(self._session.pages.named(tab_id), reading.place_of(selector))
        return reading.on_screen(place, selector, display)

    def close(self) -> None:
        """End it: asked first, then by signals; and wait for it and its children. A second call does nothing."""
        with suppress(TimeoutError, RuntimeError):  # it hangs, or was closed before
            self._crossing.call(self._session.stop, within=_ENDS_WITHIN)
        self._crossing.close()
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if number is not None:
                self._process.signal(number)
            with suppress(ActionTimeout):
                self._process.wait(_ENDS_WITHIN)
                break
        self._lifeline.ended(_ENDS_WITHIN)
