#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bindings.py LIBRARY.so HEADER...: the library from Python's ctypes, with the constants that the headers have."""
import ctypes
import re
import sys


class Event(ctypes.Structure):
    _fields_ = [("offset", ctypes.c_uint64), ("length", ctypes.c_uint64), ("value", ctypes.c_int32),
                ("extent", ctypes.c_uint32), ("lead", ctypes.c_uint16), ("kind", ctypes.c_uint8), ("detail", ctypes.c_uint8),
                ("flags", ctypes.c_uint8), ("spelling", ctypes.c_uint8), ("ending", ctypes.c_uint8), ("reserved", ctypes.c_uint8)]


class MessageRow(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("name", "keyword", "stage", "section", "summary")] + \
        [("min", ctypes.c_int32), ("max", ctypes.c_int32)] + \
        [(name, ctypes.c_uint8) for name in ("family", "argument", "sender")]


def main(path, headers):
    library = ctypes.CDLL(path)
    constants = {}
    for header in headers:
        with open(header, encoding="ascii") as file:
            text = file.read()
        for function in re.findall(r"^SBFOTA_API [^(]*?(\w+)\(", text, re.M):
            assert hasattr(library, function), function
        found = re.findall(r"\b(SBFOTA_\w+) = (-?\d+(?: << \d+)?)[ ,]|#define (SBFOTA_\w+) (\d+)\n", text)
        constants.update({one or other: eval(first or second) for one, first, other, second in found})
    library.sbfota_version.restype = ctypes.c_char_p
    version = ".".join(str(constants[f"SBFOTA_VERSION_{part}"]) for part in ("MAJOR", "MINOR", "PATCH"))
    assert library.sbfota_version().decode() == version
    for name, struct in (("event", Event), ("message_row", MessageRow)):
        size = getattr(library, f"sbfota_{name}_size")
        size.restype = ctypes.c_size_t
        assert size() == ctypes.sizeof(struct), name

    parser = ctypes.create_string_buffer(library.sbfota_parser_size())
    library.sbfota_parser_init(parser)
    library.sbfota_parse.restype = ctypes.c_size_t
    library.sbfota_message.restype = ctypes.POINTER(MessageRow)
    rest, told = b'\r\nRDY\r\n\r\n+QIND: "SBFOTA","UPDATING",101%\r\n', []
    while rest:
        event = Event()
        rest = rest[library.sbfota_parse(parser, rest, ctypes.c_size_t(len(rest)), ctypes.byref(event)):]
        if event.kind != constants["SBFOTA_NONE"]:
            told.append((library.sbfota_message(event.kind).contents.name.decode(), event.value, event.flags))
    assert told == [("rdy", 0, 0), ("updating", 101, constants["SBFOTA_FLAG_OUT_OF_RANGE"])], told


main(sys.argv[1], sys.argv[2:])
