# SPDX-License-Identifier: MIT
"""What can be read: paths of files and folders, file objects, addresses for fsspec."""

from __future__ import annotations

import errno
import os
from typing import IO, Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

from . import _core
from ._trouble import LogError

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]
Source = Union[Path, IO[bytes]]


class Files:
    """Files and folders, which the library opens itself."""

    def __init__(self, paths: List[bytes]) -> None:
        self.paths = paths

    def __str__(self) -> str:
        shown = [os.fsdecode(path) for path in self.paths[:3]]
        return ", ".join(shown) + (f", and {len(self.paths) - 3} more" if len(self.paths) > 3 else "")


class Stream:
    """A file object: read from where it stood, each time anew if it can be sought."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        name = getattr(file, "name", None)
        self.name: Optional[str] = name if isinstance(name, str) else None
        self.begin = file.tell() if _seekable(file) else None
        self.opened = False

    def __str__(self) -> str:
        return self.name or "a file object"

    def pieces(self, size: int, skipped: int = 0) -> Iterator[bytes]:
        if self.begin is not None:
            self.file.seek(self.begin + skipped)
        elif skipped:
            raise ValueError(f"{self}: it cannot be sought, so that no part of it can be read")
        elif self.opened:
            raise ValueError(f"{self}: it cannot be sought, so that it can be read once")
        self.opened = True
        yield from _pieces(self.file, size)


class Address:
    """A file of any file system that fsspec knows, such as s3://bucket/gateway.log.gz."""

    def __init__(self, url: str) -> None:
        self.name: Optional[str] = url

    def __str__(self) -> str:
        return str(self.name)

    def pieces(self, size: int, skipped: int = 0) -> Iterator[bytes]:
        read = 0
        try:
            system, path = file_system(str(self.name))
            with system.open(path, "rb") as file:
                if skipped:
                    file.seek(skipped)
                for piece in _pieces(file, size):
                    read += len(piece)
                    yield piece
        except OSError as error:
            lacks = isinstance(error, FileNotFoundError)
            raise LogError(self.name, os.strerror(errno.ENOENT) if lacks else str(error), skipped + read if read else None) from error


def _pieces(file: Any, size: int) -> Iterator[bytes]:
    while True:
        piece = file.read(size)
        if piece is None:
            raise BlockingIOError(errno.EAGAIN, "a file object must wait for its bytes")
        if not piece:
            return
        if not isinstance(piece, (bytes, bytearray, memoryview)):
            raise TypeError("a file object must be open in binary mode")
        yield bytes(piece)


def _seekable(file: IO[bytes]) -> bool:
    seekable = getattr(file, "seekable", None)
    return bool(seekable is not None and seekable())


PLAN_HEAD = 64 * 1024  # of a log, which mostly tell its form


def make_plan(path: Source, **options: Any) -> _core.Plan:
    """How a log is to be read, so that it can be read in parts: `decode(path, plan=…, begin=…, end=…)`, on many machines.

    path: one file, as of `decode`. options: form, modem, text_field, time_field, modem_field and modem_token, as the parts are read with.
    Its first 64 KiB are read, at most 5 MiB.

    The plan's `splits` says whether the log can be read in parts: plain text can, in which each line is understood by itself; what is
    compressed, raw, UTF-16 or has records over several lines cannot. A plan can be pickled.

    Of a part come the events of the lines that begin in it, from byte `begin` up to before byte `end`, and the answers to its commands.
    All parts together give the events of the file; but `line` counts from the part's begin.

    ValueError: an option or a form that there is not. OSError: the file cannot be read.
    """
    size = PLAN_HEAD
    while True:
        head = _head(path, size)
        plan = _core.make_plan(head, len(head) < size, **options)
        if plan is not None:
            return plan
        size *= 2


def _head(path: Source, size: int) -> bytes:
    [source] = find(path, False)
    if isinstance(source, Files):
        with open(source.paths[0], "rb") as file:
            return file.read(size)
    return next(source.pieces(size), b"")


def is_one(paths: Any) -> bool:
    """Is it one source, not several?"""
    return isinstance(paths, (str, bytes)) or hasattr(paths, "__fspath__") or hasattr(paths, "read")


def find(paths: Union[Source, Iterable[Source]], recursive: bool) -> List[Union[Files, Stream, Address]]:
    """The sources in their order; files that stand together are read together, since one log may lie in several."""
    given: Sequence[Any] = [paths] if is_one(paths) else list(paths)  # type: ignore[arg-type]
    found: List[Union[Files, Stream, Address]] = []
    for path in given:
        if hasattr(path, "read"):
            found.append(Stream(path))
        elif _is_address(path):
            found.extend(Address(url) for url in _glob(path, recursive))
        else:
            if not found or not isinstance(found[-1], Files):
                found.append(Files([]))
            last = found[-1]
            assert isinstance(last, Files)
            last.paths.append(_file(path))
    return found


def _file(path: Path) -> bytes:
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError("a path holds no NUL")
    # To the library it would be standard input, which it would take from Python.
    return b"./-" if name == b"-" else name


def _is_address(path: Any) -> bool:
    return isinstance(path, str) and "://" in path and path.split("://", 1)[0].replace("+", "").replace("::", "").isalnum()


def file_system(url: str) -> Tuple[Any, str]:
    """Of fsspec, for an address, and the path there. File systems remember what they have listed: what has come since is to be seen."""
    import fsspec

    system, path = fsspec.core.url_to_fs(url)
    system.invalidate_cache()
    return system, path


def _glob(url: str, recursive: bool) -> List[str]:
    system, path = file_system(url)
    if any(mark in path for mark in "*?["):
        names = sorted(system.glob(path))
        if not names:  # it cannot be read, which is told where it is come to
            return [url]
    elif recursive and system.isdir(path):
        names = sorted(system.find(path))
    else:
        return [url]
    return [str(system.unstrip_protocol(name)) for name in names]


def described(sources: Sequence[Union[Files, Stream, Address]]) -> str:
    return ", ".join(map(str, sources)) if sources else "nothing"


def total_bytes(sources: Sequence[Union[Files, Stream, Address]]) -> Optional[int]:
    """Bytes of all files, as far as that is cheap to know; None if not."""
    total = 0
    for source in sources:
        if not isinstance(source, Files):
            return None
        for path in source.paths:
            if not os.path.isfile(path):
                return None
            total += os.path.getsize(path)
    return total


def options_for(source: Union[Files, Stream, Address], options: Dict[str, Any]) -> Dict[str, Any]:
    """The options of a log of what is fed."""
    return {**options, "name": getattr(source, "name", None)}
