#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Drive the update of a modem with asyncio: set and verify the delay, send accept when the work is done, tell how it ends.

    sbfota simulate --link /tmp/modem --speed 10 --first-poll 60s --delay 60 &
    python3 drive_modem.py /tmp/modem
"""

import asyncio
import os
import sys
import termios
import time
import tty

import sbfota


def now_ms():
    return time.time_ns() // 1_000_000


def open_port(path):
    port = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(port, termios.TCSANOW)
    return port


async def drive(port, delay, updates):
    """Run the dialogue until so many attempts have ended; their records."""
    host = sbfota.Host(delay)
    parser = sbfota.Parser()
    came = asyncio.Event()
    ended = []

    def read():
        try:
            data = os.read(port, 4096)
        except BlockingIOError:
            return
        for event in parser.feed(data, now_ms()):
            _, change = host.event(event)
            if event.event not in ("other", "blank"):
                print(event.encode(framed=False).decode(), flush=True)
            if change.outcome_changed and change.outcome != "in_progress":
                ended.append(host.session.attempt)
        came.set()

    loop = asyncio.get_running_loop()
    loop.add_reader(port, read)
    host.ready(True)  # nothing else runs here: the update may begin at once
    try:
        while len(ended) < updates:
            command, again = host.next(now_ms())
            if command:
                os.write(port, command)
                continue
            came.clear()
            try:
                await asyncio.wait_for(came.wait(), None if again is None else again / 1000)
            except asyncio.TimeoutError:
                pass
    finally:
        loop.remove_reader(port)
    return ended


if __name__ == "__main__":
    for attempt in asyncio.run(drive(open_port(sys.argv[1]), 30, 1)):
        print(attempt["outcome"], attempt.get("downloading_s"), "s of download")
