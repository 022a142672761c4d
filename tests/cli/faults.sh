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
head -n 1000 log.txt >part.log.1
tail -n +1001 log.txt >part.log
tar cf parts.tar part.log wire part.log.1

# Each system call in turn. What the loader does before is not the tool's.
commands=(
    'decode -q -j2 log.txt'
    'decode -q -f text -j2 log.txt wire'
    'decode -q -j1 -o out log.txt'
    'decode -q -j1 -f parquet -o out log.txt'
    'decode -q -j1 -f arrow log.txt'
    'decode -q --all wire'
    'decode -q -r -o out folder'
    'decode -q log.gz'
    'decode -q log.bz2'
    'decode -q all.tar.xz'
    'decode -q -j1 parts.tar'
    'decode -q -'
    'sessions -q -f jsonl log.txt'
    'sessions -q -f jsonl --worst -o out log.txt'
    'stats -q -f jsonl log.txt'
    'report -q -o out log.txt'
    'encode wire.jsonl'
    'encode -o out wire.jsonl'
)
# The call, and the errors that it may give.
calls='openat:EMFILE read:EIO pread64:EIO write:ENOSPC close:EIO newfstatat:EACCES lseek:EINVAL pwrite64:ENOSPC ftruncate:EIO dup:EMFILE fsync:EIO
rename:EROFS readlink:EIO fchmod:EPERM clone3:EAGAIN fcntl:EINVAL poll:EINTR rt_sigaction:EINVAL
getdents64:EIO getcwd:EACCES mremap:ENOMEM read:EINTR pread64:EINTR write:EINTR mmap:ENOMEM brk:ENOMEM'

