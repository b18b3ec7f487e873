"""The tasks' pages, served from the installed wheel to this machine only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread


def folder() -> Path:
    """Where the wheel keeps its pages; importing it would need the libraries that it is installed without."""
    found = find_spec("miniwob")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("miniwob is not installed: run `pip install --no-deps miniwob==1.1.0`")
    return Path(found.submodule_search_locations[0]) / "html"


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def served() -> Iterator[str]:
    """Inside, the pages are at the address that it gives."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder()))) as server:
        Thread(target=server.serve_forever, name="miniwob pages", daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/miniwob"
        finally:
            server.shutdown()
