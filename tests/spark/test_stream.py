# SPDX-License-Identifier: MIT
"""Files that come while a query runs, and while it does not: each once, across a restart from the checkpoint."""

import gzip

import logs
from conftest import rows_of, same, table_of_tool

import sbfota.spark


def test_new_files_are_picked_up_also_behind_a_restart(spark, tmp_path, capsys):
    come, lake, checkpoint = (tmp_path / name for name in ("come", "lake", "checkpoint"))
    come.mkdir()
    told = []

    def put(name, seed):
        """As a file comes: whole, by its name."""
        data = logs.as_lines(f"{time} {rest}" for time, rest in logs.simulated("--modems", 3, "--seed", seed, "--name", f"m{seed}-"))
        there = tmp_path / name
        there.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        there.rename(come / name)

    def start():
        source = spark.readStream.format("sbfota").option("splitBytes", 10000).load(str(come))
        return source.writeStream.format("parquet").option("checkpointLocation", str(checkpoint)).start(str(lake))

    def look(query, what):
        query.processAllAvailable()
        count = same(spark.read.parquet(str(lake)), table_of_tool("decode", "-r", come))
        told.append(f"{what}: {count} events of {len(list(come.iterdir()))} files")

    put("a.log", 1)
    put("b.log.gz", 2)
    query = start()
    try:
        look(query, "started")
        put("c.log", 3)
        look(query, "one more file while it runs")
        query.stop()
        put("0.log", 4)
        put("d.log.gz", 5)
        query = start()
        look(query, "stopped, two more files, started again")
        put("e.log", 6)
        look(query, "one more")
        query.stop()
        query = start()
        look(query, "stopped and started, nothing new")
    finally:
        query.stop()
    events = spark.read.parquet(str(lake))
    same(sbfota.spark.sessions(events), table_of_tool("sessions", "-r", come))
    assert len(rows_of(events)) > 200
    with capsys.disabled():
        print("\n" + "\n".join(told))
