# SPDX-License-Identifier: MIT
"""A small engine for patterns with marks: expressions, and the positions that may follow each other in them (Glushkov).

An expression describes lines with their line end. A byte in it may carry marks: spellings that it tells, and what it
means for the three registers of the specification (value, extent, plus sign). Nothing here is shared with Ragel.
"""

ALL = (1 << 256) - 1


def bytes_of(text):
    return sum(1 << ord(c) for c in set(text))


END = bytes_of("\r\n")
TEXT = ALL & ~END
BLANK = bytes_of(" \t")
SOLID = TEXT & ~BLANK
DIGIT = bytes_of("0123456789")
QUOTE = bytes_of('"')


def byte(mask, spelling=0, value=None, extent=None, plus=None):
    """One byte of a set, with its marks."""
    return ("byte", mask, spelling, value, extent, plus)


def literal(text):
    return seq(*(byte(bytes_of(c)) for c in text))


def seq(*parts):
    return ("seq", parts)


def alt(*parts):
    return ("alt", parts)


def star(part):
    return ("star", part)


def opt(part):
    return alt(part, seq())


def plus(part):
    return seq(part, star(part))


def parts_of(expression):
    if expression[0] == "seq":
        return [inner for part in expression[1] for inner in parts_of(part)]
    return [expression]


def any_of(expressions):
    """One of many, of which some begin with the same expressions: these are put together once."""
    def join(rows):
        groups = {}
        for row in rows:
            groups.setdefault(id(row[0]) if row else None, []).append(row)
        return alt(*(seq(group[0][0], join([row[1:] for row in group])) if group[0] else seq()
                     for group in groups.values()))
    return join([parts_of(expression) for expression in expressions])


def any_word_but(words, mask):
    """Every word of one or more of these bytes, but for the words given."""
    def below(node, is_root):
        children = [seq(byte(bytes_of(c)), below(child, False)) for c, child in sorted(node.items()) if c]
        others = mask & ~sum(bytes_of(c) for c in node if c)
        parts = children + [seq(byte(others), star(byte(mask)))]
        if not is_root and "" not in node:
            parts.append(seq())
        return alt(*parts)

    root = {}
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = True
    return below(root, True)


class Patterns:
    """Patterns compiled together: their positions, by number; a position is a byte of an expression.

    `first` are those that a line may begin with, `follow[p]` those that may come behind p; `marks[p]` and `masks[p]` are the
    byte's, `names[p]` is the pattern's name. The last byte of each pattern is a line end."""

    def __init__(self, patterns):
        self.masks, self.marks, self.names, self.follow, self.first = [], [], [], [], []
        for name, expression in patterns:
            self.name = name
            _, first, last = self.add(expression)
            self.first += first
            for position in last:
                assert self.masks[position] == END, f"{name} ends with something else than a line end"
        self.last = {p for p, mask in enumerate(self.masks) if mask == END}
        assert not any(self.follow[p] for p in self.last)

    def add(self, expression):
        what = expression[0]
        if what == "byte":
            self.masks.append(expression[1])
            self.marks.append(expression[2:])
            self.names.append(self.name)
            self.follow.append([])
            position = len(self.masks) - 1
            return False, [position], [position]
        if what == "seq":
            nullable, first, last = True, [], []
            for part in expression[1]:
                part_nullable, part_first, part_last = self.add(part)
                for position in last:
                    self.follow[position] += part_first
                first = first + part_first if nullable else first
                last = last + part_last if part_nullable else part_last
                nullable = nullable and part_nullable
            return nullable, first, last
        if what == "alt":
            parts = [self.add(part) for part in expression[1]]
            return any(p[0] for p in parts), sum((p[1] for p in parts), []), sum((p[2] for p in parts), [])
        _, first, last = self.add(expression[1])
        for position in last:
            self.follow[position] = list(dict.fromkeys(self.follow[position] + first))
        return True, first, last
