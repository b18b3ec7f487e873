"""The tools that others use for the same work, each as it is used by default.

scrot, ImageMagick's import and xdotool are programs. pyautogui and pynput connect to their display when imported, so
each runs in a child of its own: this file is also the child's program (``peers.py pyautogui``).
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def have(program: str) -> bool:
    return shutil.which(program) is not None


def run(*command: str, env: Mapping[str, str]) -> None:
    """Run a program to its end. Raises CalledProcessError with what it said."""
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)


class PythonPeer:
    """pyautogui or pynput in a child process, told what to do; it measures by itself."""

    def __init__(self, name: str, env: Mapping[str, str]) -> None:
        session = {"XDG_SESSION_TYPE": "x11"}  # without it pyautogui does not find scrot
        self._child = subprocess.Popen(
            [sys.executable, str(Path(__file__)), name],
            env={**env, **session},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ask({"do": "ready"})

    def seconds(self, do: str, runs: int, **what: Any) -> list[float]:
        """How long each of the runs took. Raises RuntimeError when the peer cannot do it."""
        return [float(one) for one in self._ask({"do": do, "runs": runs, **what})]

    def close(self) -> None:
        self._child.communicate(timeout=20)

    def _ask(self, what: dict[str, Any]) -> Any:
        assert self._child.stdin and self._child.stdout
        self._child.stdin.write(json.dumps(what) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline() or '{"error": "it has ended"}')
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["seconds"]


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _pyautogui() -> dict[str, Callable[..., Any]]:
    import pyautogui

    return {
        "click": pyautogui.click,
        "type": pyautogui.write,
        "picture": pyautogui.screenshot,
    }


def _pynput() -> dict[str, Callable[..., Any]]:
    from pynput import keyboard, mouse

    hand, keys = mouse.Controller(), keyboard.Controller()

    def click(x: int, y: int) -> None:
        hand.position = (x, y)
        hand.click(mouse.Button.left)

    return {"click": click, "type": keys.type}


def _child(name: str) -> None:
    try:
        verbs = {"pyautogui": _pyautogui, "pynput": _pynput}[name]()
    except Exception as error:  # noqa: BLE001 - the parent is told
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
        return
    for line in sys.stdin:
        what = json.loads(line)
        do, runs = what.pop("do"), what.pop("runs", 0)
        try:
            print(json.dumps({"seconds": [_timed(verbs[do], what) for _ in range(runs)]}), flush=True)
        except Exception as error:  # noqa: BLE001 - the parent is told
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)


def _timed(verb: Callable[..., Any], what: dict[str, Any]) -> float:
    start = time.perf_counter()
    verb(**what)
    return time.perf_counter() - start


if __name__ == "__main__":
    _child(sys.argv[1])
