#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make the code of the goto-driven parser from the machine that `ragel -x` prints.

    gotos.py MACHINE.xml > parser_goto.inc

The code of ragel -G2, but for four things that make it faster and the same under every compiler: the byte that a keyword
goes on with is asked for first; a run of such bytes is compared at once when it has come whole; what a byte means that a
state does not name is written once for all states of the same class; and bytes that leave a state as it is are skipped
several at once.

It stands on the locals of run_machine (p, pe, cs), on the macros of src/codec/actions.h and on src/codec/skip.h. A state's
label is reached with p on the next byte. A number that no state has, which comes of a damaged struct, stands for the middle
of another's line. Three places are left to the file that includes it: `deliver`, with p on the line end that ends a line,
`blank`, with p on a line end between lines, which goes on at `start`, and `ended`.
"""
import sys

from machine import KEY_BLANK, KEY_DIGIT, KEY_LETTER, LINE_ENDS, PLUS, QUOTE, Pool, check, read_machine, split

SHORTEST_RUN = 3


def c_char(byte):
    return {34: "'\"'", 39: "'\\''", 92: "'\\\\'", 9: "'\\t'"}.get(byte, f"'{chr(byte)}'")


def c_string(data):
    return '"' + "".join("\\" + c if c in '"\\' else c for c in data) + '"'


def condition(key):
    if key == KEY_DIGIT:
        return "(unsigned char)(*p - '0') < 10"
    if key == KEY_BLANK:
        return "*p == ' ' || *p == '\\t'"
    if key >= KEY_LETTER:
        return f"(*p & 0xdf) == {c_char(key & 0x7F)}"
    return f"*p == {c_char(key)}"


def named_steps(part):
    """The bytes that a state names one by one, and their steps; not the line end, the plus sign and anything else."""
    (_, _, quote, other), keys = part
    return [(key, step) for key, step in keys if ord(" ") <= key < 0x80] + [(QUOTE, quote)] * (quote != other)


def expected_bytes(parts):
    """For each state the byte that leads on, without an action, to the most of the machine, and where to; or None."""
    leads_to = {number: {step[0] for _, step in named_steps(part)} for number, part in parts.items()}

    def reach(number):
        found, left = set(), [number]
        while left:
            state = left.pop()
            if state not in found:
                found.add(state)
                left.extend(leads_to[state])
        return found

    reaches = {number: reach(number) for number in parts}
    expected = {}
    for number, part in parts.items():
        onward = [item for item in named_steps(part) if number not in reaches[item[1][0]]]
        key, (target, actions) = max(onward, key=lambda item: len(reaches[item[1][0]]), default=(0, (0, "none")))
        expected[number] = (key, target) if len(part[1]) <= 3 and not actions else None
    return expected


def run_from(number, expected):
    """The longest run of expected bytes from a state, and the state that it ends in."""
    data, seen = "", set()
    while number not in seen:
        seen.add(number)
        step = expected[number]
        if step is None:
            break
        data += chr(step[0])
        number = step[1]
    return data, number


def skips_text(number, part, states):
    """Does all text leave this state, but for a plus sign with a Q behind it?"""
    (_, plus, quote, other), keys = part
    stays = (number, ())
    if keys or quote != stays or other != stays:
        return False
    target, actions = plus
    if set(actions) - {"mark_urc"} or any(states[target][byte] != states[number][byte] for byte in LINE_ENDS):
        return False
    return all(byte in (PLUS, *LINE_ENDS) or chr(byte) in "Qq" or step == stays
               for byte, step in enumerate(states[target])) and states[target][PLUS] == plus


def start_at_0(start, states, texts):
    """The machine with its start state as number 0, which is what a cleared parser stands for."""
    renamed = {start: 0, 0: start}

    def rename(state):
        return renamed.get(state, state)

    return 0, {rename(number): [(rename(target), actions) for target, actions in steps]
               for number, steps in states.items()}, texts


def print_others(states, start, other):
    """Which bytes begin another's line: one that stays so up to its end, unless a plus sign comes."""
    for byte, step in enumerate(states[other]):
        if byte in LINE_ENDS and step != (start, ("deliver",)) or byte not in (PLUS, *LINE_ENDS) and step != (other, ()):
            sys.exit(f"another's line does not stay so: byte {byte}")
    bits = [0] * 4
    for byte, step in enumerate(states[start]):
        if step == (other, ("begin_text",)):
            bits[byte // 64] |= 1 << byte % 64
    print("/* A bit for each byte that begins another's line: which it then is, unless a plus sign follows. */")
    print(f"#define OTHERS_FIRST_BYTES {{{', '.join(f'0x{word:016x}U' for word in bits)}}}\n")


def main():
    start, states, texts = start_at_0(*read_machine(sys.argv[1]))
    parts = {number: split(steps) for number, steps in states.items()}
    for number, part in parts.items():
        check(states[number], *part)
    classes, steps = Pool(), Pool()
    # Behind a plus sign that begins nothing, another one is for the state that skips.
    skipping = {part[0][1][0]: number for number, part in parts.items() if skips_text(number, part, states)}
    # A run is compared where one begins, not again at each of its bytes.
    expected = expected_bytes(parts)
    inside = {step[1] for step in expected.values() if step}

    def go(step):
        """The statement that takes a step."""
        target, actions = step
        if target == start and not actions:
            return "goto blank;"
        if not actions:
            return f"{{ p++; goto state_{target}; }}"
        return f"goto step_{steps(step)};"

    print("/* Generated by grammar/gotos.py from the machine in grammar/; do not edit. */\n")
    print("#ifdef SBFOTA_MACHINE_DATA\n")
    other = states[start][ord("x")][0]
    print_others(states, start, other)
    print("#else\n")
    print("switch (cs) {")
    for number in sorted(parts):
        state_class, keys = parts[number]
        print("default:" if number == other else f"case {number}:")
        print(f"state_{number}:")
        print(f"    if (p == pe) {{ cs = {number}; goto ended; }}")
        data, end = run_from(number, expected)
        if number not in inside and len(data) >= SHORTEST_RUN:
            print(f"    if ((size_t)(pe - p) >= {len(data)} && memcmp(p, {c_string(data)}, {len(data)}) == 0) "
                  f"{{ p += {len(data)}; goto state_{end}; }}")
        first = expected[number]
        if skipping.get(number, number) != number:
            print(f"    if (*p == '+') goto state_{skipping[number]};")
        if number in skipping.values():
            print("    p = sbfota_skip_text(p, pe);")
        for key, step in sorted(keys, key=lambda item: first is None or (item[0], item[1][0]) != first):
            if key == KEY_BLANK and step[0] == number and not set(step[1]) - {"irregular"}:
                effects = "".join(texts[action] + " " for action in step[1])
                print(f"    if ({condition(key)}) {{ {effects}p = sbfota_skip_blanks(p + 1, pe); goto state_{number}; }}")
            else:
                print(f"    if ({condition(key)}) {go(step)}")
        print(f"    goto class_{classes(state_class)};")
    print("}")
    for (line_end, plus, quote, other), name in classes.numbers.items():
        print(f"class_{name}:")
        print(f"    if (*p == '\\r' || *p == '\\n') {go(line_end)}")
        if plus != other:
            print(f"    if (*p == '+') {go(plus)}")
        if quote != other:
            print(f"    if (*p == '\"') {go(quote)}")
        print(f"    {go(other)}")
    for (target, actions), name in steps.numbers.items():
        effects = " ".join(texts[action] for action in actions if action != "deliver")
        if "deliver" in actions:
            if actions[-1] != "deliver" or target != start:
                sys.exit("an event is delivered at a line end, and last")
            print(f"step_{name}: {effects} goto deliver;")
        else:
            print(f"step_{name}: {effects} p++; goto state_{target};")
    print(f"start: goto state_{start};")
    print("\n#endif")


if __name__ == "__main__":
    main()
