"""The owner's side of the helper inside a desktop: a spawner over a socket."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import IO, Any

from ..actions.errors import DesktopGone, ProgramNotStarted
from .inside.wire import LARGEST, pack, unpack
from .spawning import Ending, Stream

_CLEANING = 'a=$1 b=$2 c=$3 d=$4; shift 4; "$@"; rm -rf -- "$a" "$b" "$c" "$d"'
"""What is left when the helper has ended is cleared away even if nobody of us is there any more."""


class HelpedProcess:
    """A program inside the desktop."""

    def __init__(self, helper: Helper, pid: int, name: str) -> None:
        self.pid = pid
        self.ending = Ending(name)
        self._helper = helper

    def poll(self) -> int | None:
        return self.ending.exit_code

    def wait(self, within: float | None = None) -> int:
        return self.ending.wait(within)

    def signal(self, number: int) -> None:
        if self.ending.exit_code is None:
            self._helper.tell("signal", self.pid, int(number))

    def when_ended(self, tell: Callable[[], None]) -> None:
        self.ending.when_set(tell)


class Helper:
    """The helper inside a desktop, and everything it was asked to start.

    ``start``: the fields of the first message (see :mod:`.inside.wire`). A thread reads what it tells. When the helper
    ends, every program of the desktop has ended with it, and the ``leftovers`` are removed, in that order.
    """

    def __init__(
        self,
        walls: Sequence[str],
        env: Mapping[str, str],
        start: Sequence[object],
        *,
        leftovers: tuple[Path, Path, Path, Path],
        log: Path,
        as_root: bool,
    ) -> None:
        self.env = env
        self.as_root = as_root
        self.said: SimpleQueue[list[str]] = SimpleQueue()
        """What the helper tells about the start: hello, display, ready, failed; at last [] for its end."""
        self._numbers = count()
        self._waiting: dict[str, tuple[Future[HelpedProcess], str]] = {}
        self._running: dict[int, HelpedProcess] = {}
        self._lock = Lock()
        self._gone = False
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.tell("start", *start)
        with theirs, log.open("ab") as printed:
            self._shell = subprocess.Popen(
                ["/bin/sh", "-c", _CLEANING, "deskhand", *map(str, leftovers), *walls, *_program()],
                env=env,
                stdin=theirs.fileno(),
                stdout=printed,
                stderr=printed,
                start_new_session=True,
            )
        self.pid = self._shell.pid
        self._reader = Thread(target=self._read, name="desktop's helper", daemon=True)
        self._reader.start()

    def tell(self, *fields: object, fds: Sequence[int] = ()) -> None:
        """Raises DesktopGone, and ProgramNotStarted for a message that is too long."""
        try:
            message = pack(*fields)
        except ValueError as error:
            raise ProgramNotStarted(f"This cannot be given to a program: {error}.") from error
        if len(message) > LARGEST:
            raise ProgramNotStarted(f"This cannot be given to a program: {len(message)} bytes are too many.")
        try:
            socket.send_fds(self._socket, [message], list(fds))
        except OSError as error:
            raise DesktopGone() from error

    def spawn(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        stdin: Stream = None,
        stdout: Stream = None,
        stderr: Stream = None,
        fds: Mapping[int, int] | None = None,
    ) -> HelpedProcess:
        streams = {0: stdin, 1: stdout, 2: stderr, **(fds or {})}
        seen = {number: _fd(stream) for number, stream in streams.items() if stream is not None}
        entries = [f"{name}={value}" for name, value in {**self.env, **(env or {})}.items()]
        begun: Future[HelpedProcess] = Future()
        id = str(next(self._numbers))
        with self._lock:
            if self._gone:
                raise DesktopGone()
            self._waiting[id] = (begun, argv[0])
        numbers = ",".join(map(str, seen))
        self.tell("spawn", id, cwd or "", numbers, len(argv), *argv, *entries, fds=list(seen.values()))
        return begun.result()

    def close(self, within: float = 5.0) -> bool:
        """End everything inside and wait for that; False when it had not ended in time."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        try:
            self._shell.wait(within)
        except subprocess.TimeoutExpired:
            return False
        self._reader.join(within)
        self._socket.close()
        return True

    def abandon(self) -> None:
        """Forget the helper, in a forked child of its owner: the owner's end must be the only one."""
        self._socket.close()
        self._shell.returncode = 0

    def kill(self) -> None:
        self._shell.kill()
        self._shell.wait()
        self._socket.close()

    def _read(self) -> None:
        while message := self._received():
            match unpack(message):
                case ["began", id, pid]:
                    self._began(id, int(pid))
                case ["refused", id, number]:
                    self._refused(id, int(number))
                case ["ended", pid, code] if int(pid) in self._running:
                    self._running.pop(int(pid)).ending.set(int(code))
                case ["ended", *_]:
                    pass  # an orphan, or one of the helper's own
                case said:
                    self.said.put(said)
        self._all_ended()

    def _received(self) -> bytes:
        try:
            return self._socket.recv(LARGEST)
        except OSError:
            return b""

    def _began(self, id: str, pid: int) -> None:
        begun, name = self._waiting.pop(id)
        process = self._running[pid] = HelpedProcess(self, pid, name)
        begun.set_result(process)

    def _refused(self, id: str, number: int) -> None:
        begun, name = self._waiting.pop(id)
        begun.set_exception(ProgramNotStarted(f"{name} cannot be started: {os.strerror(number)}."))

    def _all_ended(self) -> None:
        with self._lock:
            self._gone = True
        for begun, _ in self._waiting.values():
            begun.set_exception(DesktopGone())
        for process in self._running.values():
            process.ending.set(-9)
        self.said.put([])


def _fd(stream: int | IO[Any]) -> int:
    return stream if isinstance(stream, int) else stream.fileno()


def _program() -> list[str]:
    """The helper's command: the bare interpreter without its site packages, and one folder to import from."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parent)!r}); import inside.__main__"
    return [os.path.realpath(sys.executable), "-I", "-S", "-c", code]
