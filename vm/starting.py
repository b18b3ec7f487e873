"""Bringing a virtual desktop up: what is needed for it, and behind which walls."""

from __future__ import annotations

import shutil

from ..actions.errors import ProgramMissing
from . import window_manager as wms
from .attempt import Attempt, NoWalls, Started, Wanted
from .isolation import candidates


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
            return Attempt(wanted, isolation, manager, dbus).start(fallbacks)
        except NoWalls as error:
            if isolation == ways[-1]:
                raise
            fallbacks.append(f"bubblewrap does not work here; the desktop is not isolated ({error})")
    raise AssertionError("there is always a way to try")
