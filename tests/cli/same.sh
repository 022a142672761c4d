#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The ways through the tool agree on logs of noise: same.sh SBFOTA [NUMBER...], the numbers of the logs.
#
# What decode gives, which looks only at lines that may be ours, is what decode --all gives of ours, which for a raw capture
# goes through one stream of bytes; the same from a file, a pipe, as UTF-16, and with several threads.
tool=$(readlink -f "${1:?usage: same.sh SBFOTA [NUMBER...]}")
. "$(dirname "$0")/common.sh"

# noise SEED BYTES LONG RAW: messages, whole, broken and run together, with all kinds of line ends; lines of up to LONG bytes.
noise() {
    LC_ALL=C awk -v seed=$(($1 * 7919 + 1)) -v size="$2" -v longest="$3" -v raw="$4" '
        function random(n) { seed = (seed * 16807) % 2147483647; return int(seed / 7) % n }
        function fill(length_, i, text) {
            text = "x"
            while (length(text) < length_) text = text text
            return substr(text, 1, length_) }
        BEGIN {
            count = split("+QIND: \"SBFOTA\",\"START\"|+QIND: \"SBFOTA\",\"DOWNLOADING\",10%|+QIND: \"SBFOTA\",\"UPDATING\", 7|" \
                "+QIND: \"SBFOTA\",\"END\",0|+QIND: \"SBFOTA\",\"HTTPEND\",702|+QIND: \"SBFOTA\",\"POLLING\",-4|" \
                "+QIND: \"SBFOTA\",\"polling_time\",99999999999|+QIND: \"SBFOTA\",\"NEW\",1|+QIND: \"SBFOTA\"|SBFOTA|sbfota_|" \
                "AT+QCFGEXT=\"sbfota_delay\"|AT+QCFGEXT=\"sbfota_accept\",1|at+qcfgext=\"sbfota_delay\",9|+QCFGEXT: \"sbfota_delay\",30|" \
                "OK|OK|OK|ERROR|+CME ERROR: 3|+CME ERROR: SIM busy|+CME ERROR|RDY|APP RDY|+CSQ: 1,99|\"|,|%| |\t|+QIND: |0", words, "|")
            ends = split("\r\n|\r\n|\r\n|\r\r\n|\n|\n|\r|\n\r|\r\n\r\n|\n\n|\r\r", end, "|")
            for (used = 0; used < size; used += length(text)) {
                text = ""
                if (!raw && random(9)) text = "[2026-11-23 20:37:48.479] "
                for (parts = 1 + (random(3) == 0) * random(4); parts > 0; parts--) {
                    word = words[1 + random(count)]
                    kind = random(24)
                    if (kind == 0) word = substr(word, 1, random(length(word)))
                    if (kind == 1) word = substr(word, 1 + random(length(word)))
                    if (kind == 2) word = word sprintf("%c", 1 + random(raw ? 255 : 120))
                    if (kind == 3) word = fill(random(random(40) == 0 ? longest : 300))
                    text = text word
                }
                text = text (raw ? end[1 + random(ends)] : random(3) ? "\n" : "\r\n")
                printf "%s", text
            }
        }' | tr '\001' '\000'
}
# is NAME FILE FILE
is() {
    if cmp -s "$2" "$3"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n' "$1"
        diff "$2" "$3" | head -4 | cut -c1-400
    fi
}

ours='select(.event != "other") | select((.event | IN("ok", "error", "cme_error") | not) or .answers)'
shift
# Some that have shown something once, and the first.
[ $# -gt 0 ] || set -- 33 85 89 $(seq 12)
for number in "$@"; do
    # The first half raw, the others with a prefix; every fourth over several blocks.
    raw=$((number % 2))
    form=$([ $raw = 1 ] && echo raw || echo bracket)
    [ $((number % 4)) -lt 2 ] && noise $number 1800000 1400000 $raw >noise || noise $number 60000 2000 $raw >noise
    [ $((number % 3)) = 0 ] && head -c -1 noise >shorter && mv shorter noise
    decode() { "$tool" decode -q --capture $form "$@"; }
    decode -j1 noise | jq -c 'del(.file, .as)' >plain
    decode --all noise | jq -c "$ours | del(.file, .as)" >all
    is "$number.all" plain all
    decode -j3 noise | jq -c 'del(.file, .as)' >got
    is "$number.threads" plain got
    cat noise | decode | jq -c 'del(.as)' >got
    is "$number.pipe" plain got
    if [ $raw = 1 ]; then
        decode --all noise | "$tool" encode -q 2>/dev/null >got
        grep -q '"overlong"' plain || is "$number.encode" noise got
    fi
    # Byte for byte as UTF-16; not all of it can be.
    LC_ALL=C tr '\000\200-\377' '.' <noise >ascii
    iconv -f ASCII -t UTF-16LE ascii >wide
    decode ascii | jq -c 'del(.file)' >plain
    decode wide | jq -c 'del(.file) | .offset /= 2 | .length /= 2' >got
    is "$number.wide" plain got
    # Line ends behind a line too long to keep have a record of their own, for encode.
    decode --all ascii | jq -c 'del(.file, .as) | select(.length > 0)' >plain
    decode --all wide | jq -c 'del(.file, .as) | .offset /= 2 | .length /= 2' >got
    is "$number.wide_all" plain got
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
