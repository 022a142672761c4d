# SPDX-License-Identifier: MIT
"""Bytes of a port to events, sessions and commands."""

import asyncio
import io

import pytest
import sbfota

URC = '+QIND: "SBFOTA",'

# line, fields of its event
LINES = [
    (f'{URC}"DOWNLOADING",40%', {"event": "downloading", "percent": 40}),
    (f'{URC}"END",504', {"event": "end", "code": 504, "text": "firmware update failed"}),
    (f'{URC}"POLLING",-2', {"event": "polling_error", "code": -2, "polling": "stopped"}),
    (f'{URC}"UPDATE_TIMEOUT",30\r\n', {"event": "update_timeout", "seconds": 30}),
    (f'{URC}"UPDATING",101%', {"event": "updating", "percent": 101, "flags": ["out_of_range"]}),
    (f'{URC}"SHUTDOWN"', {"event": "sbfota_unknown", "keyword": "SHUTDOWN", "reason": "unknown_keyword"}),
    (f'{URC}"END"', {"event": "malformed", "reason": "missing_field", "at": 21}),
    ('+QCFGEXT: "sbfota_delay",(0-60)', {"event": "range", "parameter": "sbfota_delay", "min": 0, "max": 60}),
    ('AT+QCFGEXT="sbfota_accept",1', {"event": "accept", "para": 1}),
    ("+CME ERROR: 58", {"event": "cme_error", "code": 58}),
    ("+CME ERROR: SIM busy", {"event": "cme_error", "text": "SIM busy", "code": None}),
    (b"\xff\xfe", {"event": "other", "raw": "\xff\xfe", "flags": ["bytes"], "data": b"\xff\xfe"}),
    ("OKAY", {"event": "other", "data": b"OKAY"}),
]


@pytest.mark.parametrize("line, fields", LINES, ids=[str(line) for line, _ in LINES])
def test_parse_gives_the_fields_of_a_line(line, fields):
    event = sbfota.parse(line)
    assert {name: getattr(event, name) for name in fields} == fields


@pytest.mark.parametrize("line", ["", "\r\n", "OK\r\nOK\r\n", b""])
def test_parse_takes_one_line(line):
    with pytest.raises(ValueError):
        sbfota.parse(line)


@pytest.mark.parametrize("wrong", [None, 3, ["OK"], object()])
def test_what_is_no_line_is_refused(wrong):
    with pytest.raises((TypeError, ValueError)):
        sbfota.parse(wrong)
    with pytest.raises((TypeError, ValueError)):
        sbfota.Parser().feed(wrong)


def test_overlong_line_is_no_text():
    event = sbfota.parse(b"x" * 300)
    assert (event.event, event.length, event.data, event.raw) == ("overlong", 300, None, None)
    with pytest.raises(ValueError):
        event.encode()


STREAM = (
    b'\r\nAPP RDY\r\n\r\n+QIND: "SBFOTA","UPDATING",12%\r\nnoise\r\n'
    + b"y" * 300
    + b'\r\n+QIND: "SBFOTA","END",0\r\n'
    + b"z" * 255
    + b'\r\n\r\n\r\n+QIND: "SBFOTA","EN'
)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 255, 256, 257, 1000])
def test_events_do_not_depend_on_how_the_bytes_are_cut(size):
    def events(cut):
        parser = sbfota.Parser()
        given = [event for i in range(0, len(STREAM), cut) for event in parser.feed(STREAM[i : i + cut])]
        return [(event.asdict(), event.data) for event in given + parser.finish()]

    assert events(size) == events(len(STREAM))
    assert events(size)[-1][0]["flags"] == ["unended"]


def test_every_text_is_given():
    parser = sbfota.Parser()
    for event in parser.feed(bytearray(STREAM)) + parser.finish():
        if event.data is not None:
            assert STREAM[event.offset : event.offset + event.length] == event.data


def test_encode_gives_the_line_back():
    line = 'at+qcfgext="sbfota_delay", 30'
    assert sbfota.parse(line).encode() == b'AT+QCFGEXT="sbfota_delay",30\r'
    assert sbfota.parse(line).encode(own=True, framed=False) == line.encode()
    assert sbfota.parse("APP RDY").encode() == b"\r\nAPP RDY\r\n"


def test_reader_reads_file_objects():
    events = list(sbfota.Reader(io.BytesIO(STREAM)))
    assert [event.event for event in events] == ["app_rdy", "updating", "end", "malformed"]
    assert all(event.time_ms > 1_600_000_000_000 for event in events)
    assert len(list(sbfota.Reader(io.BytesIO(STREAM), all=True))) == 7


