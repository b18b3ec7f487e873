"""Frames: grabbing, encoding, and a screen that did not change."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator

from deskhand.actions.encoding import deflater
from deskhand.actions.front import Front
from deskhand.actions.screens.x11 import X11Screen

from . import peers
from .measuring import Figure, middle, milliseconds
from .stage import Stage

GRABS, PICTURES, PEER_PICTURES = 200, 60, 7


def figures(stage: Stage) -> Iterator[Figure]:
    screen = X11Screen(stage.display.name)
    front = Front(screen)
    try:
        yield _grab(screen)
        yield _changed(front, stage)
        yield _unchanged(front)
    finally:
        front.close()


def _grab(screen: X11Screen) -> Figure:
    pixels = bytes(screen.grab().pixels)
    copy = ctypes.create_string_buffer(len(pixels))
    copying = milliseconds(lambda: ctypes.memmove(copy, pixels, len(pixels)), GRABS)
    grabbing = milliseconds(screen.grab, GRABS)
    return Figure(
        "grab a frame",
        "ms",
        grabbing,
        bar=1.5 * copying,
        peers={"memcpy": copying},
        note=screen.capture_method,
    )


def _changed(front: Front, stage: Stage) -> Figure:
    sizes = []

    def picture() -> None:
        sizes.append(len(front.grab().encode("png")))

    ours = milliseconds(picture, PICTURES, before=stage.toggle)
    theirs = dict(_pictures(stage))
    conditions = {"≥ 15 × scrot": theirs["scrot"] >= 15 * ours} if "scrot" in theirs else {}
    note = f"{sizes[-1] // 1024} KiB, {deflater()}"
    return Figure(
        "grab + PNG of a changed frame", "ms", ours, bar=6, peers=theirs, conditions=conditions, note=note
    )


def _pictures(stage: Stage) -> Iterator[tuple[str, float]]:
    """Each peer's screenshot to a PNG file."""
    path = str(stage.folder / "picture.png")
    commands = {"scrot": ("scrot", "-o", path), "import": ("import", "-window", "root", path)}
    for name, command in commands.items():
        if peers.have(name):
            yield (
                name,
                milliseconds(
                    lambda c=command: peers.run(*c, env=stage.env), PEER_PICTURES, before=stage.toggle
                ),
            )
    if "pyautogui" in stage.python_peers:
        try:
            yield (
                "pyautogui",
                middle(stage.python_peers["pyautogui"].seconds("picture", PEER_PICTURES, imageFilename=path)),
            )
        except RuntimeError as error:
            print(f"pyautogui takes no picture here: {error}", file=sys.stderr)


def _unchanged(front: Front) -> Figure:
    front.grab().encode("png")
    ours = milliseconds(lambda: front.grab().encode("png"), GRABS)
    return Figure("screenshot of an unchanged screen", "ms", ours, bar=0.8)
