"""What an oracle has: eyes on the page's layout, and our actions. Nothing else touches the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from deskhand.actions.action import parse
from deskhand.actions.geometry import Point, Region
from deskhand.actions.performing import act
from deskhand.actions.waiting import until
from deskhand.vm.browser import ChromiumBrowser
from deskhand.vm.desktop import VirtualDesktop

ZOOM = 2.0
"""The tasks' area is 160×210 CSS pixels: the browser's own zoom makes it a fair size."""

_BOXES = """[...document.querySelectorAll(%s)].map(found => {
    const box = found.getBoundingClientRect();
    return [(found.innerText ?? found.textContent ?? "").trim(), box.x, box.y, box.width, box.height];
})"""

_WORDS = """(() => {
    const found = [], walker = document.createTreeWalker(document.querySelector(%s), NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
        for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, word.index);
            range.setEnd(walker.currentNode, word.index + word[0].length);
            const box = range.getBoundingClientRect();
            found.push([word[0], box.x, box.y, box.width, box.height]);
        }
    return found;
})()"""


class Thing(NamedTuple):
    """Something on the page: what it says and where it is on the display."""

    text: str
    region: Region

    @property
    def center(self) -> Point:
        return self.region.center


class Hand:
    """Acts on one desktop whose browser shows a task."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        assert isinstance(desktop.browser, ChromiumBrowser)
        self.desktop = desktop
        self.browser = desktop.browser
        self.used: set[str] = set()

    # What is there

    def read(self, script: str) -> Any:
        """The value of a JavaScript expression that only reads."""
        return self.browser.evaluate(script)

    def query(self) -> str:
        """What the task asks for."""
        return str(self.read("document.querySelector('#query').innerText")).strip()

    def things(self, selector: str) -> list[Thing]:
        """All that the selector finds, in the page's order."""
        return self._placed(self.read(_BOXES % json.dumps(selector)))

    def thing(self, selector: str, saying: str | None = None) -> Thing:
        """The first that the selector finds, or the first that says exactly that."""
        found = [one for one in self.things(selector) if saying is None or one.text == saying]
        if not found:
            raise LookupError(f"no {selector} says {saying!r}: {self.things(selector)}")
        return found[0]

    def words(self, selector: str) -> list[Thing]:
        """The words of the text inside an element."""
        return self._placed(self.read(_WORDS % json.dumps(selector)))

    def zoom(self) -> float:
        """Display pixels for each CSS pixel."""
        return float(self.read("devicePixelRatio"))

    def until(self, script: str) -> None:
        """Wait until the expression is true: an animation's end, or what an action has brought about."""
        if not until(lambda: self.read(script), within=10):
            raise TimeoutError(f"never became true: {script}")

    def still(self, selector: str) -> Thing:
        """The first that the selector finds, once it moves no more."""
        seen = [self.thing(selector)]

        def rests() -> bool:
            seen.append(self.thing(selector))
            return seen[-1] == seen[-2]

        until(rests, within=5)
        return seen[-1]

    # What is done

    def do(self, kind: str, **fields: Any) -> None:
        self.used.add(kind)
        act(self.desktop, parse({"type": kind, **fields}), look=False)

    def click(self, at: Thing | Point, **more: Any) -> None:
        self.do("click", at=_point(at), **more)

    def move(self, at: Thing | Point) -> None:
        self.do("move", at=_point(at))

    def drag(self, *path: Thing | Point) -> None:
        self.do("drag", path=[_point(at) for at in path])

    def type(self, text: str) -> None:
        self.do("type", text=text)

    def keys(self, *chords: str) -> None:
        for chord in chords:
            self.do("keypress", keys=chord)

    def scroll(self, at: Thing | Point, notches: int) -> None:
        self.do("scroll", at=_point(at), dy=notches, unit="notches")

    def submit(self) -> None:
        """Press the task's button."""
        self.click(self.thing("#area button.secondary-action, #area #subbtn"))

    def _placed(self, boxes: Sequence[tuple[str, float, float, float, float]]) -> list[Thing]:
        zoom = self.zoom()
        left, top = self.read("(box => [box.x, box.y])(document.body.getBoundingClientRect())")
        body = self.browser.rectangle("body")
        across, down = body.x - left * zoom, body.y - top * zoom
        return [
            Thing(
                text,
                Region(
                    round(across + x * zoom),
                    round(down + y * zoom),
                    round(width * zoom),
                    round(height * zoom),
                ),
            )
            for text, x, y, width, height in boxes
        ]


def _point(at: Thing | Point) -> Point:
    return at.center if isinstance(at, Thing) else at
