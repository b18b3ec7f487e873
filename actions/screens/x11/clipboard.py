"""The clipboard: reading it, and keeping it for others to read.

In X the clipboard is not a place: whoever copied last keeps the text and hands it out on request (ICCCM §2). So writing
starts a thread with a connection of its own that answers requests, until somebody else copies. When the screen is
closed, a small process takes over, as xclip's does, unless the display is our own and ends with it.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from threading import Event, Thread
from typing import Any, Final

from Xlib import X, Xatom
from Xlib.protocol.event import SelectionNotify

from ...errors import ActionTimeout
from .connection import Connection

_REPLY_WITHIN: Final = 3.0
_CHUNK: Final = 65_536
"""Bytes in one piece of an incremental transfer (ICCCM §2.7.2), and the longest text sent whole."""


def read(connection: Connection) -> str:
    """The clipboard's text, "" when nobody has copied any. Raises ActionTimeout when its owner does not answer.

    When somebody else copies in the middle of an answer, the new owner is asked.
    """
    selection = connection.atom("CLIPBOARD")
    with connection.talking():
        while (owner := connection.x.get_selection_owner(selection)) != X.NONE:
            try:
                return _text(connection, selection)
            except ActionTimeout:
                if connection.x.get_selection_owner(selection) == owner:
                    raise
    return ""


def _text(connection: Connection, selection: int) -> str:
    for target, coding in (("UTF8_STRING", "utf-8"), ("STRING", "latin-1")):
        data = _converted(connection, selection, connection.atom(target))
        if data is not None:
            return data.decode(coding, "replace")
    return ""


def _converted(connection: Connection, selection: int, target: int) -> bytes | None:
    """The selection as that target; None when its owner has no such form."""
    place = connection.atom("_DESKHAND_CLIPBOARD")
    window = connection.root.create_window(
        -1, -1, 1, 1, 0, X.CopyFromParent, X.InputOnly, event_mask=X.PropertyChangeMask
    )
    told: list[Any] = []
    written: list[Any] = []
    endings = [
        connection.subscribe(X.SelectionNotify, told.append),
        connection.subscribe(
            X.PropertyNotify,
            lambda event: written.append(event) if event.state == X.PropertyNewValue else None,
        ),
    ]
    try:
        window.convert_selection(selection, target, place, X.CurrentTime)
        if not connection.wait(lambda: bool(told), _REPLY_WITHIN):
            raise ActionTimeout(
                f"The program that owns the clipboard did not answer within {_REPLY_WITHIN:g} seconds."
            )
        if told[-1].property == X.NONE:
            return None
        written.clear()
        whole = window.get_full_property(place, X.AnyPropertyType)
        if whole is None:
            return b""
        if whole.property_type != connection.atom("INCR"):
            return _bytes(whole.value)
        return _in_pieces(connection, window, place, written)
    finally:
        for end in endings:
            end()
        window.destroy()
        connection.flush()


def _in_pieces(connection: Connection, window: Any, place: int, written: list[Any]) -> bytes:
    pieces: list[bytes] = []
    window.delete_property(place)
    while True:
        if not connection.wait(lambda: bool(written), _REPLY_WITHIN):
            raise ActionTimeout("The program that owns the clipboard stopped in the middle of its answer.")
        written.pop(0)
        piece = window.get_full_property(place, X.AnyPropertyType)
        window.delete_property(place)
        if piece is None or not len(piece.value):
            return b"".join(pieces)
        pieces.append(_bytes(piece.value))


def _bytes(value: Any) -> bytes:
    return value.encode("latin-1") if isinstance(value, str) else bytes(value)


class Owner:
    """Keeps a text on the clipboard from a thread of its own, until somebody else copies or ``close``."""

    def __init__(self, name: str, xauthority: str | None, text: str) -> None:
        self.text = text
        self._name, self._xauthority = name, xauthority
        self._ready = Event()
        self._wakes, self._wake = os.pipe()
        self._owns = False
        self._failed: BaseException | None = None
        self._thread = Thread(target=self._run, name="deskhand-clipboard", daemon=True)
        self._thread.start()
        if not self._ready.wait(_REPLY_WITHIN) or self._failed or not self._owns:
            self.close()
            raise ActionTimeout("The clipboard could not be taken.") from self._failed

    @property
    def owns(self) -> bool:
        """Whether the clipboard still holds this text."""
        return self._owns

    def close(self) -> None:
        if self._wake >= 0:
            os.close(self._wake)
            self._wake = -1
            self._thread.join(_REPLY_WITHIN)

    def _run(self) -> None:
        try:
            connection = Connection(self._name, self._xauthority)
        except Exception as error:  # noqa: BLE001 - told to the thread that waits for us
            self._failed = error
            self._ready.set()
            return
        try:
            serve(connection, self.text.encode(), self._wakes, self._took)
        finally:
            self._owns = False
            self._ready.set()
            connection.close()
            os.close(self._wakes)

    def _took(self) -> None:
        self._owns = True
        self._ready.set()


def serve(connection: Connection, text: bytes, until_closed: int | None, took: Any = None) -> None:
    """Own the clipboard and answer requests, until it is taken over or the pipe ``until_closed`` is closed.

    Who has begun to take a long text in pieces gets the rest of it also after that.
    """
    selection = connection.atom("CLIPBOARD")
    window = connection.root.create_window(-1, -1, 1, 1, 0, X.CopyFromParent, X.InputOnly)
    lost: list[Any] = []
    transfers = _Transfers(connection, text)
    connection.subscribe(X.SelectionClear, lost.append)
    connection.subscribe(X.SelectionRequest, transfers.asked)
    connection.subscribe(X.PropertyNotify, transfers.taken)
    window.set_selection_owner(selection, X.CurrentTime)
    connection.sync()
    if connection.x.get_selection_owner(selection) == window and took is not None:
        took()
    sources = [connection.x.fileno()] + ([] if until_closed is None else [until_closed])
    while not lost or transfers.running:
        connection.flush()
        connection.pump()
        if lost and not transfers.running:
            return
        ready, _, _ = select.select(sources, [], [], _REPLY_WITHIN if lost else None)
        if until_closed in ready or not ready:  # closed, or an asker that has stopped taking its pieces
            return


class _Transfers:
    """Answers to those who ask for the clipboard's text, long ones in pieces."""

    def __init__(self, connection: Connection, text: bytes) -> None:
        self._c = connection
        self._text = text
        self._utf8 = connection.atom("UTF8_STRING")
        self._targets = connection.atom("TARGETS")
        self._plain = connection.atom("text/plain;charset=utf-8")
        self._incr = connection.atom("INCR")
        self._rest: dict[tuple[int, int], tuple[int, memoryview]] = {}

    @property
    def running(self) -> bool:
        """Whether somebody still waits for pieces."""
        return bool(self._rest)

    def asked(self, event: Any) -> None:
        place = event.property or event.target  # ICCCM §2.2: an obsolete client names no property
        window = event.requestor
        if event.target == self._targets:
            window.change_property(
                place, Xatom.ATOM, 32, [self._targets, self._utf8, self._plain, Xatom.STRING]
            )
        elif event.target in (self._utf8, self._plain):
            self._give(window, place, event.target, self._text)
        elif event.target == Xatom.STRING:
            self._give(window, place, event.target, self._text.decode().encode("latin-1", "replace"))
        else:
            place = X.NONE
        window.send_event(
            SelectionNotify(
                time=event.time,
                requestor=window,
                selection=event.selection,
                target=event.target,
                property=place,
            )
        )
        self._c.flush()

    def taken(self, event: Any) -> None:
        """The asker has taken a piece: give the next one, an empty one at the end."""
        key = (event.window.id, event.atom)
        if event.state != X.PropertyDelete or key not in self._rest:
            return
        kind, rest = self._rest.pop(key)
        event.window.change_property(event.atom, kind, 8, bytes(rest[:_CHUNK]))
        if len(rest):
            self._rest[key] = (kind, rest[_CHUNK:])
        self._c.flush()

    def _give(self, window: Any, place: int, kind: int, text: bytes) -> None:
        if len(text) <= _CHUNK:
            window.change_property(place, kind, 8, text)
            return
        window.change_attributes(event_mask=X.PropertyChangeMask)
        window.change_property(place, self._incr, 32, [len(text)])
        self._rest[(window.id, place)] = (kind, memoryview(text))


def hand_over(name: str, xauthority: str | None, text: str) -> None:
    """Leave the text to a process that keeps it until somebody else copies."""
    environment = dict(os.environ, DISPLAY=name, **({"XAUTHORITY": xauthority} if xauthority else {}))
    keeper = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    assert keeper.stdin is not None and keeper.stdout is not None  # noqa: S101 - both were asked for
    with keeper.stdin as stdin:
        stdin.write(text.encode())
    with keeper.stdout as stdout:
        stdout.read(1)  # it has the clipboard, or has failed: either way we need not wait longer
    keeper.returncode = 0  # it is left behind on purpose: nobody waits for it


def _keep() -> None:
    text = sys.stdin.buffer.read()
    serve(Connection(), text, None, lambda: os.close(sys.stdout.fileno()))


if __name__ == "__main__":
    _keep()
