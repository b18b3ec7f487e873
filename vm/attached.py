"""A display that exists already, as a computer: the screen in front of a person, or somebody else's Xvfb."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from ..actions.computer import Browser, Shell
from ..actions.errors import DisplayUnreachable
from ..actions.front import Front
from .browser import BrowserSettings, ChromiumBrowser
from .places import new_log
from .shell import SpawnerShell
from .spawning import LocalSpawner


class AttachedDesktop:
    """An existing X display (the ``Computer`` protocol). Commands run as the person who called, on this machine.

    ``display``: its name, such as ":0"; by default that of the environment. ``xauthority``: the file with its cookie.
    The browser is one of our own, with a profile that goes away at the end. Closing ends that browser and nothing
    else: the display, the person's programs and what the shell started go on.

    Raises DisplayUnreachable, WaylandRefused, ExtensionMissing.
    """

    def __init__(
        self,
        display: str | None = None,
        *,
        xauthority: str | None = None,
        browser: BrowserSettings | None = None,
    ) -> None:
        from ..actions.screens.x11 import X11Screen  # noqa: PLC0415  python-xlib loads only here

        name = display or os.environ.get("DISPLAY")
        if not name:
            raise DisplayUnreachable(
                "No display is named and DISPLAY is not set: name one (:0), or start one with `deskhand desktop`."
            )
        self.screen = Front(X11Screen(name, xauthority=xauthority))
        env = {"DISPLAY": name, **({"XAUTHORITY": xauthority} if xauthority else {})}
        self.log: Path = new_log()
        self.spawner = LocalSpawner(env, self.log)
        self.shell: Shell = SpawnerShell(self.spawner, self.log)
        self._profile = Path(tempfile.mkdtemp(prefix="deskhand-browser-"))
        self.browser: Browser = ChromiumBrowser(
            self.spawner, self._profile, lambda: self.screen.size, browser or BrowserSettings()
        )

    def close(self) -> None:
        """Let go of the display and end our browser; a second call does nothing."""
        with ExitStack() as ending:
            ending.callback(shutil.rmtree, self._profile, ignore_errors=True)
            ending.callback(self.screen.close)
            ending.callback(self.browser.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
