"""Receivers of input that are programs of their own: a GTK, a Qt and a Tk window, and a terminal."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from deskhand.actions.waiting import until

from .display import Xvfb, need, stop

HERE = Path(__file__).parent
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's GTK, Qt and Tk

Entry = dict[str, Any]


class Witness:
    """A running receiver. ``reports`` are the JSON objects that it has written since the last ``clear``."""

    def __init__(self, display: Xvfb, name: str, command: Sequence[str], package: str) -> None:
        self.display = display
        self.name = name
        self.path = display.folder / f"{name}.jsonl"
        self._from = 0
        self._log = display.folder / f"{name}.log"
        self.program = display.start([*command, str(self.path)], name, stdin=subprocess.PIPE)
        self._package = package

    def wait_ready(self) -> Witness:
        ended = self._ended
        if not until(lambda: self.told("ready"), within=30, alive=lambda: not ended()):
            log = self._log.read_text()
            missing = "ModuleNotFoundError" in log or "Namespace Gtk" in log
            mend = f": run `apt-get install --no-install-recommends {self._package}`" if missing else ""
            pytest.fail(f"the witness {self.name} is not ready{mend}\n{log}\n{self.reports}", pytrace=False)
        return self

    @property
    def reports(self) -> list[Entry]:
        if not self.path.exists():
            return []
        with self.path.open("rb") as file:
            file.seek(self._from)
            return [json.loads(line) for line in file.read().split(b"\n")[:-1]]

    def told(self, kind: str, **what: Any) -> list[Entry]:
        """The reports of that kind whose parts are as given."""
        wanted = {"type": kind, **what}
        return [one for one in self.reports if all(one.get(name) == value for name, value in wanted.items())]

    def text(self, field: str = "entry") -> str:
        """What the field holds now."""
        texts = self.told("text", field=field)
        return str(texts[-1]["text"]) if texts else ""

    def clear(self) -> None:
        """Empty the fields and forget the reports so far."""
        before = len(self.told("cleared"))
        self._command("clear")
        self.until(lambda: len(self.told("cleared")) > before, "it did not clear")
        self._from = self.path.stat().st_size

    def focus(self, field: str) -> None:
        before = len(self.told("focus", field=field))
        self._command(f"focus {field}")
        self.until(lambda: len(self.told("focus", field=field)) > before, f"{field} did not get the focus")

    def received(self, text: str, field: str = "entry", within: float = 10) -> str:
        """What the field holds once it holds ``text``, or, failing that, once nothing came for a while."""
        until(
            lambda: self.text(field) == text, within=within, alive=lambda: len(self.text(field)) <= len(text)
        )
        return self.text(field)

    def close(self) -> None:
        stop(self.program)

    def _ended(self) -> bool:
        return self.program.poll() is not None

    def _command(self, words: str) -> None:
        assert self.program.stdin
        self.program.stdin.write(words.encode() + b"\n")
        self.program.stdin.flush()

    def until(self, true: Callable[[], object], failure: str = "it did not happen") -> None:
        """Wait for a fact; fails the test when it does not come about."""
        if not until(true, within=10, alive=lambda: not self._ended()):
            pytest.fail(f"{self.name}: {failure}\n{self.reports[-20:]}\n{self._log.read_text()}")


class Terminal(Witness):
    """xterm, in which a reader reports every byte that the terminal receives."""

    def __init__(self, display: Xvfb) -> None:
        self._orders = display.folder / "xterm.orders"
        os.mkfifo(self._orders)
        command = [
            *(need("xterm"), "-u8", "-fa", "DejaVu Sans Mono", "-fs", "10", "-geometry", "100x30+30+30"),
            *("-xrm", "xterm*cursorBlink: false", "-e", "/bin/sh", "-c", 'exec "$0" "$1" "$3" "$2"'),
            *(need(PYTHON), str(HERE / "terminal_reader.py"), str(self._orders)),
        ]
        super().__init__(display, "xterm", command, "xterm")

    def wait_ready(self) -> Terminal:
        super().wait_ready()
        window = self.told("ready")[0]["window"]
        self.until(lambda: self.display.eye.focused(window), "its window did not get the keyboard")
        return self

    def focus(self, field: str) -> None:
        """A terminal has one field only."""

    def _command(self, words: str) -> None:
        try:
            orders = os.open(
                self._orders, os.O_WRONLY | os.O_NONBLOCK
            )  # a pipe that nobody reads would block
        except OSError as error:
            pytest.fail(
                f"the terminal's reader has ended ({error}): {self._log.read_text()}\n{self.reports[-5:]}"
            )
        os.write(orders, words.encode())
        os.close(orders)


def gtk_entry(display: Xvfb) -> Witness:
    command = [need(PYTHON), str(HERE / "gtk_entry.py")]
    return Witness(display, "gtk", command, "python3-gi gir1.2-gtk-3.0").wait_ready()


def qt_entry(display: Xvfb) -> Witness:
    return Witness(display, "qt", [need(PYTHON), str(HERE / "qt_entry.py")], "python3-pyqt5").wait_ready()


def tk_window(display: Xvfb) -> Witness:
    return Witness(display, "tk", [need(PYTHON), str(HERE / "tk_window.py")], "python3-tk").wait_ready()


def xterm(display: Xvfb) -> Terminal:
    return Terminal(display).wait_ready()
