# SPDX-License-Identifier: MIT
"""Logs by addresses of fsspec: fed, not opened by name, as those of an object store are."""

import gzip

import logs
from conftest import same, table_of_tool

import sbfota.spark


def test_logs_by_addresses(spark, tmp_path):
    fleet = logs.plain()
    (tmp_path / "a.log").write_bytes(fleet)
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(fleet.replace(b"modem-", b"packed-")))

    def renamed(rows):
        told = [{**row, "file": f"file://{row['file']}"} for row in rows]
        return [{**row, "to_file": f"file://{row['to_file']}"} if row.get("to_file") else row for row in told]

    source = spark.read.format("sbfota").option("splitBytes", 20000)
    events = source.load(f"local://{tmp_path}/*")
    assert events.rdd.getNumPartitions() > 2
    same(events, renamed(table_of_tool("decode", "-r", tmp_path)))
    files = [f"file://{tmp_path}/{name}" for name in ("a.log", "b.log.gz")]
    same(sbfota.spark.sessions(events, files=files), renamed(table_of_tool("sessions", "-r", tmp_path)))
