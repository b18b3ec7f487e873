"""The names of keys: the usual ones here, the X ones from python-xlib's tables, read when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

_TABLES = """
miscellany latin1 latin2 latin3 latin4 greek cyrillic arabic hebrew thai katakana korean
technical special publishing apl xkb xk3270 xf86
"""

MODIFIERS = frozenset(
    [f"{name}_{side}" for name in ("Control", "Shift", "Alt", "Meta", "Super", "Hyper") for side in "LR"]
    + ["ISO_Level3_Shift"]
)
"""The keys that change what another key means."""

_GROUPS = {
    "Control_L": "ctrl control ctl ctrlkey controlkey",
    "Shift_L": "shift shiftkey",
    "Alt_L": "alt option opt altkey",
    "Super_L": "meta cmd command super win windows os winkey metakey",
    "Hyper_L": "hyper",
    "ISO_Level3_Shift": "altgr altgraph",
    "Return": "enter return ret newline",
    "Escape": "esc escape",
    "Tab": "tab tabulator",
    "ISO_Left_Tab": "backtab",
    "BackSpace": "backspace bksp bs",
    "Delete": "delete del",
    "Insert": "insert ins",
    "space": "space spacebar",
    "Up": "up arrowup uparrow",
    "Down": "down arrowdown downarrow",
    "Left": "left arrowleft leftarrow",
    "Right": "right arrowright rightarrow",
    "Home": "home",
    "End": "end",
    "Page_Up": "pageup pgup prior",
    "Page_Down": "pagedown pgdn pgdown next",
    "Caps_Lock": "capslock caps",
    "Num_Lock": "numlock",
    "Scroll_Lock": "scrolllock scrlk",
    "Print": "print printscreen printscr prtsc prtscr prtscn prntscrn snapshot",
    "Pause": "pause",
    "Menu": "menu apps contextmenu application",
    "KP_Enter": "numpadenter numenter",
    "KP_Add": "numpadadd add numplus",
    "KP_Subtract": "numpadsubtract subtract numminus",
    "KP_Multiply": "numpadmultiply multiply nummultiply",
    "KP_Divide": "numpaddivide divide numdivide",
    "KP_Decimal": "numpaddecimal decimal",
    "KP_Separator": "numpadseparator separator",
    "KP_Equal": "numpadequal",
    "XF86AudioRaiseVolume": "volumeup audiovolumeup",
    "XF86AudioLowerVolume": "volumedown audiovolumedown",
    "XF86AudioMute": "mute volumemute audiovolumemute",
    "XF86AudioPlay": "play playpause mediaplaypause mediaplay",
    "XF86AudioPause": "mediapause",
    "XF86AudioStop": "mediastop stop",
    "XF86AudioNext": "nexttrack medianexttrack medianext",
    "XF86AudioPrev": "prevtrack mediaprevioustrack mediaprevious previoustrack",
    "XF86Back": "browserback",
    "XF86Forward": "browserforward",
    "XF86Refresh": "browserrefresh refresh",
    "XF86HomePage": "browserhome",
    "XF86Search": "browsersearch",
    "XF86Favorites": "browserfavorites",
    "XF86Mail": "launchmail mail",
    "XF86Calculator": "calculator launchcalculator",
    "XF86MonBrightnessUp": "brightnessup",
    "XF86MonBrightnessDown": "brightnessdown",
    "XF86Sleep": "sleep standby",
    "XF86PowerOff": "power poweroff",
    "XF86Eject": "eject",
    "+": "plus",
    "-": "minus dash hyphen",
    "=": "equals equal",
    ",": "comma",
    ".": "period dot fullstop",
    "/": "slash forwardslash",
    "\\": "backslash",
    "|": "pipe bar verticalbar",
    ";": "semicolon",
    ":": "colon",
    "'": "apostrophe quote singlequote",
    '"': "doublequote quotedbl",
    "`": "grave backtick backquote",
    "~": "tilde asciitilde",
    "!": "exclam exclamation exclamationmark",
    "?": "question questionmark",
    "@": "at",
    "#": "numbersign hash pound",
    "$": "dollar",
    "%": "percent",
    "^": "caret asciicircum",
    "&": "ampersand",
    "*": "asterisk star",
    "(": "parenleft leftparen openparen",
    ")": "parenright rightparen closeparen",
    "[": "bracketleft leftbracket openbracket lbracket",
    "]": "bracketright rightbracket closebracket rbracket",
    "{": "braceleft leftbrace openbrace",
    "}": "braceright rightbrace closebrace",
    "<": "less lessthan",
    ">": "greater greaterthan",
    "_": "underscore",
}
_NUMPAD = {f"{start}{digit}": f"KP_{digit}" for digit in range(10) for start in ("numpad", "num", "kp")}

ALIASES: Mapping[str, str] = {
    **{alias: name for name, aliases in _GROUPS.items() for alias in aliases.split()},
    **_NUMPAD,
}
"""Folded spellings to canonical names."""


def _sided() -> dict[str, str]:
    stems = {
        stem: name.removesuffix("_L")
        for name, names in _GROUPS.items()
        for stem in names.split()
        if name in MODIFIERS and name.endswith("_L")
    }
    found = {}
    for stem, name in stems.items():
        for side, letter in (("left", "L"), ("right", "R")):
            for spelling in (f"{side}{stem}", f"{stem}{side}", f"{side[0]}{stem}"):
                found[spelling] = f"{name}_{letter}"
            if stem not in ("meta", "ctl"):  # meta_l is an X name of its own, and ctlr is a slip of the pen
                found[f"{stem}{side[0]}"] = f"{name}_{letter}"
    return found


SIDED: Mapping[str, str] = _sided()
"""The same for the left and right modifiers: "rctrl", "left shift", "shift_r"."""


def folded(name: str) -> str:
    """A name as the tables spell it: without case and underscores (a lone underscore is a key)."""
    return name.casefold().replace("_", "") or name


@cache
def x_keysyms() -> Mapping[str, int]:
    """All X names with their keysyms."""
    found: dict[str, int] = {}
    for table in _TABLES.split():
        for name, value in vars(import_module(f"Xlib.keysymdef.{table}")).items():
            if name.startswith("XK_"):
                # python-xlib writes XF86_Back where X says XF86Back
                found.setdefault(name.removeprefix("XK_").replace("XF86_", "XF86"), value)
    return found


def x_names(name: str) -> str | None:
    """The X name that is spelled so, by its own case first; None when there is none."""
    return name if name in x_keysyms() else _folded_x_names().get(folded(name))


@cache
def _folded_x_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    # sorted so that of Greek_alpha and Greek_ALPHA the small one is found
    for name in sorted(x_keysyms(), key=str.swapcase):
        if len(name) > 1:  # "a_" is not the key a
            found.setdefault(folded(name), name)
    return found
