# SPDX-License-Identifier: MIT
"""The machine that `ragel -x` prints, taken apart for the two parser styles.

A state is split into keys and a class. A key is a byte below 0x80, KEY_DIGIT for 0 to 9, KEY_BLANK for a space or a tab, or
KEY_LETTER | c for the letter c in either case; the first key that fits counts. A byte that no key names goes by the class: four steps, for a line end,
a plus sign, a quote and anything else. A step is a target and a tuple of actions.
"""
import collections
import sys
import xml.etree.ElementTree as ElementTree

LINE_ENDS = (10, 13)
PLUS, QUOTE = ord("+"), ord('"')
DIGITS = frozenset(range(ord("0"), ord("9") + 1))
BLANKS = frozenset((9, 32))
KEY_DIGIT, KEY_BLANK, KEY_LETTER = 0x80, 0x81, 0xC0


def read_machine(path):
    """The start state, for each state the (target, actions) of each byte, and the text of each action."""
    machine = ElementTree.parse(path).getroot().find("ragel_def/machine")
    names = {a.get("id"): a.get("name") for a in machine.find("action_list")}
    texts = {a.get("name"): "".join(t.text for t in a.iter("text")).strip() for a in machine.find("action_list")}
    lists = {t.get("id"): tuple(names[i] for i in t.text.split()) for t in machine.find("action_table_list")}
    lists["x"] = ()
    states = {}
    for state in machine.find("state_list"):
        steps = [None] * 256
        for transition in state.iter("t"):
            low, high, target, actions = transition.text.split()
            for byte in range(int(low), int(high) + 1):
                steps[byte] = (int(target), lists[actions])
        if None in steps:
            sys.exit(f"state {state.get('id')} has no transition for byte {steps.index(None)}: not total")
        states[int(state.get("id"))] = steps
    return int(machine.find("start_state").text), states, texts


def split(steps):
    """A state's class (line end, plus sign, quote, anything else) and the keys that differ from it."""
    if steps[10] != steps[13]:
        sys.exit("a state tells CR from LF: the tables cannot")
    special = set(LINE_ENDS) | {PLUS, QUOTE}
    common = collections.Counter(steps[b] for b in range(256) if b not in special).most_common(1)[0][0]
    state_class = (steps[10], steps[PLUS], steps[QUOTE], common)
    by_step = collections.OrderedDict()
    for byte in range(256):
        if byte not in special and steps[byte] != common:
            by_step.setdefault(steps[byte], set()).add(byte)
    keys = []
    digits_left = set(DIGITS)
    for step, members in by_step.items():
        if DIGITS <= members or (DIGITS - {ord("0")} <= members and ord("0") in
                                 [b for other in by_step.values() for b in other]):
            keys.append((1, KEY_DIGIT, step))
            members = members - DIGITS
        if BLANKS <= members:
            keys.append((0, KEY_BLANK, step))
            members = members - BLANKS
        for byte in sorted(members):
            char = chr(byte)
            if char.isalpha() and char.isupper() and ord(char.lower()) in members:
                keys.append((0, KEY_LETTER | byte & 0x3F, step))
            elif char.isalpha() and char.islower() and ord(char.upper()) in members:
                continue
            else:
                keys.append((0, byte, step))
    return state_class, [key[1:] for key in sorted(keys, key=lambda key: key[:2])]


def fits(key, byte):
    if key == KEY_DIGIT:
        return byte in DIGITS
    if key == KEY_BLANK:
        return byte in BLANKS
    if key >= KEY_LETTER:
        return byte & ~0x20 == key & 0x7F
    return key == byte


def check(steps, state_class, keys):
    """What the walker will do is what the machine says, byte for byte."""
    for byte in range(256):
        found = next((step for key, step in keys if fits(key, byte)), None)
        if found is None:
            found = state_class[0 if byte in LINE_ENDS else 1 if byte == PLUS else 2 if byte == QUOTE else 3]
        if found != steps[byte]:
            sys.exit(f"the tables differ from the machine at byte {byte}")


class Pool:
    """Values numbered in the order of their first use."""

    def __init__(self):
        self.numbers = {}

    def __call__(self, value):
        return self.numbers.setdefault(value, len(self.numbers))
