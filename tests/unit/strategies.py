"""Values for property tests."""

from typing import Any

from hypothesis import strategies as st

from deskhand import actions
from deskhand.actions import Action, Button, Point

POINTS = st.builds(Point, st.integers(0, 1279), st.integers(0, 719))
BUTTONS = st.sampled_from(list(Button))
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"])
KEYS = st.one_of(
    st.sampled_from(
        ["ctrl", "shift", "enter", "pageup", "f12", "space", "+", "-", "[", "KP_Add", "Cyrillic_IO"]
    ),
    CHARACTERS,
)
TEXTS = st.text(CHARACTERS | st.sampled_from("\n\t"), max_size=40)
HOLDS = st.lists(st.sampled_from(["ctrl", "shift", "alt"]), unique=True).map(tuple)
WAYS = st.integers(-5000, 5000)
MAYBE_POINTS = st.none() | POINTS


def keypresses() -> st.SearchStrategy[Action]:
    """One to four keys together, none of them twice."""
    return st.lists(KEYS, min_size=1, max_size=4).map(_keypress).filter(lambda one: one is not None)


def _keypress(keys: list[str]) -> Action | None:
    try:
        return actions.Keypress(keys=[keys])
    except actions.InvalidAction:
        return None  # the same key twice, by two names


POINTED: st.SearchStrategy[Action] = st.one_of(
    st.builds(actions.Click, at=MAYBE_POINTS, button=BUTTONS, times=st.integers(1, 3), hold=HOLDS),
    st.builds(actions.DoubleClick, at=MAYBE_POINTS, button=BUTTONS, hold=HOLDS),
    st.builds(actions.TripleClick, at=MAYBE_POINTS, button=BUTTONS, hold=HOLDS),
    st.builds(actions.RightClick, at=MAYBE_POINTS, hold=HOLDS),
    st.builds(actions.Move, at=POINTS, hold=HOLDS),
    st.builds(actions.MouseDown, at=MAYBE_POINTS, button=BUTTONS),
    st.builds(actions.MouseUp, at=MAYBE_POINTS, button=BUTTONS),
    st.builds(actions.Drag, path=st.lists(POINTS, min_size=2, max_size=5), button=BUTTONS, hold=HOLDS),
    st.builds(actions.Scroll, at=MAYBE_POINTS, dx=WAYS, dy=WAYS, hold=HOLDS),
    st.builds(
        actions.Scroll, at=POINTS, dx=st.integers(-9, 9), dy=st.integers(-9, 9), unit=st.just("notches")
    ),
)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    POINTED,
    st.builds(actions.Type, text=TEXTS),
    st.builds(actions.PointAndType, at=POINTS, text=TEXTS),
    keypresses(),
    st.builds(actions.KeyDown, key=KEYS),
    st.builds(actions.KeyUp, key=KEYS),
    st.builds(actions.HoldKey, keys=HOLDS.filter(bool), seconds=st.just(0)),
    st.builds(actions.Wait, seconds=st.integers(0, 600_000).map(lambda ms: ms / 1000)),
    st.builds(actions.Screenshot),
    st.builds(actions.Resize, width=st.integers(1, 4000), height=st.integers(1, 4000)),
    st.builds(actions.Navigate, url=st.just("https://example.org/"), tab_id=st.none() | st.just("T")),
    st.builds(actions.ShellCommand, command=st.text(CHARACTERS, min_size=1).filter(str.strip)),
    st.builds(actions.Terminate, status=st.sampled_from(["success", "failure"]), result=st.text(CHARACTERS)),
    st.builds(actions.Answer, result=st.text(CHARACTERS)),
    st.builds(actions.Done, text=st.text(CHARACTERS)),
)


def _deep(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


HOSTILE: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.binary(max_size=10),
    st.sampled_from(
        [
            10**400,
            -(10**5000),
            1e308,
            float("nan"),
            float("inf"),
            "\0",
            "\ud800",
            "9" * 5000,
            "[[1]]",
            "x" * 200_000,
        ]
    ),
    st.sampled_from([_deep(5000), {"a": _deep(5000)}, {1: 2}, [], {}, set(), object(), "[1, 2]", "+", "{}"]),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=10,
    ),
)
"""What nobody should send."""
