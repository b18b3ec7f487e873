"""Which reader turns which wire form into actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..actions import Action, InvalidAction, parse
from ..actions.dialects import Malformed, dialect

Reader = Callable[[Any], Sequence[Action]]

NATIVE = "native"


def reader(name: str) -> Reader:
    """The reader of that dialect. It takes one JSON value: an action, a model's whole call, or a list of either.

    Raises NotSupported for a dialect that there is not; the reader raises InvalidAction.
    """
    one = _native if name == NATIVE else _foreign(name)

    def read(wire: Any) -> Sequence[Action]:
        if isinstance(wire, list):
            return [action for each in wire for action in one(each)]
        return one(wire)

    return read


def _native(wire: Any) -> Sequence[Action]:
    return (parse(wire),)


def _foreign(name: str) -> Reader:
    chosen = dialect(name)

    def read(wire: Any) -> Sequence[Action]:
        call = isinstance(wire, dict) and wire.get("type") == "computer_call"
        found = chosen.parse_call(wire) if call else chosen.parse(wire)
        if isinstance(found, Malformed):
            raise InvalidAction(found.message)
        return found

    return read
