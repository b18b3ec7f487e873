"""Reading Lightcone's wire: table of its types, and the quirks that its clients and models are known for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...chords import chord
from ...errors import InvalidAction
from ...fields import number
from ...telling import shown
from ..base import Native, Reader, Wire, computer_call

_WAIT_MS = 2000
_STATUS = {"failed": "failure", "fail": "failure", "error": "failure"} | dict.fromkeys(
    ("succeeded", "completed", "complete", "done", "ok"), "success"
)
_TOOLS = ("computer", "computer_use", "computer_use_preview")


def _pointed(kind: str, **more: str) -> Reader:
    return lambda wire: {"type": kind, **wire.at(), **wire.take(**more)}


def _drag(wire: Wire) -> Native:
    """The path where there is one: some clients scale only x and y of the other forms."""
    path = wire.get("path")
    if path is not None:
        points = wire.points(path)
    else:
        start = wire.point(wire.get("x1", "x"), wire.get("y1", "y"))
        end = wire.point(wire.get("x2", "end_x"), wire.get("y2", "end_y"))
        points = [at for at in (start, end) if at is not None]
    return {"type": "drag", "path": points, **wire.take(button="button", hold="keys")}


def _scroll(wire: Wire) -> Native:
    if wire.get("dx", "dy", "scroll_x", "scroll_y") is None:
        raise InvalidAction("scroll needs dx and dy, or scroll_x and scroll_y.")
    dx, dy = wire.get("dx", "scroll_x"), wire.get("dy", "scroll_y")
    way = {"dx": 0 if dx is None else dx, "dy": 0 if dy is None else dy}
    return {"type": "scroll", **wire.at(), **way, **wire.take(hold="keys")}


def _type(wire: Wire) -> Native:
    at = wire.at()
    return {"type": "point_and_type" if at else "type", **at, "text": wire.need("text")}


def _key(kind: str) -> Reader:
    def read(wire: Wire) -> list[Native]:
        keys = chord(wire.need("keys", "key"))
        return [{"type": kind, "key": key} for key in (keys if kind == "key_down" else reversed(keys))]

    return read


def _wait(wire: Wire) -> Native:
    ms = wire.get("ms")
    return {"type": "wait", "seconds": number(_WAIT_MS if ms is None else ms) / 1000}


def _viewport(wire: Wire) -> Native:
    factor = wire.get("scale_factor")
    if factor is not None and number(factor) != 1:
        raise InvalidAction(f"A scale_factor of {shown(factor)} is not possible here, only 1.")
    return {"type": "resize", "width": wire.need("width"), "height": wire.need("height")}


def _debug(wire: Wire) -> Native:
    wire = wire.inner("debug")
    return {
        "type": "shell",
        "command": wire.need("command"),
        **wire.take(cwd="cwd", env="env", timeout="timeout_seconds", max_output="max_output_length"),
    }


def _terminate(wire: Wire) -> Native:
    status = wire.take(status="status")
    if isinstance(status.get("status"), str):
        status["status"] = _STATUS.get(status["status"].lower(), status["status"].lower())
    return {"type": "terminate", **status, **wire.take(result="result")}


def _keypress(wire: Wire) -> Native:
    return {"type": "keypress", "keys": wire.need("keys", "key")}


def _navigate(wire: Wire) -> Native:
    return {"type": "navigate", "url": wire.need("url"), **wire.take(tab_id="tab_id")}


READERS: Mapping[str, Reader] = {
    "click": _pointed("click", button="button", hold="keys"),
    "double_click": _pointed("double_click", button="button", hold="keys"),
    "triple_click": _pointed("triple_click", button="button", hold="keys"),
    "right_click": _pointed("right_click", hold="keys"),
    "move": lambda wire: {"type": "move", **wire.need_at(), **wire.take(hold="keys")},
    "mouse_down": _pointed("mouse_down", button="button"),
    "mouse_up": _pointed("mouse_up", button="button"),
    "drag": _drag,
    "scroll": _scroll,
    "hscroll": _scroll,
    "type": _type,
    "point_and_type": lambda wire: {"type": "point_and_type", **wire.need_at(), "text": wire.need("text")},
    "keypress": _keypress,
    "key": _keypress,
    "hotkey": _keypress,
    "key_down": _key("key_down"),
    "key_up": _key("key_up"),
    "wait": _wait,
    "screenshot": lambda wire: {"type": "screenshot"},
    "go_to_url": _navigate,
    "navigate": _navigate,
    "new_tab": lambda wire: {"type": "new_tab", **wire.take(url="url")},
    "list_tabs": lambda wire: {"type": "list_tabs"},
    "switch_tab": lambda wire: {"type": "switch_tab", "tab_id": wire.need("tab_id")},
    "close_tab": lambda wire: {"type": "close_tab", "tab_id": wire.need("tab_id")},
    "get_html_content": lambda wire: {"type": "page_html", **wire.take(tab_id="tab_id")},
    "set_viewport": _viewport,
    "debug": _debug,
    "terminate": _terminate,
    "answer": lambda wire: {"type": "answer", "result": wire.need("result")},
    "done": lambda wire: {"type": "done", **wire.take(text="message"), **wire.take(text="text")},
}


def calls(item: Any) -> Iterator[Any]:
    """The actions of a ``computer_call``, or of a function call whose name is the type (or the tool's own name)."""
    if isinstance(item, Mapping) and item.get("type") == "computer_call":
        yield from computer_call(item)
        return
    if not isinstance(item, Mapping) or not isinstance(item.get("name"), str):
        raise InvalidAction(f"A computer_call or a function call is needed, not {shown(item)}.")
    arguments = item.get("arguments")
    if isinstance(arguments, str):
        arguments = _from_json(arguments)
    if arguments is not None and not isinstance(arguments, Mapping):
        raise InvalidAction(f"arguments is an object, not {shown(arguments)}.")
    named = {} if item["name"] in _TOOLS else {"type": item["name"]}
    yield {**(arguments or {}), **named}


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidAction(f"arguments is not JSON: {shown(text)}.") from error
