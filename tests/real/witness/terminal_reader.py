"""Runs inside xterm and reports every byte that its terminal receives, in raw mode: ``terminal_reader.py REPORT``.

The window's id comes from xterm's WINDOWID. It takes no commands: a named pipe, given as the second argument, empties
what it has gathered.
"""

import os
import select
import sys
import tty

from report import Report

report = Report(sys.argv[1])
orders = os.open(sys.argv[2], os.O_RDONLY | os.O_NONBLOCK)
keep_open = os.open(sys.argv[2], os.O_WRONLY)  # so that the pipe never reads as ended
terminal = sys.stdin.fileno()
tty.setraw(terminal)
gathered = b""
report.tell("ready", window=int(os.environ["WINDOWID"]))
while True:
    readable, _, _ = select.select([terminal, orders], [], [])
    if orders in readable:
        os.read(orders, 4096)
        gathered = b""
        report.tell("cleared")
    if terminal in readable:
        came = os.read(terminal, 65536)
        if not came:
            break
        gathered += came
        report.tell("text", field="entry", text=gathered.decode("utf-8", "replace"), bytes=came.hex())
        os.write(sys.stdout.fileno(), came.replace(b"\r", b"\r\n"))
