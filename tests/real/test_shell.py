"""Commands on a virtual desktop, behind walls and not, and on this machine."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.computer import Completed, Output
from deskhand.actions.errors import ActionTimeout, ProgramNotStarted
from deskhand.actions.waiting import until
from deskhand.vm.desktop import VirtualDesktop
from deskhand.vm.shell import SpawnerShell
from deskhand.vm.spawning import LocalSpawner, Spawner


@pytest.fixture(scope="module", params=["namespaces", "process-group", "local"])
def spawner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spawner]:
    if request.param == "local":
        yield LocalSpawner(log=tmp_path_factory.mktemp("local") / "log")
        return
    with VirtualDesktop.start(isolation=request.param, writable=[tmp_path_factory.getbasetemp()]) as desktop:
        yield desktop.spawner


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def shell(spawner: Spawner, log: Path) -> SpawnerShell:
    return SpawnerShell(spawner, log)


def test_run_tells_the_exit_code_and_both_streams(shell: SpawnerShell) -> None:
    assert shell.run("echo out; echo err >&2; exit 3") == Completed(3, "out\n", "err\n")
    assert shell.run(["printf", "%s", "$HOME `x`"]) == Completed(0, "$HOME `x`", "")
    assert shell.run("kill -KILL $$").exit_code == -signal.SIGKILL


def test_run_takes_a_folder_and_more_environment(shell: SpawnerShell, tmp_path: Path) -> None:
    told = shell.run("pwd; echo $GIVEN", cwd=str(tmp_path), env={"GIVEN": "é λ"})
    assert told == Completed(0, f"{tmp_path}\né λ\n", "")


def test_a_program_that_does_not_exist_ends_as_in_a_shell(shell: SpawnerShell) -> None:
    told = shell.run(["no-such-program"])
    assert told.exit_code == 127
    assert told.stderr == "no-such-program cannot be started: No such file or directory.\n"
    assert [piece.exit_code for piece in shell.stream(["no-such-program"])] == [None, 127]
    with pytest.raises(ProgramNotStarted, match="no-such-program"):
        shell.start(["no-such-program"])


@pytest.mark.parametrize("words", [["echo", "a\0b"], ["echo", "x" * 3_000_000]])
def test_what_cannot_be_passed_is_told(shell: SpawnerShell, words: list[str]) -> None:
    assert shell.run(words).exit_code == 127


def test_bytes_that_are_no_text_are_replaced(shell: SpawnerShell) -> None:
    assert shell.run(r"printf 'a\377b\303'").stdout == "a\ufffdb\ufffd"


def test_a_letter_in_two_pieces_is_one_letter(shell: SpawnerShell) -> None:
    pieces = list(shell.stream(r"printf '\303'; sleep 0.2; printf '\251'"))
    assert "".join(piece.text for piece in pieces) == "é"


def test_stdin_is_empty(shell: SpawnerShell) -> None:
    assert shell.run("cat", within=5.0) == Completed(0, "", "")


def test_a_large_output_arrives_whole(shell: SpawnerShell) -> None:
    told = shell.run("head -c 100000000 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero | tr '\\0' y >&2")
    assert len(told.stdout) == 100_000_000
    assert len(told.stderr) == 1_000_000


def test_a_stream_comes_as_it_is_printed(shell: SpawnerShell, tmp_path: Path) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    pieces = iter(shell.stream(f"echo first; read x < {go}; echo second >&2; exit 5"))
    assert next(pieces) == Output("stdout", "first\n")
    go.write_text("go\n")
    assert list(pieces) == [Output("stderr", "second\n"), Output("exit", exit_code=5)]


def test_a_stream_that_is_closed_early_ends_the_command(shell: SpawnerShell, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    pieces = shell.stream(f"sleep 1000 & echo $!; touch {alive}; wait")
    pid = next(iter(pieces)).text.strip()
    pieces.close()  # type: ignore[attr-defined]
    assert until(lambda: shell.run(f"kill -0 {pid}").exit_code != 0, within=5.0)


def test_too_long_a_command_is_killed_with_all_its_group(shell: SpawnerShell) -> None:
    with pytest.raises(
        ActionTimeout, match=r"(?s)did not end within 0.5 s.*stdout so far:\n(\d+)\nhere"
    ) as told:
        shell.run("sleep 1000 & echo $!; echo here; sleep 1000", within=0.5)
    pid = str(told.value).split("so far:\n")[1].split()[0]
    assert until(lambda: shell.run(f"kill -0 {pid}").exit_code != 0, within=5.0)


def test_a_command_that_never_stops_printing_is_ended_too(shell: SpawnerShell) -> None:
    with pytest.raises(ActionTimeout):
        shell.run("yes", within=0.5)


def test_a_background_program_survives_and_does_not_keep_run(shell: SpawnerShell, log: Path) -> None:
    told = shell.run("(while :; do echo still here; sleep 0.1; done) & echo $!", within=10.0)
    pid = told.stdout.split()[0]
    try:
        assert until(lambda: log.exists() and log.read_text().count("still here") > 2, within=5.0)
        assert shell.run(f"kill -0 {pid}").exit_code == 0
    finally:
        shell.run(f"kill {pid}")


def test_start_gives_the_process_id(shell: SpawnerShell, tmp_path: Path) -> None:
    pid = shell.start(f"echo $$ > {tmp_path}/pid; exec sleep 1000")
    assert until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), within=5.0)
    assert (tmp_path / "pid").read_text() == f"{pid}\n"
    shell.run(f"kill {pid}")


def test_many_commands_at_once(shell: SpawnerShell) -> None:
    codes: dict[int, int] = {}

    def one(number: int) -> None:
        told = shell.run(f"echo {number}; exit {number}")
        assert told.stdout == f"{number}\n"
        codes[number] = told.exit_code

    threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == {number: number for number in range(20)}


def test_nothing_stays_open_in_this_process(shell: SpawnerShell) -> None:
    shell.run("true")
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(5):
        shell.run("echo x")
        list(shell.stream("echo x"))
        shell.run(["no-such-program"])
    assert set(Path("/proc/self/fd").iterdir()) <= before


def test_a_program_gets_the_descriptors_it_expects(spawner: Spawner) -> None:
    asking, answering = os.pipe(), os.pipe()
    process = spawner.spawn(
        ["sh", "-c", "read line <&3; echo got $line >&4"], fds={3: asking[0], 4: answering[1]}
    )
    os.close(asking[0])
    os.close(answering[1])
    os.write(asking[1], b"this\n")
    with os.fdopen(answering[0]) as answers:
        assert answers.read() == "got this\n"
    os.close(asking[1])
    assert process.wait(5.0) == 0


def test_a_signal_reaches_the_whole_group(spawner: Spawner) -> None:
    process = spawner.spawn(["sh", "-c", "sleep 1000 & wait"])
    assert process.poll() is None
    with pytest.raises(ActionTimeout):
        process.wait(0.05)
    ended = threading.Event()
    process.when_ended(ended.set)
    process.signal(signal.SIGTERM)
    assert process.wait(5.0) == -signal.SIGTERM
    assert ended.wait(5.0)
    process.signal(signal.SIGTERM)
    told = threading.Event()
    process.when_ended(told.set)
    assert told.is_set()
