"""The fields that several actions share: where, with which button, what text, how long."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from .action import Action
from .errors import BadCoordinate, InvalidAction, UnknownButton
from .geometry import At
from .screen import Button
from .telling import shown

LONGEST_TEXT = 100_000
"""Characters that one action types; more belongs on the clipboard or in a file."""

_BUTTONS = {**{one.name.lower(): one for one in Button}, "wheel": Button.MIDDLE}


def button(name: Any) -> Button:
    """A mouse button by its name, or a Button as it is. Raises UnknownButton."""
    if isinstance(name, Button):
        return name
    found = _BUTTONS.get(name.strip().lower()) if isinstance(name, str) else None
    if found is None:
        raise UnknownButton(f"{shown(name)}: {UnknownButton()}")
    return found


def number(value: Any) -> float:
    """A finite number; one in a string is read. Raises InvalidAction."""
    if isinstance(value, str) and len(value) <= 40:
        try:
            value = float(value)
        except ValueError:
            raise InvalidAction(f"{shown(value)} is not a number.") from None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidAction(f"{shown(value)} is not a number.")
    if abs(value) > 1e15 or math.isnan(value):
        raise InvalidAction(f"{shown(value)} is not a number that can be used here.")
    return value


def typable(value: Any) -> str:
    """Text that keys can write: newline and tab are the only control characters. Raises InvalidAction."""
    text = re.sub("\r\n?", "\n", _text(value))
    for place, character in enumerate(text):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            raise InvalidAction(
                f"Character {place} of the text, U+{ord(character):04X}, cannot be typed: "
                "of the control characters only newline and tab are keys; nothing was typed."
            )
    return text


def storable(value: Any) -> str:
    """Text for a clipboard or a command: everything but NUL and lone surrogates. Raises InvalidAction."""
    text = _text(value)
    if bad := re.search("[\0\ud800-\udfff]", text):
        raise InvalidAction(f"Character {bad.start()} of the text, U+{ord(bad[0]):04X}, cannot be encoded.")
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidAction(f"{shown(value)} is not a text.")
    if len(value) > LONGEST_TEXT:
        raise InvalidAction(f"A text of {len(value)} characters is too long: {LONGEST_TEXT} at most.")
    return value


MouseButton = Annotated[
    Button,
    BeforeValidator(button),
    PlainSerializer(lambda one: one.name.lower(), return_type=str, when_used="json"),
    WithJsonSchema({"enum": list(_BUTTONS), "type": "string"}),
]
"""A mouse button."""

Times = Annotated[int, BeforeValidator(number), Field(ge=1, le=3)]
"""How many clicks."""

Number = Annotated[float, BeforeValidator(number)]
"""A finite number."""

Seconds = Annotated[float, BeforeValidator(number), Field(ge=0)]
"""A time, in seconds."""

Text = Annotated[str, BeforeValidator(typable)]
"""Text to type."""

Storable = Annotated[str, BeforeValidator(storable)]
"""Text that is not typed."""


class AtPointer(Action):
    """An action at a point, or where the pointer is when there is none. The wire may say x and y instead of at."""

    at: At | None = None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, wire: Any) -> Any:
        if not isinstance(wire, Mapping) or not {"x", "y"} & wire.keys():
            return wire
        rest = {name: value for name, value in wire.items() if name not in ("x", "y")}
        x, y = wire.get("x"), wire.get("y")
        if x is None and y is None:
            return rest
        if x is None or y is None:
            raise BadCoordinate(f"A point needs both x and y, not x={shown(x)} and y={shown(y)}.")
        if rest.get("at") is not None:
            raise InvalidAction("Say where by at, or by x and y, not by both.")
        return {**rest, "at": (x, y)}


class AtPoint(AtPointer):
    """An action that needs its point."""

    at: At
