"""A conversation with one Chromium, on the event loop: opening, closing, showing and loading its tabs."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from typing import Any

import anyio

from ..actions.computer import Tab
from ..actions.errors import BrowserError, NavigationFailed, PageFailed
from ..actions.geometry import Size
from .chromium_pages import TELL, TELLING, WORLD, Page, Pages
from .chromium_pipe import PipeClient, Refused, forgotten

_PAGES_ONLY = [{"type": "page"}, {"exclude": True}]
_SHOWN_WITHIN = 3.0
_ERROR_PAGE_WITHIN = 2.0
_LEFT = ("navigated or closed", "context was destroyed", "Cannot find context", "No frame for given id")
"""What Chromium says when the document went away between the question and the answer."""


class Session:
    """The tabs of one running Chromium. All times in seconds; the callers bound every call."""

    def __init__(self, end: socket.socket) -> None:
        self.pages = Pages()
        self._client = PipeClient(end, self.pages.ended)
        self._setting_up: set[asyncio.Task[None]] = set()

    async def start(self, display: Size) -> None:
        """Connect, wait for the first tab, and see that its window fills the display."""
        await self._client.start()
        register: Any = self._client.register
        self.pages.listen(register)
        register.Target.attachedToTarget(self._attached)
        await self._client.send_raw(
            "Target.setAutoAttach",
            {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True, "filter": _PAGES_ONLY},
        )
        await self.pages.until(lambda: len(self.pages) and self.pages.active.shown)
        await self._fill(display)

    async def stop(self) -> None:
        """Ask Chromium to end, and hang up, which ends it too."""
        if not self._client.gone:
            with anyio.move_on_after(1.0):
                await self._client.send_raw("Browser.close")
        await self._client.stop()  # type: ignore[no-untyped-call]

    async def tabs(self) -> list[Tab]:
        told = await self._client.send_raw("Target.getTargets")
        targets = {target["targetId"]: target for target in told["targetInfos"]}
        active = self.pages.active
        return [
            Tab(page.id, targets[page.id]["url"], targets[page.id]["title"], page is active)
            for page in self.pages
            if page.id in targets
        ]

    async def tab(self, page: Page) -> Tab:
        told = await self._client.send_raw("Target.getTargetInfo", {"targetId": page.id})
        target = told["targetInfo"]
        return Tab(page.id, target["url"], target["title"], page is self.pages.active)

    async def open(self) -> Page:
        """A new tab, in front."""
        told = await self._client.send_raw("Target.createTarget", {"url": "about:blank"})
        await self.pages.until(lambda: self.pages.has(told["targetId"]))
        page = self.pages.named(told["targetId"])
        with anyio.move_on_after(_SHOWN_WITHIN):
            await self.pages.until(lambda: page.visible)
        self.pages.show(page)
        return page

    async def show(self, page: Page) -> None:
        """Bring its tab to the front."""
        await self._client.send_raw("Target.activateTarget", {"targetId": page.id})
        with anyio.move_on_after(_SHOWN_WITHIN):
            await self.pages.until(lambda: page.visible or page.trouble)
        self.pages.show(page)

    async def shut(self, page: Page) -> None:
        """Close its tab; before the last one goes, an empty one is opened, so that the window stays."""
        if len(self.pages) == 1:
            await self.open()
        await self._client.send_raw("Target.closeTarget", {"targetId": page.id})
        await self.pages.until(lambda: page.closed or page.dialog)
        if not page.closed and page.trouble:
            raise page.trouble

    async def navigate(self, page: Page, url: str, within: float) -> None:
        """Open the address and wait for its load event; a page that goes on loading after ``within`` is left to it.

        Raises NavigationFailed with Chromium's own word, or when nothing came within that time.
        """
        answered = None
        with anyio.move_on_after(within):
            answered = await self.answer(page, "Page.navigate", {"url": url}, crashed=True)
            if "errorText" not in answered:
                await self._loaded(page)
        if answered is None:
            await self._client.send_raw("Page.stopLoading", session_id=page.session)
            raise NavigationFailed(f"{url} did not answer within {within:g} s.")
        if "errorText" in answered and not answered.get("isDownload"):
            with anyio.move_on_after(_ERROR_PAGE_WITHIN):
                await self.pages.until(lambda: not page.loading)
            raise NavigationFailed(f"{url} could not be opened: {answered['errorText']}.")

    async def read(self, page: Page, expression: str) -> Any:
        """The value of an expression in our own world of the page; asked again when the page is just changing."""
        while True:
            try:
                world = await self.answer(
                    page, "Page.createIsolatedWorld", {"frameId": page.id, "worldName": WORLD}
                )
                return await self.evaluate(page, expression, {"contextId": world["executionContextId"]})
            except Refused as error:
                if not any(word in str(error) for word in _LEFT):
                    raise

    async def evaluate(self, page: Page, expression: str, where: Mapping[str, Any] | None = None) -> Any:
        """The value of an expression, in the page's own world by default; promises are awaited."""
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True, **(where or {})}
        answered = await self.answer(page, "Runtime.evaluate", asked)
        if "exceptionDetails" in answered:
            told = answered["exceptionDetails"]
            raise PageFailed(told.get("exception", {}).get("description") or told["text"])
        return answered["result"].get("value")

    async def answer(
        self, page: Page, method: str, params: Mapping[str, Any], *, crashed: bool = False
    ) -> dict[str, Any]:
        """Ask the page's renderer. Raises PageFailed at once when a dialog or a crash keeps it from answering.

        ``crashed``: a crashed page can be asked this.
        """

        def trouble() -> BrowserError | None:
            return None if crashed and page.crashed else page.trouble

        if (why := trouble()) is not None:
            raise why
        answering = asyncio.ensure_future(self._client.send_raw(method, dict(params), page.session))
        troubled = asyncio.ensure_future(self.pages.until(trouble))
        for task in (answering, troubled):
            task.add_done_callback(forgotten)
        try:
            await asyncio.wait({answering, troubled}, return_when=asyncio.FIRST_COMPLETED)
            if not answering.done() and (why := trouble()) is not None:
                raise why
            return await answering
        finally:
            answering.cancel()
            troubled.cancel()

    async def _loaded(self, page: Page) -> None:
        await self.pages.until(lambda: not page.loading or page.trouble)
        if page.trouble:
            raise page.trouble

    async def _fill(self, display: Size) -> None:
        """Without a window manager nobody maximises the window that asked for it."""
        told = await self._client.send_raw("Browser.getWindowForTarget", {"targetId": self.pages.active.id})
        if told["bounds"]["windowState"] == "normal":
            bounds = {"left": 0, "top": 0, "width": display.width, "height": display.height}
            await self._client.send_raw(
                "Browser.setWindowBounds", {"windowId": told["windowId"], "bounds": bounds}
            )

    def _attached(self, event: Any, _session: str | None) -> None:
        """A tab was opened, by us, the page or the person."""
        if event["targetInfo"].get("subtype"):
            return
        page = self.pages.opened(event["targetInfo"]["targetId"], event["sessionId"])
        task = asyncio.ensure_future(self._set_up(page))
        self._setting_up.add(task)
        task.add_done_callback(self._setting_up.discard)

    async def _set_up(self, page: Page) -> None:
        """Have it tell what happens to it. All is sent before the first answer, so that nothing is missed."""
        tell = {"source": TELLING, "worldName": WORLD, "runImmediately": True}
        asked: list[tuple[str, dict[str, Any]]] = [
            ("Inspector.enable", {}),
            ("Page.enable", {}),
            ("Runtime.enable", {}),
            ("Runtime.addBinding", {"name": TELL, "executionContextName": WORLD}),
            ("Page.addScriptToEvaluateOnNewDocument", tell),
            # A window that a page opens waits for its debugger, and the page with it, though nobody asked it to.
            ("Runtime.runIfWaitingForDebugger", {}),
        ]
        await asyncio.gather(
            *(self._client.send_raw(method, params, page.session) for method, params in asked),
            return_exceptions=True,  # the tab may be gone already
        )
