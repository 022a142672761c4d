# SPDX-License-Identifier: MIT
"""Folders of logs of every sort that a fleet has, made of simulated ones."""

import datetime
import gzip
import random

from conftest import run_tool

FAULTS = ["--failures", 20, "--power-losses", 20]


def simulated(*options):
    """A fleet's log, as lines of (time, rest)."""
    text = run_tool("simulate", *FAULTS, *options, "--log", "-").decode()
    return [line.split(" ", 1) for line in text.splitlines()]


def as_lines(lines):
    return "".join(line + "\n" for line in lines).encode()


def plain():
    return as_lines(f"{time} {rest}" for time, rest in simulated("--modems", 12, "--host", "--accept", "any"))


def among_others(size, together):
    """A log of some bytes: some of the fleet's lines together, then the others far apart."""
    lines = simulated("--modems", 6, "--attempts", 2, "--seed", 8, "--host")
    for number, (time, rest) in enumerate(lines):
        noise = as_lines(f"{time} gateway: {words}" for words in ("link up", "3 packets", "nothing to do"))
        apart = b"" if number < together else noise * (size // len(lines) // len(noise))
        yield as_lines([f"{time} {rest}"]) + apart


def without_times():
    return as_lines(rest for _, rest in simulated("--modems", 8, "--seed", 2))


def shifted(lines, start):
    """The same, from another time on and ever closer together: some hours in all."""
    first = datetime.datetime.fromisoformat(lines[0][0].replace("Z", "+00:00"))
    for number, (time, rest) in enumerate(lines):
        then = datetime.datetime.fromisoformat(time.replace("Z", "+00:00"))
        yield start + (then - first) / 2000 + datetime.timedelta(milliseconds=number), rest


def over_midnight():
    """Times without a day."""
    start = datetime.datetime(2026, 3, 1, 23, 58)
    return as_lines(f"{time:%H:%M:%S}.{time.microsecond // 1000:03} {rest}" for time, rest in shifted(simulated("--modems", 6, "--seed", 3), start))


def over_new_year():
    """Times without a year, as syslog has them."""
    start = datetime.datetime(2025, 12, 31, 23, 55)
    lines = shifted(simulated("--modems", 6, "--seed", 4), start)
    return as_lines(f"{time:%b} {time.day:2} {time:%H:%M:%S} gateway modems: {rest}" for time, rest in lines)


def of_nobody():
    """Times, and no names: the log's modem is the log's."""
    return as_lines(f"{time} {rest.split(' ', 1)[1]}" for time, rest in simulated("--modems", 1, "--attempts", 3, "--seed", 5))


def rotated(folder, name, data, parts):
    """One log, put away at the ends of lines and, as some programs do, within one."""
    cuts = [len(data) * at // parts for at in range(parts + 1)]
    cuts[1:-1] = [data.index(b"\n", cut) + 1 for cut in cuts[1:-1]]
    for age, (begin, end) in enumerate(zip(reversed(cuts[:-1]), reversed(cuts[1:]))):
        piece = data[begin:end]
        if age == 0:
            (folder / name).write_bytes(piece)
        elif age == 1:
            (folder / f"{name}.1").write_bytes(piece)
        else:
            (folder / f"{name}.{age}.gz").write_bytes(gzip.compress(piece))


def make(folder):
    """All of them."""
    folder.mkdir()
    fleet = plain()
    (folder / "fleet.log").write_bytes(fleet)
    (folder / "untimed.log").write_bytes(without_times())
    (folder / "midnight.log").write_bytes(over_midnight())
    (folder / "newyear.log").write_bytes(over_new_year())
    (folder / "nobody.log").write_bytes(of_nobody())
    (folder / "packed.log.gz").write_bytes(gzip.compress(over_midnight().replace(b"modem-", b"packed-")))
    (folder / "damaged.log.gz").write_bytes(gzip.compress(fleet.replace(b"modem-", b"damaged-"))[:-300])
    rotated(folder, "gateway.log", fleet.replace(b"modem-", b"gateway-"), 3)
    rotated(folder, "alone.log", of_nobody(), 2)
    raw = run_tool("simulate", "--modems", 1, "--seed", 6, "--raw", "--log", "-")
    (folder / "raw.bin").write_bytes(raw)
    return folder


def shuffled(folder):
    names = [str(path) for path in sorted(folder.iterdir())]
    random.Random(7).shuffle(names)
    return names
