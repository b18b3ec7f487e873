"""What the doctor finds at a display: whether it answers, what it offers, how it is captured."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..actions.errors import DeskhandError, DisplayUnreachable, WaylandRefused
from ..actions.screens.x11.capture import Capture
from ..actions.screens.x11.connection import Connection
from .checks import Check, State

NEEDED = ("XTEST", "DAMAGE", "XFIXES", "RANDR")
"""Without one of these a display cannot be driven (docs/architecture.md says what each is for)."""


def display_checks(name: str | None) -> Iterator[Check]:
    """The display of that name; by default the one that DISPLAY names, if any."""
    name = name or os.environ.get("DISPLAY")
    if not name:
        yield Check("display", State.NOTE, "DISPLAY is not set", "deskhand desktop")
        return
    try:
        connection = Connection(name)
    except DisplayUnreachable as error:
        mend = "check DISPLAY and XAUTHORITY, or: unset DISPLAY"
        yield Check("display", State.MISSING, f"{name}: {error}", mend)
        return
    try:
        yield from _driven(connection)
    finally:
        connection.close()


def _driven(connection: Connection) -> Iterator[Check]:
    screen = connection.x.screen()
    told = f"{connection.name}, {screen.width_in_pixels}×{screen.height_in_pixels}, {screen.root_depth} bits"
    try:
        connection.need()
    except WaylandRefused as error:
        yield Check("display", State.MISSING, str(error).split("\n", maxsplit=1)[0], "deskhand desktop")
        return
    yield Check("display", State.OK, told)
    missing = [one for one in NEEDED if not connection.x.has_extension(one)]
    if missing:
        told = f"{', '.join(missing)} missing: this display cannot be driven"
        yield Check("extensions", State.MISSING, told, "deskhand desktop")
    else:
        yield Check("extensions", State.OK, ", ".join(NEEDED))
    yield _capture(connection)
    yield _window_manager(connection)


def _capture(connection: Connection) -> Check:
    try:
        capture = Capture(connection.name, None)
    except DeskhandError as error:
        return Check("capture", State.MISSING, str(error))
    capture.close()
    if capture.how == "XShmGetImage":
        return Check("capture", State.OK, "XShmGetImage (shared memory)")
    told = f"{capture.how}: without shared memory, several times slower"
    return Check("capture", State.FALLBACK, told, "run on the display's own machine; is MIT-SHM there?")


def _window_manager(connection: Connection) -> Check:
    window = connection.root.get_full_property(connection.atom("_NET_SUPPORTING_WM_CHECK"), 0)
    if window is None:
        told = "none at the display: windows get no focus unless they ask for it"
        return Check("window manager there", State.FALLBACK, told, "start one on it, such as jwm")
    owner = connection.x.create_resource_object("window", window.value[0])
    name = owner.get_full_property(connection.atom("_NET_WM_NAME"), 0)
    return Check("window manager there", State.OK, name.value.decode(errors="replace") if name else "yes")
