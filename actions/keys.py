"""Keys: from the many names people and models give them to X keysyms.

A key is kept by its canonical name: the character it types ("a", "é", "+"), else its X name ("Control_L", "Return").
docs/actions.md lists the spellings.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from .errors import InvalidAction, UnknownKey
from .keysyms import ALIASES, MODIFIERS, SIDED, folded, x_keysyms, x_names
from .telling import shown

MOST_KEYS = 16
_LONGEST_NAME = 200
_CONTROLS = {
    "\n": "Return",
    "\r": "Return",
    "\t": "Tab",
    "\b": "BackSpace",
    "\x1b": "Escape",
    "\x7f": "Delete",
}
_SPOKEN = re.compile(r"^(left|right)[ -](\w+)$")  # "left shift", but "ctrl l" is Ctrl and l
_CODE_POINT = re.compile(r"u\+?([0-9a-f]{4,6})", re.IGNORECASE)


def key(name: Any) -> str:
    """The canonical name of one key. Raises UnknownKey, naming near ones."""
    if not isinstance(name, str):
        raise UnknownKey(f"{shown(name)} is not the name of a key.")
    found = _one(name)
    if len(found) > 1:
        raise UnknownKey(f"{shown(name)} names {len(found)} keys where one is needed; nothing was pressed.")
    return found[0]


def keysym(name: str) -> int:
    """The X keysym of a key. Raises UnknownKey."""
    found = key(name)
    return _of_character(found) if len(found) == 1 else x_keysyms()[found]


def keysyms(names: Sequence[str]) -> tuple[int, ...]:
    """The X keysyms of several keys, in their order. Raises UnknownKey."""
    return tuple(keysym(name) for name in names)


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


def _known(name: str) -> str | None:
    """The canonical name, if the whole text is one key's name."""
    # a lone space is a key; a letter and its accent may come as two characters
    whole = name if len(name) == 1 else unicodedata.normalize("NFC", name.strip())
    if len(whole) == 1:
        return _named_character(whole)
    fold = folded(whole)
    if code := _CODE_POINT.fullmatch(whole):
        point = int(code[1], 16)
        return _named_character(chr(point)) if point <= 0x10FFFF else None
    found = ALIASES.get(fold) or SIDED.get(fold) or SIDED.get(_SPOKEN.sub(r"\1\2", fold)) or x_names(whole)
    if found is None or len(found) == 1:
        return found
    value = x_keysyms()[found]
    return _named_character(chr(value)) if value < 0x100 else found


def _named_character(character: str) -> str | None:
    if character in _CONTROLS:
        return _CONTROLS[character]
    if character == " ":
        return "space"
    return None if unicodedata.category(character) in ("Cc", "Cs") else character


def _of_character(character: str) -> int:
    code = ord(character)
    return code if code < 0x100 else 0x01000000 + code


def _listed(value: Any) -> list[Any]:
    """The parts of a chord as the wire may bring them."""
    if isinstance(value, str):
        text = value.strip()
        if text.startswith("[") and text.endswith("]") and 2 < len(text) <= _LONGEST_NAME:
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
    if len(text) > _LONGEST_NAME:
        raise UnknownKey(f"{shown(text)} is not the name of a key, but a text: type it instead.")
    if (whole := _known(text)) is not None:
        return [whole]
    inner = _listed(text)
    if inner != [text]:
        return [name for part in inner for name in _together(part)]
    parts = _split(_close_pluses(text), "+")
    if len(parts) > 1:
        return [name for part in parts for name in _one(part)]
    return _one(text)


def _are_several(text: str) -> bool:
    try:
        return len(_together(text)) > 1
    except UnknownKey:
        return False


def _one(text: str) -> list[str]:
    """A part without +: one key, or several with spaces or hyphens between ("ctrl c", "ctrl-c", "page up")."""
    if (whole := _known(text)) is not None:
        return [whole]
    for separator in (" ", "-"):
        found = [_known(part) for part in _split(text.strip(), separator)]
        if len(found) > 1 and None not in found:
            return [name for name in found if name is not None]
    if not text.strip():
        raise UnknownKey("A key has no name; nothing was pressed.")
    joined = _known(re.sub(r"(?<=\w)[ -](?=\w)", "", text))
    if joined is None:
        raise UnknownKey(_complaint(text))
    return [joined]


def _split(text: str, separator: str) -> list[str]:
    """Split, but a doubled separator at the end is the key itself: "ctrl++"."""
    if separator != " " and len(text) > 2 and text.endswith(2 * separator):
        return [*text[:-2].split(separator), separator]
    return text.split(separator) if separator != " " else text.split()


def _close_pluses(text: str) -> str:
    return re.sub(r"\s*\+\s*", "+", text.strip())


def _complaint(name: str) -> str:
    near = get_close_matches(folded(name)[:40], [*ALIASES, *map(folded, x_keysyms())], n=3, cutoff=0.6)
    readable = {folded(one): one for one in x_keysyms()}
    hint = " or ".join(dict.fromkeys(readable.get(one, one) for one in near))
    asked = (
        f" Did you mean {hint}?"
        if hint
        else " A key is a character, or a name such as enter, ctrl, pageup or f5."
    )
    return f"There is no key {shown(name)}; nothing was pressed.{asked}"


_CHORD_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
}

Key = Annotated[str, BeforeValidator(key)]
"""One key as an action's field."""

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
