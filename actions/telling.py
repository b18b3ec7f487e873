"""Showing a value that came from outside in an error's sentence: short, and safe whatever it is."""

from __future__ import annotations

from reprlib import Repr
from typing import Any


class _Short(Repr):
    """reprlib with one gap closed: Python refuses to print integers of more than 4300 digits."""

    def repr_int(self, x: int, level: int) -> str:
        return super().repr_int(x, level) if x.bit_length() < 1024 else "a number of hundreds of digits"


_LONGEST = 120
_SHORT = _Short()
_SHORT.maxlevel = 2
_SHORT.maxstring = _SHORT.maxother = 80
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = 4


def shown(value: Any) -> str:
    """The value as a person would write it, cut to about a line; never fails, however deep or large it is."""
    text = _SHORT.repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
