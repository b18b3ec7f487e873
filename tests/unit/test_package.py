"""The package: what the wheel holds, which copy is tested, what an import costs and does."""

import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import deskhand
from deskhand import actions

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "vm", "loop", "runtime")


def python(*arguments: str, cwd: Path) -> str:
    """What another interpreter prints; it must neither fail nor warn."""
    command = [sys.executable, "-W", "error", *arguments]
    run = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def tree() -> set[str]:
    """The files that belong in the wheel, by their path there."""
    found = set()
    for folder in ("deskhand", *ROOMS):
        for path in (ROOT / folder).rglob("*"):  # rglob does not follow the links in deskhand/
            inside = path.relative_to(ROOT).as_posix()
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                found.add(inside if folder == "deskhand" else f"deskhand/{inside}")
    return found


def test_the_wheel_holds_the_tree_and_nothing_else(tmp_path: Path) -> None:
    python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        links = [
            info.filename for info in archive.infolist() if (info.external_attr >> 16) & 0o170000 == 0o120000
        ]
    assert names == tree()
    assert not links
    assert "deskhand/py.typed" in names


@pytest.mark.parametrize("room", ROOMS)
def test_the_checkout_links_to_its_rooms(room: str) -> None:
    assert (ROOT / "deskhand" / room).readlink() == Path("..") / room


def test_make_tests_the_installed_wheel() -> None:
    if os.environ.get("TEST_INSTALLED_WHEEL"):
        assert ROOT not in Path(deskhand.__file__).resolve().parents or "site-packages" in deskhand.__file__


def test_the_version_is_the_installed_one() -> None:
    assert deskhand.__version__ == version("deskhand")
    assert f'version = "{deskhand.__version__}"' in (ROOT / "pyproject.toml").read_text()
    assert re.search(rf"^## \[{re.escape(deskhand.__version__)}\]", (ROOT / "CHANGELOG.md").read_text(), re.M)


def test_every_public_name_is_there() -> None:
    assert len(deskhand.__all__) == len(set(deskhand.__all__))
    assert set(deskhand.__all__) <= set(dir(deskhand))
    assert all(getattr(deskhand, name) is not None for name in deskhand.__all__)
    assert {*actions.__all__, *(kind.__name__ for kind in actions.REGISTRY.values())} <= set(deskhand.__all__)


def test_a_wrong_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Manager'"):
        getattr(deskhand, "Manager")  # noqa: B009 - mypy knows better


def test_importing_connects_to_nothing_and_loads_nothing_heavy(tmp_path: Path) -> None:
    told = python("-c", "import sys, deskhand; print(*sys.modules)", cwd=tmp_path)
    heavy = {
        "PIL",
        "Xlib",
        "mss",
        "cdp_use",
        "numpy",
        "pydantic",
        "pydantic_settings",
        "typer",
        "rich",
        "asyncio",
    }
    assert not heavy & set(told.split())


def test_the_version_needs_no_display(tmp_path: Path) -> None:
    assert python("-m", "deskhand", "--version", cwd=tmp_path).strip() == f"deskhand {deskhand.__version__}"
