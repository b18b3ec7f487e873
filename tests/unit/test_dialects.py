"""Dialects: the wire examples of the vendors' references, and round trips."""

from typing import Any

import pytest
from hypothesis import given

from deskhand.actions import (
    Action,
    Click,
    DoubleClick,
    Drag,
    Keypress,
    NotSupported,
    Point,
    Screenshot,
    Scroll,
    Size,
    TripleClick,
    Wait,
    parse,
)
from deskhand.actions.dialects import Malformed, dialect, dialects
from deskhand.actions.screens.memory import MemoryComputer, MemoryScreen
from deskhand.actions.space import Space

from .strategies import ACTIONS, POINTED

LIGHTCONE, OPENAI = dialect("lightcone"), dialect("openai")

LIGHTCONE_WIRES: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    # execute, section 2.1 of the reference
    ({"type": "click", "x": 640, "y": 43}, [{"type": "click", "at": [640, 43]}]),
    ({"type": "click", "x": 640.0, "y": 43.0, "button": "right"},
     [{"type": "click", "at": [640, 43], "button": "right"}]),
    ({"type": "click", "x": 0, "y": 0, "button": "wheel"}, [{"type": "click", "at": [0, 0], "button": "middle"}]),
    ({"type": "double_click", "x": 1, "y": 2}, [{"type": "double_click", "at": [1, 2]}]),
    ({"type": "right_click", "x": 1, "y": 2}, [{"type": "right_click", "at": [1, 2]}]),
    ({"type": "mouse_down", "x": 1, "y": 2}, [{"type": "mouse_down", "at": [1, 2]}]),
    ({"type": "mouse_up", "x": None, "y": None}, [{"type": "mouse_up"}]),
    ({"type": "drag", "x1": 1, "y1": 2, "x2": 3, "y2": 4}, [{"type": "drag", "path": [[1, 2], [3, 4]]}]),
    ({"type": "drag", "x1": 0, "y1": 0, "x2": 0, "y2": 4}, [{"type": "drag", "path": [[0, 0], [0, 4]]}]),
    (
        {"type": "drag", "path": [{"x": 12, "y": 7}, {"x": 50, "y": 60}, {"x": 90, "y": 90}]},
        [{"type": "drag", "path": [[12, 7], [50, 60], [90, 90]]}],
    ),
    ({"type": "scroll", "dx": 0, "dy": 500, "x": 3, "y": 4}, [{"type": "scroll", "at": [3, 4], "dy": 500}]),
    ({"type": "scroll", "x": 0, "y": 0, "dx": 0, "dy": -5}, [{"type": "scroll", "at": [0, 0], "dy": -5}]),
    ({"type": "scroll", "dx": 0, "dy": 0, "scroll_y": 400}, [{"type": "scroll"}]),
    ({"type": "type", "text": "hello"}, [{"type": "type", "text": "hello"}]),
    ({"type": "keypress", "keys": ["Control", "a"]}, [{"type": "keypress", "keys": [["ctrl", "a"]]}]),
    ({"type": "key_down", "key": "shift"}, [{"type": "key_down", "key": "shift"}]),
    ({"type": "key_up", "key": "shift"}, [{"type": "key_up", "key": "shift"}]),
    ({"type": "wait", "ms": 1500}, [{"type": "wait", "seconds": 1.5}]),
    ({"type": "wait", "ms": 0}, [{"type": "wait", "seconds": 0}]),
    ({"type": "screenshot", "base64": True, "from_shm": True}, [{"type": "screenshot"}]),
    ({"type": "go_to_url", "url": "https://a.b"}, [{"type": "navigate", "url": "https://a.b"}]),
    ({"type": "new_tab", "url": "about:blank"}, [{"type": "new_tab", "url": "about:blank"}]),
    ({"type": "new_tab"}, [{"type": "new_tab"}]),
    ({"type": "switch_tab", "tab_id": "T"}, [{"type": "switch_tab", "tab_id": "T"}]),
    ({"type": "close_tab", "tab_id": "T"}, [{"type": "close_tab", "tab_id": "T"}]),
    ({"type": "list_tabs"}, [{"type": "list_tabs"}]),
    ({"type": "get_html_content", "auto_detect_encoding": False}, [{"type": "page_html"}]),
    ({"type": "set_viewport", "width": 800, "height": 600, "scale_factor": 1.0},
     [{"type": "resize", "width": 800, "height": 600}]),
    ({"type": "debug", "debug": {"command": "ls", "cwd": "/", "timeout_seconds": 5, "max_output_length": 65536}},
     [{"type": "shell", "command": "ls", "cwd": "/", "timeout": 5, "max_output": 65536}]),
    ({"type": "debug", "command": "ls", "stream": None}, [{"type": "shell", "command": "ls"}]),
    ({"type": "click", "x": 1, "y": 2, "tab_id": "T", "include_context": True, "request_id": "r", "settle_ms": 5},
     [{"type": "click", "at": [1, 2]}]),
    # what the examples' models put into batch, section 2.2
    ({"button": "left", "type": "click", "x": 640, "y": 43}, [{"type": "click", "at": [640, 43]}]),
    ({"keys": ["Return"], "type": "keypress"}, [{"type": "keypress", "keys": "enter"}]),
    ({"scroll_x": 0, "scroll_y": 400, "type": "scroll", "x": 640, "y": 360},
     [{"type": "scroll", "at": [640, 360], "dy": 400}]),
    ({"type": "wait"}, [{"type": "wait", "seconds": 2}]),
    ({"type": "drag", "path": [{"x": 1, "y": 2}, {"x": 3, "y": 4}], "x": 12, "y": 7, "end_x": 90, "end_y": 90},
     [{"type": "drag", "path": [[1, 2], [3, 4]]}]),
    ({"type": "drag", "x": 12, "y": 7, "end_x": 90, "end_y": 90}, [{"type": "drag", "path": [[12, 7], [90, 90]]}]),
    ({"type": "triple_click", "x": 1, "y": 2}, [{"type": "triple_click", "at": [1, 2]}]),
    ({"type": "move", "x": 1, "y": 2}, [{"type": "move", "at": [1, 2]}]),
    ({"type": "key", "keys": "ctrl+c"}, [{"type": "keypress", "keys": "ctrl+c"}]),
    ({"type": "key", "key": "ctrl+c"}, [{"type": "keypress", "keys": "ctrl+c"}]),
    ({"type": "keypress", "keys": '["ctrl", "c"]'}, [{"type": "keypress", "keys": "ctrl+c"}]),
    ({"type": "keypress", "keys": ["ctrl+c"]}, [{"type": "keypress", "keys": "ctrl+c"}]),
    ({"type": "hscroll", "x": 1, "y": 2, "scroll_x": -300}, [{"type": "scroll", "at": [1, 2], "dx": -300}]),
    ({"type": "navigate", "url": "a.b"}, [{"type": "navigate", "url": "a.b"}]),
    ({"type": "point_and_type", "x": 1, "y": 2, "text": "a"}, [{"type": "point_and_type", "at": [1, 2], "text": "a"}]),
    ({"type": "type", "x": 1, "y": 2, "text": "a"}, [{"type": "point_and_type", "at": [1, 2], "text": "a"}]),
    ({"type": "key_down", "keys": ["ctrl", "shift"]},
     [{"type": "key_down", "key": "ctrl"}, {"type": "key_down", "key": "shift"}]),
    ({"type": "key_up", "keys": ["ctrl", "shift"]},
     [{"type": "key_up", "key": "shift"}, {"type": "key_up", "key": "ctrl"}]),
    ({"type": "terminate", "status": "success", "result": "x"}, [{"type": "terminate", "result": "x"}]),
    ({"type": "terminate", "status": "FAILED"}, [{"type": "terminate", "status": "failure"}]),
    ({"type": "answer", "result": "42"}, [{"type": "answer", "result": "42"}]),
    ({"type": "done", "text": "ok"}, [{"type": "done", "text": "ok"}]),
    ({"type": "done", "message": "ok"}, [{"type": "done", "text": "ok"}]),
    # numbers in texts
    ({"type": "click", "x": "499", "y": "0"}, [{"type": "click", "at": [499, 0]}]),
    ({"type": "click", "x": "[555, 965]"}, [{"type": "click", "at": [555, 965]}]),
    ({"type": "click", "x": [555, 965]}, [{"type": "click", "at": [555, 965]}]),
]  # fmt: skip

