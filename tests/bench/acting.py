"""Acting: a click until the settled, encoded frame; and the bare input."""

from __future__ import annotations

from collections.abc import Iterator

from deskhand import AttachedDesktop, Click, act
from deskhand.actions import Button, Point

from . import peers
from .measuring import Figure, middle, milliseconds
from .stage import Stage

CLICKS, INPUTS, PEER_CLICKS = 30, 300, 7


def figures(stage: Stage) -> Iterator[Figure]:
    computer = AttachedDesktop(stage.display.name)
    try:
        button, still = stage.page.center("#toggle"), stage.page.center("#still")
        yield _observed(computer, "click with a visible effect → settled, encoded frame", button, 80)
        yield _observed(computer, "the same with no visible effect", still, 150)
        yield _bare(computer, stage, still)
    finally:
        computer.close()


def _observed(computer: AttachedDesktop, work: str, at: Point, bar: float) -> Figure:
    click, told = Click(at=at), []

    def observed() -> None:
        result = act(computer, click)
        assert result.frame is not None
        result.frame.encode("png")
        told.append(str(result.settled.how))

    ours = milliseconds(observed, CLICKS)
    counted = ", ".join(f"{told.count(how)} {how}" for how in sorted(set(told)))
    return Figure(work, "ms", ours, bar=bar, note=counted)


def _bare(computer: AttachedDesktop, stage: Stage, at: Point) -> Figure:
    screen, other = computer.screen, Point(at.x + 1, at.y)

    def clicked() -> None:
        screen.move(at)
        screen.button(Button.LEFT, True)
        screen.button(Button.LEFT, False)

    ours = milliseconds(clicked, INPUTS, before=lambda: screen.move(other))
    theirs = {}
    if peers.have("xdotool"):
        command = ("xdotool", "mousemove", str(at.x), str(at.y), "click", "1")
        theirs["xdotool"] = milliseconds(lambda: peers.run(*command, env=stage.env), PEER_CLICKS)
    for name, peer in stage.python_peers.items():
        theirs[name] = middle(peer.seconds("click", PEER_CLICKS, x=at.x, y=at.y))
    conditions = {"≥ 200 × xdotool": theirs["xdotool"] >= 200 * ours} if "xdotool" in theirs else {}
    return Figure(
        "move + click, as the server sees it", "ms", ours, bar=0.3, peers=theirs, conditions=conditions
    )
