# SPDX-License-Identifier: MIT
"""The machine and the specification, walked together over every line there is.

A place of the walk is the machine's state, what its registers for kind and spelling hold, and all the positions that the
patterns may be at. The other registers hold numbers and places without bound; of them the walk keeps what counts: for
each position whether the machine's register holds just what the pattern's would. Each is set by marks of the same step
on both sides, or was the same before and has been left alone, or has been given the same further digit on both sides.
"""
from engine import ALL, END, Patterns
from spec import ABOVE, LENGTH, MESSAGES, NEXT, ODD, RANGE_SINGLE, SIGN, language_patterns

REASONS = ("missing_field", "extra_field", "not_a_number", "not_a_range", "trailing_text", "unbalanced_quote", "not_quoted",
           "glued")
WITH_NUMBER = {name for name, row in MESSAGES.items() if row[4] not in ("NONE", "TEXT", "CME_CODE", "RANGE")} | {"CME_ERROR"}
RANGES = ("RANGE", "ACCEPT_RANGE")
LINE_START = ("OTHER", 0)


def refine(masks):
    """The classes of bytes that no mask tells apart, those first that are good to read."""
    classes = [ALL]
    for mask in set(masks):
        classes = [part for known in classes for part in (known & mask, known & ~mask) if part]
    return sorted(classes, key=lambda part: good_to_read(pick(part)))


def members(mask):
    return [b for b in range(256) if mask >> b & 1]


def good_to_read(byte):
    return byte != 10, not 65 <= byte <= 90, not 48 <= byte <= 57, not 33 <= byte < 127, byte


def pick(mask):
    """The byte of a class that is best to read."""
    return min(members(mask), key=good_to_read)


def needs(verdict, spelling=0):
    """Which registers an event of this verdict and spelling is made of: value, extent, spelling."""
    if verdict in REASONS:
        return True, False, False
    if verdict == "UNKNOWN":
        return True, True, False
    if verdict == "CME_TEXT":
        return False, True, True
    if verdict in RANGES:
        return True, not spelling & RANGE_SINGLE, True
    return verdict in WITH_NUMBER, False, verdict not in ("OTHER", "host's")


def same(mine, theirs, were_same, plus_is_same, value_is_same):
    """Does a register hold the same on both sides behind a step that did this to it on each?"""
    if mine is None and theirs is None:
        return were_same
    if mine != theirs:
        return False
    if mine == NEXT:
        return were_same
    if mine == SIGN:
        return plus_is_same
    if mine == LENGTH:
        return value_is_same
    return True


class Specification:
    """The patterns, by class of bytes."""

    def __init__(self):
        self.patterns = Patterns(language_patterns())
        self.classes = refine(self.patterns.masks + [END])
        self.verdicts = self.patterns.names
        self.needs = [needs(verdict) for verdict in self.verdicts]
        self.followers = {}
        self.class_of = [next(i for i, mask in enumerate(self.classes) if mask >> byte & 1) for byte in range(256)]
        self.memory = {}  # of Walk.step; what it holds is of the patterns alone

    def follow(self, position, byte):
        """The positions that come behind one with this byte; None for a line's start."""
        key = (position, byte)
        found = self.followers.get(key)
        if found is None:
            behind = self.patterns.first if position is None else self.patterns.follow[position]
            found = self.followers[key] = [p for p in behind if self.patterns.masks[p] >> byte & 1]
        return found


class Difference(Exception):
    """A line on which machine and specification differ, and how."""

    def __init__(self, line, machine, specification):
        super().__init__(f"{bytes(line)!r}: the machine says {machine}, the specification {specification}")
        self.line = bytes(line)


def spelled(verdict, spelling):
    odd = " odd" if spelling & ODD else ""
    bits = f" ~{spelling & ~ODD:02x}" if spelling & ~ODD else ""
    return verdict + odd + bits


