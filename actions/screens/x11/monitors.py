"""Monitors and sizes, by the RANDR extension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from Xlib import X, error

from ...errors import ResizeRefused
from ...geometry import Region, Size
from ...screen import Monitor
from .connection import Connection

_CONNECTED = 0


def monitors(connection: Connection, size: Size) -> Sequence[Monitor]:
    """The monitors that show something; one of the whole display where the server tells none."""
    found = []
    with connection.talking():
        if connection.x.has_extension("RANDR"):
            told = connection.root.xrandr_get_monitors(is_active=True)
            found = [
                Monitor(
                    str(connection.x.get_atom_name(one.name)),
                    Region(one.x, one.y, one.width_in_pixels, one.height_in_pixels),
                    bool(one.primary),
                )
                for one in told.monitors
            ]
    return found or [Monitor("screen", Region(0, 0, *size), primary=True)]


def resize(connection: Connection, size: Size) -> None:
    """Give the display's first connected output that size, as a mode of its own if need be.

    A virtual server takes any size up to the one it was started with. Raises ResizeRefused.
    """
    x, root = connection.x, connection.root
    if not x.has_extension("RANDR"):
        raise ResizeRefused("The X server has no RANDR extension, so its size is fixed.")
    with connection.talking():
        resources = root.xrandr_get_screen_resources()
        crtc, output = _shown(connection, resources)
        before = x.xrandr_get_crtc_info(crtc, resources.config_timestamp)
        mode = _mode(connection, resources, output, size)
        try:
            # Growing: first the screen, then its picture; shrinking: the picture first. Never a picture larger than
            # its screen.
            larger = Size(max(size.width, before.width), max(size.height, before.height))
            _screen_size(connection, larger)
            x.xrandr_set_crtc_config(
                crtc, resources.config_timestamp, 0, 0, mode, before.rotation, [output], X.CurrentTime
            )
            _screen_size(connection, size)
            connection.sync()
        except error.XError as refused:
            _screen_size(connection, Size(before.width, before.height))
            raise ResizeRefused(
                f"The display cannot take {size.width}×{size.height} pixels ({type(refused).__name__}): a virtual "
                "display can be as large as it was started (`largest`), a real one only what its monitor offers."
            ) from refused
    now = root.get_geometry()
    if (now.width, now.height) != tuple(size):
        raise ResizeRefused(
            f"The display stayed at {now.width}×{now.height} when asked for {size.width}×{size.height}: a virtual "
            "display can only be as large as it was started (`largest`)."
        )


def _shown(connection: Connection, resources: Any) -> tuple[int, int]:
    for output in resources.outputs:
        info = connection.x.xrandr_get_output_info(output, resources.config_timestamp)
        if info.connection == _CONNECTED and info.crtcs:
            return int(info.crtc or info.crtcs[0]), int(output)
    raise ResizeRefused("The display has no connected output whose size could be set.")


def _mode(connection: Connection, resources: Any, output: int, size: Size) -> int:
    """The output's mode of that size, made where there is none."""
    x = connection.x
    info = x.xrandr_get_output_info(output, resources.config_timestamp)
    sizes = {mode.id: (mode.width, mode.height) for mode in resources.modes}
    for mode in info.modes:
        if sizes.get(mode) == tuple(size):
            return int(mode)
    named = f"{size.width}x{size.height}"
    try:
        made = next((one for one, its in sizes.items() if its == tuple(size)), None) or _new_mode(
            connection, size, named
        )
        x.xrandr_add_output_mode(output, made)
        connection.sync()
    except error.XError as refused:
        raise ResizeRefused(f"The display does not take a mode of {named} pixels.") from refused
    return int(made)


def _new_mode(connection: Connection, size: Size, name: str) -> int:
    width, height = size
    timing = (
        0,
        width,
        height,
        width * height * 60,
        width,
        width,
        width,
        0,
        height,
        height,
        height,
        len(name),
        0,
    )
    return int(connection.root.xrandr_create_mode(timing, name).mode)


def _screen_size(connection: Connection, size: Size) -> None:
    millimetres = [max(1, round(pixels * 25.4 / 96)) for pixels in size]
    connection.root.xrandr_set_screen_size(size.width, size.height, *millimetres)
