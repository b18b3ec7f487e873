"""The options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ...actions.errors import DeskhandError
from ...actions.frame import Format
from ...actions.geometry import Region, Size, region
from ..console import put_bytes
from ..settings import size_of

T = TypeVar("T")

Display = Annotated[
    str | None,
    typer.Option("--display", "-d", help="The display, such as :0.", show_default="DISPLAY", metavar="NAME"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object on one line each.")]
Monitor = Annotated[
    str | None,
    typer.Option(
        help="Only this one of several monitors, by name or number from 1; its top left is then 0,0.",
        show_default="the whole display",
    ),
]

FORMATS: dict[str, Format] = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp"}


def format_of(path: Path, wanted: Format | None) -> Format:
    """The picture's format: the one that is wanted, or else the one that the file's name says, or else PNG."""
    return wanted or FORMATS.get(path.suffix.lower(), "png")


def write(path: Path, data: bytes) -> None:
    """Write a file; ``-`` is stdout. Raises typer.BadParameter when it cannot be written."""
    if str(path) == "-":
        put_bytes(data)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}") from error


def is_piped() -> bool:
    return not sys.stdout.isatty()


def size_option(text: str) -> Size:
    return _told(size_of)(text)


def region_option(text: str) -> Region:
    return _told(region)(text.split(","))


def _told(parse: Callable[..., T]) -> Callable[..., T]:
    """The parser, with its errors told as the option's."""

    def parsed(value: object) -> T:
        try:
            return parse(value)
        except (ValueError, DeskhandError) as error:
            raise typer.BadParameter(str(error)) from error

    return parsed