OPENAI_WIRES: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    ({"type": "click", "button": "left", "x": 0, "y": 2}, [{"type": "click", "at": [0, 2]}]),
    ({"type": "click", "button": "wheel", "x": 1, "y": 2, "keys": ["CTRL", "SHIFT"]},
     [{"type": "click", "at": [1, 2], "button": "middle", "hold": ["ctrl", "shift"]}]),
    ({"type": "click", "button": "back", "x": 1, "y": 2, "keys": None},
     [{"type": "click", "at": [1, 2], "button": "back"}]),
    ({"type": "double_click", "x": 1, "y": 2, "keys": []}, [{"type": "double_click", "at": [1, 2]}]),
    ({"type": "drag", "path": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}, [{"type": "drag", "path": [[1, 2], [3, 4]]}]),
    ({"type": "drag", "path": [[1, 2], [3, 4], [0, 0]], "keys": ["ALT"]},
     [{"type": "drag", "path": [[1, 2], [3, 4], [0, 0]], "hold": "alt"}]),
    ({"type": "keypress", "keys": ["CTRL", "A"]}, [{"type": "keypress", "keys": "ctrl+a"}]),
    ({"type": "keypress", "keys": ["CMD", "ARROWUP"]}, [{"type": "keypress", "keys": "super+Up"}]),
    ({"type": "keypress", "keys": ["PAGEUP"]}, [{"type": "keypress", "keys": "Page_Up"}]),
    ({"type": "move", "x": 1, "y": 2}, [{"type": "move", "at": [1, 2]}]),
    ({"type": "screenshot"}, [{"type": "screenshot"}]),
    ({"type": "scroll", "x": 1, "y": 2, "scroll_x": 0, "scroll_y": 500}, [{"type": "scroll", "at": [1, 2], "dy": 500}]),
    ({"type": "type", "text": "é\n"}, [{"type": "type", "text": "é\n"}]),
    ({"type": "wait"}, [{"type": "wait", "seconds": 2}]),
]  # fmt: skip


