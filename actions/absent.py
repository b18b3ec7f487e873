"""A shell and a browser that are not there, for computers that are a screen only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .computer import Completed, Output, PageContext, Tab
from .errors import NotSupported


class NoShell:
    """Runs nothing: every call raises NotSupported."""

    def run(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Completed:
        raise NotSupported("This computer runs no commands.")

    def stream(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Iterator[Output]:
        raise NotSupported("This computer runs no commands.")

    def start(
        self,
        command: str | Sequence[str],
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> int:
        raise NotSupported("This computer runs no commands.")


class NoBrowser:
    """Opens nothing: every call that needs a browser raises NotSupported."""

    def navigate(self, url: str, *, tab_id: str | None = None) -> PageContext:
        raise self._none()

    def tabs(self) -> Sequence[Tab]:
        raise self._none()

    def new_tab(self, url: str | None = None) -> Tab:
        raise self._none()

    def switch_tab(self, tab_id: str) -> Tab:
        raise self._none()

    def close_tab(self, tab_id: str) -> None:
        raise self._none()

    def html(self, *, tab_id: str | None = None) -> str:
        raise self._none()

    def context(self, *, tab_id: str | None = None) -> PageContext:
        raise self._none()

    def busy(self) -> bool:
        return False

    def close(self) -> None:
        """There is nothing to close."""

    def _none(self) -> NotSupported:
        return NotSupported("This computer has no browser.")
