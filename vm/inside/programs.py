"""Starting programs, knowing which have ended, and ending all of them."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import os
from _socket import socket
from fcntl import F_DUPFD_CLOEXEC, fcntl
from select import poll

_IGNORED_BY_PYTHON = (_signal.SIGPIPE, _signal.SIGXFSZ)
_FREE = 64


class Programs:
    """The helper's children. ``bell`` is readable when one may have ended."""

    def __init__(self) -> None:
        self.running: set[int] = set()
        self.bell, ringing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        _signal.set_wakeup_fd(ringing, warn_on_full_buffer=False)
        _signal.signal(_signal.SIGCHLD, lambda *_: None)

    def spawn(self, argv: list[str], env: dict[str, str], cwd: str, fds: dict[int, int] | None = None) -> int:
        """Start a program as leader of its own session. ``fds``: the number it sees → ours. Raises OSError."""
        # Ours are moved out of the way first, so that no dup2 of one overwrites the next.
        moved = {seen: _above(ours) for seen, ours in (fds or {}).items()}
        try:
            os.chdir(cwd)
            pid = os.posix_spawn(
                _found(argv[0], env),
                argv,
                env,
                file_actions=[(os.POSIX_SPAWN_DUP2, ours, seen) for seen, ours in moved.items()],
                setsid=True,
                setsigdef=_IGNORED_BY_PYTHON,
                setsigmask=(),
            )
        finally:
            for ours in moved.values():
                os.close(ours)
        self.running.add(pid)
        return pid

    def reap(self) -> list[tuple[int, int]]:
        """The children that have ended, with their exit codes; orphans that came to us are among them."""
        try:
            while os.read(self.bell, 512):
                pass
        except BlockingIOError:
            pass
        ended: list[tuple[int, int]] = []
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return ended
            if pid == 0:
                return ended
            self.running.discard(pid)
            ended.append((pid, os.waitstatus_to_exitcode(status)))

    def signal(self, pid: int, number: int) -> None:
        if pid in self.running:
            _kill(os.killpg, pid, number)

    def end(self, last: int, grace: float) -> None:
        """End everything below this process, and ``last`` (the X server) after the others."""
        self._end([pid for pid in descendants() if pid != last], {last}, grace)
        self._end([last], set(), grace)
        while True:
            for pid in descendants():
                _kill(os.kill, pid, _signal.SIGKILL)
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                return

    def _end(self, pids: list[int], but: set[int], grace: float) -> None:
        """Ask them to end, wait for that, and kill what is left."""
        for pid in pids:
            _kill(os.kill, pid, _signal.SIGTERM)
            _kill(os.kill, pid, _signal.SIGCONT)
        left = grace
        rung = poll()
        rung.register(self.bell, 1)
        while left > 0 and set(descendants()) - but:
            if not rung.poll(100):
                left -= 0.1
            self.reap()
        for pid in set(descendants()) - but:
            _kill(os.kill, pid, _signal.SIGKILL)


def descendants() -> list[int]:
    """Every process below this one, zombies left out."""
    parents = {}
    for name in os.listdir("/proc"):  # noqa: PTH208  pathlib is heavy
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                    state, parent = file.read().rpartition(b")")[2].split()[:2]
            except OSError:
                continue
            if state != b"Z":
                parents[int(name)] = int(parent)
    below = {os.getpid()}
    found: list[int] = []
    while True:
        more = [pid for pid, parent in parents.items() if parent in below and pid not in below]
        if not more:
            return found
        below.update(more)
        found += more


def receive(channel: socket, largest: int) -> tuple[bytes, list[int]]:
    """One message and the descriptors that came with it; an empty message is the end."""
    message, ancillary, _, _ = channel.recvmsg(largest, 4 * 16 + 64, 0x40000000)  # MSG_CMSG_CLOEXEC
    fds = memoryview(b"".join(data[: len(data) - len(data) % 4] for _, _, data in ancillary)).cast("i")
    return message, fds.tolist()


def _above(fd: int) -> int:
    """A copy of a descriptor, out of the numbers that programs use."""
    return fcntl(fd, F_DUPFD_CLOEXEC, _FREE)


def _found(program: str, env: dict[str, str]) -> str:
    """Where PATH has the program; its own name when nowhere, which the kernel then says."""
    if "/" in program:
        return program
    for folder in env.get("PATH", os.defpath).split(":"):
        path = f"{folder}/{program}"
        if os.access(path, os.X_OK) and not os.path.isdir(path):  # noqa: PTH112
            return path
    return f"/nonexistent/{program}"


def _kill(how: object, pid: int, number: int) -> None:
    try:  # noqa: SIM105  contextlib is heavy
        how(pid, number)  # type: ignore[operator]
    except (ProcessLookupError, PermissionError):
        pass
