"""How programs are started on a computer: the one seam between a desktop and what runs on it.

A :class:`Spawner` starts a program in its own process group, with the computer's environment. On a virtual desktop it
is the helper inside (:mod:`.helper`); for a display that exists already, and in tests, it is :class:`LocalSpawner`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import IO, Any, Protocol

from ..actions.errors import ActionTimeout, ProgramNotStarted

Stream = int | IO[Any] | None
"""A file descriptor or an open file. None: /dev/null for stdin, the computer's log for stdout and stderr."""


class Process(Protocol):
    """A program that was started. All times in seconds."""

    @property
    def pid(self) -> int:
        """Its process id as the computer counts (inside a pid namespace: that namespace's number)."""
        ...

    def poll(self) -> int | None:
        """The exit code once it has ended, negative when a signal ended it; None while it runs."""
        ...

    def wait(self, within: float | None = None) -> int:
        """Wait for its end and give back the exit code. Raises ActionTimeout; the program then goes on."""
        ...

    def signal(self, number: int) -> None:
        """Send a signal to the program and to everything in its process group; does nothing after its end."""
        ...

    def when_ended(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` once when it ends, from another thread; at once when it has ended already."""
        ...


class Spawner(Protocol):
    """Starts programs on a computer."""

    @property
    def env(self) -> Mapping[str, str]:
        """The environment that every program gets: DISPLAY, XAUTHORITY, HOME, TMPDIR and the rest."""
        ...

    @property
    def as_root(self) -> bool:
        """Whether programs see themselves as root (Chromium then refuses its own sandbox)."""
        ...

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
    ) -> Process:
        """Start a program, searched in PATH, as leader of a session and process group of its own.

        ``env`` is added to the computer's environment. ``fds``: further descriptors, the number that the program
        sees (3 or more) → ours, such as ``{3: commands, 4: answers}``; ours stay open and remain the caller's.
        Raises ProgramNotStarted when there is no such program.
        """
        ...


class Ending:
    """The end of a process: set once, waited for by any number of threads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.exit_code: int | None = None
        self._ended = Event()
        self._lock = Lock()
        self._tell: list[Callable[[], None]] = []

    def set(self, exit_code: int) -> None:
        with self._lock:
            self.exit_code = exit_code
            tell, self._tell = self._tell, []
            self._ended.set()
        for each in tell:
            each()

    def wait(self, within: float | None) -> int:
        if not self._ended.wait(within) or self.exit_code is None:
            raise ActionTimeout(f"{self.name} did not end within {within} s.")
        return self.exit_code

    def when_set(self, tell: Callable[[], None]) -> None:
        with self._lock:
            if not self._ended.is_set():
                self._tell.append(tell)
                return
        tell()


class LocalProcess:
    """A program of this machine. A thread of its own waits for it, so that it never stays a zombie."""

    def __init__(self, popen: subprocess.Popen[bytes], name: str) -> None:
        self.pid = popen.pid
        self._ending = Ending(name)
        Thread(target=lambda: self._ending.set(popen.wait()), name=f"end of {name}", daemon=True).start()

    def poll(self) -> int | None:
        return self._ending.exit_code

    def wait(self, within: float | None = None) -> int:
        return self._ending.wait(within)

    def signal(self, number: int) -> None:
        if self._ending.exit_code is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def when_ended(self, tell: Callable[[], None]) -> None:
        self._ending.when_set(tell)


class LocalSpawner:
    """Starts programs on this machine itself, with ``env`` added to this process's environment.

    ``log`` (a file) takes what programs print when nobody asked for it; None throws it away.
    """

    def __init__(self, env: Mapping[str, str] | None = None, log: Path | None = None) -> None:
        self.env: Mapping[str, str] = {**os.environ, **(env or {})}
        self.log = log
        self.as_root = os.geteuid() == 0

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
    ) -> LocalProcess:
        whole = {**self.env, **(env or {})}
        with self._printed() as log:
            try:
                popen = subprocess.Popen(
                    renumbered(argv, fds, whole) if fds else list(argv),
                    env=whole,
                    cwd=cwd,
                    stdin=subprocess.DEVNULL if stdin is None else stdin,
                    stdout=log if stdout is None else stdout,
                    stderr=log if stderr is None else stderr,
                    pass_fds=tuple((fds or {}).values()),
                    start_new_session=True,
                )
            except OSError as error:
                raise ProgramNotStarted(f"{argv[0]} cannot be started: {error.strerror}.") from error
            except ValueError as error:
                raise ProgramNotStarted(f"This cannot be given to a program: {error}.") from error
        return LocalProcess(popen, argv[0])

    @contextmanager
    def _printed(self) -> Iterator[int]:
        where = os.open(self.log or os.devnull, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            yield where
        finally:
            os.close(where)


_RENUMBER = """
import fcntl, os, sys
pairs = [pair.split(":") for pair in sys.argv[1].split(",")]
kept = [(int(seen), fcntl.fcntl(int(ours), fcntl.F_DUPFD_CLOEXEC, 100)) for seen, ours in pairs]
for _, ours in pairs: os.close(int(ours))
for seen, ours in kept: os.dup2(ours, seen)
os.execvp(sys.argv[2], sys.argv[2:])
"""


def renumbered(argv: Sequence[str], fds: Mapping[int, int], env: Mapping[str, str]) -> list[str]:
    """The command that gives ``argv`` its descriptors under the numbers it expects, which Popen cannot do."""
    if shutil.which(argv[0], path=env.get("PATH")) is None:
        raise ProgramNotStarted(f"{argv[0]} cannot be started: there is no such program.")
    pairs = ",".join(f"{seen}:{ours}" for seen, ours in fds.items())
    return [sys.executable, "-I", "-S", "-c", _RENUMBER, pairs, *argv]
