# SPDX-License-Identifier: MIT
"""examples/fleet_spark.py on a simulated fleet, against what its modems did."""

import importlib.util
import json
from collections import Counter

from conftest import ROOT, rows_of, run_tool

MODEMS = 2000


def test_the_example_tells_what_the_fleet_did(spark, tmp_path, capsys):
    given = importlib.util.spec_from_file_location("fleet_spark", ROOT / "examples" / "fleet_spark.py")
    example = importlib.util.module_from_spec(given)
    given.loader.exec_module(example)

    logs, truth, lake = tmp_path / "logs", tmp_path / "truth.jsonl", str(tmp_path / "lake")
    logs.mkdir()
    run_tool("simulate", "--modems", MODEMS, "--failures", 20, "--power-losses", 10, "--log", logs / "fleet.log", "--truth", truth)
    did = [json.loads(line) for line in truth.read_text().splitlines()]
    attempts = [row for row in did if row["record"] == "attempt"]
    modems = [row for row in did if row["record"] == "modem"]

    events = example.store_events(spark, str(logs), lake)
    stored = example.store_sessions(spark, events, lake)
    fields = ("modem", "outcome", "phase", "percent", "poll_code", "http_code", "update_code", "report_code", "resumes", "accepted", "delay")
    told = Counter(tuple(row[name] for name in fields) for row in rows_of(stored))
    assert told == Counter(tuple(row.get(name) for name in fields) for row in attempts)

    table = rows_of(example.not_updated(events, stored))
    assert {row["modem"]: row["outcome"] for row in table} == {row["modem"]: row["outcome"] for row in modems if row["outcome"] != "updated"}
    assert all(row["why"] for row in table if row["outcome"].endswith("failed"))
    with capsys.disabled():
        outcomes = Counter(row["outcome"] for row in table)
        print(f"\n{MODEMS} modems, {len(attempts)} attempts as they were; not updated: {dict(outcomes)}")
