#!/bin/bash
# SPDX-License-Identifier: MIT
#
# options.sh TOOL: each row of grammar/options.def against the tool: which command takes which option, what help, manual and
# completions have, and what is said of a mistyped word.
tool=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
# shellcheck source=tests/cli/common.sh
. "$here/common.sh"

# complains NAME PATTERN COMMAND...: exit status 2, and one line on standard error that has the pattern.
complains() {
    local name=$1 pattern=$2 said got
    shift 2
    said=$("$@" 2>&1 >/dev/null </dev/null)
    got=$?
    is "$name" "2 1 yes" "$got $(printf '%s\n' "$said" | wc -l) $(printf '%s' "$said" | grep -qE -- "$pattern" && echo yes || echo "$said")"
}

# The rows: command, option, letter, value, whether it is known or only taken.
python3 - "$root/grammar" >rows <<'PYTHON'
import re, sys
text = re.sub(r"/\*.*?\*/", "", open(sys.argv[1] + "/options.def").read(), flags=re.S)
commands, options = [], []
exec(text, {"COMMAND": lambda *cells: commands.append(cells[0]), "OPTION": lambda *cells: options.append(cells),
            "HEADING": lambda *cells: None})
every = {"READING": "decode sessions stats modems report", "EVERY": " ".join(commands)}
for name, letter, value, kind, known, also, *_ in options:
    for state, names in (("known", known), ("taken", also)):
        for command in " ".join(every.get(word, word) for word in names.split()).split():
            print(command, name, letter or "-", "value" if value else "flag", state)
PYTHON
commands=$(awk '{ print $1 }' rows | sort -u)
# Help fits a terminal as it comes.
for command in '' $commands; do
    # shellcheck disable=SC2086 # no word without a command
    is "fits.$command" '' "$("$tool" $command --help | grep -E '^.{81}')"
done
is rows.there yes "$([ "$(wc -l <rows)" -gt 100 ] && echo yes)"

# Each option of a command is taken, and each of the others is refused by its name. One with a value is tried without one, so that
# nothing is run; a flag with one.
while read -r option; do
    for command in $commands; do
        row=$(grep -m 1 "^$command $option " rows)
        case $row in
        *' value '*)
            complains "taken.$command.$option" "^sbfota: --$option: a value is needed" "$tool" "$command" "--$option"
            complains "empty.$command.$option" "^sbfota: (--$option|-j) \"\": a value is needed$" "$tool" "$command" "--$option="
            ;;
        *' flag '*) complains "taken.$command.$option" "^sbfota: --$option takes no value" "$tool" "$command" "--$option=1" ;;
        *)
            # What another option of the command begins with is that one, cut short.
            grep -q "^$command $option" rows && continue
            others=$(awk -v option="$option" '$2 == option { print $1 }' rows | sort -u)
            said=$("$tool" "$command" "--$option" 2>&1 </dev/null)
            is "refused.$command.$option" "2 sbfota: --$option: an option of" "$? $(printf '%s' "$said" | cut -d' ' -f1-5)"
            is "refused.$command.$option.of" "$others" "$(printf '%s' "$said" | sed 's/.*an option of //; s/, not of .*//; s/, /\n/g' | sort)"
            ;;
        esac
    done
done < <(awk '{ print $2 }' rows | sort -u)

# Help, manual and completions have the rows of a command, and no other.
for command in $commands; do
    awk -v command="$command" '$1 == command && $5 == "known" { print "--" $2 }' rows | sort -u >expected
    "$tool" "$command" --help >help
    is "help.$command" "$(cat expected)" "$(grep -oE '^  (-.,|   ) --[a-z-]+' help | grep -oE -- '--.*' | sort -u)"
    is "help.$command.fits" '' "$(awk 'length > 100' help)"
    is "help.$command.says_it_too" "$(cat help)" "$("$tool" help "$command")"
    [ "$command" = help ] && continue
    is "manual.$command" "$(cat expected)" \
        "$(sed 's/\\-/-/g' "$root/man/sbfota-$command.1" | grep -A1 '^\.TP' | grep -oE '^\\fB-.*' | grep -oE -- '--[a-z-]+' | sort -u)"
    is "manual.$command.order" 'SYNOPSIS' "$(grep -m 1 -oE '^\.SH (SYNOPSIS|EXAMPLES)' "$root/man/sbfota-$command.1" | cut -c5-)"
done
is help.overview "$(printf '%s\n' "$commands")" "$("$tool" --help | grep -oE '^  [a-z]+ ' | grep -v sbfota | tr -d ' ' | sort)"
is help.alone "$("$tool" --help)" "$("$tool" help)"
complains help.of_no_command 'there is no such command' "$tool" help dance
complains help.of_two 'one command at a time' "$tool" help decode stats

