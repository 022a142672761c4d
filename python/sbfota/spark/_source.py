# SPDX-License-Identifier: MIT
"""The data source `sbfota`."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Tuple

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import SparkSession
from pyspark.sql.datasource import DataSource, DataSourceReader, DataSourceStreamReader, InputPartition
from pyspark.sql.types import StructType

from .._tables import decode
from ._files import find
from ._plan import SPLIT_BYTES, How, Piece, partitions
from ._types import as_ddl, as_spark, columns

# option: parameter of `decode`, and what makes it of a text
_READING = {
    "form": ("form", str),
    "modem": ("modem", str),
    "modemfromfile": ("modem_from_file", "flag"),
    "textfield": ("text_field", str),
    "timefield": ("time_field", str),
    "modemfield": ("modem_field", str),
    "modemtoken": ("modem_token", int),
    "raw": ("raw", "flag"),
    "errors": ("errors", str),
}
_OWN = ("path", "paths", "columns", "splitbytes", "recursive", "apart", "lines")


def register(spark: SparkSession) -> None:
    """Make `spark.read.format("sbfota")` and `spark.readStream.format("sbfota")` known to a session."""
    spark.dataSource.register(SbfotaDataSource)


@dataclass
class Share(InputPartition):
    """What one task reads."""

    pieces: List[Piece] = field(default_factory=list)


class SbfotaDataSource(DataSource):
    """The events of logs. Options (upper and lower case are alike):

    columns: names with a comma between; all by default. Spark does not tell what is used of a row, so that this saves work.
    splitBytes: how much a task reads, bytes; 128 MiB by default.
    recursive: of a folder, the files in folders too. apart: files that one log was put away in are read each by itself.
    lines: "file" (as `sbfota` counts them; files that are split are read once more for that, where the source is planned), or "split".
    form, modem, modemFromFile, textField, timeField, modemField, modemToken, raw, errors: as those of sbfota.decode.
    """

    @classmethod
    def name(cls) -> str:
        return "sbfota"

    def schema(self) -> str:
        options = _lower(self.options)
        asked = options.get("columns")
        known = columns("events")
        if asked is None:
            return as_ddl(known)
        names = [name.strip() for name in asked.split(",")]
        columns("events", ",".join(names))  # ValueError for what there is not
        return as_ddl({name: known[name] for name in names})

    def reader(self, schema: StructType) -> "Reader":
        return Reader(self.options, schema)

    def streamReader(self, schema: StructType) -> "StreamReader":
        return StreamReader(self.options, schema)


def _lower(options: Mapping[str, str]) -> Dict[str, str]:
    return {name.lower(): value for name, value in options.items()}


def _flag(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"option {name}: true or false, not {text!r}")
    return text.lower() == "true"


def _number(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"option {name}: a whole number, not {text!r}") from None


def _reading(options: Mapping[str, str]) -> Dict[str, Any]:
    reading: Dict[str, Any] = {}
    for option, (name, make) in _READING.items():
        if option not in options:
            continue
        text = options[option]
        reading[name] = _flag(option, text) if make == "flag" else _number(option, text) if make is int else text
    return reading


class _Logs:
    """The options, and reading by them."""

    def __init__(self, options: Mapping[str, str], schema: StructType, apart: bool) -> None:
        given = _lower(options)
        wrong = sorted(name for name in given if name not in _OWN and name not in _READING)
        if wrong:
            raise ValueError(f"option {wrong[0]}: there is none of this name")
        self.paths = json.loads(given["paths"]) if "paths" in given else [given["path"]] if "path" in given else []
        if not self.paths:
            raise ValueError("no path: load(path), or load([path, ...])")
        self.recursive = _flag("recursive", given.get("recursive", "false"))
        self.types = {field.name: field.dataType.simpleString() for field in schema.fields}
        known = columns("events")
        for name, word in self.types.items():
            if known.get(name) != word:
                raise ValueError(f"column {name} {word}: sbfota has {'none of this name' if name not in known else known[name]}")
        lines = given.get("lines", "file")
        if lines not in ("file", "split"):
            raise ValueError(f'option lines: "file" or "split", not {lines!r}')
        split_bytes = _number("splitBytes", given.get("splitbytes", str(SPLIT_BYTES)))
        if split_bytes < 1:
            raise ValueError("option splitBytes: 1 or more")
        self.how = How(
            split_bytes=split_bytes,
            apart=apart or _flag("apart", given.get("apart", "false")),
            count_lines=lines == "file" and "line" in self.types,
            reading=_reading(given),
        )
        decode([], **self.how.reading)  # ValueError here, not in each task

    def read(self, share: InputPartition) -> Iterator[pa.RecordBatch]:
        for piece in getattr(share, "pieces", []):
            yield from self._read(piece)

    def _read(self, piece: Piece) -> Iterator[pa.RecordBatch]:
        events = decode(
            piece.paths,
            columns=list(self.types),
            plain=True,
            plan=piece.plan,
            begin=piece.begin,
            end=piece.end,
            **self.how.reading,
        )
        for batch in pa.RecordBatchReader.from_stream(events):
            if piece.lines:
                at = batch.schema.get_field_index("line")
                batch = batch.set_column(at, "line", pc.add(batch.column(at), piece.lines))
            yield as_spark(batch, self.types)


class Reader(DataSourceReader):
    """Of spark.read."""

    def __init__(self, options: Mapping[str, str], schema: StructType) -> None:
        self._logs = _Logs(options, schema, apart=False)

    def partitions(self) -> List[InputPartition]:
        logs = self._logs
        return [Share(pieces) for pieces in partitions(find(logs.paths, logs.recursive), logs.how)]

    def read(self, partition: InputPartition) -> Iterator[pa.RecordBatch]:
        return self._logs.read(partition)


def _pack(names: List[str]) -> str:
    return base64.b64encode(zlib.compress("\0".join(names).encode("utf-8", "surrogateescape"), 9)).decode()


def _unpack(packed: str) -> List[str]:
    text = zlib.decompress(base64.b64decode(packed)).decode("utf-8", "surrogateescape")
    return text.split("\0") if text else []


class StreamReader(DataSourceStreamReader):
    """Of spark.readStream: files that have come since the last batch, each by itself and once.

    An offset holds the names of all files that were there, some ten bytes each: what has been read is known from the checkpoint alone,
    whatever the files' times are."""

    def __init__(self, options: Mapping[str, str], schema: StructType) -> None:
        self._logs = _Logs(options, schema, apart=True)

    def initialOffset(self) -> Dict[str, Any]:
        return _offset([])

    def latestOffset(self, *unused: Any) -> Dict[str, Any]:
        try:
            files = find(self._logs.paths, self._logs.recursive)
        except FileNotFoundError:
            files = []
        return _offset([file.name for file in files])

    def partitions(self, start: Dict[str, Any], end: Dict[str, Any]) -> List[InputPartition]:
        known = set(_unpack(start["names"]))
        names = [name for name in _unpack(end["names"]) if name not in known]
        files = [file for name in names for file in find([name], False)]
        return [Share(pieces) for pieces in partitions(files, self._logs.how)]

    def read(self, partition: InputPartition) -> Iterator[pa.RecordBatch]:
        return self._logs.read(partition)

    def commit(self, end: Dict[str, Any]) -> None:
        pass


def _offset(names: List[str]) -> Dict[str, Any]:
    return {"files": len(names), "names": _pack(sorted(names))}


__all__ = ["SbfotaDataSource", "register"]
