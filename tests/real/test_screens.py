"""One suite for every screen: in memory, X11, portable, and a part of another one.

What reached the application is asserted by an application: for the real displays an X client with a window of its own.
"""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from Xlib import X
from Xlib import display as xdisplay

from deskhand.actions.errors import DisplayClosed, NotSupported, NotTyped, OffScreen, ResizeRefused
from deskhand.actions.front import Front
from deskhand.actions.geometry import Point, Region, Size
from deskhand.actions.screen import Screen
from deskhand.actions.screens.events import KeyPressed, KeyReleased, Pressed, Released, Typed
from deskhand.actions.screens.memory import MemoryScreen
from deskhand.actions.screens.part import PartScreen
from deskhand.actions.waiting import until
from deskhand.vm.desktop import VirtualDesktop

GREEN = (0, 255, 0)
CONTROL, LETTER = 0xFFE3, ord("a")


class Application(Protocol):
    """The program on the display: what it received, and how it is made to paint. Points count as on the screen."""

    def buttons(self) -> list[tuple[int, bool, Point]]: ...

    def keys(self) -> list[tuple[int, bool]]: ...

    def text(self) -> str: ...

    def paint(self, region: Region) -> None: ...


@dataclass
class InMemory:
    screen: MemoryScreen
    origin: Point

    def buttons(self) -> list[tuple[int, bool, Point]]:
        return [
            (one.button, isinstance(one, Pressed), Point(one.at.x - self.origin.x, one.at.y - self.origin.y))
            for one in self.screen.events
            if isinstance(one, Pressed | Released)
        ]

    def keys(self) -> list[tuple[int, bool]]:
        return [
            (one.keysym, isinstance(one, KeyPressed))
            for one in self.screen.events
            if isinstance(one, KeyPressed | KeyReleased)
        ]

    def text(self) -> str:
        return "".join(one.text for one in self.screen.events if isinstance(one, Typed))

    def paint(self, region: Region) -> None:
        x, y, width, height = region
        self.screen.paint(Region(x + self.origin.x, y + self.origin.y, width, height), GREEN)


@dataclass
class OnX:
    """An X client whose window covers the display and has the keyboard."""

    name: str
    seen: list[Any] = field(default_factory=list)
    typed: str = ""

    def __post_init__(self) -> None:
        self.x = xdisplay.Display(self.name)
        root = self.x.screen().root
        size = root.get_geometry()
        wanted = X.ButtonPressMask | X.ButtonReleaseMask | X.KeyPressMask | X.KeyReleaseMask
        self.window = root.create_window(
            0, 0, size.width, size.height, 0, X.CopyFromParent, override_redirect=True, event_mask=wanted
        )
        self.gc = self.window.create_gc(foreground=0x00FF00)
        self.window.map()
        self.x.sync()
        self.window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self.x.sync()

    def _read(self) -> None:
        self.x.sync()
        for _ in range(self.x.pending_events()):
            event = self.x.next_event()
            self.seen.append(event)
            if event.type == X.MappingNotify:
                self.x.refresh_keyboard_mapping(event)
            if event.type == X.KeyPress:
                keysym = self.x.keycode_to_keysym(event.detail, 1 if event.state & X.ShiftMask else 0)
                self.typed += character(keysym)

    def buttons(self) -> list[tuple[int, bool, Point]]:
        self._read()
        kinds = {X.ButtonPress: True, X.ButtonRelease: False}
        return [
            (one.detail, kinds[one.type], Point(one.root_x, one.root_y))
            for one in self.seen
            if one.type in kinds
        ]

    def keys(self) -> list[tuple[int, bool]]:
        self._read()
        kinds = {X.KeyPress: True, X.KeyRelease: False}
        return [
            (self.x.keycode_to_keysym(one.detail, 0), kinds[one.type])
            for one in self.seen
            if one.type in kinds
        ]

    def text(self) -> str:
        self._read()
        return self.typed

    def paint(self, region: Region) -> None:
        self.window.fill_rectangle(self.gc, *region)
        self.x.sync()

    def close(self) -> None:
        self.x.close()


