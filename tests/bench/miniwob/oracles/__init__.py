"""How each task is solved. ``@oracle("task", "what it exercises", …)`` enters a function into the table."""

from .registry import ORACLES, Oracle, oracle

__all__ = ["ORACLES", "Oracle", "load", "oracle"]


def load() -> dict[str, Oracle]:
    """All of them, by their task."""
    from . import choosing, clicking, dragging, scrolling, selecting, writing  # noqa: F401 - they enter themselves

    return ORACLES
