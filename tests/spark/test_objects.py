# SPDX-License-Identifier: MIT
"""Logs in object storage: a local server that speaks S3."""

import gzip

import logs
import pytest
from conftest import S3_PORT, same, table_of_tool

import sbfota.spark


@pytest.fixture
def bucket():
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=S3_PORT, ip_address="127.0.0.1", verbose=False)
    s3fs = pytest.importorskip("s3fs")
    server.start()
    try:
        system = s3fs.S3FileSystem(skip_instance_cache=True)
        system.mkdir("logs")
        yield system
    finally:
        server.stop()


def test_logs_in_a_bucket(spark, bucket, tmp_path):
    fleet = logs.plain()
    for name, data in {"a.log": fleet, "b.log.gz": gzip.compress(fleet.replace(b"modem-", b"packed-"))}.items():
        (tmp_path / name).write_bytes(data)
        bucket.pipe(f"logs/2026/{name}", data)
    named = {str(tmp_path / name): f"s3://logs/2026/{name}" for name in ("a.log", "b.log.gz")}

    def renamed(rows):
        return [{key: named.get(value, value) if key in ("file", "to_file") else value for key, value in row.items()} for row in rows]

    source = spark.read.format("sbfota").option("splitBytes", 10000)
    for path in ("s3://logs/2026/*", "s3://logs/2026", list(named.values())):
        events = source.load(path)
        assert events.rdd.getNumPartitions() > 2
    same(events, renamed(table_of_tool("decode", "-r", tmp_path)))
    attempts = sbfota.spark.sessions(events, files=sorted(named.values()))
    same(attempts, renamed(table_of_tool("sessions", "-r", tmp_path)))
