"""Writing Lightcone's wire. Where its SDK has a typed class for the action, the form is one that the class takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...action import Action
from ...control import Answer, Done, Terminate
from ...drag import Drag
from ...errors import NotSupported
from ...keyboard import KeyDown, Keypress, KeyUp, PointAndType, Type
from ...looking import Screenshot, Wait
from ...machine import Resize, ShellCommand
from ...page import CloseTab, ListTabs, Navigate, NewTab, PageHtml, SwitchTab
from ...pointer import Click, DoubleClick, MouseDown, MouseUp, Move, RightClick, Scroll, TripleClick
from ...screen import Button
from ..base import KEY_NAMES, Writer, numeral, only, scroll_pixels, xy

_CLICKS = {1: "click", 2: "double_click", 3: "triple_click"}


def _button(button: Button) -> str:
    return "wheel" if button is Button.MIDDLE else button.name.lower()


def _key_names(keys: Iterable[str]) -> list[str]:
    return [KEY_NAMES.get(key, key) for key in keys]


def _click(action: Click) -> dict[str, Any]:
    only(action, "at", "button", "times")
    return {"type": _CLICKS[action.times], **xy(action.at), "button": _button(action.button)}


def _pointed(action: DoubleClick | TripleClick | MouseDown | MouseUp) -> dict[str, Any]:
    only(action, "at", "button")
    chosen = {} if action.button is Button.LEFT else {"button": _button(action.button)}
    return {"type": action.type, **xy(action.at), **chosen}


def _placed(action: RightClick | Move) -> dict[str, Any]:
    only(action, "at")
    return {"type": action.type, **xy(action.at)}


def _drag(action: Drag) -> dict[str, Any]:
    """With both forms: some clients read the path, some the four numbers."""
    only(action, "path")
    start, end = action.path[0], action.path[-1]
    return {
        "type": "drag",
        "path": [xy(at) for at in action.path],
        **xy(start),
        "end_x": end.x,
        "end_y": end.y,
    }


def _scroll(action: Scroll) -> dict[str, Any]:
    only(action, "at", "dx", "dy", "unit")
    return {"type": "scroll", **xy(action.at), **scroll_pixels(action)}


def _keypress(action: Keypress) -> dict[str, Any]:
    if len(action.keys) > 1:
        raise NotSupported("keypress: this form has one chord.")
    return {"type": "keypress", "keys": _key_names(action.keys[0])}


def _key(action: KeyDown | KeyUp) -> dict[str, Any]:
    """With both forms: execute takes key, the typed call takes keys."""
    (name,) = _key_names([action.key])
    return {"type": action.type, "key": name, "keys": [name]}


def _screenshot(action: Screenshot) -> dict[str, Any]:
    only(action)
    return {"type": "screenshot"}


def _debug(action: ShellCommand) -> dict[str, Any]:
    if not isinstance(action.command, str):
        raise NotSupported("shell: this form has one command line, no list of arguments.")
    limits = {"timeout_seconds": numeral(action.timeout), "max_output_length": action.max_output}
    where = {"cwd": action.cwd, "env": action.env}
    said = {name: value for name, value in {**where, **limits}.items() if value is not None}
    return {"type": "debug", "debug": {"command": action.command, **said}}


def _same(kind: str, *names: str) -> Writer:
    """The form whose fields have the native names; what is None is left out."""

    def write(action: Action) -> dict[str, Any]:
        said = {name: getattr(action, name) for name in names}
        return {"type": kind, **{name: value for name, value in said.items() if value is not None}}

    return write


WRITERS: Mapping[type[Action], Writer] = {
    Click: _click,
    DoubleClick: _pointed,
    TripleClick: _pointed,
    RightClick: _placed,
    Move: _placed,
    MouseDown: _pointed,
    MouseUp: _pointed,
    Drag: _drag,
    Scroll: _scroll,
    Type: _same("type", "text"),
    PointAndType: lambda action: {"type": "point_and_type", **xy(action.at), "text": action.text},
    Keypress: _keypress,
    KeyDown: _key,
    KeyUp: _key,
    Wait: lambda action: {"type": "wait", "ms": round(action.seconds * 1000)},
    Screenshot: _screenshot,
    Navigate: _same("go_to_url", "url", "tab_id"),
    NewTab: _same("new_tab", "url"),
    ListTabs: _same("list_tabs"),
    SwitchTab: _same("switch_tab", "tab_id"),
    CloseTab: _same("close_tab", "tab_id"),
    PageHtml: _same("get_html_content", "tab_id"),
    Resize: _same("set_viewport", "width", "height"),
    ShellCommand: _debug,
    Terminate: _same("terminate", "status", "result"),
    Answer: _same("answer", "result"),
    Done: _same("done", "text"),
}
