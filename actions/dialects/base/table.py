"""What a dialect is, and a dialect made of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ...action import Action, parse
from ...errors import ActionError, InvalidAction, NotSupported, UnknownAction
from ...space import Scale
from ...telling import shown
from .wire import Native, Wire, whole

MOST_ACTIONS = 200
"""In one call."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """What could not be read: a sentence for the model, and the wire item it is about. A value, never raised."""

    message: str
    item: Any


Parsed = tuple[Action, ...] | Malformed


class Dialect(Protocol):
    """One vendor's form."""

    @property
    def name(self) -> str: ...

    def parse(self, wire: Any, *, scale: Scale = whole) -> Parsed:
        """The actions that one wire action stands for. Never raises, never guesses.

        ``scale`` turns the wire's coordinates into the display's pixels.
        """
        ...

    def parse_call(self, item: Any, *, scale: Scale = whole) -> Parsed:
        """The actions of a model's whole call, in order; Malformed when any of them is."""
        ...

    def render(self, action: Action) -> dict[str, Any]:
        """The wire form of an action, in the display's pixels. Raises NotSupported when there is none."""
        ...


Reader = Callable[[Wire], Native | list[Native]]
Writer = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class TableDialect:
    """A dialect made of tables.

    ``readers``: wire type to native form. ``writers``: action class to wire form. ``unpack``: the wire actions in a
    call; raises InvalidAction.
    """

    name: str
    readers: Mapping[str, Reader]
    writers: Mapping[type[Action], Writer]
    unpack: Callable[[Any], Iterator[Any]]

    def parse(self, wire: Any, *, scale: Scale = whole) -> Parsed:
        try:
            return self._read(wire, scale)
        except ActionError as error:
            return Malformed(str(error), wire)

    def parse_call(self, item: Any, *, scale: Scale = whole) -> Parsed:
        try:
            wires = list(self.unpack(item))
            if not 0 < len(wires) <= MOST_ACTIONS:
                raise InvalidAction(f"A call holds 1 to {MOST_ACTIONS} actions, not {len(wires)}.")
        except ActionError as error:
            return Malformed(str(error), item)
        found: list[Action] = []
        for place, wire in enumerate(wires):
            read = self.parse(wire, scale=scale)
            if isinstance(read, Malformed):
                where = f"Action {place + 1} of {len(wires)}: " if len(wires) > 1 else ""
                return Malformed(where + read.message, wire)
            found.extend(read)
        return tuple(found)

    def render(self, action: Action) -> dict[str, Any]:
        writer = self.writers.get(type(action))
        if writer is None:
            raise NotSupported(f"{self.name} has no form for {action.type}.")
        return writer(action)

    def _read(self, wire: Any, scale: Scale) -> tuple[Action, ...]:
        if not isinstance(wire, Mapping):
            raise InvalidAction(f"An action is a JSON object with a type, not {shown(wire)}.")
        kind = wire.get("type")
        reader = self.readers.get(kind) if isinstance(kind, str) else None
        if reader is None:
            raise UnknownAction(f"There is no action {shown(kind)}. Known: {', '.join(self.readers)}.")
        native = reader(Wire(wire, scale))
        return tuple(parse(one) for one in (native if isinstance(native, list) else [native]))


def computer_call(item: Any) -> Iterator[Any]:
    """The actions of a ``computer_call`` item: its list ``actions``, else its one ``action``."""
    if not isinstance(item, Mapping) or item.get("type") != "computer_call":
        raise InvalidAction(f"A computer_call is needed, not {shown(item)}.")
    actions = item.get("actions")
    if actions is None:
        if item.get("action") is None:
            raise InvalidAction("The computer_call holds neither actions nor an action.")
        actions = [item["action"]]
    if isinstance(actions, str) or not isinstance(actions, Sequence):
        raise InvalidAction(f"actions is a list, not {shown(actions)}.")
    yield from actions
