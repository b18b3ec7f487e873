"""Ctrl-C at a good moment."""

from __future__ import annotations

import signal
from threading import Thread

import pytest

from deskhand.actions.interrupts import Shelter


@pytest.fixture(autouse=True)
def handlers() -> object:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_an_interrupt_waits_for_the_end_and_comes_then() -> None:
    reached = []
    with pytest.raises(KeyboardInterrupt), Shelter().held_back():
        signal.raise_signal(signal.SIGINT)
        reached.append("the end")
    assert reached == ["the end"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_only_the_outermost_shelter_lets_it_go() -> None:
    shelter, reached = Shelter(), []
    with pytest.raises(KeyboardInterrupt), shelter.held_back():
        with shelter.held_back():
            signal.raise_signal(signal.SIGINT)
        reached.append("behind the inner one")
    assert reached == ["behind the inner one"]


def test_an_error_inside_is_not_lost_when_nothing_came() -> None:
    with pytest.raises(ValueError, match="inside"), Shelter().held_back():
        raise ValueError("inside")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_signal_that_python_does_not_handle_is_left_alone() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with Shelter().held_back():
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN


def test_another_thread_changes_no_handler() -> None:
    seen: list[object] = []

    def inside() -> None:
        with Shelter().held_back():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=inside)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
