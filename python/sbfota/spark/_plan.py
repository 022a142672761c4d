# SPDX-License-Identifier: MIT
"""What each task reads: pieces of files, files, and files of one log. Nothing here needs Spark."""

from __future__ import annotations

import io
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any, Dict, Iterator, List, Optional, Sequence

import pyarrow as pa

from .. import _core
from .._read import learns_again
from .._sources import make_plan
from .._tables import decode
from ._files import File, in_logs, is_address

SPLIT_BYTES = 128 << 20
_OPENING = 4 << 20  # bytes that could be read while a file is opened: what many small files cost
_PIECE = 1 << 20
_HEAD = 4 << 20  # read with and without a plan, for what lies so near that no note tells of it
_THREADS = 8  # that look at files at once


@dataclass
class Piece:
    """Files that are one log, or a part of one file."""

    paths: List[str]
    plan: Optional[_core.Plan] = None  #: of a part
    begin: int = 0
    end: int = 0  #: 0: up to the end
    lines: int = 0  #: of the file before the part


@dataclass
class How:
    """What the options say."""

    split_bytes: int = SPLIT_BYTES
    apart: bool = False  #: each file by itself, also those of one log
    count_lines: bool = True  #: of files that are split, to tell lines of the file
    reading: Dict[str, Any] = field(default_factory=dict)  #: form, modem and so on, as `decode` takes them

    @property
    def planning(self) -> Dict[str, Any]:
        """What a plan must know."""
        known = ("form", "modem", "text_field", "time_field", "modem_field", "modem_token")
        return {name: value for name, value in self.reading.items() if name in known}


def partitions(files: Sequence[File], how: How) -> List[List[Piece]]:
    """What there is to read, in parts of some split_bytes: small files together, those of one log always, a large one in pieces where its
    lines can be understood by themselves."""
    sizes = {file.name: file.size for file in files}
    logs = [[name] for name in sizes] if how.apart else _logs(list(sizes))
    large = [log[0] for log in logs if len(log) == 1 and sizes[log[0]] > how.split_bytes]
    with ThreadPoolExecutor(_THREADS) as pool:
        pieces = dict(zip(large, pool.map(lambda name: _pieces(File(name, sizes[name]), how), large)))
    made: List[List[Piece]] = []
    small: List[Piece] = []
    room = how.split_bytes
    for log in logs:
        if len(pieces.get(log[0], [])) > 1:
            made += [[piece] for piece in pieces[log[0]]]
            continue
        size = sum(sizes[name] + _OPENING for name in log)
        if small and size > room:
            made.append(small)
            small, room = [], how.split_bytes
        small.append(Piece(log))
        room -= size
    return made + ([small] if small else [])


def _logs(names: List[str]) -> List[List[str]]:
    told = enumerate(in_logs(names))
    groups = itertools.groupby(told, key=lambda item: item[1][1] or item[0])
    return [[name for _, (name, _) in group] for _, group in groups]


def _pieces(file: File, how: How) -> List[Piece]:
    plan = make_plan(file.name, **how.planning)
    if not plan.splits or not _holds_at_first(file.name, plan, how):
        return [Piece([file.name])]
    begins = list(range(0, file.size, how.split_bytes))
    with _open(file.name) as opened:
        lines = _Lines(opened, begins)
        if how.count_lines and learns_again(lines, how.planning):
            return [Piece([file.name])]
    ends = begins[1:] + [file.size]
    return [Piece([file.name], plan, begin, end, before) for begin, end, before in zip(begins, ends, lines.before)]


def _holds_at_first(name: str, plan: _core.Plan, how: How) -> bool:
    """Is the begin of a log read with its plan as it is without?"""
    with _open(name) as file:
        head = b"".join(_read(file, _HEAD))
    tables = [decode(io.BytesIO(head), plan=known, plain=True, **how.planning).to_arrow() for known in (plan, None)]
    return bool(tables[0].equals(tables[1]))


class _Lines:
    """The bytes of a file, and how many lines begin before each of some places: the first, and one behind each line feed."""

    def __init__(self, file: IO[bytes], begins: List[int]) -> None:
        self._file = file
        self._begins = begins
        self.before = [0] * len(begins)

    def __iter__(self) -> Iterator[bytes]:
        count = 1
        at = 0
        for place, begin in enumerate(self._begins[1:], 1):
            for piece in _read(self._file, begin - 1 - at):
                count += piece.count(b"\n")
                yield piece
            at = begin - 1
            self.before[place] = count
        yield from _read(self._file, sys.maxsize)


def _open(name: str) -> IO[bytes]:
    if not is_address(name):
        return open(name, "rb")
    import fsspec

    return fsspec.open(name, "rb").open()  # type: ignore[no-any-return]


def _read(file: IO[bytes], length: int) -> Iterator[bytes]:
    while length > 0:
        piece = file.read(min(_PIECE, length))
        if not piece:
            return
        length -= len(piece)
        yield piece
