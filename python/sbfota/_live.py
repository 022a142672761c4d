# SPDX-License-Identifier: MIT
"""Live ports: a reader of events, the session of a modem, the host's side of the dialogue."""

from __future__ import annotations

import time
from typing import Any, AsyncIterator, Dict, Iterator, List, NamedTuple, Optional, Tuple

from . import _core

class Change(NamedTuple):
    """What an event changed in a session."""

    phase: str  #: now
    outcome: str  #: of the attempt under way, so far
    finished: Optional[Dict[str, Any]]  #: the attempt before, if it is finished with this event
    began: bool  #: an attempt begins with this event
    belongs: bool  #: the event belongs to the attempt, and is its last so far
    phase_changed: bool
    outcome_changed: bool
    repeat: bool  #: the event repeats the one before: only times have changed
    problems: List[str]  #: of this event


class Session(_core.Session):
    """The update sessions of one modem. Feed it every event of the modem, in their order.

    >>> session = Session()
    >>> session.feed(parse('+QIND: "SBFOTA","HTTPSTART"'), 0).phase
    'download'
    >>> session.power
    'ends_process'
    """

    def feed(self, event: _core.Event, time_ms: Optional[int] = None) -> Change:
        """Take one event; what it changed.

        time_ms: when it came, milliseconds of any clock; the event's own time_ms by default."""
        return Change(*super().feed(event, time_ms))


class Host(_core.Host):
    """The host's side of the dialogue with one module: sets and verifies the delay, sends accept, waits for answers, tries again.

    It does no I/O and has no clock. Give it each event of the port (`event`), then send what `next` says; call `next` again behind each
    event and when its wait has passed. All times are milliseconds of one clock.

    delay: seconds, 0 to 60, that the module is to wait before an update; None leaves it alone. ValueError: it cannot have it.
    """

    def event(self, event: _core.Event, now_ms: Optional[int] = None) -> Tuple[bool, Change]:
        """Take one event. True if it is of this dialogue, and so nothing for another reader of the port; and what it changed.

        now_ms: when it came; the event's own time_ms by default."""
        ours, told = super().event(event, now_ms)
        return ours, Change(*told)

    @property
    def session(self) -> Session:
        """The session as it stands: a copy."""
        session = Session()
        session.load(super().session.save())
        return session


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class Reader:
    """The events of a stream of a port, each with the time when it came (time_ms, since 1970).

    stream: what has read(n) for bytes: pyserial's Serial, a file or socket file in binary mode, an asyncio.StreamReader.
    all: also lines that are not SBFOTA's (`other`), and result codes of whatever commands.

    Iterate it (`for event in Reader(port)`, `async for event in Reader(reader)`). A read that gives nothing is the end, but for a Serial
    with a timeout: there it is asked again as long as it is open.
    """

    def __init__(self, stream: Any, *, all: bool = False) -> None:
        self._stream = stream
        self._all = all
        self._parser = _core.Parser()

    def _wanted(self, events: List[_core.Event]) -> List[_core.Event]:
        if self._all:
            return events
        return [event for event in events if event.event not in ("other", "blank", "overlong")]

    def _read(self) -> bytes:
        """What is there, at least one byte; nothing at the end."""
        waiting = getattr(self._stream, "in_waiting", None)
        if waiting is not None:
            return bytes(self._stream.read(max(1, waiting)))
        read = getattr(self._stream, "read1", self._stream.read)
        return bytes(read(4096) or b"")

    def _ended(self) -> bool:
        return getattr(self._stream, "timeout", None) is None or not getattr(self._stream, "is_open", False)

    def __iter__(self) -> Iterator[_core.Event]:
        while True:
            data = self._read()
            if data:
                yield from self._wanted(self._parser.feed(data, _now_ms()))
            elif self._ended():
                break
        yield from self._wanted(self._parser.finish(_now_ms()))

    async def __aiter__(self) -> AsyncIterator[_core.Event]:
        while True:
            data = await self._stream.read(4096)
            if not data:
                break
            for event in self._wanted(self._parser.feed(data, _now_ms())):
                yield event
        for event in self._wanted(self._parser.finish(_now_ms())):
            yield event
