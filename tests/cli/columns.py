#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""columns.py SBFOTA: Arrow and Parquet, read back by other programs, are what JSON Lines say, field by field.

Needs what is in requirements.txt beside it: ./setup formats."""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import duckdb
    import nanoarrow.ipc
    import polars
    import pyarrow.ipc
    import pyarrow.parquet
except ImportError as error:
    print(f"{error}: ./setup formats")
    sys.exit(77)

TOOL = os.path.abspath(sys.argv[1])
HERE = pathlib.Path(__file__).resolve().parent
CAPTURES = HERE.parent / "captures"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
passed = failed = 0


def check(name, got, expected):
    global passed, failed
    if got == expected:
        passed += 1
        return
    failed += 1
    print(f"FAILED {name}\n  expected {str(expected)[:400]}\n  got      {str(got)[:400]}")


def run(*arguments, status=0):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True)
    if done.returncode not in (0, 1, status):
        raise SystemExit(f"{arguments}: status {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def fields(name, after=("BOTH", "COLUMNS")):
    """Rows of a catalogue: name, type."""
    text = (HERE.parent.parent / "grammar" / name).read_text()
    rows = re.findall(r"^\w+_FIELD\((\w+), (\w+), (\w+), (\w+),", text, re.M)
    return [(row[0], row[1]) for row in rows if row[3] in after]


FULL = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$")


def microseconds(text):
    """Of a time with a date and a zone; None of any other."""
    found = FULL.match(text or "")
    if not found:
        return None
    zone = "+00:00" if found[3] == "Z" else found[3]
    try:
        moment = datetime.datetime.fromisoformat(found[1] + zone)
    except ValueError:
        return None
    return (moment - EPOCH) // datetime.timedelta(microseconds=1) + int(((found[2] or "") + "000000")[:6])


def expected_rows(lines, rows):
    for line in lines:
        record = json.loads(line)
        out = []
        for name, kind in rows:
            value = record.get(name)
            if name.endswith("_text") and name != "text":
                value = record.get({"time_text": "time"}.get(name, name[:-5]))
            elif name.endswith("_ms"):
                seconds = record.get(name[:-2] + "s")
                value = None if seconds is None else round(seconds * 1000)
            elif kind == "TIME":
                value = microseconds(value)
            elif name == "clock":
                value = "any"
            out.append(value)
        yield out


def plain(value):
    """A value of a reader, as JSON has it."""
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    return value


def rows_of(table, names):
    columns = [table[name] for name in names]
    return [[plain(value) for value in row] for row in zip(*columns)]


def read_pyarrow(table):
    table.validate(full=True)
    return {name: table.column(name).to_pylist() for name in table.column_names}


def readers(parquet, arrow):
    yield "pyarrow.parquet", read_pyarrow(pyarrow.parquet.read_table(parquet))
    yield "polars.parquet", polars.read_parquet(parquet).to_dict(as_series=False)
    relation = duckdb.sql(f"set timezone='UTC'; select * from read_parquet('{parquet}')")
    names = relation.columns
    values = list(zip(*relation.fetchall())) or [()] * len(names)
    yield "duckdb.parquet", dict(zip(names, values))
    yield "pyarrow.arrow", read_pyarrow(pyarrow.ipc.open_stream(arrow).read_all())
    yield "polars.arrow", polars.read_ipc_stream(arrow).to_dict(as_series=False)
    with nanoarrow.ipc.InputStream.from_path(arrow) as stream:
        array = nanoarrow.Array(stream)
        names = [field.name for field in array.schema.fields]
        rows = list(array.iter_tuples())
        yield "nanoarrow.arrow", dict(zip(names, list(zip(*rows)) or [()] * len(names)))


def compare(name, command, catalogue, arguments):
    rows = fields(catalogue)
    names = [row[0] for row in rows]
    lines = run(command, "-q", "-j1", "-f", "jsonl", *arguments).splitlines()
    parquet, arrow = "out.parquet", "out.arrows"
    run(command, "-q", "-j1", "-o", parquet, *arguments)
    run(command, "-q", "-j1", "-o", arrow, *arguments)
    if not os.path.exists(parquet):  # nothing could be read: no file is made
        check(f"{name}: no lines either", lines, [])
        return
    for path in (parquet, arrow):
        again = run(command, "-q", "-j3", "-f", "parquet" if path == parquet else "arrow", *arguments)
        check(f"{name}: {path} is the same for three threads", again == pathlib.Path(path).read_bytes(), True)
    expected = list(expected_rows(lines, rows))
    for reader, table in readers(parquet, arrow):
        check(f"{name}: {reader}: the names are those of the catalogue", list(table), names)
        got = rows_of(table, names)
        if "clock" in names:
            at, time, text = names.index("clock"), names.index("time"), names.index("time_text")
            for row in got:
                if row[text] is None or row[time] is not None:
                    check(f"{name}: {reader}: clock of {row[text]}", row[at], None if row[text] is None else "utc")
                row[at] = "any"
        check(f"{name}: {reader}: rows", len(got), len(expected))
        for number, (one, other) in enumerate(zip(got, expected)):
            if one != other:
                check(f"{name}: {reader}: row {number} of {names}", one, other)
                break
        else:
            check(f"{name}: {reader}: every row", True, True)
    os.unlink(parquet)
    os.unlink(arrow)


QIND = b'+QIND: "SBFOTA",'
LOGS = {
    "empty": b"",
    "nothing": b"a line\nanother\n",
    "odd_bytes": b'2026-01-31T23:59:00Z m\xff1 ' + QIND + b'"\xe9T\xc9"\n' + b"\xff\xfe\x00z\n" + QIND + b'"END",x\xff\n',
    "utf8": '2026-01-31T23:59:00Z modem-é '.encode() + QIND + '"ü€𐍈"\n'.encode() + 'tail € 𐍈\n'.encode(),
    "out_of_range": QIND + b'"DOWNLOADING",101%\n' + QIND + b'"UPDATING",99999999999%\n' + QIND + b'"END",4711\n'
    + QIND + b'"UPDATE_TIMEOUT",2147483647\n' + QIND + b'"END",-7\n',
    "local_time": b"2026-01-31 23:59:00.250 " + QIND + b'"START"\n',
    "zone": b"2026-01-31T23:59:00.123456+09:00 m1 " + QIND + b'"START"\n' + b"2026-01-31T23:59:01.987654321Z m1 " + QIND + b'"END",0\n',
    "before_1970": b"1969-12-31T23:59:59.999Z m1 " + QIND + b'"START"\n',
    "day_time": b"23:59:00 " + QIND + b'"START"\n' + b"00:00:10 " + QIND + b'"END",0\n',
    "unended": QIND + b'"DOWNLOADING",1',
    "answers": b'AT+QCFGEXT="sbfota_delay"\r\n+QCFGEXT: "sbfota_delay",60\r\nOK\r\nAT+QCFGEXT=?\r\n+QCFGEXT: "sbfota_delay",(0-60)\r\nOK\r\n',
    "cme": b'AT+QCFGEXT="sbfota_accept",1\r\n+CME ERROR: operation \xff not allowed\r\nAT+QCFGEXT="sbfota_accept",1\r\n+CME ERROR: 3\r\n',
    # Differences between rows that take more than 32 bits, or none; runs of nulls of all lengths; texts that begin alike or not.
    "wide": b"".join(
        (b"" if i % 37 < i // 37 else b"%d-01-31T23:59:%02d.%06dZ m%d " % (1970 + i * 7919 % 8000, i % 60, i * 777 % 1000000, i % 3))
        + QIND + (b'"DOWNLOADING",%d%%\n' % (i % 101) if i % 5 else b'"%s\xc3\xa9%d"\n' % (b"long" * (i % 30), i % 7))
        for i in range(1200)),
    "alike": (b"2026-01-31T23:59:00.000Z m1 " + QIND + b'"START"\n') * 700,
    "overlong": b"x" * 100000 + b"\n" + QIND + b'"START"\n',
}


def many(path, modems):
    with open(path, "wb") as file:
        for i in range(modems):
            second = i // 1000
            file.write(b'2026-01-31T%02d:%02d:%02d.%03dZ m-%07d %s"DOWNLOADING",%d%%\n'
                       % (second // 3600, second // 60 % 60, second % 60, i % 1000, i, QIND, i % 101))


def refuse(name, arguments, message):
    import pty
    master, slave = pty.openpty()
    done = subprocess.run([TOOL, *arguments], stdout=slave, stderr=subprocess.PIPE)
    os.close(slave)
    os.close(master)
    check(f"{name}: status", done.returncode, 2)
    check(f"{name}: one line", done.stderr.decode(), message)


def main():
    os.chdir(tempfile.mkdtemp(prefix="columns-"))
    for name, content in LOGS.items():
        pathlib.Path(name).write_bytes(content)
        for options in ([], ["--all"], ["--raw"]):
            compare(" ".join(["decode", *options, name]), "decode", "event_fields.def", [*options, name])
        compare(f"sessions {name}", "sessions", "attempt_fields.def", [name])
        compare(f"modems {name}", "modems", "modem_fields.def", [name])
    for options in ([], ["--all"], ["--raw"]):
        compare(" ".join(["decode captures", *options]), "decode", "event_fields.def", ["-r", *options, CAPTURES])
    for options in ([], ["--worst-first"], ["--outcome", "updated"]):
        compare(" ".join(["sessions captures", *options]), "sessions", "attempt_fields.def", ["-r", *options, CAPTURES])
    compare("modems captures", "modems", "modem_fields.def", ["-r", CAPTURES])

    for name, clock in (("zone", "utc"), ("local_time", "local"), ("day_time", "day"), ("out_of_range", None)):
        run("decode", "-q", "-o", "clock.parquet", name)
        check(f"clock of {name}", set(polars.read_parquet("clock.parquet")["clock"]), {clock})

    # JSON keys and the heading of CSV are in the order of the catalogues.
    for command, catalogue in (("decode", "event_fields.def"), ("sessions", "attempt_fields.def")):
        names = [row[0] for row in fields(catalogue, ("BOTH", "ROWS"))]
        heading = run(command, "-q", "-r", "-f", "csv", CAPTURES).split(b"\r\n")[0].decode()
        check(f"{command}: heading of CSV", heading.split(","), names)
        for line in run(command, "-q", "-r", "-f", "jsonl", *(["--all"] if command == "decode" else []), CAPTURES).splitlines():
            keys = list(json.loads(line))
            if keys != [name for name in names if name in keys]:
                check(f"{command}: order of keys", keys, names)
                break

    # More modems than a group has rows, and groups that end in the middle of a block.
    many("many", 300000)
    run("decode", "-q", "-j1", "-o", "many.parquet", "--modem-token", "1", "many")
    run("decode", "-q", "-j2", "-o", "many2.parquet", "--modem-token", "1", "many")
    run("decode", "-q", "-o", "many.arrow", "--modem-token", "1", "many")
    check("many: threads", pathlib.Path("many.parquet").read_bytes() == pathlib.Path("many2.parquet").read_bytes(), True)
    query = "select count(*), count(distinct modem), min(modem), max(modem), sum(percent), max(line) from "
    expected = (300000, 300000, "m-0000000", "m-0299999", sum(i % 101 for i in range(300000)), 300000)
    check("many: parquet", duckdb.sql(query + "'many.parquet'").fetchall()[0], expected)
    batches = pyarrow.ipc.open_stream("many.arrow").read_all()
    batches.validate(full=True)
    with pyarrow.ipc.open_stream("many.arrow") as stream:
        check("many: batches", [batch.num_rows for batch in stream], 18 * [16384] + [5088])
    check("many: arrow", duckdb.sql(query + "batches").fetchall()[0], expected)
    file = pyarrow.parquet.ParquetFile("many.parquet")
    check("many: row groups", [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)], [131072, 131072, 37856])
    column = file.metadata.row_group(1).column(names_index("modem"))
    check("many: statistics", (column.statistics.min, column.statistics.max), ("m-0131072", "m-0262143"))
    check("many: codec", column.compression, "ZSTD")
    # A name that comes again ends up in the dictionary once.
    check("dictionary", "RLE_DICTIONARY" in file.metadata.row_group(0).column(names_index("event")).encodings, True)

    for format_ in ("arrow", "parquet"):
        refuse(f"{format_} on a terminal", ["decode", "-f", format_, "many"],
               f"sbfota: --format {format_}: not written to a terminal; name a file with -o\n")
    for ending, first in (("txt", b"     1"), ("jsonl", b'{"file":'), ("csv", b"file,"), ("arrow", b"\xff\xff\xff\xff"),
                          ("arrows", b"\xff\xff\xff\xff"), ("parquet", b"PAR1")):
        run("decode", "-q", "-o", f"by.{ending}", "zone")
        check(f"format by ending: {ending}", pathlib.Path(f"by.{ending}").read_bytes()[: len(first)], first)
    run("decode", "-q", "-f", "csv", "-o", "by.parquet", "zone")
    check("format by ending: -f goes first", pathlib.Path("by.parquet").read_bytes()[:5], b"file,")

    print(f"{passed} passed, {failed} failed")
    return failed > 0


def names_index(name):
    return [row[0] for row in fields("event_fields.def")].index(name)


sys.exit(main())
