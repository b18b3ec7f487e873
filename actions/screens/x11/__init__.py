"""Screens of an X server. Importing this raises LibraryConflict when another package has overwritten python-xlib."""

import Xlib

from ...errors import LibraryConflict

if tuple(Xlib.__version__) < (0, 33):
    raise LibraryConflict  # older ones lack modules that are imported below

from .screen import X11Screen

__all__ = ["X11Screen"]
