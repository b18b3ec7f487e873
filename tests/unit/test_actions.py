"""Every registered action: its wire form, its schema, and what it does to a screen in memory."""

from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.actions import (
    REGISTRY,
    Action,
    BadCoordinate,
    BadURL,
    Button,
    Click,
    Frame,
    InvalidAction,
    NotSupported,
    Point,
    UnknownAction,
    UnknownButton,
    UnknownKey,
    parse,
)
from deskhand.actions.fields import LONGEST_TEXT
from deskhand.actions.screens.memory import MemoryComputer

from .examples import EXAMPLES, WIRES

NEEDS_MORE = {
    "navigate",
    "new_tab",
    "list_tabs",
    "switch_tab",
    "close_tab",
    "page_html",
    "page_context",
    "shell",
}


def test_every_action_has_an_example() -> None:
    assert {wire["type"] for wire in WIRES} == REGISTRY.keys()


@pytest.mark.parametrize("action", EXAMPLES, ids=lambda action: action.type)
def test_the_wire_form_comes_back(action: Action) -> None:
    assert parse(action.to_wire()) == action
    assert parse(action.model_dump(mode="json") | {"type": action.type}) == action


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=list(REGISTRY))
def test_every_action_describes_itself(kind: type[Action]) -> None:
    schema = kind.model_json_schema()
    assert schema["type"] == "object"
    assert schema["description"].endswith(".")
    assert kind.terminal <= (not kind.settles)


@pytest.mark.parametrize("action", EXAMPLES, ids=lambda action: action.type)
def test_every_action_runs_without_a_display(action: Action, computer: MemoryComputer) -> None:
    if action.type in NEEDS_MORE:
        with pytest.raises(NotSupported):
            action.perform(computer)
        return
    data = action.perform(computer)
    computer.screen.release()
    assert data is None or isinstance(data, dict | str | Frame)
    assert bool(computer.display.events) == action.settles or action.type == "clipboard_write"


def test_actions_are_values() -> None:
    action = Click(at=Point(1, 2))
    assert action == parse({"type": "click", "x": 1, "y": 2})
    with pytest.raises(ValidationError):
        action.times = 2


