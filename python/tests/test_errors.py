# SPDX-License-Identifier: MIT
"""What is wrong with a source: exceptions, warnings, interrupts."""

import gzip
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import tracemalloc
import warnings
from pathlib import Path

import pytest
import sbfota
from conftest import CAPTURES

GATEWAY = CAPTURES / "forms" / "gateway.log"


def lines(table):
    return [event.line for event in table]


# what stands in a file, and the words of the warning
DAMAGED = [
    ("cut.gz", lambda: gzip.compress(GATEWAY.read_bytes() * 2000)[:-500], "cut"),
    ("wrong.gz", lambda: gzip.compress(GATEWAY.read_bytes() * 2000)[:800] + b"\0" * 5000, ""),
]


@pytest.mark.parametrize("name, make, words", DAMAGED, ids=[case[0] for case in DAMAGED])
@pytest.mark.parametrize("fed", [False, True], ids=["path", "file object"])
def test_damaged_files_are_warned_of(tmp_path, name, make, words, fed):
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.warns(sbfota.DamagedWarning) as told:
        with open(path, "rb") as file:
            list(sbfota.decode(file if fed else path))
    warning = told[0].message
    assert warning.file == str(path) and isinstance(warning.byte, int)
    assert str(path) in str(warning) and "byte" in str(warning)


# what cannot be read, of two sources
UNREADABLE = ["missing.log", "archive.7z", "folder"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_files_raise_or_warn(tmp_path, name):
    path = tmp_path / name
    if name == "archive.7z":
        path.write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 100)
    if name == "folder":
        path.mkdir()
    with pytest.raises(sbfota.LogError) as raised:
        list(sbfota.decode([path, GATEWAY]))
    assert raised.value.file == str(path) and raised.value.reason
    assert isinstance(raised.value, OSError)
    with pytest.warns(sbfota.DamagedWarning):
        assert lines(sbfota.decode([path, GATEWAY], errors="warn")) == lines(sbfota.decode(GATEWAY))


@pytest.mark.parametrize("method", ["to_arrow", "to_polars", "to_pandas"])
def test_consumers_raise_our_errors(tmp_path, method):
    pytest.importorskip("pyarrow")
    pytest.importorskip("polars")
    pytest.importorskip("pandas")
    with pytest.raises(sbfota.LogError):
        getattr(sbfota.decode(tmp_path / "missing.log"), method)()


