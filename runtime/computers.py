"""The command line's way to a computer: what was asked for and the settings, put together."""

from __future__ import annotations

import os

from ..actions.geometry import Size
from ..vm.attached import AttachedDesktop
from ..vm.browser import BrowserSettings
from ..vm.desktop import VirtualDesktop
from .settings import Settings


def browser_settings(settings: Settings) -> BrowserSettings:
    return BrowserSettings(program=settings.browser, flags=settings.browser_flags)


def attached(display: str | None, settings: Settings, monitor: str | None = None) -> AttachedDesktop:
    """The display that is there already; use it in a ``with``. Raises DisplayError, NotSupported."""
    return AttachedDesktop(
        display or os.environ.get("DISPLAY"), monitor=monitor, browser=browser_settings(settings)
    )


def virtual(settings: Settings, size: Size | None = None) -> VirtualDesktop:
    """A new virtual desktop; use it in a ``with``. Raises DesktopError."""
    return VirtualDesktop.start(
        size=size or settings.size,
        largest=settings.largest,
        isolation=settings.isolation,
        network=settings.network,
        glx=settings.glx,
        window_manager=settings.window_manager,
        browser=browser_settings(settings),
    )
