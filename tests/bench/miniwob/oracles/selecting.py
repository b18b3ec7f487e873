"""Text that is selected: by dragging, by double and by triple click."""

from __future__ import annotations

import re

from deskhand.actions.geometry import Point

from ..hand import Hand
from .registry import oracle


@oracle("highlight-text", "drag", "click")
def _highlight(hand: Hand) -> None:
    words = hand.words("#randomText")
    first, last = words[0].region, words[-1].region
    hand.drag(Point(first.x + 1, first.center.y), Point(last.right + 4, last.center.y))
    hand.submit()


@oracle("highlight-text-2", "triple_click", "click")
def _paragraph(hand: Hand) -> None:
    number = int(re.findall(r"(\d)(?:st|nd|rd)", hand.query())[0])
    words = hand.words(f"#randomText p:nth-of-type({number})")
    hand.do("triple_click", at=words[0].center)
    hand.submit()


@oracle("text-editor", "double_click", "keypress", "click")
def _editor(hand: Hand) -> None:
    asked, (*what, style) = (
        hand.query(),
        hand.read("[...document.querySelectorAll('#query .bold')].map(one => one.innerText.trim())"),
    )
    words = hand.words("#editor .ql-editor")
    if "everything" in asked:
        hand.click(words[0])
        hand.keys("ctrl+a")
    else:
        _select_word(hand, what[0])
    names = {"bold": "bold", "italics": "italic", "underlined": "underline"}
    if style in names:
        hand.click(hand.thing(f".ql-{names[style]}"))
    else:
        _color(hand, style)
    hand.submit()


def _select_word(hand: Hand, text: str) -> None:
    word = next(one for one in hand.words("#editor .ql-editor") if one.text == text)
    hand.do("double_click", at=word.center)
    if not text[-1].isalnum():  # a double click takes the word without its comma or full stop
        hand.keys("shift+Right")
    hand.until(f"getSelection().toString() === '{text}'")


def _color(hand: Hand, name: str) -> None:
    hand.click(hand.thing(".ql-color .ql-picker-label"))
    hand.until("document.querySelector('.ql-color').classList.contains('ql-expanded')")
    place = ("red", "orange", "yellow", "green", "blue", "purple").index(name) + 1
    hand.click(hand.things(".ql-color .ql-picker-item")[place])
