# SPDX-License-Identifier: MIT
"""Tables of events, of sessions and of modems, which are read each time they are asked for."""

from __future__ import annotations

import datetime
import html
import itertools
from typing import TYPE_CHECKING, Any, Dict, Generic, Iterable, Iterator, List, Optional, Sequence, TypeVar, Union

from . import _core
from ._read import as_rows, attempts, batches
from ._read import modems as modems_of
from ._sources import Address, Files, Source, Stream, described, find, is_one, total_bytes

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Row = TypeVar("Row")
_SHOWN = 10  # rows of a table in a notebook
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class _Table(Generic[Row]):
    """What pyarrow, polars, pandas and DuckDB read as it is: it has __arrow_c_stream__, and can be read as often as one likes."""

    _rows: "_core._Rows" = "events"
    _plain = False
    _raw = False
    _columns: Optional[str] = None
    _known: Optional[int] = None  # rows, once all have been read

    def _batches(self) -> Iterator[Union[_core.Batch, _core.Attempts, _core.Modems]]:
        raise NotImplementedError

    def _counted(self) -> Iterator[Any]:
        rows = 0
        for batch in self._batches():
            rows += len(batch)
            yield batch
        self._known = rows

    def _stream(self, raised: Optional[List[BaseException]], plain: bool) -> object:
        return _core.stream(self._counted(), raised, self._columns, plain, self._raw, self._rows)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """An Arrow C stream in a capsule. What is asked of its type is not heeded, as the protocol allows."""
        return self._stream(None, self._plain)

    def __arrow_c_schema__(self) -> object:
        """Its type in a capsule; nothing is read."""
        return _core.schema(self._columns, self._plain, self._rows)

    def to_arrow(self) -> "pyarrow.Table":
        """A pyarrow.Table with all rows. LogError as by iteration. pyarrow is needed."""
        import pyarrow

        return self._taken(lambda source: pyarrow.RecordBatchReader.from_stream(source).read_all(), self._plain)

    def to_polars(self) -> "polars.DataFrame":
        """A polars.DataFrame with all rows. LogError as by iteration. polars is needed."""
        import polars

        frame: "polars.DataFrame" = self._taken(polars.DataFrame, self._plain)
        return frame

    def to_pandas(self, **options: Any) -> "pandas.DataFrame":
        """A pandas.DataFrame with all rows; `options` are those of pyarrow.Table.to_pandas. LogError as by iteration. pandas and pyarrow
        are needed."""
        import pyarrow

        table = self._taken(lambda source: pyarrow.RecordBatchReader.from_stream(source).read_all(), True)
        return table.to_pandas(**options)

    def _taken(self, consume: Any, plain: bool) -> Any:
        """What a consumer makes of the stream; our own exceptions instead of its."""
        raised: List[BaseException] = []
        try:
            taken = consume(_Once(self._stream(raised, plain)))
        except BaseException:  # polars before 2 panics, which is no Exception
            if raised:
                raise raised[0] from None
            raise
        if raised:
            raise raised[0]
        return taken

    def __iter__(self) -> Iterator[Row]:
        raise NotImplementedError

    def __len__(self) -> int:
        """Rows, once all have been read.

        TypeError: they have not."""
        if self._known is None:
            raise TypeError("how many rows there are is not known before they have been read")
        return self._known

    def __bool__(self) -> bool:
        return True

    def __length_hint__(self) -> int:
        return 0 if self._known is None else self._known

    def _title(self) -> str:
        raise NotImplementedError

    def __repr__(self) -> str:
        known = "" if self._known is None else f", {self._known} rows"
        return f"<sbfota.{type(self).__name__} of {self._title()}{known}>"

    def _row_dict(self, row: Row) -> Dict[str, Any]:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        rows = [self._row_dict(row) for row in itertools.islice(self, _SHOWN)]
        keys = list(dict.fromkeys(key for row in rows for key in row))
        head = "".join(f"<th>{html.escape(key)}</th>" for key in keys)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(row.get(key)))}</td>" for key in keys) + "</tr>" for row in rows
        )
        return f"<p>{html.escape(repr(self))}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


