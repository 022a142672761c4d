# SPDX-License-Identifier: MIT
"""A fleet's logs in Spark: a folder of logs to a lake of events, to update sessions, to the modems that are not updated, and why.

    spark-submit examples/fleet_spark.py LOGS LAKE
"""

import sys

from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

import sbfota.spark


def store_events(spark: SparkSession, logs: str, lake: str) -> DataFrame:
    """The events of all logs, as Parquet by date. What has no date stands under null."""
    sbfota.spark.register(spark)
    events = spark.read.format("sbfota").option("recursive", "true").load(logs)
    dated = events.withColumn("date", F.to_date("time"))
    dated.write.mode("overwrite").partitionBy("date").parquet(f"{lake}/events")
    return spark.read.parquet(f"{lake}/events")


def store_sessions(spark: SparkSession, events: DataFrame, lake: str) -> DataFrame:
    """All attempts to update. Each modem's events are followed in the order of the logs, over all dates: an attempt may last for days."""
    sbfota.spark.sessions(events).write.mode("overwrite").parquet(f"{lake}/sessions")
    return spark.read.parquet(f"{lake}/sessions")


def not_updated(events: DataFrame, attempts: DataFrame) -> DataFrame:
    """The modems whose last attempt was no success, and those that have not tried: when, how far, and why."""
    last = Window.partitionBy("modem").orderBy(F.desc("started"), F.desc("from_line"))
    latest = attempts.withColumn("place", F.row_number().over(last)).where("place = 1")
    tried = Window.partitionBy("modem")
    counts = attempts.select("modem", F.count("*").over(tried).alias("attempts")).distinct()
    modems = events.where("modem is not null").groupBy("modem").agg(F.max("time").alias("last_seen"))
    return (
        modems.join(latest, "modem", "left")
        .join(counts, "modem", "left")
        .where("outcome is null or outcome <> 'updated'")
        .select(
            "modem",
            F.coalesce("outcome", F.lit("not tried")).alias("outcome"),
            F.coalesce("text", F.concat_ws(", ", "problems")).alias("why"),
            "phase",
            "percent",
            F.coalesce("attempts", F.lit(0)).alias("attempts"),
            "started",
            "last_seen",
        )
        .orderBy("outcome", "modem")
    )


def main(logs: str, lake: str) -> None:
    spark = SparkSession.builder.appName("fleet").config("spark.sql.session.timeZone", "UTC").getOrCreate()
    events = store_events(spark, logs, lake)
    attempts = store_sessions(spark, events, lake)
    attempts.groupBy("outcome").count().orderBy(F.desc("count")).show()
    not_updated(events, attempts).show(50, truncate=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
