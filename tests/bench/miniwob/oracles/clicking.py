"""Buttons, links, tabs, dialogs."""

from __future__ import annotations

import re

from ..hand import Hand
from .registry import oracle


@oracle("click-test", "click")
def _test(hand: Hand) -> None:
    hand.click(hand.thing("#subbtn"))


@oracle("click-test-2", "click")
def _test_2(hand: Hand) -> None:
    hand.click(hand.thing("#area button", "ONE"))


@oracle("click-button", "click")
def _button(hand: Hand) -> None:
    hand.click(hand.thing("#area button", quoted(hand)))


@oracle("click-button-sequence", "click")
def _sequence(hand: Hand) -> None:
    hand.click(hand.thing("#area button", "ONE"))
    hand.click(hand.thing("#area button", "TWO"))


@oracle("click-link", "click")
def _link(hand: Hand) -> None:
    hand.click(
        next(one for one in hand.things("#area .alink") if one.text.strip(" .,") == quoted(hand).strip(" .,"))
    )


@oracle("click-dialog", "click")
def _dialog(hand: Hand) -> None:
    hand.click(hand.still(".ui-dialog-titlebar-close"))


@oracle("click-tab", "click")
def _tab(hand: Hand) -> None:
    number = re.findall(r"#(\d)", hand.query())[0]
    hand.click(hand.thing("#area .ui-tabs-anchor", f"Tab #{number}"))


@oracle("click-collapsible", "click")
def _collapsible(hand: Hand) -> None:
    hand.click(hand.thing("#area .ui-accordion-header"))
    hand.until("document.querySelector('#subbtn').getBoundingClientRect().height > 0")
    hand.click(hand.still("#subbtn"))


@oracle("focus-text", "click")
def _focus(hand: Hand) -> None:
    hand.click(hand.thing("#area input"))


@oracle("focus-text-2", "click")
def _focus_2(hand: Hand) -> None:
    number = re.findall(r"(\d)(?:st|nd|rd)", hand.query())[0]
    hand.click(hand.thing(f"#tt{number}"))


@oracle("click-menu", "hover", "click")
def _menu(hand: Hand) -> None:
    *above, leaf = re.findall(r"Select (.*)", hand.query())[0].split(">")
    for name in above:
        hand.move(hand.thing("#menu li > div", name))
        hand.until(
            f"[...document.querySelectorAll('#menu li')].find(one => one.querySelector('div').innerText === "
            f"'{name}').querySelector('ul').getBoundingClientRect().height > 0"
        )
    hand.click(hand.thing("#menu li > div", leaf))


def quoted(hand: Hand) -> str:
    """What the task puts in quotes."""
    return str(re.findall(r'"(.*?)"', hand.query())[0])
