#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""options.py WHAT: of options.def, what WHAT names, to standard output.

ids: the numbers of commands and options, as C. rows: how they are read, and what --help says. page NAME: the manual page of which
manual/NAME.1 is the rest. bash, zsh, fish: completions.
"""
import re
import sys
import textwrap
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
READING = "decode sessions stats modems report"
EVENTS = r"sbfota watch --on help 2>/dev/null | sed -n 's/^  \([a-z_]*\) .*/\1/p'"


class Command:
    """A command's row."""

    def __init__(self, name, arguments, argument, summary, text, after, examples):
        self.name, self.arguments, self.argument, self.summary = name, arguments, argument, summary
        self.text, self.after, self.examples = text, after, examples.split("\n")


class Option:
    """An option's row."""

    def __init__(self, name, letter, value, kind, known, also, text, manual):
        self.name, self.letter, self.value, self.kind, self.manual = name, letter, value, kind, manual
        self.known = names_of(known)
        self.also = names_of(also)
        self.text = re.sub(r"{(\w+)}", lambda found: ", ".join(words_of(found[1])), text)
        self.id = "OPTION_" + name.replace("-", "_").upper()

    def choices(self):
        """What its value may be, where that is known."""
        if self.kind == "choice":
            return self.value.split("|")
        return words_of(self.kind)


class Heading:
    """A heading's row."""

    def __init__(self, command, text):
        self.known, self.text = [command], text


def names_of(text):
    """The names of commands in a row."""
    every = " ".join(command.name for command in commands)
    return text.replace("READING", READING).replace("EVERY", every).split()


def words_of(kind):
    """The names of a kind of value, from where they stand."""
    if kind in ("outcome", "phase", "power"):
        rows_of_kind = (HERE / f"{kind}s.def").read_text()
        return re.findall(rf'^SBFOTA_{kind.upper()}\(\w+, \d+, "(\w+)"', rows_of_kind, re.M)
    if kind == "state":
        return words_of("phase") + words_of("outcome")
    if kind == "form":
        return re.findall(r'^FORM\(\w+, "([^"]+)"', (HERE / "forms.def").read_text(), re.M) + ["help"]
    if kind == "limit":
        limits = (HERE / "../src/cli/watch/limits.c").read_text()
        return [name + "=" for name in re.findall(r'^    \[LIMIT_\w+\] = {"(\w+)"', limits, re.M)]
    if kind == "fault":
        faults = (HERE / "../src/simulate/faults.def").read_text()
        return re.findall(r'^MODULE_FAULT\(\w+, "([^"]+)"', faults, re.M) + ["help"]
    return []


commands = []
rows = []


def read():
    """Read the rows, which are calls in Python too."""
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), (HERE / "options.def").read_text(), flags=re.S)
    calls = {
        "COMMAND": lambda *cells: commands.append(Command(*cells)),
        "OPTION": lambda *cells: rows.append(Option(*cells)),
        "HEADING": lambda *cells: rows.append(Heading(*cells)),
    }
    try:
        exec(compile(text, "options.def", "exec"), calls)  # pylint: disable=exec-used # a file of this folder
    except SyntaxError as error:
        sys.exit(f"grammar/options.def:{error.lineno}: {error.msg}")
    except (TypeError, NameError) as error:  # cells that a row lacks or has too many of; another kind of row
        rows_at = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "options.def"]
        sys.exit(f"grammar/options.def:{rows_at[-1]}: {error}")


def shown(command):
    """The options and headings that a command's help has."""
    return [row for row in rows if command.name in row.known]


def options_of(command):
    """The options that a command's help has."""
    return [row for row in shown(command) if isinstance(row, Option)]


def taken(command):
    """The options that a command reads."""
    return [row for row in rows if isinstance(row, Option) and command.name in row.known + row.also]


# ---- C -------------------------------------------------------------------------------------------------------------------------


def c_string(text, indent):
    """A literal, a line of text a line."""
    lines = text.splitlines(keepends=True)
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for line in lines]
    return "\n".join(f'{indent}"{line}"' for line in escaped)


HEADER = "/* SPDX-License-Identifier: MIT */\n/* Made by grammar/options.py of grammar/options.def. */\n"