def character(keysym: int) -> str:
    """What a program writes for that keysym; nothing for keys such as Control."""
    if keysym in (0xFF0D, 0xFF09):
        return "\n" if keysym == 0xFF0D else "\t"
    if keysym < 0x100:
        return chr(keysym)
    return chr(keysym - 0x0100_0000) if 0x0100_0000 < keysym <= 0x0110_FFFF else ""


@dataclass
class Stage:
    name: str
    screen: Screen
    application: Application


@pytest.fixture(scope="module")
def desktops() -> Iterator[Callable[[str], VirtualDesktop]]:
    """A desktop for each kind of screen, with the environment that the portable one reads when it is imported."""
    running: dict[str, VirtualDesktop] = {}
    before = {name: os.environ.get(name) for name in ("DISPLAY", "XAUTHORITY")}

    def desktop(kind: str) -> VirtualDesktop:
        if kind not in running:
            running[kind] = VirtualDesktop.start(size=Size(800, 600), window_manager="none")
        os.environ.update({name: running[kind].env[name] for name in before})
        return running[kind]

    yield desktop
    for one in running.values():
        one.close()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def portable() -> Screen:
    from deskhand.actions.screens.portable import PortableScreen

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # pyscreeze leaves pipes open when it is imported
        screen = PortableScreen()
        gc.collect()
    return screen


@pytest.fixture(params=["memory", "part", "x11", "portable"])
def stage(request: pytest.FixtureRequest, desktops: Callable[[str], VirtualDesktop]) -> Iterator[Stage]:
    kind: str = request.param
    if kind in ("memory", "part"):
        whole = MemoryScreen(Size(800, 600))
        part = PartScreen(whole, Region(100, 50, 640, 480))
        origin = Point(100, 50) if kind == "part" else Point(0, 0)
        yield Stage(kind, part if kind == "part" else whole, InMemory(whole, origin))
        return
    desktop = desktops(kind)
    application = OnX(desktop.env["DISPLAY"])
    screen: Screen
    if kind == "x11":
        from deskhand.actions.screens.x11 import X11Screen

        screen = X11Screen(desktop.env["DISPLAY"], xauthority=desktop.env["XAUTHORITY"], own=True)
    else:
        screen = portable()
    yield Stage(kind, screen, application)
    screen.close()
    application.close()


def test_the_picture_has_the_size_and_a_region_is_its_part(stage: Stage) -> None:
    stage.application.paint(Region(20, 30, 40, 50))
    whole = stage.screen.grab()
    assert whole.size == stage.screen.size
    assert whole.region == Region(0, 0, *stage.screen.size)
    part = stage.screen.grab(Region(15, 25, 30, 20))
    assert part.region == Region(15, 25, 30, 20)
    assert bytes(part.pixels) == bytes(whole.crop(Region(15, 25, 30, 20)).pixels)
    assert whole.pixel(Point(20, 30)) == GREEN
    assert whole.pixel(Point(19, 30)) != GREEN


def test_a_frame_keeps_what_it_saw(stage: Stage) -> None:
    before = stage.screen.grab()
    kept = bytes(before.pixels)
    stage.application.paint(Region(300, 300, 60, 60))
    after = stage.screen.grab()
    assert after.pixel(Point(310, 310)) == GREEN
    assert bytes(before.pixels) == kept


@pytest.mark.parametrize("at", [Point(0, 0), Point(1, 2), Point(639, 479), Point(320, 17)])
def test_the_pointer_goes_where_it_is_sent(stage: Stage, at: Point) -> None:
    stage.screen.move(at)
    assert until(lambda: stage.screen.pointer() == at, within=2)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_the_application_gets_every_button_where_the_pointer_is(stage: Stage, number: int) -> None:
    stage.screen.move(Point(70, 80))
    try:
        stage.screen.button(number, True)
    except NotSupported:
        assert stage.name == "portable"
        assert number in (8, 9)
        assert stage.application.buttons() == []
        return
    stage.screen.button(number, False)
    expected = [(number, True, Point(70, 80)), (number, False, Point(70, 80))]
    assert until(lambda: stage.application.buttons() == expected, within=2), stage.application.buttons()


