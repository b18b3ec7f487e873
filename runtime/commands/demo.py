"""``deskhand demo``: see a desktop being driven."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from ...actions import Frame
from ..computers import virtual
from ..console import err, out
from ..demo import DemoFailed, Step, differences, steps
from ..demo_server import serving
from ..settings import read

FOLDER = Path("deskhand-demo")


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the pictures.")] = FOLDER,
) -> None:
    """Start a desktop, open Chromium on a bundled page, fill its form by mouse and keyboard, and check what arrived.

    Ends with 0 when every field arrived as it was meant.
    """
    output.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []

    def save(name: str, frame: Frame) -> None:
        path = output / f"{name}.png"
        path.write_bytes(frame.encode("png", 6))
        pictures.append(path)

    done: list[Step] = []
    begun = time.perf_counter()
    with (
        err.status("Starting a virtual desktop…") as status,
        serving() as bookings,
        virtual(read()) as computer,
    ):
        ready = time.perf_counter() - begun
        for step in steps(computer, bookings, save):
            done.append(step)
            status.update(f"{len(done)} steps done: {step.title}")
    _show(done, ready)
    wrong = differences(bookings.booking)
    if wrong:
        raise DemoFailed("The server received something else: " + "; ".join(wrong))
    out.print("[bold green]The server received every field exactly.[/bold green] The pictures:")
    for path in pictures:
        out.print(f"  {path}", markup=False)


def _show(done: list[Step], ready: float) -> None:
    table = Table(
        header_style="bold", title=f"The desktop was ready in {ready * 1000:.0f} ms", title_justify="left"
    )
    for heading in ("step", "action", "settled", "acting", "settling"):
        table.add_column(heading, justify="right" if heading in ("acting", "settling") else "left")
    for step in done:
        result = step.result
        times = (f"{result.acted * 1000:.0f} ms", f"{result.settled.seconds * 1000:.0f} ms")
        table.add_row(step.title, result.action.type, str(result.settled.how), *times)
    out.print(table)
