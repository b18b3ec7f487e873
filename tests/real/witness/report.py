"""How a witness reports: one JSON object a line, into the file named on its command line.

Runs under Debian's Python too, so it uses the standard library only. Every witness tells "ready" once it is mapped,
focused and painted, and takes commands, one a line, on its standard input: ``clear`` empties it and is answered by
"cleared"; ``focus NAME`` moves the focus inside.
"""

import json
import sys
import time


class Report:
    """The witness's file. ``tell("key", key="a")`` writes {"type": "key", "time": …, "key": "a"}."""

    def __init__(self, path):
        self._file = open(path, "a", encoding="utf-8", errors="surrogatepass")  # noqa: PTH123, SIM115
        self._waiting = {"mapped", "focused", "painted"}

    def tell(self, kind, **what):
        entry = {"type": kind, "time": time.monotonic(), **what}
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def reached(self, *states):
        """Tells "ready" once, when every one of mapped, focused and painted was reached."""
        if self._waiting:
            self._waiting -= set(states)
            if not self._waiting:
                self.tell("ready")


def commands():
    """The words of the next command on the standard input; ends the program when the test has closed it."""
    line = sys.stdin.readline()
    if not line:
        sys.exit(0)
    return line.split()
