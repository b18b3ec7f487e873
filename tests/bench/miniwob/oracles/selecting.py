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


@oracle("find-word", "double_click", "copy and paste", "click")
def _word(hand: Hand) -> None:
    number = int(re.findall(r"(\d+)(?:st|nd|rd|th)", hand.query())[0])
    word = hand.words("#area p")[number - 1]
    hand.do("double_click", at=word.center)
    hand.keys("ctrl+c")
    hand.click(hand.thing("#answer-input"))
    hand.keys("ctrl+v")
    hand.submit()
