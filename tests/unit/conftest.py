"""Fixtures for tests without a display."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from deskhand.actions.screens.memory import MemoryComputer

settings.register_profile("unit", deadline=None, derandomize=True, max_examples=200)
settings.load_profile("unit")


@pytest.fixture
def computer() -> Iterator[MemoryComputer]:
    """A computer in memory; at the end of each test nothing may be down on it."""
    with MemoryComputer() as computer:
        yield computer
    assert computer.display.pressed() == []