@pytest.mark.parametrize(("wire", "native"), LIGHTCONE_WIRES, ids=repr)
def test_lightcone(wire: dict[str, Any], native: list[dict[str, Any]]) -> None:
    assert LIGHTCONE.parse(wire) == tuple(parse(one) for one in native)


@pytest.mark.parametrize(("wire", "native"), OPENAI_WIRES, ids=repr)
def test_openai(wire: dict[str, Any], native: list[dict[str, Any]]) -> None:
    assert OPENAI.parse(wire) == tuple(parse(one) for one in native)


@pytest.mark.parametrize(
    ("name", "wire", "told"),
    [
        ("lightcone", {"type": "fly"}, "no action 'fly'"),
        ("lightcone", {"type": None}, "no action"),
        ("lightcone", {"type": "change_proxy", "proxy_url": "x"}, "no action"),
        ("lightcone", {"type": "click", "x": 0}, "both x and y"),
        ("lightcone", {"type": "click", "y": 0}, "both x and y"),
        ("lightcone", {"type": "click", "x": "here", "y": 1}, "not a coordinate"),
        ("lightcone", {"type": "click", "x": 1, "y": 2, "button": "scroll"}, "mouse button"),
        ("lightcone", {"type": "drag", "path": [{"x": 1, "y": 2}]}, "path"),
        ("lightcone", {"type": "drag", "x1": 1, "y1": 2}, "path"),
        ("lightcone", {"type": "drag", "path": "1,2"}, "not a path"),
        ("lightcone", {"type": "scroll", "x": 1, "y": 2}, "needs dx and dy"),
        ("lightcone", {"type": "type"}, "needs text"),
        ("lightcone", {"type": "keypress", "keys": ["ctlr", "a"]}, "no key 'ctlr'"),
        ("lightcone", {"type": "keypress"}, "needs keys or key"),
        ("lightcone", {"type": "set_viewport", "width": 1, "height": 1, "scale_factor": 2}, "scale_factor"),
        ("lightcone", {"type": "set_viewport", "width": 1, "height": 1, "scale_factor": 0}, "scale_factor"),
        ("lightcone", {"type": "debug", "debug": "ls"}, "object"),
        ("lightcone", {"type": "go_to_url", "url": "javascript:1"}, "http"),
        ("lightcone", {"type": "terminate", "status": "perhaps"}, "status"),
        ("openai", {"type": "click", "button": "left"}, "needs x and y"),
        ("openai", {"type": "click", "x": 1, "y": 2}, "needs button"),
        ("openai", {"type": "scroll", "x": 1, "y": 2, "scroll_y": 1}, "needs scroll_x"),
        ("openai", {"type": "triple_click", "x": 1, "y": 2}, "no action"),
        ("openai", "click", "object"),
    ],
)  # fmt: skip
def test_malformed_wires_are_values_and_not_exceptions(name: str, wire: Any, told: str) -> None:
    read = dialect(name).parse(wire)
    assert isinstance(read, Malformed)
    assert told in read.message
    assert read.item is wire


def test_a_call_with_actions_or_with_one_action() -> None:
    wait, look = {"type": "wait"}, {"type": "screenshot"}
    for one in (LIGHTCONE, OPENAI):
        assert one.parse_call({"type": "computer_call", "actions": [wait, look]}) == (Wait(), Screenshot())
        assert one.parse_call({"type": "computer_call", "action": wait, "actions": None}) == (Wait(),)
        assert one.parse_call({"type": "computer_call", "action": None, "actions": [look]}) == (Screenshot(),)


