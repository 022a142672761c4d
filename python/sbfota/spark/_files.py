# SPDX-License-Identifier: MIT
"""Which files a path means, and how they make logs. Nothing here needs Spark."""

from __future__ import annotations

import glob
import os
from typing import Dict, Iterable, List, NamedTuple, Tuple

from .. import _core
from .._sources import file_system

_MAGIC = "*?["


class File(NamedTuple):
    name: str  #: a path, or an address of fsspec
    size: int  #: bytes


def is_address(path: str) -> bool:
    return "://" in path


def _local(path: str) -> str:
    """A path of Hadoop's: file:/logs and file:///logs are /logs."""
    if path.startswith("file:"):
        return "/" + path[len("file:") :].lstrip("/")
    return path


def find(paths: Iterable[str], recursive: bool) -> List[File]:
    """The files that paths, patterns and folders name: each once, those of a pattern or a folder in the order of their names. Of a folder,
    what begins with a dot or an underscore is left out, as Spark does.

    FileNotFoundError: there is none by a name."""
    found: Dict[str, File] = {}
    for path in map(_local, paths):
        files = _addresses(path, recursive) if is_address(path) else _paths(path, recursive)
        if not files:
            raise FileNotFoundError(f"{path}: there is no such file")
        for file in files:
            found.setdefault(file.name, file)
    return list(found.values())


def _in_order(names: Iterable[str]) -> List[str]:
    return sorted(names, key=lambda name: os.fsencode(name).split(b"/"))


def _paths(path: str, recursive: bool) -> List[File]:
    given = _in_order(glob.glob(path, recursive=True)) if any(mark in path for mark in _MAGIC) else [path]
    names = []
    for name in given:
        if os.path.isdir(name):
            names += _in_folder(name, recursive)
        elif os.path.exists(name):
            names.append(name)
    return [File(name, os.path.getsize(name)) for name in names]


def _is_shown(name: str) -> bool:
    return not name.startswith((".", "_"))


def _in_folder(folder: str, recursive: bool) -> List[str]:
    names = []
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if _is_shown(name)] if recursive else []
        names += [os.path.join(here, name) for name in files if _is_shown(name)]
    return _in_order(names)


def _addresses(path: str, recursive: bool) -> List[File]:
    system, own = file_system(path)
    given = system.glob(own) if any(mark in own for mark in _MAGIC) else [own] if system.exists(own) else []
    names = []
    for name in given:
        if system.isdir(name):
            inside = system.find(name, maxdepth=None if recursive else 1)
            names += [one for one in inside if all(map(_is_shown, one[len(name) :].strip("/").split("/")))]
        else:
            names.append(name)
    return [File(str(system.unstrip_protocol(name)), int(system.size(name) or 0)) for name in _in_order(names)]


def in_logs(names: List[str]) -> List[Tuple[str, str]]:
    """Names of files in the order in which `sbfota` reads them, each with the name of its log: files that one log was put away in stand
    together, oldest first. Empty of a file that is all of its log."""
    told = _core.order_files([os.fsencode(name) for name in names])
    return [(names[place], os.fsdecode(log)) for place, log in told]


def followed(names: Iterable[str]) -> List[Tuple[str, str]]:
    """The same of names in any order: as `sbfota sessions -r` reads their folder."""
    return in_logs(_in_order(set(names)))
