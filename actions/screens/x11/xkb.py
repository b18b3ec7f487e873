"""The four requests of the XKEYBOARD extension that typing needs; python-xlib has none of it.

Source: The X Keyboard Extension: Protocol Specification, X Version 11 Release 7, §16.3 and appendix D.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from Xlib.protocol import rq

from .connection import Connection

_CORE_KEYBOARD = 0x100
_NEW_KEYBOARD_AND_MAP = 0b11
LOCK = 0x02
"""Caps Lock's bit among the modifiers."""


class _UseExtension(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(0),
        rq.RequestLength(),
        rq.Card16("major"),
        rq.Card16("minor"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Bool("supported"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card16("major"),
        rq.Card16("minor"),
        rq.Pad(20),
    )


class _SelectEvents(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card16("affect"),
        rq.Card16("clear"),
        rq.Card16("select_all"),
        rq.Card16("affect_map"),
        rq.Card16("map"),
    )


class _GetState(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(4),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Pad(2),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("device"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card8("mods"),
        rq.Card8("base_mods"),
        rq.Card8("latched_mods"),
        rq.Card8("locked_mods"),
        rq.Card8("group"),
        rq.Card8("locked_group"),
        rq.Pad(18),
    )


class _LatchLockState(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(5),
        rq.RequestLength(),
        rq.Card16("device"),
        rq.Card8("affect_locks"),
        rq.Card8("locks"),
        rq.Bool("lock_group"),
        rq.Card8("group"),
        rq.Card8("affect_latches"),
        rq.Card8("latches"),
        rq.Pad(1),
        rq.Bool("latch_group"),
        rq.Card16("group_latch"),
    )


@dataclass(frozen=True, slots=True)
class State:
    """The locked modifiers' bits, the latched ones, and the layout's group in force (0 is the first)."""

    locked: int
    latched: int
    group: int


class Xkb:
    """The keyboard's state, read and locked; does nothing on a server without XKEYBOARD."""

    def __init__(self, connection: Connection) -> None:
        self._wire = connection.x.display
        found: Any = connection.x.query_extension("XKEYBOARD")
        self._opcode = None if found is None else int(found.major_opcode)
        if self._opcode is not None:
            _UseExtension(display=self._wire, opcode=self._opcode, major=1, minor=0)
            _SelectEvents(  # a client of XKEYBOARD is not told of a new map by MappingNotify any more
                display=self._wire,
                opcode=self._opcode,
                device=_CORE_KEYBOARD,
                affect=_NEW_KEYBOARD_AND_MAP,
                clear=0,
                select_all=_NEW_KEYBOARD_AND_MAP,
                affect_map=0,
                map=0,
            )

    def state(self) -> State:
        if self._opcode is None:
            return State(0, 0, 0)
        reply = _GetState(display=self._wire, opcode=self._opcode, device=_CORE_KEYBOARD)
        return State(reply.locked_mods, reply.latched_mods, reply.locked_group)

    def lock(self, state: State, affect: int = LOCK) -> None:
        """Set the locked group, those of the locked modifiers that ``affect`` names, and clear what is latched."""
        if self._opcode is None:
            return
        _LatchLockState(
            display=self._wire,
            opcode=self._opcode,
            device=_CORE_KEYBOARD,
            affect_locks=affect,
            locks=state.locked & affect,
            lock_group=True,
            group=state.group,
            affect_latches=0xFF,
            latches=0,
            latch_group=False,
            group_latch=0,
        )
