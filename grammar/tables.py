#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make the tables of the table-driven parser from the machine that `ragel -x` prints.

    tables.py MACHINE.xml > parser_table.inc

The states stand as records in one array of bytes, keys and classes being those of machine.py:

    byte 0      class of the state in the bits below; MORE if exceptions follow, RUN if a run follows
    exceptions  their count, then so many pairs of a key and a step
    run         its length, then so many keys: each leads, without an action, to the next; the last one to the record
                that stands next. A KEY_CASED is a letter whose small one marks the line as irregular

A state's number is where its record begins, plus RUN_STEP for each key of the run that is behind it: the states of a run
share one record, and only the first has the exceptions. No step leads to another than the first.

A byte that no key names goes by the class. A class has a list of actions for a line end, which delivers the line and
leads to the start state (there it does nothing), and steps for a quote and for anything else. A plus sign takes the step for anything else and then, from there,
its own: only the classes from which that does not come to the same have a step for it, and they are numbered first.
A step is a target and a list of actions. A list is one byte: 0 for none, the action if it is but one, else MULTIPLE and
where the actions begin that end with 0. A target has its list in the bits above RUN_STEP, as a number in the table of
those that occur most; the first steps are those whose list is not there.
"""
import collections
import re
import sys

from machine import KEY_DIGIT, Pool, check, read_machine, split

RUN, MORE = 0x40, 0x80
KEY_CASED = 0xE0  # | c & 0x1F: the letter c, and in small the action CASED
CASED = "irregular"
RUN_STEP = 1 << 11
LONGEST_RUN = 0x10000 // RUN_STEP - 1
DIGITS = range(ord("0"), ord("9") + 1)


def join_cases(keys):
    """The keys, but for pairs of a capital letter and its small one that do the same but for CASED: they are one key."""
    joined, steps = [], dict(keys)
    for key, step in keys:
        small = steps.get(key | 0x20) if 0x41 <= key <= 0x5A else None
        capital = steps.get(key & ~0x20) if 0x61 <= key <= 0x7A else None
        if small == (step[0], (CASED,)) and not step[1]:
            joined.append((KEY_CASED | key & 0x1F, step))
        elif not (capital and step == (capital[0], (CASED,)) and not capital[1]):
            joined.append((key, step))
    return joined


def names(key, other):
    """Does a key of a run stand for this other one?"""
    return other == key or key >= KEY_CASED and other & ~0x20 == key & 0x5F


def chain_steps(parts, start):
    """For each state the key and the state that it may lead to in a run; no state is led to twice."""
    chains, taken = {}, set()

    def leads_back(number, target):
        while number in chains:
            number = chains[number][1]
            if number == target:
                return True
        return False

    for number, (_, keys) in sorted(parts.items()):
        those = [key for key, _ in keys]
        for key, (target, actions) in join_cases(keys):
            hidden = key == KEY_DIGIT and len(keys) > 1 or key in DIGITS and KEY_DIGIT in those
            if not actions and not hidden and target not in taken and target not in (number, start) \
                    and not leads_back(target, number):
                chains[number] = (key, target)
                taken.add(target)
                break
    return chains, taken


def make_records(parts, start):
    """Each record as its states, its exceptions and its run, in the order in which they stand."""
    chains, taken = chain_steps(parts, start)
    led_to = set()
    for number, ((_, plus, quote, other), keys) in parts.items():
        led_to |= {plus[0], quote[0], other[0]}
        led_to |= {step[0] for key, step in keys if number not in chains or not names(chains[number][0], key)}
    records = []
    for head in [start] + [number for number in sorted(parts) if number != start and number not in taken]:
        while head is not None:
            states, run = [head], []
            exceptions = [item for item in parts[head][1] if head not in chains or not names(chains[head][0], item[0])]
            last = head
            while last in chains and len(run) < LONGEST_RUN:
                key, last_target = chains[last]
                run.append(key)
                same = parts[last_target][0] == parts[head][0] and len(join_cases(parts[last_target][1])) == 1
                last = last_target
                if not same or last not in chains or last in led_to or len(run) == LONGEST_RUN:
                    break
                states.append(last)
            records.append((states, exceptions, run))
            head = last if run else None
    return records


def plus_is_implied(parts, state_class):
    """Does a plus sign come to the same as the step for anything else, and then the plus sign of where that leads?"""
    _, plus, _, (target, actions) = state_class
    after = parts[target][0][1]
    return parts[target][0] != state_class and plus == (after[0], actions + after[1])


def print_bytes(texts):
    """The bytes of the actions that set what stands in them, by their texts; parser_table.c has the others."""
    print("/* Actions that set a message's kind or a reason. */\nenum {")
    for name, text in sorted(texts.items()):
        called = re.fullmatch(r"(BECOME|FAIL)\((\w+)\);", text)
        if called:
            what, operand = called.groups()
            print(f"    ACTION_{name} = {'SET_KIND | SBFOTA_' if what == 'BECOME' else 'FAIL_WITH | SBFOTA_REASON_'}{operand},")
    print("};\n")


def print_array(kind, name, values, per_line=20):
    print(f"static const {kind} {name}[{len(values)}] = {{")
    for i in range(0, len(values), per_line):
        print("    " + ", ".join(str(v) for v in values[i:i + per_line]) + ",")
    print("};\n")


def main():
    start, states, texts = read_machine(sys.argv[1])
    parts = {number: split(steps) for number, steps in states.items()}
    for number, part in parts.items():
        check(states[number], *part)
        target, actions = part[0][0]
        if target != start or actions[-1:] != (() if number == start else ("deliver",)):
            sys.exit(f"a line end does not deliver and lead from state {number} to the start")
    all_classes = {part[0] for part in parts.values()}
    explicit = {c for c in all_classes if not plus_is_implied(parts, c)}
    for state_class in all_classes:
        if parts[state_class[3][0]][0] not in explicit and state_class not in explicit:
            sys.exit("a plus sign would need more than one step behind another")

    classes, steps = Pool(), Pool()
    for part in sorted(parts.values(), key=lambda part: part[0] not in explicit):
        classes(part[0])
    layout = make_records(parts, start)

    # Every step there is, the ones with rare lists first.
    used = []
    for members, exceptions, _ in layout:
        used += [step for _, step in exceptions]
    for _, plus, quote, other in classes.numbers:
        used += [quote, other]
    used += [c[1] for c in classes.numbers if c in explicit]
    count = collections.Counter(actions for _, actions in dict.fromkeys(used))
    common = [actions for actions, _ in count.most_common(0x10000 // RUN_STEP)]
    for step in sorted(dict.fromkeys(used), key=lambda step: step[1] in common):
        steps(step)

    records, offsets = [], {}
    for members, exceptions, run in layout:
        for position, number in enumerate(members):
            offsets[number] = len(records) + position * RUN_STEP
        records.append(classes(parts[members[0]][0]) | (MORE if exceptions else 0) | (RUN if run else 0))
        if exceptions:
            records.append(len(exceptions))
            for key, step in exceptions:
                records += [key, steps(step)]
        if run:
            records += [len(run)] + run
    class_rows = []
    for line_end, _, quote, other in classes.numbers:
        class_rows += [line_end[1][:-1], steps(quote), steps(other)]
    class_rows += class_rows[-3:] * (RUN - len(classes.numbers))
    plus_steps = [steps(c[1]) for c in classes.numbers if c in explicit]

    lists = [row for row in class_rows if isinstance(row, tuple)] + [actions for _, actions in steps.numbers]
    pool, where = [], {}
    for actions in sorted(dict.fromkeys(lists), key=len, reverse=True):
        text = [f"ACTION_{action}" for action in actions] + ["0"]
        if len(actions) < 2:
            where[actions] = text[0]
            continue
        place = next((i for i in range(len(pool)) if pool[i:i + len(text)] == text), len(pool))
        if place == len(pool):
            pool += text
        where[actions] = f"MULTIPLE + {place}"
    rare = [actions for _, actions in steps.numbers if actions not in common]
    if len(classes.numbers) > RUN or len(steps.numbers) > 256 or len(pool) > 32 or len(records) >= RUN_STEP:
        sys.exit(f"too much: {len(classes.numbers)} classes, {len(steps.numbers)} steps, {len(pool)} actions, "
                 f"{len(records)} bytes of records")

    print("/* Generated by grammar/tables.py from the machine in grammar/; do not edit. */\n")
    other = states[start][ord("x")][0]
    if offsets[start] != 0:
        sys.exit("the start state is not 0, which is what a cleared parser stands for")
    print(f"enum {{ OTHER_STATE = {offsets[other]}, RUN_STEP = {RUN_STEP} }};")
    print(f"enum {{ RECORDS = {len(records)}, PLUS_CLASSES = {len(plus_steps)}, STEPS = {len(steps.numbers)}, "
          f"RARE_STEPS = {len(rare)}, NO_ACTIONS = {pool.index('0')} }};\n")
    print_bytes(texts)
    if len(class_rows) < LONGEST_RUN + 4:
        sys.exit("too few classes to keep a damaged state within")
    print("/* The states: class and marks, exceptions, run. Behind them, by class: the actions of a line end, the steps of a\n"
          " * quote and of anything else, which also keep a damaged state within. */")
    print_array("uint8_t", "records", records + [where[row] if isinstance(row, tuple) else row for row in class_rows])
    print("/* The classes. */\nenum { CLASSES = RECORDS };\n")
    print("/* The steps of a plus sign in the first classes. */")
    print_array("uint8_t", "plus_steps", plus_steps)
    print("/* By step: where it leads to, and its list; the lists of the first steps, and those that occur most. */")
    print_array("uint16_t", "targets", [offsets[target] + RUN_STEP * (common.index(actions) if actions in common else 0)
                                        for target, actions in steps.numbers], 16)
    print_array("uint8_t", "rare_lists", [where[actions] for actions in rare], 4)
    print_array("uint8_t", "common_lists", [where[actions] for actions in common], 4)
    print_array("uint8_t", "actions", pool, 4)


if __name__ == "__main__":
    main()