def test_a_foreign_consumer_is_told_why(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(OSError, match="missing.log"):
        pyarrow.table(sbfota.decode(tmp_path / "missing.log"))


WRONG = [
    (ValueError, lambda: sbfota.decode(GATEWAY, columns=["nothing"])),
    (ValueError, lambda: sbfota.decode(GATEWAY, columns=[])),
    (ValueError, lambda: sbfota.sessions(GATEWAY, columns=["raw"])),
    (ValueError, lambda: sbfota.modems(GATEWAY, columns=["from_line"])),
    (ValueError, lambda: sbfota.decode(GATEWAY, form="nothing")),
    (ValueError, lambda: sbfota.decode(GATEWAY, threads=-1)),
    (ValueError, lambda: sbfota.decode(GATEWAY, threads=5000)),
    (ValueError, lambda: sbfota.decode(GATEWAY, errors="ignore")),
    (ValueError, lambda: sbfota.decode("a\0b")),
    (TypeError, lambda: sbfota.decode(3)),
    (TypeError, lambda: sbfota.decode([3])),
    (TypeError, lambda: sbfota.decode(GATEWAY, nothing=1)),
    (TypeError, lambda: sbfota.decode(GATEWAY, form=3)),
    (TypeError, lambda: sbfota.sessions(sbfota.decode(GATEWAY), form="raw")),
    (TypeError, lambda: sbfota.modems(sbfota.decode(GATEWAY), form="raw")),
    (TypeError, lambda: list(sbfota.decode(io.StringIO("RDY\n")))),
    (TypeError, lambda: list(sbfota.sessions([sbfota.parse("RDY"), 3]))),
    (TypeError, lambda: list(sbfota.modems([sbfota.parse("RDY"), 3]))),
]


@pytest.mark.parametrize("error, call", WRONG)
def test_mistakes_are_told_at_once(error, call):
    with pytest.raises(error):
        call()


SOURCES = [
    ("str", str),
    ("bytes", os.fsencode),
    ("Path", Path),
    ("list", lambda path: [path]),
    ("generator", lambda path: (each for each in [path])),
    ("file object", lambda path: open(path, "rb")),
    ("BytesIO", lambda path: io.BytesIO(path.read_bytes())),
]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", [case[1] for case in SOURCES], ids=[case[0] for case in SOURCES])
def test_every_kind_of_source_gives_the_same(make):
    table = sbfota.decode(make(GATEWAY))
    expected = lines(sbfota.decode(GATEWAY))
    assert lines(table) == expected and lines(table) == expected
    assert list(sbfota.sessions(make(GATEWAY)))


def test_fsspec_addresses_are_read():
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    for name in ("a", "b"):
        with system.open(f"/logs/{name}.log.gz", "wb") as file:
            file.write(gzip.compress(GATEWAY.read_bytes()))
    expected = lines(sbfota.decode(GATEWAY))
    assert lines(sbfota.decode("memory://logs/a.log.gz")) == expected
    assert lines(sbfota.decode("memory://logs/*.gz")) == expected * 2
    assert lines(sbfota.decode("memory://logs", recursive=True)) == expected * 2
    with pytest.raises(OSError):
        list(sbfota.decode("memory://logs"))
    assert next(iter(sbfota.decode("memory://logs/a.log.gz"))).file == "memory://logs/a.log.gz"


def test_a_file_object_that_does_not_wait_is_told():
    class Nothing(io.RawIOBase):
        def read(self, size=-1):
            return None

    with pytest.raises(BlockingIOError, match="wait for its bytes"):
        list(sbfota.decode(Nothing()))


def test_now_must_be_a_time():
    with pytest.raises(TypeError, match="not str"):
        sbfota.modems(GATEWAY, now="2026-01-01")


def test_what_has_come_since_is_seen():
    """Behind the back of a file system that remembers what it has listed, as s3fs does."""
    fsspec = pytest.importorskip("fsspec")
    from fsspec.implementations.memory import MemoryFileSystem

    class Remembering(MemoryFileSystem):
        protocol = "remembering"
        store = {}
        pseudo_dirs = [""]
        listed = {}

        @classmethod
        def _strip_protocol(cls, path):
            return super()._strip_protocol(path.replace("remembering://", "memory://"))

        def find(self, path, **options):
            if path not in self.listed:
                self.listed[path] = super().find(path, **options)
            return self.listed[path]

        def invalidate_cache(self, path=None):
            self.listed.clear()

    fsspec.register_implementation("remembering", Remembering, clobber=True)
    system = fsspec.filesystem("remembering")
    for number in (1, 2, 3):
        listed = dict(Remembering.listed)
        system.pipe(f"/logs/{number}.log", GATEWAY.read_bytes())
        Remembering.listed.update(listed)
        assert len({event.file for event in sbfota.decode("remembering://logs/*.log")}) == number


@pytest.mark.parametrize("address", ["memory://none/a.log", "memory://none/*.log"])
def test_addresses_that_cannot_be_read_raise_or_warn(address):
    pytest.importorskip("fsspec")
    with pytest.raises(sbfota.LogError) as raised:
        list(sbfota.decode([address, GATEWAY]))
    assert (raised.value.file, raised.value.reason) == (address, "No such file or directory")
    with pytest.warns(sbfota.DamagedWarning):
        assert lines(sbfota.decode([address, GATEWAY], errors="warn")) == lines(sbfota.decode(GATEWAY))


def test_what_an_address_has_given_before_it_fails_is_read(monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    system = fsspec.filesystem("memory")
    data = GATEWAY.read_bytes()
    with system.open("/lost/a.log", "wb") as file:
        file.write(data)

    class Lost(io.BytesIO):
        def read(self, size=-1):
            if self.tell() == len(data):
                raise ConnectionResetError("the connection was lost")
            return super().read(size)

    monkeypatch.setattr(type(system), "open", lambda *_, **__: Lost(data))
    table = sbfota.decode("memory://lost/a.log", errors="warn")
    with pytest.warns(sbfota.DamagedWarning, match=f"memory://lost/a.log: the connection was lost .byte {len(data)}."):
        assert lines(table) == lines(sbfota.decode(GATEWAY))
    with pytest.raises(sbfota.LogError, match="the connection was lost"):
        list(sbfota.decode("memory://lost/a.log"))


def test_a_stream_that_cannot_be_sought_is_read_once():
    read, write = os.pipe()
    os.write(write, GATEWAY.read_bytes())
    os.close(write)
    with os.fdopen(read, "rb") as file:
        table = sbfota.decode(file)
        assert lines(table)
        with pytest.raises(ValueError, match="once"):
            list(table)


def test_what_a_file_object_raises_is_raised():
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ZeroDivisionError("broken")

    with pytest.raises(ZeroDivisionError):
        list(sbfota.decode(Broken()))
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(ZeroDivisionError):
        sbfota.decode(Broken()).to_arrow()
    with pytest.raises(OSError, match="broken"):
        pyarrow.table(sbfota.decode(Broken()))


def test_rotated_files_are_one_log(tmp_path):
    text = GATEWAY.read_bytes().splitlines(True)
    (tmp_path / "g.log.1").write_bytes(b"".join(text[: len(text) // 2]))
    (tmp_path / "g.log").write_bytes(b"".join(text[len(text) // 2 :]))
    expected = [record["outcome"] for record in sbfota.sessions(GATEWAY)]
    assert [record["outcome"] for record in sbfota.sessions([tmp_path / "g.log", tmp_path / "g.log.1"])] == expected
    assert [record["outcome"] for record in sbfota.sessions(tmp_path, recursive=True)] == expected


def test_an_abandoned_table_leaves_no_thread(tmp_path):
    path = tmp_path / "big.log"
    path.write_bytes(GATEWAY.read_bytes() * 20000)
    before = threading.active_count()
    events = iter(sbfota.decode(path, threads=2))
    next(events)
    events.close()
    assert threading.active_count() == before


def test_tables_are_read_in_other_threads():
    expected = lines(sbfota.decode(GATEWAY))
    got = []
    threads = [threading.Thread(target=lambda: got.append(lines(sbfota.decode(GATEWAY)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 8


def test_reading_lets_other_threads_run(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got = []
    reader = threading.Thread(target=lambda: got.extend(lines(sbfota.decode(path))), daemon=True)
    reader.start()
    with open(path, "wb") as file:  # waits for the reader, which waits for us: both without the GIL
        file.write(GATEWAY.read_bytes())
    reader.join(30)
    assert got == lines(sbfota.decode(GATEWAY))


# An interrupt of a read that gives no event and has no end.
INTERRUPTED = """
    import os, signal, sys, threading, sbfota
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests with it ignored
    path = sys.argv[1]
    table = sbfota.decode(path)
    def interrupt():
        with open(path, "wb") as file:
            threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
            try:
                while True:
                    file.write(b"noise\\n" * 100000)
            except BrokenPipeError:
                pass
    threading.Thread(target=interrupt, daemon=True).start()
    try:
        {read}
    except KeyboardInterrupt:
        print("interrupted")
        sys.stdout.flush()
        os._exit(0)
    os._exit(1)
"""


@pytest.mark.parametrize("read", ["list(table)", "table.to_arrow()"])
def test_interrupts_end_reading(tmp_path, read):
    if "arrow" in read:
        pytest.importorskip("pyarrow")
    path = tmp_path / "pipe"
    os.mkfifo(path)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(INTERRUPTED).replace("{read}", read), path],
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"interrupted\n")


def test_a_warning_that_is_made_an_error_is_raised(tmp_path):
    path = tmp_path / "cut.gz"
    path.write_bytes(DAMAGED[0][1]())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(sbfota.DamagedWarning):
            list(sbfota.decode(path))


def test_progress_is_shown_where_it_is_asked_for(capsys):
    pytest.importorskip("tqdm")
    list(sbfota.decode(GATEWAY, progress=True))
    assert "events" in capsys.readouterr().err
    list(sbfota.decode(GATEWAY))
    assert capsys.readouterr().err == ""


def test_reading_again_and_again_keeps_no_memory():
    pyarrow = pytest.importorskip("pyarrow")

    def use():
        list(sbfota.decode(GATEWAY))
        sbfota.sessions(GATEWAY).to_arrow()
        sbfota.decode(GATEWAY).__arrow_c_stream__()
        parser = sbfota.Parser()
        [event.asdict() for event in parser.feed(GATEWAY.read_bytes())]

    for _ in range(3):
        use()
    tracemalloc.start()
    arrow = pyarrow.total_allocated_bytes()
    for _ in range(50):
        use()
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert grown < 100_000
    assert pyarrow.total_allocated_bytes() == arrow
