"""What is painted on the root window, by the DAMAGE extension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from Xlib.ext.damage import DamageReportDeltaRectangles

from ...geometry import Region
from .connection import Connection
from .receiver import Receiver


class Damage:
    """The regions painted since it was opened (the ``Changes`` protocol).

    Regions are reported once until they are collected, so a video cannot flood the connection.
    """

    def __init__(self, connection: Connection, receiver: Receiver) -> None:
        self._c = connection
        self._receiver = receiver
        self._painted: list[Region] = []
        with connection.talking():
            self._damage = connection.root.damage_create(DamageReportDeltaRectangles)
            self._unsubscribe = connection.subscribe(connection.x.extension_event.DamageNotify, self._heard)
            connection.x.damage_subtract(self._damage)
            connection.sync()
        connection.pump()
        self._painted.clear()  # a new damage object begins with reporting the whole window

    def poll(self, within: float) -> Sequence[Region]:
        self._c.wait(lambda: bool(self._painted) or self._newly_answered(), within)
        painted, self._painted = self._painted, []
        if painted:
            with self._c.talking():
                self._c.x.damage_subtract(self._damage)
                self._c.flush()
        return painted

    def ask(self) -> bool:
        self._waiting = self._receiver.ask()
        return self._waiting

    _waiting = False

    @property
    def answered(self) -> bool:
        return self._receiver.answered

    def close(self) -> None:
        self._unsubscribe()
        with self._c.talking():
            self._c.x.damage_destroy(self._damage)
            self._c.flush()

    def _newly_answered(self) -> bool:
        """An answer ends a wait once: the caller's deadline depends on it."""
        if self._waiting and self._receiver.answered:
            self._waiting = False
            return True
        return False

    def _heard(self, event: Any) -> None:
        if event.damage == self._damage:
            area = event.area
            self._painted.append(Region(area.x, area.y, area.width, area.height))