class Walk:
    def __init__(self, machine, specification):
        self.machine, self.spec = machine, specification
        self.effects = [self.effects_of(number) for number in range(len(machine.lists))]
        masks = list(specification.classes)
        for row in machine.steps:
            by_step = {}
            for byte, step in enumerate(row):
                by_step[step] = by_step.get(step, 0) | 1 << byte
            masks += by_step.values()
        self.classes = refine(masks)
        self.bytes = [pick(mask) for mask in self.classes]

    def effects_of(self, number):
        """What a list of actions does: the kind or None, spellings, and what to value, extent and plus sign."""
        kind, spelling, done = None, 0, {"value": None, "extent": None, "plus": None}
        for index in self.machine.lists[number]:
            effect = self.machine.effects[index]
            if effect[0] == "kind":
                kind = effect[1]
            elif effect[0] == "fail":
                kind, done["value"] = effect[1], effect[2]
            elif effect[0] == "spell":
                spelling |= effect[1]
            elif effect[0] in done:
                if done[effect[0]] is not None and effect[1] == NEXT:
                    done[effect[0]] = "two digits"
                else:
                    done[effect[0]] = effect[1]
        return kind, spelling, done["value"], done["extent"], done["plus"]

    def step(self, place, byte):
        """The place behind one byte; at a line end what both sides say of the line."""
        state, kind, spelling, threads = place
        target, number = self.machine.steps[state][byte]
        new_kind, new_spelling, *done = self.effects[number]
        key = (None if state == self.machine.start else threads, self.spec.class_of[byte], *done)
        behind = self.spec.memory.get(key)
        if behind is None:
            behind = self.spec.memory[key] = self.advance(key[0], byte, *done)
        # Where no pattern is left that tells a spelling, what the machine has of it can make no difference.
        behind, tells_spelling = behind
        return target, new_kind or kind, (spelling | new_spelling) if tells_spelling else 0, behind

    def advance(self, threads, byte, value, extent, plus):
        spec = self.spec
        found = set()
        resting = {t[0] for t in threads or () if spec.verdicts[t[0]] in ABOVE}
        for position, spelled_so_far, value_is_same, extent_is_same, plus_is_same in threads or [(None, 0, False, False, False)]:
            for behind in spec.follow(position, byte):
                # The first hidden URC counts: who has seen it stays, and none comes behind.
                if behind != position and behind in resting and spec.verdicts[behind] in ABOVE \
                        and behind in spec.patterns.follow[behind] and spec.patterns.masks[behind] & ~END \
                        and self.is_behind_urc(behind):
                    continue
                marked, marked_value, marked_extent, marked_plus = spec.patterns.marks[behind]
                value_counts, extent_counts, spelling_counts = spec.needs[behind]
                plus_now = value_counts and same(plus, marked_plus, plus_is_same, None, None)
                value_now = value_counts and same(value, marked_value, value_is_same, plus_now, None)
                extent_now = extent_counts and same(extent, marked_extent, extent_is_same, None, value_now)
                spelling = spelled_so_far | marked if spelling_counts else 0
                found.add((behind, spelling, value_now, extent_now, plus_now))
        return frozenset(found), any(spec.needs[thread[0]][2] for thread in found)

    def is_behind_urc(self, position):
        """Is this the rest behind a hidden URC, not the text before it?"""
        return all(p == position or p in self.spec.patterns.last for p in self.spec.patterns.follow[position])

    def compare(self, place):
        """What both sides say of the line that has ended at this place: None if they agree."""
        _, kind, spelling, threads = place
        told = [t for t in threads if t[0] in self.spec.patterns.last]
        above = [t for t in told if self.spec.verdicts[t[0]] in ABOVE]
        verdicts = {}
        for position, marked, value_is_same, extent_is_same, _ in above or told:
            verdict = self.spec.verdicts[position]
            value_counts, extent_counts, _ = needs(verdict, marked)
            if verdict == "host's":
                verdict = "OTHER"
            right = (value_is_same or not value_counts) and (extent_is_same or not extent_counts)
            verdicts[verdict, marked] = verdicts.get((verdict, marked), False) or right
        if not verdicts:
            verdicts["OTHER", 0] = True
        mine = kind, spelling if needs(kind)[2] else 0
        if len(verdicts) > 1:
            return spelled(*mine), " and ".join(spelled(*v) for v in sorted(verdicts)) + " at once"
        (verdict, right), = verdicts.items()
        if mine != verdict:
            return spelled(*mine), spelled(*verdict)
        return None if right else (spelled(*mine), "the same with other numbers or places")

    def run(self):
        """Every place there is. The first difference found is the shortest line."""
        start = (self.machine.start, *LINE_START, None)
        queue, self.came = [start], {start: None}
        self.outcomes, self.lines, self.walked, self.transitions = {}, 0, 0, set()
        at = 0
        pairs = list(zip(self.classes, self.bytes))
        while at < len(queue):
            place = queue[at]
            at += 1
            for mask, byte in pairs:
                self.walked += 1
                self.transitions.add((place[0], self.machine.steps[place[0]][byte]))
                if mask & END:
                    if place[0] == self.machine.start:
                        continue
                    self.lines += 1
                    ended = self.step(place, byte)
                    difference = self.compare(ended)
                    if difference:
                        raise Difference(self.way_to(place), *difference)
                    self.outcomes.setdefault((ended[1], ended[2] if needs(ended[1])[2] else 0), place)
                    continue
                behind = self.step(place, byte)
                if behind not in self.came:
                    self.came[behind] = (place, byte)
                    queue.append(behind)
        self.places = queue

    def run_line(self, line):
        """One line only, its line end added."""
        place = (self.machine.start, *LINE_START, None)
        for byte in line:
            place = self.step(place, byte)
        difference = self.compare(self.step(place, ord("\n")))
        if difference:
            raise Difference(line, *difference)

    def way_to(self, place):
        line = []
        while self.came[place] is not None:
            place, byte = self.came[place]
            line.append(byte)
        return line[::-1]
