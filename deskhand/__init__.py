"""Deskhand: hands, eyes and a loop for a Linux desktop.

    from deskhand import Click, VirtualDesktop, act

    with VirtualDesktop.start() as desktop:
        desktop.browser.navigate("https://example.org")
        result = act(desktop, Click(at=(640, 360)))
        print(result.settled, len(result.frame.encode()))

Importing this costs next to nothing: a name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .actions import (
        REGISTRY,
        Action,
        ActionError,
        ActionTimeout,
        Answer,
        BadCoordinate,
        BadRegion,
        BadURL,
        Browser,
        BrowserError,
        BrowserGone,
        Button,
        Changes,
        Click,
        ClipboardRead,
        ClipboardWrite,
        CloseTab,
        Completed,
        Computer,
        Cursor,
        CursorPosition,
        Data,
        DeskhandError,
        DesktopError,
        DesktopGone,
        DisplayClosed,
        DisplayError,
        DisplayGone,
        DisplayUnreachable,
        Done,
        DoubleClick,
        Drag,
        ExtensionMissing,
        Format,
        Frame,
        Front,
        HoldKey,
        How,
        InvalidAction,
        KeyDown,
        Keypress,
        KeyUp,
        LibraryConflict,
        ListTabs,
        Monitor,
        MouseDown,
        MouseUp,
        Move,
        Navigate,
        NavigationFailed,
        NewTab,
        NoSuchTab,
        NotSupported,
        NotTyped,
        OffScreen,
        Output,
        PageContext,
        PageContextOf,
        PageFailed,
        PageHtml,
        Patience,
        Point,
        PointAndType,
        ProgramMissing,
        ProgramNotStarted,
        Region,
        Resize,
        ResizeRefused,
        Result,
        RightClick,
        Screen,
        Screenshot,
        Scroll,
        Settled,
        Shell,
        ShellCommand,
        Size,
        StartFailed,
        SwitchTab,
        Tab,
        Terminate,
        TripleClick,
        Type,
        UnknownAction,
        UnknownButton,
        UnknownKey,
        Wait,
        WaylandRefused,
        Wheel,
        act,
        action,
        parse,
    )
    from .vm.attached import AttachedDesktop
    from .vm.desktop import VirtualDesktop

    __version__: str

__all__ = [
    "REGISTRY",
    "Action",
    "ActionError",
    "ActionTimeout",
    "Answer",
    "AttachedDesktop",
    "BadCoordinate",
    "BadRegion",
    "BadURL",
    "Browser",
    "BrowserError",
    "BrowserGone",
    "Button",
    "Changes",
    "Click",
    "ClipboardRead",
    "ClipboardWrite",
    "CloseTab",
    "Completed",
    "Computer",
    "Cursor",
    "CursorPosition",
    "Data",
    "DeskhandError",
    "DesktopError",
    "DesktopGone",
    "DisplayClosed",
    "DisplayError",
    "DisplayGone",
    "DisplayUnreachable",
    "Done",
    "DoubleClick",
    "Drag",
    "ExtensionMissing",
    "Format",
    "Frame",
    "Front",
    "HoldKey",
    "How",
    "InvalidAction",
    "KeyDown",
    "KeyUp",
    "Keypress",
    "LibraryConflict",
    "ListTabs",
    "Monitor",
    "MouseDown",
    "MouseUp",
    "Move",
    "Navigate",
    "NavigationFailed",
    "NewTab",
    "NoSuchTab",
    "NotSupported",
    "NotTyped",
    "OffScreen",
    "Output",
    "PageContext",
    "PageContextOf",
    "PageFailed",
    "PageHtml",
    "Patience",
    "Point",
    "PointAndType",
    "ProgramMissing",
    "ProgramNotStarted",
    "Region",
    "Resize",
    "ResizeRefused",
    "Result",
    "RightClick",
    "Screen",
    "Screenshot",
    "Scroll",
    "Settled",
    "Shell",
    "ShellCommand",
    "Size",
    "StartFailed",
    "SwitchTab",
    "Tab",
    "Terminate",
    "TripleClick",
    "Type",
    "UnknownAction",
    "UnknownButton",
    "UnknownKey",
    "VirtualDesktop",
    "Wait",
    "WaylandRefused",
    "Wheel",
    "__version__",
    "act",
    "action",
    "parse",
]

_ELSEWHERE = {"AttachedDesktop": ".vm.attached", "VirtualDesktop": ".vm.desktop"}
"""Names that are not in :mod:`deskhand.actions`, and where they are."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - lazily, like everything here

        found: object = version("deskhand")
    else:
        from importlib import import_module  # noqa: PLC0415

        found = getattr(import_module(_ELSEWHERE.get(name, ".actions"), __name__), name)
    globals()[name] = found  # the next time it is found without coming here
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