@pytest.mark.parametrize(
    ("wire", "error", "told"),
    [
        ([], InvalidAction, "object"),
        (None, InvalidAction, "object"),
        ({}, UnknownAction, "Known"),
        ({"type": "klick"}, UnknownAction, "click"),
        ({"type": ["click"]}, UnknownAction, "no action"),
        ({"type": "click", "x": 1}, BadCoordinate, "both"),
        ({"type": "click", "x": 1, "y": None}, BadCoordinate, "both"),
        ({"type": "click", "x": 1, "y": 2, "at": [1, 2]}, InvalidAction, "not by both"),
        ({"type": "click", "at": [1]}, BadCoordinate, "not a point"),
        ({"type": "click", "at": [True, 1]}, BadCoordinate, "finite"),
        ({"type": "click", "at": [float("nan"), 1]}, BadCoordinate, "finite"),
        ({"type": "click", "at": [10**400, 1]}, BadCoordinate, "finite"),
        ({"type": "click", "at": ["left", 1]}, BadCoordinate, "number"),
        ({"type": "click", "button": "any"}, UnknownButton, "forward"),
        ({"type": "click", "button": 1}, UnknownButton, "1"),
        ({"type": "click", "times": 4}, InvalidAction, "times"),
        ({"type": "click", "times": 0}, InvalidAction, "times"),
        ({"type": "click", "hold": "strg"}, UnknownKey, "no key"),
        ({"type": "click", "colour": 1}, InvalidAction, "colour"),
        ({"type": "move"}, InvalidAction, "at"),
        ({"type": "drag", "path": [[1, 2]]}, InvalidAction, "path"),
        ({"type": "drag", "from": [1, 2]}, InvalidAction, "from, to"),
        ({"type": "drag", "x1": 1, "y1": 2, "x2": 3}, InvalidAction, "y2"),
        ({"type": "drag", "path": [[1, 2], [3, 4]], "to": [1, 2]}, InvalidAction, "path"),
        ({"type": "scroll", "dy": 2000, "unit": "notches"}, InvalidAction, "too far"),
        ({"type": "scroll", "dx": 1e9}, InvalidAction, "too far"),
        ({"type": "scroll", "dx": "much"}, InvalidAction, "number"),
        ({"type": "scroll", "unit": "lines"}, InvalidAction, "unit"),
        ({"type": "type", "text": "a\x07b"}, InvalidAction, "U\\+0007"),
        ({"type": "type", "text": "a\ud800"}, InvalidAction, "U\\+D800"),
        ({"type": "type", "text": "x" * (LONGEST_TEXT + 1)}, InvalidAction, "too long"),
        ({"type": "type", "text": 5}, InvalidAction, "not a text"),
        ({"type": "keypress", "keys": []}, UnknownKey, "No key"),
        ({"type": "keypress", "keys": [["a"]] * 101}, InvalidAction, "keys"),
        ({"type": "key_down", "key": "ctrl+a"}, UnknownKey, "no key"),
        ({"type": "key_up", "key": "ctrl a"}, UnknownKey, "names 2"),
        ({"type": "hold_key", "keys": "a", "seconds": 301}, InvalidAction, "300"),
        ({"type": "wait", "seconds": -1}, InvalidAction, "seconds"),
        ({"type": "wait", "seconds": float("nan")}, InvalidAction, "number"),
        ({"type": "screenshot", "region": [0, 0, 0, 5]}, InvalidAction, "area"),
        ({"type": "screenshot", "format": "gif"}, InvalidAction, "format"),
        ({"type": "navigate", "url": "javascript:alert(1)"}, BadURL, "http"),
        ({"type": "navigate", "url": "java\nscript:alert(1)"}, BadURL, "http"),
        ({"type": "navigate", "url": "chrome://settings"}, BadURL, "http"),
        ({"type": "navigate", "url": "view-source:http://x"}, BadURL, "http"),
        ({"type": "navigate", "url": "vbscript:1"}, BadURL, "http"),
        ({"type": "navigate", "url": ""}, BadURL, "http"),
        ({"type": "clipboard_write", "text": "\0"}, InvalidAction, "U\\+0000"),
        ({"type": "shell", "command": []}, InvalidAction, "command"),
        ({"type": "shell", "command": " "}, InvalidAction, "command"),
        ({"type": "shell", "command": "ls", "timeout": 0}, InvalidAction, "timeout"),
        ({"type": "resize", "width": 0, "height": 1}, InvalidAction, "width"),
        ({"type": "terminate", "status": "maybe"}, InvalidAction, "status"),
    ],
)  # fmt: skip
def test_malformed_actions_have_their_own_error(wire: Any, error: type[InvalidAction], told: str) -> None:
    with pytest.raises(error, match=told):
        parse(wire)


@pytest.mark.parametrize(
    ("wire", "same"),
    [
        ({"type": "click", "x": "12", "y": 7.9}, {"type": "click", "at": [12, 7]}),
        ({"type": "click", "x": 0, "y": 0}, {"type": "click", "at": [0, 0]}),
        ({"type": "click", "x": None, "y": None}, {"type": "click"}),
        ({"type": "click", "button": "wheel"}, {"type": "click", "button": "middle"}),
        ({"type": "drag", "x1": 1, "y1": 2, "x2": 3, "y2": 4}, {"type": "drag", "path": [[1, 2], [3, 4]]}),
        ({"type": "drag", "from": {"x": 0, "y": 0}, "to": [3, 4]}, {"type": "drag", "path": [[0, 0], [3, 4]]}),
        ({"type": "type", "text": "a\r\nb\rc"}, {"type": "type", "text": "a\nb\nc"}),
    ],
)  # fmt: skip
def test_other_spellings(wire: dict[str, Any], same: dict[str, Any]) -> None:
    assert parse(wire) == parse(same)


def test_no_point_is_not_the_point_zero() -> None:
    assert parse({"type": "click"}).to_wire() == {"type": "click"}
    assert parse({"type": "click", "at": [0, 0]}).to_wire() == {"type": "click", "at": [0, 0]}
    assert Click(at=Point(0, 0), button=Button.LEFT).at is not None


@pytest.mark.parametrize(
    "url", ["example.org", "localhost:8080/x", "example.org:80", "http://a/b c", "ABOUT:blank", "data:,x"]
)
def test_addresses_that_may_be_opened(url: str) -> None:
    assert parse({"type": "navigate", "url": f" {url} "}).to_wire() == {"type": "navigate", "url": url}
