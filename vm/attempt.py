"""One attempt to bring a virtual desktop up behind given walls; whatever it made is undone when it fails."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty

from ..actions.errors import BadRegion, StartFailed
from ..actions.front import Front
from ..actions.geometry import Size
from . import window_manager as wms
from .display import take_number, write_cookie
from .environment import environment, write_resources
from .helper import Helper
from .isolation import Isolation, Walls, user_inside, walls
from .places import SHARED_MEMORY, Place, kill_marked, new_log, new_place

_PATIENCE = 25.0
_TAIL = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a virtual desktop is to be; :meth:`deskhand.vm.desktop.VirtualDesktop.start` explains each."""

    size: Size
    largest: Size
    isolation: Isolation
    network: bool
    glx: bool
    dbus: bool
    window_manager: wms.WindowManager
    home: Path | None
    env: Mapping[str, str] = field(default_factory=dict)
    writable: Sequence[Path] = ()
    hidden: Sequence[Path] = ()

    def __post_init__(self) -> None:
        for size in (self.size, self.largest):
            if not (1 <= size.width <= 32767 and 1 <= size.height <= 32767):
                raise BadRegion(f"A display of {size.width}×{size.height} pixels is not possible.")


@dataclass(frozen=True, slots=True)
class Started:
    """A desktop that is up."""

    place: Place
    helper: Helper
    screen: Front
    env: Mapping[str, str]
    home: Path
    log: Path
    isolation: Walls
    window_manager: str
    fallbacks: tuple[str, ...]
    seconds: float


class NoWalls(StartFailed):
    """The helper did not come up behind these walls."""


class Attempt:
    """One try to start a desktop; whatever it made is undone when it fails."""

    def __init__(self, wanted: Wanted, isolation: Walls, manager: str, dbus: bool) -> None:
        self.wanted = wanted
        self.isolation = isolation
        self.manager = manager
        self.dbus = dbus
        self.begun = time.monotonic()
        self.log = new_log()
        self.undoing = ExitStack()

    def start(self, fallbacks: Sequence[str]) -> Started:
        wanted = self.wanted
        with self.undoing:
            place = self.make_place()
            number = self.take_display(place)
            home = self.make_home(place)
            user = user_inside(self.isolation)
            env = environment(place, number, user=user, home=home, dbus=self.dbus, extra=wanted.env)
            helper = self.make_helper(place, number, home, env)
            screen = self.bring_up(helper, place, number)
            self.undoing.pop_all()
        took = time.monotonic() - self.begun
        return Started(
            place, helper, screen, env, home, self.log, self.isolation, self.manager, tuple(fallbacks), took
        )

    def make_place(self) -> Place:
        place = new_place()
        self.undoing.callback(place.release)
        self.undoing.callback(lambda: place.clear(place.display()))
        return place

    def take_display(self, place: Place) -> int:
        number = take_number()
        place.note_display(number)
        write_cookie(place.xauthority, number)
        write_resources(place)
        return number

    def make_home(self, place: Place) -> Path:
        home = self.wanted.home
        if home is None:
            return place.home
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return home.resolve()

    def make_helper(self, place: Place, number: int, home: Path, env: Mapping[str, str]) -> Helper:
        """Start the helper. All that it needs is there before: when it ends, the folder goes too."""
        wanted = self.wanted
        pixels = self.pixels(place)
        manager = wms.command(self.manager, place.folder)
        helper = Helper(
            walls(
                place.folder,
                home,
                network=wanted.network,
                writable=wanted.writable,
                hidden=wanted.hidden,
            )
            if self.isolation == "namespaces"
            else [],
            env,
            [
                *wanted.size,
                wms.BACKGROUND,
                f"{pixels}/Xvfb_screen0" if pixels else "",
                len(manager),
                *manager,
                *_server(wanted, number, place, pixels),
            ],
            leftovers=place.leftovers(number),
            log=self.log,
            as_root=user_inside(self.isolation) == 0,
        )
        self.undoing.callback(end, helper, place)
        return helper

    def bring_up(self, helper: Helper, place: Place, number: int) -> Front:
        """X server, then window manager and our own connection side by side."""
        # python-xlib loads only here, and while the server comes up.
        from ..actions.screens.x11 import X11Screen  # noqa: PLC0415

        self.expect(helper, "hello")
        self.expect(helper, "display")
        screen = Front(X11Screen(f":{number}", xauthority=str(place.xauthority), own=True))
        self.undoing.callback(screen.close)
        self.expect(helper, "ready")
        return screen

    def pixels(self, place: Place) -> str:
        """A folder in memory for the frame buffer, "" where there is no room for it.

        A frame buffer in a file can give back the memory of the part that is not shown.
        """
        if self.isolation == "namespaces":
            return str(SHARED_MEMORY)  # there it is the desktop's own
        needed = 8 * self.wanted.largest.width * self.wanted.largest.height
        try:
            memory = os.statvfs(SHARED_MEMORY)
            if memory.f_bavail * memory.f_frsize < needed:
                return ""
            place.pixels.mkdir(mode=0o700)
        except OSError:
            return ""
        return str(place.pixels)

    def expect(self, helper: Helper, word: str) -> None:
        """Wait for that word of the helper. Raises StartFailed, with the end of the log."""
        try:
            said = helper.said.get(timeout=_PATIENCE)
        except Empty:
            said = ["failed", f"nothing was heard for {_PATIENCE} s"]
        match said:
            case [first, *_] if first == word:
                return
            case ["failed", why]:
                raise StartFailed(f"The virtual desktop could not be started: {why}.{self.tail()}")
            case _ if word == "hello":
                raise NoWalls(f"The desktop's helper could not be started.{self.tail()}")
        raise StartFailed(f"The virtual desktop ended while it was starting.{self.tail()}")

    def tail(self) -> str:
        text = self.log.read_text(errors="replace").strip()
        return f" The log ({self.log}) ends with:\n{text[-_TAIL:]}" if text else ""


def _server(wanted: Wanted, number: int, place: Place, pixels: str) -> list[str]:
    """The X server's command. Its size can only be set down from the one it is started with."""
    width = max(wanted.size.width, wanted.largest.width)
    height = max(wanted.size.height, wanted.largest.height)
    words = ["Xvfb", f":{number}", "-displayfd", "3", "-auth", str(place.xauthority)]
    # "local" is the abstract socket: it would clash with a display of another container on this network.
    words += ["-nolisten", "tcp", "-nolisten", "local", "-noreset"]
    words += ["-s", "0", "-dpi", "96", "-screen", "0", f"{width}x{height}x24"]
    words += [] if wanted.glx else ["-extension", "GLX"]
    return words + (["-fbdir", pixels] if pixels else [])


def end(helper: Helper, place: Place) -> None:
    """End everything that runs on a desktop and remove its files; what does not end by itself is killed."""
    display = place.display()
    if not helper.close():
        helper.kill()
        kill_marked(place.folder)
    place.clear(display)