# A long option may be cut short where it is the only one of the command.
is short.of_the_command 0 "$("$tool" stats --fl --qu "$captures/fleet/meters.log" >/dev/null; echo $?)"
complains short.of_several 'there are several such options' "$tool" decode --modem-

# Mistyped words.
means() {
    complains "means.$1" "did you mean $2\\?" "$tool" "${@:3}"
}
means command.letter_missing decode decde
means command.letters_changed_places stats stast
means command.letter_too_many sessions sesssions
means command.letter_another watch wetch
means help.command modems help moddems
means option.letter_missing --format decode --fomat
means option.with_value --outcome sessions --outcom_=updated
means option.letters_changed_places --silent modems --slient=3d
means option.of_watch --metrics watch --metircs
means option.of_simulate --truth simulate --trut_
means outcome updated sessions --outcome updatd
means second_outcome interrupted sessions --outcome updated,interuptd
means phase restore modems --state restor
means power forbidden modems --power forbiden
means form syslog decode --capture sislog
means format jsonl decode -f josnl
means format.of_watch jsonl watch -f jsnol -
means colour always decode --color alwasy
means event updated watch --until updatd -
means second_event updating watch --until restore,updatng -
means event.of_on silent watch --on silnt true -
means limit update watch --limit updat=3 -
means fault garbage simulate --fault garbag=10
for words in dance 'decode --dance' 'decode -f pdf' 'sessions --outcome dance' 'decode --capture dance' '--dance' x; do
    # shellcheck disable=SC2086 # words
    is "means_nothing.$words" 0 "$("$tool" $words 2>&1 </dev/null | grep -c 'did you mean')"
done
is means_nothing.of_a_long_word 0 "$("$tool" "$(printf 'decode%0100d' 0)" 2>&1 | grep -c 'did you mean')"

# What cannot be together.
complains since_behind_until 'since is later than --until' "$tool" sessions --since 2026-01-02 --until 2026-01-01

# Completions, by the shells themselves.
mkdir bin && ln -s "$tool" bin/sbfota && touch a.log
PATH=$PWD/bin:$PATH
in_bash() {
    bash --norc -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sbfota 2>/dev/null; printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$root/packaging/completions/sbfota" "$@" | sort
}
in_fish() {
    HOME=$work fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' "$root/packaging/completions/sbfota.fish" "$*" 2>&1 |
        cut -f1 | sort -u
}
in_zsh() {
    python3 "$here/zsh_complete.py" "$root/packaging/completions" "$*"
}
for shell in bash fish; do
    command -v $shell >/dev/null || continue
    is "$shell.commands" "$(printf '%s\n' sessions simulate stats)" "$(in_$shell sbfota s)"
    for command in $commands; do
        awk -v command="$command" '$1 == command && $5 == "known" { print "--" $2 }' rows | sort -u >expected
        is "$shell.options.$command" "$(cat expected)" "$(in_$shell sbfota "$command" -- | grep -- '^--')"
    done
    is "$shell.format" "$(printf '%s\n' csv)" "$(in_$shell sbfota modems -f c)"
    is "$shell.outcome" rolled_back "$(in_$shell sbfota sessions --outcome ro)"
    is "$shell.second_outcome" updated,rolled_back "$(in_$shell sbfota sessions --outcome updated,ro)"
    is "$shell.event" restore "$(in_$shell sbfota watch --until restor)"
    is "$shell.limit" update= "$(in_$shell sbfota watch --limit upd)"
    is "$shell.file" a.log "$(in_$shell sbfota decode a.)"
    is "$shell.file_of_option" a.log "$(in_$shell sbfota decode -o a.)"
    is "$shell.help" decode "$(in_$shell sbfota help de)"
done
if command -v zsh >/dev/null; then
    while IFS='|' read -r name line expected; do
        is "zsh.$name" "$expected" "$(in_zsh "$line")"
    done <<'CASES'
command|sbfota sess|sbfota sessions 
option|sbfota sessions --worst|sbfota sessions --worst-first 
outcome|sbfota sessions --outcome rolled|sbfota sessions --outcome rolled_back,
second_outcome|sbfota sessions --outcome updated,rolled|sbfota sessions --outcome updated,rolled_back,
format|sbfota decode -f parq|sbfota decode -f parquet 
form|sbfota decode --capture=qnav|sbfota decode --capture=qnavigator 
file|sbfota decode a.l|sbfota decode a.log 
limit|sbfota watch --limit upd|sbfota watch --limit update=
event|sbfota watch --until restor|sbfota watch --until restore,
CASES
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
