"""``deskhand desktop``: start a virtual desktop and keep it, or look at one that is there."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import Annotated

import typer
from rich.table import Table

from ...actions import Computer, ProgramMissing, Size
from ...actions.waiting import until
from ...vm.attached import AttachedDesktop
from ...vm.desktop import VirtualDesktop
from ..computers import attached, virtual
from ..console import err, out, put, put_json, say
from ..settings import read
from . import options

Environment = dict[str, str]


def desktop(
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[-- COMMAND...]", help="Run that on it, and end with it.", show_default=False
        ),
    ] = None,
    size: Annotated[
        Size | None,
        typer.Option(parser=options.size_option, metavar="WxH", help="Its size.", show_default="1280x720"),
    ] = None,
    attach: Annotated[
        str | None,
        typer.Option(
            metavar="DISPLAY", help="Take that display instead of starting one.", show_default=False
        ),
    ] = None,
    page: Annotated[
        str | None, typer.Option("--open", metavar="URL", help="Open that page on it.", show_default=False)
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Start a virtual desktop and keep it until Ctrl-C.

    It prints what a shell needs to use it. With a command after --, that runs with the desktop as its display, as under
    xvfb-run: the desktop ends with it, and its exit code becomes this one's. With --attach nothing is started: the
    display's monitors are shown, and the page or the command goes there.

    [bold]Examples[/bold]

    deskhand desktop --size 1920x1080 --open https://example.org

    deskhand desktop -- pytest tests/gui

    deskhand desktop --attach :0
    """
    settings = read()
    if attach is not None:
        with attached(attach, settings) as there:
            _monitors(there, as_json)
            raise typer.Exit(_use(there, page, command, {"DISPLAY": attach}, keep=False))
    with err.status("Starting a virtual desktop…"):
        started = virtual(settings, size)
    with started:
        names = {name: started.env[name] for name in ("DISPLAY", "XAUTHORITY")}
        _ready(started, names, as_json, beside=bool(command))
        raise typer.Exit(_use(started, page, command, names, keep=True))


def _monitors(there: AttachedDesktop, as_json: bool) -> None:
    """What the display shows on which monitor."""
    found = there.screen.monitors()
    if as_json:
        monitors = [{"name": one.name, "region": one.region, "primary": one.primary} for one in found]
        put_json({"size": there.screen.size, "monitors": monitors})
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("monitor", "size", "at", ""):
        table.add_column(heading)
    for one in found:
        x, y, width, height = one.region
        table.add_row(one.name, f"{width}×{height}", f"{x},{y}", "primary" if one.primary else "")
    out.print(table)


def _ready(started: VirtualDesktop, names: Environment, as_json: bool, *, beside: bool) -> None:
    """Tell how to reach it: on stdout, to be eval'ed; beside a command, whose stdout it is then, on stderr."""
    for fallback in started.fallbacks:
        say(f"Fallback: {fallback}.")
    if as_json and not beside:
        about = {"size": started.screen.size, "isolation": started.isolation, "log": str(started.log)}
        put_json({**names, **about})
        return
    for name, value in names.items():
        (say if beside else put)(f"export {name}={shlex.quote(value)}")


def _use(
    computer: Computer, page: str | None, command: list[str] | None, environment: Environment, *, keep: bool
) -> int:
    """Open the page, run the command or wait for Ctrl-C; gives back the exit code."""
    if page is not None:
        with err.status(f"Opening {page}…"):
            computer.browser.navigate(page)
    if command:
        return _run(command, environment)
    if keep or page is not None:
        sys.stdout.flush()
        say("It stays until Ctrl-C.")
        _wait(computer)
    return 0


def _wait(computer: Computer) -> None:
    """Until Ctrl-C, or until the display ends by itself. Raises DisplayGone then."""
    while True:
        until(lambda: False, within=1.0)
        computer.screen.pointer()


def _run(command: list[str], environment: Environment) -> int:
    """Run the command in the caller's place, with the desktop as its display."""
    if shutil.which(command[0]) is None:
        raise ProgramMissing(command[0], command[0])
    with subprocess.Popen(command, env={**os.environ, **environment}) as program:
        try:
            return _exit_code(program.wait())
        except BaseException:
            program.terminate()
            raise


def _exit_code(code: int) -> int:
    """A shell's way to tell of a signal."""
    return code if code >= 0 else 128 - code
