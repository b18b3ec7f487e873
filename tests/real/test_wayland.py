"""A Wayland session is refused, with what to do instead: under Xwayland pictures are black and keys vanish."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.errors import DisplayUnreachable, WaylandRefused
from deskhand.actions.screens.x11 import X11Screen
from deskhand.actions.waiting import until


@pytest.fixture
def xwayland(tmp_path: Path) -> Iterator[str]:
    """The DISPLAY of a real weston's Xwayland."""
    for program, package in (("weston", "weston"), ("Xwayland", "xwayland")):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is missing: apt-get install --no-install-recommends {package}")
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    log = tmp_path / "weston.log"
    sockets = Path("/tmp/.X11-unix")
    before = {path.name for path in sockets.glob("X*")}
    weston = subprocess.Popen(
        ["weston", "--backend=headless-backend.so", "--xwayland", "--socket=wayland-test", f"--log={log}"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert until(lambda: log.exists() and "xserver listening on display" in log.read_text(), within=15), (
            log.read_text()
        )
        name = log.read_text().partition("xserver listening on display ")[2].split()[0]
        yield name
    finally:
        os.killpg(weston.pid, signal.SIGTERM)
        weston.wait(10)
        until(lambda: {path.name for path in sockets.glob("X*")} <= before, within=5)


def test_xwayland_is_refused_with_what_to_do_instead(xwayland: str) -> None:
    with pytest.raises(WaylandRefused, match="virtual desktop instead"):
        X11Screen(xwayland)


def test_a_wayland_session_without_x_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with pytest.raises(WaylandRefused):
        X11Screen()


def test_no_display_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DisplayUnreachable, match="deskhand desktop"):
        X11Screen()


@pytest.mark.parametrize("name", [":9876", "nonsense", "127.0.0.1:9876"])
def test_a_display_that_is_not_there(name: str) -> None:
    with pytest.raises(DisplayUnreachable):
        X11Screen(name)
