# SPDX-License-Identifier: MIT
"""coverage.py EXPORT: print what llvm-cov has exported of each folder and of each file that is not whole, and fail if there
is one.

llvm-cov's own summary counts a function where it stands. Generated code stands in a function that includes it: of the files
in gen/ what was run is counted here, in the same way.
"""
import json
import sys
from pathlib import Path

KINDS = {"functions": "functions", "lines": "lines", "branches": "branches", "conditions": "mcdc"}


def line_counts(segments):
    """How often each line with code was run, as llvm-cov counts lines: segments go from one place in the text to the next."""
    by_line = {}
    for line, _, count, has_count, is_entry, is_gap in segments:
        by_line.setdefault(line, []).append((count, has_count, is_entry, is_gap))
    counts, entering = {}, []
    for line in range(min(by_line, default=1), max(by_line, default=0) + 1):
        here = by_line.get(line, [])
        begun = [count for count, has_count, is_entry, is_gap in here if has_count and is_entry and not is_gap]
        is_skipped = bool(here) and here[0][2] and not here[0][1]
        if entering + begun and not is_skipped:
            counts[line] = max(entering + begun)
        if here:
            count, has_count, _, _ = here[-1]
            entering = [count] if has_count else []
    return counts


def count_included(file, functions):
    """The code of a file that is included in functions of others: (there are, were run) of each kind."""
    lines = line_counts(file["segments"])
    taken = {}
    for function in functions:
        for branch in function["branches"]:
            if function["filenames"][branch[6]] == file["filename"]:
                # By where it stands: the times that it was so, the times that it was not.
                ways = taken.setdefault(tuple(branch[:4]), [0, 0])
                ways[0] += branch[4]
                ways[1] += branch[5]
    conditions = [was_decisive for record in file.get("mcdc_records", []) for was_decisive in record[-1]]
    return {
        "functions": (0, 0),
        "lines": (len(lines), sum(count > 0 for count in lines.values())),
        "branches": (2 * len(taken), sum(count > 0 for ways in taken.values() for count in ways)),
        "conditions": (len(conditions), sum(conditions)),
    }


def count_own(file):
    """The same of a file with functions, from llvm-cov's summary."""
    nothing = {"count": 0, "covered": 0}
    found = {kind: file["summary"].get(key, nothing) for kind, key in KINDS.items()}
    return {kind: (numbers["count"], numbers["covered"]) for kind, numbers in found.items()}


def share(there, run):
    return 100 * run / there if there else 100.0


def tell(name, counts):
    told = [f"{kind} {run}/{there} {share(there, run):.2f} %" for kind, (there, run) in counts.items() if there]
    print(f"coverage: {name:24} {', '.join(told)}")


def main():
    data = json.load(open(sys.argv[1], encoding="utf-8"))["data"][0]
    files, folders, below = {}, {}, []
    for file in data["files"]:
        name = str(Path(file["filename"]).relative_to(Path.cwd()))
        is_included = file["summary"]["functions"]["count"] == 0
        files[name] = count_included(file, data["functions"]) if is_included else count_own(file)
    for name, counts in files.items():
        # The branches of what is included count twice: for the function around it, too.
        folder = folders.setdefault(str(Path(name).parent), {kind: (0, 0) for kind in KINDS})
        for kind, (there, run) in counts.items():
            folder[kind] = (folder[kind][0] + there, folder[kind][1] + run)
            if run < there:
                below.append(f"{name}: {kind} {share(there, run):.2f} %")
    for name, counts in sorted(folders.items()):
        tell(name, counts)
    for name, counts in sorted(files.items()):
        if any(run < there for there, run in counts.values()):
            tell(name, counts)
    for line in below:
        print(f"coverage: not all of {line}")
    return 1 if below or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
