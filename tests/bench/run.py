"""``make bench``: all figures, in one run, beside the peers that are installed here.

python tests/bench/run.py [--json] [frames acting typing desktops imports]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests' own modules; deskhand stays the installed one

from bench import acting, desktops, frames, imports, typed
from bench.measuring import Figure
from bench.stage import Stage, staged, temporary
from rich.console import Console
from rich.table import Table

SUBJECTS: Mapping[str, Callable[[Stage], Iterator[Figure]]] = {
    "imports": imports.figures,
    "desktops": desktops.figures,
    "frames": frames.figures,
    "acting": acting.figures,
    "typing": typed.figures,
}


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measure Deskhand beside its peers.")
    arguments.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments.add_argument(
        "subjects", nargs="*", choices=[*SUBJECTS, []], metavar="subject", help=", ".join(SUBJECTS)
    )
    wanted = arguments.parse_args()
    progress = Console(stderr=True, highlight=False)
    found = list(measured(wanted.subjects or list(SUBJECTS), progress))
    if wanted.json:
        print(
            json.dumps(
                {"machine": machine(), "figures": [as_plain(one) for one in found]}, ensure_ascii=False
            )
        )
    else:
        show(found)


def measured(subjects: Iterable[str], progress: Console) -> Iterator[Figure]:
    with temporary() as folder:
        cookies = folder / "Xauthority"
        cookies.touch(mode=0o600)
        os.environ["XAUTHORITY"] = str(cookies)
        with staged(folder) as stage:
            for subject in subjects:
                for figure in SUBJECTS[subject](stage):
                    progress.print(f"{figure.work}: {amount(figure.ours)} {figure.unit}")
                    yield figure


def show(found: Iterable[Figure]) -> None:
    table = Table(title=f"1280×720, medians, {machine()}", title_justify="left", header_style="bold")
    for heading in ("work", "Deskhand", "bar", "", "peers (how many times better)", "notes"):
        table.add_column(heading, justify="right" if heading in ("Deskhand", "bar") else "left")
    for one in found:
        mark = "" if one.bar is None else "[green]✓[/green]" if one.reached else "[bold red]✗[/bold red]"
        bar = "" if one.bar is None else amount(one.bar)
        peers = "\n".join(
            f"{name} {amount(value)} ({one.ratio(name):.3g} ×)" for name, value in one.peers.items()
        )
        notes = "\n".join(
            (*(f"{what}{'' if held else ': no'}" for what, held in one.conditions.items()), one.note)
        )
        table.add_row(one.work, f"{amount(one.ours)} {one.unit}", bar, mark, peers, notes.strip())
    Console(width=None if sys.stdout.isatty() else 150).print(table)


def as_plain(one: Figure) -> dict[str, object]:
    return {**asdict(one), "reached": one.reached, "ratios": {name: one.ratio(name) for name in one.peers}}


def amount(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    main()
