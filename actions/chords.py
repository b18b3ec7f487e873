"""Chords: keys pressed together, and chords pressed one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from .errors import InvalidAction, UnknownKey
from .keys import keys_in, known, split
from .keysyms import MODIFIERS
from .telling import shown

MOST_KEYS = 16
_LONGEST = 200


def chord(value: Any) -> tuple[str, ...]:
    """The keys that are pressed together: "ctrl+a", "ctrl a", ["ctrl", "a"], or such a list as JSON in a string.

    With a modifier, letters are the keys and not the characters: "ctrl+A" is Ctrl and the key a.
    Raises UnknownKey, also when there is no key at all, and InvalidAction when a key is named twice.
    """
    found = tuple(name for part in _listed(value) for name in _together(part))
    if not found:
        raise UnknownKey("No key is named.")
    if len(found) > 1 and MODIFIERS.intersection(found):
        found = tuple(name.lower() if len(name) == len(name.lower()) == 1 else name for name in found)
    if len(found) > MOST_KEYS:
        raise InvalidAction(f"{len(found)} keys cannot be pressed together: {MOST_KEYS} at most.")
    if len(set(found)) < len(found):
        raise InvalidAction(f"A key is named twice in the chord {shown('+'.join(found))}: type it instead.")
    return found


def chords(value: Any) -> tuple[tuple[str, ...], ...]:
    """Chords that are pressed one after another.

    A list of lists, or a list or a string ("ctrl+k ctrl+c") that holds several chords, is a sequence; everything else
    that :func:`chord` reads is a single one. Raises UnknownKey, InvalidAction.
    """
    parts = _listed(value)
    if len(parts) == 1 and isinstance(parts[0], str):
        words = _close_pluses(parts[0]).split()
        if len(words) > 1 and any(map(_are_several, words)):
            return tuple(chord(word) for word in words)
    if any(not isinstance(part, str) for part in parts):
        return tuple(chord(part) for part in parts)
    if sum(map(_are_several, parts)) > 1:
        return tuple(chord(part) for part in parts)
    return (chord(parts),)


def held(value: Any) -> tuple[str, ...]:
    """The keys held during something else: a chord, or none at all."""
    return () if value is None or value in ("", (), []) else chord(value)


def _listed(value: Any) -> list[Any]:
    """The parts of a chord as the wire may bring them."""
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("[") and text.endswith("]") and 2 < len(text) <= _LONGEST:
            for spelling in (text, text.replace("'", '"')):
                try:
                    return _listed(json.loads(spelling))
                except ValueError:
                    continue
        return [value] if value else []
    if not isinstance(value, Sequence) or isinstance(value, bytes | bytearray):
        raise UnknownKey(f"{shown(value)} is not a key, nor a list of keys.")
    if len(value) > 1000:
        raise InvalidAction(f"{len(value)} keys are too many.")
    return list(value)


def _together(text: Any) -> list[str]:
    """The keys of a chord in one string: with + between them, else with spaces or hyphens."""
    if not isinstance(text, str):
        raise UnknownKey(f"{shown(text)} is not the name of a key.")
    if len(text) > _LONGEST:
        raise UnknownKey(f"{shown(text)} is not the name of a key, but a text: type it instead.")
    if (whole := known(text)) is not None:
        return [whole]
    inner = _listed(text)
    if inner != [text]:
        return [name for part in inner for name in _together(part)]
    parts = split(_close_pluses(text), "+")
    if len(parts) > 1:
        return [name for part in parts for name in keys_in(part)]
    return keys_in(text)


def _are_several(text: str) -> bool:
    try:
        return len(_together(text)) > 1
    except UnknownKey:
        return False


def _close_pluses(text: str) -> str:
    return re.sub(r"\s*\+\s*", "+", text.strip())


_CHORD_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
}


Chord = Annotated[tuple[str, ...], BeforeValidator(chord), WithJsonSchema(_CHORD_SCHEMA)]
"""Keys pressed together, as an action's field."""

Chords = Annotated[
    tuple[tuple[str, ...], ...],
    BeforeValidator(chords),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": _CHORD_SCHEMA}]}),
]
"""Chords pressed one after another, as an action's field."""

Held = Annotated[tuple[str, ...], BeforeValidator(held), WithJsonSchema(_CHORD_SCHEMA)]
"""Keys held down meanwhile, or none, as an action's field."""
