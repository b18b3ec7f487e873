"""The helper inside a desktop: its init. It starts the X server, runs programs, reaps them, and ends everything.

It is started as ``python -I -S`` with this folder's parent as its only addition to the path, so nothing here may import
anything of the package around it. It lives as long as the desktop and there may be tens of them, so it takes the C
modules ``_socket`` and ``_signal`` and not the ones built on them: 7 ms and 1.7 MB less.
"""
