# SPDX-License-Identifier: MIT
"""The queries of docs/sql.md, over Parquet of the tool and over the tables of Python: the same answers, and the simulated fleet's truth."""

import json
import re
import subprocess
from collections import Counter

import pytest
import sbfota
from conftest import ROOT, TOOL

duckdb = pytest.importorskip("duckdb")

TEXT = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
# The heading and the text of each query.
QUERIES = re.findall(r"^## (.*?)$|^```sql\n(.*?)^```$", TEXT, re.S | re.M)


def named_queries():
    heading = ""
    for title, query in QUERIES:
        heading = title or heading
        if query:
            yield pytest.param(query, id=heading)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    if not TOOL.exists():
        pytest.skip("the tool is not built: cmake --workflow --preset tool")
    folder = tmp_path_factory.mktemp("fleet")
    subprocess.run(
        [TOOL, "simulate", "--modems", "60", "--attempts", "3", "--failures", "30", "--power-losses", "40", "--host"]
        + ["--log", folder / "fleet.log", "--truth", folder / "truth.jsonl"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for command, name in (("decode", "events"), ("sessions", "attempts")):
        subprocess.run([TOOL, command, "-q", "-f", "parquet", "-o", folder / f"{name}.parquet", folder / "fleet.log"], check=True)
    return folder


def ask(query, folder, parquet):
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    if parquet:
        for name in ("events", "attempts"):
            connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.parquet'")
    else:
        events = sbfota.decode(folder / "fleet.log")
        attempts = sbfota.sessions(events)
        assert events is not None and attempts is not None
    return connection.execute(query).fetchall()


@pytest.mark.parametrize("query", list(named_queries()))
def test_queries_answer_the_same_over_parquet_and_streams(simulated, query):
    answer = ask(query, simulated, True)
    assert answer == ask(query, simulated, False)
    if "malformed" not in query:  # this fleet says nothing that is not understood
        assert answer


def test_outcomes_are_the_truth(simulated):
    truth = Counter(
        record["outcome"] for record in map(json.loads, (simulated / "truth.jsonl").read_text().splitlines()) if record["record"] == "attempt"
    )
    assert truth == dict(ask("SELECT outcome, count(*) FROM attempts GROUP BY outcome", simulated, False))
    assert truth["updated"] > 10
