"""What we ask a page about itself. These expressions run in our own world of the page, where it cannot interfere."""

from __future__ import annotations

import json
from typing import Any

from ..actions.errors import PageFailed
from ..actions.geometry import Region, Size

HTML = """(() => {
  const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + "\\n" : "";
  return kind + (document.documentElement ? document.documentElement.outerHTML : "");
})()"""

SHOWN = """(() => {
  const page = document.scrollingElement || document.documentElement;
  return {
    viewport_width: innerWidth, viewport_height: innerHeight,
    page_width: page.scrollWidth, page_height: page.scrollHeight,
    scroll_x: scrollX, scroll_y: scrollY, device_scale_factor: devicePixelRatio,
  };
})()"""
"""The fields of a PageContext that only the page knows."""

_PLACE = """(() => {
  const element = document.querySelector(%s);
  if (!element) return null;
  const box = element.getBoundingClientRect(), seen = visualViewport;
  return {
    x: (box.x - seen.offsetLeft) * seen.scale, y: (box.y - seen.offsetTop) * seen.scale,
    width: box.width * seen.scale, height: box.height * seen.scale,
    ratio: devicePixelRatio, screen: screen.width,
    left: screenX, top: screenY, outer: [outerWidth, outerHeight],
    inner: [innerWidth, innerHeight], exact: [seen.width * seen.scale, seen.height * seen.scale],
  };
})()"""


def place_of(selector: str) -> str:
    """The expression for an element's place; ``selector`` goes in as a string, never as code."""
    return _PLACE % json.dumps(selector)


def on_screen(place: Any, selector: str, display: Size) -> Region:
    """The element's rectangle in pixels of the display. Raises PageFailed when there is no such element.

    The page does not know where it lies in its window. Chromium puts everything of its own above the page, so the
    page's lower edge is the window's; and the window's border, if it has one, is the same on both sides.
    """
    if place is None:
        raise PageFailed(f"No element of the page matches {selector!r}.")
    ratio = place["ratio"]
    unit = display.width / place["screen"]  # pixels of the display per unit of window coordinates
    page = [_pixels(inner, exact, ratio) for inner, exact in zip(place["inner"], place["exact"], strict=True)]
    outer = [length * unit for length in place["outer"]]
    border = max(0.0, (outer[0] - page[0]) / 2)
    left = place["left"] * unit + border
    top = place["top"] * unit + outer[1] - border - page[1]
    x, y = left + place["x"] * ratio, top + place["y"] * ratio
    right, bottom = x + place["width"] * ratio, y + place["height"] * ratio
    return Region(round(x), round(y), round(right) - round(x), round(bottom) - round(y))


def _pixels(inner: int, exact: float, ratio: float) -> int:
    """The page's extent in pixels. ``inner`` is rounded to CSS pixels; ``exact`` is not, and has no scrollbar."""
    scrollbar = inner - exact
    return round(exact * ratio) + (round(scrollbar * ratio) if scrollbar > 1 else 0)
