"""A few MiniWoB++ tasks, as a gate: each way of acting once. `make bench` plays all of them over more seeds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..bench.miniwob.episodes import Stage, stage
from ..bench.miniwob.oracles import load

GATE = (
    *("click-button", "click-checkboxes", "choose-list", "click-scroll-list", "click-menu"),
    *("enter-text", "enter-date", "copy-paste", "find-word", "highlight-text-2"),
    *("drag-box", "drag-items-grid", "draw-line", "use-slider", "scroll-text"),
)


@pytest.fixture(scope="module")
def playing() -> Iterator[Stage]:
    with stage() as started:
        yield started


@pytest.mark.parametrize("task", GATE)
def test_the_oracle_solves_it_by_our_input(playing: Stage, task: str) -> None:
    assert playing.play(task, [1]).failures == []


def test_there_are_enough_tasks() -> None:
    assert len(load()) >= 25
