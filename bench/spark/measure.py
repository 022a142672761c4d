# SPDX-License-Identifier: MIT
"""Processor time of the tool and of Spark for the same work on the same files: bench/fleet.

    measure.py TOOL FOLDER     FOLDER has plain/ and gz/, the same logs in both
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession

import sbfota.spark

ROUNDS = 2  # the better counts: of Spark's, the first is also its compilers'
SPLIT_BYTES = 32 << 20  # so that files are split, and their lines counted
TICK = os.sysconf("SC_CLK_TCK")


def seconds_of_tool(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_of_session():
    """Processor time of all processes of this session, and of those that they have waited for: this one, the JVM, its Python workers."""
    own = os.getsid(0)
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == own:
            total += sum(map(int, fields[11:15]))
    return total / TICK


def measured(work):
    best = float("inf")
    for _ in range(ROUNDS):
        before = seconds_of_session()
        work()
        best = min(best, seconds_of_session() - before)
    return best


def main(tool, folder):
    folder = Path(folder)
    os.setsid()
    files = {kind: sorted(map(str, (folder / kind).iterdir())) for kind in ("plain", "gz")}
    bytes_of_one, bytes_of_gz = (os.path.getsize(files[kind][0]) for kind in ("plain", "gz"))
    more = len(files["plain"]) - 1
    hours = 1e12 / (more * bytes_of_one) / 3600

    began = seconds_of_session()
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    sbfota.spark.register(spark)
    spark.range(10).count()
    started = seconds_of_session() - began

    def load(names):
        return spark.read.format("sbfota").option("splitBytes", SPLIT_BYTES).load(names)

    def store(names):
        load(names).write.mode("overwrite").parquet(str(folder / "events"))

    def follow(names):
        sbfota.spark.sessions(load(names), files=names).write.mode("overwrite").parquet(str(folder / "sessions"))

    def tool_seconds(command, names):
        out = folder / "out.parquet"
        return min(seconds_of_tool(tool, command, "-q", "-j2", "-f", "parquet", "-o", out, *names) for _ in range(ROUNDS))

    size = bytes_of_one * (more + 1) / 2**20
    print(f"{size:.0f} MiB of log in {more + 1} files, 2 % of the lines ours, gz {bytes_of_one / bytes_of_gz:.1f} to 1; ", end="")
    print(f"Spark {spark.version}, local[2]: its start takes {started:.1f} s of processor time\n")
    print("                              core-hours a terabyte of log   Spark: seconds a")
    print("                                tool    Spark  Spark/tool     job takes anyway")
    for title, command, kind, work in [
        ("events to Parquet, plain", "decode", "plain", store),
        ("events to Parquet, gz", "decode", "gz", store),
        ("sessions to Parquet, plain", "sessions", "plain", follow),
        ("sessions to Parquet, gz", "sessions", "gz", follow),
    ]:
        # What grows with the log: all files but what one of them takes.
        first, all_files = files[kind][:1], files[kind]
        tool_more = tool_seconds(command, all_files) - tool_seconds(command, first)
        one = measured(lambda: work(first))
        spark_more = measured(lambda: work(all_files)) - one
        anyway = one - spark_more / more
        print(f"{title:28} {tool_more * hours:8.2f} {spark_more * hours:8.2f} {spark_more / tool_more:11.1f} {anyway:20.1f}", flush=True)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
