"""Drags: along a canvas, of a slider, of text, and HTML5 drag and drop."""

from __future__ import annotations

from .registry import Desk, example


@example("drag")
def it_presses_moves_and_lets_go(desk: Desk) -> None:
    left, top, *_ = desk.page.region("#canvas")
    start, end = (left + 20, top + 20), (left + 200, top + 90)
    desk.do("drag", path=[start, end])
    (up,) = desk.page.wait("pointerup", target="canvas")
    (down,) = desk.page.events("pointerdown", target="canvas")
    assert ((down["screenX"], down["screenY"]), (up["screenX"], up["screenY"])) == (start, end)
    pressed = [one for one in desk.page.events("pointermove", target="canvas") if one["buttons"] == 1]
    assert len(pressed) >= 5, "a drag is a motion, not a jump"
    assert desk.nothing_is_down()


@example("drag")
def a_path_is_followed(desk: Desk) -> None:
    left, top, *_ = desk.page.region("#canvas")
    path = [(left + x, top + y) for x, y in ((10, 10), (240, 10), (240, 100), (10, 100), (10, 12))]
    desk.do("drag", path=path)
    desk.page.wait("pointerup", target="canvas")
    moves = [(one["screenX"], one["screenY"]) for one in desk.page.events("pointermove", target="canvas")]
    places = [min(range(len(moves)), key=lambda n: _far(moves[n], corner)) for corner in path[1:-1]]
    assert all(_far(moves[place], corner) <= 20 for place, corner in zip(places, path[1:-1], strict=True))
    assert places == sorted(places), "the corners come in their order"


@example("drag")
def two_points_may_be_said_and_keys_held(desk: Desk) -> None:
    left, top, *_ = desk.page.region("#canvas")
    ends = {"x1": left + 10, "y1": top + 10, "x2": left + 60, "y2": top + 60}
    desk.do("drag", **ends, button="middle", hold=["shift"])
    (down,) = desk.page.wait("mousedown", target="canvas")
    assert (down["button"], down["held"]) == (1, ["shift"])
    assert desk.page.wait("mouseup")[0]["screenX"] == left + 60


@example("drag")
def html5_drag_and_drop_arrives_with_its_data(desk: Desk) -> None:
    desk.do("drag", path=[desk.at("#source"), desk.at("#target")])
    (drop,) = desk.page.wait("drop", target="target")
    assert drop["data"] == "the parcel"
    assert desk.page.wait("dragend", target="source")
    assert desk.page.text("#target") == "the parcel"
    assert desk.nothing_is_down()


@example("drag")
def html5_drag_and_drop_works_ten_times_of_ten(desk: Desk) -> None:
    for _ in range(10):
        desk.page.reset()
        desk.do("drag", path=[desk.at("#source"), desk.at("#target")])
        assert desk.page.wait("drop", target="target")[0]["data"] == "the parcel"


@example("drag")
def a_click_before_does_not_make_it_a_double_click(desk: Desk) -> None:
    desk.do("click", at=desk.at("#source"))
    desk.do("drag", path=[desk.at("#source"), desk.at("#target")])
    assert desk.page.wait("drop", target="target")[0]["data"] == "the parcel"


@example("drag")
def a_slider_follows(desk: Desk) -> None:
    left, top, width, height = desk.page.region("#slider")
    middle = top + height // 2
    desk.do("drag", path=[(left + 8, middle), (left + width // 2, middle)])
    desk.until(lambda: 45 <= int(desk.page.text("#slider")) <= 55, "the slider is not in the middle")


@example("drag")
def text_is_selected(desk: Desk) -> None:
    desk.page.evaluate("document.querySelector('#text').value = 'select all of this'")
    left, top, width, height = desk.page.region("#text")
    middle = top + height // 2
    desk.do("drag", path=[(left + 4, middle), (left + width - 6, middle)])
    selected = (
        "(text => text.value.slice(text.selectionStart, text.selectionEnd))(document.querySelector('#text'))"
    )
    desk.until(lambda: desk.page.evaluate(selected) == "select all of this", "it is not selected")


def _far(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))
