# SPDX-License-Identifier: MIT
"""Update sessions and modems of a DataFrame of events."""

from __future__ import annotations

import datetime
from typing import Iterable, Iterator, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .. import _read
from .._tables import SESSION_COLUMNS, milliseconds
from ._files import followed
from ._types import as_ddl, batches_of, columns


def _attempts(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of whole modems, each modem's in their order, to attempts. The state is some 300 bytes a modem."""
    return batches_of(_read.attempts(map(_read.as_rows, batches)), "attempts")


def _in_order(events: DataFrame, partitions: Optional[int], files: Optional[Iterable[str]]) -> DataFrame:
    """Each modem's events in one partition, in the order in which they are followed."""
    lacking = [name for name in SESSION_COLUMNS if name not in events.columns]
    if lacking:
        raise ValueError(f"events: columns that sessions are made of are not there: {', '.join(lacking)}")
    if files is None:
        names = [row[0] for row in events.select("file").distinct().collect() if row[0] is not None]
        order = followed(names)
    else:
        given = list(files)
        logs = dict(followed(given))
        order = [(name, logs[name]) for name in dict.fromkeys(given)]
    rows = [(name, place, log or None) for place, (name, log) in enumerate(order)]
    places = events.sparkSession.createDataFrame(rows, "file string, place int, log string")
    known = events.select(*SESSION_COLUMNS).join(F.broadcast(places), "file", "left")
    who = F.coalesce("modem", "log", "file")
    dealt = known.repartition(who) if partitions is None else known.repartition(partitions, who)
    return dealt.sortWithinPartitions("place", "offset").drop("place")


def sessions(events: DataFrame, *, partitions: Optional[int] = None, files: Optional[Iterable[str]] = None) -> DataFrame:
    """The update attempts of events: a row each, with the columns of `sbfota sessions -f arrow`.

    events: of the data source, or of a table that was written of it, with the columns sbfota.SESSION_COLUMNS.
    partitions: how many the modems are dealt out to; spark.sql.shuffle.partitions by default.
    files: their names, as the column `file` has them, in the order in which they are followed. By default the events are asked for them, in
        a job of its own, and the order is that of `sbfota sessions -r`: by name, the files that one log was put away in oldest first.

    A modem's events are brought together by one shuffle, and put in order there. ValueError: a column lacks.
    """
    return _in_order(events, partitions, files).mapInArrow(_attempts, as_ddl(columns("attempts")))


def modems(
    events: DataFrame,
    *,
    now: Optional[datetime.datetime] = None,
    partitions: Optional[int] = None,
    files: Optional[Iterable[str]] = None,
) -> DataFrame:
    """Where each modem of events stands, as of its last one: a row each, with the columns of `sbfota modems -f arrow`.

    events, partitions, files: as of `sessions`.
    now: up to when silence counts, with a zone. By default it is the latest time of all events, which only one task can know: then one
        task follows them all, with some 500 bytes a modem, and there are no partitions to choose.

    ValueError: a column lacks; `now` has no zone; `partitions` without `now`.
    """
    if now is None and partitions is not None:
        raise ValueError("partitions: only with now, since one task must know the latest time of all events")
    up_to = milliseconds(now)

    def follow(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batches_of(_read.modems(map(_read.as_rows, batches), up_to), "modems")

    return _in_order(events, 1 if now is None else partitions, files).mapInArrow(follow, as_ddl(columns("modems")))


__all__ = ["modems", "sessions"]
