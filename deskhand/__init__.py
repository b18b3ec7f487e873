"""Deskhand: hands, eyes and a loop for a Linux desktop."""
