"""Typing and keys, as the page received them."""

from __future__ import annotations

from .registry import Desk, example


def _keys(desk: Desk, *types: str) -> list[tuple[str, str]]:
    return [(one["type"], one["key"]) for one in desk.page.events(*(types or ("keydown", "keyup")))]


@example("type")
def the_text_is_exact(desk: Desk) -> None:
    text = "Hello, Wörld! 你好 Привет 😀\n\ttab and e\u0301 {}[]@\\~^`"
    desk.do("click", at=desk.at("#area"))
    desk.do("type", text=text)
    assert desk.page.received(text, "#area") == text
    desk.do("click", at=desk.at("#rich"))
    desk.do("type", text="line one\nline two")
    assert desk.page.received("line one\nline two", "#rich").strip() == "line one\nline two"


@example("type")
def nothing_is_typed_for_no_text(desk: Desk) -> None:
    desk.page.focus("#text")
    desk.do("type", text="")
    desk.do("type", text="x")
    assert desk.page.received("x", "#text") == "x"


@example("point_and_type")
def it_clicks_and_types_there(desk: Desk) -> None:
    at = desk.at("#text")
    desk.do("point_and_type", x=at.x, y=at.y, text="ünïcode 字")
    assert desk.page.received("ünïcode 字", "#text") == "ünïcode 字"
    assert desk.page.events("click", target="text")


@example("keypress")
def a_chord_goes_down_in_order_and_up_in_reverse(desk: Desk) -> None:
    desk.page.focus("#keys")
    desk.do("keypress", keys=["ctrl", "shift", "k"])
    desk.page.wait("keyup", target="keys", count=3)
    assert _keys(desk) == [
        *(("keydown", "Control"), ("keydown", "Shift"), ("keydown", "K")),
        *(("keyup", "K"), ("keyup", "Shift"), ("keyup", "Control")),
    ]
    assert desk.page.events("keydown")[-1]["held"] == ["shift", "ctrl"]
    assert desk.nothing_is_down()


@example("keypress")
def names_in_every_spelling_are_the_same_keys(desk: Desk) -> None:
    spellings = {
        "Enter": ("Return", "enter", "RETURN"),
        "Escape": ("esc", "Escape"),
        "ArrowLeft": ("Left", "ArrowLeft", "arrowleft"),
        "PageDown": ("pagedown", "Page_Down", "Next"),
        "F5": ("f5", "F5"),
        "Delete": ("del", "Delete"),
        "Backspace": ("backspace", "BackSpace"),
        " ": ("space", " "),
        "Tab": ("tab",),
        "Home": ("home",),
        "+": ("+", "plus"),
        "A": ("A",),
    }
    for expected, names in spellings.items():
        for name in names:
            desk.page.reset()
            desk.page.focus("#keys")
            desk.do("keypress", keys=[name])
            desk.page.wait("keyup", target="keys")
            keys = [key for _, key in _keys(desk, "keydown") if key != "Shift"]
            assert keys == [expected], name


@example("keypress")
def a_character_that_no_key_has_is_lent_one(desk: Desk) -> None:
    desk.page.focus("#text")
    for name in ("é", "eacute", "字", "Greek_alpha"):
        desk.do("keypress", keys=[name])
    assert desk.page.received("éé字α", "#text") == "éé字α"


@example("keypress")
def chords_one_after_another(desk: Desk) -> None:
    desk.page.evaluate("document.querySelector('#text').value = 'copied'")
    desk.page.focus("#text")
    desk.do("keypress", keys=["ctrl+a", "ctrl+c"])
    desk.page.wait("copy")
    desk.page.focus("#area")
    desk.do("keypress", keys="ctrl+v")
    desk.do("keypress", keys="Control+v")
    assert desk.page.received("copiedcopied", "#area") == "copiedcopied"


@example("key_down")
@example("key_up")
def a_key_stays_down_until_it_is_let_go(desk: Desk) -> None:
    desk.page.focus("#keys")
    desk.do("key_down", key="shift")
    desk.page.wait("keydown", target="keys")
    desk.do("keypress", keys=["a"])
    desk.page.wait("keyup", target="keys")
    assert desk.eye.mask() == 1
    desk.do("key_up", key="shift")
    desk.page.wait("keyup", target="keys", count=2)
    assert _keys(desk) == [
        *(("keydown", "Shift"), ("keydown", "A"), ("keyup", "A"), ("keyup", "Shift")),
    ]
    assert desk.nothing_is_down()


@example("hold_key")
def a_held_key_repeats(desk: Desk) -> None:
    desk.page.focus("#keys")
    desk.do("hold_key", keys="x", seconds=1.2)
    desk.page.wait("keyup", target="keys")
    presses = desk.page.events("keydown", target="keys")
    assert [one["repeat"] for one in presses[:3]] == [False, True, True]
    assert {one["key"] for one in presses} == {"x"}
    assert len(desk.page.events("keyup")) == 1
    assert desk.nothing_is_down()
