"""Typing: how fast, until the program has it all, and whether it is exactly what was typed."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from statistics import median

from real.witness import programs
from real.witness.display import Xvfb
from real.witness.receivers import Field, PageField, Receiver

from deskhand.actions.front import Front
from deskhand.actions.screens.x11 import X11Screen

from . import peers
from .measuring import Figure
from .stage import Stage

RUNS = 20
ASCII = "".join(
    random.Random(1).choices(string.ascii_letters + string.digits + string.punctuation + " ", k=4000)
)
MIXED = (
    "Zażółć gęślą jaźń, Þórður og Ænes, Ŵyn, ŝanĝo; Ъезжай, Щука, ёлка, їжак, объём и чаща; 你好世界，"
    "漢字與简体字混在一起；日本語のテキスト、かな； 😀🎉🚀👍🌍🐙; Grüße aus Köln, œuvre, señor, İstanbul, đường phố. "
) * 3
MIXED = MIXED[:400]

Typing = Callable[[str], None]


def figures(stage: Stage) -> Iterator[Figure]:
    with ExitStack() as closing:
        page = PageField(stage.chromium, "#area")
        screen = Front(X11Screen(stage.display.name))
        closing.callback(screen.close)
        speed, exact = _measured(page, screen.write, ASCII, RUNS)
        theirs, wrong = _peers(stage, page, ASCII)
        yield Figure(
            *("type 4,000 ASCII characters", "chars/s", speed, 4000, theirs),
            conditions={f"exact {exact} of {RUNS}": exact == RUNS},
            note=wrong,
        )
        for name, receiver in _receivers(stage, page, closing):
            yield _mixed(stage, name, receiver)


def _mixed(stage: Stage, name: str, receiver: Receiver) -> Figure:
    screen = Front(X11Screen(receiver.display.name))
    try:
        speed, exact = _measured(receiver, screen.write, MIXED, RUNS)
    finally:
        screen.close()
    theirs, wrong = _peers(stage, receiver, MIXED) if name == "Chromium" else ({}, "")
    work = f"type {len(MIXED)} mixed characters into {name}"
    conditions = {f"exact {exact} of {RUNS}": exact == RUNS}
    return Figure(work, "chars/s", speed, 2000, theirs, conditions=conditions, note=wrong)


def _receivers(stage: Stage, page: Receiver, closing: ExitStack) -> Iterator[tuple[str, Receiver]]:
    """Each alone on a display of its own."""
    yield "Chromium", page
    starts = {"xterm": programs.xterm, "GTK": programs.gtk_entry, "Qt": programs.qt_entry}
    for name, start in starts.items():
        display = Xvfb(stage.folder / name)
        closing.callback(display.close)
        witness = start(display)
        closing.callback(witness.close)
        yield name, Field(witness, "entry")


def _measured(receiver: Receiver, typing: Typing, text: str, runs: int) -> tuple[float, int]:
    """Characters a second until the program has them (the median), and how many runs were exact."""
    speeds, exact = [], 0
    for _ in range(runs):
        receiver.empty()
        start = time.perf_counter()
        typing(text)
        got = receiver.received(text, within=3)
        speeds.append(len(text) / (time.perf_counter() - start))
        exact += got == text
    return median(speeds), exact


def _peers(stage: Stage, receiver: Receiver, text: str) -> tuple[dict[str, float], str]:
    """How fast the peers type it, once each, and how many characters went wrong with each."""
    ways: dict[str, Typing] = {}
    if peers.have("xdotool"):
        ways["xdotool"] = lambda text: peers.run("xdotool", "type", "--", text, env=stage.env)
    for name, peer in stage.python_peers.items():
        key = "message" if name == "pyautogui" else "string"
        ways[name] = lambda text, peer=peer, key=key: _typed(peer, key, text)
    speeds, wrong = {}, []
    for name, way in ways.items():
        receiver.empty()
        start = time.perf_counter()
        try:
            way(text)
        except RuntimeError as error:
            wrong.append(f"{name} gave up: {error}")
            continue
        speeds[name] = len(text) / (time.perf_counter() - start)
        got = receiver.received(text, within=3)
        if got != text:
            wrong.append(f"{name} {_differing(got, text)} wrong")
    return speeds, ", ".join(wrong)


def _typed(peer: peers.PythonPeer, key: str, text: str) -> None:
    peer.seconds("type", 1, **{key: text})


def _differing(got: str, text: str) -> int:
    """The characters at whose place another one, or none, came."""
    return sum(a != b for a, b in zip(got.ljust(len(text), "\0"), text, strict=False))
