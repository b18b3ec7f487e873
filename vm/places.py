"""Where a desktop keeps its files, and how the leftovers of a killed one are found and cleared away.

Each desktop has one folder, only for its user, under ``$XDG_RUNTIME_DIR/deskhand`` or ``/tmp/deskhand-<uid>``. Its
owner holds a lock on the folder as long as it lives; a folder whose lock is free belongs to nobody any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..actions.errors import StartFailed
from ..actions.waiting import until

MARK = "DESKHAND_DESKTOP"
"""The environment variable by which every process of a desktop is known: its value is the desktop's folder."""

# Places that X and the kernel prescribe. What is made there is made exclusively, by link or mkdir.
LOCKS = Path("/tmp")  # noqa: S108
SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108

_LOGS_KEPT = 20


def base() -> Path:
    """The folder of all desktops of this user, made if need be. Raises StartFailed when it is not ours alone."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK):
        folder = Path(runtime) / "deskhand"
    else:
        folder = Path(tempfile.gettempdir()) / f"deskhand-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid() or about.st_mode & 0o077:
        raise StartFailed(
            f"{folder} must be a folder that only you can enter: remove it, or set XDG_RUNTIME_DIR."
        )
    return folder


def new_log(kind: str = "desktop") -> Path:
    """A log file for one desktop under ``$XDG_STATE_HOME/deskhand/logs``; the newest 20 of each kind are kept."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    folder = Path(state) / "deskhand" / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in sorted(folder.glob(f"{kind}-*.log"))[: 1 - _LOGS_KEPT]:
        old.unlink(missing_ok=True)
    fd, path = tempfile.mkstemp(prefix=time.strftime(f"{kind}-%Y%m%d-%H%M%S-"), suffix=".log", dir=folder)
    os.close(fd)
    return Path(path)


@dataclass(frozen=True, slots=True)
class Taken:
    """A display's number, and the process that took it."""

    number: int
    owner: int

    def is_still_taken(self) -> bool:
        """Whether the display's lock is this owner's; by now it may be another's."""
        try:
            return int(display_files(self.number)[1].read_text()) == self.owner
        except (OSError, ValueError):
            return False


@dataclass(frozen=True, slots=True)
class Place:
    """One desktop's folder. ``lock`` is the descriptor whose lock says that it is in use."""

    folder: Path
    lock: int

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def tmp(self) -> Path:
        return self.folder / "tmp"

    @property
    def runtime(self) -> Path:
        return self.folder / "run"

    @property
    def xauthority(self) -> Path:
        return self.folder / "xauthority"

    @property
    def pixels(self) -> Path:
        """A folder in memory for the display's frame buffer, where the desktop has no /dev/shm of its own."""
        return SHARED_MEMORY / f"deskhand-{os.geteuid()}-{self.folder.name}"

    def leftovers(self, number: int) -> tuple[Path, Path, Path, Path]:
        """What a desktop leaves in the file system, in the order of removal: the number is kept to the last."""
        socket, lock = display_files(number)
        return socket, self.pixels, self.folder, lock

    def note_display(self, number: int) -> None:
        """Write down the display's number and owner, for whoever has to clear this folder away."""
        (self.folder / "display").write_text(f"{number} {os.getpid()}")

    def display(self) -> Taken | None:
        """The display that this desktop took; None when it took none, or the folder is being cleared already."""
        try:
            number, owner = (self.folder / "display").read_text().split()
        except (FileNotFoundError, ValueError):
            return None
        return Taken(int(number), int(owner))

    def clear(self, display: Taken | None) -> None:
        """Remove the desktop's files: its display's socket, its folders, and its display's lock."""
        socket, pixels, folder, lock = self.leftovers(display.number if display else -1)
        ours = display is not None and display.is_still_taken()
        if ours:
            socket.unlink(missing_ok=True)
        for path in (pixels, folder):
            shutil.rmtree(path, ignore_errors=True)  # the desktop's own shell may be clearing it too
        if ours:
            lock.unlink(missing_ok=True)

    def release(self) -> None:
        os.close(self.lock)


def new_place() -> Place:
    """A new desktop's folder, locked. The leftovers of killed desktops are cleared away first."""
    with _alone() as where:
        _reap(where)
        folder = Path(tempfile.mkdtemp(prefix="d-", dir=where))
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = Place(folder, lock)
        for made in (place.home, place.tmp, place.runtime):
            made.mkdir(mode=0o700)
        return place


def reap() -> list[Path]:
    """Clear away what killed desktops left: their processes, displays and files. Gives back their folders."""
    with _alone() as where:
        return _reap(where)


def _reap(where: Path) -> list[Path]:
    dead = [folder for folder in where.glob("d-*") if not _in_use(folder)]
    for folder in dead:
        place = Place(folder, lock=-1)
        # Read first: the shell that clears up may have removed the folder, and not the lock, when it is killed.
        display = place.display()
        kill_marked(folder)
        place.clear(display)
    return dead


def display_files(number: int) -> tuple[Path, Path]:
    """The socket and the lock of a display, where the X protocol has them."""
    return SOCKETS / f"X{number}", LOCKS / f".X{number}-lock"


def kill_marked(folder: Path) -> None:
    """Kill every process that carries this desktop's mark, and wait until they are gone."""
    mark = f"{MARK}={folder}".encode()

    def left() -> int:
        pids = [pid for pid in map(_pid, Path("/proc").iterdir()) if pid and _has(pid, mark)]
        for pid in pids:
            _kill(pid, mark)
        return len(pids)

    until(lambda: not left(), within=5.0)


def _pid(path: Path) -> int:
    return int(path.name) if path.name.isdigit() else 0


def _has(pid: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _kill(pid: int, mark: bytes) -> None:
    """Kill exactly the process that was looked at: the number may have passed to another in between."""
    with suppress(OSError):
        exact = os.pidfd_open(pid)
        try:
            if _has(pid, mark):
                signal.pidfd_send_signal(exact, signal.SIGKILL)
        finally:
            os.close(exact)


def _in_use(folder: Path) -> bool:
    try:
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


@contextmanager
def _alone() -> Iterator[Path]:
    """One process at a time makes folders or clears them away."""
    where = base()
    lock = os.open(where / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield where
    finally:
        os.close(lock)