# traced CALL ERROR WHEN COMMAND...: run it with that call failing; what the runtime of tests/proof/coverage_tool says of its own calls is
# left out
traced() {
    local call=$1 error=$2 when=$3 status=0
    shift 3
    local fault=error=$error
    [ "$call" != brk ] || fault=retval=0 # it returns an address, never an error
    [ "$result" = got ] || rm -f out out.*
    timeout 30 strace -f -qq -o trace -e trace="$call" -e inject="$call:$fault:when=$when" "$tool" "$@" <log.txt >got 2>said || status=$?
    sed -i '/^LLVM Profile Error: /d' said
    return $status
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

# Ended at each call in turn: the output is there as a whole, or not at all.
if [ -z "$sanitized" ] && strace -qq -o trace true 2>/dev/null; then
    words=(decode -q -j1 -o into/out log.txt)
    rm -rf into
    mkdir into
    strace -f -qq -o all "$tool" "${words[@]}"
    mv into/out reference
    for call in openat newfstatat rt_sigaction rt_sigprocmask fchmod write fsync close rename; do
        last=$(grep -cE "^[0-9]+ +$call\(" all)
        for ((number = 1; number <= last; number++)); do
            rm -f into/*
            strace -f -qq -o trace -e trace="$call" -e inject="$call:signal=TERM:when=$number" "$tool" "${words[@]}" 2>said
            status=$?
            is "ended at $call $number leaves nothing else (status $status)" '' "$(ls into | grep -vx out)"
            [ ! -e into/out ] || is "ended at $call $number is whole" 0 "$(cmp -s into/out reference; echo $?)"
        done
    done
fi 2>/dev/null

# Killed at any moment: the output is there as a whole, or not at all; what can be removed is.
for ((i = 0; i < 60; i++)); do cat log.txt; done >long.txt
"$tool" decode -q long.txt >reference
for ((i = 0; i < 45; i++)); do
    signals=(TERM INT KILL)
    signal=${signals[i % 3]}
    rm -rf into
    mkdir into
    # Killed between two counts, it would leave a wrong one to a measurement of coverage.
    env --default-signal=INT,TERM LLVM_PROFILE_FILE=/dev/null "$tool" decode -q -j2 -o into/out long.txt 2>said &
    sleep "0.0$((1 + RANDOM % 9))$((RANDOM % 10))" # not before it has become the tool
    kill -$signal $! 2>/dev/null
    wait $! 2>/dev/null
    status=$?
    [ $signal != KILL ] || rm -f into/out.*
    if [ $status -eq 0 ]; then expected=out; else expected=; fi
    # Between the renaming and its end.
    [ -e into/out ] && expected=out
    is "killed.$signal.$i leaves (status $status)" "$expected" "$(ls into)"
    [ ! -e into/out ] || is "killed.$signal.$i is whole" 0 "$(cmp -s into/out reference; echo $?)"
done

# A signal: whole records, then what there is so far, then the end by that signal. The pipe to the tool is full before it comes.
mkfifo in slow
for signal in INT TERM HUP; do
    for command in 'decode -f jsonl' 'decode -f csv' 'decode -f text' 'decode --all -f jsonl' 'sessions -f jsonl' 'stats -f jsonl' 'stats --fleet -f jsonl' encode; do
        read -ra words <<<"$command"
        [ "$command" = encode ] || words+=(-q)
        env --default-signal=INT,TERM,HUP LLVM_PROFILE_FILE=/dev/null "$tool" "${words[@]}" in >got 2>said &
        exec 4>in
        if [ "$command" = encode ]; then cat reference; else cat log.txt log.txt log.txt; fi 2>/dev/null | head -c 250000 >&4
        printf '2026-11-23T10:59:59.000Z modem-1 < +QIND: "SBFOTA","DOWNL' >&4
        kill -$signal $! 2>/dev/null
        wait $! 2>/dev/null
        status=$?
        exec 4>&-
        case $command in
        sessions*) found="$(jq -r .outcome got | grep -c in_progress)" expected=40 ;;
        stats*) found="$(jq .modems got)" expected=40 ;;
        encode) found="$(tail -c 2 got | od -An -c | tr -d ' ')" expected='\r\n' ;;
        *) # Of blocks that have not been begun there need not be anything.
            cat log.txt log.txt log.txt | "$tool" "${words[@]}" | sed 's/^{/{"file":"in",/; s/^,/"in",/' | head -n "$(wc -l <got)" >expected
            found="$(diff got expected | head -n 3)" expected='' ;;
        esac
        is "signal.$signal: $command ends by it ($(cat said))" "$((128 + $(kill -l $signal))) 0" "$status $(wc -l <said)"
        is "signal.$signal: $command gives whole records, as far as it came" "$expected" "$found"
    done
    # What had come when the signal does has been written, but for the line whose end has not.
    for format in jsonl csv text; do
        env --default-signal=INT,TERM,HUP LLVM_PROFILE_FILE=/dev/null "$tool" decode -q -f $format in >got 2>said &
        exec 4>in
        cat log.txt >&4
        printf '2026-11-23T10:59:59.000Z modem-1 < +QIND: "SBFOTA","DOWNL' >&4
        sleep 1.5
        kill -$signal $! 2>/dev/null
        wait $! 2>/dev/null
        exec 4>&-
        is "signal.$signal: $format: what had come is there" "$("$tool" decode -q -f $format log.txt | wc -l)" "$(wc -l <got)"
    done
    # While nobody takes what it writes: it goes on to the end of the record, ...
    (exec 5<slow; sleep 0.4; cat <&5 >got) &
    reader=$!
    env --default-signal=INT,TERM,HUP LLVM_PROFILE_FILE=/dev/null "$tool" decode -q long.txt >slow 2>said &
    writer=$!
    sleep 0.2
    kill -$signal $writer
    wait $writer 2>/dev/null
    status=$?
    is "signal.$signal: ends by it though its output waits" $((128 + $(kill -l $signal))) $status
    wait $reader
    is "signal.$signal: a record that was begun is whole" '0 0' "$(head -n "$(wc -l <got)" reference | cmp -s - got; echo $?) $(tail -c 1 got | tr -d '\n' | wc -c)"
    # ... but a second signal ends it at once, if the first has not.
    env --default-signal=INT,TERM,HUP LLVM_PROFILE_FILE=/dev/null "$tool" decode -q long.txt >slow 2>said &
    exec 5<slow
    sleep 0.2
    kill -$signal $!
    sleep 0.1
    kill -$signal $! 2>/dev/null
    wait $! 2>/dev/null
    status=$?
    is "signal.$signal: the second ends it at once" $((128 + $(kill -l $signal))) $status
    exec 5<&-
    # Who ignores it goes on.
    (trap '' $signal; exec "$tool" decode -q log.txt in >got 2>said) &
    exec 4>in
    kill -$signal $!
    cat wire >&4
    exec 4>&-
    wait $!
    is "signal.$signal: is ignored under nohup and the like" '0 end' "$? $(tail -n 1 got | jq -r .event)"
done
rm in slow

# A full disk and a closed pipe, of the commands that inputs.sh leaves out.
for command in 'sessions -q log.txt' 'decode -q -f arrow log.txt' 'decode -q -f parquet log.txt' 'sessions -q -f parquet log.txt' 'encode wire.jsonl' 'explain END' '--help' '--version' 'decode --help' 'decode --capture help'; do
    read -ra words <<<"$command"
    "$tool" "${words[@]}" >/dev/full 2>said
    is "full.${command// /_}" '2 1' "$? $(wc -l <said)"
    is "closed.${command// /_}" '' "$( (trap '' PIPE; "$tool" "${words[@]}" 2>said; cat said >&2) 2>&1 >/dev/full | grep -v '^sbfota: ')"
    "$tool" "${words[@]}" >&- 2>said
    is "no_output.${command// /_}" '2 1' "$? $(wc -l <said)"
done

# Bombs: much out of little, in little memory.
for packer in 'zst zstd -q -19 --long=27' 'xz xz -1' 'bz2 bzip2 -1'; do
    set -- $packer
    command -v "$2" >/dev/null || continue
    (printf '\r\nx'; head -c 200000000 /dev/zero; printf '\n%s,"START"\n' "$Q") | "${@:2}" -c >"bomb.$1"
    is "bomb.$1" start "$(limit 400000; "$tool" decode -q -j2 "bomb.$1" | jq -r 'select(.event != "overlong").event')"
done
(head -c 50000000 /dev/zero | gzip -9) >inner.gz
gzip -9c inner.gz >bomb.gz
is bomb.nested 'overlong 49999999' "$(limit 200000; "$tool" decode -q -j2 bomb.gz 2>/dev/null | jq -r '"\(.event) \(.length + 0)"' | sed 's/50000000/49999999/')"

# A flood of names that somebody has made up.
names=${SBFOTA_SLOW:+1000000}
names=${names:-150000}
awk -v names="$names" 'BEGIN { for (i = 0; i < names; i++)
    printf "2026-11-23T10:00:00Z modem-%d > AT+QCFGEXT=\"sbfota_delay\"\r\n", i }' >names.txt
is names.decode "$names" "$(limit 250000; "$tool" decode -q -j2 names.txt | wc -l)"
is names.stats "$names" "$(limit $((250000 + names / 4)); "$tool" stats -q -f jsonl -j2 names.txt | jq .modems)"
sed 's/>.*/< +QIND: "SBFOTA","START"\r/' names.txt >started.txt
is names.sessions "$names" "$(limit $((300000 + names)); "$tool" sessions -q -f jsonl -j2 started.txt | wc -l)"
awk -v names="$names" 'BEGIN { for (i = 0; i < names; i++)
    printf "<dbg> [1604282400.%06d] [ttyUSB%d/at] <-- \047<CR><LF>+QIND: \"SBFOTA\",\"UPDATING\",\047\n", i, i }' >torn.txt
"$tool" decode -q --capture modemmanager torn.txt 2>/dev/null | wc -l >expected
is names.torn "$(cat expected)" "$(limit $((300000 + names)); "$tool" decode -q -j2 --capture modemmanager torn.txt 2>&1 | wc -l)"

# Lines that are open at once: with more than 16384 those that there are count as ended, and what would have gone on with them is none.
awk -v Q="$Q" 'BEGIN { for (turn = 0; turn < 2; turn++) for (i = 0; i < 20000; i++)
    printf "<dbg> [1604282400.%06d] [ttyUSB%d/at] <-- \047%s\047\n", i, i, turn ? "7%<CR><LF>" : "<CR><LF>" Q ",\"UPDATING\"," }' >open.txt
is names.open_lines_are_bounded '3616 16384' "$("$tool" decode -q -j1 --capture modemmanager open.txt | jq -r .event | sort -r | uniq -c | awk '{ print $1 }' | paste -sd' ')"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] || exit 1
[ -z "${skipped-}" ] || exit 77
