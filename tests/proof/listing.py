# SPDX-License-Identifier: MIT
"""What a machine accepts, small enough to be read: each event in each of its spellings with its shortest line and the
number of its lines; and what two machines say differently."""
from engine import ALL, END
from machine import Broken
from walk import LINE_START, Walk, needs, pick, refine, same, spelled

LENGTH = 72


class Alone(Walk):
    """A machine by itself, or two of them."""

    def __init__(self, *machines):
        self.machine = machines[0]
        masks = [END]
        for machine in machines:
            for row in machine.steps:
                by_step = {}
                for byte, step in enumerate(row):
                    by_step[step] = by_step.get(step, 0) | 1 << byte
                masks += by_step.values()
        self.classes = refine(masks)
        self.bytes = [pick(mask) for mask in self.classes]
        self.effects = [self.effects_of(number) for number in range(len(self.machine.lists))]

    def move(self, place, byte):
        state, kind, spelling = place
        target, number = self.machine.steps[state][byte]
        new_kind, new_spelling = self.effects[number][:2]
        return target, new_kind or kind, spelling | new_spelling

    @staticmethod
    def outcome(place):
        _, kind, spelling = place
        return kind, spelling if needs(kind)[2] else 0


def list_language(machine):
    """Lines of text: outcome, how many lines of up to LENGTH bytes it has, its shortest line."""
    alone = Alone(machine)
    first = (machine.start, *LINE_START)
    came, queue, ended, edges = {first: b""}, [first], {}, {}
    for place in queue:
        out = edges[place] = {}
        for mask, byte in zip(alone.classes, alone.bytes):
            behind = alone.move(place, byte)
            if mask & END:
                if place != first:
                    ended[place] = alone.outcome(behind)
                continue
            out[behind] = out.get(behind, 0) + bin(mask).count("1")
            if behind not in came:
                came[behind] = came[place] + bytes([byte])
                queue.append(behind)
    shortest, counts, now = {}, {}, {first: 1}
    for place in queue:
        if place in ended:
            shortest.setdefault(ended[place], came[place])
    for _ in range(LENGTH):
        later = {}
        for place, ways in now.items():
            for behind, many in edges[place].items():
                later[behind] = later.get(behind, 0) + ways * many
        now = later
        for place, ways in now.items():
            counts[ended[place]] = counts.get(ended[place], 0) + ways
    lines = []
    for outcome in sorted(shortest, key=lambda o: (o[0], o[1])):
        count = counts[outcome]
        lines.append(f"{spelled(*outcome)} | {float(count):.3e} {count % 0xfffffffb:08x} | "
                     f"{shortest[outcome].decode('latin-1').encode('unicode_escape').decode()}")
    return lines


def differing(old, new):
    """Lines that the new machine takes for something else than the old one, shortest first: what each was, what it is."""
    left, right = Alone(old, new), Alone(new)
    first = ((old.start, *LINE_START), (new.start, *LINE_START), False, False, False)
    came, queue = {first: b""}, [first]
    for place in queue:
        mine, theirs, value, extent, plus = place
        for mask, byte in zip(left.classes, left.bytes):
            was, now = left.move(mine, byte), right.move(theirs, byte)
            one = left.effects[old.steps[mine[0]][byte][1]]
            other = right.effects[new.steps[theirs[0]][byte][1]]
            plus_now = same(one[4], other[4], plus, None, None)
            value_now = same(one[2], other[2], value, plus_now, None)
            extent_now = same(one[3], other[3], extent, None, value_now)
            if mask & END:
                if place == first:
                    continue
                outcome, changed = left.outcome(was), right.outcome(now)
                counts = needs(*outcome)
                if outcome == changed and (counts[0] and not value_now or counts[1] and not extent_now):
                    changed = (changed[0] + ", with other numbers or places", changed[1])
                if outcome != changed:
                    yield outcome, changed, came[place]
                continue
            behind = (was, now, value_now, extent_now, plus_now)
            if behind not in came:
                came[behind] = came[place] + bytes([byte])
                queue.append(behind)


def differences(old, new):
    """The same as text, but of each pair of what it was and what it is only the shortest line."""
    found = {}
    for outcome, changed, line in differing(old, new):
        found.setdefault((outcome, changed), line)
    return [f"{line!r}: was {spelled(*outcome)}, is {spelled(*changed)}" for (outcome, changed), line in found.items()]


def write_tables(machine, path):
    """The machine and the specification's tables for the object proof, as C."""
    import spec
    kinds = {"CME_TEXT": "SBFOTA_KIND_CME_TEXT", "ACCEPT_RANGE": "SBFOTA_KIND_ACCEPT_RANGE",
             "UNKNOWN": "SBFOTA_KIND_FAILED | SBFOTA_REASON_UNKNOWN_KEYWORD"}
    codes = {("value", spec.FIRST): "FIRST_DIGIT", ("value", spec.NEXT): "NEXT_DIGIT", ("extent", spec.FIRST): "FIRST_UPPER",
             ("extent", spec.NEXT): "NEXT_UPPER", ("value", spec.BEHIND): "OPEN", ("extent", spec.LENGTH): "CLOSE",
             ("extent", spec.HERE): "OPEN_TEXT", ("plus", spec.HERE): "MARK"}

    def effect(parts):
        if parts[0] == "kind":
            return f"{{KIND, {kinds.get(parts[1], 'SBFOTA_' + parts[1])}}}"
        if parts[0] == "fail":
            reason = f"SBFOTA_KIND_FAILED | SBFOTA_REASON_{parts[1].upper()}"
            return f"{{{'GLUED' if parts[1] == 'glued' else 'FAIL'}, {reason}}}"
        if parts[0] == "spell":
            return f"{{SPELL, {parts[1]}}}"
        return f"{{{ {'begin': 'BEGIN', 'deliver': 'DELIVER'}.get(parts[0]) or codes[parts]}, 0}}"

    if max(len(machine.lists), len(machine.steps)) > 1024:
        raise Broken("more than the object proof has room for")
    with open(path, "w", encoding="ascii") as out:
        print("/* Generated by tests/proof/language: the machine, and the tables of the specification. */", file=out)
        print(f"enum {{ START = {machine.start}, STATES = {len(machine.steps)} }};", file=out)
        print("static const struct effect lists[][8] = {", file=out)
        for actions in machine.lists:
            print("    {" + ", ".join([effect(machine.effects[i]) for i in actions] + ["{STOP, 0}"]) + "},", file=out)
        print("};\nstatic const struct move moves[STATES][256] = {", file=out)
        for row in machine.steps:
            print("    {" + ", ".join(f"{{{target}, {number}}}" for target, number in row) + "},", file=out)
        print("};\nstatic const struct message messages[SBFOTA_KIND_COUNT] = {", file=out)
        for name, row in spec.MESSAGES.items():
            argument, least, greatest = row[4:7]
            has_number = argument not in ("NONE", "TEXT")
            table = argument[:-5] if argument.endswith("_CODE") and argument != "CME_CODE" else "NONE"
            has_range = (least, greatest) != (0, 0)
            print(f"    [SBFOTA_{name}] = {{{int(has_number)}, {int(has_range)}, {least}, {greatest}, TABLE_{table}}},",
                  file=out)
        print("};\nstatic const struct code codes[] = {", file=out)
        for table, values in spec.CODES.items():
            print("    " + " ".join(f"{{TABLE_{table}, {value}}}," for value in sorted(values)), file=out)
        print("};", file=out)
