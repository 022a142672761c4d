# SPDX-License-Identifier: MIT
"""Pairs of bytes that are looked for many at once, as src/log/text/pairs_vector.h has them: compared, or looked up in two tables."""

CLASSES = 8  # bits of a table's byte


def cover(values):
    """The bits that are set in a byte before it is compared, so that these values are the same."""
    bits = 0
    for value in values:
        bits |= value ^ min(values)
    return bits


def compared_size(values):
    return 2 ** bin(cover(values)).count("1")


def merge(pairs, size, is_enough):
    """Pairs of sets, joined where that lets in the least, measured by size, until is_enough says so of their number and of what the next would let in."""
    groups = list(pairs)
    while len(groups) > 1:
        let_in, i, k = min((size(a[0] | b[0]) * size(a[1] | b[1]), i, k) for i, a in enumerate(groups) for k, b in enumerate(groups) if i < k)
        if is_enough(len(groups), let_in):
            break
        both = (groups[i][0] | groups[k][0], groups[i][1] | groups[k][1])
        groups = [group for n, group in enumerate(groups) if n not in (i, k)] + [both]
    return sorted(groups, key=lambda group: (sorted(group[0]), sorted(group[1])))


def compare(values):
    return f"{cover(values):#x}, {min(values) | cover(values):#x}"


def print_compared(name, pairs):
    """As few as let in no more than eight times what they are."""
    print(f"#define {name}(PAIR) \\")
    groups = merge(pairs, compared_size, lambda _, let_in: let_in > 8)
    print(" | \\\n".join(f"    PAIR({compare(first)}, {compare(second)})" for first, second in groups) + "\n")


def print_classes(name, pairs):
    """For each place of a pair, what initializes a table: a bit for each class of pairs that a byte may be in."""
    groups = merge(pairs, len, lambda count, _: count <= CLASSES)
    for place, which in enumerate(("FIRST", "SECOND")):
        bits = {}
        for number, group in enumerate(groups):
            for byte in group[place]:
                bits[byte] = bits.get(byte, 0) | 1 << number
        entries = [f"[{byte}] = {classes}" for byte, classes in sorted(bits.items())]
        rows = [", ".join(entries[i:i + 8]) for i in range(0, len(entries), 8)]
        print(f"#define {name}_{which} \\\n    " + ", \\\n    ".join(rows) + "\n")


def print_pairs(name, pairs):
    print("/* Pairs of letters: for each of the two the bits that are set in it, and what it then is; the same as classes, a bit each. */")
    print_compared(f"{name}_PAIRS", pairs)
    print_classes(name, pairs)
