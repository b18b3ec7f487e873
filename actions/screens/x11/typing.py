"""Exact typing: every character reaches the receiver as it was asked for, or NotTyped is raised.

docs/typing.md tells how, and why each wait is there.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from unicodedata import category

from Xlib import X

from ...errors import NotTyped
from .connection import Connection
from .keymap import Keymap, keysym_of
from .receiver import Receiver
from .xkb import LOCK, State, Xkb

_ANSWER_WITHIN: Final = 5.0
"""Seconds for a program that answers to come to its input: it may be loading a page."""

Send = Callable[[int, bool], None]
"""Press or release a keycode."""


class Typist:
    """Types on one display.

    ``quiet`` waits, bounded, until a program that cannot be asked has stopped painting. ``down``: the keycodes that
    we hold down ourselves. ``own``: nobody else presses keys there, so lent keycodes may stay lent until the end.
    """

    def __init__(
        self,
        connection: Connection,
        keymap: Keymap,
        receiver: Receiver,
        *,
        send: Send,
        quiet: Callable[[], None],
        down: Container[int],
        own: bool,
    ) -> None:
        self._c = connection
        self._keymap = keymap
        self._receiver = receiver
        self._xkb = Xkb(connection)
        self._send = send
        self._quiet = quiet
        self._down = down
        self._own = own
        self._unread = False

    def write(self, text: str) -> None:
        """Raises NotTyped when a character has no keysym or the display has too few keycodes."""
        keysyms = [_typable(character) for character in text.replace("\r\n", "\n")]
        if not keysyms:
            return
        self._keymap.follow()
        with self._plain_keyboard():
            for part in self._parts(keysyms):
                self._lend(part)
                self._press(part)
        if not self._own:
            self.put_back()

    def put_back(self) -> None:
        """Give lent keycodes back, once their receiver has read what was typed with them."""
        if not self._keymap.lends:
            return
        self._read_by_receiver()
        self._keymap.give_back()

    def map_key(self, keysym: int) -> tuple[int, bool]:
        """The keycode for that keysym, lent if need be, and whether Shift goes with it."""
        self._keymap.follow()
        found = self._keymap.lookup(keysym)
        if found is None:
            self._lend([keysym])
            found = self._keymap.lookup(keysym)
        if found is None:
            raise NotTyped(f"The display has no key for the keysym {keysym:#x}, and no spare one.")
        self._unread = True
        return found

    def _parts(self, keysyms: Sequence[int]) -> Iterator[list[int]]:
        """The text in as few parts as there are keycodes for: usually one."""
        if not self._keymap.missing(keysyms):
            yield list(keysyms)
            return
        capacity = self._keymap.capacity
        if capacity == 0:
            raise NotTyped(
                "The display's keymap has no spare keycode, so only its own characters can be typed."
            )
        part: list[int] = []
        foreign: set[int] = set()
        for keysym in keysyms:
            if not self._keymap.own_key(keysym) and keysym not in foreign:
                if len(foreign) == capacity:
                    yield part
                    part, foreign = [], set()
                foreign.add(keysym)
            part.append(keysym)
        yield part

    def _lend(self, keysyms: Sequence[int]) -> None:
        missing = self._keymap.missing(keysyms)
        if not missing:
            return
        if len(missing) > self._keymap.free:
            self._read_by_receiver()  # it must not meet keys whose meaning we are about to take away
        self._keymap.lend(missing)
        self._c.sync()
        self._receiver.caught_up(_ANSWER_WITHIN)  # it has re-read the map: toolkits do so at the notice

    def _press(self, keysyms: Sequence[int]) -> None:
        shift = self._keymap.shift()
        shifted = False
        for keysym in keysyms:
            found = self._keymap.lookup(keysym)
            if found is None:
                raise NotTyped(
                    f"The keymap was changed by somebody else while {len(keysyms)} characters were typed."
                )
            code, needs_shift = found
            if needs_shift != shifted and shift is not None:
                self._send(shift, needs_shift)
                shifted = needs_shift
            self._send(code, True)
            self._send(code, False)
        if shifted and shift is not None:
            self._send(shift, False)
        self._c.sync()
        self._unread = True

    def _read_by_receiver(self) -> None:
        if not self._unread:
            return
        if self._receiver.caught_up(_ANSWER_WITHIN) is None:
            self._quiet()
        self._unread = False

    @contextmanager
    def _plain_keyboard(self) -> Iterator[None]:
        """First layout, no Caps Lock, nothing latched, no modifier held: put back as it was afterwards.

        Modifier keys that are down are let go of. Only our own are pressed again: pressing somebody else's, who may
        have let go meanwhile, would leave it down for ever.
        """
        held = self._keymap.held_modifiers()
        ours = [code for code in held if code in self._down]
        before = self._xkb.state()
        for code in held:
            self._send(code, False)
        plain = State(0, 0, 0)
        changed = before.locked & LOCK or before.group or before.latched
        if changed:
            self._xkb.lock(plain)
        if self._own:
            self._c.x.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOff)
        try:
            yield
        finally:
            if self._own:
                self._c.x.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOn)
            if changed:
                self._receiver.caught_up(_ANSWER_WITHIN)
                self._xkb.lock(before)
            for code in ours:
                self._send(code, True)
            self._c.sync()


def _typable(character: str) -> int:
    """The keysym of a character. Raises NotTyped for what no key writes: control characters and lone surrogates."""
    if category(character) in ("Cc", "Cs") and character not in "\n\t":
        raise NotTyped(f"U+{ord(character):04X} is a character that no key writes; nothing was typed.")
    return keysym_of(character)
