"""What the browser does: addresses, tabs and pages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from .action import Action, Data, action
from .computer import Computer
from .errors import BadURL
from .telling import shown

_SCHEMES = ("http", "https", "file", "data", "about")
_LONGEST_URL = 2_097_152  # Chromium's own limit
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_PORT = re.compile(r"\d{1,5}(?:[/?#]|$)")


def address(value: Any) -> str:
    """An address that may be opened, or a bare host, to which the browser adds https. Raises BadURL."""
    url = value.strip() if isinstance(value, str) else ""
    if not url or len(url) > _LONGEST_URL or any(unicodedata.category(one) in ("Cc", "Cs") for one in url):
        raise BadURL(f"{shown(value)} is not an address. {BadURL()}")
    said = _SCHEME.match(url)
    if said is None or said[1].lower() in _SCHEMES:
        return url
    host = "." in said[1] or said[1].lower() == "localhost"
    if host and _PORT.match(said[2]):
        return url
    raise BadURL(f"{shown(value)}: {BadURL()}")


Address = Annotated[str, BeforeValidator(address)]
TabId = Annotated[str, Field(min_length=1, max_length=200)]


@action("navigate")
class Navigate(Action):
    """Open an address in the active tab, or in another one, and wait until the page is there."""

    url: Address
    tab_id: TabId | None = None

    def perform(self, computer: Computer) -> Data:
        return asdict(computer.browser.navigate(self.url, tab_id=self.tab_id))


@action("new_tab")
class NewTab(Action):
    """Open a tab, empty or with an address, and make it the active one."""

    url: Address | None = None

    def perform(self, computer: Computer) -> Data:
        return asdict(computer.browser.new_tab(self.url))


@action("list_tabs")
class ListTabs(Action):
    """List the browser's tabs."""

    settles: ClassVar[bool] = False

    def perform(self, computer: Computer) -> Data:
        return [asdict(tab) for tab in computer.browser.tabs()]


@action("switch_tab")
class SwitchTab(Action):
    """Make a tab the active one."""

    tab_id: TabId

    def perform(self, computer: Computer) -> Data:
        return asdict(computer.browser.switch_tab(self.tab_id))


@action("close_tab")
class CloseTab(Action):
    """Close a tab."""

    tab_id: TabId

    def perform(self, computer: Computer) -> None:
        computer.browser.close_tab(self.tab_id)


@action("page_html")
class PageHtml(Action):
    """Give back the page's HTML as it is now."""

    settles: ClassVar[bool] = False
    tab_id: TabId | None = None

    def perform(self, computer: Computer) -> Data:
        return computer.browser.html(tab_id=self.tab_id)


@action("page_context")
class PageContextOf(Action):
    """Give back where the page is and how it is shown: address, title, sizes, scrolling."""

    settles: ClassVar[bool] = False
    tab_id: TabId | None = None

    def perform(self, computer: Computer) -> Data:
        return asdict(computer.browser.context(tab_id=self.tab_id))
