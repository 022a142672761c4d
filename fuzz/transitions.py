#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Seeds that go through every transition of the machines, and how many of them a corpus goes through.

    transitions.py write SEEDS    streams for the harnesses of the parser, logs of events for `session` and `host`
    transitions.py count SEEDS    of each harness how many; fails if one leaves any out

A transition of the parser is a state and all bytes that do the same in it; the machine is what `ragel -x` prints of grammar/.
A transition of the session is a state and a kind of event, with its code 0 and with another; the table is gen/session.inc.
"""
import collections
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "proof"))
from machine import Machine, print_xml  # noqa: E402

PLAN = bytes([8, 3, 9, 2, 7, 5, 1, 4])  # how an input is taken, see fuzz.h
LONGEST = 1000                          # bytes of a seed
MOMENTS = 90                            # events of a log
STREAMS = ("stream", "line", "round_trip", "oracle", "bulk", "wire")


def parser_steps():
    """[state]: the start of the parser, then for each state its transitions: a target and the bytes."""
    machine = Machine(print_xml())
    states = []
    for row in machine.steps:
        groups = collections.OrderedDict()
        for byte, step in enumerate(row):
            groups.setdefault(step, []).append(byte)
        states.append([(target, members) for (target, _), members in groups.items()])
    return machine.start, states


def session_steps():
    """The same of the session; a symbol is the kind and the place of a value in read_log of session.c, 0 or 1."""
    text = (ROOT / "gen" / "session.inc").read_text(encoding="utf-8")
    header = (ROOT / "include" / "sbfota" / "catalogue.h").read_text(encoding="utf-8")
    body = re.search(r"enum sbfota_kind \{(.*?)\};", header, re.S).group(1)
    kinds = {name: int(value) for name, value in re.findall(r"(SBFOTA_\w+) = (\d+)", body)}
    columns = {kinds[name]: int(column) for name, column in re.findall(r"\[(SBFOTA_\w+)\] = (\d+),", text)}
    mask = int(re.search(r"STATE_MASK = (\d+)", text).group(1))
    fails = {kinds[name] for name in re.findall(r"kind == (SBFOTA_\w+)", text)}
    rows = [[int(cell, 16) for cell in re.findall(r"0x[0-9a-f]{4}", row)]
            for row in re.findall(r"\[IN_\w+\] = \{(.*?)\}", text, re.S)]
    states = []
    for row in rows:
        steps = []
        for kind in range(max(kinds.values()) + 2):
            column = columns.get(kind, 0)
            for value in (0, 1):
                steps.append((row[column + (value and kind in fails)] & mask, [(kind, value)]))
        states.append(steps)
    return 0, states


def walks(start, states, longest):
    """Walks from the start that together make every step: always to the nearest that has not been made."""
    left = {(state, number) for state, steps in enumerate(states) for number in range(len(steps))}
    made = collections.Counter()
    walk, state = [], start
    while left:
        way = nearest(states, state, left)
        if way is None or (walk and len(walk) + len(way) > longest):
            if not walk:
                sys.exit(f"{len(left)} transitions cannot be reached")
            yield walk
            walk, state = [], start
            continue
        for number in way:
            target, members = states[state][number]
            left.discard((state, number))
            made[state, number] += 1
            walk.append(members[made[state, number] * 7 % len(members)])
            state = target
    yield walk


def nearest(states, begin, left):
    """The shortest way to a step that has not been made, with that step, or None."""
    before = {begin: None}
    queue = collections.deque([begin])
    while queue:
        state = queue.popleft()
        for number, (target, _) in enumerate(states[state]):
            if (state, number) in left:
                way = [number]
                while before[state] is not None:
                    state, number = before[state]
                    way.append(number)
                return way[::-1]
            if target not in before:
                before[target] = (state, number)
                queue.append(target)
    return None


def write(seeds):
    for old in seeds.glob("*/walk-*"):
        old.unlink()
    for number, walk in enumerate(walks(*parser_steps(), LONGEST - len(PLAN) - 2), 1):
        for harness in STREAMS:
            (seeds / harness / f"walk-{number}").write_bytes(bytes(walk) + b"\r\n" + PLAN)
    for number, walk in enumerate(walks(*session_steps(), MOMENTS), 1):
        # Times that rise by over a second, so that nothing is a repeat, now and then none; a part begins at some, and is
        # saved at others.
        log = b"".join(bytes([kind, value, 16 + place % 50, 2 << 4 | (place % 11 == 10) | (place % 5 == 4) << 2 | (place % 7 == 6) << 3])
                       for place, (kind, value) in enumerate(walk))
        (seeds / "session" / f"walk-{number}").write_bytes(log)
        # The same events to a host that wants a delay of 30 s, some time apart.
        dialogue = bytes([30]) + b"".join(bytes([kind, value, place % 50, place % 4 << 5])
                                          for place, (kind, value) in enumerate(walk))
        (seeds / "host" / f"walk-{number}").write_bytes(dialogue)


def count(seeds):
    complete = True
    start, states = parser_steps()
    for harness in STREAMS:
        inputs = [path.read_bytes() for path in sorted((seeds / harness).iterdir())]
        complete &= tell(harness, start, states, [i if harness == "oracle" else i[:-len(PLAN)] for i in inputs])
    start, states = session_steps()
    logs = []
    for path in sorted((seeds / "session").iterdir()):
        data = path.read_bytes()
        symbols = len(states[0]) // 2
        logs.append([(data[at] % symbols, min(data[at + 1], 1)) for at in range(0, len(data) - 3, 4)])
    return tell("session", start, states, logs) and complete


def tell(harness, start, states, inputs):
    of_symbol = [{symbol: number for number, (_, members) in enumerate(steps) for symbol in members} for steps in states]
    made = set()
    for symbols in inputs:
        state = start
        for symbol in symbols:
            number = of_symbol[state][symbol]
            made.add((state, number))
            state = states[state][number][0]
    total = sum(len(steps) for steps in states)
    print(f"{harness}: {len(made)} of {total} transitions, {len(inputs)} seeds")
    return len(made) == total


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "count"):
        sys.exit(__doc__)
    seeds = Path(sys.argv[2])
    if sys.argv[1] == "write":
        write(seeds)
        return 0
    return 0 if count(seeds) else 1


if __name__ == "__main__":
    sys.exit(main())
