"""What `import deskhand` costs, without Python's own start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from .measuring import Figure
from .stage import Stage

RUNS = 9


def figures(stage: Stage) -> Iterator[Figure]:
    bare = _milliseconds("pass", stage)
    theirs = {}
    for name, code in {
        "pyautogui": "import pyautogui",
        "pynput": "import pynput.mouse, pynput.keyboard",
    }.items():
        if name in stage.python_peers:
            theirs[name] = _milliseconds(code, stage) - bare
    ours = _milliseconds("import deskhand", stage) - bare
    yield Figure("import deskhand", "ms", ours, 150, theirs)
    used = (
        _milliseconds("import deskhand; [getattr(deskhand, name) for name in deskhand.__all__]", stage) - bare
    )
    yield Figure("the same, and every public name used", "ms", used)


def _milliseconds(code: str, stage: Stage) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=stage.folder, env=stage.env)
        times.append(perf_counter() - start)
    return median(times) * 1000
