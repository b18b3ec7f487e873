"""The messages between a desktop's owner and its helper: texts with NUL between them, one message a packet.

What is said: owner → helper, first of all::

    start   width, height, background ("3b4a5a"), frame buffer's file or "",
            window manager's argv length, its argv…, the X server's argv…

then::

    spawn   id, cwd, descriptor numbers ("0,1,2"), argv length, argv…, KEY=value…      (+ the descriptors)
    signal  pid, number

helper → owner::

    hello                               the helper runs
    display number                      the X server is up, at its size
    ready                               the window manager, if there is to be one, manages windows
    failed  what
    began   id, pid      /  refused id, errno
    ended   pid, exit code
"""

from __future__ import annotations

LARGEST = 180_000
"""Bytes that one message may have; the kernel's default socket buffer takes a little more."""


def pack(*fields: object) -> bytes:
    """A message. Raises ValueError when a field holds a NUL, which no argument of a program can."""
    texts = [str(field) for field in fields]
    if any("\0" in text for text in texts):
        raise ValueError("a NUL character cannot be passed to a program")
    return "\0".join(texts).encode("utf-8", "surrogateescape")


def unpack(message: bytes) -> list[str]:
    return message.decode("utf-8", "surrogateescape").split("\0")
