"""The life of a desktop: X server, window manager, then whatever its owner asks for, until the owner is gone."""

from __future__ import annotations

import os
from _socket import AF_UNIX, SOCK_SEQPACKET, SOCK_STREAM, socket
from mmap import MADV_REMOVE, PAGESIZE, mmap
from select import poll

from .programs import Programs, receive
from .rawx import RawX, cookie_in
from .wire import LARGEST, pack, unpack

_PATIENCE = 10.0
"""Seconds for the X server, and for the window manager, to come up."""
_GRACE = 1.0
"""Seconds that programs have to end by themselves once they were asked to."""


class Init:
    """The helper's whole state."""

    def __init__(self) -> None:
        self.env = dict(os.environ)
        self.home = self.env["HOME"]
        self.owner = socket(AF_UNIX, SOCK_SEQPACKET, 0, os.dup(0))
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        self.programs = Programs()
        self.server = self.wm = 0
        self.wm_argv: list[str] = []
        self.wm_starts = 0
        self.bus: socket | None = None

    def live(self) -> None:
        self.tell("hello")
        try:
            self.start(unpack(receive(self.owner, LARGEST)[0]))
            self.serve()
        except (OSError, RuntimeError) as error:
            self.tell("failed", error)
        finally:
            self.programs.end(self.server, _GRACE)

    def tell(self, *fields: object) -> None:
        try:  # noqa: SIM105  contextlib is heavy
            self.owner.send(pack(*fields))
        except (BrokenPipeError, ConnectionResetError):
            pass  # the owner is gone; the main loop sees that too, and ends

    # -- coming up ------------------------------------------------------------------------------------------------

    def start(self, message: list[str]) -> None:
        _, width, height, background, pixels, wm_words, *rest = message
        self.listen()
        self.wm_argv, server = rest[: int(wm_words)], rest[int(wm_words) :]
        number = self.start_server(server)
        display = RawX(number, cookie_in(self.env["XAUTHORITY"]))
        display.resize(int(width), int(height))
        forget_painted(pixels)
        display.paint(int(background, 16))
        self.tell("display", number)
        if self.wm_argv:
            display.watch()
            self.start_wm()
            self.await_wm(display)
        display.close()
        self.tell("ready")

    def start_server(self, argv: list[str]) -> int:
        spoken, speaking = os.pipe2(os.O_CLOEXEC)
        self.server = self.programs.spawn(argv, self.env, self.home, {3: speaking})
        os.close(speaking)
        told = b""
        ready = poll()
        ready.register(spoken, 1)
        # The number and the newline come separately, and a server whose reader goes away in between dies of it.
        while not told.endswith(b"\n"):
            piece = os.read(spoken, 32) if ready.poll(int(_PATIENCE * 1000)) else b""
            if not piece:
                raise RuntimeError("the X server did not come up")
            told += piece
        os.close(spoken)
        return int(told)

    def start_wm(self) -> None:
        self.wm = self.programs.spawn(self.wm_argv, self.env, self.home)
        self.wm_starts += 1

    def await_wm(self, display: RawX) -> None:
        left = _PATIENCE
        while not display.managed():
            display.change(0.1)
            left -= 0.01
            ended = dict(self.programs.reap())
            if self.wm in ended or left <= 0:
                raise RuntimeError(f"the window manager did not come up: {ended.get(self.wm, 'it hangs')}")

    def listen(self) -> None:
        """Open the session bus's socket; the bus itself starts when the first program connects."""
        if self.env["DBUS_SESSION_BUS_ADDRESS"].startswith("unix:path="):
            self.bus = socket(AF_UNIX, SOCK_STREAM)
            self.bus.bind(self.env["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path="))
            self.bus.listen(64)

    # -- serving --------------------------------------------------------------------------------------------------

    def serve(self) -> None:
        watched = poll()
        watched.register(self.owner.fileno(), 1)
        watched.register(self.programs.bell, 1)
        if self.bus:
            watched.register(self.bus.fileno(), 1)
        while True:
            for fd, _ in watched.poll():
                if fd == self.programs.bell:
                    self.note_ends()
                elif fd == self.owner.fileno():
                    if not self.obey(*receive(self.owner, LARGEST)):
                        return
                else:
                    watched.unregister(fd)
                    self.start_bus(fd)

    def note_ends(self) -> None:
        for pid, code in self.programs.reap():
            self.tell("ended", pid, code)
            if pid == self.server:
                raise RuntimeError(f"the X server ended with {code}")
            if pid == self.wm and self.wm_starts < 5:
                self.start_wm()

    def obey(self, message: bytes, fds: list[int]) -> bool:
        """Do what the owner asks; False when it is gone."""
        match unpack(message):
            case ["spawn", id, cwd, numbers, words, *rest]:
                seen = dict(zip(map(int, numbers.split(",") if numbers else ()), fds, strict=True))
                self.spawn(id, cwd or self.home, seen, rest[: int(words)], rest[int(words) :])
            case ["signal", pid, number]:
                self.programs.signal(int(pid), int(number))
            case _:
                return False
        for fd in fds:
            os.close(fd)
        return True

    def spawn(self, id: str, cwd: str, fds: dict[int, int], argv: list[str], env: list[str]) -> None:
        try:
            pid = self.programs.spawn(argv, dict(entry.split("=", 1) for entry in env), cwd, fds)
        except OSError as error:
            self.tell("refused", id, error.errno)
        else:
            self.tell("began", id, pid)

    def start_bus(self, listening: int) -> None:
        # LISTEN_PID must be the bus's own process id, so a shell that becomes the bus says it.
        script = (
            "LISTEN_FDS=1 LISTEN_PID=$$ exec dbus-daemon --session --address=systemd: --nofork --nopidfile"
        )
        self.programs.spawn(["/bin/sh", "-c", script], self.env, self.home, {3: listening})


def forget_painted(path: str) -> None:
    """Give back the memory of the black that the X server painted over its largest size; it stays black.

    ``path`` is the frame buffer's file, "" when the server has none. The first page is the file's header.
    """
    if not path:
        return
    with open(path, "r+b") as file, mmap(file.fileno(), 0) as pixels:  # noqa: PTH123
        pixels.madvise(MADV_REMOVE, PAGESIZE)


def adopt_orphans() -> None:
    """Make this process the parent of every orphan below it, as process 1 of a pid namespace is by nature."""
    if os.getpid() != 1:
        from ctypes import CDLL  # noqa: PLC0415  only where it is needed: 4 ms and 0.5 MB

        CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
