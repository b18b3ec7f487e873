"""Screens of an X server."""

from .screen import X11Screen

__all__ = ["X11Screen"]
