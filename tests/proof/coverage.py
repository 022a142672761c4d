# SPDX-License-Identifier: MIT
"""coverage.py REPORT: print what llvm-cov reports of each file, and fail if the whole is less than here."""
import sys

LEAST = {"functions": 100.0, "lines": 98.8, "branches": 96.1, "conditions": 96.4}


def main():
    rows = []
    for line in open(sys.argv[1], encoding="utf-8"):
        fields = line.split()
        if len(fields) >= 13 and fields[1].isdigit() and fields[4] != "0":
            # Behind the name four times: how many there are, how many are missed, percent.
            groups = [(int(fields[i]), int(fields[i + 1])) for i in range(1, len(fields) - 2, 3)]
            rows.append((fields[0], groups[1:]))
    width = max(len(name) for name, _ in rows)
    below = []
    for name, groups in rows:
        told = []
        for what, (count, missed) in zip(LEAST, groups):
            share = 100 * (count - missed) / count if count else 100.0
            told.append(f"{what} {count - missed}/{count} {share:.2f} %")
            if name == "TOTAL" and share < LEAST[what]:
                below.append(f"{what}: {share:.2f} %, was {LEAST[what]} % or more")
        if name == "TOTAL" or any(missed for _, missed in groups):
            print(f"coverage: {name:{width}} {', '.join(told)}")
    for line in below:
        print(f"coverage: less than before: {line}")
    return 1 if below or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
