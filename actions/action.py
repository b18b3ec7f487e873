"""What an action is: a frozen value with ``perform``, known by its type name in one registry.

The JSON schema, the validation, the command line's help and the label in a trace all come from the fields.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .computer import Computer
from .errors import InvalidAction, UnknownAction
from .frame import Frame
from .telling import shown

Data = dict[str, Any] | list[Any] | str | None
"""What an action gives back besides the picture: text, or plain JSON."""

_MOST_FAULTS = 5
"""Faults that one error tells."""

REGISTRY: dict[str, type[Action]] = {}


class Action(BaseModel):
    """One thing to do. Subclasses are values: equal when their fields are, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    type: ClassVar[str]
    settles: ClassVar[bool] = True
    """Whether the screen may change by it, and so is waited for."""
    terminal: ClassVar[bool] = False
    """Whether it ends a run: it is performed by nobody, the loop reads it."""

    @abstractmethod
    def perform(self, computer: Computer) -> Data | Frame:
        """Do it. Raises ActionError, or DisplayError when the display is at fault."""

    def to_wire(self) -> dict[str, Any]:
        """The native JSON form: ``type`` and the fields that differ from their defaults."""
        return {"type": self.type, **self.model_dump(mode="json", exclude_defaults=True)}


A = TypeVar("A", bound=type[Action])


def action(name: str) -> Callable[[A], A]:
    """Register the class as the action of that name."""

    def register(kind: A) -> A:
        if name in REGISTRY:
            raise ValueError(f"two actions are called {name}")
        kind.type = name
        REGISTRY[name] = kind
        return kind

    return register


def parse(wire: Any) -> Action:
    """The action that its native JSON form describes.

    Raises UnknownAction, naming near ones, and InvalidAction, naming the field at fault; nothing is done either way.
    """
    if not isinstance(wire, Mapping):
        raise InvalidAction(f"An action is a JSON object with a type, not {type(wire).__name__}.")
    name = wire.get("type")
    kind = REGISTRY.get(name) if isinstance(name, str) else None
    if kind is None:
        near = get_close_matches(name[:40], REGISTRY, n=3, cutoff=0.5) if isinstance(name, str) else []
        hint = f" Did you mean {' or '.join(near)}?" if near else f" Known: {', '.join(sorted(REGISTRY))}."
        raise UnknownAction(f"There is no action {shown(name)}.{hint}")
    try:
        return kind.model_validate({key: value for key, value in wire.items() if key != "type"})
    except ValidationError as error:
        told = "; ".join(
            f"{'.'.join(map(str, one['loc']))[:80] or 'the action'}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_url=False)[:_MOST_FAULTS]
        )
        raise InvalidAction(f"{name}: {told}") from error
