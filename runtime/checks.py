"""What Deskhand needs on this machine, looked at one thing at a time; ``deskhand doctor`` shows it."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter

_APT = "apt-get install --no-install-recommends"


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing to mend."""
    FALLBACK = "fallback"
    """It works, by a lesser way."""
    MISSING = "missing"
    """Something that is needed is not there."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing and how it stands. ``mend``: the command, or the advice, that puts it right."""

    name: str
    state: State
    told: str
    mend: str | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is used: any one of ``names`` will do. ``without``: how it stands when there is none."""

    what: str
    names: tuple[str, ...]
    package: str
    without: State
    lesser: str


PROGRAMS = (
    Program("X server", ("Xvfb",), "xvfb xauth", State.MISSING, "no virtual desktop can be started"),
    Program("window manager", ("jwm", "icewm"), "jwm", State.MISSING, "windows get no focus and no frame"),
    Program("terminal", ("xterm",), "xterm", State.FALLBACK, "no terminal on a virtual desktop"),
    Program(
        "browser",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "chromium",
        State.MISSING,
        "no page can be opened",
    ),
)

FONTS: Mapping[str, tuple[str, str]] = {
    "Latin, Greek, Cyrillic": (":lang=ru", "fonts-dejavu-core"),
    "Chinese, Japanese, Korean": (":lang=ja", "fonts-noto-cjk"),
    "emoji": (":lang=und-zsye", "fonts-noto-color-emoji"),
}


def checks(display: str | None = None) -> Iterator[Check]:
    """Everything, in the order in which it is shown. ``display``: the one to look at; by default DISPLAY."""
    xlib = _xlib()
    yield from (_python(), xlib, _encoder(), _portable())
    yield from map(_program, PROGRAMS)
    if xlib.state is State.OK:
        yield from _guarded("virtual desktop", _virtual_desktop)
    yield from _fonts()
    yield _session()
    if xlib.state is State.OK:
        yield from _guarded("display", lambda: _display(display))


def _python() -> Check:
    told = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {sys.executable}"
    return Check("Python", State.OK, told)


def _xlib() -> Check:
    mend = "pip install --force-reinstall --no-deps python-xlib"
    try:
        import Xlib  # noqa: PLC0415 - it may be what is broken
    except ImportError:
        return Check("python-xlib", State.MISSING, "cannot be imported", mend)
    found = ".".join(map(str, Xlib.__version__))
    if tuple(Xlib.__version__) < (0, 33):
        return Check("python-xlib", State.MISSING, f"{found}: python3-xlib has overwritten it", mend)
    return Check("python-xlib", State.OK, found)


def _encoder() -> Check:
    from ..actions.encoding import deflater  # noqa: PLC0415 - Pillow is loaded only here

    if deflater() == "isal":
        return Check("PNG encoder", State.OK, "ISA-L")
    told = "the standard library's zlib, several times slower than ISA-L"
    return Check("PNG encoder", State.FALLBACK, told, "pip install 'deskhand[fast]'")


def _portable() -> Check:
    try:
        return Check("portable input", State.OK, f"pyautogui {version('pyautogui')}")
    except PackageNotFoundError:
        told = "pyautogui is not installed; only hosts without X11 need it"
        return Check("portable input", State.NOTE, told, "pip install 'deskhand[portable]'")


def _program(program: Program) -> Check:
    for name in program.names:
        path = shutil.which(name)
        if path is not None:
            return Check(program.what, State.OK, path)
    told = f"no {' or '.join(program.names[:2])}: {program.lesser}"
    return Check(program.what, program.without, told, f"{_APT} {program.package}")


def _virtual_desktop() -> Iterator[Check]:
    """Start one, which tells more than looking at its parts does."""
    from ..vm.desktop import VirtualDesktop  # noqa: PLC0415 - it needs python-xlib, which may be what is broken

    begun = perf_counter()
    with VirtualDesktop.start() as desktop:
        desktop.screen.grab()
        told = f"ready in {(perf_counter() - begun) * 1000:.0f} ms, {desktop.isolation}, {desktop.window_manager}"
        yield Check("virtual desktop", State.OK, told)
        for fallback in desktop.fallbacks:
            yield Check("virtual desktop", State.FALLBACK, fallback, _mend(fallback))
        yield _browser_sandbox(desktop.browser.notes)


def _display(name: str | None) -> Iterator[Check]:
    from .display_check import display_checks  # noqa: PLC0415 - it needs python-xlib, which may be what is broken

    yield from display_checks(name)


def _mend(fallback: str) -> str | None:
    """The command that ends a fallback, where there is one."""
    for word, package in {
        "bubblewrap is not": "bubblewrap",
        "dbus-daemon": "dbus-daemon",
        "jwm": "jwm",
    }.items():
        if word in fallback:
            return f"{_APT} {package}"
    if "bubblewrap does not work" in fallback:
        return "allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or the container's settings"
    return None


def _browser_sandbox(notes: Sequence[str]) -> Check:
    if not notes:
        return Check("browser's sandbox", State.OK, "in force")
    return Check(
        "browser's sandbox", State.FALLBACK, " ".join(notes), "run as an ordinary user, or with bubblewrap"
    )


def _fonts() -> Iterator[Check]:
    if shutil.which("fc-list") is None:
        yield Check("fonts", State.NOTE, "cannot be looked at without fc-list", f"{_APT} fontconfig")
        return
    for what, (pattern, package) in FONTS.items():
        code, told = _run(("fc-list", pattern, "family"))
        if code == 0 and told:
            family = told.splitlines()[0].split(",")[0]
            yield Check(f"font: {what}", State.OK, family)
        else:
            yield Check(f"font: {what}", State.FALLBACK, "none: shown as empty boxes", f"{_APT} {package}")


def _session() -> Check:
    kind = os.environ.get("XDG_SESSION_TYPE", "")
    if kind == "wayland" or os.environ.get("WAYLAND_DISPLAY"):
        told = "Wayland: pictures of it come out black and typed keys vanish, so it is refused"
        return Check("session", State.FALLBACK, told, "deskhand desktop (or log in to an X11 session)")
    return Check("session", State.OK, kind or "none (a virtual desktop needs none)")


def _guarded(name: str, looking: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    """What ``looking`` finds; an error of it is a finding too."""
    try:
        yield from looking()
    except Exception as error:  # noqa: BLE001 - the doctor must get to the end whatever is broken
        yield Check(name, State.MISSING, f"{type(error).__name__}: {error}")


def _run(argv: tuple[str, ...]) -> tuple[int, str]:
    """The exit code, and what was printed."""
    try:
        run = subprocess.run(
            argv, capture_output=True, text=True, timeout=10, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return run.returncode, (run.stdout or run.stderr).strip()
