"""A process that is killed while it drags or types leaves no key and no button down, and the keymap as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.geometry import Size
from deskhand.actions.screens.x11.connection import Connection
from deskhand.actions.screens.x11.guardian import buttons_down
from deskhand.actions.screens.x11.keymap import Row, keys_down, read_rows
from deskhand.actions.waiting import until
from deskhand.vm.desktop import VirtualDesktop

DEFAULTS = """
import signal  # a test run in the background ignores SIGINT, and its children inherit that
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
DRAG = """
from deskhand import AttachedDesktop, act, parse
desktop = AttachedDesktop()
path = [[100 + number % 700, 100 + number % 400] for number in range(0, 2000)]
print("started", flush=True)
while True:
    act(desktop, parse({"type": "drag", "path": path, "hold": ["ctrl", "shift"]}), look=False)
"""
TYPE = """
from deskhand import AttachedDesktop
desktop = AttachedDesktop()
print("started", flush=True)
while True:
    desktop.screen.write("ABC déjà vu, Привет, 你好 😀 " * 200)
"""
HOLD = """
import sys
from deskhand import AttachedDesktop, act, parse
desktop = AttachedDesktop()
for held in ({"type": "key_down", "key": "alt"}, {"type": "mouse_down", "button": "back"}, {"type": "mouse_down"}):
    act(desktop, parse(held), look=False)
print("started", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[VirtualDesktop, Connection]]:
    """A display that outlives the killed process, with xterm to receive the input, and an eye on its state."""
    with VirtualDesktop.start(size=Size(1000, 700)) as desktop:
        desktop.shell.start("xterm -geometry 120x40+0+0")
        eye = Connection(desktop.env["DISPLAY"], desktop.env["XAUTHORITY"])
        focused = eye.root.get_full_property
        assert until(lambda: focused(eye.atom("_NET_ACTIVE_WINDOW"), 0), within=10)
        yield desktop, eye
        eye.close()


def state(eye: Connection) -> tuple[list[int], list[int], list[Row]]:
    return keys_down(eye), buttons_down(eye), read_rows(eye)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("program", [DRAG, TYPE, HOLD], ids=["drag", "type", "hold"])
def test_a_killed_process_leaves_nothing_pressed(
    watched: tuple[VirtualDesktop, Connection], program: str, number: signal.Signals
) -> None:
    desktop, eye = watched
    _, _, before = state(eye)
    env = {**desktop.env, "PYTHONPATH": ":".join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, "-c", DEFAULTS + program],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "started\n"
        in_the_middle = until(lambda: state(eye) != ([], [], before), within=10)
        killed.send_signal(number)
        try:
            killed.wait(10)
        finally:
            killed.kill()
    assert in_the_middle, "nothing was pressed or lent before the process was killed"
    assert until(lambda: state(eye) == ([], [], before), within=10), state(eye)[:2]
