# SPDX-License-Identifier: MIT
"""What can be wrong with a file: an exception where it is not read, a warning where a part of it is."""

from __future__ import annotations

import warnings
from typing import Optional

# enum sbfota_log_trouble
_NOTE, _SKIPPED, UNREADABLE, _DAMAGED, _SHRUNK, _PACKED, _LACKING, _OUTPUT, LEARNED = range(9)


class LogError(OSError):
    """A log cannot be read, or not be read on.

    file: its name, or None. byte: how many bytes of it had been read, the trouble lies there or shortly before; None if that says
    nothing. reason: what is wrong.
    """

    def __init__(self, file: Optional[str], reason: str, byte: Optional[int]) -> None:
        super().__init__(_text(file, reason, byte))
        self.file = file
        self.reason = reason
        self.byte = byte


class DamagedWarning(UserWarning):
    """A log is damaged, cut or left out; what is sound has been read, and so is all else. file, byte, reason as of LogError."""

    def __init__(self, file: Optional[str], reason: str, byte: Optional[int]) -> None:
        super().__init__(_text(file, reason, byte))
        self.file = file
        self.reason = reason
        self.byte = byte


def _text(file: Optional[str], reason: str, byte: Optional[int]) -> str:
    place = "" if byte is None else f" (byte {byte})"
    return f"{'input' if file is None else file}: {reason}{place}"


def tell(trouble: int, file: Optional[str], reason: str, byte: Optional[int], errors: str) -> None:
    """Warn of what the log library tells, or raise it."""
    if trouble in (_NOTE, LEARNED):
        return
    if errors == "raise" and trouble in (UNREADABLE, _LACKING):
        raise LogError(file, reason, byte)
    warnings.warn(DamagedWarning(file, reason, byte), stacklevel=4)
