#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Without memory: memory.sh SBFOTA FAILING, that being the library which tests/cli/failing.c builds. Each allocation that the
# program itself asks for fails in turn, once and for good. The exit status says so, a line of standard error says why, and
# the output is whole records of the right ones. Then those of its libraries, where it has some that ask for memory, and the
# threads. What the system itself refuses is tried in faults.sh.
tool=$(readlink -f "${1:?usage: memory.sh SBFOTA FAILING}")
library=$(readlink -f "${2:?usage: memory.sh SBFOTA FAILING}")
. "$(dirname "$0")/common.sh"

if [ -n "$sanitized" ] || ! LD_PRELOAD=$library true 2>/dev/null || [ -n "$(LD_PRELOAD=$library true 2>&1)" ]; then
    echo 'allocations cannot be made to fail here'
    exit 77
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
head -n 300 log.txt | grep -v 'modem-[1-9]' >few.txt
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
head -n 500 log.txt | gzip -c >part.log.1.gz
tail -n +501 log.txt >part.log
ln -s part.log link
tar cf parts.tar link part.log wire part.log.1.gz
# What cannot be packed here stands there as it is packed elsewhere.
bzip2 -c log.txt >log.bz2 2>/dev/null || cp log.gz log.bz2
zstd -qc log.txt >log.zst 2>/dev/null || cp log.gz log.zst
xz -k log.tar 2>/dev/null || cp log.tar log.tar.xz
for ((i = 0; i < 30; i++)); do cat log.txt; done >large.txt
mkdir folder folder2
printf 'on rdy garbage\neach restore lost\n' >script
cp wire folder/a.log
cp wide folder/b.log

commands=(
    'decode -j1 log.txt wire'
    'decode -q -j2 log.txt wire'
    'decode -q -f text -j1 log.txt wire'
    'decode -q -f csv -j1 log.txt'
    'decode -q -f arrow -j1 -o out log.txt wire'
    'decode -q --all -f parquet -j1 -o out log.txt wire'
    'decode -q --all wire'
    'decode -q -j1 wide torn.txt escaped late'
    'decode -q -j1 -r folder absent'
    'decode -q -j1 log.gz'
    'decode -q -j1 log.tar'
    'decode -q -j1 parts.tar'
    'decode -q -j1 -'
    'decode -q -j1 -o out wire'
    'sessions -q -j1 -f jsonl log.txt'
    'sessions -q -j1 -f text torn.txt'
    'sessions -q -j1 -f csv --worst-first -o out log.txt'
    'sessions -q -j1 -f arrow -o out log.txt'
    'sessions -q -j1 -f parquet --worst-first -o out log.txt'
    'stats -q -j1 -f text log.txt'
    'stats -q -j1 -f jsonl --fleet log.txt torn.txt'
    'report -q -j1 few.txt absent'
    'report -q -j1 -o out few.txt wire'
    'encode wire.jsonl long.jsonl'
    'encode -o out wire.jsonl'
    'explain 702'
    'simulate --modems 3 --host --script script'
    'simulate --modems 3 --log folder2 --truth truth'
)
# Those whose libraries ask for memory.
library_commands=(
    'decode -q -j1 -f parquet -o out log.txt'
    'encode wire.jsonl'
    'encode -o out wire.jsonl'
    'decode -q -j2 log.gz'
    'decode -q -j1 log.tar'
    'decode -q -j1 parts.tar'
    'decode -q -j1 log.bz2'
    'decode -q -j1 log.zst'
    'decode -q -j1 log.tar.xz'
    'decode -q -j1 -r -o out folder'
    'decode -q -j2 -r folder'
    'stats -q -j1 -f jsonl log.tar'
    'explain END'
    '--help'
)
threaded_commands=(
    'decode -q -j3 large.txt'
    'sessions -q -j2 -f jsonl large.txt'
)

