"""Bringing a virtual desktop up: what is wanted, one attempt behind given walls, and undoing a half-made one."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Literal

from ..actions.errors import BadRegion, ProgramMissing, StartFailed
from ..actions.front import Front
from ..actions.geometry import Size
from . import window_manager as wms
from .display import take_number, write_cookie
from .environment import environment, write_resources
from .helper import Helper
from .isolation import Isolation, candidates, user_inside, walls
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
    isolation: Literal["namespaces", "process-group"]
    window_manager: str
    fallbacks: tuple[str, ...]
    seconds: float


def start(wanted: Wanted) -> Started:
    """Start one, behind the best walls that hold. Raises ProgramMissing, StartFailed, DisplayUnreachable."""
    if shutil.which("Xvfb") is None:
        raise ProgramMissing("Xvfb", "xvfb")
    manager, fallback = wms.chosen(wanted.window_manager)
    fallbacks = [fallback] if fallback else []
    dbus = wanted.dbus and shutil.which("dbus-daemon") is not None
    if wanted.dbus and not dbus:
        fallbacks.append("dbus-daemon is not installed (package dbus-daemon); there is no session bus")
    ways = candidates(wanted.isolation, network=wanted.network)
    if wanted.isolation == "auto" and "namespaces" not in ways:
        fallbacks.append("bubblewrap is not installed; the desktop is not isolated")
    for isolation in ways:
        try:
            return _Attempt(wanted, isolation, manager, dbus).start(fallbacks)
        except NoWalls as error:
            if isolation == ways[-1]:
                raise
            fallbacks.append(f"bubblewrap does not work here; the desktop is not isolated ({error})")
    raise AssertionError("there is always a way to try")


class NoWalls(StartFailed):
    """The helper did not come up behind these walls."""


class _Attempt:
    """One try to start a desktop; whatever it made is undone when it fails."""

    def __init__(
        self, wanted: Wanted, isolation: Literal["namespaces", "process-group"], manager: str, dbus: bool
    ) -> None:
        self.wanted = wanted
        self.isolation = isolation
        self.manager = manager
        self.dbus = dbus
        self.begun = time.monotonic()
        self.log = new_log()
        self.undoing = ExitStack()

    def start(self, fallbacks: Sequence[str]) -> Started:
        with self.undoing:
            place = self.make_place()
            number = self.take_display(place)
            home = self.make_home(place)
            env = environment(
                place,
                number,
                user=user_inside(self.isolation),
                home=home,
                dbus=self.dbus,
                extra=self.wanted.env,
            )
            helper = self.make_helper(place, number, home, env)
            self.undoing.callback(end, helper, place)
            screen = self.bring_up(helper, place, number)
            self.undoing.pop_all()
        return Started(
            place,
            helper,
            screen,
            env,
            home,
            self.log,
            self.isolation,
            self.manager,
            tuple(fallbacks),
            time.monotonic() - self.begun,
        )

    def make_place(self) -> Place:
        place = new_place()
        self.undoing.callback(place.release)
        self.undoing.callback(place.clear)
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
        around: list[str] = []
        if self.isolation == "namespaces":
            around = walls(
                place.folder,
                home,
                network=self.wanted.network,
                writable=self.wanted.writable,
                hidden=self.wanted.hidden,
            )
        return Helper(
            around,
            env,
            leftovers=place.leftovers(number),
            log=self.log,
            as_root=user_inside(self.isolation) == 0,
        )

    def bring_up(self, helper: Helper, place: Place, number: int) -> Front:
        """X server, then window manager and our own connection side by side."""
        wanted = self.wanted
        pixels = self.pixels(place)
        manager = wms.command(self.manager, place.folder)
        buffer = f"{pixels}/Xvfb_screen0" if pixels else ""
        server = _server(wanted, number, place, pixels)
        helper.tell("start", *wanted.size, wms.BACKGROUND, buffer, len(manager), *manager, *server)
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
    words = [
        "Xvfb",
        f":{number}",
        "-displayfd",
        "3",
        "-auth",
        str(place.xauthority),
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    words += ["-s", "0", "-dpi", "96", "-screen", "0", f"{width}x{height}x24"]
    words += [] if wanted.glx else ["-extension", "GLX"]
    return words + (["-fbdir", pixels] if pixels else [])


def end(helper: Helper, place: Place) -> None:
    """End everything that runs on a desktop and remove its files; what does not end by itself is killed."""
    if not helper.close():
        helper.kill()
        kill_marked(place.folder)
    if place.folder.exists():
        place.clear()
