"""A real X server for tests, started without our own code, and an independent eye on its state."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deskhand.actions.waiting import until

PACKAGES = {
    "Xvfb": "xvfb",
    "jwm": "jwm",
    "xterm": "xterm",
    "chromium": "chromium",
    "xclip": "xclip",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "setxkbmap": "x11-xkb-utils",
    "/usr/bin/python3": "python3",
}

JWM = """<?xml version="1.0"?>
<JWM>
  <FocusModel>click</FocusModel>
  <SnapMode distance="0">none</SnapMode>
  <MoveMode>opaque</MoveMode>
  <Desktops width="1" height="1"/>
</JWM>
"""


def need(program: str) -> str:
    """The program's path; without it the test fails with the command that installs it."""
    found = shutil.which(program)
    if found is None:
        pytest.fail(
            f"{program} is missing: run `apt-get install --no-install-recommends {PACKAGES[program]}`",
            pytrace=False,
        )
    return found


def stop(program: subprocess.Popen[bytes]) -> None:
    """End a program that we started, and reap it."""
    if program.stdin:
        program.stdin.close()
    program.terminate()
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait(5)


def trust(cookies: bytes) -> None:
    """Let this process and its programs use these cookies, in place of those of displays that had their numbers."""
    file = Path(os.environ["XAUTHORITY"])
    new = dict(_entries(cookies))
    file.write_bytes(
        b"".join(new.values()) + b"".join(old for key, old in _entries(file.read_bytes()) if key not in new)
    )


def _entries(cookies: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The entries of an Xauthority file, each after what tells it apart: family, address and display number."""
    at = 0
    while at < len(cookies):
        start, at = at, at + 2
        ends = []
        for _ in range(4):
            at += 2 + int.from_bytes(cookies[at : at + 2], "big")
            ends.append(at)
        yield cookies[start : ends[1]], cookies[start:at]


class Outside:
    """Other programs on a display that was started elsewhere."""

    def __init__(self, name: str) -> None:
        self.name = name

    def environment(self) -> dict[str, str]:
        return dict(os.environ, DISPLAY=self.name, LANG="C.UTF-8", LC_ALL="C.UTF-8")

    def run(self, *command: str, stdin: str | None = None) -> str:
        """Run a command on it to its end and give back what it printed. Fails the test on a bad exit code."""
        need(command[0])
        done = subprocess.run(
            command,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    @contextmanager
    def clipboard(self, text: str) -> Iterator[None]:
        """With xclip owning the clipboard, in the foreground, holding that text."""
        command = [need("xclip"), "-i", "-selection", "clipboard", "-quiet"]
        owner = subprocess.Popen(
            command,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert owner.stdin
        assert owner.stderr
        try:
            owner.stdin.write(text.encode())
            owner.stdin.close()
            owner.stderr.readline()  # "Waiting for selection requests…": it owns it now
            yield
        finally:
            stop(owner)
            owner.stderr.close()

    def pixels(self, region: tuple[int, int, int, int]) -> bytes:
        """What ImageMagick's import sees there: red, green, blue, one byte each."""
        x, y, width, height = region
        command = [need("import"), "-silent", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}"]
        done = subprocess.run(
            [*command, "-depth", "8", "rgb:-"],
            env=self.environment(),
            capture_output=True,
            timeout=20,
            check=True,
        )
        return done.stdout


class Xvfb(Outside):
    """Xvfb with its own cookie, and jwm with click-to-focus on it.

    ``folder`` holds the logs. The cookie goes into the file that XAUTHORITY names, so that everything in this process
    may connect.
    """

    def __init__(self, folder: Path, size: tuple[int, int] = (1280, 720)) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.size = size
        self._programs: list[subprocess.Popen[bytes]] = []
        self._eye: Eye | None = None
        cookie = secrets.token_bytes(16)
        server_file = folder / "server.Xauthority"
        server_file.write_bytes(_entry(65535, b"", b"", cookie))
        number = self._serve(server_file)
        self.name = f":{number}"
        trust(_entry(256, socket.gethostname().encode(), str(number).encode(), cookie))
        (folder / "home").mkdir()
        (folder / "jwmrc").write_text(JWM)
        self.start([need("jwm"), "-f", str(folder / "jwmrc")], "jwm")
        if not until(self.eye.managed, within=10):
            pytest.fail(f"jwm did not come up: {(folder / 'jwm.log').read_text()}")

    @property
    def eye(self) -> Eye:
        if self._eye is None:
            self._eye = Eye(self.name)
        return self._eye

    def _serve(self, server_file: Path) -> int:
        reading, writing = os.pipe()
        width, height = self.size
        command = [
            *(
                need("Xvfb"),
                "-displayfd",
                str(writing),
                "-noreset",
                "-nolisten",
                "tcp",
                "-auth",
                str(server_file),
            ),
            *("-extension", "GLX", "-screen", "0", f"{width}x{height}x24"),
        ]
        with (self.folder / "Xvfb.log").open("wb") as log:
            server = subprocess.Popen(
                command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._programs.append(server)
        os.close(writing)
        told = b""
        while not told.endswith(b"\n"):  # the number and its newline are written separately
            piece = os.read(reading, 16)
            if not piece:
                pytest.fail(f"Xvfb did not start: {(self.folder / 'Xvfb.log').read_text()}")
            told += piece
        os.close(reading)
        return int(told)

    def environment(self) -> dict[str, str]:
        """For programs on this display: a home of its own, UTF-8, no input method."""
        home = str(self.folder / "home")
        left_out = {
            "XMODIFIERS",
            "GTK_IM_MODULE",
            "QT_IM_MODULE",
            "WAYLAND_DISPLAY",
            "DBUS_SESSION_BUS_ADDRESS",
        }
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        own = {"DISPLAY": self.name, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}
        return (
            kept | own | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_AT_BRIDGE": "1", "GTK_THEME": "Adwaita"}
        )

    def start(self, command: Sequence[str], name: str, **more: Any) -> subprocess.Popen[bytes]:
        """Start a program on it, which ends with it at the latest; its output goes to ``name``.log."""
        more.setdefault("stdin", subprocess.DEVNULL)
        with (self.folder / f"{name}.log").open("ab") as log:
            program = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, start_new_session=True, **more
            )
        self._programs.append(program)
        return program

    def close(self) -> None:
        if self._eye is not None:
            self._eye.close()
        for program in reversed(self._programs):
            stop(program)


def _entry(family: int, address: bytes, number: bytes, cookie: bytes) -> bytes:
    """One entry of an Xauthority file, whose every part is preceded by its length."""
    parts = (address, number, b"MIT-MAGIC-COOKIE-1", cookie)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(part)) + part for part in parts)


