"""What ends a run does nothing to the computer: the loop reads it."""

from __future__ import annotations

from typing import Any

from .registry import Desk, example


def _does_nothing(desk: Desk, kind: str, **fields: Any) -> None:
    before = desk.eye.pointer()
    result = desk.do(kind, **fields)
    assert result.action.terminal
    assert desk.page.events() == []
    assert desk.eye.pointer() == before
    assert desk.nothing_is_down()


@example("terminate")
def terminate(desk: Desk) -> None:
    _does_nothing(desk, "terminate", status="failure", result="no such page")


@example("answer")
def answer(desk: Desk) -> None:
    _does_nothing(desk, "answer", result="42")


@example("done")
def done(desk: Desk) -> None:
    _does_nothing(desk, "done", text="that was all")
