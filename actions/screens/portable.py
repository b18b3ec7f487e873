"""A screen through pyautogui and mss, for hosts where X11 is not the way (Windows, macOS).

It needs the extra ``portable``. pyautogui opens its display when it is imported, so there is one such screen to a
process, and it is the one in front of it. It does less than the X11 screen, and says so: no cursor picture, no
Unicode typing, changes by comparing pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..errors import DeskhandError, DisplayGone, DisplayUnreachable, NotSupported, NotTyped, translated
from ..frame import Frame
from ..geometry import Point, Region, Size
from ..screen import Button, Changes, Cursor, Monitor, Wheel
from ..waiting import until

_BUTTONS: Final = {Button.LEFT: "left", Button.MIDDLE: "middle", Button.RIGHT: "right"}
_WHEEL: Final = {
    Wheel.UP: ("vscroll", 1),
    Wheel.DOWN: ("vscroll", -1),
    Wheel.LEFT: ("hscroll", -1),
    Wheel.RIGHT: ("hscroll", 1),
}
_NAMED: Final = {
    0xFF08: "backspace",
    0xFF09: "tab",
    0xFF0D: "enter",
    0xFF1B: "escape",
    0xFF50: "home",
    0xFF51: "left",
    0xFF52: "up",
    0xFF53: "right",
    0xFF54: "down",
    0xFF55: "pageup",
    0xFF56: "pagedown",
    0xFF57: "end",
    0xFF61: "printscreen",
    0xFF63: "insert",
    0xFF7F: "numlock",
    0xFFE1: "shiftleft",
    0xFFE2: "shiftright",
    0xFFE3: "ctrlleft",
    0xFFE4: "ctrlright",
    0xFFE5: "capslock",
    0xFFE9: "altleft",
    0xFFEA: "altright",
    0xFFEB: "winleft",
    0xFFEC: "winright",
    0xFFFF: "delete",
    **{0xFFBE + number: f"f{number + 1}" for number in range(24)},
}


class PortableScreen:
    """The display in front of this process (the ``Screen`` protocol).

    Raises NotSupported without the extra, DisplayUnreachable without a display.
    """

    def __init__(self) -> None:
        self._hand = _pyautogui()
        from mss import MSS  # noqa: PLC0415 - it opens the display
        from mss.exception import ScreenShotError  # noqa: PLC0415

        self._lost: dict[type[BaseException], type[DeskhandError]] = {ScreenShotError: DisplayGone}
        with translated({ScreenShotError: DisplayUnreachable}):
            self._eye = MSS()
        self._held: list[int] = []

    @property
    def size(self) -> Size:
        width, height = self._hand.size()
        return Size(int(width), int(height))

    def move(self, at: Point) -> None:
        self._hand.moveTo(at.x, at.y, _pause=False)

    def button(self, number: int, down: bool) -> None:
        if number in _WHEEL:
            if down:  # a notch is one event here, not a press and a release
                verb, notches = _WHEEL[Wheel(number)]
                getattr(self._hand, verb)(notches, _pause=False)
            return
        if number not in _BUTTONS:
            raise NotSupported("The portable screen has no back and forward buttons.")
        press = self._hand.mouseDown if down else self._hand.mouseUp
        press(button=_BUTTONS[Button(number)], _pause=False)
        self._note(number, down)

    def keysym(self, keysym: int, down: bool) -> None:
        name = _NAMED.get(keysym) or (chr(keysym) if 0x20 <= keysym < 0x7F else None)
        if name is None or not self._hand.isValidKey(name):
            raise NotTyped(f"The portable screen has no key for the keysym {keysym:#x}.")
        (self._hand.keyDown if down else self._hand.keyUp)(name, _pause=False)
        self._note(keysym, down)

    def write(self, text: str) -> None:
        names = ["enter" if one == "\n" else "tab" if one == "\t" else one for one in text]
        for name in dict.fromkeys(names):
            if not self._types(name):
                raise NotTyped(
                    f"The portable screen cannot type {name!r} on this keyboard layout; put the text on the clipboard "
                    "and paste it. Nothing was typed."
                )
        for name in names:
            self._hand.press(name, _pause=False)

    def grab(self, region: Region | None = None) -> Frame:
        region = region or Region(0, 0, *self.size)
        area = {"left": region.x, "top": region.y, "width": region.width, "height": region.height}
        with translated(self._lost):
            shot = self._eye.grab(area)
        return Frame(bytes(shot.raw), Size(region.width, region.height), region=region)

    def pointer(self) -> Point:
        x, y = self._hand.position()
        return Point(int(x), int(y))

    def cursor(self) -> Cursor | None:
        return None

    def changes(self) -> Changes:
        return _Compared(self)

    def pressed(self) -> Sequence[int]:
        """What this screen pressed: the host does not tell about others."""
        return tuple(self._held)

    def clipboard(self) -> str:
        return str(_pyperclip("paste"))

    def set_clipboard(self, text: str) -> None:
        _pyperclip("copy", text)

    def monitors(self) -> Sequence[Monitor]:
        return [
            Monitor(
                f"monitor {number}",
                Region(one["left"], one["top"], one["width"], one["height"]),
                primary=number == 1,
            )
            for number, one in enumerate(self._eye.monitors[1:], start=1)
        ]

    def resize(self, size: Size) -> None:
        raise NotSupported("The portable screen cannot change the display's size.")

    def close(self) -> None:
        self._eye.close()

    def _note(self, number: int, down: bool) -> None:
        if number in self._held:
            self._held.remove(number)
        if down:
            self._held.append(number)

    def _types(self, name: str) -> bool:
        """Whether pyautogui's key for that name gives it. On X11 it presses Shift by the us layout: looked up."""
        if not self._hand.isValidKey(name) or (len(name) == 1 and not 0x20 <= ord(name) < 0x7F):
            return False
        x11 = getattr(self._hand, "platformModule", None)
        display, codes = getattr(x11, "_display", None), getattr(x11, "keyboardMapping", {})
        if display is None or len(name) > 1:
            return True
        level = 1 if self._hand.isShiftCharacter(name) else 0
        return bool(codes.get(name)) and display.keycode_to_keysym(codes[name], level) == ord(name)


