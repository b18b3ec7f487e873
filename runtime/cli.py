"""The command line: ``deskhand …``. Each command is a file in :mod:`deskhand.runtime.commands`.

An error of ours becomes one sentence on stderr and the error's own exit code (docs/errors.md lists them). With
DESKHAND_DEBUG=1 its traceback is shown too.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from types import FrameType
from typing import Annotated, NoReturn

import typer

from ..actions.errors import DeskhandError
from .commands import act, actions, demo, desktop, doctor, screenshot

app = typer.Typer(
    name="deskhand",
    help="Hands and eyes for a Linux desktop: look at a real screen and act on it, exactly and fast.",
    epilog="Start with [bold]deskhand doctor[/bold], then [bold]deskhand demo[/bold].",
    rich_markup_mode="rich",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("doctor")(doctor.doctor)
app.command("desktop")(desktop.desktop)
app.command("screenshot")(screenshot.screenshot)
app.command("act")(act.act)
app.command("actions")(actions.actions)
app.command("demo")(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - only here

        typer.echo(f"deskhand {version('deskhand')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Say the version and end.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """What comes before the command."""


def main() -> None:
    """The console script ``deskhand``."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        app(prog_name="deskhand")
    except DeskhandError as error:
        if os.environ.get("DESKHAND_DEBUG", "") not in ("", "0"):
            traceback.print_exc()
        sys.stderr.write(f"deskhand: {error}\n")
        sys.exit(error.exit_code)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    """End as if by sys.exit, so that everything held is let go and everything started is ended."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)
