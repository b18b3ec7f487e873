"""Playing tasks: one desktop and one browser for all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from deskhand.actions.errors import DeskhandError
from deskhand.actions.waiting import until
from deskhand.vm.desktop import VirtualDesktop

from .hand import ZOOM, Hand
from .oracles import Oracle, load
from .pages import served


@dataclass
class Played:
    """What came of a task's episodes. ``seconds``: of each. ``failures``: a sentence for each that failed."""

    task: str
    primitives: tuple[str, ...]
    tried: int = 0
    solved: int = 0
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Stage:
    """The desktop with its browser, on which tasks are played."""

    def __init__(self, desktop: VirtualDesktop, address: str) -> None:
        self.address = address
        self.hand = Hand(desktop)

    def play(self, task: str, seeds: Iterable[int]) -> Played:
        """Play a task once for each seed."""
        oracle = load()[task]
        played = Played(task, oracle.primitives)
        for seed in seeds:
            self.hand.browser.navigate(
                f"{self.address}/{task}.html"
            )  # what an episode leaves is nobody's matter
            self._zoom_in()
            begin = time.monotonic()
            failure = self._episode(oracle, seed)
            played.tried += 1
            played.seconds.append(time.monotonic() - begin)
            if failure:
                played.failures.append(f"{task}, seed {seed}: {failure}")
            else:
                played.solved += 1
        return played

    def _episode(self, oracle: Oracle, seed: int) -> str:
        """Why it failed; "" when its raw reward was 1."""
        hand = self.hand
        hand.browser.evaluate(
            f"core.EPISODE_MAX_TIME = 600000; Math.seedrandom('{seed}'); core.startEpisodeReal();"
            "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))))"
        )
        asked = hand.query()
        try:
            oracle.solve(hand)
            if not until(lambda: hand.read("WOB_DONE_GLOBAL"), within=5):
                return f"it did not end; {asked!r}"
        except (DeskhandError, LookupError, TimeoutError, ValueError) as error:
            return f"{type(error).__name__}: {error}; {asked!r}"
        reward = hand.read("WOB_RAW_REWARD_GLOBAL")
        return "" if reward == 1 else f"the reward was {reward}; {asked!r}"

    def _zoom_in(self) -> None:
        """The browser's own zoom, by its keys; it remembers it for the site."""
        hand = self.hand
        while (before := hand.zoom()) < ZOOM:
            hand.do("keypress", keys="ctrl+plus")
            hand.until(f"devicePixelRatio > {before}")
        hand.used.clear()


@contextmanager
def stage() -> Iterator[Stage]:
    """Start a desktop and serve the pages; both end with the block."""
    with served() as address, VirtualDesktop.start() as desktop:
        desktop.browser.navigate("about:blank")
        yield Stage(desktop, address)
