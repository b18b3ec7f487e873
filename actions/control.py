"""What ends a run. Nobody performs these; the loop reads them."""

from __future__ import annotations

from typing import ClassVar, Literal

from .action import Action, action
from .computer import Computer
from .fields import Storable


class Terminal(Action):
    """An action that ends a run."""

    settles: ClassVar[bool] = False
    terminal: ClassVar[bool] = True

    def perform(self, computer: Computer) -> None:
        """Nothing is done to the computer."""


@action("terminate")
class Terminate(Terminal):
    """End the run, with success or failure and what came of it."""

    status: Literal["success", "failure"] = "success"
    result: Storable = ""


@action("answer")
class Answer(Terminal):
    """End the run with an answer."""

    result: Storable


@action("done")
class Done(Terminal):
    """End the run with a closing remark."""

    text: Storable = ""
