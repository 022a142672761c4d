# SPDX-License-Identifier: MIT
"""Events as a multiset, and sessions, are the tool's: whatever the splits, the partitions and the order of the files."""

import datetime

import logs
import pytest
from conftest import CAPTURES, LONG, rows_of, same, table_of_tool

import sbfota.spark
from sbfota.spark._files import followed

KIB = 1024
MIB = KIB * KIB
SPLITS = [KIB, 10 * KIB, 128 * MIB] + ([4 * KIB, 64 * KIB] if LONG else [])
LARGE = [(5, MIB)] + ([(300, 16 * MIB), (300, None)] if LONG else [])  # MiB of log, and what is split by: 128 MiB by default
PARTITIONS = [1, 3, 7]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return logs.make(tmp_path_factory.mktemp("logs") / "fleet")


def load(spark, paths, split_bytes):
    return spark.read.format("sbfota").option("splitBytes", split_bytes).load([str(path) for path in paths])


@pytest.mark.parametrize("split_bytes", SPLITS)
def test_events_and_sessions_of_a_fleet(spark, folder, split_bytes, capsys):
    expected = table_of_tool("decode", "-r", folder)
    attempts = table_of_tool("sessions", "-r", folder)
    partitions = PARTITIONS if LONG or split_bytes == SPLITS[0] else [3]
    files = [name for name, _ in followed(map(str, folder.iterdir()))]
    assert len({row["file"] for row in expected}) == len(list(folder.iterdir()))
    events = load(spark, logs.shuffled(folder), split_bytes)
    tasks = events.rdd.getNumPartitions()
    stored = events.cache()
    try:
        count = same(stored, expected)
        told = [same(sbfota.spark.sessions(stored, partitions=number, files=files), attempts) for number in partitions]
    finally:
        stored.unpersist()
    with capsys.disabled():
        print(f"\n{split_bytes:>9} bytes a split, {tasks:3} tasks: {count} events, sessions in {partitions} partitions: {told}")


@pytest.mark.parametrize("mib, split_bytes", LARGE)
def test_a_large_log(spark, tmp_path, mib, split_bytes):
    path = tmp_path / "gateway.log"
    with path.open("wb") as file:
        file.writelines(logs.among_others(mib * MIB, 100))
    source = spark.read.format("sbfota")
    events = (source.option("splitBytes", split_bytes) if split_bytes else source).load(str(path))
    assert events.rdd.getNumPartitions() == -(-path.stat().st_size // (split_bytes or 128 * MIB)) > 1
    assert same(events, table_of_tool("decode", path)) > 500
    same(sbfota.spark.sessions(events, files=[str(path)]), table_of_tool("sessions", path))


# where a log shows that its first lines do not tell how it is to be read: soon, or a long way on
@pytest.mark.parametrize("lines", ["file", "split"])
@pytest.mark.parametrize("place", ["soon", "late"])
def test_what_its_first_lines_do_not_tell_is_not_split(spark, tmp_path, place, lines):
    path = tmp_path / "gateway.log"
    if place == "soon":
        path.write_bytes(b"".join(logs.among_others(8 * MIB, 0)))
    else:
        others = (f"{time} stack[12] {rest.split(' ', 1)[0]}: got {rest.split(' ', 2)[2]}" for time, rest in logs.simulated("--modems", 3))
        path.write_bytes(b"".join(logs.among_others(6 * MIB, 100)) + logs.as_lines(others))
    events = spark.read.format("sbfota").options(splitBytes=200 * KIB, lines=lines).load(str(path))
    if place == "late" and lines == "split":
        assert events.rdd.getNumPartitions() > 1  # nobody has looked there
    else:
        assert events.rdd.getNumPartitions() == 1
        assert same(events, table_of_tool("decode", path)) > 500


def test_every_form_of_log(spark):
    lacking = (".tar", ".zip", ".xz", ".bz2", ".lz4", ".tgz", ".jsonl", ".md", ".sh", ".py", ".expected")
    files = sorted(path for path in (CAPTURES / "forms").iterdir() if path.is_file() and not path.name.endswith(lacking))
    events = load(spark, files, 128 * MIB)
    assert same(events, table_of_tool("decode", *files)) > 1000


def test_splits_of_every_form_that_can_be_split(spark):
    files = sorted((CAPTURES / "forms").glob("[a-m]*.log" if LONG else "[a-c]*.log"))
    events = load(spark, files, KIB)
    assert events.rdd.getNumPartitions() > len(files) // 2
    same(events, table_of_tool("decode", *files))


def test_sessions_and_modems_come_back_from_parquet(spark, folder, tmp_path):
    load(spark, [folder], 10 * KIB).write.parquet(str(tmp_path / "lake"))
    stored = spark.read.parquet(str(tmp_path / "lake"))
    same(sbfota.spark.sessions(stored), table_of_tool("sessions", "-r", folder))
    same(sbfota.spark.modems(stored), table_of_tool("modems", "-r", folder))
    now = datetime.datetime(2026, 5, 1, tzinfo=datetime.timezone.utc)
    same(sbfota.spark.modems(stored, now=now, partitions=3), table_of_tool("modems", "-r", "--now", now.isoformat(), folder))
    with pytest.raises(ValueError, match="only with now"):
        sbfota.spark.modems(stored, partitions=3)


def test_the_order_of_the_files_can_be_told(spark, folder):
    names = [str(folder / "nobody.log"), str(folder / "fleet.log")]
    events = load(spark, names, 10 * KIB)
    same(sbfota.spark.sessions(events, files=names), table_of_tool("sessions", *names))


def test_lines_can_count_from_the_split(spark, folder):
    path = folder / "untimed.log"
    expected = table_of_tool("decode", path)
    rows = rows_of(spark.read.format("sbfota").options(splitBytes=KIB, lines="split").load(str(path)))
    without = [{**row, "line": None} for row in rows]
    assert sorted(map(repr, without)) == sorted(repr({**row, "line": None}) for row in expected)
    assert max(row["line"] for row in rows) < max(row["line"] for row in expected)


def test_files_of_a_log_can_be_read_apart(spark, folder):
    names = [folder / name for name in ("gateway.log", "gateway.log.1", "gateway.log.2.gz")]
    frame = spark.read.format("sbfota").options(splitBytes=KIB, apart="true").load([str(name) for name in names])
    assert frame.rdd.getNumPartitions() > len(names)
    same(frame, [row for name in names for row in table_of_tool("decode", name)])
