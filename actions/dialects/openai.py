"""OpenAI's computer tool: ``computer`` with a list of actions, and ``computer_use_preview`` with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..action import Action
from ..drag import Drag
from ..errors import NotSupported
from ..keyboard import Keypress, Type
from ..looking import Screenshot, Wait
from ..pointer import Click, DoubleClick, Move, RightClick, Scroll
from ..screen import Button
from .base import (
    KEY_NAMES,
    Native,
    Reader,
    TableDialect,
    Wire,
    Writer,
    computer_call,
    only,
    scroll_pixels,
    xy,
)

WAIT = 2.0
"""Seconds that a wait lasts: the wire names none, and the vendor's guide uses this."""


def _click(wire: Wire) -> Native:
    return {"type": "click", **wire.need_at(), "button": wire.need("button"), **wire.take(hold="keys")}


def _scroll(wire: Wire) -> Native:
    return {
        "type": "scroll",
        **wire.need_at(),
        "dx": wire.need("scroll_x"),
        "dy": wire.need("scroll_y"),
        **wire.take(hold="keys"),
    }


READERS: Mapping[str, Reader] = {
    "click": _click,
    "double_click": lambda wire: {"type": "double_click", **wire.need_at(), **wire.take(hold="keys")},
    "drag": lambda wire: {"type": "drag", "path": wire.points(wire.need("path")), **wire.take(hold="keys")},
    "keypress": lambda wire: {"type": "keypress", "keys": wire.need("keys")},
    "move": lambda wire: {"type": "move", **wire.need_at(), **wire.take(hold="keys")},
    "screenshot": lambda wire: {"type": "screenshot"},
    "scroll": _scroll,
    "type": lambda wire: {"type": "type", "text": wire.need("text")},
    "wait": lambda wire: {"type": "wait", "seconds": WAIT},
}


def _key_names(keys: Iterable[str]) -> list[str]:
    return [KEY_NAMES[key].upper() if key in KEY_NAMES else key for key in keys]


def _pointed(kind: str, action: Click | DoubleClick | RightClick | Move | Scroll) -> dict[str, Any]:
    if action.at is None:
        raise NotSupported(f"{kind}: this form needs a point.")
    held = {"keys": _key_names(action.hold)} if action.hold else {}
    return {"type": kind, **xy(action.at), **held}


def _write_click(action: Click) -> dict[str, Any]:
    if action.times == 1:
        name = "wheel" if action.button is Button.MIDDLE else action.button.name.lower()
        return {**_pointed("click", action), "button": name}
    if action.times == 2 and action.button is Button.LEFT:
        return _pointed("double_click", action)
    raise NotSupported("This form has neither triple clicks nor double clicks with another button.")


def _write_double_click(action: DoubleClick) -> dict[str, Any]:
    only(action, "at", "hold")
    return _pointed("double_click", action)


def _write_drag(action: Drag) -> dict[str, Any]:
    only(action, "path", "hold")
    held = {"keys": _key_names(action.hold)} if action.hold else {}
    return {"type": "drag", "path": [xy(at) for at in action.path], **held}


def _write_keypress(action: Keypress) -> dict[str, Any]:
    if len(action.keys) > 1:
        raise NotSupported("This form has one chord in a keypress.")
    return {"type": "keypress", "keys": _key_names(action.keys[0])}


def _write_wait(action: Wait) -> dict[str, Any]:
    if action.seconds != WAIT:
        raise NotSupported(f"This form knows no wait but that of {WAIT} s.")
    return {"type": "wait"}


def _write_screenshot(action: Screenshot) -> dict[str, Any]:
    only(action)
    return {"type": "screenshot"}


WRITERS: Mapping[type[Action], Writer] = {
    Click: _write_click,
    DoubleClick: _write_double_click,
    RightClick: lambda action: {**_pointed("click", action), "button": "right"},
    Move: lambda action: _pointed("move", action),
    Drag: _write_drag,
    Scroll: lambda action: {**_pointed("scroll", action), **scroll_pixels(action)},
    Type: lambda action: {"type": "type", "text": action.text},
    Keypress: _write_keypress,
    Wait: _write_wait,
    Screenshot: _write_screenshot,
}

DIALECT = TableDialect("openai", READERS, WRITERS, computer_call)
