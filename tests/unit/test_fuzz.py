"""Hostile input gives a clean error, in the native form and in every dialect, and never anything else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.actions import Action, InvalidAction, NotSupported, parse
from deskhand.actions.dialects import Malformed, dialect, dialects

from .examples import EXAMPLES, WIRES
from .strategies import HOSTILE

RENDERED: dict[str, list[dict[str, Any]]] = {name: [] for name in dialects()}
for _name, _found in RENDERED.items():
    for _example in EXAMPLES:
        try:
            _found.append(dialect(_name).render(_example))
        except NotSupported:
            continue


@st.composite
def mutated(draw: st.DrawFn, wires: list[dict[str, Any]]) -> dict[Any, Any]:
    """A good wire with some fields exchanged, removed or added."""
    wire: dict[Any, Any] = dict(draw(st.sampled_from(wires)))
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([*wire, "x", "y", "at", "keys", "hold", "path"]) | st.text(max_size=5))
        match draw(st.sampled_from(["exchange", "remove", "nest"])):
            case "exchange":
                wire[name] = draw(HOSTILE)
            case "remove":
                wire.pop(name, None)
            case "nest":
                wire[name] = draw(
                    st.sampled_from([[wire.get(name)], {"x": wire.get(name), "y": draw(HOSTILE)}])
                )
    return wire


def read(wire: Any) -> None:
    try:
        action = parse(wire)
    except InvalidAction as error:
        assert 0 < len(str(error)) < 2000
    else:
        assert isinstance(action, Action)
        assert parse(action.to_wire()) == action


@given(mutated(WIRES))
def test_mutated_native_actions(wire: Any) -> None:
    read(wire)


@given(HOSTILE)
def test_hostile_native_actions(value: Any) -> None:
    read(value)
    read({"type": value})


@pytest.mark.parametrize("name", dialects())
@given(data=st.data())
def test_mutated_wires(name: str, data: st.DataObject) -> None:
    wire = data.draw(mutated(RENDERED[name]))
    item = data.draw(
        st.sampled_from([{"type": "computer_call", "actions": [wire, wire]}, {"name": "click", **wire}])
    )
    for found in (dialect(name).parse(wire), dialect(name).parse_call(item)):
        if isinstance(found, Malformed):
            assert 0 < len(found.message) < 2000
        else:
            assert found and all(isinstance(action, Action) for action in found)


@pytest.mark.parametrize("name", dialects())
@given(value=HOSTILE)
def test_hostile_wires(name: str, value: Any) -> None:
    one = dialect(name)
    assert isinstance(one.parse(value), Malformed)
    for item in (
        value,
        {"type": value},
        {"type": "computer_call", "actions": value},
        {"name": "click", "arguments": value},
    ):
        found = one.parse_call(item)
        assert isinstance(found, Malformed | tuple)
