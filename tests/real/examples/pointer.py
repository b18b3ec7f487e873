"""Clicks, moves and presses, as the page received them."""

from __future__ import annotations

from .registry import Desk, example

NUMBERS = {"left": 0, "middle": 1, "right": 2, "back": 3, "forward": 4}
"""Buttons as a page counts them."""


@example("click")
def each_button_arrives_as_itself(desk: Desk) -> None:
    at = desk.at("#hover")
    for button, number in NUMBERS.items():
        desk.page.reset()
        desk.do("click", at=at, button=button)
        (down,), (up,) = desk.page.wait("mousedown"), desk.page.wait("mouseup")
        assert (down["button"], up["button"]) == (number, number)
        assert (down["screenX"], down["screenY"]) == at
        assert desk.nothing_is_down()


@example("click")
def one_to_three_clicks_count_up(desk: Desk) -> None:
    at = desk.at("#one")
    for times in (1, 2, 3):
        desk.page.reset()
        desk.do("click", x=at.x, y=at.y, times=times)
        clicks = desk.page.wait("click", target="one", count=times)
        assert [one["detail"] for one in clicks] == list(range(1, times + 1))
        desk.do("click", at=desk.at("#two"))  # elsewhere, so that the next click counts from one


@example("click")
def modifiers_are_held_during_it_only(desk: Desk) -> None:
    desk.do("click", at=desk.at("#one"), hold=["ctrl", "shift"])
    (click,) = desk.page.wait("click", target="one")
    assert click["held"] == ["shift", "ctrl"]
    assert desk.nothing_is_down()
    desk.do("click", at=desk.at("#two"))
    assert desk.page.wait("click", target="two")[0]["held"] == []


@example("click")
def zero_is_a_coordinate(desk: Desk) -> None:
    desk.do("click", at=(0, 0))
    (click,) = desk.page.wait("click")
    assert (click["screenX"], click["screenY"]) == (0, 0)


@example("click")
def the_last_pixel_is_a_coordinate(desk: Desk) -> None:
    width, height = desk.computer.screen.size
    desk.do("move", at=(width - 1, height - 1))
    assert desk.eye.pointer() == (width - 1, height - 1)
    desk.do("click", at=(5, height - 1))
    assert desk.page.wait("mousedown")[0]["screenY"] == height - 1


@example("click")
def without_a_point_it_is_where_the_pointer_is(desk: Desk) -> None:
    desk.do("move", at=desk.at("#two"))
    desk.do("click")
    assert desk.page.wait("click")[0]["target"] == "two"


@example("click")
def a_checkbox_is_ticked_and_a_list_opened(desk: Desk) -> None:
    desk.do("click", at=desk.at("#check"))
    assert desk.page.wait("change", target="check")[0]["value"] is True
    desk.do("click", at=desk.at("#select"))
    desk.do("keypress", keys="Down")
    desk.do("keypress", keys=["Return"])
    assert desk.page.wait("change", target="select")[0]["value"] != "apple"


@example("double_click")
def a_double_click_is_one(desk: Desk) -> None:
    desk.do("double_click", at=desk.at("#one"))
    assert len(desk.page.wait("dblclick", target="one")) == 1
    assert [one["detail"] for one in desk.page.events("click")] == [1, 2]


@example("triple_click")
def a_triple_click_selects_the_line(desk: Desk) -> None:
    desk.page.evaluate("document.querySelector('#area').value = 'first line\\nsecond line'")
    left, top, *_ = desk.page.region("#area")
    desk.do("triple_click", at=(left + 20, top + 16))
    desk.page.wait("click", target="area", count=3)
    selected = (
        "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.querySelector('#area'))"
    )
    assert desk.page.evaluate(selected).strip() == "first line"


@example("right_click")
def a_right_click_opens_the_menu(desk: Desk) -> None:
    desk.do("right_click", at=desk.at("#menu"), hold="alt")
    (event,) = desk.page.wait("contextmenu", target="menu")
    assert event["held"] == ["alt"]
    assert desk.page.text("#menu") == "menu opened"


@example("move")
def moving_hovers(desk: Desk) -> None:
    at = desk.at("#hover")
    desk.do("move", at=at)
    desk.until(lambda: desk.page.text("#hover") == "hovered", "it does not hover")
    assert desk.eye.pointer() == at
    desk.do("move", at=desk.at("#one"), hold="shift")
    desk.until(lambda: desk.page.text("#hover") == "left", "it hovers on")
    assert desk.page.wait("mousemove", target="one")[-1]["held"] == ["shift"]


@example("mouse_down")
@example("mouse_up")
def down_and_up_are_two_actions(desk: Desk) -> None:
    start, end = desk.at("#hover"), desk.at("#menu")
    desk.do("mouse_down", at=start, button="left")
    assert desk.page.wait("mousedown", target="hover")[0]["buttons"] == 1
    assert desk.eye.mask() == 0x100
    desk.do("move", at=end)
    assert desk.page.wait("mousemove", target="menu")[-1]["buttons"] == 1
    assert desk.page.events("mouseup") == []
    desk.do("mouse_up", at=end)
    assert desk.page.wait("mouseup", target="menu")[0]["buttons"] == 0
    assert desk.nothing_is_down()
