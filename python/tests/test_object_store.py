# SPDX-License-Identifier: MIT
"""Logs in an object store: a server of moto's that speaks as S3 does, by s3fs. Left out where these are not installed."""

import gzip
import itertools

import pytest
import sbfota
from conftest import CAPTURES

server = pytest.importorskip("moto.server")
s3fs = pytest.importorskip("s3fs")
pytestmark = pytest.mark.filterwarnings("ignore")  # of these packages

GATEWAY = (CAPTURES / "forms" / "gateway.log").read_bytes()


@pytest.fixture
def store(monkeypatch):
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}".replace("0.0.0.0", "127.0.0.1"))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "none")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.makedirs("logs", exist_ok=True)  # moto keeps it from test to test
    system.pipe("logs/a.log", GATEWAY)
    system.pipe("logs/b.log.gz", gzip.compress(GATEWAY))
    yield system
    s3fs.S3FileSystem.clear_instance_cache()
    running.stop()


def without_file(events):
    return [{name: value for name, value in event.asdict().items() if name != "file"} for event in events]


def test_logs_by_their_addresses(store):
    expected = without_file(sbfota.decode(CAPTURES / "forms" / "gateway.log"))
    assert without_file(sbfota.decode("s3://logs/a.log")) == expected
    events = list(sbfota.decode("s3://logs/*"))
    assert [name for name, _ in itertools.groupby(event.file for event in events)] == ["s3://logs/a.log", "s3://logs/b.log.gz"]
    assert without_file(events) == expected * 2


def test_a_part_is_read_from_where_it_begins(store):
    plan = sbfota.make_plan("s3://logs/a.log")
    middle = len(GATEWAY) // 2
    parts = [sbfota.decode("s3://logs/a.log", plan=plan, begin=begin, end=end) for begin, end in ((0, middle), (middle, len(GATEWAY)))]
    expected = sorted(event.offset for event in sbfota.decode("s3://logs/a.log"))
    assert sorted(event.offset for part in parts for event in part) == expected


def test_what_is_not_there_is_told(store):
    with pytest.raises(sbfota.LogError, match="s3://logs/c.log: No such file"):
        list(sbfota.decode("s3://logs/c.log"))
