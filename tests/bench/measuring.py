"""How figures are taken and kept: medians of single runs, beside each peer's and the bar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Unit = Literal["ms", "chars/s", "MiB", "desktops"]
HIGHER_IS_BETTER = ("chars/s", "desktops")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    ``ours`` and the ``peers`` are in ``unit``. ``bar``: the number to reach, in that unit; None when the line is only
    there to be compared. ``conditions``: whatever else must hold, each with whether it does.
    """

    work: str
    unit: Unit
    ours: float
    bar: float | None = None
    peers: Mapping[str, float] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    note: str = ""

    def ratio(self, peer: str) -> float:
        """How many times better ours is than the peer's."""
        theirs = self.peers[peer]
        return self.ours / theirs if self.unit in HIGHER_IS_BETTER else theirs / self.ours

    @property
    def reached(self) -> bool:
        enough = True
        if self.bar is not None:
            enough = self.ours >= self.bar if self.unit in HIGHER_IS_BETTER else self.ours <= self.bar
        return enough and all(self.conditions.values())


def milliseconds(
    work: Callable[[], object], runs: int, *, before: Callable[[], object] = lambda: None
) -> float:
    """The median of ``runs`` runs, after one that is not counted. ``before`` prepares each and is not measured."""
    before()
    work()
    return median(_timed(work, before) for _ in range(runs)) * 1000


def middle(seconds: Iterable[float]) -> float:
    """The median, in milliseconds."""
    return median(seconds) * 1000


def _timed(work: Callable[[], object], before: Callable[[], object]) -> float:
    before()
    start = time.perf_counter()
    kept = work()  # what it gives back is freed after the clock was read
    taken = time.perf_counter() - start
    del kept
    return taken
