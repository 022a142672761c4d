#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Which result code answers which command of ours: answers.sh SBFOTA. The wait for one ends at a boot and at the modem's next
# command, whosever it is; with --all and without, the same.
tool=$(readlink -f "${1:?usage: answers.sh SBFOTA}")
. "$(dirname "$0")/common.sh"
A='AT+QCFGEXT="sbfota_accept",1'
I='AT+QCFGEXT="sbfota_delay"'

# answered FILE [OPTION...]: what result codes answer, in order, "-" where nothing does; of a log with a command of ours
answered() {
    local file=$1
    shift
    "$tool" decode -q "$@" "$file" | jq -sr 'if any(.event == "accept" or .event == "query_delay") then map(.answers // empty) | join(" ") | if . == "" then "-" else . end else "nothing" end'
}
# agree NAME EXPECTED FILE [OPTION...]
agree() {
    local name=$1 expected=$2
    shift 2
    is "$name" "$expected" "$(answered "$@")"
    is "$name.all" "$expected" "$(answered "$@" --all)"
}
# spread NAME EXPECTED FILE: the same of a log of several blocks
spread() {
    agree "$@"
    is "$1.threads" "$2" "$(answered "$3" -j3)"
}
# The lines of standard input, a mark first where they have one, in a form.
as() {
    case $1 in
    raw) sed 's/^[<>-] //; s/$/\r/' ;;
    lf) sed 's/^[<>-] //' ;;
    cr) sed 's/^[<>-] //' | tr '\n' '\r' ;;
    utf16) as raw | iconv -f ASCII -t UTF-16LE ;;
    gateway) sed 's/^- //; s/^/2026-11-23T10:00:00Z m1 /' ;;
    bracket) sed 's/^[<>-] //; s/^/[2026-11-23 20:37:48.479] /' ;;
    esp-idf) sed 's/^[<>-] //; s/^/I (12345) modem: /' ;;
    jsonl) jq -Rc '{time: "2026-11-23T10:00:00Z", modem: "m1", text: ((if test("^[<>-] ") then .[2:] else . end) + "\r\n")}' ;;
    jsonl-bare) jq -Rc '{modem: "m1", dir: (if test("^>") then "tx" else "rx" end), text: (if test("^[<>-] ") then .[2:] else . end)}' ;;
    jsonl-signs) as jsonl | sed 's/+/\\u002b/g; s/&/\\u0026/g' ;;
    json) as jsonl | jq -s '{events: .}' ;;
    logfmt) as jsonl | jq -r '"time=\(.time) modem=m1 msg=\(.text | tojson)"' ;;
    csv) as jsonl | (echo time,modem,text && jq -r '[.time, .modem, .text] | @csv' | tr -d '\r' | sed ':a; /"$/!{N; s/\n//; ba}') ;;
    hexdump) as raw | od -A x -t x1z -v ;;
    esac
}
forms='raw lf cr utf16 gateway bracket esp-idf jsonl jsonl-bare jsonl-signs json logfmt csv hexdump'

# case_of NAME EXPECTED LINE...: the same in each form
case_of() {
    local name=$1 expected=$2 form
    shift 2
    for form in $forms; do
        printf '%s\n' "$@" | as "$form" >log
        agree "$name.$form" "$expected" log
    done
}
case_of other_command - "> $A" '> AT+CSQ' '< OK'
case_of own_command_after_another accept '> AT+CSQ' "> $A" '< OK'
case_of both_answered accept "> $A" '< OK' '> AT+CSQ' '< OK'
case_of echo accept "> $A" "< $A" '< OK'
case_of echo_of_another 'query_delay' '> AT+CSQ' '< AT+CSQ' '< OK' "> $I" "< $I" '< OK' '> AT' '< AT' '< OK'
case_of malformed_command - '< +QIND: "SBFOTA","START"' "> $A" '> AT+QCFGEXT="sbfota_accept",x' '< OK'
case_of other_parameter - "> $A" '> AT+QCFGEXT="nat/timeout"' '< OK'
case_of error - "> $A" '> ATE0' '< ERROR'
case_of word accept "> $A" '< ATTACHED' '< OK'
case_of urc_between accept "> $A" '< +QIND: "SBFOTA","START"' '< OK'
case_of overlong - "> $A" "> AT+QHTTPCFG=\"customheader\",\"$(printf '%0300d' 0)\"" '< OK'

