"""Every setting, in one frozen object. The command line reads it once, from the environment (``DESKHAND_…``).

Nothing below the command line looks at the environment for settings: what it needs, it is given.
"""

from __future__ import annotations

import re
import shlex
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ..actions.errors import DeskhandError
from ..actions.geometry import Size
from ..vm.isolation import Isolation
from ..vm.window_manager import WindowManager


class BadSetting(DeskhandError):
    """A DESKHAND_… setting has a value that it cannot have."""

    exit_code = 78


def size_of(value: Any) -> Size:
    """A size from ``1280x720``. Raises ValueError, which the reader of a setting or an option is told."""
    if isinstance(value, Size):
        return value
    found = re.fullmatch(r"\s*(\d{1,5})\s*[x×,]\s*(\d{1,5})\s*", str(value))
    if found is None or not int(found[1]) or not int(found[2]):
        raise ValueError(f"{value!r} is not a size: write it as 1280x720")
    return Size(int(found[1]), int(found[2]))


def _words(value: Any) -> Any:
    return tuple(shlex.split(value)) if isinstance(value, str) else value


class Settings(BaseSettings):
    """What can be set, each by the variable DESKHAND_ and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="DESKHAND_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    size: Annotated[Size, NoDecode, BeforeValidator(size_of)] = Size(1280, 720)
    """The size of a new virtual desktop, in pixels: 1280x720."""

    largest: Annotated[Size, NoDecode, BeforeValidator(size_of)] = Size(2560, 1440)
    """The largest size that a virtual desktop can be given while it runs."""

    isolation: Isolation = "auto"
    """What walls a virtual desktop in: namespaces (bubblewrap), a mere process-group, or auto: the first where it
    works."""

    network: bool = True
    """Whether a virtual desktop's programs may use the network; false needs namespaces."""

    glx: bool = False
    """Whether a virtual desktop offers OpenGL, drawn in software; costs about 30 MB."""

    window_manager: WindowManager = "auto"
    """A virtual desktop's window manager: jwm, icewm, none, or auto: the first that is installed."""

    browser: str | None = None
    """The browser to start: a program's name or path. Unset: the first Chromium that is found."""

    browser_flags: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = ()
    """Flags for the browser, besides those that it needs, as in a shell: --lang=de --force-dark-mode."""

    settle_ms: Annotated[float, Field(ge=0, le=600_000)] | None = None
    """Wait just so many milliseconds after each action, instead of until the screen has settled."""


def read() -> Settings:
    """The settings now in force. Raises BadSetting, naming the variable."""
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(
            f"DESKHAND_{'_'.join(map(str, one['loc'][:1])).upper()}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_url=False)
        )
        raise BadSetting(told) from error
