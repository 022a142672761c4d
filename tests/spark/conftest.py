# SPDX-License-Identifier: MIT
"""One Spark for all tests, and what the tool says of the same files."""

import io
import json
import os
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CAPTURES = ROOT / "tests" / "captures"
TOOL = Path(os.environ.get("SBFOTA_TOOL", ROOT / "build" / "release" / "sbfota"))
LONG = bool(os.environ.get("SBFOTA_LONG"))
MASTER = os.environ.get("SBFOTA_SPARK_MASTER", "local[2]")
if MASTER == "local[2]":
    MASTER = "local[2,4]"  # a task may fail three times


@pytest.fixture(scope="session")
def store():
    """What the environment says of a server that speaks as S3 does, if moto's is there: workers have it from the beginning."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        yield {}
        return
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture(scope="session")
def spark(tmp_path_factory, store):
    os.environ.update(store)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        import sbfota.spark
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "spark.executorEnv.TZ": "UTC",
    }
    settings.update({f"spark.executorEnv.{name}": value for name, value in store.items()})
    builder = SparkSession.builder.master(MASTER)
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    sbfota.spark.register(session)
    yield session
    session.stop()


def run_tool(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 1, 2), done.returncode
    return done.stdout


def table_of_tool(command, *arguments):
    """The rows of the tool's Arrow stream."""
    import pyarrow

    return pyarrow.ipc.open_stream(io.BytesIO(run_tool(command, "-q", "-f", "arrow", *arguments))).read_all().to_pylist()


def lines_of_tool(command, *arguments):
    return [json.loads(line) for line in run_tool(command, "-q", "-f", "jsonl", *arguments).splitlines()]


def _row(row):
    """Without the line ends of raw captures, which the log library does not tell."""
    if row.get("as"):
        kept = " ".join(word for word in row["as"].split(" ") if not word.startswith(("<", ">")))
        row = {**row, "as": kept or None}
    return repr(sorted(row.items()))


def counted(rows):
    """Rows as a multiset."""
    return Counter(map(_row, rows))


_compared = Counter()


def pytest_terminal_summary(terminalreporter):
    """What has been compared; SBFOTA_TOLD is the file that tests/spark/run makes its table of."""
    tables, rows = _compared["tables"], _compared["rows"]
    terminalreporter.write_line(f"compared with the tool's: {tables} tables, {rows} rows")
    if "SBFOTA_TOLD" in os.environ:
        counts = [len(terminalreporter.stats.get(what, [])) for what in ("passed", "failed", "error", "skipped")]
        Path(os.environ["SBFOTA_TOLD"]).write_text(" ".join(map(str, [*counts, tables, rows])), encoding="utf-8")


def rows_of(frame):
    return frame.toArrow().to_pylist()


def same(frame, expected):
    """Nothing lacks and nothing is too much; what does is told."""
    got = counted(rows_of(frame))
    wanted = counted(expected)
    lacking, extra = wanted - got, got - wanted
    assert not lacking and not extra, (sum(lacking.values()), list(lacking)[:2], sum(extra.values()), list(extra)[:2])
    _compared.update(tables=1, rows=sum(got.values()))
    return sum(got.values())
