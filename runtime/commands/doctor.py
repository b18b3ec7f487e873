"""``deskhand doctor``: what is here, what is missing, what mends it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ..checks import Check, State, checks
from ..console import err, out, put_json

MISSING = 69
"""EX_UNAVAILABLE of sysexits(3)."""

_SHOWN = {
    State.OK: "[green]ok[/green]",
    State.NOTE: "[dim]note[/dim]",
    State.FALLBACK: "[yellow]fallback[/yellow]",
    State.MISSING: "[bold red]missing[/bold red]",
}


def doctor(
    display: Annotated[
        str | None, typer.Option(help="The display to look at.", show_default="DISPLAY")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Say what is here, what is missing and what mends it, and which fallbacks are in force.

    Ends with 0 when all that is needed is there, with 69 when something is missing.
    """
    with err.status("Looking…"):
        found = list(checks(display))
    missing = [check for check in found if check.state is State.MISSING]
    if as_json:
        put_json({"ok": not missing, "checks": [asdict(check) for check in found]})
    else:
        _show(found, len(missing))
    if missing:
        raise typer.Exit(MISSING)


def _show(found: list[Check], missing: int) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "what", "found"):
        table.add_column(heading, overflow="fold")
    for check in found:
        told = (
            check.told
            if check.mend is None
            else f"{escape(check.told)}\n[dim]mend:[/dim] [bold]{escape(check.mend)}[/bold]"
        )
        table.add_row(_SHOWN[check.state], check.name, told)
    out.print(table)
    count = sum(check.state is State.FALLBACK for check in found)
    fallbacks = f"{count} fallback{'' if count == 1 else 's'} in force."
    if missing:
        out.print(f"\n[bold red]{missing} missing[/bold red], {fallbacks}")
    else:
        out.print(f"\n[bold green]All that is needed is here[/bold green]; {fallbacks}")