# What a command is, and what is none.
for command in AT at AT+CSQ at+csq 'AT+CSQ;+CREG?' 'AT +CSQ' 'AT&F' 'AT&W0' 'AT\Q3' 'AT$QCPWRDN' 'AT%N1' 'AT*PSFREQ' 'AT#X' 'AT^SYSCFG?' 'AT ' \
    ATE0 ATE1V1Q0 ATE0+CSQ 'ATE0;+CSQ' ATI ATI9 ATZ ATH ATA ATO ATS0=1 ATS3? ATS0 'ATS0=0;E0' 'ATD*99***1#' 'ATD112;' 'ATDT 123' 'ATD>SM1' ATDL 'AT&FE0'; do
    printf '%s\r\n' "$A" "$command" OK >log
    agree "command.$command" - log
done
for text in ATTACHED 'at 10:00' 'at last' ATOM ATLAS ATTENTION 'AT5' 'AT-commands' 'AT: OK' 'AT(1)' DATA 'dat+csq' ATS ATDX 'AT+' 'AT+5' 'AT command' 'AT; x' 'ATE0 OK' 'ATE0,1'; do
    printf '%s\r\n' "$A" "$text" OK >log
    agree "no_command.$text" accept log
done

# What the host says is neither an answer nor a boot, where the log says who says it.
for form in gateway jsonl-bare; do
    for word in OK ERROR '+CME ERROR: 3' RDY 'APP RDY'; do
        printf '%s\n' "> $A" "> $word" '< OK' '< OK' | as $form >log
        agree "host.$word.$form" accept log
        printf '%s\n' '< +QIND: "SBFOTA","START"' "> $A" "> $word" | as $form >log
        agree "host.$word.alone.$form" - log
    done
done
printf "<dbg> [1604275201.1] [ttyUSB2/at] --> '%s<CR>'\n" "$A" OK RDY >log
printf "<dbg> [1604275201.1] [ttyUSB2/at] <-- '<CR><LF>OK<CR><LF>'\n" >>log
agree host.torn accept log
(printf '> %s\n> OK\n> RDY\n' "$A"; for ((i = 0; i < 60000; i++)); do echo '< +CREG: 2,1'; done; echo '> OK'; echo '< OK') | as gateway >log
agree host.in_another_block accept log

# Other modems' commands, and blocks of the file between.
printf '2026-11-23T10:00:00Z %s\n' "m1 > $A" 'm2 > AT+CSQ' 'm2 < OK' 'm1 < OK' >log
agree modems.each_its_own accept log
printf '2026-11-23T10:00:00Z %s\n' "m1 > $A" "m2 > $I" 'm1 > AT+CSQ' 'm2 < OK' 'm1 < OK' >log
agree modems.one_ends query_delay log
filler() {
    awk -v size="$1" -v line="$2" 'BEGIN { for (used = 0; used < size; used += length(line) + 2) printf "%s\r\n", line }'
}
for before in 100 1500000; do
    for behind in 100 1500000 2500000; do
        for form in raw gateway jsonl cr; do
            (
                echo "> $A"
                filler $before '< +CREG: 2,1' | tr -d '\r'
                echo '> AT+CSQ'
                filler $behind '< +CREG: 2,1' | tr -d '\r'
                printf '< OK\n> %s\n< OK\n' "$I"
            ) | as $form >log
            spread "blocks.$before.$behind.$form" query_delay log
        done
    done
done
# A line that is longer than a block is no less a command.
(printf '%s\r\nAT+QFUPL=' "$A"; head -c 3000000 /dev/zero | tr '\0' x; printf '\r\nOK\r\n') >log
spread blocks.one_line - log
# In a binary file a line that is too long is none.
(printf '\0\1\2\3\0\0%s\r\nAT+CSQ' "$A"; head -c 400 /dev/zero; printf '\r\nOK\r\n') >log
is binary "$(answered log --all)" "$(answered log)"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
