"""What Chromium's events say about its pages: which there are, which one is shown, loading, blocked or crashed.

Everything here is kept in memory and changes only on the loop's thread. Nothing is asked of a page, because a page
that hangs or shows a dialog answers nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from ..actions.errors import BrowserError, NoSuchTab, PageFailed

WORLD = "deskhand"
"""The isolated JavaScript world in which we read pages; the page cannot see or change what is in it."""

TELL = "deskhandTells"
TELLING = f"""(() => {{
  let left = false;
  const tell = () => left || {TELL}(document.visibilityState);
  addEventListener("pagehide", () => {{ left = true; }}, true);
  addEventListener("pageshow", () => {{ left = false; tell(); }}, true);
  document.addEventListener("visibilitychange", tell, true);
  addEventListener("focus", tell);
  tell();
}})()"""
"""Run in every document: says when it comes into view and when it leaves it.

A document that is left for another one in the same tab turns hidden too, and may say so after the new one has said
that it is in view; so it says nothing any more.
"""


@dataclass(eq=False, slots=True)
class Page:
    """One tab. ``id`` is its target's and, in Chromium, also its main frame's. ``shown``: when it was last seen."""

    id: str
    session: str
    shown: int = 0
    visible: bool = False
    loading: bool = False
    dialog: str | None = None
    crashed: bool = False
    closed: bool = False

    @property
    def trouble(self) -> BrowserError | None:
        """Why this page cannot answer now."""
        if self.closed:
            return NoSuchTab(f"The tab {self.id} was closed.")
        if self.dialog is not None:
            return PageFailed(f"The page waits for a dialog to be answered on the screen: {self.dialog}.")
        if self.crashed:
            return PageFailed("The page has crashed; navigate to open it again.")
        return None


class Pages:
    """All tabs, in the order in which they were opened."""

    def __init__(self) -> None:
        self.busy = False
        self.gone = False
        self._pages: dict[str, Page] = {}
        self._moments = count(1)
        self._waiting: list[asyncio.Future[None]] = []

    def __iter__(self) -> Iterator[Page]:
        return iter(tuple(self._pages.values()))

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def active(self) -> Page:
        """The page in view; where two windows show one each, the one that was shown or focused last.

        When none says that it is in view (the window is minimised), the one that was shown last. Raises NoSuchTab.
        """
        if not self._pages:
            raise NoSuchTab("The browser has no tab open.")
        return max(self._pages.values(), key=lambda page: (page.visible, page.shown))

    def named(self, tab_id: str | None) -> Page:
        """The tab of that id; the active one for None. Raises NoSuchTab."""
        if tab_id is None:
            return self.active
        if tab_id not in self._pages:
            raise NoSuchTab(f"There is no tab {tab_id!r}; list_tabs tells which there are.")
        return self._pages[tab_id]

    def has(self, tab_id: str) -> bool:
        return tab_id in self._pages

    def show(self, page: Page) -> None:
        """Take it for the one in view; its own word, which a page that hangs cannot give, comes later."""
        page.shown = next(self._moments)
        page.visible = True
        self._tell()

    async def until(self, fact: Callable[[], object]) -> None:
        """Wait until an event makes the fact true. Raises ConnectionError when Chromium ends instead."""
        while not fact():
            if self.gone:
                raise ConnectionError("Chromium has ended")
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting

    def opened(self, target: str, session: str) -> Page:
        page = self._pages[target] = Page(target, session)
        self._tell()
        return page

    def ended(self) -> None:
        """Chromium has hung up."""
        self.gone = True
        self._tell()

    def listen(self, register: Any) -> None:
        """Hear the events, through cdp-use's register of handlers (``client.register``)."""
        register.Target.detachedFromTarget(self._detached)
        register.Runtime.bindingCalled(self._told)
        register.Page.frameStartedLoading(lambda event, session: self._loads(event, session, True))
        register.Page.frameStoppedLoading(lambda event, session: self._loads(event, session, False))
        register.Page.javascriptDialogOpening(self._dialog_opened)
        register.Page.javascriptDialogClosed(self._dialog_closed)
        register.Inspector.targetCrashed(self._crashed)
        register.Inspector.targetReloadedAfterCrash(self._reloaded)

    def _of(self, session: str | None) -> Page | None:
        return next((page for page in self._pages.values() if page.session == session), None)

    def _detached(self, event: Any, _session: str | None) -> None:
        page = self._of(event["sessionId"])
        if page is not None:
            del self._pages[page.id]
            page.closed = True
            self._tell()

    def _told(self, event: Any, session: str | None) -> None:
        page = self._of(session)
        if page is None or event["name"] != TELL:
            return
        page.visible = event["payload"] == "visible"
        if page.visible:
            page.shown = next(self._moments)
        self._tell()

    def _loads(self, event: Any, session: str | None, loading: bool) -> None:
        page = self._of(session)
        if page is not None and event["frameId"] == page.id:
            page.loading = loading
            self._tell()

    def _dialog_opened(self, event: Any, session: str | None) -> None:
        page = self._of(session)
        if page is not None:
            page.dialog = f"{event['type']} {event['message']!r}" if event["message"] else event["type"]
            self._tell()

    def _dialog_closed(self, _event: Any, session: str | None) -> None:
        page = self._of(session)
        if page is not None:
            page.dialog = None
            self._tell()

    def _crashed(self, _event: Any, session: str | None) -> None:
        page = self._of(session)
        if page is not None:
            page.crashed, page.loading, page.dialog = True, False, None
            self._tell()

    def _reloaded(self, _event: Any, session: str | None) -> None:
        page = self._of(session)
        if page is not None:
            page.crashed = False
            self._tell()

    def _tell(self) -> None:
        self.busy = bool(self._pages) and self.active.loading
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            if not each.done():
                each.set_result(None)
