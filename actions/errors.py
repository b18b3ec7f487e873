"""Every error that Deskhand raises, in one tree. A class's docstring is its default message.

    DeskhandError
    ├── ActionError                 the action itself
    │   ├── InvalidAction           its wire form is wrong
    │   │   ├── UnknownAction
    │   │   ├── UnknownKey
    │   │   ├── UnknownButton
    │   │   ├── BadCoordinate
    │   │   ├── BadRegion
    │   │   └── BadURL
    │   ├── OffScreen               the point lies outside the display
    │   ├── NotTyped                the text cannot be typed exactly
    │   ├── ActionTimeout           it did not end within its time
    │   └── NotSupported            this screen or computer has no such thing
    ├── DisplayError                the display
    │   ├── DisplayUnreachable
    │   ├── DisplayGone
    │   ├── DisplayClosed
    │   ├── ExtensionMissing
    │   ├── LibraryConflict
    │   ├── ResizeRefused
    │   └── WaylandRefused
    ├── DesktopError                the virtual desktop around the display
    │   ├── DesktopGone
    │   ├── ProgramMissing
    │   ├── ProgramNotStarted
    │   └── StartFailed
    └── BrowserError                the browser on it
        ├── BrowserGone
        ├── NavigationFailed
        ├── NoSuchTab
        └── PageFailed

``exit_code`` is what the command line ends with when the error reaches it; the codes follow sysexits(3):
64 usage, 69 something needed is not there, 74 the display broke off, 1 everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from inspect import cleandoc
from typing import ClassVar


class DeskhandError(Exception):
    """Something went wrong in Deskhand."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or " ".join(cleandoc(type(self).__doc__ or "").split()))


class ActionError(DeskhandError):
    """The action could not be carried out."""


class InvalidAction(ActionError):
    """The action is malformed; nothing was done."""

    exit_code = 64


class UnknownAction(InvalidAction):
    """There is no action of that name; nothing was done."""


class UnknownKey(InvalidAction):
    """There is no key of that name; nothing was pressed."""


class UnknownButton(InvalidAction):
    """There is no mouse button of that name: use left, middle, right, back or forward; nothing was pressed."""


class BadCoordinate(InvalidAction):
    """A coordinate must be a finite number; nothing was done."""


class BadRegion(InvalidAction):
    """A region needs a positive width and height and must lie inside the display."""


class BadURL(InvalidAction):
    """Only http, https, file, data and about addresses can be opened; nothing was opened."""


class OffScreen(ActionError):
    """The point lies outside the display; nothing was done."""

    exit_code = 64


class NotTyped(ActionError):
    """The text cannot be typed exactly on this screen; put it on the clipboard and paste it instead."""


class ActionTimeout(ActionError):
    """The action did not end within its time."""


class NotSupported(ActionError):
    """This screen or computer cannot do that."""


class DisplayError(DeskhandError):
    """Something is wrong with the display."""

    exit_code = 69


class DisplayUnreachable(DisplayError):
    """The display does not answer: check DISPLAY and XAUTHORITY, or start one with `deskhand desktop`."""


class DisplayGone(DisplayError):
    """The display went away in the middle of the work."""

    exit_code = 74


class DisplayClosed(DisplayError):
    """This screen was closed; open it again to go on."""

    exit_code = 1


class ExtensionMissing(DisplayError):
    """The X server lacks an extension that is needed."""


class LibraryConflict(DisplayError):
    """Another package has overwritten python-xlib: run `pip install --force-reinstall --no-deps python-xlib`."""


class ResizeRefused(DisplayError):
    """The display cannot take that size."""

    exit_code = 1


class WaylandRefused(DisplayError):
    """This is a Wayland session, where pictures come out black and typed keys vanish without an error: use a virtual
    desktop instead (`deskhand desktop`), or log in to an X11 ("Xorg") session."""


class DesktopError(DeskhandError):
    """Something is wrong with the virtual desktop."""


class DesktopGone(DesktopError):
    """The virtual desktop has ended."""

    exit_code = 74


class ProgramMissing(DesktopError):
    """A program that is needed is not installed."""

    exit_code = 69

    def __init__(self, program: str, package: str) -> None:
        self.program = program
        self.package = package
        super().__init__(
            f"{program} is not installed: run `apt-get install --no-install-recommends {package}`"
        )


class ProgramNotStarted(DesktopError):
    """The program cannot be started."""


class StartFailed(DesktopError):
    """The virtual desktop could not be started."""


class BrowserError(DeskhandError):
    """Something is wrong with the browser."""


class BrowserGone(BrowserError):
    """The browser has ended; the next page action starts it again."""


class NavigationFailed(BrowserError):
    """The page could not be opened."""


class NoSuchTab(BrowserError):
    """There is no such tab; list_tabs tells which there are."""


class PageFailed(BrowserError):
    """The page did not answer."""


@contextmanager
def translated(kinds: Mapping[type[BaseException], type[DeskhandError]]) -> Iterator[None]:
    """Turn foreign errors into ours at the seam, keeping the cause.

    A foreign error's own text is added to the default sentence, so that nothing is lost.
    """
    try:
        yield
    except tuple(kinds) as error:
        ours = next(kinds[kind] for kind in type(error).__mro__ if kind in kinds)
        told = str(error).strip()
        raise ours(f"{ours()} ({told})" if told else None) from error
