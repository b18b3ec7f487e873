"""Settling, by a scripted screen and a clock that only waiting moves on: no test here takes time."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from deskhand.actions import How, Patience, Region, Settled, settling
from deskhand.actions.settling import Blinkers, settle

BIG = Region(0, 0, 400, 300)
SPINNER = Region(600, 300, 32, 32)
CARET = Region(50, 60, 1, 15)
BLOCK = Region(8, 16, 8, 16)

Script = Sequence[tuple[float, Region]]


class Clock:
    """Time that passes only while the scripted screen is polled."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Scripted:
    """Changes that happen at set times, in seconds after the action."""

    def __init__(self, clock: Clock, script: Iterable[tuple[float, Region]], answer: float | None) -> None:
        self.clock = clock
        self.begin = clock.now
        self.left = sorted(script)
        self.answer = answer
        self.answered = False

    def ask(self) -> bool:
        return self.answer is not None

    def poll(self, within: float) -> Sequence[Region]:
        now = self.clock.now - self.begin
        ends = now + within
        happens = [self.left[0][0]] if self.left else []
        if self.answer is not None and not self.answered:
            happens.append(self.answer)
        now = max(now, min([ends, *happens])) if within else now
        self.clock.now = self.begin + max(now, self.clock.now - self.begin + 1e-4)
        now = self.clock.now - self.begin
        self.answered = self.answer is not None and now >= self.answer
        due = [region for at, region in self.left if at <= now]
        self.left = [(at, region) for at, region in self.left if at > now]
        return due

    def close(self) -> None:
        pass


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Settled]]:
    clock = Clock()
    monkeypatch.setattr(settling, "time", clock)

    def run(
        script: Script,
        *,
        answer: float | None = 0.001,
        busy_until: float = 0.0,
        blinkers: Blinkers | None = None,
        patience: Patience | None = None,
    ) -> Settled:
        changes = Scripted(clock, script, answer)
        begin = clock.now
        return settle(
            changes,
            patience=patience or Patience(),
            blinkers=blinkers or Blinkers(),
            busy=lambda: clock.now - begin < busy_until,
        )

    yield run


def every(period: float, region: Region, until: float, start: float = 0.0) -> Script:
    return [(start + period * count, region) for count in range(int((until - start) / period))]


Watch = Callable[..., Settled]


def test_a_change_and_then_quiet(watch: Watch) -> None:
    settled = watch([(0.01, BIG), (0.03, BIG)])
    assert settled.how is How.QUIET
    assert settled.first == pytest.approx(0.01, abs=0.002)
    assert settled.seconds == pytest.approx(0.07, abs=0.005)


def test_nothing_happens(watch: Watch) -> None:
    settled = watch([])
    assert settled.how is How.UNCHANGED
    assert settled.first is None
    assert settled.seconds <= 0.11


def test_a_receiver_that_cannot_be_asked_gets_the_bound(watch: Watch) -> None:
    settled = watch([], answer=None)
    assert settled.how is How.UNCHANGED
    assert settled.seconds == pytest.approx(0.1, abs=0.005)


def test_a_slow_program_is_waited_for(watch: Watch) -> None:
    settled = watch([(0.55, BIG)], answer=0.5)
    assert settled.how is How.QUIET
    assert settled.first == pytest.approx(0.55, abs=0.005)


def test_a_program_that_never_answers_is_capped(watch: Watch) -> None:
    settled = watch([], answer=99.0)
    assert settled.how is How.UNCHANGED
    assert settled.seconds == pytest.approx(2.0, abs=0.01)


def test_a_caret_is_nobodys_change(watch: Watch) -> None:
    settled = watch(every(0.01, CARET, 3.0))
    assert settled.how is How.UNCHANGED
    assert settled.seconds <= 0.11


def test_a_block_cursor_is_learnt_by_its_period(watch: Watch) -> None:
    blinkers = Blinkers()
    patience = Patience(first=1.5, quiet=1.4, longest=5.0)
    watch(every(0.53, BLOCK, 5.0), blinkers=blinkers, patience=patience)
    settled = watch([], blinkers=blinkers)
    assert settled.how is How.UNCHANGED


def test_a_button_that_is_pressed_quickly_is_no_blinker(watch: Watch) -> None:
    settled = watch([(0.01, BLOCK), (0.02, BLOCK), (0.03, BLOCK)])
    assert settled.how is How.QUIET


def test_a_spinner_is_not_waited_for(watch: Watch) -> None:
    settled = watch(every(1 / 60, SPINNER, 5.0, start=0.005))
    assert settled.how is How.ANIMATED
    assert settled.seconds < 0.7


def test_a_page_that_keeps_growing_is_capped(watch: Watch) -> None:
    grows = [(0.02 * count, Region(0, 0, 40 + 10 * count, 40)) for count in range(200)]
    settled = watch(grows)
    assert settled.how is How.CAPPED
    assert settled.seconds == pytest.approx(2.0, abs=0.03)


def test_a_page_that_loads_is_waited_for(watch: Watch) -> None:
    settled = watch([(0.01, BIG), (0.5, BIG)], busy_until=0.45)
    assert settled.how is How.QUIET
    assert settled.seconds > 0.45


def test_a_page_that_loads_for_ever_is_capped(watch: Watch) -> None:
    assert watch([(0.01, BIG)], busy_until=99.0).how is How.CAPPED
