# SPDX-License-Identifier: MIT
"""Logs of modems in Spark 4: a data source of events, and update sessions and modems of events that stand in a DataFrame.

>>> import sbfota.spark
>>> sbfota.spark.register(spark)
>>> events = spark.read.format("sbfota").load("/logs/gateway-*.log.gz")
>>> attempts = sbfota.spark.sessions(events)

The package must be installed on every machine of the cluster. docs/spark.md is the manual.
"""

from ._sessions import modems, sessions
from ._source import SbfotaDataSource, register

__all__ = ["SbfotaDataSource", "modems", "register", "sessions"]
