"""Lightcone: what its computers' ``execute`` and ``batch`` take, and what its models say in a ``computer_call``."""

from ..base import TableDialect
from .reading import READERS, calls
from .writing import WRITERS

DIALECT = TableDialect("lightcone", READERS, WRITERS, calls)

__all__ = ["DIALECT"]
