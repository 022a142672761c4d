# SPDX-License-Identifier: MIT
"""Tables hold what the tool's JSON Lines hold, field by field, for each capture and each consumer."""

import datetime

import pytest
import sbfota
from conftest import CAPTURES

pa = pytest.importorskip("pyarrow")

# Files whose text is in an archive, or packed in a way that a wheel does not open.
LACKING = (".tar", ".zip", ".xz", ".bz2", ".lz4", ".tgz")
FILES = sorted(
    path for path in CAPTURES.rglob("*") if path.is_file() and not path.name.endswith(LACKING + (".md", ".sh", ".py", ".expected", ".jsonl"))
)


def names(path):
    return str(path.relative_to(CAPTURES))


def wire_free(row):
    """Without what JSON Lines says of line ends: of raw captures the log library does not tell them."""
    kept = " ".join(word for word in row.get("as", "").split(" ") if not word.startswith(("<", ">")))
    row = {key: value for key, value in row.items() if key != "as"}
    return {**row, **({"as": kept} if kept else {})}


def rfc3339(text):
    """Microseconds since 1970 of a time with date and zone; None of others."""
    try:
        time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return time.astimezone(datetime.timezone.utc) if time.tzinfo else None


def row_of_columns(row, expected):
    """A row of a table as JSON Lines has it."""
    row = {key: value for key, value in row.items() if value is not None and key not in ("clock", "time")}
    if "time_text" in row:
        row["time"] = row.pop("time_text")
    return {key: row[key] for key in expected if key in row} | row


# Of raw bytes with a byte order mark the tool tells that mark too, for `encode`.
MARKED = ("raw-mark.log",)


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
@pytest.mark.parametrize("options", [{}, {"all": True, "raw": True}], ids=["usual", "all"])
def test_events_are_those_of_the_tool(tool, path, options):
    expected = [wire_free(row) for row in tool("decode", *(["--all", "--raw"] if options else []), path)]
    if options and path.name in MARKED:
        expected = expected[1:]
    table = sbfota.decode(path, errors="warn", **options)
    rows = table.to_arrow().to_pylist()
    assert [wire_free(row_of_columns(row, line)) for row, line in zip(rows, expected)] == expected
    assert len(rows) == len(expected)


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_event_objects_are_those_of_the_tool(tool, path):
    expected = [wire_free(row) for row in tool("decode", path)]
    got = [wire_free(event.asdict()) for event in sbfota.decode(path, errors="warn")]
    assert got == expected
    for row, line in zip(got, expected):
        assert [key for key in row if key != "as"] == [key for key in line if key != "as"]


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_sessions_are_those_of_the_tool(tool, path):
    expected = tool("sessions", path)
    assert sorted(map(str, sbfota.sessions(path, errors="warn"))) == sorted(map(str, expected))


@pytest.mark.parametrize("name", ["forms/gateway.log", "fleet/meters.log"])
def test_times_are_utc(name):
    for row in sbfota.decode(CAPTURES / name).to_arrow().to_pylist():
        if row["time_text"] is not None:
            assert row["time"] == rfc3339(row["time_text"])


def modem_of_columns(row, expected):
    """A row of a table of modems as JSON Lines has it."""
    times = ("first_seen", "last_seen", "next_poll_earliest", "next_poll_latest", "phase_since")
    row = {key: value for key, value in row.items() if value is not None and key not in times}
    row = {key[: -len("_text")] if key.endswith("_text") else key: value for key, value in row.items()}
    if "silent_ms" in row:
        row["silent_s"] = row.pop("silent_ms") / 1000
    return {key: row[key] for key in expected if key in row} | row


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_modems_are_those_of_the_tool(tool, path):
    expected = tool("modems", path)
    got = list(sbfota.modems(path, errors="warn"))
    assert got == expected
    for row, line in zip(got, expected):
        assert list(row) == list(line)
    rows = sbfota.modems(path, errors="warn").to_arrow().to_pylist()
    assert [modem_of_columns(row, line) for row, line in zip(rows, expected)] == expected
    for row, line in zip(rows, expected):
        for key in ("first_seen", "last_seen", "next_poll_earliest", "phase_since"):
            assert row[key] == rfc3339(line.get(key, ""))


