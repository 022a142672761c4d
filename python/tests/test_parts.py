# SPDX-License-Identifier: MIT
"""A log that is read in parts, by its plan, and sessions of events that stand in a table of some other library."""

import io
import pickle

import pytest
import sbfota
from conftest import CAPTURES
from sbfota import _core
from sbfota._read import _fed, learns_again
from sbfota._trouble import LEARNED
from test_tables import FILES, names

GATEWAY = CAPTURES / "forms" / "gateway.log"


def parts(source, plan, size, step):
    return [sbfota.decode(source, plan=plan, begin=begin, end=min(begin + step, size)) for begin in range(0, size, step)]


def joined(tables, data, step):
    """The events of all parts as those of the file: by offset, with lines from its begin."""
    rows = []
    for number, table in enumerate(tables):
        before = data.count(b"\n", 0, number * step - 1) + 1 if number else 0
        rows += [{**event.asdict(), "line": event.line + before} for event in table]
    return sorted(rows, key=lambda row: row["offset"])


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_parts_together_are_the_file(path):
    plan = sbfota.make_plan(path)
    if not plan.splits:
        return
    data = path.read_bytes()
    expected = [event.asdict() for event in sbfota.decode(path)]
    assert joined(parts(path, plan, len(data), 1000), data, 1000) == expected


def test_parts_of_a_file_object_are_those_of_a_path():
    data = GATEWAY.read_bytes()
    plan = sbfota.make_plan(io.BytesIO(data))
    assert joined(parts(io.BytesIO(data), plan, len(data), 300), data, 300) == [
        {key: value for key, value in event.asdict().items() if key != "file"} for event in sbfota.decode(GATEWAY)
    ]


def test_a_plan_can_be_pickled():
    plan = sbfota.make_plan(GATEWAY)
    again = pickle.loads(pickle.dumps(plan))
    assert (again.splits, again.form, again.save()) == (True, plan.form, plan.save())


@pytest.mark.parametrize("name", ["rotated.log.gz", "raw.log"])
def test_what_cannot_be_read_in_parts_says_so(tmp_path, name):
    import gzip

    path = tmp_path / name
    text = b'\r\n+QIND: "SBFOTA","START"\r\n' * 100
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    plan = sbfota.make_plan(path)
    assert not plan.splits
    with pytest.raises(ValueError, match="can be read in parts"):
        sbfota.decode(path, plan=plan, begin=100)


# what is wrong with the options, and the words of the error
WRONG = [
    ({"begin": 10}, "need a plan"),
    ({"plan": "planned", "begin": 10, "end": 5}, "begin is not behind end"),
    ({"plan": "planned", "begin": 10, "all": True}, "not read with all"),
]


@pytest.mark.parametrize("options, words", WRONG, ids=[case[1] for case in WRONG])
def test_wrong_parts_are_told(options, words):
    if "plan" in options:
        options = {**options, "plan": sbfota.make_plan(GATEWAY)}
    with pytest.raises(ValueError, match=words):
        sbfota.decode(GATEWAY, **options)


def test_where_the_reading_changes_is_told():
    first = b"".join(b'2026-01-31T10:00:%02d.000Z meter-1 < +QIND: "SBFOTA","DOWNLOADING",%d\n' % (i, i) for i in range(50))
    between = b"2026-01-31T10:01:00.000Z gateway idle\n" * 60000
    other = b"".join(b'2026-01-31T10:02:%02d.000Z stack[12] meter-1: got +QIND: "SBFOTA","DOWNLOADING",%d\n' % (i, i) for i in range(50))
    log = _core.Log(None, notes=True)
    told = [item for item in _fed([first + between + other], log) if isinstance(item, tuple) and item[0] == LEARNED]
    assert [byte for _, _, _, byte in told] == [len(first + between)]
    assert learns_again([first + between + other], {})
    assert not learns_again([first + between + first], {})


def test_damaged_plans_are_told():
    saved = sbfota.make_plan(GATEWAY).save()
    for wrong in (b"", saved[:-1], saved[:100] + b"!" + saved[101:]):
        with pytest.raises(ValueError, match="no plan"):
            sbfota.Plan(wrong)


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_sessions_and_modems_of_a_table_are_those_of_the_log(path):
    pytest.importorskip("pyarrow")
    events = sbfota.decode(path, errors="warn")
    table = sbfota.decode(path, errors="warn", columns=sbfota.SESSION_COLUMNS).to_arrow()
    assert list(sbfota.sessions(table)) == list(sbfota.sessions(events))
    assert list(sbfota.modems(table)) == list(sbfota.modems(events))


@pytest.mark.parametrize("kind", ["dictionaries", "plain", "large", "polars", "categories", "pieces", "reader"])
def test_sessions_of_tables_of_any_make(fleet, kind):
    pa = pytest.importorskip("pyarrow")
    table = sbfota.decode(fleet, plain=kind not in ("dictionaries", "categories")).to_arrow()
    if kind == "large":
        large = [pa.large_string() if field.type == pa.string() else field.type for field in table.schema]
        table = table.cast(pa.schema([field.with_type(of) for field, of in zip(table.schema, large)]))
    elif kind in ("polars", "categories"):
        table = pytest.importorskip("polars").DataFrame(table)
    elif kind == "pieces":
        table = pa.concat_tables([table.slice(at, 7) for at in range(0, table.num_rows, 7)])
    elif kind == "reader":
        table = table.to_reader(max_chunksize=5)
    assert list(sbfota.sessions(table)) == list(sbfota.sessions(fleet))


def test_the_log_of_events_without_a_modem_can_be_told():
    pa = pytest.importorskip("pyarrow")
    table = sbfota.decode(CAPTURES / "manual-example.log", columns=sbfota.SESSION_COLUMNS).to_arrow()
    middle = table.num_rows // 2
    files = pa.array(["modem.log.1"] * middle + ["modem.log"] * (table.num_rows - middle))
    cut = table.set_column(table.schema.get_field_index("file"), "file", files)
    assert [row["outcome"] for row in sbfota.sessions(cut)] != ["updated"]
    [whole] = sbfota.sessions(cut.append_column("log", pa.array(["modem.log"] * table.num_rows)))
    assert (whole["outcome"], whole["file"], whole["to_file"]) == ("updated", "modem.log.1", "modem.log")


def test_tables_that_lack_a_column_or_have_another_event_are_told(fleet):
    pa = pytest.importorskip("pyarrow")
    table = sbfota.decode(fleet).to_arrow()
    with pytest.raises(ValueError, match="not there: percent, flags"):
        list(sbfota.sessions(table.drop_columns(["flags", "percent"])))
    event = pa.array(["dance"] * table.num_rows)
    with pytest.raises(ValueError, match="there is no event 'dance'"):
        list(sbfota.sessions(table.set_column(table.schema.get_field_index("event"), "event", event)))


@pytest.mark.filterwarnings("ignore::sbfota.DamagedWarning")
@pytest.mark.parametrize("path", FILES, ids=names)
def test_the_clock_of_a_row_is_that_of_its_event(path):
    pytest.importorskip("pyarrow")
    table = sbfota.decode(path, errors="warn", columns=["clock"])
    assert table.to_arrow().column(0).to_pylist() == [event.clock for event in table]
