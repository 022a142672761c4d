# SPDX-License-Identifier: MIT
"""Logs in an object store: a server of moto's that speaks as S3 does, by s3fs. Left out where these are not installed."""

import gzip

import logs
import pytest
from conftest import same, table_of_tool

import sbfota.spark

pytest.importorskip("moto.server")
s3fs = pytest.importorskip("s3fs")


def test_logs_in_an_object_store(spark, tmp_path):
    fleet = logs.plain()
    there = {"a.log": fleet, "b.log.gz": gzip.compress(fleet.replace(b"modem-", b"packed-"))}
    folder = tmp_path / "logs"
    folder.mkdir()
    bucket = s3fs.S3FileSystem()
    bucket.makedirs("fleet")
    for name, data in there.items():
        bucket.pipe(f"fleet/logs/{name}", data)
        (folder / name).write_bytes(data)

    def in_store(row):
        return {name: value.replace(str(folder), "s3://fleet/logs") if name in ("file", "to_file") and value else value for name, value in row.items()}

    def told(command):
        return [in_store(row) for row in table_of_tool(command, "-r", folder)]

    events = spark.read.format("sbfota").option("splitBytes", 20000).load("s3://fleet/logs/*")
    assert events.rdd.getNumPartitions() > 2
    same(events, told("decode"))
    same(sbfota.spark.sessions(events), told("sessions"))
    same(spark.read.format("sbfota").load("s3://fleet/logs"), told("decode"))
    with pytest.raises(Exception, match="s3://fleet/logs/c.log"):
        spark.read.format("sbfota").load("s3://fleet/logs/c.log").count()

    come = spark.readStream.format("sbfota").load("s3://fleet/logs")
    lake = str(tmp_path / "lake")
    query = come.writeStream.format("parquet").option("checkpointLocation", str(tmp_path / "checkpoint")).start(lake)
    try:
        query.processAllAvailable()
        same(spark.read.parquet(lake), told("decode"))
        bucket.pipe("fleet/logs/c.log", fleet.replace(b"modem-", b"later-"))
        query.processAllAvailable()
        assert spark.read.parquet(lake).where("file = 's3://fleet/logs/c.log'").count() == events.where("file = 's3://fleet/logs/a.log'").count()
    finally:
        query.stop()
