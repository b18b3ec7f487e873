"""Keys: from the many names people and models give them to X keysyms.

A key is kept by its canonical name: the character it types ("a", "é", "+"), else its X name ("Control_L", "Return").
docs/actions.md lists the spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator

from .errors import UnknownKey
from .keysyms import ALIASES, SIDED, folded, x_keysyms, x_names
from .telling import shown

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
    found = keys_in(name)
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


def keys_in(text: str) -> list[str]:
    """A part without +: one key, or several with spaces or hyphens between ("ctrl c", "ctrl-c", "page up")."""
    if (whole := known(text)) is not None:
        return [whole]
    for separator in (" ", "-"):
        found = [known(part) for part in split(text.strip(), separator)]
        if len(found) > 1 and None not in found:
            return [name for name in found if name is not None]
    if not text.strip():
        raise UnknownKey("A key has no name; nothing was pressed.")
    joined = known(re.sub(r"(?<=\w)[ -](?=\w)", "", text))
    if joined is None:
        raise UnknownKey(_complaint(text))
    return [joined]


def known(name: str) -> str | None:
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


def split(text: str, separator: str) -> list[str]:
    """Split, but a doubled separator at the end is the key itself: "ctrl++"."""
    if separator != " " and len(text) > 2 and text.endswith(2 * separator):
        return [*text[:-2].split(separator), separator]
    return text.split(separator) if separator != " " else text.split()


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


Key = Annotated[str, BeforeValidator(key)]
"""One key as an action's field."""
