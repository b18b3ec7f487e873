"""Chromium as a witness: the page's log is read over the browser's own protocol, input never goes through it."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deskhand.actions.geometry import Point, Region
from deskhand.actions.waiting import until

from .display import Xvfb, need, stop

PAGE = Path(__file__).with_name("page.html").as_uri()

FLAGS = [
    *("--no-first-run", "--no-default-browser-check", "--disable-sync", "--disable-background-networking"),
    *("--disable-component-update", "--disable-gpu", "--disable-dev-shm-usage", "--password-store=basic"),
    *("--disable-features=Translate,MediaRouter", "--lang=en-US", "--remote-debugging-port=0"),
    "--window-position=0,0",
]

Entry = dict[str, Any]


Evaluate = Callable[[str], Any]
"""Gives back the value of a JavaScript expression in the page; a promise is awaited."""


class Page:
    """The witness page, read by its own script."""

    def __init__(self, evaluate: Evaluate) -> None:
        self.evaluate = evaluate

    def reset(self) -> None:
        """Empty fields, nothing scrolled, an empty log; the frame that shows it has been drawn."""
        self.evaluate("reset()")
        self.drawn()

    def drawn(self) -> None:
        """Wait until the page has drawn what it was told so far (two animation frames)."""
        self.evaluate(
            "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))))"
        )

    def events(self, *types: str, target: str | None = None) -> list[Entry]:
        """What the page received since the last reset, of those types (all, if none is given), at that element."""
        return [
            one
            for one in self.evaluate("window.log")
            if (not types or one["type"] in types) and (target is None or one["target"] == target)
        ]

    def wait(self, *types: str, target: str | None = None, count: int = 1) -> list[Entry]:
        """The same, once there are ``count`` of them; fails the test when they do not come."""
        if not until(lambda: len(self.events(*types, target=target)) >= count, within=10):
            pytest.fail(f"{types} at {target} did not come; the page saw {self.events()[-20:]}")
        return self.events(*types, target=target)

    def region(self, selector: str) -> Region:
        """Where the first element of that selector is on the display."""
        left, top, width, height = self.evaluate(
            "(() => { const zoom = devicePixelRatio;"
            f"const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            "const side = (outerWidth - innerWidth * zoom) / 2, top = outerHeight - innerHeight * zoom - side;"
            "return [screenX + side + box.x * zoom, screenY + top + box.y * zoom,"
            " box.width * zoom, box.height * zoom]; })()"
        )
        return Region(round(left), round(top), round(width), round(height))

    def center(self, selector: str) -> Point:
        return self.region(selector).center

    def focus(self, selector: str) -> None:
        """Give the element the focus, by the page's own script."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")

    def text(self, selector: str) -> str:
        """What the field holds."""
        return str(
            self.evaluate(
                f"(field => field.value ?? field.innerText)(document.querySelector({json.dumps(selector)}))"
            )
        )

    def received(self, text: str, selector: str, within: float = 10) -> str:
        """What the field holds once it holds ``text``, or, failing that, after ``within`` seconds."""
        until(
            lambda: self.text(selector) == text,
            within=within,
            alive=lambda: len(self.text(selector)) <= len(text),
        )
        return self.text(selector)


class Port:
    """A page in a running Chromium, asked over its debugging port."""

    def __init__(self, port: int, url: str) -> None:
        from websockets.sync.client import connect

        found: list[Entry] = []

        def shown() -> bool:
            found[:] = [one for one in targets(port) if one["type"] == "page" and one["url"].startswith(url)]
            return bool(found)

        if not until(shown, within=30):
            pytest.fail(f"no page {url} among {targets(port)}")
        self._asked = 0
        with ExitStack() as closing:
            address = found[0]["webSocketDebuggerUrl"]
            self._socket = closing.enter_context(connect(address, max_size=None, proxy=None))
            if not until(lambda: self.evaluate("document.readyState") == "complete", within=30):
                pytest.fail(f"{url} did not load")
            self._closing = closing.pop_all()

    def command(self, method: str, **parameters: Any) -> Entry:
        """One command of the protocol; what it answers."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=30))
            if answer.get("id") == self._asked:
                if "error" in answer:
                    pytest.fail(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def evaluate(self, script: str) -> Any:
        answer = self.command("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            pytest.fail(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def close(self) -> None:
        self._closing.close()


class Chromium:
    """Chromium with a profile of its own, filling the display, on the witness page."""

    def __init__(self, display: Xvfb, url: str = PAGE, *flags: str) -> None:
        self.display = display
        profile = display.folder / "chromium"
        width, height = display.size
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        command = [need("chromium"), *FLAGS, *as_root, f"--user-data-dir={profile}", *flags]
        self.program = display.start([*command, f"--window-size={width},{height}", url], "chromium")
        self.port = port_of(profile, alive=lambda: self.program.poll() is None)
        self._asked = Port(self.port, url)
        self.page = Page(self._asked.evaluate)
        if not until(lambda: self.page.evaluate("document.hasFocus()"), within=30):
            pytest.fail("Chromium's page did not get the keyboard")
        self.page.drawn()

    def close(self) -> None:
        self._asked.close()
        stop(self.program)


def port_of(profile: Path, alive: Callable[[], bool] = lambda: True) -> int:
    """The debugging port of the Chromium with that profile, once it has written it there."""
    file = profile / "DevToolsActivePort"
    if not until(lambda: file.exists() and "\n" in file.read_text(), within=60, alive=alive):
        pytest.fail(f"Chromium did not write {file}")
    return int(file.read_text().split()[0])


def targets(port: int) -> list[Entry]:
    """What the browser on that port shows: pages, and more."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        f"http://127.0.0.1:{port}/json", timeout=10
    ) as answer:
        return list(json.load(answer))