def ids():
    """The numbers of commands and options."""
    print(HEADER)
    print("enum command {\n    COMMAND_NONE = 0,")
    print("".join(f"    COMMAND_{command.name.upper()},\n" for command in commands) + "    COMMANDS\n};\n")
    letters = {}
    for row in rows:
        if isinstance(row, Option) and not letters.get(row.id):
            letters[row.id] = row.letter
    number = 256
    print("enum option_id {")
    for name, letter in letters.items():
        print(f"    {name} = {repr(letter) if letter else number},")
        number += not letter
    print("};")


def table(name, options):
    """What getopt_long is told."""
    print(f"static const struct option known_{name}[] = {{")
    for row in options:
        need = "required_argument" if row.kind != "flag" else "no_argument"
        print(f'    {{"{row.name}", {need}, NULL, {row.id}}},')
    print("    {NULL, 0, NULL, 0},\n};")
    choices = [row for row in options if row.kind == "choice"]
    print(f"static const struct option_choices choices_{name}[] = {{")
    for row in choices:
        words = ", ".join(f'"{word}"' for word in row.choices())
        print(f"    {{{row.id}, {{{words}}}}},")
    print("    {0, {NULL}},\n};")


def letters_of(options):
    """The letters, as getopt takes them."""
    return ":" + "".join(row.letter + (":" if row.kind != "flag" else "") for row in options if row.letter)


def rows_of():
    """The tables, and what --help says."""
    nothing = [row for row in rows if isinstance(row, Option) and row.name in ("help", "version")]
    print(HEADER)
    table("none", nothing)
    for command in commands:
        table(command.name, taken(command))
    print("static const struct command_row rows[COMMANDS] = {")
    print(f'    [COMMAND_NONE] = {{"", known_none, choices_none, "{letters_of(nothing)}",')
    print(c_string(overview(), "        ") + "},")
    for command in commands:
        name = command.name
        print(f'    [COMMAND_{name.upper()}] = {{"{name}", known_{name}, choices_{name},')
        print(f'        "{letters_of(taken(command))}",')
        print(c_string(help_of(command), "        ") + "},")
    print("};")


# ---- --help --------------------------------------------------------------------------------------------------------------------


def wrap(text, indent=0):
    """Lines of up to 80 columns."""
    lines = textwrap.wrap(text, 80 - indent, break_long_words=False, break_on_hyphens=False)
    return ("\n" + " " * indent).join(lines)


def overview():
    """What sbfota --help says."""
    text = "usage: sbfota COMMAND [OPTIONS] [FILE...]\n\n"
    text += wrap("What a Quectel BG96 says of its firmware update over SoftBank's network, from captured modem logs.")
    text += "\n\n"
    for command in commands:
        text += f"  {(command.name + ' ' + command.argument).rstrip():<14} {command.summary}\n"
    text += "\n" + wrap(
        "Logs may be gzip, xz, zstd, bzip2 or lz4 files, tar or zip archives. No FILE, or -, reads standard input. "
        '"sbfota COMMAND --help" tells a command\'s options.'
    )
    text += "\n\n" + wrap(
        "Exit status: 0 done; 1 the input held no SBFOTA message; 2 wrong usage, or a file could not be read or written; "
        "3 with --strict, something was malformed."
    )
    text += "\n\n  sbfota decode modem.log               on a terminal: a table\n"
    text += "  sbfota decode modem.log | jq .event   else: JSON Lines\n  sbfota explain 702\n"
    return text


def help_line(row):
    """An option in a help."""
    start = f"  -{row.letter}, --{row.name}" if row.letter else f"      --{row.name}"
    start += f" {row.value}" if row.value else ""
    gap = "\n" + " " * 31 if len(start) > 29 else " " * (31 - len(start))
    return start + gap + wrap(row.text, 31) + "\n"


def help_of(command):
    """What sbfota COMMAND --help says."""
    text = f"usage: sbfota {command.name} {command.arguments}\n\n{wrap(command.text)}\n\n"
    for row in shown(command):
        text += row.text + ":\n" if isinstance(row, Heading) else help_line(row)
    text += f"\n{wrap(command.after)}\n" if command.after else ""
    return text + "\n" + "".join(f"  {example}\n" for example in command.examples)


# ---- manual --------------------------------------------------------------------------------------------------------------------


