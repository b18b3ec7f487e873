"""Commands on a computer: run to the end, streamed, or started in the background."""

from __future__ import annotations

import os
import selectors
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from threading import Thread
from typing import Literal

from ..actions.computer import Completed, Output
from ..actions.errors import ActionTimeout, ProgramNotStarted
from .spawning import Process, Spawner

_PIECE = 1 << 18
_TOLD = 2000
_NOT_FOUND = 127

Command = str | Sequence[str]
_Name = Literal["stdout", "stderr"]


class SpawnerShell:
    """The Shell protocol over any spawner. ``log``: takes what background programs print; None throws it away."""

    def __init__(self, spawner: Spawner, log: Path | None = None) -> None:
        self._spawner = spawner
        self._log = log

    def run(
        self,
        command: Command,
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Completed:
        """Run to its end, at most ``within`` seconds. A program that does not exist ends with 127, as in a shell.

        What it left running in the background goes on. Raises ActionTimeout, which tells what was printed so far;
        the command's whole process group has been killed then.
        """
        printed: dict[str, list[str]] = {"stdout": [], "stderr": []}
        exit_code = _NOT_FOUND
        try:
            with closing(_Run(self, command, cwd, env, within).pieces()) as pieces:
                for piece in pieces:
                    if piece.exit_code is not None:
                        exit_code = piece.exit_code
                    else:
                        printed[piece.stream].append(piece.text)
        except ActionTimeout as error:
            raise ActionTimeout(f"{error}{_so_far(printed)}") from None
        return Completed(exit_code, "".join(printed["stdout"]), "".join(printed["stderr"]))

    def stream(
        self,
        command: Command,
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
        within: float | None = 120.0,
    ) -> Iterator[Output]:
        """The same, piece by piece; the last is the exit code. Closing the iterator early kills the command."""
        return _Run(self, command, cwd, env, within).pieces()

    def start(
        self,
        command: Command,
        *,
        cwd: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> int:
        """Start in the background and give back its process id. Raises ProgramNotStarted."""
        return self._spawner.spawn(_argv(command), cwd=cwd, env=env).pid

    def _keep_reading(self, fd: int) -> None:
        """Take what a background program goes on printing, so that it is not killed by a closed pipe."""
        os.set_blocking(fd, True)
        Thread(target=_copy, args=(fd, self._log), name="background output", daemon=True).start()


class _Run:
    """One command that is being run: it starts at once, and is read through ``pieces``."""

    def __init__(
        self,
        shell: SpawnerShell,
        command: Command,
        cwd: str | None,
        env: Mapping[str, str] | None,
        within: float | None,
    ) -> None:
        self._shell = shell
        self._name = command if isinstance(command, str) else " ".join(command)
        self._within = within
        self._deadline = None if within is None else time.monotonic() + within
        self._open: dict[int, _Name] = {}
        self._refused = ""
        self._process: Process | None = None
        self._text = {name: getincrementaldecoder("utf-8")("replace") for name in ("stdout", "stderr")}
        with ExitStack() as closing_theirs:
            ends: dict[str, int] = {}
            for name in ("stdout", "stderr"):
                ours, ends[name] = os.pipe()
                os.set_blocking(ours, False)
                self._open[ours] = name
                closing_theirs.callback(os.close, ends[name])
            try:
                self._process = shell._spawner.spawn(
                    _argv(command), cwd=cwd, env=env, stdout=ends["stdout"], stderr=ends["stderr"]
                )
            except ProgramNotStarted as error:
                self._refused = f"{error}\n"
            except BaseException:
                self._close()
                raise

    def pieces(self) -> Generator[Output]:
        if self._process is None:
            self._close()
            yield Output("stderr", self._refused)
            yield Output("exit", exit_code=_NOT_FOUND)
            return
        try:
            yield from self._printed(self._process)
            yield from self._rest()
            yield Output("exit", exit_code=self._process.wait())
        finally:
            if self._process.poll() is None:
                self._process.signal(signal.SIGKILL)
            self._close()

    def _printed(self, process: Process) -> Iterator[Output]:
        """What it prints until it ends. Raises ActionTimeout."""
        ended, ending = os.pipe()
        process.when_ended(lambda: os.close(ending))
        with ExitStack() as at_last, selectors.DefaultSelector() as waiting:
            at_last.callback(os.close, ended)
            waiting.register(ended, selectors.EVENT_READ)
            for fd in self._open:
                waiting.register(fd, selectors.EVENT_READ)
            while True:
                ready = [key.fd for key, _ in waiting.select(self._left())]
                for fd in ready:
                    if fd != ended and (piece := self._read(fd)) is not None:
                        yield piece
                    elif fd != ended:
                        waiting.unregister(fd)
                if ended in ready:
                    return
                if self._left() == 0:
                    process.signal(signal.SIGKILL)
                    yield from self._rest()
                    raise ActionTimeout(f"`{self._name}` did not end within {self._within} s and was killed.")

    def _read(self, fd: int) -> Output | None:
        """The next piece of a stream; None at its end."""
        data = os.read(fd, _PIECE)
        name = self._open[fd]
        return Output(name, self._text[name].decode(data)) if data else None

    def _rest(self) -> Iterator[Output]:
        """What is still in the pipes; what a background program holds open is read on elsewhere."""
        for fd, name in list(self._open.items()):
            try:
                while piece := self._read(fd):
                    yield piece
            except BlockingIOError:
                del self._open[fd]
                self._shell._keep_reading(fd)
            if tail := self._text[name].decode(b"", final=True):
                yield Output(name, tail)

    def _left(self) -> float | None:
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    def _close(self) -> None:
        for fd in self._open:
            os.close(fd)
        self._open.clear()


def _argv(command: Command) -> list[str]:
    return ["/bin/sh", "-c", command] if isinstance(command, str) else list(command)


def _so_far(printed: Mapping[str, Sequence[str]]) -> str:
    told = [
        f"\n{name} so far:\n{text[-_TOLD:]}" for name, texts in printed.items() if (text := "".join(texts))
    ]
    return "".join(told) or " It had printed nothing."


def _copy(fd: int, log: Path | None) -> None:
    with (
        suppress(OSError),
        open(fd, "rb", buffering=0) as printed,
        (log or Path(os.devnull)).open("ab") as kept,
    ):
        while data := printed.read(_PIECE):
            kept.write(data)
            kept.flush()
