# SPDX-License-Identifier: MIT
"""Update sessions of a DataFrame of events."""

from __future__ import annotations

from typing import Iterable, Iterator, Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .._read import attempts_of_rows
from .._tables import SESSION_COLUMNS
from ._files import followed
from ._types import as_ddl, as_spark, batches_of, columns


def _fold(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of whole modems, each modem's in their order, to attempts. The state is some 300 bytes a modem."""
    types = columns(True)
    for batch in batches_of(attempts_of_rows(batches)):
        yield as_spark(batch, types)


def sessions(events: DataFrame, *, partitions: Optional[int] = None, files: Optional[Iterable[str]] = None) -> DataFrame:
    """The update attempts of events: a row each, with the columns of `sbfota sessions -f arrow`.

    events: of the data source, or of a table that was written of it, with the columns sbfota.SESSION_COLUMNS.
    partitions: how many the modems are dealt out to; spark.sql.shuffle.partitions by default.
    files: their names, as the column `file` has them, in the order in which they are followed. By default the events are asked for them, in
        a job of its own, and the order is that of `sbfota sessions -r`: by name, the files that one log was put away in oldest first.

    A modem's events are brought together by one shuffle, and put in order there. ValueError: a column lacks.
    """
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
    ordered = dealt.sortWithinPartitions("place", "offset")
    return ordered.drop("place").mapInArrow(_fold, as_ddl(columns(True)))


__all__ = ["sessions"]
