"""Every registered action, on a real desktop, judged by what the application received."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.action import REGISTRY, parse
from deskhand.actions.performing import act
from deskhand.vm.attached import AttachedDesktop
from deskhand.vm.browser import BrowserSettings, ChromiumBrowser
from deskhand.vm.desktop import VirtualDesktop

from .examples import EXAMPLES, Desk, control, drag, keyboard, looking, machine, pages, pointer, scroll
from .examples.registry import Example
from .witness.chromium import Page
from .witness.display import Eye, Outside, trust
from .witness.programs import Witness

__all__ = ["control", "drag", "keyboard", "looking", "machine", "pages", "pointer", "scroll"]


@pytest.fixture(scope="module")
def desktop() -> Iterator[VirtualDesktop]:
    """A virtual desktop whose browser fills it, without bars."""
    with VirtualDesktop.start(browser=BrowserSettings(flags=("--kiosk",))) as started:
        yield started


@pytest.fixture(scope="module")
def witness(desktop: VirtualDesktop, xauthority: Path) -> Iterator[Desk]:
    browser = desktop.browser
    assert isinstance(browser, ChromiumBrowser)
    page = (
        desktop.home / "page.html"
    )  # a checkout below /tmp cannot be seen from the desktop, whose /tmp is its own
    page.write_bytes(Path(__file__).with_name("witness").joinpath("page.html").read_bytes())
    browser.navigate(page.as_uri())
    tab = browser.tabs()[0].id
    page = Page(lambda script: browser.evaluate(script, tab_id=tab))
    trust(Path(desktop.env["XAUTHORITY"]).read_bytes())
    name = desktop.env["DISPLAY"]
    eye = Eye(name)
    yield Desk(desktop, page, eye, Outside(name))
    eye.close()


@pytest.fixture
def desk(witness: Desk) -> Iterator[Desk]:
    """The desk as new: an empty page, the pointer aside, nothing down."""
    witness.outside.run("xdotool", "mousemove", "1200", "5")
    witness.page.drawn()
    witness.page.reset()
    witness.performed.clear()
    yield witness
    witness.computer.screen.release()


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}-{one.__name__}" for name, one in EXAMPLES]
)
def test_the_application_receives_it(name: str, example: Example, desk: Desk) -> None:
    example(desk)
    assert name in {action.type for action in desk.performed}
    assert desk.nothing_is_down()


def test_every_registered_action_has_an_example() -> None:
    assert {name for name, _ in EXAMPLES} == set(REGISTRY)


def test_a_window_of_another_toolkit_sees_the_drag_and_the_wheel(tk_window: Witness) -> None:
    tk_window.focus("canvas")
    square = tk_window.told("focus", field="canvas")[-1]["square"]
    with AttachedDesktop(tk_window.display.name) as attached:
        path = [[square["x"], square["y"]], [300, 301]]
        act(attached, parse({"type": "drag", "path": path, "hold": ["ctrl"]}))
        tk_window.until(lambda: tk_window.told("dragged", x=300, y=301))
        act(attached, parse({"type": "scroll", "at": [300, 301], "dy": 2, "unit": "notches"}))
        tk_window.until(lambda: len(tk_window.told("button", button=5, down=True)) == 2)
    assert tk_window.told("button", button=1, down=False)[0]["held"] == ["control"]
    assert len(tk_window.told("motion", buttons=1)) >= 5
