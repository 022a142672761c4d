#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A system that fails: faults.sh SBFOTA. Each kind of system call of each command fails in turn, once and for good; kills at
# any moment; full disks and closed pipes; bombs and a flood of names under a limit of memory. The exit status says so, a line
# of standard error says why, and the output is whole records or none. Allocations that fail are tried in memory.sh, what
# inputs are like in inputs.sh.
tool=$(readlink -f "${1:?usage: faults.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

Q='+QIND: "SBFOTA"'
# log MODEMS MESSAGES: a gateway's log
log() {
    awk -v modems="$1" -v messages="$2" 'BEGIN {
        for (i = 0; i < messages; i++)
            printf "2026-11-23T10:%02d:%02d.%03dZ modem-%d < +QIND: \"SBFOTA\",\"%s\"\r\n",
                i / 60 % 60, i % 60, i % 1000, i % modems, i % 7 ? "DOWNLOADING\"," i % 101 "%" : "HTTPSTART\"" }' |
        sed 's/%"\r$/%\r/; s/""/"/'
}
log 40 3000 >log.txt
gzip -c log.txt >log.gz
bzip2 -c log.txt >log.bz2 2>/dev/null || cp log.gz log.bz2
printf '\r\n%s,"START"\r\n\r\n%s,"END",0\r\n' "$Q" "$Q" >wire
"$tool" decode -q --all wire >wire.jsonl
mkdir folder
cp log.txt folder/a.log
cp wire folder/b.log
tar cf all.tar folder
xz -k all.tar 2>/dev/null || cp all.tar all.tar.xz

# Each system call in turn. What the loader does before is not the tool's.
commands=(
    'decode -q -j1 -f parquet -o out log.txt'
    'decode -q -j1 -f arrow log.txt'
    'sessions -q -j1 -f arrow log.txt'
    'sessions -q -j1 -f parquet --worst-first -o out log.txt'
)
# The call, and the errors that it may give.
calls='openat:EMFILE read:EIO pread64:EIO write:ENOSPC close:EIO newfstatat:EACCES lseek:EINVAL dup:EMFILE fsync:EIO
rename:EROFS readlink:EIO fchmod:EPERM clone3:EAGAIN fcntl:EINVAL poll:EINTR rt_sigaction:EINVAL
getdents64:EIO getcwd:EACCES mremap:ENOMEM read:EINTR pread64:EINTR write:EINTR mmap:ENOMEM brk:ENOMEM'

# traced CALL ERROR WHEN COMMAND...: run it with that call failing
traced() {
    local call=$1 error=$2 when=$3
    shift 3
    local fault=error=$error
    [ "$call" != brk ] || fault=retval=0 # it returns an address, never an error
    [ "$result" = got ] || rm -f out out.*
    timeout 30 strace -f -qq -o trace -e trace="$call" -e inject="$call:$fault:when=$when" "$tool" "$@" <log.txt >got 2>said
}
# count_calls NAME COMMAND...: how many of each, into the array of that name
count_calls() {
    local -n counts=$1
    shift
    counts=()
    strace -f -qq -o trace "$tool" "$@" <log.txt >/dev/null 2>&1
    local call
    while read -r call; do
        counts[$call]=$((${counts[$call]:-0} + 1))
    done < <(sed -nE 's/^[0-9]+ +([a-z0-9_]+)\(.*/\1/p' trace)
}
# What went wrong, if anything.
verdict() {
    local status=$1 error=$2 when=$3 file
    shift 3
    [ "$status" -lt 124 ] || { echo "status $status"; return; }
    for file in out.*; do
        [ "$file" = 'out.*' ] || { echo "left $file"; return; }
    done
    if [ "$status" -eq "$reference_status" ]; then
        cmp -s "$result" reference || echo "status $status, but other output"
        return
    fi
    [ "$error" != EINTR ] || { echo "status $status for an interruption"; return; }
    [ "$status" -eq 2 ] || { echo "status $status"; return; }
    [[ $when = *+ && $call = write ]] || grep -q '^sbfota: ' said || { echo 'nothing said'; return; }
    grep -qv '^sbfota: ' said && { echo "said $(grep -v '^sbfota: ' said | head -n 1)"; return; }
    [ -e "$result" ] || return
    # Of what has no lines, tests/cli/columns.py says whether it is sound.
    [[ " $* " != *' -f arrow '* && " $* " != *' -f parquet '* ]] || return
    # What could be read is there. The last record of a file that is cut short may be one half of a number.
    case "$1 " in
    decode*) grep -vxFf reference "$result" | sed -n '1h; 2{x; p; q}' | sed 's/^/not a record: /' ;;
    sessions* | stats*) jq -c . "$result" >/dev/null 2>&1 || echo 'not JSON' ;;
    esac
}
if [ -n "$sanitized" ]; then
    echo 'a sanitizer has system calls of its own: they are not made to fail'
elif strace -qq -o trace true 2>/dev/null; then
    declare -A of_loader of_all
    count_calls of_loader --version
    for command in "${commands[@]}"; do
        read -ra words <<<"$command"
        result=got
        [[ " $command " != *' -o '* ]] || result=out
        "$tool" "${words[@]}" <log.txt >got 2>said
        reference_status=$?
        mv "$result" reference
        count_calls of_all "${words[@]}"
        for pair in $calls; do
            call=${pair%:*}
            error=${pair#*:}
            # Of the loader, as many as --version makes.
            first=1
            case $call in openat | read | pread64 | close | newfstatat | mmap | brk)
                first=$((1 + ${of_loader[$call]:-0})) ;;
            esac
            # Behind the first eight they are of a kind.
            for ((number = first; number <= ${of_all[$call]:-0}; number += number < first + 8 ? 1 : 5)); do
                for when in $number "$number+"; do
                    [ "$error" = EINTR ] && [ "$when" != "$number" ] && continue # it would be asked for ever
                    traced "$call" "$error" "$when" "${words[@]}"
                    status=$?
                    read -rd '' injected <trace
                    [[ $injected = *INJECTED* ]] || continue
                    is "$command: $call fails, $when: $error" '' "$(verdict "$status" "$error" "$when" "${words[@]}")"
                done
            done
        done
    done
else
    echo 'strace cannot trace here: system calls are not made to fail'
    skipped=yes
fi

printf "%d passed, %d failed\n" "$passed" "$failed"
