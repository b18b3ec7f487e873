"""The server's keymap: what its keys give, and lending spare keycodes to characters that no key gives.

Spare are the keycodes without a keysym and those bound only to XF86 media keysyms, less those that Chromium swallows
whatever they are mapped to. What is lent is written to a property of the root window first, so that whoever opens the
display next puts it back if this process is killed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from Xlib import X, Xatom, error

from .connection import Connection

Row = tuple[int, ...]

_FIRST: Final = 8
_COUNT: Final = 248
_JOURNAL: Final = "_DESKHAND_KEYMAP_"

SWALLOWED: Final = frozenset({141, 143, 145, 164, 166, 167, 180, 181, 225})
"""Keycodes that Chromium takes for browser and launcher keys by their evdev code, whatever they are mapped to.
Established by `tests/bench/keycodes.py`, which tries every spare keycode."""


def keysym_of(character: str) -> int:
    """The keysym that gives this character. Source: X11 protocol, appendix A: Latin-1 as it is, else Unicode."""
    named = {"\n": 0xFF0D, "\t": 0xFF09}
    code = ord(character)
    if character in named:
        return named[character]
    return code if 0x20 <= code < 0x7F or 0xA0 <= code < 0x100 else 0x0100_0000 + code


def is_media(keysym: int) -> bool:
    """Whether it is one of the XF86 keysyms of media and launcher keys."""
    return 0x1008_0000 <= keysym <= 0x1008_FFFF


class Keymap:
    """The keys of the first layout, without and with Shift, and the spare ones."""

    def __init__(self, connection: Connection) -> None:
        self._c = connection
        self._owner = connection.root.create_window(-1, -1, 1, 1, 0, X.CopyFromParent, X.InputOnly)
        self._journal = connection.atom(f"{_JOURNAL}{self._owner.id:x}")
        self._lent: OrderedDict[int, int] = OrderedDict()  # keysym → keycode, the least recently used first
        self._before: dict[int, Row] = {}
        self._changing = False
        self._stale = True
        connection.subscribe(X.MappingNotify, self._changed)
        if (xkb := connection.x.query_extension("XKEYBOARD")) is not None:
            connection.subscribe(xkb.first_event, self._changed)

    def follow(self) -> None:
        """Learn whether somebody else has loaded another map meanwhile: the notice comes before the answer."""
        self._c.sync()
        self._c.pump()

    def lookup(self, keysym: int) -> tuple[int, bool] | None:
        """The keycode that gives the keysym, and whether with Shift; None when no key does."""
        self._read()
        if keysym in self._lent:
            self._lent.move_to_end(keysym)
            return self._lent[keysym], False
        return self._keys.get(keysym)

    def missing(self, keysyms: Iterable[int]) -> list[int]:
        """Those that no key gives now, each once, in order."""
        return [one for one in dict.fromkeys(keysyms) if self.lookup(one) is None]

    def own_key(self, keysym: int) -> bool:
        """Whether the layout itself has that key, so that nothing needs to be lent for it."""
        self._read()
        return keysym in self._keys

    @property
    def lends(self) -> bool:
        """Whether anything is lent now."""
        return bool(self._before)

    @property
    def capacity(self) -> int:
        """How many characters can be lent to at once."""
        self._read()
        return len(self._spare) + len(self._lent)

    @property
    def free(self) -> int:
        """How many keycodes can be lent without taking one back from another character."""
        self._read()
        return len(self._spare)

    def lend(self, keysyms: Sequence[int]) -> None:
        """Map these to spare keycodes, taking back the least recently used ones where there are too few."""
        with self._c.alone():
            self._read(force=True)
            codes = self._spare[: len(keysyms)]
            while len(codes) < len(keysyms):
                codes.append(self._lent.popitem(last=False)[1])
            for code in codes:
                self._before.setdefault(code, self._rows[code - _FIRST])
            self._lent.update(zip(keysyms, codes, strict=True))
            self._write_journal()
            self._change({code: (keysym, keysym) for code, keysym in zip(codes, keysyms, strict=True)})
            self._read(force=True)

    def give_back(self) -> None:
        """Put the keymap back as it was found."""
        if not self._before:
            return
        with self._c.alone():
            self._change(self._before)
            self._c.root.delete_property(self._journal)
            self._before.clear()
            self._lent.clear()
            self._read(force=True)

    def close(self) -> None:
        self.give_back()
        self._owner.destroy()

    @property
    def rows(self) -> Sequence[Row]:
        """The keysyms of every keycode from 8 on."""
        self._read()
        return self._rows

    def shift(self) -> int | None:
        """A keycode of Shift."""
        self._read()
        return self._shift

    def held_modifiers(self) -> list[int]:
        """The keycodes of modifier keys that are down now, locks aside."""
        self._read()
        return [code for code in keys_down(self._c) if code in self._modifiers]

    def _changed(self, event: object) -> None:
        if not self._changing:
            self._stale = True

    def _read(self, *, force: bool = False) -> None:
        if not (self._stale or force):
            return
        self._stale = False
        self._rows = read_rows(self._c)
        self._lent = OrderedDict(
            (keysym, code)
            for keysym, code in self._lent.items()
            if self._rows[code - _FIRST][:1] == (keysym,)  # somebody else has loaded a new map
        )
        lent = set(self._lent.values())
        before = self._before = {code: row for code, row in self._before.items() if code in lent}
        self._keys: dict[int, tuple[int, bool]] = {}
        for level in (0, 1):
            for code, row in enumerate(self._rows, _FIRST):
                if code not in lent and code not in before and len(row) > level and row[level]:
                    self._keys.setdefault(row[level], (code, level == 1))
        empty, media = [], []
        for code, row in enumerate(self._rows, _FIRST):
            if code in SWALLOWED or code in lent:
                continue
            if not any(row) or code in before:
                empty.append(code)
            elif all(not keysym or is_media(keysym) for keysym in row):
                media.append(code)
        self._read_modifiers()
        self._spare = [code for code in empty + media if code not in self._modifiers]

    def _read_modifiers(self) -> None:
        rows = self._c.x.get_modifier_mapping()
        locks = {X.LockMapIndex}
        num_lock = 0xFF7F
        for index, codes in enumerate(rows):
            if any(num_lock in self._rows[code - _FIRST] for code in codes if code):
                locks.add(index)
        self._modifiers = {
            code for index, codes in enumerate(rows) if index not in locks for code in codes if code
        }
        self._shift = next((code for code in rows[X.ShiftMapIndex] if code), None)

    def _change(self, rows: Mapping[int, Row]) -> None:
        """Set those keycodes' keysyms. Nobody else is served meanwhile, so the notices that come are of this."""
        change_rows(self._c, rows)
        self._changing = True
        try:
            self.follow()
        finally:
            self._changing = False

    def _write_journal(self) -> None:
        flat: list[int] = [self._owner.id]
        for keysym, code in self._lent.items():
            row = self._before[code]
            flat += [code, keysym, len(row), *row]
        self._c.root.change_property(self._journal, Xatom.CARDINAL, 32, flat)


