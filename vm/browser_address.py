"""Which addresses a browser may be sent to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..actions.errors import BadURL

SCHEMES = ("http", "https", "file", "data", "about")

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
"""``localhost:8000/x`` has no scheme: what follows the colon is a port."""


def address(url: str) -> str:
    """The address to open; a bare ``example.com/x`` gets ``https://`` in front, as in an address bar. Raises BadURL."""
    bare = url.strip()
    if not bare or any(letter.isspace() and letter != " " for letter in bare):
        raise BadURL(f"{url!r} is not an address.")
    scheme = _SCHEME.match(bare)
    if scheme is None:
        bare = f"file://{bare}" if bare.startswith("/") else f"https://{bare}"
    elif scheme[1].lower() not in SCHEMES:
        raise BadURL(f"{scheme[1]}: addresses are not opened, only {', '.join(SCHEMES)}; nothing was opened.")
    try:
        parts = urlsplit(bare)
        usable = parts.scheme not in {"http", "https"} or bool(parts.hostname and " " not in parts.netloc)
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise BadURL(f"{url!r} is not an address.")
    return bare