class _Compared:
    """Changes found by comparing pictures: one region, around all that differs."""

    def __init__(self, screen: PortableScreen) -> None:
        self._screen = screen
        self._last = screen.grab()

    def poll(self, within: float) -> Sequence[Region]:
        found: list[Region] = []

        def differs() -> bool:
            now = self._screen.grab()
            if not now.same_as(self._last):
                found.append(_difference(now, self._last))
                self._last = now
            return bool(found)

        until(differs, within=within)
        return found

    def ask(self) -> bool:
        return False

    @property
    def answered(self) -> bool:
        return False

    def close(self) -> None:
        return


def _difference(one: Frame, other: Frame) -> Region:
    from PIL import ImageChops  # noqa: PLC0415 - see frame.py

    if one.size != other.size:
        return one.region
    box = ImageChops.difference(one.image(), other.image()).getbbox() or (0, 0, 1, 1)
    return Region(box[0], box[1], box[2] - box[0], box[3] - box[1])


def _pyautogui() -> Any:
    try:
        import pyautogui  # noqa: PLC0415 - it opens the display
    except ImportError as error:
        raise NotSupported(
            "The portable screen needs pyautogui: `pip install deskhand[portable]`."
        ) from error
    except SystemExit as error:  # a part of it ends the whole program where tkinter is missing
        raise NotSupported(
            "pyautogui needs tkinter: `apt-get install --no-install-recommends python3-tk`."
        ) from error
    except Exception as error:  # whatever its X library raises: KeyError, XauthError, DisplayError…
        raise DisplayUnreachable(
            f"pyautogui finds no display ({type(error).__name__}: {error}): set DISPLAY, and XAUTHORITY to an existing "
            "file (`touch ~/.Xauthority`)."
        ) from error
    pyautogui.FAILSAFE = False  # a click at (0, 0) is a click, not an alarm
    pyautogui.PAUSE = 0
    return pyautogui


def _pyperclip(verb: str, *arguments: str) -> Any:
    import pyperclip  # noqa: PLC0415 - part of the same extra

    with translated({pyperclip.PyperclipException: NotSupported}):
        return getattr(pyperclip, verb)(*arguments)
