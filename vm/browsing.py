"""The browser of a computer, made when it is first asked for: its libraries load only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..actions.computer import Browser
from ..actions.geometry import Size
from .spawning import Spawner

if TYPE_CHECKING:
    from .browser import BrowserSettings


def browser_on(
    spawner: Spawner, profile: Path, size: Callable[[], Size], settings: BrowserSettings | None
) -> Browser:
    from .browser import BrowserSettings, ChromiumBrowser

    return ChromiumBrowser(spawner, profile, size, settings or BrowserSettings())
