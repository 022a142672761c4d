# SPDX-License-Identifier: MIT
"""coverage_tool.py [--write] LIST PROFILE PROGRAM...: hold what the tests of the tool run against LIST.

LIST has, of each room, how much of it the tests run at the least: lines, and outcomes of conditions, in percent. And it has
the functions that no test calls, each with its reason. --write puts the figures of today there, and what is new under
NO_REASON.
"""
import collections
import glob
import json
import os
import subprocess
import sys

NO_REASON = "No reason yet:"


def measure(profile, programs):
    """Of each room its [lines run, lines, outcomes had, outcomes]; and the (file, function) that are never called."""
    objects = programs[:1] + [word for program in programs[1:] for word in ("-object", program)]
    sources = sorted(glob.glob("src/log/**/*.[ch]", recursive=True) + glob.glob("src/cli/**/*.[ch]", recursive=True))
    told = subprocess.run(["llvm-cov-19", "export", "-instr-profile", profile, *objects, "-sources", *sources],
                          stdout=subprocess.PIPE, check=True)
    data = json.loads(told.stdout)["data"][0]
    root = os.getcwd() + "/"
    # How often each function has been called, whichever files it was compiled in.
    calls = collections.Counter()
    for function in data["functions"]:
        calls[function["filenames"][0].removeprefix(root), function["name"].split(":")[-1]] += function["count"]
    rooms = collections.defaultdict(lambda: [0, 0, 0, 0])
    for file in data["files"]:
        room = rooms[os.path.dirname(file["filename"].removeprefix(root))]
        lines = file["summary"]["lines"]
        room[0] += lines["covered"]
        room[1] += lines["count"]
        outcomes = collections.defaultdict(lambda: [0, 0])
        for begin_line, begin, end_line, end, true, false, *_ in file["branches"]:
            outcome = outcomes[begin_line, begin, end_line, end]
            outcome[0] += true
            outcome[1] += false
        room[2] += sum((true > 0) + (false > 0) for true, false in outcomes.values())
        room[3] += 2 * len(outcomes)
    own = {path.removeprefix(root) for path in (file["filename"] for file in data["files"])}
    return rooms, {function for function, count in calls.items() if count == 0 and function[0] in own}


def percent(part, whole):
    """Rounded down: a figure that is written is reached."""
    return part * 1000 // whole / 10 if whole else 100.0


def read_list(path):
    """The head; of each room its figures; a list of [reason, functions]."""
    head, floors, groups = [], {}, []
    with open(path, encoding="utf-8") as rows:
        for row in rows:
            words = row.split()
            if row.startswith("#"):
                head.append(row)
            elif row.startswith(" "):
                groups[-1][1].append(tuple(words))
            elif row.rstrip().endswith(":"):
                groups.append([row.strip(), []])
            elif words:
                floors[words[0]] = float(words[1]), float(words[2])
    return head, floors, groups


def write_list(path, head, rooms, groups, idle):
    """The figures of today; the same reasons for what is still not called, and NO_REASON for what is new."""
    listed = {function for _, functions in groups for function in functions}
    kept = [[reason, [function for function in functions if function in idle]] for reason, functions in groups]
    kept.append([NO_REASON, sorted(idle - listed)])
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(head)
        out.write("\n")
        for name, (lines, all_lines, outcomes, all_outcomes) in sorted(rooms.items()):
            out.write(f"{name} {percent(lines, all_lines)} {percent(outcomes, all_outcomes)}\n")
        for reason, functions in kept:
            if functions:
                out.write(f"\n{reason}\n" + "".join("    %s %s\n" % function for function in functions))


def main():
    write = sys.argv[1:2] == ["--write"]
    path, profile, *programs = sys.argv[1 + write:]
    rooms, idle = measure(profile, programs)
    head, floors, groups = read_list(path)
    if write:
        write_list(path, head, rooms, groups, idle)
        head, floors, groups = read_list(path)
    reasons = {function: reason for reason, functions in groups for function in functions}
    bad = [f"no figure in {path}: {name}" for name in sorted(rooms.keys() - floors.keys())]
    bad += [f"never called, and without a reason: {file} {name}" for file, name in sorted(idle)
            if reasons.get((file, name), NO_REASON) == NO_REASON]
    print("room, lines run, outcomes of conditions had, in percent")
    for name, (lines, all_lines, outcomes, all_outcomes) in sorted(rooms.items()):
        now = percent(lines, all_lines), percent(outcomes, all_outcomes)
        print(f"  {name:24} {now[0]:5} of {all_lines:6} {now[1]:5} of {all_outcomes:6}")
        if any(figure < floor for figure, floor in zip(now, floors.get(name, now))):
            bad.append(f"less than before is run of {name}: {now}, was {floors[name]}")
    for line in bad:
        print("coverage_tool:", line)
    print(f"coverage_tool: {len(rooms)} rooms, {len(idle)} functions never called; {len(bad)} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
