"""The window manager of a virtual desktop: jwm, or icewm where only that is there, set up for agents.

Plain, readable title bars, a calm background, click to focus, no tray, and no key that an application would miss.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from ..actions.errors import ProgramMissing

WindowManager = Literal["auto", "jwm", "icewm", "none"]

BACKGROUND = "3b4a5a"
"""The colour of the bare screen, red, green and blue. The helper paints it, with any window manager or none."""

_JWM = """<?xml version="1.0"?>
<JWM>
  <Desktops width="1" height="1"/>
  <FocusModel>click</FocusModel>
  <SnapMode distance="0">none</SnapMode>
  <MoveMode coordinates="off" delay="0" mask="CSA">opaque</MoveMode>
  <ResizeMode coordinates="off">opaque</ResizeMode>
  <DoubleClickSpeed>400</DoubleClickSpeed>
  <DoubleClickDelta>4</DoubleClickDelta>
  <WindowStyle>
    <Font>Sans-10</Font><Width>3</Width><Height>24</Height><Corner>0</Corner>
    <Foreground>#f0f0f0</Foreground><Background>#6b7785</Background><Outline>#55606c</Outline>
    <Active><Foreground>#ffffff</Foreground><Background>#2f6fab</Background><Outline>#255a8b</Outline></Active>
  </WindowStyle>
  <MenuStyle>
    <Font>Sans-10</Font><Foreground>#202020</Foreground><Background>#f4f4f4</Background>
    <Active><Foreground>#ffffff</Foreground><Background>#2f6fab</Background></Active>
  </MenuStyle>
</JWM>
"""

_ICEWM = """ShowTaskBar=0
ClickToFocus=1
FocusOnAppRaise=1
RaiseOnClickClient=1
OpaqueMove=1
OpaqueResize=1
QuickSwitch=0
Win32Keys=0
ShowWorkspaceStatus=0
"""


def chosen(wanted: WindowManager) -> tuple[str, str]:
    """The window manager that will run ("" for none), and what was fallen back from ("" for nothing).

    Raises ProgramMissing when one was named that is not installed.
    """
    if wanted == "none":
        return "", ""
    if wanted != "auto":
        if shutil.which(wanted) is None:
            raise ProgramMissing(wanted, wanted)
        return wanted, ""
    if shutil.which("jwm"):
        return "jwm", ""
    if shutil.which("icewm"):
        return "icewm", "jwm is not installed; icewm is used"
    return "", "neither jwm nor icewm is installed; there is no window manager"


def command(name: str, folder: Path) -> list[str]:
    """Write the window manager's configuration into the folder, and give back its command; [] for none."""
    return _COMMANDS[name](folder) if name else []


def _jwm(folder: Path) -> list[str]:
    config = folder / "jwmrc"
    config.write_text(_JWM)
    return ["jwm", "-f", str(config)]


def _icewm(folder: Path) -> list[str]:
    # The environment is the desktop's own, so the file is named and not left to be found in HOME.
    config = folder / "icewm"
    config.mkdir(exist_ok=True)
    (config / "preferences").write_text(_ICEWM + _no_bindings())
    (config / "theme").write_text('Theme="default/default.theme"\n')
    for silent in ("keys", "menu", "programs", "toolbar", "winoptions", "startup"):
        (config / silent).write_text("")
    return ["env", f"ICEWM_PRIVCFG={config}", "icewm", "--config", str(config / "preferences")]


def _no_bindings() -> str:
    """Every key and button that icewm would take from applications, bound to nothing."""
    shipped = Path("/usr/share/icewm/preferences")
    text = shipped.read_text(errors="replace") if shipped.exists() else ""
    names = re.findall(r"^#\s*((?:Key|MouseWin)\w+)=", text, re.MULTILINE)
    return "".join(f'{name}=""\n' for name in names)


_COMMANDS: Mapping[str, Callable[[Path], list[str]]] = {"jwm": _jwm, "icewm": _icewm}
