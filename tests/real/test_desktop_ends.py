"""What a virtual desktop leaves behind, however it ends: nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from deskhand.actions.errors import StartFailed
from deskhand.actions.waiting import until
from deskhand.vm import places
from deskhand.vm.desktop import VirtualDesktop

ISOLATIONS = ("namespaces", "process-group")


@pytest.fixture(autouse=True)
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for these tests alone, so that other desktops on this machine do not come between."""
    folder = tmp_path_factory.mktemp("runtime")
    folder.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    return folder


def processes(marked: str) -> list[str]:
    """The command lines of the living processes whose environment has that text."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if marked.encode() in (path / "environ").read_bytes():
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def left(env: Mapping[str, str], owner: int | None = None) -> list[str]:
    """Everything that is still there of a desktop with that environment, which that process owned."""
    folder = Path(env[places.MARK])
    taken = places.Taken(int(env["DISPLAY"].removeprefix(":")), owner or os.getpid())
    socket, lock = places.display_files(taken.number)
    pixels = places.SHARED_MEMORY / f"deskhand-{os.geteuid()}-{folder.name}"
    display = [lock] if taken.is_still_taken() else []
    display += [] if lock.exists() else [socket]  # another desktop of this machine may have the number by now
    found = [str(path) for path in (folder, *display, pixels) if path.exists()]
    return found + processes(f"{places.MARK}={folder}")


def busy(desktop: VirtualDesktop) -> None:
    """Have all kinds of programs run on it: windows, orphans of orphans, and one that does not want to end."""
    desktop.shell.start("xterm")
    desktop.shell.start("trap '' TERM HUP INT; echo stubborn > ~/ready; while :; do sleep 1000; done")
    desktop.shell.run("setsid sh -c 'setsid sleep 1000 & setsid sleep 1000 &' &")
    assert until((desktop.home / "ready").exists, within=5.0)


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_a_close_leaves_nothing(isolation: str, runtime: Path) -> None:
    desktop = VirtualDesktop.start(isolation=isolation)  # type: ignore[arg-type]
    busy(desktop)
    env = desktop.env
    assert len(left(env)) > 8
    desktop.close()
    assert left(env) == []
    assert [path.name for path in (runtime / "deskhand").iterdir()] == ["lock"]
    assert desktop.log.parent == runtime / "state" / "deskhand" / "logs"


def test_an_error_in_the_with_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), VirtualDesktop.start() as desktop:
        env = desktop.env
        _ = 1 / 0
    assert left(env) == []


OWNER = """
import os, sys, signal
from deskhand.vm.desktop import VirtualDesktop
desktop = VirtualDesktop.start(isolation=sys.argv[1])
desktop.shell.start("xterm")
desktop.shell.run("setsid sh -c 'setsid sleep 1000 & setsid sleep 1000 &' &")
print(desktop.isolation, os.getpid(), desktop.env["DISPLAY"], desktop.env["DESKHAND_DESKTOP"], flush=True)
if sys.argv[2] == "exit":
    sys.exit(0)
signal.pause()
"""


class Owner:
    """Another process that owns a desktop."""

    def __init__(
        self, isolation: str, then: str = "wait", command: tuple[str, ...] = (sys.executable,)
    ) -> None:
        self.popen = subprocess.Popen(
            [*command, "-c", OWNER, isolation, then], stdout=subprocess.PIPE, text=True, env=owner_env()
        )
        assert self.popen.stdout
        self.isolation, pid, display, folder = self.popen.stdout.readline().split()
        self.pid = int(pid)
        self.env = {"DISPLAY": display, places.MARK: folder}

    def left(self) -> list[str]:
        return left(self.env, self.pid)

    def end(self, number: int = 0) -> int:
        if number:
            self.popen.send_signal(number)
        code = self.popen.wait(20)
        assert self.popen.stdout
        self.popen.stdout.close()
        return code


def owner_env() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@pytest.mark.parametrize("isolation", ISOLATIONS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_owner_that_is_killed_leaves_nothing(isolation: str, number: int) -> None:
    owner = Owner(isolation)
    assert len(owner.left()) > 5
    owner.end(number)
    assert until(lambda: owner.left() == [], within=15.0), owner.left()


def test_an_owner_that_forgets_to_close_leaves_nothing() -> None:
    owner = Owner("auto", "exit")
    assert owner.end() == 0
    assert owner.left() == []


def killed_with_its_guard(isolation: str) -> Owner:
    """An owner that was killed together with whoever would have cleared up: the machine's worst day."""
    owner = Owner(isolation)
    owner.popen.send_signal(signal.SIGSTOP)
    mark = f"{places.MARK}={owner.env[places.MARK]}".encode()
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (path / "cmdline").read_bytes()
            if mark in (path / "environ").read_bytes() and (b"deskhand\0" in command or b"inside" in command):
                os.kill(int(path.name), signal.SIGKILL)
    owner.end(signal.SIGKILL)
    return owner


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_the_next_start_reaps_what_was_left(isolation: str) -> None:
    owner = killed_with_its_guard(isolation)
    assert owner.left() != []
    with VirtualDesktop.start() as desktop:
        assert not Path(owner.env[places.MARK]).exists()
        assert processes(f"{places.MARK}={owner.env[places.MARK]}") == []
        assert desktop.shell.run("xdpyinfo").exit_code == 0
    assert owner.left() == []  # its display's number may have been the new desktop's in between


