"""What is done to the computer around the screen: clipboard, commands, the display's size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from .action import Action, Data, action
from .computer import Computer
from .errors import InvalidAction
from .fields import Seconds, Storable, storable
from .geometry import Size
from .telling import shown


def command(value: Any) -> str | tuple[str, ...]:
    """A command line, or a program and its arguments. Raises InvalidAction."""
    if (
        isinstance(value, Sequence)
        and not isinstance(value, str | bytes | bytearray)
        and 0 < len(value) <= 1000
    ):
        return tuple(storable(part) for part in value)
    if isinstance(value, str) and value.strip():
        return storable(value)
    raise InvalidAction(f"{shown(value)} is not a command: a text, or a list of a program and its arguments.")


Command = Annotated[str | tuple[str, ...], BeforeValidator(command)]


@action("clipboard_read")
class ClipboardRead(Action):
    """Give back the clipboard's text."""

    settles: ClassVar[bool] = False

    def perform(self, computer: Computer) -> Data:
        return computer.screen.clipboard()


@action("clipboard_write")
class ClipboardWrite(Action):
    """Put a text on the clipboard."""

    text: Storable

    def perform(self, computer: Computer) -> None:
        computer.screen.set_clipboard(self.text)


@action("shell")
class ShellCommand(Action):
    """Run a command to its end and give back its exit code and what it printed.

    A text goes through /bin/sh, a list is run as it is. It is for the person's or the program's own commands: text
    from a model reaches it only where the loop allows it. ``timeout`` is in seconds; of each stream ``max_output``
    characters are given back.
    """

    command: Command
    cwd: Storable | None = None
    env: dict[Storable, Storable] | None = None
    timeout: Annotated[Seconds, Field(gt=0, le=3600)] = 120.0
    max_output: Annotated[int, Field(ge=0)] | None = None

    def perform(self, computer: Computer) -> Data:
        done = computer.shell.run(self.command, cwd=self.cwd, env=self.env, within=self.timeout)
        return {
            "exit_code": done.exit_code,
            "stdout": done.stdout[: self.max_output],
            "stderr": done.stderr[: self.max_output],
        }


@action("resize")
class Resize(Action):
    """Give the display another size, in pixels."""

    width: Annotated[int, Field(ge=1, le=32_767)]
    height: Annotated[int, Field(ge=1, le=32_767)]

    def perform(self, computer: Computer) -> None:
        computer.screen.resize(Size(self.width, self.height))
