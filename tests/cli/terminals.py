# SPDX-License-Identifier: MIT
"""sbfota watch on ptys: a modem's port, a terminal, and the run of the tool between them. A failure shows what was expected and what
came."""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import tty

TOOL = os.path.abspath(sys.argv[1])
PATIENCE = 30  # seconds until something that must come is given up; nothing is measured by it
Q = b'\r\n+QIND: "SBFOTA",'
verdicts = []  # one for each check


def urc(text):
    return Q + text + b"\r\n"


UPDATE = [
    urc(b'"HTTPSTART"'),
    urc(b'"DOWNLOADING",50%'),
    urc(b'"DOWNLOADING",100%'),
    urc(b'"HTTPEND",0'),
    urc(b'"UPDATE_TIMEOUT",30'),
    urc(b'"START"'),
    urc(b'"UPDATING",50%'),
    urc(b'"RESTORE",4%'),
    urc(b'"RESTORE",60%'),
]


def check(name, good, *shown):
    verdicts.append(bool(good))
    if not good:
        print("FAIL", name, *shown, sep="\n  ")


class Modem:
    """A pty with a name that stays, as a port of udev's has."""

    def __init__(self, path):
        self.path = path
        self.master = None
        self.plug()

    def plug(self):
        """Again, on another pty."""
        self.master, slave = pty.openpty()
        os.set_blocking(self.master, False)
        self.device = os.ttyname(slave)
        self.slave = slave  # kept open: what the port is set to can be looked at
        tty.setraw(slave)  # as bytes come on a wire, also before it is opened
        attributes = termios.tcgetattr(slave)
        attributes[2] |= termios.HUPCL
        attributes[4] = attributes[5] = termios.B9600
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        if os.path.islink(self.path):
            os.unlink(self.path)
        os.symlink(self.device, self.path)

    def unplug(self):
        os.unlink(self.path)
        os.close(self.slave)
        os.close(self.master)

    def say(self, text):
        os.write(self.master, text)

    def settings(self):
        return termios.tcgetattr(self.slave)

    def heard(self):
        try:
            return os.read(self.master, 4096)
        except BlockingIOError:
            return b""


class Screen:
    """As much of a terminal as the board needs. Anything else that is not printable is kept in `odd`."""

    def __init__(self, columns, rows):
        self.resize(columns, rows)
        self.frames = 0
        self.odd = []
        self.alternate = False
        self.cursor = True
        self.bells = 0
        self.rest = ""

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.x = self.y = 0

    def feed(self, data):
        text = self.rest + data
        self.rest = ""
        at = 0
        while at < len(text):
            match = re.compile(r"\x1b\[(\??[0-9;]*)([A-Za-z])").match(text, at)
            if match:
                self.control(match.group(1), match.group(2))
                at = match.end()
            elif text[at] == "\x1b" and re.compile(r"\x1b(\[[?0-9;]*)?$").match(text, at):
                self.rest = text[at:]
                return
            else:
                self.put(text[at])
                at += 1

    def control(self, parameters, letter):
        if (parameters, letter) == ("", "H"):
            self.x = self.y = 0
            self.frames += 1
        elif (parameters, letter) == ("", "K"):
            self.cells[self.y][self.x:] = [" "] * (self.columns - self.x)
        elif (parameters, letter) == ("", "J"):
            for y in range(self.y + 1, self.rows):
                self.cells[y] = [" "] * self.columns
        elif (parameters, letter) == ("2", "J"):
            self.clear()
        elif parameters == "?1049":
            self.alternate = letter == "h"
        elif parameters == "?25":
            self.cursor = letter == "h"
        elif letter != "m":
            self.odd.append(parameters + letter)

    def put(self, character):
        if character == "\r":
            self.x = 0
        elif character == "\n":
            self.y += 1
            if self.y >= self.rows:
                if self.alternate:
                    self.odd.append("scrolled")
                self.y = self.rows - 1
        elif character == "\a":
            self.bells += 1
        elif not character.isprintable():
            self.odd.append(repr(character))
        elif self.x >= self.columns:
            if self.alternate:
                self.odd.append("too wide: " + "".join(self.cells[self.y]))
        else:
            self.cells[self.y][self.x] = character
            self.x += 1

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)


class Run:
    """The tool, with what it says. On a terminal if `size` is given."""

    def __init__(self, *options, size=None, term="xterm", environment=None, stdin=subprocess.DEVNULL, errors_there=False):
        self.said = b""
        self.errors = tempfile.TemporaryFile()
        self.screen = None
        self.terminal = None
        variables = dict(os.environ, TERM=term, TZ="UTC", **(environment or {}))
        variables.pop("NO_COLOR", None)
        if size:
            self.screen = Screen(*size)
            self.terminal, child = pty.openpty()
            self.child = child
            self.resize(*size)
            self.before = termios.tcgetattr(child)
            self.process = subprocess.Popen(
                [TOOL, "watch", *options], stdin=child, stdout=child, stderr=child if errors_there else self.errors, env=variables,
                start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            self.out = self.terminal
        else:
            self.process = subprocess.Popen(
                [TOOL, "watch", *options], stdin=stdin, stdout=subprocess.PIPE, stderr=self.errors, env=variables)
            self.out = self.process.stdout.fileno()

    def resize(self, columns, rows):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if self.screen.columns != columns or self.screen.rows != rows:
            self.screen.resize(columns, rows)

    def resize_and_draw(self, columns, rows, modem):
        """What is drawn meanwhile may be for the size before; what is drawn behind that may not."""
        self.resize(columns, rows)
        good = True
        for turn in range(4):
            if turn == 2:
                self.screen.odd = []
                self.screen.clear()
            before = self.screen.frames
            modem.say(b"x\r\n")
            good = self.until(lambda: self.screen.frames > before) and good
        return good and self.screen.odd == []

    def pump(self, seconds):
        """What it says now; False at the end."""
        ready, _, _ = select.select([self.out], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self.out, 65536)
        except OSError:
            piece = b""
        self.said += piece
        if self.screen:
            self.screen.feed(piece.decode("utf-8", "replace"))
        return piece != b""

    def until(self, predicate):
        """Read on until it holds."""
        limit = time.monotonic() + PATIENCE
        while not predicate():
            if time.monotonic() > limit:
                return False
            if not self.pump(0.05) and self.process.poll() is not None:
                return predicate()
        return True

    def says(self, pattern):
        return self.until(lambda: re.search(pattern, self.said) is not None)

    def shows(self, pattern):
        return self.until(lambda: re.search(pattern, self.screen.text()) is not None)

    def ends(self):
        """Its exit status, with all that it said."""
        limit = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < limit:
            self.pump(0.05)
        if self.process.poll() is None:
            self.process.kill()
            return "does not end"
        if self.screen:
            while select.select([self.out], [], [], 0)[0] and self.pump(0):
                pass
        else:
            while self.pump(1):
                pass
        return self.process.wait()

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.ends()

    def errors_said(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def records(self):
        return [json.loads(line) for line in self.said.decode().splitlines()]