def test_the_application_gets_keys_in_their_order(stage: Stage) -> None:
    for keysym, down in ((CONTROL, True), (LETTER, True), (LETTER, False), (CONTROL, False)):
        stage.screen.keysym(keysym, down)
    expected = [(CONTROL, True), (LETTER, True), (LETTER, False), (CONTROL, False)]
    assert until(lambda: stage.application.keys() == expected, within=2), stage.application.keys()


def test_a_key_that_the_screen_lacks_is_refused_and_nothing_is_pressed(stage: Stage) -> None:
    if stage.name == "portable":
        with pytest.raises(NotTyped):
            stage.screen.keysym(0x1008_FF99, True)
        assert stage.application.keys() == []
    else:
        stage.screen.keysym(0x1008_FF99, True)
        stage.screen.keysym(0x1008_FF99, False)
        expected = [(0x1008_FF99, True), (0x1008_FF99, False)]
        assert until(lambda: stage.application.keys() == expected, within=2), stage.application.keys()


@pytest.mark.parametrize(
    "text", ["plain words", "MiXed Case 42", "tab\tand\nline", "~!@#$%^&*[]{};:'\"/?", "é λ 你 😀 ñ"]
)
def test_typing_is_exact_or_an_error(stage: Stage, text: str) -> None:
    try:
        stage.screen.write(text)
    except NotTyped:
        assert stage.name == "portable"
        assert stage.application.text() == ""
        return
    assert until(lambda: stage.application.text() == text, within=3), stage.application.text()


def test_what_is_painted_is_a_change_once(stage: Stage) -> None:
    stage.application.paint(Region(0, 0, 5, 5))
    changes = stage.screen.changes()
    assert list(changes.poll(0.05)) == []
    stage.application.paint(Region(200, 100, 50, 40))
    painted = list(changes.poll(2))
    assert any(one.contains(Region(200, 100, 50, 40)) for one in painted), painted
    assert list(changes.poll(0.05)) == []
    changes.close()


def test_what_is_held_is_told(stage: Stage) -> None:
    stage.screen.keysym(CONTROL, True)
    stage.screen.button(1, True)
    assert until(lambda: sorted(stage.screen.pressed()) == [1, CONTROL], within=2), stage.screen.pressed()
    stage.screen.button(1, False)
    stage.screen.keysym(CONTROL, False)
    assert until(lambda: list(stage.screen.pressed()) == [], within=2)


@pytest.mark.parametrize("text", ["", "copied", "Zeile\n\tünïcödé 你😀"])
def test_the_clipboard_keeps_text(stage: Stage, text: str) -> None:
    stage.screen.set_clipboard(text)
    assert stage.screen.clipboard() == text


def test_the_monitors_lie_inside(stage: Stage) -> None:
    monitors = stage.screen.monitors()
    assert monitors
    assert all(Region(0, 0, *stage.screen.size).contains(one.region) for one in monitors)


def test_it_takes_another_size_or_says_that_it_cannot(stage: Stage) -> None:
    before = stage.screen.size
    try:
        stage.screen.resize(Size(700, 500))
    except (NotSupported, ResizeRefused):
        assert stage.name in ("portable", "part")
        assert stage.screen.size == before
        return
    assert stage.screen.size == stage.screen.grab().size == Size(700, 500)
    stage.screen.resize(before)


def test_the_front_guards_it(stage: Stage) -> None:
    front = Front(stage.screen)
    with pytest.raises(OffScreen):
        front.move(Point(front.size.width, 0))
    front.keysym(CONTROL, True)
    front.button(1, True)
    front.release()
    assert until(lambda: list(front.pressed()) == [], within=2)
    assert front.grab() is front.grab()


def test_closing_twice_is_closing_once() -> None:
    front = Front(MemoryScreen())
    front.keysym(CONTROL, True)
    front.close()
    front.close()
    with pytest.raises(DisplayClosed):
        front.grab()
