"""Key names: every spelling that people and models use, and clean errors for the rest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.actions import InvalidAction, UnknownKey
from deskhand.actions.chords import chord, chords
from deskhand.actions.keys import key, keysym, keysyms
from deskhand.actions.keysyms import ALIASES, SIDED, x_keysyms

from .strategies import CHARACTERS, HOSTILE

CTRL, SHIFT, ALT, SUPER = 0xFFE3, 0xFFE1, 0xFFE9, 0xFFEB

ONE_KEY = [
    ("a", 0x61), ("A", 0x41), ("é", 0xE9), ("e\u0301", 0xE9), ("€", 0x010020AC), ("東", 0x01006771), ("🙂", 0x0101F642),
    (" ", 0x20), ("space", 0x20), ("SPACE", 0x20), ("+", 0x2B), ("plus", 0x2B), ("-", 0x2D), ("_", 0x5F), ("[", 0x5B),
    ("Control", CTRL), ("ctrl", CTRL), ("CTRL", CTRL), ("Control_L", CTRL), ("lctrl", CTRL), ("left ctrl", CTRL),
    ("rctrl", 0xFFE4), ("ctrl_r", 0xFFE4), ("Control_R", 0xFFE4), ("right-ctrl", 0xFFE4), ("ControlRight", 0xFFE4),
    ("shift", SHIFT), ("shift_l", SHIFT), ("shift_r", 0xFFE2), ("ShiftLeft", SHIFT), ("right shift", 0xFFE2),
    ("alt", ALT), ("OPTION", ALT), ("alt_r", 0xFFEA), ("AltGr", 0xFE03),
    ("meta", SUPER), ("cmd", SUPER), ("COMMAND", SUPER), ("super", SUPER), ("win", SUPER), ("Super_L", SUPER),
    ("Meta_L", 0xFFE7),
    ("enter", 0xFF0D), ("Return", 0xFF0D), ("RETURN", 0xFF0D), ("\n", 0xFF0D), ("KP_Enter", 0xFF8D),
    ("numpadenter", 0xFF8D), ("esc", 0xFF1B), ("Escape", 0xFF1B), ("tab", 0xFF09), ("\t", 0xFF09),
    ("backspace", 0xFF08), ("delete", 0xFFFF), ("DEL", 0xFFFF), ("Insert", 0xFF63),
    ("ArrowUp", 0xFF52), ("UP", 0xFF52), ("arrow-down", 0xFF54), ("Left", 0xFF51), ("arrowright", 0xFF53),
    ("home", 0xFF50), ("End", 0xFF57), ("pageup", 0xFF55), ("Page_Up", 0xFF55), ("page up", 0xFF55), ("Prior", 0xFF55),
    ("PGDN", 0xFF56), ("pagedown", 0xFF56), ("f1", 0xFFBE), ("F24", 0xFFD5), ("f35", 0xFFE0),
    ("caps_lock", 0xFFE5), ("numlock", 0xFF7F), ("printscreen", 0xFF61), ("menu", 0xFF67),
    ("KP_5", 0xFFB5), ("numpad5", 0xFFB5), ("num 5", 0xFFB5), ("KP_Add", 0xFFAB),
    ("XF86AudioMute", 0x1008FF12), ("xf86audiomute", 0x1008FF12), ("XF86_AudioMute", 0x1008FF12), ("mute", 0x1008FF12),
    ("playpause", 0x1008FF14), ("browserback", 0x1008FF26),
    ("Cyrillic_io", 0x6A3), ("Cyrillic_IO", 0x6B3), ("dead_acute", 0xFE51), ("ISO_Left_Tab", 0xFE20),
    ("U20AC", 0x010020AC), ("U+00E9", 0xE9),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), ONE_KEY, ids=[repr(name) for name, _ in ONE_KEY])
def test_one_key(name: str, expected: int) -> None:
    assert keysym(name) == expected
    assert chord(name) == (key(name),)


CHORDS: list[tuple[Any, tuple[int, ...]]] = [
    ("ctrl+a", (CTRL, 0x61)), ("Ctrl+A", (CTRL, 0x61)), ("ctrl-a", (CTRL, 0x61)), ("ctrl a", (CTRL, 0x61)),
    ("ctrl + a", (CTRL, 0x61)), ("ctrl l", (CTRL, 0x6C)), ("ctrl-l", (CTRL, 0x6C)), ("ctrl++", (CTRL, 0x2B)),
    ("ctrl+-", (CTRL, 0x2D)), ("ctrl--", (CTRL, 0x2D)), ("ctrl+page up", (CTRL, 0xFF55)), ("ctrl+[", (CTRL, 0x5B)),
    ("ctrl+shift+T", (CTRL, SHIFT, 0x74)), ("alt f4", (ALT, 0xFFC1)), ("shift+A", (SHIFT, 0x61)), ("A", (0x41,)),
    (["ctrl", "a"], (CTRL, 0x61)), (("CTRL", "SHIFT", "P"), (CTRL, SHIFT, 0x70)), (["ctrl+a"], (CTRL, 0x61)),
    ('["ctrl", "a"]', (CTRL, 0x61)), ("['ctrl', 'a']", (CTRL, 0x61)), ('["ctrl+a"]', (CTRL, 0x61)),
    (['["ctrl","a"]'], (CTRL, 0x61)), (["Control_L", "Page_Down"], (CTRL, 0xFF56)), ("cmd+space", (SUPER, 0x20)),
    (["h", "i"], (0x68, 0x69)), ("+", (0x2B,)), ("ctrl+Ж", (CTRL, 0x01000436)),
]  # fmt: skip


@pytest.mark.parametrize(("wire", "expected"), CHORDS, ids=[repr(wire) for wire, _ in CHORDS])
def test_chords(wire: Any, expected: tuple[int, ...]) -> None:
    assert keysyms(chord(wire)) == expected
    assert chord(chord(wire)) == chord(wire)


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("ctrl+k ctrl+c", [("Control_L", "k"), ("Control_L", "c")]),
        (["ctrl+c", "ctrl+v"], [("Control_L", "c"), ("Control_L", "v")]),
        ([["ctrl", "c"], "Return"], [("Control_L", "c"), ("Return",)]),
        (["ctrl", "c"], [("Control_L", "c")]),
        ("ctrl c", [("Control_L", "c")]),
        ("page up", [("Page_Up",)]),
    ],
)
def test_sequences_of_chords(wire: Any, expected: list[tuple[str, ...]]) -> None:
    assert chords(wire) == tuple(expected)


@pytest.mark.parametrize(
    "wire",
    ["", [], "   ", "ctrl+", "+a", None, 5, {"a": 1}, [None], [["a"]], "\ud800", "\x00", b"a", "0_", "_0"],
)
def test_what_is_no_key(wire: Any) -> None:
    with pytest.raises(UnknownKey):
        chord(wire)


@pytest.mark.parametrize(
    "wire", ["ctrl+ctrl", ["l", "l"], ["ctrl", "Control_L", "a"], list("abcdefghijklmnopq")]
)
def test_impossible_chords(wire: Any) -> None:
    with pytest.raises(InvalidAction):
        chord(wire)


@pytest.mark.parametrize(
    ("name", "near"),
    [("retrun", "Return"), ("ctlr", "ctrl"), ("escpae", "Escape"), ("XF86AudioMut", "XF86AudioMute")],
)
def test_an_unknown_key_names_near_ones(name: str, near: str) -> None:
    with pytest.raises(UnknownKey, match=near):
        key(name)


def test_a_text_is_not_a_key() -> None:
    with pytest.raises(UnknownKey, match="nothing was pressed"):
        chord("hello world")
    with pytest.raises(UnknownKey, match="type it instead"):
        chord("x" * 100_000)


def test_every_name_is_found_in_any_case_and_its_canonical_name_is_a_fixed_point() -> None:
    for name in [*ALIASES, *SIDED, *x_keysyms()]:
        assert keysym(name.upper()) and keysym(name)
        assert key(key(name)) == key(name)


def test_x_names_mean_their_own_keysym() -> None:
    ours = {
        "hyphen",
        "multiply",
        "leftarrow",
        "rightarrow",
        "uparrow",
        "downarrow",
        "caret",
    }  # also usual names of keys
    assert {name for name, value in x_keysyms().items() if keysym(name) != value} == ours


@given(CHARACTERS)
def test_every_character_is_a_key(character: str) -> None:
    found = keysym(character)
    code = found - 0x01000000 if found >= 0x01000000 else found
    assert found in (0x20,) or (len(character) == 1 and code < 0x110000)


@given(HOSTILE | st.text())
def test_a_chord_is_read_or_refused(wire: Any) -> None:
    for read in (chord, chords):
        try:
            found = read(wire)
        except InvalidAction as error:
            assert len(str(error)) < 500
        else:
            assert read(found) == found
