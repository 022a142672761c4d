#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make what src/log/scan/search.c looks for, from search.def, command.re and the machine that `ragel -x` prints.

    search.py MACHINE.xml > search.inc

Fails if the machine has a line of ours, or a result code, that none of the words is in.
"""
import itertools
import re
import sys

from machine import LINE_ENDS, read_machine
from pairs import print_pairs

HIT = 17  # of a table's sum over eight pairs: more than they have line feeds
FEED = 10


class Word:
    def __init__(self, text, letter_case, pair, sought):
        self.text, self.pair, self.sought = text, int(pair), sought
        self.any_case = letter_case == "ANY"
        # The bytes that each of its letters may be.
        self.letters = [{c.upper(), c.lower()} if self.any_case else {c} for c in text]

    def pairs(self, place):
        """The two bytes that it may have from a place on, with what may be behind it if that is its last."""
        behind = set(map(chr, range(256))) if self.sought != "COMMAND" else command_followers()
        return itertools.product(self.letters[place], (self.letters + [behind])[place + 1])

    def first_pair(self):
        """The bytes that are looked for first."""
        return tuple(set(map(ord, self.letters[self.pair + i])) for i in (0, 1))


def read_words():
    rows = re.findall(r'^SBFOTA_SEARCH\("(.*)", (\w+), (\d), (\w+)\)$', open("search.def").read(), re.M)
    return [Word(*row) for row in rows]


def command_letters():
    """What may begin a command behind AT, by command.re."""
    source = open("command.re").read()
    basic = re.search(r"^basic +=(.*);", source, re.M).group(1)
    rules = re.findall(r"^(?:register|dial) +=[ (]*'(.)'", source, re.M)
    letters = sorted({c.lower() for c in re.findall(r"'(.)'", basic) + rules})
    if len(letters) < 4 or len(rules) != 2:
        sys.exit("search.py: command.re has other rules than it looks for")
    return "".join(letters)


def command_followers():
    """The same, and what is neither a letter nor a digit: signs may be spelled in any way."""
    return {c for c in map(chr, range(256)) if not c.isascii() or not c.isalnum() or c.lower() in command_letters()}


def step_words(words, held, byte):
    """How much of each word there is behind one more byte, longest first; None if one is whole."""
    after = set()
    for number, length in held | {(i, 0) for i in range(len(words))}:
        if chr(byte) in words[number].letters[length]:
            if length + 1 == len(words[number].text):
                return None
            after.add((number, length + 1))
    return frozenset(after)


def check(words, start, states):
    """Walk the machine and the words together: no line that is ours has none."""
    always = [word for word in words if word.sought == "ALWAYS"]
    answers = [word for word in words if word.sought != "COMMAND"]
    deciding = {action for steps in states.values() for _, actions in steps for action in actions
                if action.startswith("is_") or action in FAULTS}
    alike = {}
    for byte in range(256):
        column = tuple(states[number][byte] for number in sorted(states))
        alike.setdefault((column, tuple(chr(byte) in letters for w in words for letters in w.letters)), byte)
    for sought, skipped in ((always, {"is_ok", "is_error", "is_other"}), (answers, {"is_other"})):
        seen = {(start, frozenset(), False)}
        left = list(seen)
        while left:
            state, held, ours = left.pop()
            for byte in alike.values():
                target, actions = states[state][byte]
                decided = [action for action in actions if action in deciding]
                now = decided[-1] not in skipped if decided else ours
                after = frozenset() if byte in LINE_ENDS else step_words(sought, held, byte)
                if "deliver" in actions:
                    if now:
                        sys.exit(f"search.py: a line of {actions} has no word of search.def")
                    continue
                if after is not None and (target, after, now) not in seen:
                    seen.add((target, after, now))
                    left.append((target, after, now))


def check_heads(start, states):
    """Does the machine go along with what messages begin with, as a spelling of the note?"""
    other = states[start][ord("x")][0]
    heads = re.findall(r'^#define SBFOTA_HEAD_(\w+) "(.*)"', open("heads.h").read(), re.M)
    for name, head in heads:
        state = start
        for char in ("AT" if name == "COMMAND" else "") + head.replace('\\"', '"'):
            state, actions = states[state][ord(char)]
            if state == other or set(actions) - {"begin_text", "mark_urc"}:
                sys.exit(f"search.py: the machine does not take {head} of heads.h")


FAULTS = {"missing_field", "extra_field", "not_a_number", "not_a_range", "trailing_text", "unbalanced_quote", "not_quoted", "glued"}


def print_cases(name, words):
    by_letter = {}
    for word in words:
        for letter in sorted(word.letters[word.pair]):
            by_letter.setdefault(letter, []).append(word)
    print(f"#define {name}(WORD, ANY_CASE, COMMAND) \\")
    lines = []
    for letter, sought in sorted(by_letter.items()):
        tests = [f"""{'COMMAND' if w.sought == 'COMMAND' else 'ANY_CASE' if w.any_case else 'WORD'}("{w.text.lower() if
                 w.any_case else w.text}", {w.pair})""".replace("\n                 ", " ") for w in sought]
        lines.append(f"    case '{letter}': return {' || '.join(tests)};")
    print(" \\\n".join(lines) + "\n")


def print_table(name, words):
    """What each pair of bytes says: line feeds, and HIT if it is a word's, whose place may be even or odd."""
    table = {}
    for byte in range(256):
        for pair in ((byte, FEED), (FEED, byte)):
            table[pair] = pair.count(FEED)
    hits = {pair for word in words for place in (word.pair - 1 if word.pair > 0 else word.pair + 1, word.pair)
            for pair in word.pairs(place)}
    for pair in ((ord(a), ord(b)) for a, b in hits):
        table[pair] = table.get(pair, 0) + HIT
    print(f"#define {name}(P) \\")
    entries = [f"P({a}, {b}, {says})" for (a, b), says in sorted(table.items())]
    print(" \\\n".join("    " + " ".join(entries[i:i + 8]) for i in range(0, len(entries), 8)) + "\n")


def main():
    words = read_words()
    start, states, _ = read_machine(sys.argv[1])
    check(words, start, states)
    check_heads(start, states)
    always = [word for word in words if word.sought == "ALWAYS"]
    others = [word for word in words if word.sought != "ALWAYS"]
    print("/* Generated by grammar/search.py from search.def, command.re and the machine in grammar/; do not edit. */\n")
    print_pairs("SEARCH", [word.first_pair() for word in always])
    print_pairs("SEARCH_ALL", [word.first_pair() for word in words])
    print("/* The words by the first letter of their pair, with its place. */")
    print_cases("SEARCH_WORDS", always)
    print_cases("SEARCH_ANSWER_WORDS", others)
    print("/* What may begin a command behind AT. */")
    print(f'#define SEARCH_COMMAND_LETTERS "{command_letters()}"\n')
    print("/* What two bytes say: how many line feeds they are, and SEARCH_HIT if they may be a word's. */")
    print(f"#define SEARCH_HIT {HIT}")
    print_table("SEARCH_TABLE", always)
    print_table("SEARCH_ANSWER_TABLE", words)


if __name__ == "__main__":
    main()
