"""The environment of the programs on a virtual desktop: what they need, and none of the owner's secrets."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

from .isolation import NAME
from .places import MARK, Place

_KEPT = (
    "PATH",
    "LANG",
    "LANGUAGE",
    "TZ",
    "SHELL",
    "XDG_DATA_DIRS",
    "XDG_CONFIG_DIRS",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
)


_XRESOURCES = """XTerm*faceName: Monospace
XTerm*faceSize: 11
XTerm*utf8: 1
"""
"""For programs of the X toolkit. xterm's own default, a bitmap font of few characters, is often not installed."""


def write_resources(place: Place) -> None:
    (place.folder / "xresources").write_text(_XRESOURCES)


def environment(
    place: Place, number: int, *, user: int, home: Path, dbus: bool, extra: Mapping[str, str]
) -> dict[str, str]:
    """Every program's environment: the display, folders of its own, and of ours only what is harmless."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    locale = {name: value for name, value in os.environ.items() if name.startswith("LC_")}
    name = _name(user)
    return {
        "PATH": os.defpath,
        "SHELL": "/bin/sh",
        **kept,
        **(locale if _is_utf8(kept, locale) else {"LANG": "C.UTF-8"}),
        "USER": name,
        "LOGNAME": name,
        "HOME": str(home),
        "TMPDIR": str(place.tmp),
        "DISPLAY": f":{number}",
        "XAUTHORITY": str(place.xauthority),
        "XENVIRONMENT": str(place.folder / "xresources"),
        "XDG_SESSION_TYPE": "x11",
        "XDG_RUNTIME_DIR": str(place.runtime),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        **_bus(place, dbus),
        **extra,
        MARK: str(place.folder),
    }


def _bus(place: Place, dbus: bool) -> dict[str, str]:
    if dbus:
        return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={place.runtime / 'bus'}"}
    # An address that fails at once: without any, programs would start a bus of their own, and GTK waits for it.
    return {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "NO_AT_BRIDGE": "1"}


def _is_utf8(kept: Mapping[str, str], locale: Mapping[str, str]) -> bool:
    said = locale.get("LC_ALL") or locale.get("LC_CTYPE") or kept.get("LANG", "")
    return said.lower().replace("-", "").endswith("utf8")


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return NAME
