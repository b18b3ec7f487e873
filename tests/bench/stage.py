"""The displays and programs that are measured on, and the same hand for all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from real.witness.chromium import Chromium
from real.witness.display import Xvfb

from . import pages, peers


class Stage:
    """A display with Chromium on the bench page, and the peers that are installed."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.folder = folder
        self.display = Xvfb(folder / "display")
        closing.callback(self.display.close)
        self.url = pages.make(folder / "page")
        self.chromium = Chromium(self.display, self.url, "--kiosk")
        closing.callback(self.chromium.close)
        self.page = self.chromium.page
        self.env: Mapping[str, str] = self.display.environment()
        self.python_peers: dict[str, peers.PythonPeer] = {}
        for name in ("pyautogui", "pynput"):
            if peers.installed(name):
                self.python_peers[name] = peers.PythonPeer(name, self.env)
                closing.callback(self.python_peers[name].close)

    def toggle(self) -> None:
        """Change the page, and wait until that is drawn."""
        self.page.evaluate("document.getElementById('toggle').click()")
        self.page.drawn()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    with ExitStack() as closing:
        yield Stage(folder, closing)


@contextmanager
def temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="deskhand-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
