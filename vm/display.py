"""A display number of one's own, and the cookie that opens it."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from struct import pack

from ..actions.errors import StartFailed
from .places import LOCKS, SOCKETS, display_files

_NUMBERS = range(100, 10_000)
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535


def take_number() -> int:
    """Take a free display number, by the lock file that every X server respects. Raises StartFailed.

    The server itself cannot be left to choose: behind a private /tmp it does not see the others' locks, and would
    unlink the socket of a display in use. The lock holds this process's number, as an X server's holds its own.
    """
    with suppress(FileExistsError):
        SOCKETS.mkdir()
        SOCKETS.chmod(0o1777)
    fd, path = tempfile.mkstemp(prefix=".deskhand-", dir=LOCKS)
    mine = Path(path)
    try:
        with os.fdopen(fd, "w") as file:
            file.write(f"{os.getpid():10d}\n")
            os.fchmod(fd, 0o444)
        listened = _listened_to()
        for number in _NUMBERS:
            socket_path, lock = display_files(number)
            if socket_path.exists() or str(socket_path) in listened:
                continue
            with suppress(FileExistsError):
                lock.hardlink_to(mine)
                return number
    finally:
        mine.unlink()
    raise StartFailed("No display number is free: remove stale /tmp/.X*-lock files.")


def _listened_to() -> set[str]:
    """The paths behind abstract sockets: clients try those first, and containers that share a network see them all."""
    lines = Path("/proc/net/unix").read_text(errors="replace").splitlines()
    return {line.rpartition(" @")[2] for line in lines if " @" in line}


def write_cookie(path: Path, number: int) -> None:
    """Write an Xauthority file with a new cookie for that display.

    Two entries: libX11 takes either, python-xlib only the one with the host's name, and the one for any host goes on
    working when the host's name changes.
    """
    cookie = secrets.token_bytes(16)
    entries = ((_FAMILY_LOCAL, socket.gethostname().encode()), (_FAMILY_WILD, b""))
    name = b"MIT-MAGIC-COOKIE-1"
    data = b"".join(
        chain.from_iterable(
            (pack(">H", family), *_counted(address, str(number).encode(), name, cookie))
            for family, address in entries
        )
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)


def _counted(*fields: bytes) -> Iterator[bytes]:
    for field in fields:
        yield pack(">H", len(field)) + field
