#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The log library without memory: log_memory.sh LOG_PULL FAILING, those being built of tests/cli/log_pull.c and failing.c. Each
# allocation that it asks for fails in turn, once and for good: then a call says so, what came before is of the right lines, and nothing
# is lost in silence. Without threads it reads all the same, or says that it has none.
tool=$(readlink -f "${1:?usage: log_memory.sh LOG_PULL FAILING}")
library=$(readlink -f "${2:?usage: log_memory.sh LOG_PULL FAILING}")
. "$(dirname "$0")/common.sh"

if [ -n "$sanitized" ] || ! LD_PRELOAD=$library true 2>/dev/null || [ -n "$(LD_PRELOAD=$library true 2>&1)" ]; then
    echo 'allocations cannot be made to fail here'
    exit 77
fi

awk 'BEGIN { for (i = 0; i < 600; i++) {
    printf "2026-11-23T10:%02d:%02d.%03dZ modem-%03d ", i / 60 % 60, i % 60, i % 1000, i % 150
    if (i % 5 == 0) print "> AT+QCFGEXT=\"sbfota_delay\""
    else if (i % 5 == 1) print "< OK"
    else if (i % 5 == 2) print "< +QIND: \"SBFOTA\",\"HTTPSTART\""
    else printf "< +QIND: \"SBFOTA\",\"DOWNLOADING\",%d%%\n", i % 101 } }' >log.txt
gzip -c log.txt >log.gz
tar cf log.tar log.txt

# failing WHAT WORD...: sets $status and how many there were of each kind
failing() {
    local what=$1
    shift
    : >count
    FAIL=$what FAIL_COUNT=count LD_PRELOAD=$library "$tool" "$@" >got 2>said
    status=$?
    own=0 threads=0
    # shellcheck disable=SC2034 # `waits` is not looked at
    read -r own memory threads waits <count || is "$*: $what is counted" yes no
} 2>/dev/null
# What is wrong, if anything.
wrong() {
    case $status in
    0)
        cmp -s got reference || grep -q '^! .*not enough memory$' got || echo 'other output without an error'
        grep -vxFf reference got | grep -v '^! ' | head -n 1
        ;;
    2 | 3) grep -vxFf reference got | grep -v '^! ' | head -n 1 ;;
    *) echo "status $status" ;;
    esac
}
for words in 'open log.txt' 'open log.gz' 'open log.tar' 'threads log.txt' 'feed log.txt' 'feed log.gz' 'sessions log.txt' 'plan log.txt'; do
    read -ra command <<<"$words"
    failing none "${command[@]}"
    is "$words" 0 "$status"
    is "$words gives something" yes "$([ -s got ] && echo yes)"
    mv got reference
    for number in $(seq 1 200); do
        for at in $number "$number+"; do
            failing "own:$at" "${command[@]}"
            [ "$own" -ge "$number" ] || break 2
            is "$words: own:$at" '' "$(wrong)"
        done
    done
    is "$words: asks for memory" yes "$([ "$number" -gt 10 ] && echo yes)"
    failing threads:1 "${command[@]}"
    is "$words: without a thread" '' "$(wrong)"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
