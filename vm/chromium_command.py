"""Which Chromium to start, and how."""

from __future__ import annotations

import json
import shutil
import socket
from contextlib import suppress
from pathlib import Path

from ..actions.errors import ProgramMissing

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_FLAGS = (
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--password-store=basic",
    # It asks nobody for anything that the page did not ask for.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--no-pings",
    # Prerendered pages would be targets that no tab shows; the others are bubbles over the page.
    "--disable-features=Prerender2,Translate,MediaRouter,OptimizationHints,AutofillServerCommunication",
    # There is no GPU on a virtual desktop, and looking for one costs half a second.
    "--disable-gpu",
    # A window behind another one, or under a lock screen, goes on painting and counting.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--start-maximized",
)

_PREFERENCES = {
    # Chromium draws its own frame, so that the window manager adds none and the window fills the screen.
    "browser": {"custom_chrome_frame": True, "has_seen_welcome_page": True},
    "credentials_enable_service": False,
    "profile": {"password_manager_enabled": False, "exit_type": "Normal"},
    "translate": {"enabled": False},
}


def program(named: str | None, path: str | None) -> str:
    """The browser to start: the one that the settings name, or the first that PATH has. Raises ProgramMissing."""
    for name in [named] if named else PROGRAMS:
        found = shutil.which(name, path=path)
        if found:
            return found
    raise ProgramMissing(named or "Chromium", "chromium")


def arguments(profile: Path, *, as_root: bool, more: tuple[str, ...]) -> list[str]:
    """Its arguments: the fixed ones, then the settings' own flags, which win over them."""
    return [
        *_FLAGS,
        f"--user-data-dir={profile}",
        # --test-type: without it a bar about the missing sandbox covers the top of every page.
        *(["--no-sandbox", "--test-type"] if as_root else []),
        *more,
        "data:,",
    ]


def prepare(profile: Path) -> None:
    """Make the profile, with its first preferences; and take away the lock of a Chromium that was killed."""
    default = profile / "Default"
    default.mkdir(mode=0o700, parents=True, exist_ok=True)
    preferences = default / "Preferences"
    if not preferences.exists():
        preferences.write_text(json.dumps(_PREFERENCES))
    if not _in_use(profile):
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            with suppress(FileNotFoundError):
                (profile / name).unlink()


def _in_use(profile: Path) -> bool:
    """Whether a living Chromium listens for this profile.

    Chromium itself looks whether the lock's process id lives; in a new pid namespace another program has that number.
    """
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str((profile / "SingletonSocket").resolve()))
        except OSError:
            return False
        return True
