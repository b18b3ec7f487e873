"""Typing is exact, in every receiver, under every keymap; or it is NotTyped, and never silently wrong."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator

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


def locked(display: Xvfb, key: str, bit: int) -> None:
    display.run("xdotool", "key", key)
    assert display.eye.mask() & bit, f"{key} did not lock"


def test_caps_lock_is_on(receiver: Receiver, hand: Hand) -> None:
    display = receiver.display
    locked(display, "Caps_Lock", 2)
    try:
        typed(hand, receiver, tk_can(MIXED) if "tk" in repr(receiver) else MIXED)
        assert display.eye.mask() & 2, "it is a person's lock and stays on"
    finally:
        display.run("xdotool", "key", "Caps_Lock")
