"""The virtual desktop as its programs and its user find it."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deskhand.actions.errors import (
    BadRegion,
    DesktopError,
    DesktopGone,
    DisplayClosed,
    ProgramMissing,
    ResizeRefused,
    StartFailed,
)
from deskhand.actions.geometry import Point, Size
from deskhand.actions.waiting import until
from deskhand.vm.desktop import VirtualDesktop
from deskhand.vm.window_manager import BACKGROUND


@pytest.fixture(scope="module", params=["namespaces", "process-group"])
def desktop(request: pytest.FixtureRequest) -> Iterator[VirtualDesktop]:
    with VirtualDesktop.start(isolation=request.param) as started:
        assert started.isolation == request.param
        yield started


def shown_size(desktop: VirtualDesktop) -> str:
    """What a program on it holds to be the screen's size."""
    told = desktop.shell.run("xwininfo -root -stats | awk '/Width|Height/ {printf \"%s \", $2}'")
    return told.stdout.strip()


def test_it_has_the_size_asked_for_and_a_calm_background() -> None:
    with VirtualDesktop.start(size=Size(1024, 768)) as desktop:
        assert desktop.screen.size == Size(1024, 768)
        assert shown_size(desktop) == "1024 768"
        assert desktop.screen.pointer() == Point(512, 384)
        colour = tuple(bytes.fromhex(BACKGROUND))
        assert desktop.screen.grab().pixel(Point(0, 0)) == colour
        assert desktop.screen.grab().pixel(Point(1023, 767)) == colour


def test_it_can_be_resized_to_larger_and_smaller(desktop: VirtualDesktop) -> None:
    for size in (Size(2560, 1440), Size(640, 480), Size(1920, 1080), Size(1280, 720)):
        desktop.screen.resize(size)
        assert desktop.screen.size == size
        assert desktop.screen.grab().size == size
        assert shown_size(desktop) == f"{size.width} {size.height}"
    with pytest.raises(ResizeRefused, match="largest"):
        desktop.screen.resize(Size(2561, 1440))
    assert shown_size(desktop) == "1280 720"


def test_the_window_manager_follows_a_new_size(desktop: VirtualDesktop) -> None:
    desktop.screen.resize(Size(1600, 900))
    try:
        area = ["xprop", "-root", "_NET_WORKAREA"]
        assert until(lambda: "0, 0, 1600, 900" in desktop.shell.run(area).stdout, within=10.0)
    finally:
        desktop.screen.resize(Size(1280, 720))


def test_a_window_is_managed(desktop: VirtualDesktop) -> None:
    framed = desktop.shell.start(["xterm", "-title", "framed"])
    extents = ["xprop", "-name", "framed", "_NET_FRAME_EXTENTS"]
    assert until(lambda: " = " in desktop.shell.run(extents).stdout, within=10.0)
    assert desktop.shell.run(extents).stdout.strip().endswith("3, 3, 24, 3")
    assert desktop.shell.run(["kill", str(framed)]).exit_code == 0


def test_it_has_folders_of_its_own(desktop: VirtualDesktop) -> None:
    told = desktop.shell.run('cd; echo new > file; mktemp; echo "$HOME"; pwd; cat ~/file').stdout.splitlines()
    home = str(desktop.home)
    assert told[0].startswith(desktop.env["TMPDIR"])
    assert told[1:] == [home, home, "new"]
    assert (desktop.home / "file").read_text() == "new\n"
    assert Path(told[0]).exists()
    assert home != os.environ["HOME"]


def test_the_secrets_of_the_owner_are_not_passed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOME_API_KEY", "secret")
    with VirtualDesktop.start(env={"GIVEN": "1"}) as desktop:
        told = desktop.shell.run("env").stdout
        assert "secret" not in told
        assert "GIVEN=1" in told.splitlines()


def test_the_walls_keep_programs_from_the_machine() -> None:
    with VirtualDesktop.start(isolation="namespaces") as desktop:
        mine = Path(f"/tmp/deskhand-test-{os.getpid()}")
        mine.write_text("outside")
        try:
            assert desktop.shell.run(["cat", str(mine)]).exit_code == 1
            assert desktop.shell.run("touch /etc/deskhand-test").exit_code == 1
            assert desktop.shell.run("ls -A /run").stdout in ("", "systemd\n", "resolvconf\n")
            assert desktop.shell.run(["kill", "-0", str(os.getppid())]).exit_code == 1
            assert desktop.shell.run("id -u").stdout != "0\n"
            assert not desktop.spawner.as_root
        finally:
            mine.unlink()


