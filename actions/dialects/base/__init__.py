"""What dialects are made of: one vendor's wire form of actions, read and written by pure functions over tables.

A reader turns one wire action into the native form, which :func:`deskhand.actions.parse` then checks, so that all
dialects share one validation. docs/dialects.md shows how to add one.
"""

from .table import Dialect, Malformed, Parsed, Reader, TableDialect, Writer, computer_call
from .wire import Native, Wire, whole
from .writing import KEY_NAMES, numeral, only, scroll_pixels, xy

__all__ = [
    "KEY_NAMES",
    "Dialect",
    "Malformed",
    "Native",
    "Parsed",
    "Reader",
    "TableDialect",
    "Wire",
    "Writer",
    "computer_call",
    "numeral",
    "only",
    "scroll_pixels",
    "whole",
    "xy",
]
