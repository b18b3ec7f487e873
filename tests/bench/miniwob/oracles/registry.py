"""The table of solved tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..hand import Hand

Solve = Callable[[Hand], None]


class Oracle(NamedTuple):
    """How a task is solved, and which ways of acting that exercises."""

    solve: Solve
    primitives: tuple[str, ...]


ORACLES: dict[str, Oracle] = {}


def oracle(task: str, *primitives: str) -> Callable[[Solve], Solve]:
    """Enter the function as the one that solves the task."""

    def enter(solve: Solve) -> Solve:
        ORACLES[task] = Oracle(solve, primitives)
        return solve

    return enter
