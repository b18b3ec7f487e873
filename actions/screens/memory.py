"""A screen in memory: for tests of programs that drive screens, with no display and no waiting.

It keeps what an application would have received in ``events``, and shows what the test paints::

    computer = MemoryComputer()
    act(computer, Click(at=Point(10, 20)))
    assert computer.display.events[-1] == Released(Button.LEFT, Point(10, 20))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Condition

from ..absent import NoBrowser, NoShell
from ..computer import Browser, Shell
from ..errors import DisplayGone, ResizeRefused
from ..frame import BYTES_PER_PIXEL, Frame
from ..front import Front
from ..geometry import Point, Region, Size
from ..screen import Cursor, Monitor
from .events import Event, KeyPressed, KeyReleased, Moved, Pressed, Released, Resized, Typed

__all__ = [
    "Event",
    "KeyPressed",
    "KeyReleased",
    "MemoryChanges",
    "MemoryComputer",
    "MemoryScreen",
    "Moved",
    "Pressed",
    "Released",
    "Resized",
    "Typed",
]


class MemoryChanges:
    """What was painted since this was opened. A program in memory has always read its events."""

    def __init__(self, screen: MemoryScreen) -> None:
        self._screen = screen
        self._painted: list[Region] = []
        self._asked = False
        self._answered = False

    def poll(self, within: float) -> Sequence[Region]:
        with self._screen.painting:
            if not self._painted and not self._asked:
                self._screen.painting.wait_for(lambda: self._painted, timeout=within)
            self._answered, self._asked = self._answered or self._asked, False
            painted, self._painted = self._painted, []
            return painted

    def ask(self) -> bool:
        self._answered, self._asked = False, self._screen.answers
        return self._screen.answers

    @property
    def answered(self) -> bool:
        return self._answered

    def add(self, region: Region) -> None:
        self._painted.append(region)

    def close(self) -> None:
        self._screen.forget(self)


class MemoryScreen:
    """A display in memory, black at first.

    ``on_event`` is called with the screen and each event, as the application would be, and may paint. ``answers``:
    whether the application can be asked if it has read its events. ``largest``: what it can be resized to.
    """

    def __init__(
        self,
        size: Size = Size(1280, 720),  # noqa: B008 - a tuple
        *,
        on_event: Callable[[MemoryScreen, Event], None] | None = None,
        answers: bool = True,
        largest: Size = Size(8192, 8192),  # noqa: B008 - a tuple
    ) -> None:
        self.events: list[Event] = []
        self.answers = answers
        self.largest = largest
        self.painting = Condition()
        self._on_event = on_event
        self._size = size
        self._pixels = bytearray(size.width * size.height * BYTES_PER_PIXEL)
        self._at = Point(size.width // 2, size.height // 2)
        self._down: list[tuple[str, int]] = []
        self._clipboard = ""
        self._watchers: list[MemoryChanges] = []
        self._gone = False

    @property
    def size(self) -> Size:
        self._here()
        return self._size

    @property
    def text(self) -> str:
        """All that was typed, one after the other."""
        return "".join(event.text for event in self.events if isinstance(event, Typed))

    def paint(self, region: Region, colour: tuple[int, int, int]) -> None:
        """Fill a region with a colour (red, green, blue), as an application would. Raises BadRegion."""
        region.inside(self._size)
        row = bytes((colour[2], colour[1], colour[0], 0)) * region.width
        with self.painting:
            for line in range(region.y, region.bottom):
                start = (line * self._size.width + region.x) * BYTES_PER_PIXEL
                self._pixels[start : start + len(row)] = row
            for watcher in self._watchers:
                watcher.add(region)
            self.painting.notify_all()

    def vanish(self) -> None:
        """Let the display die: every call raises DisplayGone from now on."""
        self._gone = True

    def move(self, at: Point) -> None:
        self._here()
        self._at = at
        self._happened(Moved(at))

    def button(self, number: int, down: bool) -> None:
        self._here()
        self._keep("button", number, down)
        self._happened(Pressed(number, self._at) if down else Released(number, self._at))

    def keysym(self, keysym: int, down: bool) -> None:
        self._here()
        self._keep("key", keysym, down)
        self._happened(KeyPressed(keysym) if down else KeyReleased(keysym))

    def write(self, text: str) -> None:
        self._here()
        self._happened(Typed(text))

    def grab(self, region: Region | None = None) -> Frame:
        self._here()
        with self.painting:
            whole = Frame(bytes(self._pixels), self._size)
        return whole if region is None else whole.crop(region)

    def pointer(self) -> Point:
        self._here()
        return self._at

    def cursor(self) -> Cursor | None:
        """A white square of 8×8 pixels, its hot spot at the top left."""
        self._here()
        return Cursor(self._at, Point(0, 0), Size(8, 8), b"\xff" * (8 * 8 * 4))

    def changes(self) -> MemoryChanges:
        self._here()
        watcher = MemoryChanges(self)
        with self.painting:
            self._watchers.append(watcher)
        return watcher

    def forget(self, watcher: MemoryChanges) -> None:
        """Tell a watcher nothing more; what ``close`` of the watcher calls."""
        with self.painting:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

    def pressed(self) -> Sequence[int]:
        self._here()
        return [number for _, number in self._down]

    def clipboard(self) -> str:
        self._here()
        return self._clipboard

    def set_clipboard(self, text: str) -> None:
        self._here()
        self._clipboard = text

    def monitors(self) -> Sequence[Monitor]:
        return [Monitor("memory", Region(0, 0, *self.size), primary=True)]

    def resize(self, size: Size) -> None:
        self._here()
        if size.width > self.largest.width or size.height > self.largest.height:
            raise ResizeRefused(
                f"This screen can be {self.largest.width}×{self.largest.height} pixels at most."
            )
        self._size = size
        self._pixels = bytearray(size.width * size.height * BYTES_PER_PIXEL)
        self._at = Point(min(self._at.x, size.width - 1), min(self._at.y, size.height - 1))
        self._happened(Resized(size))
        self.paint(Region(0, 0, *size), (0, 0, 0))

    def close(self) -> None:
        """Nothing to give back; what was recorded stays readable."""

    def _here(self) -> None:
        if self._gone:
            raise DisplayGone

    def _keep(self, kind: str, number: int, down: bool) -> None:
        if (kind, number) in self._down:
            self._down.remove((kind, number))
        if down:
            self._down.append((kind, number))

    def _happened(self, event: Event) -> None:
        self.events.append(event)
        if self._on_event is not None:
            self._on_event(self, event)


class MemoryComputer:
    """A computer in memory: a screen, and a shell and a browser if they are given (else they raise NotSupported).

    ``display`` is the :class:`MemoryScreen` behind ``screen``.
    """

    def __init__(
        self,
        display: MemoryScreen | None = None,
        *,
        shell: Shell | None = None,
        browser: Browser | None = None,
    ) -> None:
        self.display = display or MemoryScreen()
        self.screen = Front(self.display)
        self.shell: Shell = shell or NoShell()
        self.browser: Browser = browser or NoBrowser()

    def __enter__(self) -> MemoryComputer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything, and close the browser and the screen."""
        try:
            self.browser.close()
        finally:
            self.screen.close()