def test_folders_can_be_opened_and_hidden(tmp_path: Path) -> None:
    shared, secret = tmp_path / "shared", tmp_path / "secret"
    for folder in (shared, secret):
        folder.mkdir()
        (folder / "file").write_text("there")
    options = {"writable": [shared], "hidden": [Path("/usr/share/doc")]}
    with VirtualDesktop.start(isolation="namespaces", **options) as desktop:  # type: ignore[arg-type]
        assert desktop.shell.run(f"cat {shared}/file; echo back > {shared}/file").stdout == "there"
        assert (shared / "file").read_text() == "back\n"
        assert desktop.shell.run(["cat", str(secret / "file")]).exit_code == 1
        assert desktop.shell.run("ls /usr/share/doc").stdout == ""


def test_a_home_that_is_given_stays(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for expected in ("", "kept\n"):
        with VirtualDesktop.start(home=home) as desktop:
            assert desktop.home == home
            assert desktop.shell.run("cat ~/note; echo kept > ~/note").stdout == expected
    assert (home / "note").read_text() == "kept\n"


def test_a_stranger_without_the_cookie_is_refused(desktop: VirtualDesktop, tmp_path: Path) -> None:
    empty = tmp_path / "none"
    empty.touch()
    stranger = {**os.environ, "DISPLAY": desktop.env["DISPLAY"], "XAUTHORITY": str(empty)}
    tried = subprocess.run(["xdpyinfo"], env=stranger, capture_output=True, text=True, check=False)
    assert tried.returncode != 0
    known = {**stranger, "XAUTHORITY": desktop.env["XAUTHORITY"]}
    assert subprocess.run(["xdpyinfo"], env=known, capture_output=True, check=False).returncode == 0


def test_there_is_no_glx_unless_asked_for(desktop: VirtualDesktop) -> None:
    assert "GLX" not in desktop.shell.run("xdpyinfo").stdout
    with VirtualDesktop.start(glx=True) as other:
        assert "GLX" in other.shell.run("xdpyinfo").stdout


def test_the_session_bus_starts_when_it_is_asked_for(desktop: VirtualDesktop) -> None:
    running = "ps -eo args | grep -c '^dbus-daemon .*--address=systemd:'"
    before = int(desktop.shell.run(running).stdout)
    call = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", *_LIST]
    assert "org.freedesktop.DBus" in desktop.shell.run(call).stdout
    assert int(desktop.shell.run(running).stdout) == before + 1
    assert desktop.shell.run(call).exit_code == 0
    assert int(desktop.shell.run(running).stdout) == before + 1


_LIST = ["org.freedesktop.DBus.ListNames"]


def test_root_has_a_name_inside_on_a_machine_without_ordinary_users(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_has = next(number for number in range(4000, 5000) if not _exists(number))
    monkeypatch.setattr("deskhand.vm.isolation._NOT_ROOT", nobody_has)
    with VirtualDesktop.start(isolation="namespaces") as desktop:
        inside = (
            ("user", nobody_has) if os.geteuid() == 0 else (pwd.getpwuid(os.geteuid()).pw_name, os.geteuid())
        )
        assert desktop.shell.run("id -un; id -u").stdout.split() == [*map(str, inside)]
        call = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", *_LIST]
        assert "org.freedesktop.DBus" in desktop.shell.run(call).stdout


def _exists(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def test_without_a_bus_programs_fail_at_once() -> None:
    with VirtualDesktop.start(dbus=False) as desktop:
        call = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", *_LIST]
        assert desktop.shell.run(call, within=5.0).exit_code == 1


def test_the_network_can_be_kept_away() -> None:
    interfaces = "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"
    with VirtualDesktop.start(network=False) as desktop:
        assert desktop.shell.run(interfaces).stdout == "lo\n"
        assert desktop.screen.grab().size == Size(1280, 720)
    with pytest.raises(DesktopError, match="namespaces"):
        VirtualDesktop.start(network=False, isolation="process-group")


def test_five_at_once_are_five() -> None:
    with ThreadPoolExecutor(5) as pool:
        desktops = list(pool.map(lambda _: VirtualDesktop.start(), range(5)))
    try:
        assert len({desktop.env["DISPLAY"] for desktop in desktops}) == 5
        assert len({desktop.home for desktop in desktops}) == 5
        # The threads that started them are gone, and the desktops live on.
        assert all(desktop.shell.run("xdpyinfo").exit_code == 0 for desktop in desktops)
    finally:
        for desktop in desktops:
            desktop.close()


def test_a_window_manager_that_dies_is_started_again(desktop: VirtualDesktop) -> None:
    alive = (
        'ps -eo pid,args | awk \'$2=="jwm" && /'
        + Path(desktop.env["XENVIRONMENT"]).parent.name
        + "/ {print $1}'"
    )
    first = desktop.shell.run(alive).stdout.strip()
    assert first
    desktop.shell.run(["kill", "-KILL", first])
    assert until(lambda: desktop.shell.run(alive).stdout.strip() not in ("", first), within=10.0)


@pytest.mark.parametrize("manager", ["jwm", "icewm"])
def test_no_key_is_taken_from_applications(manager: str) -> None:
    with VirtualDesktop.start(window_manager=manager) as desktop:  # type: ignore[arg-type]
        assert desktop.window_manager == manager
        desktop.shell.start("xev -event keyboard > ~/keys")
        seen = desktop.home / "keys"
        alt, control, tab, f4, escape = 0xFFE9, 0xFFE3, 0xFF09, 0xFFC1, 0xFF1B
        assert until(
            lambda: (seen.exists() and "MapNotify" in seen.read_text()) or _mapped(desktop), within=10.0
        )
        size = desktop.shell.run("xwininfo -name 'Event Tester'").stdout
        x, y = (int(line.split()[-1]) for line in size.splitlines() if "Absolute upper-left" in line)
        desktop.screen.move(Point(x + 100, y + 100))
        with desktop.screen.holding(buttons=[1]):
            pass
        for modifier, key in ((alt, tab), (alt, f4), (control, escape)):
            with desktop.screen.holding(keysyms=[modifier, key]):
                pass
        for name in ("Tab", "F4", "Escape"):
            assert until(lambda name=name: f", {name})" in seen.read_text(), within=5.0), name  # type: ignore[misc]


def _mapped(desktop: VirtualDesktop) -> bool:
    return "IsViewable" in desktop.shell.run("xwininfo -name 'Event Tester'").stdout


def test_it_works_without_a_window_manager() -> None:
    with VirtualDesktop.start(window_manager="none") as desktop:
        assert desktop.window_manager == ""
        assert desktop.screen.grab().pixel(Point(5, 5)) == tuple(bytes.fromhex(BACKGROUND))


def test_what_is_missing_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match=r"Xvfb is not installed: run `apt-get install .*xvfb`"):
        VirtualDesktop.start()
    (tmp_path / "Xvfb").symlink_to("/usr/bin/Xvfb")
    with pytest.raises(ProgramMissing, match="jwm"):
        VirtualDesktop.start(window_manager="jwm")
    with pytest.raises(ProgramMissing, match="bubblewrap"):
        VirtualDesktop.start(isolation="namespaces")


def test_what_is_done_without_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for program, path in (("Xvfb", "/usr/bin/Xvfb"), ("rm", "/bin/rm"), ("xkbcomp", "/usr/bin/xkbcomp")):
        (tmp_path / program).symlink_to(path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with VirtualDesktop.start() as desktop:
        assert desktop.isolation == "process-group"
        assert desktop.window_manager == ""
        told = " ".join(desktop.fallbacks)
        assert all(word in told for word in ("bubblewrap", "jwm", "dbus-daemon"))


def test_walls_that_do_not_hold_are_left_out_and_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with VirtualDesktop.start() as desktop:
        assert desktop.isolation == "process-group"
        assert any("No permissions" in sentence for sentence in desktop.fallbacks)
    with pytest.raises(StartFailed, match="No permissions"):
        VirtualDesktop.start(isolation="namespaces")


@pytest.mark.parametrize("size", [Size(0, 720), Size(1280, -1), Size(40000, 100)])
def test_an_impossible_size_is_refused(size: Size) -> None:
    with pytest.raises(BadRegion):
        VirtualDesktop.start(size=size)


def test_after_the_end_everything_says_so() -> None:
    desktop = VirtualDesktop.start()
    desktop.close()
    desktop.close()
    with pytest.raises(DisplayClosed):
        desktop.screen.grab()
    with pytest.raises(DesktopGone):
        desktop.shell.run("true")
    assert desktop.log.exists()
