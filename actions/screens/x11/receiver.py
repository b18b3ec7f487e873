"""Whether the program under the input has read it: _NET_WM_PING.

Source: Extended Window Manager Hints 1.5, "_NET_WM_PING". A program answers when its event loop comes to the message,
and the server keeps the order: an answer proves that everything sent before has been read.
"""

from __future__ import annotations

from typing import Any, Final

from Xlib import X, error
from Xlib.protocol.event import ClientMessage

from .connection import Connection

_REMEMBERED: Final = 256


class Receiver:
    """Asks the focused program to answer, and hears its answers."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection
        self._ping = connection.atom("_NET_WM_PING")
        self._protocols = connection.atom("WM_PROTOCOLS")
        self._answerers: dict[int, int | None] = {}
        self._asked = 0
        self._answered = 0
        # GTK and Chromium send their answers to whoever selected the one on the root window, Qt to the other.
        connection.root.change_attributes(event_mask=X.SubstructureNotifyMask | X.StructureNotifyMask)
        connection.subscribe(X.ClientMessage, self._heard)
        connection.subscribe(X.DestroyNotify, self._gone)

    @property
    def answered(self) -> bool:
        return self._answered >= self._asked

    def ask(self) -> bool:
        """Send a question to the focused window; False when nobody there would answer."""
        window = self._answerer()
        if window is None:
            return False
        self._asked += 1
        target = self._c.x.create_resource_object("window", window)
        message = ClientMessage(
            window=target, client_type=self._protocols, data=(32, [self._ping, self._asked, window, 0, 0])
        )
        with self._c.talking():
            target.send_event(message, event_mask=0)
            self._c.flush()
        return True

    def caught_up(self, within: float) -> bool | None:
        """Wait until the focused program has read everything sent; None when it cannot be asked."""
        if not self.ask():
            return None
        return self._c.wait(lambda: self.answered, within)

    def _heard(self, event: Any) -> None:
        kind, data = event.data
        if event.client_type == self._protocols and kind == 32 and data[0] == self._ping:
            self._answered = max(self._answered, min(int(data[1]), self._asked))

    def _gone(self, event: Any) -> None:
        self._answerers.pop(event.window.id, None)

    def _answerer(self) -> int | None:
        with self._c.talking():
            focus = self._c.x.get_input_focus().focus
        window = getattr(focus, "id", focus)
        if window in (X.NONE, X.PointerRoot, self._c.root.id):
            return None
        if window not in self._answerers:
            if len(self._answerers) >= _REMEMBERED:
                self._answerers.clear()
            self._answerers[window] = self._find(window)
        return self._answerers[window]

    def _find(self, window: int) -> int | None:
        """The focused window, or the nearest one around it, that takes part in the protocol."""
        with self._c.talking():
            while window not in (X.NONE, self._c.root.id):
                resource = self._c.x.create_resource_object("window", window)
                try:
                    if self._ping in (resource.get_wm_protocols() or ()):
                        return window
                    window = getattr(resource.query_tree().parent, "id", X.NONE)
                except error.XError:
                    return None  # it went away in between
        return None
