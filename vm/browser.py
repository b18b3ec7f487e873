"""The browser of a computer: a Chromium with a profile of its own, started by the first call. See docs/browser.md."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from pydantic import BaseModel, ConfigDict, Field

from ..actions.computer import PageContext, Tab
from ..actions.errors import BrowserGone, PageFailed
from ..actions.geometry import Region, Size
from .browser_address import address
from .spawning import Spawner

if TYPE_CHECKING:
    from .chromium import Chromium

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")


class BrowserSettings(BaseModel):
    """How the browser is started and how long it is waited for; times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    program: str | None = Field(
        None, description="The browser to start; by default the first Chromium in PATH."
    )
    flags: tuple[str, ...] = Field((), description="More command line flags; they win over ours.")
    start_within: float = Field(20.0, gt=0, description="For the browser's first answer.")
    load_within: float = Field(
        20.0, gt=0, description="For a page's load event; then what is there is taken."
    )
    answer_within: float = Field(10.0, gt=0, description="For any other answer of the browser or a page.")


class ChromiumBrowser:
    """Chromium on a screen, as the :class:`~deskhand.actions.computer.Browser` of a computer.

    ``size`` tells the screen's size when Chromium starts. One call at a time, from any thread; ``busy`` at any time.
    Every method but ``busy`` and ``close`` starts Chromium when it does not run, and raises BrowserError.
    """

    def __init__(
        self, spawn: Spawner, profile: Path, size: Callable[[], Size], settings: BrowserSettings
    ) -> None:
        self._spawn = spawn
        self._profile = profile
        self._size = size
        self._settings = settings
        self._chromium: Chromium | None = None

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know about how Chromium is started, such as that it has no sandbox."""
        if self._spawn.as_root:
            return ("Chromium runs without its own sandbox (--no-sandbox), because it runs as root.",)
        return ()

    def navigate(self, url: str, *, tab_id: str | None = None) -> PageContext:
        """Open an address and wait until it has loaded, or ``load_within`` is over and it loads on.

        Raises BadURL, NavigationFailed, NoSuchTab, PageFailed.
        """
        to = address(url)
        chromium = self._running(anew=tab_id is None)
        load = self._settings.load_within
        within = load + self._settings.answer_within
        with _translated(within):
            opened = chromium.call(chromium.navigate, tab_id, to, load, within=within)
        return self.context(tab_id=opened)

    def tabs(self) -> Sequence[Tab]:
        """All tabs, in the order in which they were opened."""
        chromium = self._running(anew=True)
        return self._ask(chromium.tabs)

    def new_tab(self, url: str | None = None) -> Tab:
        """Open a tab in front. When the address fails, its error is raised and the tab stays, as in an address bar."""
        to = address(url) if url is not None else None
        chromium = self._running(anew=True)
        opened = self._ask(chromium.open)
        if to is not None:
            self.navigate(to, tab_id=opened.id)
        return self._ask(chromium.tab, opened.id)

    def switch_tab(self, tab_id: str) -> Tab:
        """Bring a tab to the front. Raises NoSuchTab."""
        return self._ask(self._running().switch, tab_id)

    def close_tab(self, tab_id: str) -> None:
        """Close a tab; an empty one takes the place of the last. Raises NoSuchTab."""
        self._ask(self._running().shut, tab_id)

    def html(self, *, tab_id: str | None = None) -> str:
        """The page as it is now, not as it was sent, with its doctype."""
        return self._ask(self._running().html, tab_id)

    def context(self, *, tab_id: str | None = None) -> PageContext:
        """Where the page is and how it is shown."""
        return self._ask(self._running().context, tab_id)

    def evaluate(self, expression: str, *, tab_id: str | None = None) -> object:
        """The value of a JavaScript expression in the page, for tests; what a model writes must not come here."""
        return self._ask(self._running().evaluate, tab_id, expression)

    def rectangle(self, selector: str, *, tab_id: str | None = None) -> Region:
        """Where the first element that matches lies, in pixels of the display; it may lie outside the window."""
        return self._ask(self._running().rectangle, tab_id, selector, self._size())

    def busy(self) -> bool:
        """Whether the active page is loading; looked up in memory."""
        chromium = self._chromium
        return chromium is not None and chromium.busy

    def close(self) -> None:
        """End Chromium and all its processes, and wait for them; a second call does nothing."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            chromium.close()

    def _running(self, *, anew: bool = False) -> Chromium:
        """The Chromium that runs, or a new one.

        When it has ended since the last call, ``anew`` says whether the caller can do with a new one; the others get
        BrowserGone, since what they ask about is lost, and the call after that starts it again.
        """
        from .chromium import Chromium  # noqa: PLC0415 - cdp-use is loaded when a browser is wanted

        if self._chromium is not None and not self._chromium.alive:
            self.close()
            if not anew:
                raise BrowserGone
        if self._chromium is None:
            self._chromium = Chromium(
                self._spawn,
                self._profile,
                self._size(),
                named=self._settings.program,
                flags=self._settings.flags,
                within=self._settings.start_within,
            )
        return self._chromium

    def _ask(self, question: Callable[[*Given], Awaitable[Answer]], *given: *Given) -> Answer:
        chromium, within = self._running(), self._settings.answer_within
        with _translated(within):
            return chromium.call(question, *given, within=within)


@contextmanager
def _translated(within: float) -> Iterator[None]:
    """Turn what the pipe raises into our errors."""
    from .chromium_pipe import Refused  # noqa: PLC0415 - see _running

    try:
        yield
    except ConnectionError as error:
        raise BrowserGone from error
    except TimeoutError as error:
        raise PageFailed(f"The page did not answer within {within:g} s.") from error
    except Refused as error:
        raise PageFailed(f"The page did not answer: {error}.") from error
