"""Several monitors: each can be the screen, with its own origin."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from deskhand.actions import Click, Move, parse
from deskhand.actions.errors import NotSupported, OffScreen
from deskhand.actions.geometry import Point, Region, Size
from deskhand.actions.performing import act
from deskhand.vm.attached import AttachedDesktop
from deskhand.vm.desktop import VirtualDesktop


@pytest.fixture(scope="module")
def two_monitors() -> Iterator[VirtualDesktop]:
    """A desktop whose right half is a monitor of its own."""
    with VirtualDesktop.start(size=Size(1280, 720)) as desktop:
        for name, shown, output in (
            ("left", "640/170x720/190+0+0", "screen"),
            ("right", "640/170x720/190+640+0", "none"),
        ):
            subprocess.run(
                ["xrandr", "--setmonitor", name, shown, output], env={**desktop.env}, check=True, timeout=10
            )
        yield desktop


def attached(desktop: VirtualDesktop, monitor: str | int | None) -> AttachedDesktop:
    return AttachedDesktop(desktop.env["DISPLAY"], xauthority=desktop.env["XAUTHORITY"], monitor=monitor)


def test_all_monitors_are_told(two_monitors: VirtualDesktop) -> None:
    found = {one.name: one.region for one in two_monitors.screen.monitors()}
    assert found == {"left": Region(0, 0, 640, 720), "right": Region(640, 0, 640, 720)}


@pytest.mark.parametrize("named", ["right", 2])
def test_a_point_on_the_second_monitor_is_where_the_whole_display_says(
    two_monitors: VirtualDesktop, named: str | int
) -> None:
    with attached(two_monitors, named) as right:
        assert right.screen.size == Size(640, 720)
        act(right, Move(at=Point(10, 20)))
        assert two_monitors.screen.pointer() == Point(650, 20)
        assert right.screen.pointer() == Point(10, 20)
        with pytest.raises(OffScreen):
            act(right, Click(at=Point(640, 20)))


def test_its_picture_is_its_part_of_the_whole(two_monitors: VirtualDesktop) -> None:
    two_monitors.shell.run("xsetroot -mod 7 5 -fg red -bg blue")
    with attached(two_monitors, "right") as right:
        whole = two_monitors.screen.grab(Region(640, 0, 640, 720))
        assert bytes(right.screen.grab().pixels) == bytes(whole.pixels)
        detail = act(right, parse({"type": "screenshot", "region": [3, 4, 5, 6]})).frame
        assert detail is not None
        assert bytes(detail.pixels) == bytes(two_monitors.screen.grab(Region(643, 4, 5, 6)).pixels)


def test_what_is_painted_on_the_other_monitor_is_no_change(two_monitors: VirtualDesktop) -> None:
    with attached(two_monitors, "right") as right:
        changes = right.screen.changes()
        paint = "xterm -geometry 20x5+{} -e sleep 20"
        two_monitors.shell.start(paint.format("50+50"))
        whole = two_monitors.screen.changes()
        assert any(whole.poll(0.5) for _ in range(10))
        assert not changes.poll(0.3)
        two_monitors.shell.start(paint.format("900+50"))
        assert any(changes.poll(0.5) for _ in range(10))


def test_an_unknown_monitor_is_named_with_those_there_are(two_monitors: VirtualDesktop) -> None:
    with pytest.raises(NotSupported, match=r"1 \(left\), 2 \(right\)"):
        attached(two_monitors, "HDMI-7")


def test_the_command_line_takes_one_monitor(two_monitors: VirtualDesktop, tmp_path: Path) -> None:
    picture = tmp_path / "right.png"
    command = [sys.executable, "-m", "deskhand", "screenshot", "--monitor", "2", "-o", str(picture)]
    env = {**two_monitors.env, "HOME": str(tmp_path), "PYTHONPATH": ":".join(filter(None, sys.path))}
    subprocess.run(command, env=env, check=True, timeout=60, capture_output=True)
    with Image.open(picture) as image:
        assert image.size == (640, 720)
        assert image.tobytes() == two_monitors.screen.grab(Region(640, 0, 640, 720)).image().tobytes()