class Port:
    """As pyserial's Serial with a timeout: reads of nothing are no end until it is closed."""

    def __init__(self, reads):
        self.reads = reads
        self.timeout = 0.1
        self.is_open = True
        self.in_waiting = 0

    def read(self, size):
        data = self.reads.pop(0)
        if not self.reads:
            self.is_open = False
        return data


def test_reader_waits_for_a_port_with_a_timeout():
    events = list(sbfota.Reader(Port([b"RD", b"", b"Y\r\n", b"", b"OK\r", b""])))
    assert [event.event for event in events] == ["rdy", "ok"]


def test_reader_reads_asyncio_streams():
    async def read():
        stream = asyncio.StreamReader()
        stream.feed_data(STREAM)
        stream.feed_eof()
        return [event.event async for event in sbfota.Reader(stream)]

    assert asyncio.run(read()) == ["app_rdy", "updating", "end", "malformed"]


def fed(session, *lines):
    return [session.feed(sbfota.parse(line), time) for time, line in lines]


def test_session_follows_an_update():
    session = sbfota.Session()
    changes = fed(
        session,
        (0, f'{URC}"HTTPSTART"'),
        (1000, f'{URC}"DOWNLOADING",5%'),
        (40_000, f'{URC}"HTTPEND",0'),
        (40_000, f'{URC}"UPDATE_TIMEOUT",30'),
    )
    assert changes[0].began and changes[0].phase_changed and changes[0].finished is None
    assert (session.phase, session.power, session.accept, session.accept_allowed) == ("delay", "forbidden", "unsent", True)
    assert session.starts_in(50_000) == 20
    assert session.starts_in() is None
    assert session.next_poll == (14 * 86_400_000, 15 * 86_400_000)
    changes = fed(session, (70_000, f'{URC}"START"'), (80_000, f'{URC}"UPDATING",50%'), (90_000, "RDY"))
    assert (session.percent, changes[-1].outcome, changes[-1].outcome_changed) == (50, "rolled_back", True)
    assert changes[-1].problems == ["reboot"]
    finished = fed(session, (100_000, f'{URC}"HTTPSTART"'))[0].finished
    assert finished["outcome"] == "rolled_back" and finished["downloading_s"] == 40 and finished["delay"] == 30
    assert session.attempt["outcome"] == "in_progress"


def test_session_outlives_the_host():
    session = sbfota.Session()
    fed(session, (0, f'{URC}"HTTPSTART"'), (1000, f'{URC}"DOWNLOADING",5%'))
    other = sbfota.Session()
    other.load(session.save())
    assert (other.phase, other.percent, other.save()) == ("download", 5, session.save())
    for wrong in (b"", b"\xff" * 64, session.save()[:-1]):
        with pytest.raises(ValueError):
            other.load(wrong)


def test_host_sets_and_verifies_the_delay():
    host = sbfota.Host(30)
    parser = sbfota.Parser()
    now = 0

    def say(data):
        return [host.event(event, now)[0] for event in parser.feed(data)]

    say(b"\r\nRDY\r\n\r\nAPP RDY\r\n")
    sent = []
    for _ in range(20):
        command, again = host.next(now)
        if command:
            sent.append(command)
            answer = b'\r\n+QCFGEXT: "sbfota_delay",30\r\n' if command.endswith(b'"sbfota_delay"\r') else b""
            assert all(say(answer + b"\r\nOK\r\n"))
        elif again is None:
            break
        else:
            now += again
    assert b'AT+QCFGEXT="sbfota_delay"\r' in sent
    assert host.delay_state == "verified"
    assert isinstance(host.session, sbfota.Session) and host.session.delay == 30
    assert host.unsaved
    other = sbfota.Host(30)
    other.load(host.save())
    assert not host.unsaved and other.session.phase == host.session.phase


@pytest.mark.parametrize("delay", [-1, 61, 2**70])
def test_host_refuses_delays_that_no_module_has(delay):
    with pytest.raises((ValueError, OverflowError)):
        sbfota.Host(delay)
    with pytest.raises((ValueError, OverflowError)):
        sbfota.Host().set_delay(delay)


def test_host_lets_the_caller_send():
    host = sbfota.Host()
    assert host.claim()
    assert host.next(0) == (b"", None)
    host.release()
    assert host.silence(5) is None
    host.event(sbfota.parse("RDY"), 0)
    assert host.silence(5) == 5
    with pytest.raises(ValueError):
        host.load(b"")


@pytest.mark.parametrize("call", [lambda: sbfota.Session().feed(None), lambda: sbfota.Host().event("RDY"), sbfota.Event])
def test_what_is_no_event_is_refused(call):
    with pytest.raises(TypeError):
        call()
