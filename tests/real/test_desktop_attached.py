"""A computer on a display that exists already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.errors import DisplayClosed, DisplayUnreachable
from deskhand.actions.geometry import Point, Size
from deskhand.actions.waiting import until
from deskhand.vm.attached import AttachedDesktop
from deskhand.vm.desktop import VirtualDesktop


@pytest.fixture(autouse=True)
def tmpdir_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What is left in TMPDIR then is ours."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def person() -> Iterator[VirtualDesktop]:
    """Somebody's display, with a program of theirs on it."""
    with VirtualDesktop.start(isolation="process-group") as desktop:
        desktop.shell.start(["xterm", "-title", "theirs", "-geometry", "+10+40"])
        assert until(lambda: "IsViewable" in desktop.shell.run("xwininfo -name theirs").stdout, within=10.0)
        yield desktop


def attach(person: VirtualDesktop) -> AttachedDesktop:
    return AttachedDesktop(person.env["DISPLAY"], xauthority=person.env["XAUTHORITY"])


def test_it_sees_and_moves_on_the_same_screen(person: VirtualDesktop) -> None:
    with attach(person) as desktop:
        assert desktop.screen.size == Size(1280, 720)
        assert desktop.screen.grab().same_as(person.screen.grab())
        desktop.screen.move(Point(321, 123))
        assert until(lambda: person.screen.pointer() == Point(321, 123), within=5.0)


def test_the_display_can_come_from_the_environment(
    person: VirtualDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", person.env["DISPLAY"])
    monkeypatch.setenv("XAUTHORITY", person.env["XAUTHORITY"])
    with AttachedDesktop() as desktop:
        assert desktop.shell.run("xdpyinfo").exit_code == 0


def test_no_display_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(DisplayUnreachable, match="deskhand desktop"):
        AttachedDesktop()
    with pytest.raises(DisplayUnreachable):
        AttachedDesktop(":9999")


def test_closing_leaves_the_persons_programs_alone(person: VirtualDesktop, tmpdir_of_its_own: Path) -> None:
    desktop = attach(person)
    pid = desktop.shell.start(["xterm", "-title", "started"])
    assert until(lambda: "IsViewable" in person.shell.run("xwininfo -name started").stdout, within=10.0)
    assert "deskhand" in desktop.browser.navigate("data:text/html,<title>deskhand</title>").title
    desktop.close()
    desktop.close()
    with pytest.raises(DisplayClosed):
        desktop.screen.grab()
    for title in ("theirs", "started"):
        assert "IsViewable" in person.shell.run(["xwininfo", "-name", title]).stdout
    assert list(tmpdir_of_its_own.glob("deskhand-browser-*")) == []
    person.shell.run(["kill", str(pid)])