class _Once:
    """A stream that has been made, for a consumer."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._capsule


class Events(_Table[_core.Event]):
    """The events of logs, as `decode` makes it: a table with a row each. Iterated, it gives Event objects with all fields."""

    def __init__(
        self,
        sources: Sequence[Union[Files, Stream, Address]],
        options: Dict[str, Any],
        columns: Optional[str],
        raw: bool,
        plain: bool,
        errors: str,
        progress: bool,
    ) -> None:
        self._sources = sources
        self._options = options
        self._columns = columns
        self._raw = raw
        self._plain = plain
        self._errors = errors
        self._progress = progress

    def _batches(self) -> Iterator[_core.Batch]:
        given = batches(self._sources, self._options, self._errors)
        return _with_bar(given, self._title()) if self._progress else given

    def __iter__(self) -> Iterator[_core.Event]:
        for batch in self._counted():
            yield from batch.events()

    def _row_dict(self, row: _core.Event) -> Dict[str, Any]:
        return row.asdict()

    def _title(self) -> str:
        return described(self._sources)


class Sessions(_Table[Dict[str, Any]]):
    """The update attempts of logs, as `sessions` makes it: a table with a row each. Iterated, it gives a dict each, with the keys of
    `sbfota sessions -f jsonl`."""

    _rows = "attempts"

    def __init__(self, events: Any, columns: Optional[str], plain: bool) -> None:
        self._events = events
        self._columns = columns
        self._plain = plain

    def _batches(self) -> Iterator[_core.Attempts]:
        return attempts(_items_of(self._events))

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        for batch in self._counted():
            yield from batch.records()

    def _row_dict(self, row: Dict[str, Any]) -> Dict[str, Any]:
        return row

    def _title(self) -> str:
        return self._events._title() if isinstance(self._events, Events) else "events"


class Modems(_Table[Dict[str, Any]]):
    """The modems of logs, as `modems` makes it: a table with a row each. Iterated, it gives a dict each, with the keys of
    `sbfota modems -f jsonl`."""

    _rows = "modems"

    def __init__(
        self, events: Any, columns: Optional[str], plain: bool, now: Optional[int]
    ) -> None:
        self._events = events
        self._columns = columns
        self._plain = plain
        self._now = now

    def _batches(self) -> Iterator[_core.Modems]:
        return modems_of(_items_of(self._events), self._now)

    def __iter__(self) -> Iterator[Dict[str, Any]]:
        for batch in self._counted():
            yield from (batch[number] for number in range(len(batch)))

    def _row_dict(self, row: Dict[str, Any]) -> Dict[str, Any]:
        return row

    def _title(self) -> str:
        return self._events._title() if isinstance(self._events, Events) else "events"


def _items_of(events: Any) -> Iterator[Any]:
    """What attempts and modems are followed by: batches, rows, or events."""
    if isinstance(events, Events):
        return events._batches()
    if hasattr(events, "__arrow_c_stream__"):
        import pyarrow

        return map(as_rows, pyarrow.RecordBatchReader.from_stream(events))
    return iter(events)


def _with_bar(given: Iterator[_core.Batch], title: str) -> Iterator[_core.Batch]:
    from tqdm.auto import tqdm

    with tqdm(desc=title[:40], unit=" events") as bar:
        for batch in given:
            bar.update(len(batch))
            yield batch


def _column_list(columns: Optional[Iterable[str]], rows: "_core._Rows") -> Optional[str]:
    if columns is None:
        return None
    names = ",".join([columns] if isinstance(columns, str) else columns)
    _core.schema(names, False, rows)  # ValueError now, not at the first row
    return names


def decode(
    paths: Union[Source, Iterable[Source]],
    *,
    columns: Optional[Iterable[str]] = None,
    form: Optional[str] = None,
    modem: Optional[str] = None,
    modem_from_file: bool = False,
    all: bool = False,
    raw: bool = False,
    recursive: bool = False,
    as_named: bool = False,
    text_field: Optional[str] = None,
    time_field: Optional[str] = None,
    modem_field: Optional[str] = None,
    modem_token: int = 0,
    threads: int = 0,
    plain: bool = False,
    errors: str = "raise",
    progress: bool = False,
    plan: Optional[_core.Plan] = None,
    begin: int = 0,
    end: int = 0,
) -> Events:
    """The events of logs. Nothing is read before the table is.

    paths: one source or several: paths of files and folders (str, bytes, Path), file objects in binary mode, addresses of fsspec
        ("s3://bucket/gateway-*.log.gz"). Plain text, gzip and zstd are opened by content. Logs that were put away (modem.log.1,
        modem.log.2.gz) are read as one, oldest first, if their paths stand together.
    columns: names of the columns of the table; they come in the order of docs/events.md. All by default.
    form: name of the logs' form, as `sbfota decode --capture help` lists them; recognised by default.
    modem: whose a log is that names no modem. modem_from_file: its file's name, without folders and ending.
    all: every line is an event, not only SBFOTA's messages, boots, and commands with their answers.
    raw: the column `raw` has the text of every event.
    recursive: of folders, the files in them, however deep; else a folder cannot be read.
    as_named: files of one log in the order of their names, not of their times.
    text_field, time_field, modem_field: fields of JSON Lines, logfmt and CSV; the usual ones by default.
    modem_token: which token before a text names the modem, from 1; 0 to learn it, -1 for none.
    threads: that read, 0 to 1024; 0 and 1: one.
    plain: text columns without dictionaries, for consumers that have no such type.
    errors: "raise": a file that cannot be read raises LogError when it is come to; "warn": DamagedWarning, and the others are read.
        What is damaged is always a DamagedWarning.
    progress: a bar of tqdm, if that is there, while the table is read.
    plan: how to read the one file, as `make_plan` has found it out with the same options. begin, end: the part of the file to read, in
        bytes; what begins in it are its lines. end 0: up to the end. Without `all` and `recursive`.

    ValueError: an option or a column that there is not, or a part of what cannot be read in parts. TypeError: what is no source. Reading raises LogError, and what a file object
    raises; KeyboardInterrupt ends it.
    """
    if errors not in ("raise", "warn"):
        raise ValueError(f'errors: "raise" or "warn", not {errors!r}')
    if not is_one(paths) and not isinstance(paths, Iterable):
        raise TypeError(f"paths: a path, a file object or several, not {type(paths).__name__}")
    options: Dict[str, Any] = {
        "form": form,
        "modem": modem,
        "modem_from_file": modem_from_file,
        "all": all,
        "recursive": recursive,
        "as_named": as_named,
        "text_field": text_field,
        "time_field": time_field,
        "modem_field": modem_field,
        "modem_token": modem_token,
        "threads": threads,
        "plan": plan,
        "begin": begin,
        "end": end,
    }
    _core.Log([], **options)  # ValueError now, not at the first row
    return Events(find(paths, recursive), options, _column_list(columns, "events"), raw, plain, errors, progress)


def sessions(
    events: Any,
    *,
    columns: Optional[Iterable[str]] = None,
    plain: bool = False,
    **options: Any,
) -> Sessions:
    """The update attempts of the modems of logs: what happened, how far it came, how it ended.

    events: a table of `decode`; a table of any other library that has `__arrow_c_stream__`, with the columns SESSION_COLUMNS of `decode`
        and the events of each modem in their order (pyarrow is needed); an iterable of Event in the order of the log; or paths as of
        `decode`. Of events of a table that name no modem, a column `log` says whose log it is, else `file`.
    columns, plain: as of `decode`, of the table of sessions. options: of `decode`, with paths only.

    Errors are those of `decode`.
    """
    return Sessions(_events_of(events, options), _column_list(columns, "attempts"), plain)


def modems(
    events: Any,
    *,
    columns: Optional[Iterable[str]] = None,
    plain: bool = False,
    now: Optional[datetime.datetime] = None,
    **options: Any,
) -> Modems:
    """Where the modems of logs stand, as of the last event of each: phase, power, attempts, next poll, silence, what to do.

    events, columns, plain, options: as of `sessions`, of the table of modems.
    now: up to when silence counts, with a zone; by default the latest time of all events.

    Nothing comes before all has been read; a row takes some 500 bytes. Errors are those of `decode`, and ValueError: `now` has no zone.
    """
    up_to = milliseconds(now)
    return Modems(_events_of(events, options), _column_list(columns, "modems"), plain, up_to)


def milliseconds(now: Optional[datetime.datetime]) -> Optional[int]:
    """Since 1970. ValueError: it has no zone. TypeError: it is no time."""
    if now is None:
        return None
    if not isinstance(now, datetime.datetime):
        raise TypeError(f"now: a datetime, not {type(now).__name__}")
    if now.tzinfo is None:
        raise ValueError("now: a time with a zone is needed, such as datetime.now(timezone.utc)")
    return (now - _EPOCH) // datetime.timedelta(milliseconds=1)


def _events_of(events: Any, options: Dict[str, Any]) -> Any:
    """What attempts and modems are made of: events as they are, those of paths by `decode`."""
    if not _is_table(events) and not is_one(events) and isinstance(events, Iterable) and not _is_events(events):
        events = list(events)
    if not _is_table(events) and not _is_events(events):
        return decode(events, **options)
    if options:
        raise TypeError(f"options are those of the events: {', '.join(options)}")
    return events


def _is_table(given: Any) -> bool:
    return isinstance(given, Events) or hasattr(given, "__arrow_c_stream__")


def _is_events(given: Any) -> bool:
    return isinstance(given, (list, tuple)) and len(given) > 0 and isinstance(given[0], _core.Event)


#: The columns of events that `sessions` and `modems` of a table need.
SESSION_COLUMNS = tuple(name for name in _core.ROWS if name != "log")

__all__ = ["SESSION_COLUMNS", "Events", "Modems", "Sessions", "decode", "modems", "sessions", "total_bytes"]
