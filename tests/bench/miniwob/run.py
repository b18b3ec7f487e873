"""The command line: plays tasks and prints a table; the exit code is 1 when an episode failed."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from statistics import median

from rich.console import Console
from rich.progress import track
from rich.table import Table

from .episodes import Played, stage
from .oracles import load


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench.miniwob", description=__doc__)
    parser.add_argument("tasks", nargs="*", help="which to play; all by default")
    parser.add_argument("--seeds", type=int, default=5, help="episodes for each task (default 5)")
    asked = parser.parse_args()
    unknown = set(asked.tasks) - set(load())
    if unknown:
        parser.error(f"no oracle for {', '.join(sorted(unknown))}; there are: {', '.join(sorted(load()))}")
    console = Console()
    with stage() as playing:
        tasks = asked.tasks or sorted(load())
        played = [
            playing.play(task, range(1, asked.seeds + 1))
            for task in track(tasks, "Playing", console=console, transient=True)
        ]
    console.print(table(played))
    for one in played:
        for failure in one.failures:
            console.print(failure, style="red", markup=False)
    sys.exit(any(one.failures for one in played))


def table(played: list[Played]) -> Table:
    """The results, a row for each task and one for all."""
    shown = Table("task", "primitives", "solved", "s/episode", title="MiniWoB++, solved by OS input only")
    for one in played:
        style = None if one.solved == one.tried else "red"
        row = (", ".join(one.primitives), f"{one.solved}/{one.tried}", f"{median(one.seconds):.2f}")
        shown.add_row(one.task, *row, style=style)
    shown.add_section()
    solved, tried = sum(one.solved for one in played), sum(one.tried for one in played)
    every = [second for one in played for second in one.seconds]
    shown.add_row(f"{len(played)} tasks", "", f"{solved}/{tried}", f"{median(every):.2f}")
    return shown
