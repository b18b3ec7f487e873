"""What a desktop is walled in with: namespaces by bubblewrap, or a plain process group."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from ..actions.errors import DesktopError, ProgramMissing
from .places import LOCKS, SOCKETS

Walls = Literal["namespaces", "process-group"]
Isolation = Literal["auto", "namespaces", "process-group"]

_NOT_ROOT = 1000
NAME = "user"
"""What the user inside is called where nobody else has that number."""


def candidates(wanted: Isolation, *, network: bool) -> list[Walls]:
    """What to try, the better first. Only namespaces keep the network away.

    Raises ProgramMissing when namespaces are demanded without bubblewrap, DesktopError for a wish that contradicts
    itself.
    """
    if not network:
        if wanted == "process-group":
            raise DesktopError("Only isolation by namespaces can keep a desktop from the network.")
        wanted = "namespaces"
    if wanted == "process-group":
        return ["process-group"]
    if shutil.which("bwrap") is None:
        if wanted == "namespaces":
            raise ProgramMissing("bwrap", "bubblewrap")
        return ["process-group"]
    return ["namespaces"] if wanted == "namespaces" else ["namespaces", "process-group"]


def walls(
    folder: Path, home: Path, *, network: bool, writable: Sequence[Path], hidden: Sequence[Path]
) -> list[str]:
    """The bubblewrap command that goes before a program to wall it in.

    The file system can be read, and written only in the desktop's own folder, its home and ``writable``. /tmp and /run
    are its own: /run holds the sockets (session bus, containers) by which a program would get out again.
    There is no --die-with-parent: it would end the desktop together with the *thread* that started it. Root becomes an
    ordinary user inside: xterm as root ends at once when it may not hand its terminal over, and Chromium as root
    refuses its own sandbox.
    """
    words = ["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--as-pid-1"]
    words += ["--uid", str(_NOT_ROOT), "--gid", str(_NOT_ROOT)] if os.geteuid() == 0 else []
    words += [] if network else ["--unshare-net"]
    words += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/run"]
    words += _named_user(folder, home) if os.geteuid() == 0 else []
    names = Path("/etc/resolv.conf").resolve().parent
    if names.is_relative_to("/run"):
        words += ["--ro-bind", str(names), str(names)]
    for path in hidden:
        words += ["--tmpfs", str(path)]
    words += ["--bind", str(folder / "tmp"), "/tmp"]  # noqa: S108
    for path in (SOCKETS, folder, home, *writable):
        words += ["--bind", str(path), str(path)]
    for path in (Path(sys.base_prefix), Path(__file__).resolve().parent / "inside"):
        if any(path.is_relative_to(cover) for cover in (LOCKS, Path("/run"), *hidden)):
            words += ["--ro-bind", str(path), str(path)]  # the helper needs its Python and itself
    return [*words, "--chdir", str(home), "--"]


def _named_user(folder: Path, home: Path) -> list[str]:
    """Give the user that root becomes a name where the machine has none for it: the session bus refuses strangers."""
    try:
        pwd.getpwuid(_NOT_ROOT)
    except KeyError:
        known = folder / "passwd"
        line = f"{NAME}:x:{_NOT_ROOT}:{_NOT_ROOT}:Deskhand:{home}:/bin/sh\n"
        known.write_text(Path("/etc/passwd").read_text() + line)
        return ["--ro-bind", str(known), "/etc/passwd"]
    return []


def user_inside(isolation: str) -> int:
    """The user id that programs with that isolation see themselves as."""
    return (os.geteuid() or _NOT_ROOT) if isolation == "namespaces" else os.geteuid()
