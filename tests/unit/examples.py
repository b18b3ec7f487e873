"""One example of every registered action, in the native wire form. A test fails when an action has none."""

from typing import Any

from deskhand.actions import Action, parse

WIRES: list[dict[str, Any]] = [
    {"type": "click", "at": [640, 360], "button": "middle", "times": 2, "hold": ["ctrl", "shift"]},
    {"type": "double_click", "at": [0, 0]},
    {"type": "triple_click", "x": 5, "y": 6},
    {"type": "right_click", "at": {"x": 1279, "y": 719}, "hold": "alt"},
    {"type": "move", "at": [3, 4]},
    {"type": "mouse_down", "at": [10, 20], "button": "left"},
    {"type": "mouse_up", "at": [30, 40], "button": "left"},
    {"type": "drag", "path": [[10, 10], [200, 10], [200, 120]], "hold": ["shift"]},
    {"type": "scroll", "at": [100, 100], "dx": -120, "dy": 300},
    {"type": "type", "text": "naïve 東京 🙂\tx\n"},
    {"type": "keypress", "keys": "ctrl+shift+t"},
    {"type": "key_down", "key": "shift"},
    {"type": "key_up", "key": "shift"},
    {"type": "hold_key", "keys": ["ctrl", "a"], "seconds": 0},
    {"type": "wait", "seconds": 0},
    {
        "type": "screenshot",
        "region": [10, 20, 64, 48],
        "cursor": True,
        "longest": 32,
        "format": "jpeg",
        "quality": 80,
    },
    {"type": "cursor_position"},
    {"type": "navigate", "url": "example.org"},
    {"type": "new_tab", "url": "about:blank"},
    {"type": "list_tabs"},
    {"type": "switch_tab", "tab_id": "A1"},
    {"type": "close_tab", "tab_id": "A1"},
    {"type": "page_html", "tab_id": "A1"},
    {"type": "page_context"},
    {"type": "clipboard_read"},
    {"type": "clipboard_write", "text": "copied\x01"},
    {"type": "shell", "command": "uname -a", "cwd": "/", "env": {"LANG": "C"}, "timeout": 5},
    {"type": "point_and_type", "at": [7, 8], "text": "there"},
    {"type": "resize", "width": 800, "height": 600},
    {"type": "terminate", "status": "failure", "result": "no such page"},
    {"type": "answer", "result": "42"},
    {"type": "done", "text": "all done"},
]

EXAMPLES: list[Action] = [parse(wire) for wire in WIRES]
