"""One connection to an X server: opening it, its events, and python-xlib's errors as ours."""

from __future__ import annotations

import logging
import os
import select
import socket
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import Xlib
from Xlib import display, error, xauth
from Xlib.protocol import event
from Xlib.protocol.display import Display as Wire

from ...errors import (
    DeskhandError,
    DisplayGone,
    DisplayUnreachable,
    ExtensionMissing,
    LibraryConflict,
    WaylandRefused,
    translated,
)
from ...interrupts import Shelter

_LOST: Final[Mapping[type[BaseException], type[DeskhandError]]] = {
    error.ConnectionClosedError: DisplayGone,
    BrokenPipeError: DisplayGone,
    ConnectionResetError: DisplayGone,
}

# python-xlib prints its warnings to standard output, where a picture may be going.
xauth.print = logging.getLogger(__name__).info

_environment = (
    Lock()
)  # libxcb and python-xlib both read XAUTHORITY from the process's environment when they connect


@contextmanager
def authority(path: str | None) -> Iterator[None]:
    """With that file of cookies in force for connections made inside; None leaves things as they are."""
    with _environment:
        before = os.environ.get("XAUTHORITY")
        if path is not None:
            os.environ["XAUTHORITY"] = path
        try:
            yield
        finally:
            if before is not None:
                os.environ["XAUTHORITY"] = before
            elif path is not None:
                del os.environ["XAUTHORITY"]


class _OwnTables(display.Display):  # type: ignore[misc]
    """python-xlib 0.33 keeps the tables of extension events on the class, so that a second server with other numbers
    (Xvnc beside Xvfb) breaks the first. Here each connection gets its own, as soon as it is there."""

    @property
    def display(self) -> Wire:
        return self._wire

    @display.setter
    def display(self, wire: Wire) -> None:
        wire.extension_major_opcodes = {}
        # From the protocol's own tables: those of the class know every server that others here have connected to.
        wire.error_classes = error.xerror_class.copy()
        wire.event_classes = event.event_class.copy()
        self._wire = wire


class Connection:
    """A python-xlib display with what the rest needs around it.

    Events are sent on to whoever subscribed to their type, from ``pump`` and ``wait``. It belongs to the holder of the
    screen's lock.
    """

    def __init__(self, name: str | None = None, xauthority: str | None = None) -> None:
        if tuple(Xlib.__version__) < (0, 33):
            raise LibraryConflict
        self.name = name or os.environ.get("DISPLAY", "")
        if not self.name:
            if os.environ.get("WAYLAND_DISPLAY"):
                raise WaylandRefused
            raise DisplayUnreachable(
                "DISPLAY is not set: name a display, or start one with `deskhand desktop`."
            )
        self.xauthority = xauthority
        self._shelter = Shelter()
        unreachable: dict[type[BaseException], type[DeskhandError]] = {
            error.DisplayError: DisplayUnreachable,
            error.ConnectionClosedError: DisplayUnreachable,
            error.XauthError: DisplayUnreachable,
            OSError: DisplayUnreachable,
        }
        with authority(xauthority), translated(unreachable):
            try:
                self.x = _OwnTables(self.name)
            except Exception as failure:
                _close_sockets(failure)
                raise
        for code, kind in self.x.display.error_classes.items():
            if not issubclass(
                kind, error.XError
            ):  # RANDR's and others' are plain exceptions, which cannot be read
                self.x.display.error_classes[code] = error.XError
        self.root = self.x.screen().root
        self._subscribers: dict[int, list[Callable[[Any], None]]] = {}
        self._atoms: dict[str, int] = {}
        self.x.set_error_handler(lambda *_: None)  # a window that went away in between is nobody's error

    def need(self, *extensions: str) -> None:
        """Raises ExtensionMissing, or WaylandRefused when the server only translates for a Wayland session."""
        if self.is_xwayland():
            raise WaylandRefused
        for extension in extensions:
            if not self.x.has_extension(extension):
                raise ExtensionMissing(
                    f"The X server at {self.name} has no {extension} extension, without which it cannot be driven; "
                    "use another server, or a virtual desktop (`deskhand desktop`)."
                )

    def is_xwayland(self) -> bool:
        """Whether this is Xwayland, by its extension or, for older ones, its outputs' names (XWAYLAND0…)."""
        if self.x.query_extension("XWAYLAND") is not None:
            return True
        if not self.x.has_extension("RANDR"):
            return False
        resources = self.root.xrandr_get_screen_resources_current()
        return any(
            self.x.xrandr_get_output_info(output, resources.config_timestamp).name.startswith("XWAYLAND")
            for output in resources.outputs
        )

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            with self.talking():
                self._atoms[name] = int(self.x.intern_atom(name))
        return self._atoms[name]

    def subscribe(self, kind: int, receiver: Callable[[Any], None]) -> Callable[[], None]:
        """Send events of that type to ``receiver`` from now on; gives back what ends it."""
        self._subscribers.setdefault(kind, []).append(receiver)
        return lambda: self._subscribers[kind].remove(receiver)

    def pump(self) -> None:
        """Send on the events that have come, also those that come with the answers to what the receivers ask."""
        with self.talking():
            while self.x.pending_events():
                event = self.x.next_event()
                for receiver in tuple(self._subscribers.get(event.type, ())):
                    receiver(event)

    def wait(self, fact: Callable[[], bool], within: float) -> bool:
        """Pump until the fact holds, at most ``within`` seconds; sleeps in the kernel until the server speaks."""
        deadline = time.monotonic() + within
        self.flush()
        self.pump()
        while not fact():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            select.select([self.x.fileno()], [], [], left)
            self.pump()
        return True

    def flush(self) -> None:
        """Send everything. python-xlib's own flush comes back after one write, also when that took only a part."""
        wire = self.x.display
        with self.talking():
            self.x.flush()
            while wire.data_send:
                select.select([], [wire.socket], [])
                self.x.flush()

    def sync(self) -> None:
        """Return once the server has carried out everything sent so far."""
        with self.talking():
            self.x.get_input_focus()

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Inside, a broken connection raises DisplayGone, and Ctrl-C waits: python-xlib cannot be left half-way."""
        with self._shelter.held_back(), translated(_LOST):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, no other client is served: for reading and changing as one step."""
        with self.talking():
            self.x.grab_server()
            try:
                yield
            finally:
                self.x.ungrab_server()
                self.flush()

    def close(self) -> None:
        try:
            self.x.close()
        except (error.ConnectionClosedError, OSError):
            return  # it is closed already


def _close_sockets(failure: BaseException | None) -> None:
    """Close what python-xlib opened before it failed: it leaves its sockets in the frames of its error."""
    while failure is not None:
        for frame, _ in traceback.walk_tb(failure.__traceback__):
            for left in (frame.f_locals.get("s"), vars(frame.f_locals.get("self", failure)).get("socket")):
                if isinstance(left, socket.socket):
                    left.close()
        failure = failure.__context__
