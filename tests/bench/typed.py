"""Typing: how fast, until the program has it all, and whether it is exactly what was typed."""

from __future__ import annotations

import json
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
_SIGNS = string.ascii_letters * 3 + string.digits + string.punctuation + " " * 20
ASCII = "\n".join("".join(random.Random(line).choices(_SIGNS, k=79)) for line in range(50)) + "\n"
"""4,000 characters in lines, as texts and programs are."""

MIXED = (
    "Zażółć gęślą jaźń, Þórður og Ænes, Ŵyn, ŝanĝo; Ъезжай, Щука, ёлка, їжак, объём и чаща; 你好世界，"
    "漢字與简体字混在一起；日本語のテキスト、かな； 😀🎉🚀👍🌍🐙; Grüße aus Köln, œuvre, señor, İstanbul, đường phố. "
) * 3
MIXED = MIXED[:400]

_ALL_THERE = """new Promise(told => {
  const field = document.querySelector(%s), end = performance.now() + %d
  const done = () => field.value.length >= %d || performance.now() > end
  const look = () => done() ? told(field.value) : requestAnimationFrame(look)
  look()
})"""


class AskedOnce(PageField):
    """A page's field that looks by itself whether all is there: being asked all the time would slow it down."""

    def received(self, text: str, within: float = 10) -> str:
        script = _ALL_THERE % (json.dumps(self.selector), within * 1000, len(text.encode("utf-16-le")) // 2)
        return str(self.chromium.page.evaluate(script))


Typing = Callable[[str], None]


def figures(stage: Stage) -> Iterator[Figure]:
    with ExitStack() as closing:
        for name, receiver in _receivers(stage, closing):
            for kind, text, bar in (("ASCII", ASCII, 4000), ("mixed", MIXED, 2000)):
                work = f"type {len(text):,} {kind} characters into {name}"
                yield _typed_into(stage, work, receiver, text, bar)


def _typed_into(stage: Stage, work: str, receiver: Receiver, text: str, bar: float) -> Figure:
    screen = Front(X11Screen(receiver.display.name))
    try:
        speed, exact = _measured(receiver, screen.write, text, RUNS)
    finally:
        screen.close()
    theirs, wrong = _peers(stage, receiver, text) if receiver.display is stage.display else ({}, "")
    conditions = {f"exact {exact} of {RUNS}": exact == RUNS}
    return Figure(work, "chars/s", speed, bar, theirs, conditions=conditions, note=wrong)


def _receivers(stage: Stage, closing: ExitStack) -> Iterator[tuple[str, Receiver]]:
    """Each alone on a display of its own."""
    yield "Chromium", AskedOnce(stage.chromium, "#area")
    starts = {"xterm": programs.xterm, "GTK": programs.gtk_entry, "Qt": programs.qt_entry}
    for name, start in starts.items():
        display = Xvfb(stage.folder / name)
        closing.callback(display.close)
        witness = start(display)
        closing.callback(witness.close)
        yield name, Field(witness, "text")


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
