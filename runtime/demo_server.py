"""The demo's other side: serves the booking page on this machine only, and keeps what it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Any

NUMBER = "NB-2047"


class Bookings(ThreadingHTTPServer):
    """``layout``: where the page says its fields are, in pixels of the display. ``booking``: what was booked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.page = (files(__package__) / "pages" / "trip.html").read_bytes()
        self.layout: dict[str, list[int]] = {}
        self.booking: dict[str, Any] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Answers(BaseHTTPRequestHandler):
    server: Bookings

    def do_GET(self) -> None:
        self._answer(self.server.page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if self.path == "/layout":
            self.server.layout = told
        elif self.path == "/book":
            self.server.booking = told
        self._answer(NUMBER.encode(), "text/plain; charset=utf-8")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the demo says what happens."""


@contextmanager
def serving() -> Iterator[Bookings]:
    """The server, running in a thread of its own until the end."""
    with Bookings() as bookings:
        thread = Thread(target=bookings.serve_forever, name="demo-server", daemon=True)
        thread.start()
        try:
            yield bookings
        finally:
            bookings.shutdown()
            thread.join()