def test_reaping_spares_desktops_in_use() -> None:
    with VirtualDesktop.start() as desktop:
        assert places.reap() == []
        assert desktop.shell.run("xdpyinfo").exit_code == 0


def test_a_display_in_use_is_never_taken(runtime: Path) -> None:
    """Even without its lock file: a live socket is respected too."""
    with VirtualDesktop.start() as first:
        number = int(first.env["DISPLAY"].removeprefix(":"))
        lock = places.display_files(number)[1]
        held = lock.read_text()
        assert int(held) == os.getpid()
        lock.unlink()
        with VirtualDesktop.start() as second:
            assert second.env["DISPLAY"] != first.env["DISPLAY"]
        assert first.shell.run("xdpyinfo").exit_code == 0
        lock.write_text(held)


def test_a_start_that_fails_half_way_leaves_nothing(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "jwm"
    broken.write_text("#!/bin/sh\necho 'jwm: something is wrong' >&2; exit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(StartFailed, match=r"window manager(.|\n)*something is wrong"):
        VirtualDesktop.start(writable=[tmp_path])
    assert [path.name for path in (runtime / "deskhand").iterdir()] == ["lock"]
    assert processes(f"{places.MARK}={runtime}") == []


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_a_desktop_whose_server_dies_ends(isolation: str) -> None:
    desktop = VirtualDesktop.start(isolation=isolation)  # type: ignore[arg-type]
    running = desktop.spawner.spawn(["sleep", "1000"])
    desktop.spawner.spawn(["pkill", "-KILL", "-f", f"^Xvfb {desktop.env['DISPLAY']} "])
    assert running.wait(10.0) < 0
    assert until(lambda: left(desktop.env) == [], within=10.0), left(desktop.env)
    desktop.close()


def test_a_forked_child_neither_ends_the_desktop_nor_keeps_it() -> None:
    desktop = VirtualDesktop.start()
    child = os.fork()
    if child == 0:
        desktop.close()
        signal.pause()
        os._exit(0)
    try:
        assert desktop.shell.run("xdpyinfo").exit_code == 0
        desktop.close()
        assert left(desktop.env) == []
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_thread_that_ends_does_not_end_the_desktop_it_started() -> None:
    started: list[VirtualDesktop] = []
    thread = threading.Thread(target=lambda: started.append(VirtualDesktop.start()))
    thread.start()
    thread.join()
    with started[0] as desktop:
        assert desktop.shell.run("xdpyinfo").exit_code == 0


def test_logs_are_kept_but_not_for_ever(runtime: Path) -> None:
    logs = [places.new_log() for _ in range(25)]
    assert sum(log.exists() for log in logs) == 20
    assert logs[-1].exists()


@pytest.fixture
def ordinary_user(runtime: Path) -> Iterator[tuple[str, ...]]:
    """The start of a command that runs Python as somebody who is not root."""
    if os.geteuid() != 0:
        yield (sys.executable,)
        return
    become = ("setpriv", "--reuid", "1234", "--regid", "1234", "--clear-groups")
    usable = [
        python
        for python in (sys.executable, "/usr/bin/python3")
        if subprocess.run(
            [*become, "env", python, "-c", "import pydantic"],
            env=owner_env(),
            capture_output=True,
            check=False,
        ).returncode
        == 0
    ]
    assert usable, (
        "no Python that an ordinary user may start has our libraries: install them outside of /root"
    )
    # A place that an ordinary user can reach: pytest's own folders are closed to others.
    home = Path(f"/tmp/deskhand-test-home-{os.getpid()}")
    home.mkdir(mode=0o700)
    os.chown(home, 1234, 1234)
    runtime_there = home / "runtime"
    runtime_there.mkdir(mode=0o700)
    os.chown(runtime_there, 1234, 1234)
    settings = [f"XDG_RUNTIME_DIR={runtime_there}", f"XDG_STATE_HOME={home}/state", f"HOME={home}"]
    yield (*become, "env", *settings, usable[0])
    shutil.rmtree(home)


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_an_ordinary_user_has_the_same(isolation: str, ordinary_user: tuple[str, ...]) -> None:
    owner = Owner(isolation, command=ordinary_user)
    assert owner.isolation == isolation
    assert len(owner.left()) > 5
    owner.end(signal.SIGKILL)
    assert until(lambda: owner.left() == [], within=15.0), owner.left()