def test_a_call_is_read_as_a_whole_or_not_at_all() -> None:
    bad = {"type": "clack"}
    read = OPENAI.parse_call({"type": "computer_call", "actions": [{"type": "wait"}, bad]})
    assert isinstance(read, Malformed)
    assert read.message.startswith("Action 2 of 2: There is no action 'clack'")
    assert read.item is bad
    items: list[Any] = [
        None,
        {},
        {"type": "computer_call"},
        {"type": "computer_call", "actions": []},
        {"type": "computer_call", "actions": "wait"},
        {"type": "computer_call", "actions": [{"type": "wait"}] * 201},
        {"type": "message", "action": {"type": "wait"}},
        {"name": "click", "arguments": "{"},
        {"name": "click", "arguments": "[" * 50_000},
        {"name": "click", "arguments": 5},
    ]
    for item in items:
        assert isinstance(OPENAI.parse_call(item), Malformed)
        assert isinstance(LIGHTCONE.parse_call(item), Malformed)


def test_lightcone_models_also_call_functions() -> None:
    here = (Click(at=Point(1, 2)),)
    assert LIGHTCONE.parse_call({"name": "click", "arguments": {"x": 1, "y": 2}}) == here
    assert (
        LIGHTCONE.parse_call({"type": "function_call", "name": "click", "arguments": '{"x": "1", "y": 2}'})
        == here
    )
    assert (
        LIGHTCONE.parse_call({"name": "computer_use", "arguments": {"type": "click", "x": 1, "y": 2}}) == here
    )


@pytest.mark.parametrize("name", dialects())
def test_coordinates_go_through_the_callers_scale(name: str) -> None:
    size = Size(1280, 720)

    def scale(x: Any, y: Any) -> Point:
        return Space.GRID_999.to_frame(x, y, size)

    click = {"type": "click", "button": "left", "x": 999, "y": 500}
    assert dialect(name).parse(click, scale=scale) == (Click(at=Point(1278, 360)),)
    drag = {"type": "drag", "path": [{"x": 0, "y": 0}, [500, 999]]}
    assert dialect(name).parse(drag, scale=scale) == (Drag(path=(Point(0, 0), Point(640, 719))),)
    outside = dialect(name).parse({**click, "x": 1000}, scale=scale)
    assert isinstance(outside, Malformed) and "outside the grid" in outside.message


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("openai", Click(at=Point(1, 2), times=3)),
        ("openai", Click()),
        ("openai", DoubleClick(at=Point(1, 2), button="right")),
        ("openai", Wait(seconds=1)),
        ("openai", Keypress(keys="ctrl+k ctrl+c")),
        ("openai", Drag(path=((1, 2), (3, 4)), button="right")),
        ("openai", parse({"type": "hold_key", "keys": "a"})),
        ("lightcone", Click(hold="ctrl")),
        ("lightcone", Screenshot(cursor=True)),
        ("lightcone", parse({"type": "clipboard_read"})),
        ("lightcone", parse({"type": "shell", "command": ["ls"]})),
    ],
)
def test_what_a_form_cannot_say_is_refused(name: str, action: Action) -> None:
    with pytest.raises(NotSupported):
        dialect(name).render(action)


def canonical(action: Action) -> Action:
    """The action that does the same and is the one that wires come back as."""
    match action:
        case Click(times=2):
            return DoubleClick(at=action.at, button=action.button, hold=action.hold)
        case Click(times=3):
            return TripleClick(at=action.at, button=action.button, hold=action.hold)
        case Scroll(unit="notches"):
            return Scroll(at=action.at, dx=action.dx * 120, dy=action.dy * 120, hold=action.hold)
    return action


@given(ACTIONS)
def test_what_lightcone_can_say_comes_back(action: Action) -> None:
    try:
        wire = LIGHTCONE.render(action)
    except NotSupported:
        return
    assert LIGHTCONE.parse(wire) == (canonical(action),)


@given(ACTIONS)
def test_what_openai_can_say_comes_back(action: Action) -> None:
    try:
        wire = OPENAI.render(action)
    except NotSupported:
        return
    expected = canonical(action)
    if action.type == "right_click":
        expected = parse({**action.to_wire(), "type": "click", "button": "right"})
    assert OPENAI.parse(wire) == (expected,)


@given(POINTED.filter(lambda action: action.type != "drag"))
def test_what_comes_back_does_the_same(action: Action) -> None:
    for one in (LIGHTCONE, OPENAI):
        try:
            wire = one.render(action)
        except NotSupported:
            continue
        read = one.parse(wire)
        assert not isinstance(read, Malformed)
        assert events(*read) == events(action)


def events(*actions: Action) -> list[object]:
    with MemoryComputer(MemoryScreen(Size(1280, 720))) as computer:
        for action in actions:
            action.perform(computer)
        return list(computer.display.events)


def test_an_unknown_dialect_names_the_known_ones() -> None:
    assert set(dialects()) >= {"lightcone", "openai"}
    with pytest.raises(NotSupported, match="lightcone, openai"):
        dialect("base")
