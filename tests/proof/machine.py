# SPDX-License-Identifier: MIT
"""The machine that `ragel -x` prints, with what its actions do, and the rules that it keeps to.

Read apart from grammar/machine.py, which makes the parsers of it: a fault there shall not hide one here.
"""
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import spec
from spec import BEHIND, FIRST, HERE, LENGTH, NEXT, SIGN

ROOT = Path(__file__).resolve().parents[2]

SPELLINGS = {"BLANK_1": spec.BLANK_1, "BLANK_2": spec.BLANK_2, "BLANK_3": spec.BLANK_3,
             "NO_PERCENT": spec.NO_PERCENT, "BLANK_KEYWORD": spec.BLANK_KEYWORD, "LOWER_AT": spec.LOWER_AT,
             "RANGE_SINGLE": spec.RANGE_SINGLE, "RANGE_LIST": spec.RANGE_LIST}
# What else an action may be: what it does to which register.
EFFECTS = {
    "BEGIN_TEXT": ("begin",), "DELIVER": ("deliver",),
    "NEGATIVE": ("spell", spec.NEGATIVE), "IRREGULAR": ("spell", spec.ODD),
    "FIRST_DIGIT": ("value", FIRST), "NEXT_DIGIT": ("value", NEXT),
    "FIRST_UPPER": ("extent", FIRST), "NEXT_UPPER": ("extent", NEXT),
    "OPEN_KEYWORD": ("value", BEHIND), "CLOSE_KEYWORD": ("extent", LENGTH),
    "OPEN_TEXT": ("extent", HERE), "MARK_URC": ("plus", HERE),
    "BECOME_CME_TEXT": ("kind", "CME_TEXT"), "BECOME_ACCEPT_RANGE": ("kind", "ACCEPT_RANGE"),
    "BECOME_UNKNOWN": ("kind", "UNKNOWN"), "FAIL_GLUED": ("fail", "glued", SIGN),
}


class Broken(Exception):
    """The machine breaks a rule."""


def effect(name, text):
    """What an action does; its name says the same."""
    called = re.fullmatch(r"(SPELL|BECOME|FAIL)\((\w+)\);", text)
    if called is None:
        known = EFFECTS.get(text.rstrip(";"))
        if known is None or name not in (text.rstrip(";").lower(), "is_" + text.rstrip(";")[len("BECOME_"):].lower(),
                                         text.rstrip(";")[len("FAIL_"):].lower()):
            raise Broken(f"action {name} does {text}, which no action does")
        return known
    what, operand = called.groups()
    if name != ("is_cme_code" if operand == "CME_ERROR" else "is_" * (what == "BECOME") + operand.lower()):
        raise Broken(f"action {name} does {text}")
    if what == "SPELL":
        return "spell", SPELLINGS[operand]
    return ("kind", operand) if what == "BECOME" else ("fail", operand.lower(), HERE)


def print_xml(grammar=ROOT / "grammar"):
    """What `ragel -x` prints of a folder's grammar."""
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(["ragel", "-x", "-I", str(ROOT / "gen"), "parser.rl", "-o", f"{folder}/machine.xml"], cwd=grammar,
                                capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise Broken(f"ragel refuses it: {result.stderr.strip().splitlines()[0]}")
        return Path(f"{folder}/machine.xml").read_text(encoding="latin-1")


class Machine:
    """`steps[state][byte]` is the target and the number of a list of actions; `lists[number]` is that list."""

    def __init__(self, xml):
        root = ElementTree.fromstring(xml).find("ragel_def")
        if root.find("alphtype").text != "uchar":
            raise Broken("the alphabet is not unsigned char")
        machine = root.find("machine")
        if machine.find("error_state") is not None:
            raise Broken("there is an error state")
        self.names, self.effects = [], []
        for action in machine.find("action_list"):
            parts = [part.tag for part in action]
            name = action.get("name")
            if parts != (["text", "break", "text"] if name == "deliver" else ["text"]):
                raise Broken(f"action {name} jumps")
            self.names.append(name)
            self.effects.append(effect(name, "".join(part.text or "" for part in action).strip()))
        self.lists = [tuple(int(i) for i in table.text.split()) for table in machine.find("action_table_list")] + [()]
        self.start = int(machine.find("start_state").text)
        self.steps = []
        for state in machine.find("state_list"):
            if [part.tag for part in state] != ["trans_list"]:
                raise Broken(f"state {state.get('id')} has actions of its own")
            row = [None] * 256
            for transition in state.find("trans_list"):
                low, high, target, actions = transition.text.split()
                if target == "x":
                    raise Broken(f"state {state.get('id')} leads to an error")
                for byte in range(int(low), int(high) + 1):
                    if row[byte] is not None:
                        raise Broken(f"state {state.get('id')} has two transitions for byte {byte}")
                    row[byte] = (int(target), len(self.lists) - 1 if actions == "x" else int(actions))
            if None in row:
                raise Broken(f"state {state.get('id')} has no transition for byte {row.index(None)}")
            self.steps.append(row)
        self.check()

    def check(self):
        """The shape that every stream rests on: text begins at a line's first byte, and a line end delivers."""
        if not {"begin_text", "deliver"} <= set(self.names):
            raise Broken("no line is begun or delivered")
        begin, deliver = self.names.index("begin_text"), self.names.index("deliver")
        for state, row in enumerate(self.steps):
            for byte, (target, number) in enumerate(row):
                actions = self.lists[number]
                is_end, at_start = byte in (10, 13), state == self.start
                if is_end != (target == self.start):
                    raise Broken(f"state {state}, byte {byte}: a line's start is reached by line ends and by nothing else")
                if (deliver in actions) != (is_end and not at_start) or (deliver in actions[:-1]):
                    raise Broken(f"state {state}, byte {byte}: a line end, and only that, delivers, last of all")
                if (begin in actions) != (at_start and not is_end) or begin in actions[1:]:
                    raise Broken(f"state {state}, byte {byte}: a line's first byte, and only that, begins it, first of all")
