"""Checkboxes, radio buttons, lists."""

from __future__ import annotations

import re

from ..hand import Hand, Thing
from .registry import oracle


def _asked(hand: Hand) -> list[str]:
    names = re.findall(r"Select (.*?)(?: from the (?:scroll )?list)? and click Submit", hand.query())[0]
    return [] if names == "nothing" else [name.strip() for name in names.split(",")]


@oracle("click-checkboxes", "click", "checkbox")
@oracle("click-checkboxes-large", "click", "checkbox")
def _checkboxes(hand: Hand) -> None:
    for name in _asked(hand):
        hand.click(_box_of(hand, name))
    hand.submit()


@oracle("click-option", "click", "radio button")
def _option(hand: Hand) -> None:
    hand.click(_box_of(hand, _asked(hand)[0]))
    hand.submit()


def _box_of(hand: Hand, name: str) -> Thing:
    labels = [one.text for one in hand.things("#area label")]
    return hand.things("#area label input")[labels.index(name)]


@oracle("choose-list", "click", "keypress", "select")
def _list(hand: Hand) -> None:
    (name,) = _asked(hand)
    hand.click(hand.thing("#options"))
    place = [one.text for one in hand.things("#options option")].index(name)
    hand.keys("Home", *["Down"] * place, "Return")
    hand.until(f"document.querySelector('#options').selectedIndex === {place}")
    hand.submit()


@oracle("click-scroll-list", "scroll", "click with a key held", "select")
def _scroll_list(hand: Hand) -> None:
    frame = hand.thing("#options")
    for number, name in enumerate(_asked(hand)):
        for notches in (-10, *[1] * 10):
            option = hand.thing("#options option", name)
            if frame.region.y <= option.region.y and option.region.bottom <= frame.region.bottom:
                break
            hand.scroll(frame, notches)
            hand.still("#options option")
        hand.click(hand.thing("#options option", name), hold=["ctrl"] if number else [])
    hand.submit()


@oracle("click-color", "click")
def _color(hand: Hand) -> None:
    wanted = hand.read(
        "(box => box ? box.style.backgroundColor : document.querySelector('#query .bold').innerText)"
        "(document.querySelector('#query-color'))"
    )
    colors = hand.read("[...document.querySelectorAll('#area .color')].map(one => one.dataset.color)")
    hand.click(hand.things("#area .color")[colors.index(wanted)])
