"""The browser's tabs and pages, compared with the window's title and with what the pages' own scripts say."""

from __future__ import annotations

from typing import Any

from deskhand.actions.performing import Result

from .registry import Desk, example

OTHER = "data:text/html,<title>Other</title><body style='height:5000px'><p id=p>other</p>"


def _shown(desk: Desk) -> str:
    """The title of the page in front, as the browser's window tells it."""
    return desk.outside.run("xdotool", "getactivewindow", "getwindowname").split(" - ")[0]


def _told(result: Result) -> dict[str, Any]:
    assert isinstance(result.data, dict)
    return result.data


def _own_tab(desk: Desk) -> str:
    tabs = desk.do("list_tabs").data
    assert isinstance(tabs, list)
    return str(next(tab["id"] for tab in tabs if tab["title"] == "Witness"))


@example("new_tab")
@example("list_tabs")
@example("switch_tab")
@example("close_tab")
def tabs_come_and_go(desk: Desk) -> None:
    witness = _own_tab(desk)
    opened = _told(desk.do("new_tab", url=OTHER))
    try:
        assert (opened["title"], opened["active"]) == ("Other", True)
        desk.until(lambda: _shown(desk) == "Other", "the new tab is not in front")
        assert desk.page.evaluate("document.visibilityState") == "hidden"
        desk.do("switch_tab", tab_id=witness)
        desk.until(
            lambda: desk.page.evaluate("document.visibilityState") == "visible", "the tab is not in front"
        )
        tabs = desk.do("list_tabs").data
        assert isinstance(tabs, list)
        assert {tab["id"]: tab["active"] for tab in tabs} == {witness: True, opened["id"]: False}
    finally:
        desk.do("close_tab", tab_id=opened["id"])
    assert desk.do("list_tabs").data == [tab for tab in tabs if tab["id"] == witness]
    desk.until(lambda: _shown(desk) == "Witness", "the tab did not close")


@example("navigate")
@example("page_html")
@example("page_context")
def a_page_is_opened_and_read(desk: Desk) -> None:
    witness = _own_tab(desk)
    tab = _told(desk.do("new_tab"))["id"]
    try:
        context = _told(desk.do("navigate", url=OTHER, tab_id=tab))
        assert (context["url"], context["title"]) == (OTHER, "Other")
        desk.until(lambda: _shown(desk) == "Other", "the page does not show")
        html = desk.do("page_html", tab_id=tab).data
        assert '<p id="p">other</p>' in str(html)
        desk.do("scroll", at=(640, 400), dy=2, unit="notches")
        desk.until(
            lambda: _told(desk.do("page_context", tab_id=tab))["scroll_y"] > 0, "it tells no scrolling"
        )
        assert _told(desk.do("page_context", tab_id=tab))["page_height"] >= 5000
    finally:
        desk.do("close_tab", tab_id=tab)
        desk.do("switch_tab", tab_id=witness)


@example("page_html")
def the_html_is_as_the_page_is_now(desk: Desk) -> None:
    desk.do("click", at=desk.at("#menu"), button="right")
    desk.page.wait("contextmenu")
    assert "menu opened" in str(desk.do("page_html").data)


@example("page_context")
def the_context_is_what_the_page_says(desk: Desk) -> None:
    context = _told(desk.do("page_context"))
    told = desk.page.evaluate("[location.href, document.title, innerWidth, innerHeight, scrollX, scrollY]")
    names = ("url", "title", "viewport_width", "viewport_height", "scroll_x", "scroll_y")
    assert [context[name] for name in names] == told
    assert context["active"] is True
