"""``deskhand act``: perform actions on a display, and say how each settled."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ...actions import Action, Data, InvalidAction, Result
from ...actions import act as perform
from ...actions.dialects import dialects
from ..computers import attached
from ..console import put, put_json
from ..dialects import NATIVE, Reader, reader
from ..settings import read
from . import options


def act(
    actions: Annotated[
        list[str],
        typer.Argument(metavar="ACTION...", help="Actions as JSON. - reads them from stdin, one a line."),
    ],
    *,
    display: options.Display = None,
    monitor: options.Monitor = None,
    dialect: Annotated[
        str, typer.Option(metavar="NAME", help=f"Whose wire form it is: {', '.join((NATIVE, *dialects()))}.")
    ] = NATIVE,
    settle_ms: Annotated[
        float | None,
        typer.Option(
            help="Wait just so long after each, instead of until the screen settles.", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Save the last picture there. - is stdout.", show_default=False),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Perform actions on a display, one after the other, and say how each settled.

    All are read and checked before the first is done, unless they come from stdin. The first that fails ends it.

    [bold]Examples[/bold]

    deskhand act '{"type": "click", "at": [640, 360]}'

    deskhand act '{"type": "type", "text": "Grüße 你好"}' '{"type": "keypress", "keys": ["ctrl+a"]}' -o after.png

    deskhand act --dialect openai '{"type": "scroll", "x": 9, "y": 9, "scroll_x": 0, "scroll_y": 300}'

    generate-actions | deskhand act - --json
    """
    settings = read()
    parse = reader(dialect)
    wanted = _given(actions, parse) if "-" in actions else list(_given(actions, parse))
    result = None
    with attached(display, settings, monitor) as computer:
        for action in wanted:
            wait = settings.settle_ms if settle_ms is None else settle_ms
            result = perform(computer, action, settle_ms=wait, look=output is not None)
            _tell(result, as_json, quiet=str(output) == "-")
    if output is not None and result is not None and result.frame is not None:
        options.write(output, result.frame.encode(options.format_of(output, None)))


def _given(texts: Iterable[str], parse: Reader) -> Iterator[Action]:
    """The actions that the arguments describe; those of stdin as they come."""
    for text in texts:
        for line in sys.stdin if text == "-" else (text,):
            if line.strip():
                yield from parse(_json(line))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        shown = text if len(text) <= 60 else text[:60] + "…"
        raise InvalidAction(
            f"{shown.strip()} is not JSON: {error}. Put single quotes around it in a shell."
        ) from error


def _tell(result: Result, as_json: bool, *, quiet: bool) -> None:
    if quiet:
        return
    if as_json:
        put_json(summary(result))
        return
    settled = result.settled
    times = f"{settled.seconds * 1000:6.0f} ms" if settled.seconds else "         "
    put(f"{result.action.type:<14} {settled.how:<10}{times}  acted in {result.acted * 1000:.1f} ms")
    if result.data is not None:
        put(_shown(result.data))


def _shown(data: Data) -> str:
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, indent=2)


def summary(result: Result) -> dict[str, Any]:
    """The result as plain JSON; times in milliseconds."""
    settled = result.settled
    return {
        "action": result.action.to_wire(),
        "settled": str(settled.how),
        "settled_ms": round(settled.seconds * 1000, 1),
        "first_change_ms": None if settled.first is None else round(settled.first * 1000, 1),
        "acted_ms": round(result.acted * 1000, 1),
        "data": result.data,
    }
