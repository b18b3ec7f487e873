"""``deskhand screenshot``: a picture of a display."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ...actions.frame import Format
from ...actions.geometry import Region
from ..computers import attached
from ..console import say
from ..settings import read
from . import options


def screenshot(
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file; its ending says the format. - is stdout.",
            show_default="stdout in a pipe, else screenshot-<time>.png",
        ),
    ] = None,
    display: options.Display = None,
    monitor: options.Monitor = None,
    region: Annotated[
        Region | None,
        typer.Option(
            parser=options.region_option, metavar="X,Y,W,H", help="Only that part, at its own pixels."
        ),
    ] = None,
    cursor: Annotated[bool, typer.Option("--cursor", help="Draw the pointer in.")] = False,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="The format, whatever the file's name says.")
    ] = None,
    quality: Annotated[
        int | None,
        typer.Option(help="png: effort, 0 fastest to 9 smallest. jpeg, webp: 1 to 100.", show_default=False),
    ] = None,
) -> None:
    """Take a picture of a display.

    [bold]Examples[/bold]

    deskhand screenshot -o now.png

    deskhand screenshot --display :99 --region 0,0,640,360 --cursor -o part.webp

    deskhand screenshot -f jpeg -o - | feh -
    """
    path = output or Path("-" if options.is_piped() else f"screenshot-{datetime.now():%Y%m%d-%H%M%S}.png")
    with attached(display, read(), monitor) as computer:
        frame = computer.screen.grab(region)
        arrow = computer.screen.cursor() if cursor else None
        if arrow is not None:
            frame = frame.with_cursor(arrow)
    options.write(path, frame.encode(options.format_of(path, format), quality))
    if str(path) != "-":
        say(f"{path}: {frame.size.width}×{frame.size.height}")