def read_rows(connection: Connection) -> list[Row]:
    """The keysyms of every keycode from 8 on, as the core protocol tells them."""
    rows = connection.x.get_keyboard_mapping(_FIRST, _COUNT)
    return [tuple(int(keysym) for keysym in row) for row in rows]


def change_rows(connection: Connection, rows: Mapping[int, Row]) -> None:
    """Set those keycodes' keysyms, neighbours in one request."""
    ordered = sorted(rows)
    runs = [
        [code for _, code in run]
        for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    ]
    for run in runs:
        width = max(1, *(len(rows[code]) for code in run))
        connection.x.change_keyboard_mapping(
            run[0], [rows[code] + (0,) * (width - len(rows[code])) for code in run]
        )


def keys_down(connection: Connection) -> list[int]:
    """The keycodes that the server holds to be down."""
    bits = connection.x.query_keymap()
    return [byte * 8 + bit for byte in range(32) for bit in range(8) if bits[byte] >> bit & 1]


def mend(connection: Connection) -> int:
    """Put back what killed processes had lent: how many keycodes that were."""
    mended = 0
    with connection.alone():
        for atom in connection.root.list_properties():
            if not connection.x.get_atom_name(atom).startswith(_JOURNAL):
                continue
            kept = connection.root.get_full_property(atom, Xatom.CARDINAL)
            if kept is None or _is_alive(connection, int(kept.value[0])):
                continue
            now = read_rows(connection)
            rows = {
                code: row
                for code, keysym, row in _from_journal([int(number) for number in kept.value[1:]])
                if now[code - _FIRST][:1] == (keysym,)  # somebody may have loaded another map meanwhile
            }
            change_rows(connection, rows)
            connection.root.delete_property(atom)
            mended += len(rows)
    return mended


def _from_journal(flat: Sequence[int]) -> Iterator[tuple[int, int, Row]]:
    """Each keycode that was lent, to which keysym, and its own row."""
    at = 0
    while at < len(flat):
        code, keysym, width = flat[at : at + 3]
        yield code, keysym, tuple(flat[at + 3 : at + 3 + width])
        at += 3 + width


def _is_alive(connection: Connection, window: int) -> bool:
    try:
        connection.x.create_resource_object("window", window).get_geometry()
    except error.XError:
        return False
    return True
