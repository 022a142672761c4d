# SPDX-License-Identifier: MIT
"""simulate_port.py SBFOTA FOLDER: the ports of simulate, as a host meets them. A line a case, "ok NAME" or "FAIL NAME: ...".

Each wait is for something that must come; how long that takes is not looked at."""

import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time

TOOL, FOLDER = sys.argv[1], sys.argv[2]
PATIENCE = 60  # seconds, on a busy machine


class Wrong(Exception):
    pass


class Simulation:
    """A run of simulate, with a link at FOLDER/modem."""

    def __init__(self, *options, script="", link=os.path.join(FOLDER, "modem"), become=None):
        self.link = link
        path = os.path.join(os.path.dirname(link), "script")
        with open(path, "w") as file:
            file.write(script)
        self.process = subprocess.Popen(
            [TOOL, "simulate", "--link", self.link, "--script", path, *options],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=become,
        )
        self.told = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(signal.SIGKILL)

    def end(self, number):
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        return status


class Port:
    def __init__(self, path):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
                break
            except OSError as error:
                if time.monotonic() > end:
                    raise Wrong("cannot open the port: %s" % error)
                time.sleep(0.02)
        self.rest = b""

    def close(self):
        os.close(self.fd)

    def send(self, text):
        os.write(self.fd, text.encode())

    def until(self, text):
        """All up to this text."""
        end = time.monotonic() + PATIENCE
        while text.encode() not in self.rest:
            ready, _, _ = select.select([self.fd], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise Wrong("no %r, but %r" % (text, self.rest))
            try:
                more = os.read(self.fd, 4096)
            except OSError:
                more = b""
            if more == b"":
                raise EOFError(self.rest.decode(errors="replace"))
            self.rest += more
        at = self.rest.index(text.encode()) + len(text)
        got, self.rest = self.rest[:at], self.rest[at:]
        return got.decode(errors="replace")

    def ask(self, command, ending="OK\r\n"):
        self.send(command + "\r")
        return self.until(ending)


def expect(got, expected):
    if got != expected:
        raise Wrong("expected %r, got %r" % (expected, got))


def local_flags(port):
    flags = termios.tcgetattr(port.fd)
    return flags[0] & (termios.ICRNL | termios.IXON), flags[1] & termios.OPOST, flags[3] & (termios.ECHO | termios.ICANON | termios.ISIG)


def dialogue():
    with Simulation("--speed", "20") as simulation:
        expect(simulation.told, simulation.link)
        port = Port(simulation.link)
        expect(local_flags(port), (0, 0, 0))
        expect(port.until("\r\nRDY\r\n")[-7:], "\r\nRDY\r\n")
        port.until('"polling_time"')
        port.until("\r\n")
        port.send("\r\r\n")  # no command
        for command, answer in [
            ("AT", "AT\r\r\nOK\r\n"),
            ("ATE0", "ATE0\r\r\nOK\r\n"),
            ("AT+CPIN?", "\r\n+CPIN: READY\r\n\r\nOK\r\n"),
            ("AT+CFUN=1", "\r\nOK\r\n"),
            ('AT+QCFGEXT="sbfota_delay",30', "\r\nOK\r\n"),
            ('at+qcfgext="sbfota_delay"', '\r\n+QCFGEXT: "sbfota_delay",30\r\n\r\nOK\r\n'),
            ("AT+QCFGEXT=?", '\r\n+QCFGEXT: "sbfota_delay",(0-60)\r\n\r\n+QCFGEXT: "sbfota_accept",(1)\r\n\r\nOK\r\n'),
            ("AT+CMEE?", "\r\n+CMEE: 0\r\n\r\nOK\r\n"),
            ("AT+CMEE=1", "\r\nOK\r\n"),
        ]:
            expect(port.ask(command), answer)
        expect(port.ask('AT+QCFGEXT="sbfota_accept",1', "3\r\n"), "\r\n+CME ERROR: 3\r\n")


def closed_and_opened_again():
    with Simulation("--speed", "20") as simulation:
        port = Port(simulation.link)
        port.until('"polling_time"')
        settings = termios.tcgetattr(port.fd)
        settings[3] |= termios.ECHO | termios.ICANON
        termios.tcsetattr(port.fd, termios.TCSANOW, settings)
        port.close()
        for _ in range(PATIENCE * 50):  # the modem finds out that its user has gone
            port = Port(simulation.link)
            flags = local_flags(port)
            if flags == (0, 0, 0):
                break
            port.close()
            time.sleep(0.02)
        expect(flags, (0, 0, 0))
        port.ask("ATE0")
        expect(port.ask("AT"), "\r\nOK\r\n")


def left_exclusive():
    with Simulation("--speed", "20") as simulation:
        port = Port(simulation.link)
        port.until('"polling_time"')
        fcntl.ioctl(port.fd, termios.TIOCEXCL)
        port.close()
        port = Port(simulation.link)
        port.ask("AT")


def left_exclusive_without_privileges():
    """Only a system administrator may open a port that was left so: it is replaced, under the same link."""
    nobody = 65534
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        become = (lambda: os.setuid(nobody)) if os.geteuid() == 0 else None
        try:
            subprocess.run([TOOL, "--version"], stdout=subprocess.DEVNULL, preexec_fn=become)
        except PermissionError:
            return  # the tool lies where nobody else may run it
        with Simulation("--speed", "20", link=os.path.join(folder, "modem"), become=become) as simulation:
            port = Port(simulation.link)
            port.until('"polling_time"')
            fcntl.ioctl(port.fd, termios.TIOCEXCL)
            opening = ["sh", "-c", ': <"$1"', "sh", simulation.link]  # which makes no file while there is no link
            opened = lambda: subprocess.run(opening, stderr=subprocess.DEVNULL, preexec_fn=become).returncode == 0
            expect(opened(), False)
            port.close()
            end = time.monotonic() + PATIENCE
            while not opened():
                if time.monotonic() > end:
                    raise Wrong("the port is not replaced")
                time.sleep(0.02)
            Port(simulation.link).ask("AT")


def update_with_power_loss_and_unplugging():
    """What the host hears is what the log tells."""
    script = """
        on downloading 20 unplug for 20s
        on restore 40% power for 10s
    """
    log = os.path.join(FOLDER, "update.log")
    options = ["--speed", "25", "--first-poll", "60s", "--attempts", "1", "--log", log]
    with Simulation(*options, script=script) as simulation:
        port = Port(simulation.link)
        port.until('"polling_time"')
        port.ask('AT+QCFGEXT="sbfota_delay",60')
        try:
            port.until('"HTTPEND"')
            raise Wrong("the port has not gone")
        except EOFError:
            port.close()
        port = Port(simulation.link)
        port.until('"UPDATE_TIMEOUT",60')
        port.ask('AT+QCFGEXT="sbfota_accept",1')
        port.until('"START"')
        port.until("Last update was not finished, continue update")
        port.until('"END",0')
        port.until('"report_result","end",0')
        expect(simulation.process.wait(PATIENCE), 0)
        expect(os.path.lexists(simulation.link), False)
    told = subprocess.run([TOOL, "sessions", "-q", "-f", "jsonl", log], capture_output=True, text=True).stdout
    for part in ['"outcome":"updated"', '"resumes":1', '"accepted":true', '"delay":60']:
        if part not in told:
            raise Wrong("no %s in %s" % (part, told))


def several():
    with Simulation("--modems", "3", "--speed", "20", "--delay", "any") as simulation:
        paths = [simulation.told] + [simulation.process.stdout.readline().strip() for _ in range(2)]
        expect(paths, ["%s-%d" % (simulation.link, number) for number in (1, 2, 3)])
        for port in [Port(path) for path in paths]:
            port.until("APP RDY")
            port.ask("AT")
        expect(simulation.end(signal.SIGTERM), -signal.SIGTERM)
        expect([path for path in paths if os.path.lexists(path)], [])


def signals():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with Simulation() as simulation:
            expect(os.path.islink(simulation.link), True)
            expect(simulation.end(number), -number)
            expect(os.path.lexists(simulation.link), False)


def stale_link():
    with Simulation() as simulation:
        simulation.end(signal.SIGKILL)
        expect(os.path.islink(simulation.link), True)
    with Simulation() as simulation:
        expect(simulation.told, simulation.link)
        simulation.end(signal.SIGTERM)


def ends_by_itself():
    """After the time that was asked for, at a speed at which the module is always busy."""
    with Simulation("--speed", "1000000", "--for", "20d") as simulation:
        port = Port(simulation.link)
        try:
            while True:
                port.send("AT\r")
                port.until("\n")
        except (EOFError, OSError):
            pass
        expect(simulation.process.wait(PATIENCE), 0)
        expect(os.path.lexists(simulation.link), False)


def no_control_bytes_on_a_terminal():
    ours, theirs = os.openpty()
    process = subprocess.Popen([TOOL, "simulate", "--fault", "garbage"], stdout=theirs)
    os.close(theirs)
    got = b""
    try:
        while more := os.read(ours, 4096):
            got += more
    except OSError:
        pass
    os.close(ours)
    expect(process.wait(PATIENCE), 0)
    expect(re.findall(rb"[^ -~\r\n]", got), [])
    expect(b"\\x" in got, True)


def path_without_link():
    process = subprocess.Popen([TOOL, "simulate", "--pty", "--speed", "20"], stdout=subprocess.PIPE, text=True)
    path = process.stdout.readline().strip()
    port = Port(path)
    port.until("APP RDY")
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)
    process.stdout.close()
    if not re.fullmatch(r"/dev/\S+", path):
        raise Wrong(path)


CASES = [
    dialogue,
    closed_and_opened_again,
    left_exclusive,
    left_exclusive_without_privileges,
    update_with_power_loss_and_unplugging,
    several,
    signals,
    stale_link,
    ends_by_itself,
    no_control_bytes_on_a_terminal,
    path_without_link,
]

signal.signal(signal.SIGINT, signal.default_int_handler)  # else children ignore it
for case in CASES:
    try:
        case()
        print("ok " + case.__name__)
    except (Wrong, EOFError, OSError, subprocess.SubprocessError) as error:
        print("FAIL %s: %s" % (case.__name__, repr(str(error))))
