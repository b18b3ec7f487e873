"""Which spare keycodes Chromium swallows, whatever they are mapped to: `python tests/bench/keycodes.py`.

Maps each spare keycode to a letter, presses it on a page with a text field, and looks whether the letter came. What
does not come belongs into SWALLOWED in actions/screens/x11/keymap.py. Exit code 1 when that set lacks one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.progress import track
from Xlib import X
from Xlib.ext import xtest

from deskhand import VirtualDesktop
from deskhand.actions.errors import BrowserError
from deskhand.actions.screens.x11.connection import Connection
from deskhand.actions.screens.x11.keymap import SWALLOWED, change_rows, is_media, keysym_of, read_rows
from deskhand.actions.waiting import until

PAGE = "data:text/html,<textarea id=t autofocus></textarea>"
LETTER = "\u0416"


def spare(connection: Connection) -> list[int]:
    """The keycodes without a keysym, and those with media keysyms only."""
    rows = read_rows(connection)
    return [code for code, row in enumerate(rows, 8) if all(not keysym or is_media(keysym) for keysym in row)]


def comes_through(desktop: VirtualDesktop, connection: Connection, code: int) -> bool:
    """Whether the page's text field gets the letter from that keycode."""
    desktop.browser.evaluate("t.value = ''")
    change_rows(connection, {code: (keysym_of(LETTER),) * 2})
    connection.sync()
    until(lambda: False, within=0.05)  # nothing tells us from outside that Chromium has read the map
    xtest.fake_input(connection.x, X.KeyPress, code)
    xtest.fake_input(connection.x, X.KeyRelease, code)
    connection.sync()
    return until(lambda: desktop.browser.evaluate("t.value") == LETTER, within=1)


def swallowed(codes: Sequence[int]) -> Iterator[int]:
    """Those that do not come through; each gets the better of a browser, so the next goes on with a new one."""
    left = iter(track(codes, "Pressing every spare keycode…"))
    while True:
        with VirtualDesktop.start() as desktop:
            connection = Connection(desktop.env["DISPLAY"], desktop.env["XAUTHORITY"])
            desktop.browser.navigate(PAGE)
            until(lambda: desktop.browser.evaluate("document.hasFocus()"), within=10)
            for code in left:
                try:
                    if not comes_through(desktop, connection, code):
                        yield code
                        break
                except BrowserError:
                    yield code
                    break
            else:
                return


def main() -> int:
    with VirtualDesktop.start() as desktop:
        codes = spare(Connection(desktop.env["DISPLAY"], desktop.env["XAUTHORITY"]))
    found = sorted(swallowed(codes))
    print(f"{len(codes)} spare keycodes; swallowed: {found}; known: {sorted(SWALLOWED)}")
    return 0 if set(found) <= SWALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
