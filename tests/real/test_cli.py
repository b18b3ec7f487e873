"""The command line as a program of its own: what it prints, how it ends, and what the display's programs received."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from deskhand.actions.waiting import until

from .witness.display import Eye, Xvfb
from .witness.programs import Witness

DESKHAND = str(Path(sys.executable).with_name("deskhand"))
NOWHERE = ":29999"


def environment(**more: str) -> dict[str, str]:
    """This process's, without a display and without settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "COLUMNS") and not name.startswith("DESKHAND_")
    }
    return {**kept, **more}


def deskhand(
    *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DESKHAND, *arguments],
        input=stdin,
        env=environment(**(env or {})),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refused(code: int, words: str, *arguments: str, **more: str) -> None:
    """The command ends with that code and one sentence with those words on stderr, and prints nothing else."""
    run = deskhand(*arguments, env=more)
    assert run.returncode == code, run.stderr
    assert run.stderr.startswith("deskhand: ")
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


@contextmanager
def running(*arguments: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    """The command, running; ended at the latest here."""
    command = [DESKHAND, *arguments]
    with subprocess.Popen(
        command, env=environment(**env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            yield program
        finally:
            program.kill()


class TestSaying:
    def test_help_lists_every_command(self) -> None:
        told = deskhand("--help").stdout
        for command in ("doctor", "desktop", "screenshot", "act", "actions", "demo"):
            assert command in told
            assert deskhand(command, "--help").returncode == 0

    def test_without_a_terminal_there_are_no_colours(self) -> None:
        for arguments in (("--help",), ("actions",), ("nonsense",)):
            run = deskhand(*arguments)
            assert "\x1b" not in run.stdout + run.stderr

    def test_a_wrong_command_line_ends_with_2(self) -> None:
        assert deskhand("nonsense").returncode == 2
        assert deskhand("screenshot", "--region", "1,2,3").returncode == 2
        assert deskhand("desktop", "--size", "large").returncode == 2

    def test_actions_are_those_of_the_registry(self) -> None:
        from deskhand.actions import REGISTRY

        schemas = json.loads(deskhand("actions", "--json").stdout)
        assert set(schemas) == set(REGISTRY)
        told = deskhand("actions").stdout
        assert all(name in told for name in REGISTRY)
        assert "button: left|middle|right|back|forward" in deskhand("actions", "click").stdout

    def test_the_debug_setting_shows_the_traceback(self) -> None:
        run = deskhand("screenshot", "-d", NOWHERE, env={"DESKHAND_DEBUG": "1"})
        assert "Traceback" in run.stderr
        assert run.returncode == 69


class TestErrors:
    def test_no_display(self) -> None:
        refused(69, "DISPLAY is not set", "screenshot")

    def test_a_display_that_does_not_answer(self) -> None:
        refused(69, "does not answer", "screenshot", "--display", NOWHERE)

    def test_a_wayland_session(self, display: str) -> None:
        wayland = {"DISPLAY": display, "XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "wayland-0"}
        told = json.loads(deskhand("doctor", "--json", env=wayland).stdout)
        session = next(one for one in told["checks"] if one["name"] == "session")
        assert session["state"] == "fallback"
        assert "Wayland" in session["told"]

    @pytest.mark.parametrize(
        ("action", "words"),
        [
            ("{", "not JSON"),
            ("[1]", "JSON object"),
            ('{"type": "klick"}', "Did you mean click"),
            ('{"type": "click", "at": [5, 99999]}', "outside the display"),
            ('{"type": "click", "at": [5, null]}', "coordinate"),
            ('{"type": "keypress", "keys": "contrl+a"}', "contrl"),
            ('{"type": "screenshot", "region": [0, 0, 5000, 5]}', "inside the display"),
            ('{"type": "navigate", "url": "javascript:alert(1)"}', "can be opened"),
        ],
    )
    def test_a_bad_action(self, display: str, action: str, words: str) -> None:
        refused(64, words, "act", action, DISPLAY=display)

    def test_a_bad_setting_is_named(self) -> None:
        refused(78, "DESKHAND_SIZE", "desktop", DESKHAND_SIZE="huge")
        refused(78, "DESKHAND_ISOLATION", "desktop", DESKHAND_ISOLATION="lead")

    def test_an_unknown_dialect(self, display: str) -> None:
        refused(1, "lightcone", "act", "--dialect", "latin", "{}", DISPLAY=display)

    def test_a_missing_program_is_named_with_its_package(self, tmp_path: Path) -> None:
        refused(69, "apt-get install --no-install-recommends xvfb", "desktop", PATH=str(tmp_path))

    def test_a_file_that_cannot_be_written(self, display: str) -> None:
        run = deskhand("screenshot", "-o", "/proc/no/such.png", env={"DISPLAY": display})
        assert run.returncode == 2
        assert "cannot be written" in run.stderr


class TestScreenshot:
    @pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.webp", "WEBP")])
    def test_the_file_holds_the_display(self, xvfb: Xvfb, tmp_path: Path, name: str, kind: str) -> None:
        path = tmp_path / "new" / name
        run = deskhand("screenshot", "-o", str(path), "--display", xvfb.name)
        assert (run.returncode, run.stdout) == (0, "")
        assert "1280×720" in run.stderr
        with Image.open(path) as image:
            assert (image.format, image.size) == (kind, xvfb.size)

    def test_in_a_pipe_it_is_stdout(self, display: str) -> None:
        command = [DESKHAND, "screenshot", "--region", "10,20,300,40", "--cursor", "--format", "webp"]
        data = subprocess.run(
            command, env=environment(DISPLAY=display), stdout=subprocess.PIPE, check=True
        ).stdout
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("WEBP", (300, 40))


class TestAct:
    def test_the_program_receives_it(self, gtk_entry: Witness, tmp_path: Path) -> None:
        path = tmp_path / "after.png"
        text = "Grüße, 你好 😀"
        actions = (json.dumps({"type": "type", "text": text}), '{"type": "cursor_position"}')
        run = deskhand("act", *actions, "-o", str(path), env={"DISPLAY": gtk_entry.display.name})
        assert run.returncode == 0, run.stderr
        assert gtk_entry.received(text) == text
        typed, position, *_ = run.stdout.splitlines()
        kind, how, *_ = typed.split()
        assert (kind, how in ("quiet", "unchanged")) == (
            "type",
            True,
        )  # which of them, the machine's speed decides
        assert position.split()[:2] == ["cursor_position", "skipped"]
        with Image.open(path) as image:
            assert image.size == (1280, 720)

    def test_json_lines_from_stdin(self, gtk_entry: Witness) -> None:
        lines = '{"type": "type", "text": "ab"}\n\n[{"type": "keypress", "keys": "BackSpace"}]\n'
        run = deskhand("act", "-", "--json", stdin=lines, env={"DISPLAY": gtk_entry.display.name})
        assert run.returncode == 0, run.stderr
        assert gtk_entry.received("a") == "a"
        told = [json.loads(line) for line in run.stdout.splitlines()]
        assert [one["action"]["type"] for one in told] == ["type", "keypress"]
        assert all(one["settled"] in ("quiet", "unchanged") and one["settled_ms"] > 0 for one in told)

    def test_openai_calls_and_actions(self, gtk_entry: Witness) -> None:
        call = {
            "type": "computer_call",
            "actions": [{"type": "type", "text": "x"}, {"type": "keypress", "keys": ["Y"]}],
        }
        one = {"type": "type", "text": "z"}
        run = deskhand(
            *("act", "--dialect", "openai", json.dumps(call), json.dumps(one)),
            env={"DISPLAY": gtk_entry.display.name},
        )
        assert run.returncode == 0, run.stderr
        assert gtk_entry.received("xyz").lower() == "xyz"

    def test_nothing_is_done_when_one_is_malformed(self, gtk_entry: Witness) -> None:
        arguments = ('{"type": "type", "text": "no"}', '{"type": "type"}')
        refused(64, "text", "act", *arguments, DISPLAY=gtk_entry.display.name)
        assert gtk_entry.text() == ""

    def test_a_named_time_is_waited(self, display: str) -> None:
        run = deskhand(
            "act", "--json", "--settle-ms", "5", '{"type": "move", "at": [3, 4]}', env={"DISPLAY": display}
        )
        assert json.loads(run.stdout)["settled"] == "fixed"

    def test_the_picture_alone_goes_to_stdout(self, display: str) -> None:
        command = [DESKHAND, "act", "-o", "-", '{"type": "move", "at": [3, 4]}']
        data = subprocess.run(
            command, env=environment(DISPLAY=display), stdout=subprocess.PIPE, check=True
        ).stdout
        assert Image.open(io.BytesIO(data)).size == (1280, 720)

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_told_to_stop_it_lets_go(self, xvfb: Xvfb, number: signal.Signals, code: int) -> None:
        hold = '{"type": "hold_key", "keys": "shift", "seconds": 60}'
        with running("act", hold, DISPLAY=xvfb.name) as program:
            assert until(xvfb.eye.keys_down, within=20)
            program.send_signal(number)
            assert program.wait(20) == code
            assert not xvfb.eye.keys_down()


class TestDesktop:
    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_it_stays_until_told_to_end(
        self, number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with running("desktop", "--size", "800x600") as program:
            assert program.stdout and program.stderr
            names = dict(exported(program.stdout.readline()) for _ in range(2))
            assert "Ctrl-C" in program.stderr.readline()
            monkeypatch.setenv("XAUTHORITY", names["XAUTHORITY"])
            eye = Eye(names["DISPLAY"])
            assert (eye.root.get_geometry().width, eye.root.get_geometry().height) == (800, 600)
            eye.close()
            program.send_signal(number)
            assert program.wait(20) == code
            assert program.stderr.read() == ""
        folder = Path(names["XAUTHORITY"]).parent
        assert not folder.exists()
        assert not processes_of(str(folder))

    def test_a_command_runs_on_it_and_its_exit_code_is_ours(self) -> None:
        run = deskhand(
            "desktop", "--", "sh", "-c", 'xprop -root _NET_SUPPORTING_WM_CHECK; echo "$DISPLAY"; exit 7'
        )
        assert run.returncode == 7
        window, display = run.stdout.splitlines()
        assert "window id" in window
        assert f"export DISPLAY={display}" in run.stderr

    def test_a_command_that_there_is_not(self) -> None:
        refused_run = deskhand("desktop", "--", "no-such-program")
        assert refused_run.returncode == 69
        assert "no-such-program is not" in refused_run.stderr

    def test_attached_it_shows_the_monitors(self, display: str) -> None:
        told = json.loads(deskhand("desktop", "--attach", display, "--json").stdout)
        assert told["size"] == [1280, 720]
        assert [one["region"] for one in told["monitors"]] == [[0, 0, 1280, 720]]
        assert "1280×720" in deskhand("desktop", "--attach", display).stdout


class TestDoctor:
    def test_all_is_here(self, display: str) -> None:
        run = deskhand("doctor", env={"DISPLAY": display})
        assert run.returncode == 0, run.stdout
        assert "All that is needed is here" in run.stdout

    def test_json_says_what_is_in_force(self, display: str) -> None:
        told = json.loads(deskhand("doctor", "--json", env={"DISPLAY": display}).stdout)
        found = {one["name"]: one for one in told["checks"]}
        assert told["ok"] is True
        assert found["extensions"]["told"] == "XTEST, DAMAGE, XFIXES, RANDR"
        assert "XShmGetImage" in found["capture"]["told"]
        assert found["window manager there"]["told"].lower() == "jwm"
        assert "ready in" in found["virtual desktop"]["told"]

    def test_an_unreachable_display_is_missing(self) -> None:
        run = deskhand("doctor", "--display", NOWHERE)
        assert run.returncode == 69
        assert "unset DISPLAY" in run.stdout

    def test_missing_programs_are_named_with_the_command(self, tmp_path: Path) -> None:
        run = deskhand("doctor", env={"PATH": str(tmp_path)})
        assert run.returncode == 69
        for package in ("xvfb xauth", "jwm", "chromium"):
            assert f"apt-get install --no-install-recommends {package}" in run.stdout

    def test_an_overwritten_python_xlib_is_found(self, tmp_path: Path) -> None:
        (tmp_path / "Xlib").mkdir()
        (tmp_path / "Xlib" / "__init__.py").write_text("__version__ = (0, 15)\n")
        run = deskhand("doctor", "--json", env={"PYTHONPATH": str(tmp_path)})
        assert run.returncode == 69, run.stderr
        found = next(one for one in json.loads(run.stdout)["checks"] if one["name"] == "python-xlib")
        assert found["state"] == "missing"
        assert found["mend"] == "pip install --force-reinstall --no-deps python-xlib"
        refused(69, str(found["mend"]), "desktop", PYTHONPATH=str(tmp_path))


def test_the_demo_books_the_trip(tmp_path: Path) -> None:
    run = deskhand("demo", "--output", str(tmp_path / "pictures"))
    assert run.returncode == 0, run.stdout + run.stderr
    assert "received every field exactly" in run.stdout
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert [one.name for one in pictures] == ["1-before.png", "2-filled.png", "3-receipt.png"]
    assert [Image.open(io.BytesIO(one.read_bytes())).size for one in pictures] == [(1280, 720)] * 3


def exported(line: str) -> tuple[str, str]:
    """The name and value of ``export NAME=value``."""
    name, _, value = line.removeprefix("export ").strip().partition("=")
    return name, value


def processes_of(folder: str) -> list[str]:
    """The programs whose environment names the desktop's folder."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if folder.encode() in environ.read_bytes():
                found.append((environ.parent / "comm").read_text())
        except OSError:
            continue  # it has ended meanwhile, or is somebody else's
    return found
