"""Writing actions in a wire form."""

from __future__ import annotations

from collections.abc import Mapping

from ...action import Action
from ...errors import NotSupported
from ...geometry import Point
from ...pointer import PIXELS_PER_NOTCH, Scroll


def only(action: Action, *names: str) -> None:
    """Raises NotSupported when a field other than these differs from its default: the form has no place for it."""
    for name, field in type(action).model_fields.items():
        if name not in names and getattr(action, name) != field.get_default(call_default_factory=True):
            raise NotSupported(f"{action.type}: this form has no place for {name}.")


def xy(at: Point | None) -> dict[str, int]:
    """A point as the wire's x and y; nothing without one."""
    return {} if at is None else {"x": at.x, "y": at.y}


def numeral(value: float) -> float:
    """Whole numbers as integers: some clients take no others."""
    return int(value) if float(value).is_integer() else value


def scroll_pixels(action: Scroll) -> dict[str, float]:
    """How far, in pixels."""
    per = PIXELS_PER_NOTCH if action.unit == "notches" else 1
    return {"scroll_x": numeral(action.dx * per), "scroll_y": numeral(action.dy * per)}


KEY_NAMES: Mapping[str, str] = {
    "Control_L": "ctrl",
    "Shift_L": "shift",
    "Alt_L": "alt",
    "Super_L": "meta",
    "Return": "enter",
    "Escape": "esc",
    "Tab": "tab",
    "BackSpace": "backspace",
    "Delete": "delete",
    "Insert": "insert",
    "Up": "arrowup",
    "Down": "arrowdown",
    "Left": "arrowleft",
    "Right": "arrowright",
    "Home": "home",
    "End": "end",
    "Page_Up": "pageup",
    "Page_Down": "pagedown",
}
"""Canonical key names as vendors spell them; the others go by their own."""
