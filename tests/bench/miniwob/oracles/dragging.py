"""Boxes, shapes, list items, sliders, corners."""

from __future__ import annotations

import re

from deskhand.actions.geometry import Point

from ..hand import Hand, Thing
from .registry import oracle

WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@oracle("drag-box", "drag", "click")
def _box(hand: Hand) -> None:
    hand.drag(hand.thing("#draggableSmall"), hand.thing("#draggableLarge"))
    hand.submit()


@oracle("drag-circle", "drag", "click")
@oracle("drag-single-shape", "drag", "click")
def _shape(hand: Hand) -> None:
    way = re.findall(r"left|right|up|down", hand.query())[0]
    start, far = hand.thing("#area svg > *").center, round(8 * hand.zoom())
    across, down = WAYS[way]
    hand.drag(start, Point(start.x + across * far, start.y + down * far))
    hand.submit()


@oracle("drag-items", "drag")
def _item(hand: Hand) -> None:
    items = hand.things("#sortable li")
    name, to = re.findall(r"Drag (\S+) (.*)", hand.query())[0]
    names = [one.text for one in items]
    start = names.index(name)
    ends = {"top": 0, "bottom": len(items) - 1, "down by one": start + 1, "up by one": start - 1}
    ends |= {
        f"{number}{ending} position": number - 1
        for number in range(1, 10)
        for ending in ("st", "nd", "rd", "th")
    }
    place = next(place for said, place in ends.items() if said in to)
    _sort(hand, start, place)


@oracle("drag-items-grid", "mouse_down", "move", "mouse_up")
def _grid(hand: Hand) -> None:
    name, to = re.findall(r"Drag (\S+) (.*)\.", hand.query())[0]
    items = hand.things("#sortable li")
    start = [one.text for one in items].index(name)
    steps = {"up": -3, "down": 3, "left": -1, "right": 1}
    if to.endswith("by one"):
        place = start + steps[to.split()[0]]
    else:
        rows, columns = ("top", "center", "bottom"), ("left", "center", "right")
        words = to.removeprefix("to the ").split()
        row, column = words if len(words) == 2 else ("center", "center")
        place = rows.index(row) * 3 + columns.index(column)
    _carry(hand, items[start], items[place], place)


def _carry(hand: Hand, item: Thing, to: Thing, place: int) -> None:
    """Carry the item to another's cell and, as a person would, about in it until the gap is at the right place."""
    landing = "$('#sortable li:not(.ui-sortable-helper)').index($('.ui-sortable-placeholder'))"
    hand.do("mouse_down", at=item.center)
    at = to.center
    for across, down in ((0, 0), (-0.35, 0), (0.35, 0), (0, -0.35), (0, 0.35), (-0.3, -0.3), (0.3, 0.3)):
        at = Point(
            round(to.center.x + across * to.region.width), round(to.center.y + down * to.region.height)
        )
        hand.move(at)
        if hand.read(landing) == place:
            break
    hand.do("mouse_up", at=at)


@oracle("drag-sort-numbers", "drag", "click")
def _numbers(hand: Hand) -> None:
    count = len(hand.things("#sortable li"))
    for place in range(count):
        numbers = [int(one.text) for one in hand.things("#sortable li")]
        start = numbers.index(min(numbers[place:]), place)
        if start != place:
            _sort(hand, start, place)
            wanted = [*numbers[:place], numbers[start], *numbers[place:start], *numbers[start + 1 :]]
            hand.until(
                f"'{wanted}' === '[' + $('#sortable li div').map((_, one) => one.innerText).get().join(', ') + ']'"
            )
            hand.still("#sortable li")
    hand.submit()


def _sort(hand: Hand, start: int, place: int) -> None:
    """Drag an item of a sortable list past the middle of the one whose place it takes."""
    items = hand.things("#sortable li")
    begin, end = items[start].center, items[place].center
    beyond = items[0].region.height // 4 * (1 if place > start else -1)
    hand.drag(begin, Point(begin.x, end.y + beyond))


@oracle("resize-textarea", "drag", "click")
def _resize(hand: Hand) -> None:
    larger = "larger" in hand.query()
    corner = hand.thing(".ui-resizable-se").center
    far = round(15 * hand.zoom()) * (1 if larger else -1)
    hand.drag(corner, Point(corner.x + far, corner.y + far))
    hand.submit()


@oracle("use-slider", "drag", "slider", "keypress", "click")
@oracle("form-sequence", "drag", "slider", "checkbox", "click")
def _slider(hand: Hand) -> None:
    wanted = int(re.findall(r"Select (-?\d+) with the slider", hand.query())[0])
    _slide(hand, "#slider", wanted)
    if "checkbox" in hand.query():
        number = re.findall(r"(\d)(?:st|nd|rd) checkbox", hand.query())[0]
        hand.click(hand.thing(f"#checkbox-{number}"))
    hand.submit()


@oracle("use-slider-2", "drag", "slider", "keypress", "click")
def _sliders(hand: Hand) -> None:
    for number, wanted in enumerate(re.findall(r"\d+", hand.query()), start=1):
        _slide(hand, f"#slider-{number}", int(wanted))
    hand.submit()


def _slide(hand: Hand, selector: str, wanted: int) -> None:
    """Drag the handle to the value's place; the arrow keys do the rest where a pixel is more than a step."""
    least, most, upright = hand.read(
        f"['min', 'max', 'orientation'].map(name => $('{selector}').slider('option', name))"
    )
    track = hand.thing(selector).region
    share = (wanted - least) / (most - least)
    if upright == "vertical":
        place = Point(track.center.x, round(track.bottom - share * track.height))
    else:
        place = Point(round(track.x + share * track.width), track.center.y)
    value = f"$('{selector}').slider('value')"
    if hand.read(value) != wanted:
        hand.drag(hand.thing(f"{selector} .ui-slider-handle"), place)
    missing = wanted - hand.read(value)
    hand.keys(*["Right" if missing > 0 else "Left"] * abs(missing))
    hand.until(f"{value} === {wanted}")


@oracle("draw-line", "drag along a path", "click")
def _line(hand: Hand) -> None:
    dot, area = hand.thing("#circ").center, hand.thing("#area svg").region
    margin = 6
    if "horizontal" in hand.query():
        path = [Point(area.x + margin, dot.y), dot, Point(area.right - margin, dot.y)]
    else:
        path = [Point(dot.x, area.y + margin), dot, Point(dot.x, area.bottom - margin)]
    hand.drag(*path)
    hand.click(hand.thing("#controls button"))


@oracle("use-spinner", "click many times")
def _spinner(hand: Hand) -> None:
    wanted = int(re.findall(r"Select (-?\d+) with", hand.query())[0])
    arrow = hand.thing(".ui-spinner-up" if wanted > 0 else ".ui-spinner-down")
    for _ in range(abs(wanted)):
        hand.click(arrow)
    hand.submit()
