#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Without memory: memory.sh SBFOTA NO_MEMORY, that being the library which tests/cli/no_memory.c builds. Each allocation of each
# command fails in turn, once and for good. The exit status says so, a line of standard error says why, and the output is
# whole records of the right ones. What the system itself refuses is tried in faults.sh.
tool=$(readlink -f "${1:?usage: memory.sh SBFOTA NO_MEMORY}")
no_memory=$(readlink -f "${2:?usage: memory.sh SBFOTA NO_MEMORY}")
. "$(dirname "$0")/common.sh"

if [ -n "$sanitized" ] || ! LD_PRELOAD=$no_memory true 2>/dev/null || [ -n "$(LD_PRELOAD=$no_memory true 2>&1)" ]; then
    echo 'allocations cannot be made to fail here'
    exit 0
fi

Q='+QIND: "SBFOTA"'
# More modems than there is room for at first.
awk 'BEGIN { for (i = 0; i < 1000; i++) {
    printf "2026-11-23T10:%02d:%02d.%03dZ modem-%03d ", i / 60 % 60, i % 60, i % 1000, i % 150
    if (i % 5 == 0) print "> AT+QCFGEXT=\"sbfota_delay\""
    else if (i % 5 == 1) print "< OK"
    else if (i % 35 == 3) print "< +QIND: \"SBFOTA\",\"HTTPEND\",702"
    else if (i % 5 == 2) print "< +QIND: \"SBFOTA\",\"HTTPSTART\""
    else printf "< +QIND: \"SBFOTA\",\"DOWNLOADING\",%d%%\n", i % 101 } }' >log.txt
awk 'BEGIN { for (i = 0; i < 60; i++)
    printf "<dbg> [16042824%02d.1] [ttyUSB%d/at] <-- \047<CR><LF>+QIND: \"SBFOTA\",\"UPDATING\",%d%%<CR><LF>\047\n", i, i % 40, i }' >torn.txt
printf '\r\n%s,"START"\r\n\r\n\377%s\r\n\r\n%s,"END",0\r\n' "$Q" "$Q" "$Q" >wire
printf '%s,"START"\n%s,"END",0' "$Q" "$Q" | iconv -t UTF-16LE >wide
"$tool" decode -q --all wire >wire.jsonl
printf '[2026-11-23 20:37:48.479] %s,<1b>"START"\n' "$Q" >escaped
# An answer in the block behind its command's.
(printf 'AT+QCFGEXT="sbfota_delay"\n'; head -c 1100000 /dev/zero | tr '\0' '\n'; printf 'OK\n') >late
# Texts longer than the room for output is at first; the rest of a record is not left out of them.
printf '{"event":"other","raw":"%070000d"}\n' 0 >long.jsonl
gzip -c log.txt >log.gz
tar cf log.tar log.txt wire
mkdir folder
cp wire folder/a.log
cp wide folder/b.log

commands=(
    'decode -j1 log.txt wire'
    'decode -q -j2 log.txt wire'
    'decode -q -f text -j1 log.txt wire'
    'decode -q -f csv -j1 log.txt'
    'decode -q --all wire'
    'decode -q -j1 wide torn.txt escaped late'
    'decode -q -j1 -r folder absent'
    'decode -q -j1 log.gz'
    'decode -q -j1 log.tar'
    'decode -q -j1 -'
    'decode -q -j1 -o out wire'
    'sessions -q -j1 -f jsonl log.txt'
    'sessions -q -j1 -f text torn.txt'
    'sessions -q -j1 -f csv --worst-first -o out log.txt'
    'stats -q -j1 -f text log.txt'
    'stats -q -j1 -f jsonl --fleet log.txt torn.txt'
    'encode wire.jsonl long.jsonl'
    'encode -o out wire.jsonl'
    'explain 702'
)

# verdict STATUS COMMAND...: what went wrong, if anything
verdict() {
    local status=$1
    shift
    local result=got
    [[ " $* " = *' -o '* ]] && result=out
    [ "$(echo out.*)" = 'out.*' ] || { echo "left $(echo out.*)"; return; }
    if [ "$status" -eq "$reference_status" ] && cmp -s said reference_said; then
        cmp -s "$result" reference || echo "status $status, but other output"
        return
    fi
    [ "$status" -eq 2 ] || { echo "status $status"; return; }
    grep -qE '^sbfota: .*(not enough memory|Cannot allocate memory)' said || { echo "said only $(cat said)"; return; }
    grep -qv '^sbfota: ' said && { echo "said $(grep -v '^sbfota: ' said | head -n 1)"; return; }
    [ -e $result ] || return
    case "$1 " in
    decode*) grep -vxFf reference $result | head -n 1 | sed 's/^/not a record: /' ;;
    esac
}
for command in "${commands[@]}"; do
    read -ra words <<<"$command"
    rm -f out
    "$tool" "${words[@]}" <log.txt >got 2>reference_said
    reference_status=$?
    if [ -e out ]; then mv out reference; else cp got reference; fi
    for ((number = 1; ; number++)); do
        for at in $number "$number+"; do
            rm -f out out.* mark
            LD_PRELOAD=$no_memory NO_MEMORY_AT=$at NO_MEMORY_MARK=mark timeout 30 "$tool" "${words[@]}" <log.txt >got 2>said
            status=$?
            [ -e mark ] || break 2
            is "$command: allocation $at" '' "$(verdict "$status" "${words[@]}")"
        done
    done
    is "$command: has allocations" yes "$([ $number -gt 1 ] && echo yes)"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
