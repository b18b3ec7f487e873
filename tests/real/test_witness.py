"""The witnesses themselves, with xdotool as the hand: each sees what is done, independently of our own code."""

from __future__ import annotations

import pytest

from .witness.chromium import Chromium, Page
from .witness.programs import Witness


def test_the_page_sees_a_click_where_it_says_its_button_is(page: Page, chromium: Chromium) -> None:
    at = page.center("#one")
    chromium.display.run("xdotool", "mousemove", str(at.x), str(at.y), "click", "1")
    (click,) = page.wait("click", target="one")
    assert (click["button"], click["detail"], click["screenX"], click["screenY"]) == (0, 1, *at)


def test_the_page_sees_keys(page: Page, chromium: Chromium) -> None:
    page.focus("#text")
    chromium.display.run("xdotool", "type", "aB")
    assert page.received("aB", "#text") == "aB"
    assert [one["key"] for one in page.events("keydown")] == ["a", "Shift", "B"]


@pytest.mark.parametrize("name", ["gtk_entry", "qt_entry", "tk_window", "xterm"])
def test_a_program_sees_keys(name: str, request: pytest.FixtureRequest) -> None:
    witness: Witness = request.getfixturevalue(name)
    witness.display.run("xdotool", "type", "hello")
    assert witness.received("hello") == "hello"


@pytest.mark.parametrize("name", ["gtk_entry", "qt_entry"])
def test_both_fields_are_told_apart(name: str, request: pytest.FixtureRequest) -> None:
    witness: Witness = request.getfixturevalue(name)
    witness.focus("text")
    witness.display.run("xdotool", "type", "below")
    assert witness.received("below", "text") == "below"
    assert witness.text("entry") == ""


def test_tk_sees_the_square_dragged(tk_window: Witness) -> None:
    tk_window.focus("canvas")
    square = tk_window.told("focus", field="canvas")[-1]["square"]
    tk_window.display.run("xdotool", "mousemove", str(square["x"]), str(square["y"]), "mousedown", "1")
    tk_window.display.run("xdotool", "mousemove", "300", "301", "mouseup", "1")
    tk_window.until(lambda: tk_window.told("dragged", x=300, y=301))
