# SPDX-License-Identifier: MIT
"""Columns as Spark has them: no dictionaries, no unsigned numbers, all nullable."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional

import pyarrow as pa

from .. import _core

_WORDS = {pa.string(): "string", pa.int32(): "int", pa.int64(): "bigint", pa.bool_(): "boolean"}


class _Capsule:
    """What has been made, for pyarrow."""

    def __init__(self, schema: Optional[object] = None, stream: Optional[object] = None) -> None:
        self._schema = schema
        self._stream = stream

    def __arrow_c_schema__(self) -> object:
        return self._schema

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._stream


def columns(rows: "_core._Rows", names: Optional[str] = None) -> Dict[str, str]:
    """Columns of the library in their order, and their types in Spark. ValueError: there is none of a name."""
    schema = pa.schema(_Capsule(schema=_core.schema(names, True, rows)))
    return {field.name: _word(field.type) for field in schema}


def _word(of: pa.DataType) -> str:
    if pa.types.is_timestamp(of):
        return "timestamp"
    return "array<string>" if pa.types.is_list(of) else _WORDS[of]


def as_ddl(types: Dict[str, str]) -> str:
    return ", ".join(f"`{name}` {word}" for name, word in types.items())


def _arrow(word: str) -> pa.DataType:
    if word == "timestamp":
        return pa.timestamp("us", tz="UTC")
    if word == "array<string>":
        return pa.list_(pa.field("element", pa.string(), nullable=True))
    return next(of for of, known in _WORDS.items() if known == word)


def as_spark(batch: pa.RecordBatch, types: Dict[str, str]) -> pa.RecordBatch:
    """The columns that are asked for, in that order, of exactly the types that Spark compares with."""
    schema = pa.schema([pa.field(name, _arrow(word)) for name, word in types.items()])
    arrays: List[pa.Array] = [batch.column(field.name).cast(field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def batches_of(items: Iterator[Any], rows: "_core._Rows") -> Iterator[pa.RecordBatch]:
    """Of attempts, or of modems."""
    stream = _core.stream(items, None, None, True, False, rows)
    types = columns(rows)
    for batch in pa.RecordBatchReader.from_stream(_Capsule(stream=stream)):
        yield as_spark(batch, types)
