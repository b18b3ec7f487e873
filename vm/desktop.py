"""The virtual desktop: a screen that nobody sees, with a home of its own, a shell and a browser."""

from __future__ import annotations

import atexit
import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Self

from ..actions.computer import Shell
from ..actions.front import Front
from ..actions.geometry import Size
from .attempt import Started, Wanted, end
from .browser import BrowserSettings, ChromiumBrowser
from .isolation import Isolation
from .shell import SpawnerShell
from .spawning import Spawner
from .starting import start
from .window_manager import WindowManager

SIZE = Size(1280, 720)
LARGEST = Size(2560, 1440)


class VirtualDesktop:
    """A desktop on Xvfb (the ``Computer`` protocol). Make it with :meth:`start`, and use it in a ``with``.

    It ends with ``close``, at the end of the ``with``, and in any case with the process that started it.
    """

    def __init__(self, started: Started, settings: BrowserSettings | None = None) -> None:
        self._started = started
        self._lock = Lock()
        self._closed = False
        self._owner = os.getpid()
        self.shell: Shell = SpawnerShell(started.helper, started.log)
        self.browser = ChromiumBrowser(
            started.helper,
            started.home / ".config" / "deskhand-browser",
            lambda: started.screen.size,
            settings or BrowserSettings(),
        )
        atexit.register(self.close)
        os.register_at_fork(after_in_child=_leave_to_the_parent(weakref.ref(self)))

    @classmethod
    def start(
        cls,
        *,
        size: Size = SIZE,
        largest: Size = LARGEST,
        isolation: Isolation = "auto",
        network: bool = True,
        glx: bool = False,
        dbus: bool = True,
        window_manager: WindowManager = "auto",
        home: Path | None = None,
        env: Mapping[str, str] | None = None,
        writable: Sequence[Path] = (),
        hidden: Sequence[Path] = (),
        browser: BrowserSettings | None = None,
    ) -> Self:
        """Start one and wait until it can be used (about 0.1 s).

        ``size``: of the screen, in pixels. ``largest``: what ``screen.resize`` may grow it to.
        ``isolation``: "namespaces" walls it in with bubblewrap, "process-group" does not, "auto" takes the first where
        it works. ``network``: False leaves it without any (namespaces only). ``glx``: offer OpenGL, in software; costs
        about 30 MB. ``dbus``: a session bus, started when first asked for. ``window_manager``: "auto" is jwm, else
        icewm, else none. ``home``: a folder for HOME that stays; by default one that goes away at the end.
        ``env``: more environment for its programs. ``writable``, ``hidden``: further folders that its programs may
        write in, or must not see (namespaces only). ``browser``: how to start the browser.

        Raises ProgramMissing, StartFailed, BadRegion, and DesktopError when the network cannot be kept away.
        """
        wanted = Wanted(
            size=Size(*size),
            largest=Size(*largest),
            isolation=isolation,
            network=network,
            glx=glx,
            dbus=dbus,
            window_manager=window_manager,
            home=home,
            env=env or {},
            writable=writable,
            hidden=hidden,
        )
        return cls(start(wanted), browser)

    @property
    def screen(self) -> Front:
        return self._started.screen

    @property
    def spawner(self) -> Spawner:
        """Starts programs on it; the shell and the browser use it."""
        return self._started.helper

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of its programs; DISPLAY and XAUTHORITY also serve programs outside."""
        return self._started.env

    @property
    def home(self) -> Path:
        return self._started.home

    @property
    def log(self) -> Path:
        """What its X server, window manager and background programs printed; stays after the end."""
        return self._started.log

    @property
    def isolation(self) -> str:
        """The walls in force: "namespaces" or "process-group"."""
        return self._started.isolation

    @property
    def window_manager(self) -> str:
        """The window manager that runs, "" for none."""
        return self._started.window_manager

    @property
    def fallbacks(self) -> Sequence[str]:
        """What had to do without something, a sentence each."""
        return self._started.fallbacks

    def close(self) -> None:
        """End everything on it and remove its files; a second call does nothing, nor does one in a forked child."""
        with self._lock:
            if self._closed or os.getpid() != self._owner:
                return
            self._closed = True
        atexit.unregister(self.close)
        with ExitStack() as ending:
            ending.callback(self._started.place.release)
            ending.callback(end, self._started.helper, self._started.place)
            ending.callback(self.screen.close)
            ending.callback(self.browser.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _abandon(self) -> None:
        self._started.helper.abandon()
        self._started.place.release()


def _leave_to_the_parent(desktop: weakref.ref[VirtualDesktop]) -> Callable[[], None]:
    """In a forked child: drop the child's hold on the desktop, so that the desktop still ends with its owner."""

    def leave() -> None:
        mine = desktop()
        if mine is not None and not mine._closed:
            mine._abandon()

    return leave