def test_modems_count_silence_up_to_now(fleet):
    now = datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc)
    for modem in sbfota.modems(fleet, now=now):
        assert modem["silent_s"] >= (now - rfc3339(modem["last_seen"])).total_seconds()
    with pytest.raises(ValueError, match="zone"):
        sbfota.modems(fleet, now=datetime.datetime(2030, 1, 1))


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("make", [sbfota.decode, sbfota.sessions, sbfota.modems], ids=["decode", "sessions", "modems"])
def test_every_consumer_sees_the_same_table(fleet, make, plain):
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    source = make(fleet, plain=plain)
    rows = source.to_arrow().to_pylist()
    assert len(rows) == len(source) > 0
    assert source.to_polars().to_dicts() == rows
    assert pa.table(source).to_pylist() == rows
    assert polars.DataFrame(source).to_dicts() == rows
    assert duckdb.sql("SELECT * FROM source").to_arrow_table().to_pylist() == rows
    for row, frame in zip(rows, source.to_pandas().to_dict("records")):
        for key, value in frame.items():
            if isinstance(row[key], list):
                assert list(value) == row[key]
            elif row[key] is None:
                assert value is None or pandas.isna(value)
            else:
                assert value == row[key]


def test_duckdb_joins_a_table_with_itself(fleet):
    duckdb = pytest.importorskip("duckdb")
    events = sbfota.decode(fleet)
    joined = duckdb.sql("SELECT count(*) FROM events a JOIN events b USING (modem, line)").fetchall()[0][0]
    assert joined == len(events) > 0
    assert duckdb.sql("SELECT count(*) FROM events WHERE event = 'end' AND code <> 0").fetchall()[0][0] == 1


def test_columns_come_in_their_order(fleet):
    table = sbfota.decode(fleet, columns=["event", "line", "modem"]).to_arrow()
    assert table.column_names == ["line", "modem", "event"]
    assert sbfota.sessions(fleet, columns=["outcome"]).to_arrow().column_names == ["outcome"]
    assert sbfota.modems(fleet, columns=["power", "modem"]).to_arrow().column_names == ["modem", "power"]


def test_a_table_can_be_read_again(fleet):
    table = sbfota.decode(fleet)
    with pytest.raises(TypeError):
        len(table)
    assert [event.line for event in table] == [event.line for event in table]
    assert len(table) == table.to_arrow().num_rows
    assert pa.schema(table) == table.to_arrow().schema


def test_modems_of_events_of_a_table_and_of_paths_are_the_same(fleet):
    events = sbfota.decode(fleet)
    expected = list(sbfota.modems(fleet))
    assert list(sbfota.modems(events)) == expected
    assert list(sbfota.modems(list(events))) == expected
    table = sbfota.modems(event for event in events)
    assert list(table) == list(table) == expected
    assert len(table) == len(expected)


def test_sessions_of_events_of_a_table_and_of_paths_are_the_same(fleet):
    events = sbfota.decode(fleet)
    expected = list(sbfota.sessions(fleet))
    assert list(sbfota.sessions(events)) == expected
    assert list(sbfota.sessions(list(events))) == expected
    assert list(sbfota.sessions(events)) == expected


def test_repr_tells_what_is_read(fleet):
    table = sbfota.decode(fleet, columns=["event"])
    assert repr(table) == f"<sbfota.Events of {fleet}>"
    list(table)
    assert repr(table).endswith(" rows>")
    assert table._repr_html_().startswith("<p>&lt;sbfota.Events")
    assert "<th>event</th>" in table._repr_html_()
    assert "updated" in sbfota.sessions(fleet)._repr_html_()
    assert "updated" in sbfota.modems(fleet)._repr_html_()


def test_threads_give_the_same(fleet):
    assert sbfota.decode(fleet, threads=4).to_arrow() == sbfota.decode(fleet).to_arrow()
