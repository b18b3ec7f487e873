"""Typing is exact, in every receiver, under every keymap; or it is NotTyped, and never silently wrong."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from deskhand.actions.errors import NotTyped
from deskhand.actions.front import Front
from deskhand.actions.screens.x11 import X11Screen
from deskhand.actions.waiting import until

from .witness.display import Xvfb
from .witness.receivers import Field, PageField, Receiver

TEXTS = {
    "ascii": string.ascii_letters + string.digits + string.punctuation + " end",
    "latin": "Zażółć gęślą jaźń, àéîõü ß ñ ç Œuvre Ångström Đorđe ħ ĸ ŋ ſ ÿ ¿¡«»€£",
    "cyrillic": "Съешь же ещё этих мягких французских булок, да выпей чаю. Їжак",
    "greek": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "cjk": "日本語の文章と漢字、简体中文和繁體中文字",
    "hangul": "키스의 고유조건은 입술끼리 만나야 하고",
    "emoji": "😀🎉🚀👍🏽👩‍💻🇺🇳",
    "combining": "e\u0301 a\u0308 n\u0303 o\u0302\u0323 क्षि ไทย",
    "lines": "first\n\tsecond line\n\n\t\tδ\tend\n",
}
LAYOUTS = {"us": "qy", "de": "qz", "fr": "ay"}
"""Layouts, and what the keys 24 and 29 give in them."""
MIXED = "Grüße 你好 Привет 😀 e\u0301 {[]}\\|@~^`´ €"

Hand = Callable[[Receiver], Front]


@pytest.fixture(params=["chromium", "gtk", "qt", "xterm", "tk"])
def receiver(request: pytest.FixtureRequest) -> Receiver:
    kind: str = request.param
    if kind == "chromium":
        return PageField(request.getfixturevalue("chromium"), "#area")
    return Field(request.getfixturevalue(f"running_{kind}"), "text" if kind in ("gtk", "qt") else "entry")


@pytest.fixture(scope="module", params=["own", "attached"])
def hand(request: pytest.FixtureRequest) -> Iterator[Hand]:
    """Our screen on the receiver's display: one that is ours alone, or somebody's that we are attached to."""
    screens: dict[str, Front] = {}

    def screen_of(receiver: Receiver) -> Front:
        name = receiver.display.name
        if name not in screens:
            screens[name] = Front(X11Screen(name, own=request.param == "own"))
        return screens[name]

    yield screen_of
    for screen in screens.values():
        screen.close()


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest, receiver: Receiver) -> Iterator[str]:
    """The display's keyboard layout; the receiver has been seen to know it."""
    use_layout(receiver, request.param)
    yield request.param
    use_layout(receiver, "us")


def use_layout(receiver: Receiver, layout: str) -> None:
    receiver.empty()
    receiver.display.run("setxkbmap", "-layout", layout)
    probe = LAYOUTS[layout]

    def known() -> bool:
        receiver.empty()
        receiver.display.run("xdotool", "key", "24", "29")
        return receiver.received(probe, within=0.3) == probe

    assert until(known, within=10), f"the receiver does not follow to the layout {layout}"
    receiver.empty()


def typed(hand: Hand, receiver: Receiver, text: str) -> None:
    """Type it and hold the receiver to it: exactly that, or NotTyped."""
    receiver.empty()
    hand(receiver).write(text)
    assert receiver.received(text) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_script_in_each_receiver_under_each_layout(
    text: str, layout: str, receiver: Receiver, hand: Hand
) -> None:
    if isinstance(receiver, Field) and receiver.witness.name == "tk":
        text = tk_can(text)
    typed(hand, receiver, text)


def tk_can(text: str) -> str:
    """A Tk Entry has one line, and Tk 8.6 knows no characters beyond the first 65,536."""
    return "".join(one for one in text if ord(one) < 0x10000 and one not in "\n\t")


@contextmanager
def locked(display: Xvfb, key: str, bit: int) -> Iterator[None]:
    """With a person's lock key on; it is on still afterwards."""
    display.run("xdotool", "key", key)
    assert display.eye.mask() & bit, f"{key} did not lock"
    try:
        yield
        assert display.eye.mask() & bit, "it is a person's lock and stays on"
    finally:
        display.run("xdotool", "key", key)


def mixed(receiver: Receiver) -> str:
    return tk_can(MIXED) if isinstance(receiver, Field) and receiver.witness.name == "tk" else MIXED


def test_caps_lock_is_on(receiver: Receiver, hand: Hand) -> None:
    with locked(receiver.display, "Caps_Lock", 0b10):
        typed(hand, receiver, mixed(receiver) + "abcXYZ09")


def test_num_lock_is_on(receiver: Receiver, hand: Hand) -> None:
    with locked(receiver.display, "Num_Lock", 0b10000):
        typed(hand, receiver, mixed(receiver) + "0123456789.+-*/")


def test_the_second_layout_is_in_force(receiver: Receiver, hand: Hand) -> None:
    display = receiver.display
    display.run("setxkbmap", "-layout", "us,ru", "-option", "grp:toggle")
    try:
        display.eye.tap(108)  # the right Alt key
        assert display.eye.group() == 1
        typed(hand, receiver, mixed(receiver) + "abc")
        assert display.eye.group() == 1, "the person's second layout is in force again"
    finally:
        display.run("setxkbmap", "-option", "")
        use_layout(receiver, "us")


def test_somebody_holds_shift(receiver: Receiver, hand: Hand) -> None:
    receiver.display.run("xdotool", "keydown", "Shift_L")
    try:
        typed(hand, receiver, mixed(receiver) + "abcXYZ09")
    finally:
        receiver.display.run("xdotool", "keyup", "Shift_L")


def test_our_own_shift_is_held_again_afterwards(receiver: Receiver, hand: Hand) -> None:
    shift = 0xFFE1
    screen = hand(receiver)
    with screen.holding(keysyms=[shift]):
        typed(hand, receiver, "abc")
        assert receiver.display.eye.mask() & 1
    assert until(lambda: not receiver.display.eye.mask() & 1, within=5)


def test_more_characters_than_there_are_keycodes(receiver: Receiver, hand: Hand) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(300))
    typed(hand, receiver, text)


def test_one_after_another(receiver: Receiver, hand: Hand) -> None:
    receiver.empty()
    words = ["один ", "两 ", "drei ", "τέσσερα ", "5 "]
    for word in words:
        hand(receiver).write(word)
    assert receiver.received("".join(words)) == "".join(words)


@pytest.mark.parametrize("text", ["\x07", "a\x00b", "\x1b[2J", "\ud800"], ids=repr)
def test_what_no_key_can_type_is_an_error_and_nothing_is_typed(
    text: str, receiver: Receiver, hand: Hand
) -> None:
    receiver.empty()
    with pytest.raises(NotTyped):
        hand(receiver).write(text)
    hand(receiver).write("end")
    assert receiver.received("end") == "end"


def test_the_keymap_is_left_as_it_was(new_xvfb: Callable[[], Xvfb]) -> None:
    display = new_xvfb()
    before = display.eye.keymap()
    screen = Front(X11Screen(display.name))
    screen.write("".join(TEXTS.values()))
    screen.close()
    assert display.eye.keymap() == before
    assert display.eye.keys_down() == []
