"""A display that exists already, as a computer: the screen in front of a person, or somebody else's Xvfb."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from ..actions.computer import Shell
from ..actions.errors import NotSupported
from ..actions.front import Front
from ..actions.screens import part
from .browser import BrowserSettings, ChromiumBrowser
from .places import new_log
from .shell import SpawnerShell
from .spawning import LocalSpawner


class AttachedDesktop:
    """An existing X display (the ``Computer`` protocol). Commands run as the person who called, on this machine.

    ``display``: its name, such as ":0"; by default that of the environment. ``xauthority``: the file with its cookie.
    ``monitor``: only that one of several, by name ("HDMI-1") or number from 1; its top left is then (0, 0).
    The browser is one of our own, with a profile that goes away at the end. Closing ends that browser and nothing
    else: the display, the person's programs and what the shell started go on.

    Raises DisplayUnreachable, WaylandRefused, ExtensionMissing, and NotSupported when there is no such monitor.
    """

    def __init__(
        self,
        display: str | None = None,
        *,
        xauthority: str | None = None,
        monitor: str | int | None = None,
        browser: BrowserSettings | None = None,
    ) -> None:
        from ..actions.screens.x11 import X11Screen  # noqa: PLC0415  python-xlib loads only here

        whole = X11Screen(display, xauthority=xauthority)
        try:
            self.screen = Front(whole if monitor is None else part.monitor(whole, monitor))
        except NotSupported:
            whole.close()
            raise
        env = {"DISPLAY": whole.name, **({"XAUTHORITY": xauthority} if xauthority else {})}
        self.log: Path = new_log("attached")
        self.spawner = LocalSpawner(env, self.log)
        self.shell: Shell = SpawnerShell(self.spawner, self.log)
        self._profile = Path(tempfile.mkdtemp(prefix="deskhand-browser-"))
        self.browser = ChromiumBrowser(
            self.spawner, self._profile, lambda: self.screen.size, browser or BrowserSettings()
        )

    def close(self) -> None:
        """Let go of the display and end our browser; a second call does nothing."""
        with ExitStack() as ending:
            ending.callback(shutil.rmtree, self._profile, ignore_errors=True)
            ending.callback(_drop_if_empty, self.log)
            ending.callback(self.screen.close)
            ending.callback(self.browser.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _drop_if_empty(log: Path) -> None:
    """A screenshot or a click starts no program and leaves no log."""
    if log.exists() and log.stat().st_size == 0:
        log.unlink()
