"""Lets go of keys and buttons on an attached display when the process that pressed them is killed.

The X server keeps a key down that XTEST pressed, also after the client that did so has died. So a screen on somebody
else's display starts this as a process of its own: it reads from a pipe that only the screen's process holds. The
pipe's end without a word means that the process was killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from Xlib import X
from Xlib.ext import xtest

from .connection import Connection
from .keymap import keys_down, mend

_DONE: Final = b"."


class Guardian:
    """The process that watches over ours. ``close`` sends it home."""

    def __init__(self, name: str, xauthority: str | None) -> None:
        environment = dict(os.environ, DISPLAY=name, **({"XAUTHORITY": xauthority} if xauthority else {}))
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # a Ctrl-C at the terminal is ours to handle, not its
        )

    def close(self) -> None:
        try:
            self._process.communicate(_DONE, timeout=5)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()


def release_all(connection: Connection) -> None:
    """Let go of every key and button that the server holds to be down, and put back lent keycodes."""
    for code in keys_down(connection):
        xtest.fake_input(connection.x, X.KeyRelease, code)
    for number in buttons_down(connection):
        xtest.fake_input(connection.x, X.ButtonRelease, number)
    mend(connection)
    connection.sync()


def buttons_down(connection: Connection) -> list[int]:
    """The numbers of the buttons that are down: 1 to 5 by the pointer's mask, the others by the XTEST device."""
    mask = connection.root.query_pointer().mask
    down = [number for number in range(1, 6) if mask & (X.Button1Mask << (number - 1))]
    return down + [number for number in _device_buttons(connection) if number not in down]


def _device_buttons(connection: Connection) -> list[int]:
    if not connection.x.has_extension("XInputExtension"):
        return []
    connection.x.xinput_query_version()
    down: list[int] = []
    for device in connection.x.xinput_query_device(1).devices:  # 1: all master devices
        for one in device.classes:
            state = getattr(one, "state", None)
            if state is not None and hasattr(one, "labels"):
                down += [bit + 1 for bit in range(31) if state[bit]]  # python-xlib counts from bit 0
    return sorted(set(down))


def _watch() -> None:
    if sys.stdin.buffer.read() == _DONE:
        return
    release_all(Connection())


if __name__ == "__main__":
    _watch()
