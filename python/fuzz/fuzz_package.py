# SPDX-License-Identifier: MIT
"""Any bytes through all of the package: nothing but the exceptions that docs/python.md names may come out.

    build/tools/python/bin/python python/fuzz/fuzz_package.py -max_total_time=60 tests/captures/forms

Needs atheris; without it, the files that are named, and pieces of them, go through once.
"""

import io
import random
import sys
import warnings
from pathlib import Path

import sbfota

warnings.simplefilter("ignore")


def live(data, random):
    parser, session, host = sbfota.Parser(), sbfota.Session(), sbfota.Host(random.choice([None, 0, 30, 60]))
    given, at, now = [], 0, 0
    host.ready(random.random() < 0.5)
    while at < len(data):
        size = random.choice([1, 2, 17, 256, 257, 5000])
        given += parser.feed(data[at : at + size], random.choice([None, now, -(2**63) + 1, 2**63 - 1]))
        at, now = at + size, now + random.randrange(100_000)
    given += parser.finish()
    assert sum(event.length for event in given) <= len(data)
    for event in given:
        if event.data is not None:
            assert data[event.offset : event.offset + event.length] == event.data
        assert session.feed(event).phase == session.phase
        host.event(event, now)
        host.next(now)
        event.asdict()
        try:
            event.encode(own=True)
        except ValueError:
            pass
    for kept in (session, host):
        try:
            kept.load(data[: len(kept.save())])
        except ValueError:
            pass
    host.next(now)
    list(sbfota.sessions(given)) if given else None
    list(sbfota.modems(given)) if given else None


def log(data, random):
    options = {"all": random.random() < 0.5, "raw": random.random() < 0.5, "plain": random.random() < 0.5}
    events = sbfota.decode(io.BytesIO(data), errors="warn", **options)
    rows = [event.asdict() for event in events]
    assert len(rows) == len(events)
    attempts = sbfota.sessions(events)
    list(attempts)
    try:
        import pyarrow
    except ImportError:
        return
    for table in (events, attempts):
        pyarrow.table(table).validate(full=True)
    assert pyarrow.table(events).num_rows == len(rows)


def one(data):
    numbers = random.Random(len(data))
    live(data, numbers)
    log(data, numbers)
    try:
        sbfota.parse(data)
    except ValueError:
        pass


def main():
    try:
        import atheris
    except ImportError:
        numbers = random.Random(1)
        for path in map(Path, sys.argv[1:]):
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file():
                    data = file.read_bytes()[:100_000]
                    one(data)
                    broken = bytearray(data)
                    for _ in range(20):
                        if broken:
                            broken[numbers.randrange(len(broken))] = numbers.randrange(256)
                    one(bytes(broken[: numbers.randrange(len(broken) + 1)]))
        return
    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
