"""``python -m inside``: be a desktop's helper; descriptor 0 is the socket to the owner."""

from __future__ import annotations

from .init import Init, adopt_orphans

adopt_orphans()
Init().live()
