#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""zsh_complete.py FOLDER LINE: type the line and a tab into zsh with the completions in FOLDER, and print what the line is then."""
import os
import pty
import re
import select
import sys
import time

folder, line = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", PS1="", ZDOTDIR=os.getcwd(), HISTFILE="")
    os.execvp("zsh", ["zsh", "-f", "-i"])


def read_until(mark, seconds=20):
    """What comes up to the mark."""
    text, end = "", time.monotonic() + seconds
    while mark not in text and time.monotonic() < end:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                text += os.read(fd, 4096).decode(errors="replace")
            except OSError:
                break
    return text


SETUP = (
    f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D; unsetopt ZLE_REMOVE_SUFFIX_CHARS 2>/dev/null;"
    "show() { print -r -- \"<<<$BUFFER>>>\"; BUFFER=exit; zle accept-line }; zle -N show; bindkey '^X' show;"
    "print REA''DY"
)
os.write(fd, SETUP.encode() + b"\n")
read_until("READY")
os.write(fd, line.encode() + b"\t\x18")
found = re.search(r"<<<(.*?)>>>", read_until(">>>"), re.S)
print(found[1].replace("\r", "") if found else "nothing")
os.close(fd)
