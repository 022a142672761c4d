# SPDX-License-Identifier: MIT
"""SoftBank DFOTA messages of the Quectel BG96: logs and live ports to events and update sessions.

>>> import sbfota
>>> sbfota.parse('+QIND: "SBFOTA","DOWNLOADING",40%').percent
40
>>> failed = [event for event in sbfota.decode("gateway.log.gz") if event.event == "end" and event.code]
>>> sbfota.sessions("logs/", recursive=True).to_polars()

Logs: `decode`, `sessions` and `modems` give tables, which any consumer of Arrow data reads as they are. Ports: `Parser`, `parse`, `Reader`,
`Session`, `Host`. Spark: `sbfota.spark`. docs/python.md is the manual.
"""

from ._core import Event, Parser, Plan, __version__, parse
from ._live import Change, Host, Reader, Session
from ._sources import make_plan
from ._tables import SESSION_COLUMNS, Events, Modems, Sessions, decode, modems, sessions
from ._trouble import DamagedWarning, LogError

__all__ = [
    "SESSION_COLUMNS",
    "Change",
    "DamagedWarning",
    "Event",
    "Events",
    "Host",
    "LogError",
    "Modems",
    "Parser",
    "Plan",
    "Reader",
    "Session",
    "Sessions",
    "__version__",
    "decode",
    "make_plan",
    "modems",
    "parse",
    "sessions",
]