class Eye:
    """Looks at a display over its own connection: what is down, where the pointer is, what the keymap is."""

    def __init__(self, name: str) -> None:
        from Xlib.display import Display

        self.connection = Display(name)
        self.root = self.connection.screen().root

    def managed(self) -> bool:
        """Whether a window manager rules the display."""
        atom = self.connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        return self.root.get_full_property(atom, 0) is not None

    def tap(self, keycode: int) -> None:
        """Press and release a key, as a person would: xdotool meddles with the layout when it does so."""
        from Xlib import X
        from Xlib.ext import xtest

        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self.connection, kind, keycode)
        self.connection.sync()

    def keys_down(self) -> list[int]:
        """The keycodes that the server holds to be down."""
        return [
            8 * byte + bit
            for byte, bits in enumerate(self.connection.query_keymap())
            for bit in range(8)
            if bits >> bit & 1
        ]

    def mask(self) -> int:
        """The server's state of modifiers (bits 0–7) and buttons 1–5 (bits 8–12)."""
        return int(self.root.query_pointer().mask) & 0x1FFF

    def group(self) -> int:
        """The keyboard layout in force, counted from 0."""
        return int(self.root.query_pointer().mask) >> 13 & 3

    def pointer(self) -> tuple[int, int]:
        found = self.root.query_pointer()
        return found.root_x, found.root_y

    def size(self) -> tuple[int, int]:
        geometry = self.root.get_geometry()
        return geometry.width, geometry.height

    def keymap(self) -> list[tuple[int, ...]]:
        """The keysyms of every keycode, from 8 on."""
        return [tuple(keysyms) for keysyms in self.connection.get_keyboard_mapping(8, 248)]

    def focused(self, window: int) -> bool:
        """Whether the window, or something around or in it, has the keyboard, and it can be seen."""
        focus = self.connection.get_input_focus().focus
        ours = self.connection.create_resource_object("window", window)
        if isinstance(focus, int) or ours.get_attributes().map_state != 2:
            return False
        ancestor, root = ours, self.root.id
        while ancestor and ancestor.id != root:
            if ancestor.id == focus.id:
                return True
            ancestor = ancestor.query_tree().parent
        return False

    def close(self) -> None:
        self.connection.close()
