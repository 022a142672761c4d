# SPDX-License-Identifier: MIT
"""Tasks that are killed in the middle, and options and files that are wrong."""

import gzip
import os
import signal

import logs
import pytest
from conftest import MASTER, same, table_of_tool

import sbfota.spark
from sbfota.spark._source import Reader, SbfotaDataSource


def once(path):
    """True for the first who asks."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def parent_of(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return int(file.read().rsplit(")", 1)[1].split()[1])


def kill(whom):
    """This worker, or the executor that it is of: the JVM above Python's daemon."""
    if whom == "worker":
        os.kill(os.getpid(), signal.SIGKILL)
    os.kill(parent_of(os.getppid()), signal.SIGKILL)
    signal.pause()


class KilledReader(Reader):
    """Of the first task that comes to its first batch, the worker is killed there."""

    def __init__(self, options, schema):
        options = dict(options)
        self.mark, self.whom = options.pop("mark"), options.pop("whom")
        super().__init__(options, schema)

    def read(self, partition):
        for batch in super().read(partition):
            yield batch.slice(0, 1)
            if once(self.mark):
                kill(self.whom)
            yield batch.slice(1)


class Killed(SbfotaDataSource):
    @classmethod
    def name(cls):
        return "killed"

    def reader(self, schema):
        return KilledReader(self.options, schema)


WHOM = ["worker"] + (["executor"] if MASTER.startswith("local-cluster") else [])


@pytest.mark.parametrize("whom", WHOM)
def test_a_task_that_is_killed_changes_nothing(spark, tmp_path, whom, capsys):
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "fleet.log").write_bytes(logs.plain())
    logs.rotated(folder, "gateway.log", logs.plain().replace(b"modem-", b"gateway-"), 3)
    spark.dataSource.register(Killed)
    reading, folding = tmp_path / "reading", tmp_path / "folding"
    source = spark.read.format("killed").options(splitBytes=20000, mark=str(reading), whom=whom)
    events = source.load(str(folder))

    def killed_once(batches):
        for batch in batches:
            if once(folding):
                kill(whom)
            yield batch

    count = same(events, table_of_tool("decode", "-r", folder))
    attempts = sbfota.spark.sessions(events.mapInArrow(killed_once, events.schema))
    told = same(attempts, table_of_tool("sessions", "-r", folder))
    assert reading.exists() and folding.exists()
    with capsys.disabled():
        print(f"\n{whom} killed while it read and while it was asked for events: {count} events, {told} sessions, as the tool has them")


# options, and the words of the error
WRONG = [
    ({"colums": "modem"}, "option colums: there is none of this name"),
    ({"columns": "modem,dance"}, "columns: there is none of one of these names"),
    ({"splitBytes": "1k"}, "option splitBytes: a whole number, not '1k'"),
    ({"splitBytes": "0"}, "option splitBytes: 1 or more"),
    ({"recursive": "yes"}, "option recursive: true or false, not 'yes'"),
    ({"lines": "all"}, "option lines"),
    ({"form": "dance"}, "form: there is none of this name"),
    ({"errors": "ignore"}, "errors"),
]


@pytest.mark.parametrize("options, words", WRONG, ids=[case[1] for case in WRONG])
def test_wrong_options_are_told(spark, tmp_path, options, words):
    path = tmp_path / "a.log"
    path.write_bytes(b"")
    with pytest.raises(Exception, match=words):
        spark.read.format("sbfota").options(**options).load(str(path)).count()


def test_files_that_are_not_there_are_told(spark, tmp_path):
    with pytest.raises(Exception, match="no-such.log: there is no such file"):
        spark.read.format("sbfota").load(str(tmp_path / "no-such.log")).count()


def test_events_without_columns_that_sessions_need_are_told(spark, tmp_path):
    path = tmp_path / "a.log"
    path.write_bytes(logs.plain())
    events = spark.read.format("sbfota").options(columns="event,file,modem").load(str(path))
    assert events.columns == ["event", "file", "modem"]
    with pytest.raises(ValueError, match="not there: line, offset"):
        sbfota.spark.sessions(events)


def test_what_cannot_be_read_fails_the_job_unless_it_is_to_be_warned_of(spark, tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "a.log").write_bytes(logs.plain())
    (folder / "b.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 100)
    (folder / "c.log.gz").write_bytes(gzip.compress(b""))
    (folder / "_d.log").write_bytes(logs.plain())
    with pytest.raises(Exception, match="b.7z"):
        spark.read.format("sbfota").load(str(folder)).count()
    frame = spark.read.format("sbfota").option("errors", "warn").load(f"file://{folder}")
    same(frame, table_of_tool("decode", folder / "a.log"))
