"""The documents name what the code has."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.actions.errors import DeskhandError
from deskhand.runtime.cli import app
from deskhand.runtime.settings import BadSetting, Settings

ROOT = Path(__file__).resolve().parents[2]
ERRORS = (ROOT / "docs/errors.md").read_text()
CLI = (ROOT / "docs/cli.md").read_text()
PACKAGES = (ROOT / "packages.txt").read_text()


def errors(kind: type[DeskhandError] = DeskhandError) -> Iterator[type[DeskhandError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__.startswith("deskhand.actions.errors"):
            yield from errors(below)


@pytest.mark.parametrize("error", [*errors(), BadSetting])
def test_every_error_has_its_row(error: type[DeskhandError]) -> None:
    assert re.search(rf"`{error.__name__}`[^|]*\| {error.exit_code} \|", ERRORS)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_its_row(name: str) -> None:
    assert f"| `DESKHAND_{name.upper()}` |" in CLI


@pytest.mark.parametrize("command", [one.name for one in app.registered_commands])
def test_every_command_is_listed(command: str) -> None:
    assert f"\ndeskhand {command} " in CLI


def test_every_link_leads_somewhere() -> None:
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_package_has_its_use_and_reason() -> None:
    rows = [line.split(None, 2) for line in PACKAGES.splitlines() if line and not line.startswith("#")]
    assert all(len(row) == 3 and row[1] in ("run", "test") for row in rows)
    assert len({row[0] for row in rows}) == len(rows)


def test_settings_are_read_and_named_when_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from deskhand.runtime.settings import read

    monkeypatch.setenv("DESKHAND_SIZE", "800x600")
    monkeypatch.setenv("DESKHAND_NETWORK", "false")
    monkeypatch.setenv("DESKHAND_BROWSER_FLAGS", "--lang=de '--title=a b'")
    settings = read()
    assert settings.size == (800, 600)
    assert settings.network is False
    assert settings.browser_flags == ("--lang=de", "--title=a b")
    monkeypatch.setenv("DESKHAND_SETTLE_MS", "-1")
    with pytest.raises(BadSetting, match="DESKHAND_SETTLE_MS: Input should be greater"):
        read()
