# SPDX-License-Identifier: MIT
"""What can be read: paths of files and folders, file objects, addresses for fsspec."""

from __future__ import annotations

import os
from typing import IO, Any, Dict, Iterable, Iterator, List, Optional, Sequence, Union

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

    def pieces(self, size: int) -> Iterator[bytes]:
        if self.begin is not None:
            self.file.seek(self.begin)
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

    def pieces(self, size: int) -> Iterator[bytes]:
        import fsspec

        with fsspec.open(self.name, "rb") as file:
            yield from _pieces(file, size)


def _pieces(file: Any, size: int) -> Iterator[bytes]:
    while True:
        piece = file.read(size)
        if not piece:
            return
        if not isinstance(piece, (bytes, bytearray, memoryview)):
            raise TypeError("a file object must be open in binary mode")
        yield bytes(piece)


def _seekable(file: IO[bytes]) -> bool:
    seekable = getattr(file, "seekable", None)
    return bool(seekable is not None and seekable())


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


def _glob(url: str, recursive: bool) -> List[str]:
    import fsspec

    system, path = fsspec.core.url_to_fs(url)
    if any(mark in path for mark in "*?["):
        names = sorted(system.glob(path))
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