def troff(text):
    """Marked text as troff."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = re.sub(r"\*([^*]+)\*", r"\\fB\1\\fR", text)
    text = re.sub(r"(?<!\w)_([A-Z]\w*?)_(?!\w)", r"\\fI\1\\fR", text)
    lines = textwrap.wrap(text, 120, break_long_words=False, break_on_hyphens=False)
    return "\n".join("\\&" + line if line[0] in ".'" else line for line in lines)


def value_of(row):
    """The value of an option, as troff."""
    mark = lambda found: f"\\fI{found[0]}\\fR" if found[0].isupper() else f"\\fB{found[0]}\\fR"
    return re.sub(r"\w+", mark, row.value)


def manual_of(options):
    """The options of a page."""
    out = []
    for row in options:
        if isinstance(row, Heading):
            out.append(f".SS {row.text}")
            continue
        name = f"\\fB\\-\\-{troff(row.name)}\\fR"
        name = f"\\fB\\-{row.letter}\\fR, {name}" if row.letter else name
        text = row.manual or row.text[0].upper() + row.text[1:] + "."
        out.append(f".TP\n{name} {value_of(row)}".rstrip() + "\n" + troff(text))
    return "\n".join(out)


def page(name):
    """A manual page."""
    text = (HERE / "manual" / f"{name}.1").read_text()
    if name == "sbfota":
        options = [row for row in rows if isinstance(row, Option) and set(READING.split()) <= set(row.known)]
    else:
        options = shown(next(command for command in commands if name == f"sbfota-{command.name}"))
    sys.stdout.write(text.replace("@OPTIONS@", manual_of(options)))


# ---- completions ---------------------------------------------------------------------------------------------------------------

LISTS = ("outcome", "state", "power", "limit")
TOP = "# SPDX-License-Identifier: MIT\n#\n# Made by grammar/options.py of grammar/options.def.\n"


def bash():
    """For bash."""
    names = " ".join(command.name for command in commands)
    print(f"# shellcheck shell=bash disable=SC2207\n{TOP}")
    print("# COMPREPLY of words, of which the last of a list with commas is completed.\n_sbfota_list()\n{")
    print('    local before=\n    [[ $cur == *,* ]] && before=${cur%,*},')
    print('    COMPREPLY=($(compgen -P "$before" -W "$1" -- "${cur##*,}"))\n    compopt -o nospace 2>/dev/null\n}\n')
    print("_sbfota()\n{")
    print("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}")
    print("    # --name=value is three words.")
    print("    [[ $cur == = ]] && cur=")
    print("    [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD - 2]}")
    print("    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then")
    print(f'        COMPREPLY=($(compgen -W "{names} --help --version" -- "$cur"))\n        return\n    fi')
    print('    case "$command $prev" in')
    for command in commands:
        for row in options_of(command):
            if row.kind == "flag":
                continue
            pattern = f'"{command.name} --{row.name}"' + (f' | "{command.name} -{row.letter}"' if row.letter else "")
            print(f"    {pattern})\n        {bash_value(row)}\n        return ;;")
    print('    esac\n    if [[ $cur != -* ]]; then')
    print(f'        if [ "$command" = help ]; then\n            COMPREPLY=($(compgen -W "{names}" -- "$cur"))')
    print('        elif [ "$command" != explain ] && [ "$command" != simulate ]; then')
    print('            COMPREPLY=($(compgen -f -- "$cur"))\n            compopt -o filenames 2>/dev/null\n        fi')
    print("        return\n    fi\n    case $command in")
    for command in commands:
        words = " ".join(option_words(command))
        print(f'    {command.name})\n        COMPREPLY=($(compgen -W "{words}" -- "$cur")) ;;')
    print("    esac\n}\ncomplete -F _sbfota sbfota")


def option_words(command):
    """The options of a command as they are typed."""
    for row in options_of(command):
        if row.letter:
            yield "-" + row.letter
        yield "--" + row.name


def bash_value(row):
    """How bash completes a value."""
    if row.kind == "file":
        return 'COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null'
    if row.kind in LISTS:
        return f'_sbfota_list "{" ".join(row.choices())}"'
    if row.kind in ("event", "on"):
        return f'_sbfota_list "$({EVENTS})"'
    if row.choices():
        return f'COMPREPLY=($(compgen -W "{" ".join(row.choices())}" -- "$cur"))'
    return "true"


def zsh_quoted(text):
    """A description within a specification of _arguments."""
    return re.sub(r"([\[\]:\\])", r"\\\1", text).replace("'", "'\\''")


def zsh_value(row):
    """How zsh completes a value."""
    name = zsh_quoted(row.value.split("[")[0].lower())
    if row.kind == "flag":
        return ""
    if row.kind == "file":
        return f":{name}:_files"
    if row.kind == "limit":
        return f":{name}:compadd -qS= - {' '.join(row.choices()).replace('=', '')}"
    if row.kind in LISTS:
        return f":{name}:_sequence compadd - {' '.join(row.choices())}"
    if row.kind in ("event", "on"):
        return f":{name}:_sbfota_events" + (":command:" if row.kind == "on" else "")
    if row.choices():
        return f":{name}:({' '.join(row.choices())})"
    return f":{name}:"


def zsh():
    """For zsh."""
    print(f"#compdef sbfota\n{TOP}")
    print("_sbfota_events()\n{\n    _sequence compadd - ${(f)\"$(" + EVENTS + ")\"}\n}\n")
    print("_sbfota()\n{\n    local -a commands\n    commands=(")
    for command in commands:
        print(f"        '{command.name}:{zsh_quoted(command.summary)}'")
    print("    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        return\n    fi")
    print("    local command=$words[2]\n    words=(\"${(@)words[2,-1]}\")\n    ((CURRENT--))\n    case $command in")
    for command in commands:
        print(f"    {command.name})\n        _arguments -s -S \\")
        for row in options_of(command):
            text = f"[{zsh_quoted(row.text)}]{zsh_value(row)}'"
            star = "*" if row.kind in ("on", "limit", "fault") else ""
            if row.letter:
                print(f"            '{star}-{row.letter}{'+' if row.value else ''}{text} \\")
            print(f"            '{star}--{row.name}{'=' if row.value and row.kind != 'on' else ''}{text} \\")
        rest = {"help": f"'1:command:({' '.join(each.name for each in commands)})'", "explain": "'*:text:'", "simulate": ""}
        print(f"            {rest.get(command.name, chr(39) + '*:file:_files' + chr(39))}\n        ;;")
    print("    esac\n}\n\n_sbfota \"$@\"")


def fish_quoted(text):
    """A word of fish."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish():
    """For fish."""
    print(f"{TOP}\ncomplete -c sbfota -f")
    for command in commands:
        print(f"complete -c sbfota -n __fish_use_subcommand -a {command.name} -d {fish_quoted(command.summary)}")
    for command in commands:
        seen = f"complete -c sbfota -n '__fish_seen_subcommand_from {command.name}'"
        if command.name == "help":
            print(f"{seen} -a '{' '.join(each.name for each in commands if each.name != 'help')}'")
            seen = f"complete -c sbfota -n 'test (count (commandline -opc)) -gt 1; and test (commandline -opc)[2] = help'"
        else:
            seen = f"complete -c sbfota -n 'test (count (commandline -opc)) -gt 1; and test (commandline -opc)[2] = {command.name}'"
        if command.name not in ("help", "explain", "simulate"):
            print(f"{seen} -F")
        for row in options_of(command):
            letter = f" -s {row.letter}" if row.letter else ""
            print(f"{seen}{letter} -l {row.name}{fish_value(row)} -d {fish_quoted(row.text)}")


def fish_value(row):
    """How fish completes a value."""
    if row.kind == "flag":
        return ""
    if row.kind == "file":
        return " -r -F"
    if row.kind in LISTS:
        return " -x -a " + fish_quoted(f"(__fish_complete_list , \"printf '%s\\n' {' '.join(row.choices())}\")")
    if row.kind in ("event", "on"):
        return " -x -a " + fish_quoted(f"({EVENTS})")
    return f" -x -a {fish_quoted(' '.join(row.choices()))}" if row.choices() else " -x"


def main():
    """Make what is asked for."""
    read()
    if sys.argv[1] == "page":
        page(sys.argv[2])
    else:
        {"ids": ids, "rows": rows_of, "bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]]()


main()
