"""What only the X11 screen has: other servers, two at once, the keymap's journal, its clipboard, dying displays."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from deskhand.actions.errors import (
    DisplayGone,
    DisplayUnreachable,
    ExtensionMissing,
    OffScreen,
    ResizeRefused,
)
from deskhand.actions.front import Front
from deskhand.actions.geometry import Point, Region, Size
from deskhand.actions.screens.x11 import X11Screen
from deskhand.actions.screens.x11.connection import Connection
from deskhand.actions.screens.x11.keymap import Keymap, read_rows
from deskhand.actions.waiting import until

COMMANDS = {
    "Xvfb": ["-noreset", "-extension", "GLX", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
    "Xvnc": ["-geometry", "1280x720", "-depth", "24", "-SecurityTypes", "None", "-rfbport", "-1"],
}
PACKAGES = {"Xvfb": "xvfb", "Xvnc": "tigervnc-standalone-server", "xclip": "xclip"}


def needed(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"{program} is missing: apt-get install --no-install-recommends {PACKAGES[program]}")
    return found


class Server:
    """An X server of our own, without a window manager."""

    def __init__(self, program: str, folder: Path) -> None:
        told, tell = os.pipe()
        more = ["-rfbunixpath", str(folder / "rfb")] if program == "Xvnc" else []
        with (folder / f"{program}.log").open("wb") as log:
            self.process = subprocess.Popen(
                [needed(program), "-displayfd", str(tell), *COMMANDS[program], *more],
                pass_fds=[tell],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        os.close(tell)
        with os.fdopen(told) as number:
            self.display = f":{number.readline().strip()}"

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def xvfb(tmp_path: Path) -> Iterator[Server]:
    with closing(Server("Xvfb", tmp_path)) as server:
        yield server


@pytest.fixture
def xvnc(tmp_path: Path) -> Iterator[Server]:
    with closing(Server("Xvnc", tmp_path)) as server:
        yield server


def xclip(server: Server, *arguments: str, text: bytes | None = None) -> bytes:
    done = subprocess.run(
        [needed("xclip"), "-selection", "clipboard", *arguments],
        env={**os.environ, "DISPLAY": server.display},
        input=text,
        stdout=subprocess.PIPE if text is None else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=20,
        check=True,
    )
    return done.stdout or b""


def test_two_servers_in_one_process_keep_their_own_events(xvfb: Server, xvnc: Server) -> None:
    with (
        closing(X11Screen(xvfb.display, own=True)) as one,
        closing(X11Screen(xvnc.display, own=True)) as other,
    ):
        for screen, server in ((one, xvfb), (other, xvnc)):
            changes = screen.changes()
            subprocess.run(
                ["xsetroot", "-solid", "#336699"], env={**os.environ, "DISPLAY": server.display}, check=True
            )
            assert changes.poll(3)
            changes.close()
            assert screen.grab().pixel(Point(5, 5)) == (0x33, 0x66, 0x99)


def test_xvnc_is_captured_without_shared_memory(xvnc: Server) -> None:
    with closing(X11Screen(xvnc.display, own=True)) as screen:
        assert screen.capture_method == "Xlib"
        assert screen.grab().size == Size(1280, 720)


def test_frames_keep_their_pixels_while_others_are_taken(xvfb: Server) -> None:
    with closing(X11Screen(xvfb.display, own=True)) as screen:
        kept = []
        for number in range(12):
            colour = f"#{number * 20:02x}0000"
            subprocess.run(
                ["xsetroot", "-solid", colour], env={**os.environ, "DISPLAY": xvfb.display}, check=True
            )
            kept.append(screen.grab())
    assert [frame.pixel(Point(9, 9))[0] for frame in kept] == [number * 20 for number in range(12)]


def test_what_a_killed_process_lent_is_put_back_by_the_next(xvfb: Server) -> None:
    connection = Connection(xvfb.display)
    before = read_rows(connection)
    dying = Connection(xvfb.display)
    Keymap(dying).lend([0x0100_0416, 0x0100_4E00])
    dying.sync()
    assert read_rows(connection) != before
    dying.x.display.socket.close()  # as the kernel does for a process that is killed
    connection.sync()
    X11Screen(xvfb.display).close()
    assert read_rows(connection) == before
    connection.close()


def test_what_a_living_process_has_lent_is_left_to_it(xvfb: Server) -> None:
    living = Connection(xvfb.display)
    Keymap(living).lend([0x0100_0416])
    living.sync()
    lent = read_rows(living)
    X11Screen(xvfb.display).close()
    assert read_rows(living) == lent
    living.close()


@pytest.mark.parametrize("text", ["", "plain", "é€λ你😀 two\nlines\t", "x" * 70_000, "λ" * 400_000])
def test_the_clipboard_goes_both_ways(xvfb: Server, text: str) -> None:
    with closing(X11Screen(xvfb.display, own=True)) as screen:
        screen.set_clipboard(text)
        assert xclip(xvfb, "-o").decode() == text
        assert screen.clipboard() == text
        xclip(xvfb, "-i", text=text.encode())
        assert screen.clipboard() == text


def test_an_attached_display_keeps_the_clipboard_after_the_screen(xvfb: Server) -> None:
    screen = X11Screen(xvfb.display)
    screen.set_clipboard("still here: ü")
    screen.close()
    assert xclip(xvfb, "-o").decode() == "still here: ü"
    xclip(xvfb, "-i", text=b"next")  # the keeper lets go and ends


def test_nobody_has_copied_anything(xvfb: Server) -> None:
    with closing(X11Screen(xvfb.display, own=True)) as screen:
        assert screen.clipboard() == ""


@pytest.mark.parametrize("size", [Size(800, 600), Size(1600, 1200), Size(1, 1), Size(1023, 767)])
def test_resize_is_live_and_exact(xvfb: Server, size: Size) -> None:
    with closing(X11Screen(xvfb.display, own=True)) as screen:
        front = Front(screen)
        front.resize(Size(640, 480))
        front.resize(size)
        assert front.size == size
        assert front.grab().size == size
        with pytest.raises(OffScreen):
            front.move(Point(size.width, 0))


@pytest.mark.parametrize("size", [Size(1601, 1200), Size(4000, 4000)])
def test_larger_than_it_was_started_is_refused_and_nothing_changes(xvfb: Server, size: Size) -> None:
    with closing(X11Screen(xvfb.display, own=True)) as screen:
        screen.resize(Size(1000, 700))
        with pytest.raises(ResizeRefused, match="largest"):
            screen.resize(size)
        assert screen.size == Size(1000, 700)
        assert screen.grab().size == Size(1000, 700)


def test_a_resize_by_somebody_else_is_seen(xvfb: Server) -> None:
    with (
        closing(X11Screen(xvfb.display, own=True)) as screen,
        closing(X11Screen(xvfb.display, own=True)) as other,
    ):
        other.resize(Size(900, 500))
        assert until(lambda: screen.size == Size(900, 500), within=3)
        assert screen.grab().size == Size(900, 500)


@pytest.mark.parametrize(
    "act",
    [
        lambda front: front.move(Point(5, 5)),
        lambda front: front.write("é"),
        lambda front: front.grab(),
        lambda front: front.grab(Region(0, 0, 5, 5)),
        lambda front: front.pointer(),
        lambda front: front.changes().poll(1),
        lambda front: front.clipboard(),
        lambda front: front.resize(Size(400, 300)),
    ],
    ids=["move", "write", "grab", "region", "pointer", "changes", "clipboard", "resize"],
)
def test_a_display_that_dies_is_said_so_and_closing_still_works(xvfb: Server, act: object) -> None:
    front = Front(X11Screen(xvfb.display, own=True))
    front.grab()
    front.keysym(0xFFE1, True)
    xvfb.process.send_signal(signal.SIGKILL)
    xvfb.process.wait()
    with pytest.raises(DisplayGone):
        for _ in range(20):  # a write into a broken pipe may be noticed one call later
            act(front)  # type: ignore[operator]
    front.close()


@pytest.mark.parametrize("extension", ["XTEST", "DAMAGE", "XFIXES", "RANDR"])
def test_a_server_without_an_extension_is_refused_by_its_name(extension: str) -> None:
    told, tell = os.pipe()
    server = subprocess.Popen(
        [needed("Xvfb"), "-displayfd", str(tell), "-noreset", "-extension", extension],
        pass_fds=[tell],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    try:
        with pytest.raises(ExtensionMissing, match=extension):
            X11Screen(display)
    finally:
        server.terminate()
        server.wait()


def test_a_wrong_cookie_is_refused(tmp_path: Path) -> None:
    cookies = tmp_path / "cookies"
    subprocess.run(
        ["xauth", "-f", cookies, "add", ":97", ".", "00112233445566778899aabbccddeeff"], check=True
    )
    told, tell = os.pipe()
    server = subprocess.Popen(
        [needed("Xvfb"), "-displayfd", str(tell), "-auth", str(cookies), "-noreset"],
        pass_fds=[tell],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    try:
        with pytest.raises(DisplayUnreachable):
            X11Screen(display, xauthority=str(tmp_path / "none"))
    finally:
        server.terminate()
        server.wait()
