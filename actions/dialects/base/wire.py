"""One wire action while it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import BadCoordinate, InvalidAction
from ...fields import number
from ...geometry import Point, point
from ...space import Scale
from ...telling import shown

Native = dict[str, Any]
"""An action in the native form, not yet checked."""


def whole(x: Any, y: Any) -> Point:
    """The scale of wires that already speak in the display's pixels."""
    return point((x, y))


class Wire:
    """One wire action while it is read. A field that is null counts as absent."""

    def __init__(self, fields: Mapping[str, Any], scale: Scale) -> None:
        self._fields = {name: value for name, value in fields.items() if value is not None}
        self._scale = scale

    def get(self, *names: str) -> Any:
        """The first of these fields that is there, or None."""
        return next((self._fields[name] for name in names if name in self._fields), None)

    def need(self, *names: str) -> Any:
        """The same. Raises InvalidAction when none is there."""
        found = self.get(*names)
        if found is None:
            raise InvalidAction(f"{shown(self.get('type'))} needs {' or '.join(names)}.")
        return found

    def take(self, **native: str) -> Native:
        """The fields that are there, by their native names: ``take(hold="keys")``."""
        return {name: self._fields[wire] for name, wire in native.items() if wire in self._fields}

    def at(self, x: str = "x", y: str = "y") -> Native:
        """``{"at": point}``, or nothing when the wire names none. Raises BadCoordinate."""
        found = self.point(self.get(x), self.get(y))
        return {} if found is None else {"at": found}

    def inner(self, name: str) -> Wire:
        """The object in that field, or this wire itself when the field is absent. Raises InvalidAction."""
        said = self.get(name)
        if said is None:
            return self
        if not isinstance(said, Mapping):
            raise InvalidAction(f"{name} is an object, not {shown(said)}.")
        return Wire({"type": self.get("type"), **said}, self._scale)

    def need_at(self) -> Native:
        """The same. Raises BadCoordinate when there is no point."""
        found = self.at()
        if not found:
            raise BadCoordinate(f"{shown(self.get('type'))} needs x and y.")
        return found

    def point(self, x: Any, y: Any) -> Point | None:
        """The display's pixel. Models sometimes put a whole pair, or a text of one, into x."""
        if x is None and y is None:
            return None
        if y is None:
            x, y = _pair(x)
        if x is None:
            raise BadCoordinate(f"A point needs both x and y, not y={shown(y)} alone.")
        return self._scale(_coordinate(x), _coordinate(y))

    def points(self, said: Any) -> list[Point]:
        """A path of {x, y} or [x, y]. Raises BadCoordinate."""
        if isinstance(said, str) or not isinstance(said, Sequence):
            raise BadCoordinate(f"{shown(said)} is not a path: a list of points is needed.")
        return [self._scale(*map(_coordinate, _pair(one))) for one in said]


def _pair(said: Any) -> tuple[Any, Any]:
    if isinstance(said, str) and said.strip().startswith("[") and len(said) < 80:
        try:
            said = json.loads(said)
        except ValueError:
            raise BadCoordinate(f"{shown(said)} is not a point.") from None
    match said:
        case Mapping() if said.keys() >= {"x", "y"}:
            return said["x"], said["y"]
        case [x, y]:
            return x, y
    raise BadCoordinate(f"{shown(said)} is not a point: both x and y are needed.")


def _coordinate(value: Any) -> float:
    try:
        return number(value)
    except InvalidAction as error:
        raise BadCoordinate(f"{shown(value)} is not a coordinate: a finite number is needed.") from error
