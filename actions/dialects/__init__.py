"""Vendors' wire forms of actions, each in one file of this folder that holds a ``DIALECT``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from ..errors import NotSupported
from ..telling import shown
from .base import Dialect, Malformed, Parsed

__all__ = ["Dialect", "Malformed", "Parsed", "dialect", "dialects"]


def dialects() -> tuple[str, ...]:
    """The names of all dialects."""
    return tuple(sorted(found.name for found in iter_modules(__path__) if found.name != "base"))


def dialect(name: str) -> Dialect:
    """The dialect of that name. Raises NotSupported."""
    if name not in dialects():
        raise NotSupported(f"There is no dialect {shown(name)}. Known: {', '.join(dialects())}.")
    found: Dialect = import_module(f".{name}", __name__).DIALECT
    return found
