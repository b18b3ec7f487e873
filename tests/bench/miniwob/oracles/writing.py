"""Text fields: typing, keys, dates and times, copy and paste."""

from __future__ import annotations

import re
from datetime import datetime

from ..hand import Hand, Thing
from .clicking import quoted
from .registry import oracle


@oracle("enter-text", "click", "type")
@oracle("enter-text-dynamic", "click", "type")
def _text(hand: Hand) -> None:
    _fill(hand, hand.thing("#tt"), quoted(hand))
    hand.submit()


@oracle("enter-password", "click", "type", "keypress")
def _password(hand: Hand) -> None:
    _fill(hand, hand.thing("#password"), quoted(hand))
    hand.keys("Tab")
    hand.type(quoted(hand))
    hand.submit()


@oracle("login-user", "click", "type")
def _login(hand: Hand) -> None:
    user, password = re.findall(r'"(.*?)"', hand.query())
    _fill(hand, hand.thing("#username"), user)
    _fill(hand, hand.thing("#password"), password)
    hand.submit()


@oracle("text-transform", "point_and_type")
def _transformed(hand: Hand) -> None:
    text = "".join(one.text for one in hand.things("#captcha span"))
    hand.do("point_and_type", at=hand.thing("#tt").center, text=text)
    hand.submit()


@oracle("simple-arithmetic", "click", "type")
def _arithmetic(hand: Hand) -> None:
    one, sign, other = re.findall(r"(-?\d+)\s*([-+x*×])\s*(-?\d+)", hand.thing("#math-problem").text)[0]
    results = {"+": int(one) + int(other), "-": int(one) - int(other)}
    _fill(hand, hand.thing("#math-answer"), str(results.get(sign, int(one) * int(other))))
    hand.submit()


@oracle("enter-time", "click", "type")
def _time(hand: Hand) -> None:
    said = re.findall(r"Enter (.*?) as the time", hand.query())[0].replace("\u202f", " ")
    time = datetime.strptime(said, "%I:%M %p").time()
    _fill(hand, _first_part(hand), time.strftime("%I%M%p"))
    hand.submit()


@oracle("enter-date", "click", "type")
def _date(hand: Hand) -> None:
    said = re.findall(r"(\d\d/\d\d/\d{4})", hand.query())[0]
    _fill(hand, _first_part(hand), said.replace("/", ""))
    hand.submit()


@oracle("copy-paste", "click", "keypress", "copy and paste")
def _copy(hand: Hand) -> None:
    _copied(hand, hand.thing("#to-copy"))


@oracle("copy-paste-2", "click", "keypress", "copy and paste")
def _copy_2(hand: Hand) -> None:
    number = re.findall(r"(\d)(?:st|nd|rd)", hand.query())[0]
    _copied(hand, hand.thing(f"#text-{number}"))


def _copied(hand: Hand, source: Thing) -> None:
    hand.click(source)
    hand.keys("ctrl+a", "ctrl+c")
    hand.click(hand.thing("#answer-input"))
    hand.keys("ctrl+v")
    hand.submit()


def _fill(hand: Hand, field: Thing, text: str) -> None:
    hand.click(field)
    hand.type(text)


def _first_part(hand: Hand) -> Thing:
    """The left end of a date's or a time's field, where its first part is."""
    field = hand.thing("#tt")
    return Thing("", field.region._replace(width=field.region.height))
