"""Examples of every action, performed on a real desktop and judged by what the application received.

A new action gets its example here: ``@example("its_name")`` over a function that takes a :class:`~.desk.Desk`.
"""

from .registry import EXAMPLES, Desk, example

__all__ = ["EXAMPLES", "Desk", "example"]
