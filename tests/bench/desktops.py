"""Virtual desktops: until the first frame, their memory, and twenty at once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from deskhand import VirtualDesktop

from . import peers
from .measuring import Figure, milliseconds
from .stage import Stage

STARTS, AT_ONCE = 10, 20
MIB = 1024 * 1024


def figures(stage: Stage) -> Iterator[Figure]:
    times, memory = zip(*(_one() for _ in range(STARTS)), strict=True)
    theirs = {}
    if peers.have("xvfb-run"):
        theirs["xvfb-run"] = milliseconds(lambda: peers.run("xvfb-run", "-a", "true", env=os.environ), 3)
    yield Figure("virtual desktop ready, first frame", "ms", median(times) * 1000, 200, theirs)
    yield Figure("its memory (PSS of all its processes)", "MiB", median(memory) / MIB, 20)
    yield _twenty()


def _one() -> tuple[float, int]:
    """Seconds until the first frame, and bytes of memory then."""
    before = descendants()
    start = time.perf_counter()
    with VirtualDesktop.start() as desktop:
        desktop.screen.grab()
        return time.perf_counter() - start, sum(map(pss, descendants() - before))


def _twenty() -> Figure:
    before = descendants()
    with ExitStack() as closing:
        start = time.perf_counter()
        for _ in range(AT_ONCE):
            closing.enter_context(VirtualDesktop.start()).screen.grab()
        taken = time.perf_counter() - start
        each = sum(map(pss, descendants() - before)) / AT_ONCE
    left = len(descendants() - before)
    note = f"started in {taken:.1f} s, {each / MIB:.1f} MiB each"
    conditions = {"nothing left afterwards": left == 0}
    return Figure("at once", "desktops", AT_ONCE, AT_ONCE, conditions=conditions, note=note)


def descendants() -> set[int]:
    """The process ids of everything below this process."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found, left = set(), [os.getpid()]
    while left:
        children = parents.get(left.pop(), [])
        found.update(children)
        left.extend(children)
    return found


def pss(pid: int) -> int:
    """Its proportional share of memory, in bytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
