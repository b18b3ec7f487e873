"""Where the command line writes: results on stdout, everything said beside them on stderr.

Both are Rich consoles: without a terminal, or with NO_COLOR set, they write plain text.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from rich.console import Console

_PIPED = 120
"""Columns of a table that goes into a pipe or a file, where COLUMNS does not say."""

_width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED
out = Console(highlight=False, width=_width)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def put(text: str) -> None:
    """A line of result, exactly as it is: no markup, no wrapping."""
    out.print(text, markup=False, emoji=False, soft_wrap=True)


def put_json(value: Any) -> None:
    """One JSON value on one line, flushed, so that a reader of a pipe sees it at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def put_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """A sentence beside the result."""
    err.print(text, markup=False, emoji=False)
