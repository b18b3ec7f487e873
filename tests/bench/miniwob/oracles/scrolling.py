"""Text areas that scroll."""

from __future__ import annotations

import re

from ..hand import Hand
from .registry import oracle

_AREA = "document.querySelector('#text-area')"


@oracle("scroll-text", "scroll", "type", "click")
def _last_word(hand: Hand) -> None:
    _to_the_end(hand, 1)
    word = re.findall(r"\w+", str(hand.read(f"{_AREA}.value")))[-1]
    hand.click(hand.thing("#answer-input"))
    hand.type(word)
    hand.submit()


@oracle("scroll-text-2", "scroll", "click")
def _end(hand: Hand) -> None:
    _to_the_end(hand, 1 if "bottom" in hand.query() else -1)
    hand.submit()


def _to_the_end(hand: Hand, way: int) -> None:
    """Turn the wheel until the area scrolls no further."""
    at_end = (
        f"{_AREA}.scrollTop + {_AREA}.clientHeight >= {_AREA}.scrollHeight - 1"
        if way > 0
        else f"{_AREA}.scrollTop <= 0"
    )
    for _ in range(40):
        if hand.read(at_end):
            return
        before = hand.read(f"{_AREA}.scrollTop")
        hand.scroll(hand.thing("#text-area"), 3 * way)
        hand.until(f"{_AREA}.scrollTop !== {before}")
    raise TimeoutError("the area does not scroll to its end")
