# SPDX-License-Identifier: MIT
"""coverage_tool.py [--write] LIST PROFILE PROGRAM...: hold what the tests of the tool leave out against LIST.

What is left out is told by the branch that leads there: an outcome of a condition that no test has had, though the
condition was asked; or by its function, if that is never called. The list gives a reason for each. An entry is a file, a
function, the condition as it stands there, and the outcome: places move, these stay.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys

NO_REASON = "No reason yet:"
SOMETIMES = "sometimes" # in a reason: whether it is run is chance


def text_of(lines, begin, end):
    """The source from (line, column) to (line, column), on one line; of a macro that expands elsewhere, its call."""
    rows = lines[begin[0] - 1:end[0]]
    rows[-1] = rows[-1][:end[1] - 1]
    rows[0] = rows[0][begin[1] - 1:]
    text = " ".join(rows)
    rest = lines[end[0] - 1][end[1] - 1:]
    if text == "" or (re.search(r"\w$", text) and rest.startswith("(")):
        name = re.match(r"\w*", rest).group()
        text, rest = text + name, rest[len(name):]
        depth = 0
        for at, letter in enumerate(rest):
            depth += (letter == "(") - (letter == ")")
            if depth == 0:
                if letter == ")":
                    text += rest[:at + 1]
                break
    return re.sub(r"\s+", " ", text).strip()


def left_out(profile, programs):
    """A counter of (file, function, what)."""
    objects = programs[:1] + [word for program in programs[1:] for word in ("-object", program)]
    sources = sorted(glob.glob("src/log/*.[ch]") + glob.glob("src/cli/*.[ch]"))
    told = subprocess.run(["llvm-cov-19", "export", "-instr-profile", profile, *objects, "-sources", *sources],
                          stdout=subprocess.PIPE, check=True)
    data = json.loads(told.stdout)["data"][0]
    root = os.getcwd() + "/"
    # Where each function stands, and how often it has been called, whichever files it was compiled in.
    functions = collections.defaultdict(lambda: collections.defaultdict(int))
    for function in data["functions"]:
        region = function["regions"][0]
        name = function["name"].split(":")[-1]
        functions[function["filenames"][0]][tuple(region[:4]), name] += function["count"]
    entries = collections.Counter()
    lines_left, lines, branches = 0, 0, 0
    for file in data["files"]:
        path = file["filename"]
        short = path.removeprefix(root)
        with open(path, encoding="utf-8") as source:
            text = source.read().split("\n")
        for (_, name), count in functions[path].items():
            if count == 0:
                entries[short, name, "never called"] += 1
        outcomes = collections.defaultdict(lambda: [0, 0])
        for begin_line, begin, end_line, end, true, false, *_ in file["branches"]:
            outcome = outcomes[(begin_line, begin), (end_line, end)]
            outcome[0] += true
            outcome[1] += false
        branches += 2 * len(outcomes)
        for (begin, end), counts in outcomes.items():
            if (counts[0] == 0) == (counts[1] == 0):
                continue
            name = next((name for (region, name) in functions[path]
                         if tuple(region[:2]) <= begin <= tuple(region[2:])), "")
            what = "never true" if counts[0] == 0 else "never false"
            entries[short, name, f"{text_of(text, begin, end)}: {what}"] += 1
        summary = file["summary"]["lines"]
        lines += summary["count"]
        lines_left += summary["count"] - summary["covered"]
    return entries, f"{lines - lines_left} of {lines} lines, {branches - sum(entries.values())} of {branches} outcomes"


def read_list(path):
    """A list of [reason, entries], in their order."""
    groups = []
    with open(path, encoding="utf-8") as rows:
        for row in rows:
            if row.startswith("#") or not row.strip():
                continue
            if not row.startswith(" "):
                groups.append([row.strip(), []])
                continue
            file, name, what = row.strip().split(" ", 2)
            groups[-1][1].append((file, name, what))
    return groups


def write_list(path, groups, entries):
    """The same reasons for what is still left out, and NO_REASON for what is new."""
    with open(path, encoding="utf-8") as rows:
        head = [row for row in rows if row.startswith("#")]
    left = entries.copy()
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(head)
        for reason, listed in groups:
            kept = []
            for entry in listed:
                if left[entry] > 0 or SOMETIMES in reason:
                    left[entry] -= 1
                    kept.append(entry)
            if kept:
                out.write(f"\n{reason}\n" + "".join("    %s %s %s\n" % entry for entry in sorted(kept)))
        new = sorted((+left).elements())
        if new:
            out.write(f"\n{NO_REASON}\n" + "".join("    %s %s %s\n" % entry for entry in new))


def main():
    write = sys.argv[1:2] == ["--write"]
    path, profile, *programs = sys.argv[1 + write:]
    entries, figures = left_out(profile, programs)
    groups = read_list(path)
    if write:
        write_list(path, groups, entries)
        groups = read_list(path)
    listed, certain, bad = collections.Counter(), collections.Counter(), []
    for reason, group in groups:
        listed.update(group)
        if SOMETIMES not in reason:
            certain.update(group)
        if reason == NO_REASON:
            bad += ["without a reason: %s %s %s" % entry for entry in group]
    bad += ["not in the list: %s %s %s" % entry for entry in sorted((entries - listed).elements())]
    for entry in sorted((certain - entries).elements()):
        print("coverage_tool: covered by now, to be taken off the list: %s %s %s" % entry)
    for line in bad:
        print("coverage_tool:", line)
    print(f"coverage_tool: {figures}; {sum(entries.values())} left out, {len(bad)} of them without a reason")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
