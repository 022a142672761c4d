# SPDX-License-Identifier: MIT
"""Batches of sources. Reading runs without the GIL, and in the main thread so that Ctrl-C ends it."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from . import _core
from ._sources import Address, Files, Stream, options_for
from ._trouble import LEARNED, UNREADABLE, LogError, tell

if TYPE_CHECKING:
    import pyarrow

PIECE = 1 << 20
_AHEAD = 2  # batches that the thread has read and nobody has taken

Source = Union[Files, Stream, Address]
Message = Tuple[int, Optional[str], str, Optional[int]]


def batches(sources: Sequence[Source], options: Dict[str, Any], errors: str) -> Iterator[_core.Batch]:
    for source in sources:
        if isinstance(source, Files):
            given = _of_files(_core.Log(source.paths, **options))
        else:
            given = _of_pieces(source, _core.Log(None, **options_for(source, options)), max(options.get("begin", 0) - 1, 0))
        for item in given:
            if isinstance(item, tuple):
                tell(*item, errors)
            else:
                yield item


def _of_files(log: _core.Log) -> Iterator[Union[_core.Batch, Message]]:
    if threading.current_thread() is not threading.main_thread():
        return _all(log)
    return _by_thread(log)


def _all(log: _core.Log) -> Iterator[Union[_core.Batch, Message]]:
    """All that comes up to the end, or until more must be fed."""
    while True:
        given = log.next()
        if given is None or given is False:
            return
        yield given


def _by_thread(log: _core.Log) -> Iterator[Union[_core.Batch, Message]]:
    """A call that reads a long file without an event would not see Ctrl-C: another thread makes it."""
    ready: "queue.Queue[Union[_core.Batch, Message, BaseException, None]]" = queue.Queue(_AHEAD)
    stopped = threading.Event()

    def put(item: Union[_core.Batch, Message, BaseException, None]) -> None:
        while not stopped.is_set():
            try:
                return ready.put(item, timeout=0.1)
            except queue.Full:
                continue

    def run() -> None:
        try:
            for item in _all(log):
                put(item)
                if stopped.is_set():
                    return
            put(None)
        except BaseException as error:  # it is raised where the batches are taken
            put(error)

    thread = threading.Thread(target=run, name="sbfota", daemon=True)
    thread.start()
    try:
        while True:
            try:
                item = ready.get(timeout=1)  # a signal just before one waits is seen when one no longer does
            except queue.Empty:
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        log.stop()
        thread.join()


def _of_pieces(source: Union[Stream, Address], log: _core.Log, skipped: int) -> Iterator[Union[_core.Batch, Message]]:
    """`skipped`: bytes before those that are fed."""
    failed: List[Message] = []
    yield from _fed(_until_trouble(source.pieces(PIECE, skipped), failed), log)
    yield from failed


def _until_trouble(pieces: Iterable[bytes], failed: List[Message]) -> Iterator[bytes]:
    """What could be read counts, as it does of files."""
    try:
        yield from pieces
    except LogError as error:
        failed.append((UNREADABLE, error.file, error.reason, error.byte))


def _fed(pieces: Iterable[bytes], log: _core.Log) -> Iterator[Union[_core.Batch, Message]]:
    for piece in pieces:
        begin = 0
        while begin < len(piece):
            taken = log.feed(piece, begin)
            begin += taken
            while True:
                given = log.next()
                if given is None:  # all of a part has been read
                    return
                if given is False:
                    break
                yield given
    log.finish()
    yield from _all(log)


def learns_again(pieces: Iterable[bytes], options: Dict[str, Any]) -> bool:
    """Is a log that these are all bytes of read in another way from some place on?"""
    log = _core.Log(None, notes=True, **options)
    for item in _fed(pieces, log):
        if isinstance(item, tuple) and item[0] == LEARNED:
            log.stop()
            return True
    return False


def attempts(given: Iterator[Any]) -> Iterator[_core.Attempts]:
    """Of batches, of events, or of rows of a table."""
    sessions = _core.Sessions()
    for item in given:
        done = sessions.feed(item) if not hasattr(item, "__arrow_c_array__") else sessions.feed_rows(*item.__arrow_c_array__())
        if done is not None:
            yield done
    done = sessions.finish()
    if done is not None:
        yield done


def as_rows(batch: "pyarrow.RecordBatch") -> "pyarrow.RecordBatch":
    """With the columns and types that sessions take. `log` may be left out: the file is then all of its log."""
    import pyarrow

    types = {"line": "int64", "offset": "int64", "length": "int64", "min": "int64", "max": "int64"}
    types.update(code="int32", seconds="int32", percent="int32", para="int32")
    known = set(batch.schema.names)
    lacking = [name for name in _core.ROWS if name not in known and name != "log"]
    if lacking:
        raise ValueError(f"events: columns that sessions are made of are not there: {', '.join(lacking)}")
    columns = []
    for name in _core.ROWS:
        to = pyarrow.list_(pyarrow.string()) if name == "flags" else getattr(pyarrow, types.get(name, "string"))()
        columns.append(_cast(batch.column(name), to) if name in known else pyarrow.nulls(batch.num_rows, to))
    return pyarrow.RecordBatch.from_arrays(columns, names=list(_core.ROWS))


def _cast(column: "pyarrow.Array", to: "pyarrow.DataType") -> "pyarrow.Array":
    """Dictionaries of string views, as polars gives them, pyarrow casts step by step only."""
    if hasattr(column, "dictionary"):
        return column.dictionary.cast(to).take(column.indices)
    return column.cast(to)


def modems(given: Iterator[Any], now: Optional[int]) -> Iterator[_core.Modems]:
    """Of batches, or of events: all at once, since where each stands is known at the end."""
    followed = _core.Modems(now)
    for item in given:
        if hasattr(item, "__arrow_c_array__"):
            followed.feed_rows(*item.__arrow_c_array__())
        else:
            followed.feed(item)
    followed.finish()
    if len(followed) > 0:
        yield followed
