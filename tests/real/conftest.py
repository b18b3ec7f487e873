"""Real servers and real programs for every test here; a missing one fails with the command that installs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from .witness import programs
from .witness.chromium import PAGE, Chromium, Page
from .witness.display import Xvfb
from .witness.programs import Witness

_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def xauthority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One file with the cookies of all our displays; this process's programs read it."""
    path = tmp_path_factory.mktemp("x") / "Xauthority"
    path.touch(mode=0o600)
    before = os.environ.get("XAUTHORITY")
    os.environ["XAUTHORITY"] = str(path)
    yield path
    if before is None:
        del os.environ["XAUTHORITY"]
    else:
        os.environ["XAUTHORITY"] = before


@pytest.fixture(scope="session")
def new_xvfb(tmp_path_factory: pytest.TempPathFactory, xauthority: Path) -> Iterator[Callable[[], Xvfb]]:
    """Starts displays; all of them end with the session."""
    started: list[Xvfb] = []

    def start(size: tuple[int, int] = (1280, 720)) -> Xvfb:
        started.append(Xvfb(tmp_path_factory.mktemp("display"), size))
        return started[-1]

    yield start
    for one in started:
        one.close()


@pytest.fixture(scope="module")
def xvfb(new_xvfb: Callable[[], Xvfb]) -> Xvfb:
    """An empty display with a window manager, for the tests of one file."""
    return new_xvfb()


@pytest.fixture(scope="module")
def display(xvfb: Xvfb) -> str:
    """Its name, as DISPLAY has it."""
    return xvfb.name


@pytest.fixture(scope="session")
def chromium(new_xvfb: Callable[[], Xvfb]) -> Iterator[Chromium]:
    """Chromium on the witness page, alone on a display of its own, without its own bars."""
    browser = Chromium(new_xvfb(), PAGE, "--kiosk")
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Chromium) -> Page:
    """The witness page, as new."""
    chromium.page.reset()
    return chromium.page


def _receiver(start: Callable[[Xvfb], Witness]) -> Callable[..., Iterator[Witness]]:
    def receiver(new_xvfb: Callable[[], Xvfb]) -> Iterator[Witness]:
        witness = start(new_xvfb())
        yield witness
        witness.close()

    return receiver


# Each is alone on a display of its own, so the keyboard is always at the one that is meant.
running_gtk = pytest.fixture(scope="session", name="running_gtk")(_receiver(programs.gtk_entry))
running_qt = pytest.fixture(scope="session", name="running_qt")(_receiver(programs.qt_entry))
running_tk = pytest.fixture(scope="session", name="running_tk")(_receiver(programs.tk_window))
running_xterm = pytest.fixture(scope="session", name="running_xterm")(_receiver(programs.xterm))


def _emptied(witness: Witness) -> Witness:
    witness.clear()
    witness.focus("entry")
    return witness


@pytest.fixture
def gtk_entry(running_gtk: Witness) -> Witness:
    """A GTK 3 window with an Entry ("entry", focused) and a TextView ("text"), both empty."""
    return _emptied(running_gtk)


@pytest.fixture
def qt_entry(running_qt: Witness) -> Witness:
    """A Qt 5 window with a QLineEdit ("entry", focused) and a QPlainTextEdit ("text"), both empty."""
    return _emptied(running_qt)


@pytest.fixture
def tk_window(running_tk: Witness) -> Witness:
    """A Tk window with an Entry ("entry", focused) and a canvas ("canvas") that logs the mouse."""
    return _emptied(running_tk)


@pytest.fixture
def xterm(running_xterm: Witness) -> Witness:
    """xterm with a reader that reports every byte."""
    return _emptied(running_xterm)
