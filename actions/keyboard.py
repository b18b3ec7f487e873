"""What the keyboard does."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .action import Action, action
from .chords import Chord, Chords
from .computer import Computer
from .fields import AtPoint, Seconds, Text
from .keys import Key, keysym, keysyms
from .pointer import clicked
from .screen import Button
from .waiting import pause


@action("type")
class Type(Action):
    """Type a text exactly; newline and tab are the keys."""

    text: Text

    def perform(self, computer: Computer) -> None:
        if self.text:
            computer.screen.write(self.text)


@action("point_and_type")
class PointAndType(AtPoint):
    """Click at a point, then type a text there."""

    text: Text

    def perform(self, computer: Computer) -> None:
        clicked(computer.screen, self.at, Button.LEFT, 1)
        if self.text:
            computer.screen.write(self.text)


@action("keypress")
class Keypress(Action):
    """Press keys together and let go of them in reverse; several chords are pressed one after another."""

    keys: Annotated[Chords, Field(min_length=1, max_length=100)]

    def perform(self, computer: Computer) -> None:
        for together in [keysyms(names) for names in self.keys]:
            with computer.screen.holding(keysyms=together):
                pass


@action("key_down")
class KeyDown(Action):
    """Press a key and keep it down until key_up, or until the screen is closed."""

    key: Key

    def perform(self, computer: Computer) -> None:
        computer.screen.keysym(keysym(self.key), True)


@action("key_up")
class KeyUp(Action):
    """Let go of a key."""

    key: Key

    def perform(self, computer: Computer) -> None:
        computer.screen.keysym(keysym(self.key), False)


@action("hold_key")
class HoldKey(Action):
    """Hold keys down for a time; they repeat as on a keyboard."""

    keys: Chord
    seconds: Annotated[Seconds, Field(le=300)] = 1.0

    def perform(self, computer: Computer) -> None:
        with computer.screen.holding(keysyms=keysyms(self.keys)):
            pause(self.seconds)