# failing WHAT COMMAND...: run it with that failing; sets $status, and how many there were of each kind
failing() {
    local what=$1
    shift
    : >count
    [[ ${result:-out} != out ]] || rm -f out out.*
    FAIL=$what FAIL_COUNT=count LD_PRELOAD=$library "$tool" "$@" <log.txt >got 2>said
    status=$?
    own=0 memory=0 threads=0
    # shellcheck disable=SC2034 # by the name of the kind
    read -r own memory threads waits <count || is "$command: $what is counted" yes no
} 2>/dev/null
# begin: what comes of $command when nothing fails
begin() {
    read -ra words <<<"$command"
    result=got
    [[ " $command " != *' -o '* ]] || result=out
    failing none "${words[@]}"
    reference_status=$status
    mv "$result" reference
    mv said reference_said
}
# in_turn KIND STEP: each of that kind fails, behind the first 64 each STEPth. Another thread may ask for one more or less.
in_turn() {
    local kind=$1 step=$2 number=1 at
    while :; do
        for at in $number "$number+"; do
            failing "$kind:$at" "${words[@]}"
            [ "${!kind}" -ge $number ] || break 2
            is "$command: $kind:$at" '' "$("lacks_$kind")"
        done
        number=$((number < 64 ? number + 1 : number + step))
    done
    is "$command: has $kind" yes "$([ $number -gt 1 ] && echo yes)"
}
left() {
    local files
    files=$(echo out.*)
    [ "$files" = 'out.*' ] || echo "left $files"
}
# What went wrong, if anything, when the program lacks memory, ...
lacks_own() {
    left
    if [ "$status" -eq "$reference_status" ] && cmp -s said reference_said; then
        cmp -s "$result" reference || echo "status $status, but other output"
        return
    fi
    [ "$status" -eq 2 ] || { echo "status $status"; return; }
    grep -qE '^sbfota: .*(not enough memory|Cannot allocate memory)' said || { echo "said only $(cat said)"; return; }
    grep -qv '^sbfota: ' said && { echo "said $(grep -v '^sbfota: ' said | head -n 1)"; return; }
    [ -e "$result" ] || return
    [[ $command != *' -f arrow '* && $command != *' -f parquet '* ]] || return
    case "$command" in
    decode*) grep -vxFf reference "$result" | head -n 1 | sed 's/^/not a record: /' ;;
    esac
}
# ... when a library of it does: libarchive says what it likes, or ends the program, as jansson's assertion does about half an
# escape, and the last record of a file that could not be unpacked further may be one half of a number; ...
lacks_memory() {
    if [[ $command =~ \.(tar|bz2|xz|zst)( |$) ]] &&
        { [ "$status" -ge 124 ] || grep -q '^Fatal Internal Error in libarchive' said; }; then
        rm -f out.*
        status=2
        echo 'sbfota: ended by a library' >said
    elif [[ $command = encode* && $status -eq 134 ]] && grep -q ' load\.c:.* lex_scan_string: Assertion ' said; then
        rm -f out.*
        status=2
    fi
    left
    if [ "$status" -eq "$reference_status" ]; then
        cmp -s "$result" reference || echo "status $status, but other output"
        return
    fi
    [ "$status" -eq 2 ] || { echo "status $status"; return; }
    [ -s said ] || { echo 'nothing said'; return; }
    grep -v '^sbfota: ' said | sed 's/^/said: /'
    [ -e "$result" ] || return
    [[ $command != *' -f arrow '* && $command != *' -f parquet '* ]] || return
    case "$command" in
    decode*) grep -vxFf reference "$result" | sed -n '1h; 2{x; p; q}' | sed 's/^/not a record: /' ;;
    esac
}
# ... and when there are no threads: it goes on with those that it has.
lacks_threads() {
    [ "$status" -eq "$reference_status" ] || echo "status $status"
    cmp -s got reference || echo 'other output'
    [ ! -s said ] || echo "said $(cat said)"
}

for command in "${commands[@]}"; do
    begin
    in_turn own 1
done
for command in "${library_commands[@]}"; do
    begin
    in_turn memory 7
done
for command in "${threaded_commands[@]}"; do
    begin
    in_turn threads 1
done

# However many threads there are, a file in its turn wakes one of them, not all, which would be some 100,000 waits.
mkdir many
for ((i = 0; i < 2000; i++)); do cp wire many/$i.log; done
command='stats -q -f jsonl -r -j64 many'
begin
is threads.wake_one_at_a_time yes "$([ "$waits" -le 20000 ] && echo yes || echo "$waits waits")"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
