# SPDX-License-Identifier: MIT
"""The catalogues against the specification: each message's row, each code, each reason."""
import re

import spec
from machine import ROOT, Broken
from walk import REASONS


def read_rows(path, macro):
    """The rows of a catalogue, as lists of their fields."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    rows = []
    for inside in re.findall(macro + r"\(((?:\"(?:\\.|[^\"\\])*\"|[^()\"])*)\)", text):
        fields = re.findall(r"\"(?:\\.|[^\"\\])*\"|[^,\s\"]+", inside)
        rows.append([field[1:-1] if field[0] == '"' else field for field in fields])
    return rows


def check(grammar=ROOT / "grammar"):
    rows = read_rows(grammar / "messages.def", "SBFOTA_MESSAGE")
    if [row[0] for row in rows] != list(spec.MESSAGES):
        raise Broken("messages.def has other messages, or in another order: " + " ".join(row[0] for row in rows))
    for row in rows:
        found = (int(row[1]), *row[3:7], int(row[7]), int(row[8]), row[9])
        if found != spec.MESSAGES[row[0]]:
            raise Broken(f"messages.def has {row[0]} as {found}, the specification {spec.MESSAGES[row[0]]}")
    codes = read_rows(grammar / "codes.def", "SBFOTA_CODE")
    found = {table: [int(row[1]) for row in codes if row[0] == table] for table in spec.CODES}
    if any(len(set(values)) != len(values) or set(values) != spec.CODES[table] for table, values in found.items()) \
            or len(codes) != sum(map(len, spec.CODES.values())):
        table = next((t for t, values in found.items() if sorted(values) != sorted(spec.CODES[t])), "?")
        raise Broken(f"codes.def has other codes of {table}: {sorted(set(found.get(table, ())) ^ spec.CODES.get(table, set()))}")
    for row in codes:
        stops, rearms = row[0] == "POLLING" and int(row[1]) in spec.STOPPED, row[0] == "POLLING" and int(row[1]) in spec.REARMED
        if row[4] != ("STOPPED" if stops else "REARMED" if rearms else "NONE"):
            raise Broken(f"codes.def has {row[4]} behind {row[0]} {row[1]}")
    rows_of_reasons = read_rows(grammar / "reasons.def", "SBFOTA_REASON")
    for rows_of in (rows, rows_of_reasons):
        if len({row[2] for row in rows_of}) != len(rows_of):
            raise Broken("a name is there twice")
    reasons = [row[0].lower() for row in rows_of_reasons]
    if [int(row[1]) for row in rows_of_reasons] != list(range(1, len(reasons) + 1)):
        raise Broken("reasons.def has other numbers")
    if reasons != list(REASONS) + ["unknown_keyword"]:
        raise Broken(f"reasons.def has other reasons: {reasons}")
    return len(rows), len(codes), len(reasons)
