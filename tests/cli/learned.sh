#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Prefixes that nobody has listed: learned.sh SBFOTA [SEED]. A story of a modem stands behind prefixes made of random tokens in a random
# order, in random escapes; two such logs are mixed. It must be read as the story alone is, with its times, however many threads
# there are, from a file and through a pipe, at once and late.
tool=$(readlink -f "${1:?usage: learned.sh SBFOTA [SEED]}")
. "$(dirname "$0")/common.sh"
seed=${2:-1}

story='RDY
APP RDY
AT+QCFGEXT="sbfota_delay"
+QCFGEXT: "sbfota_delay",30
OK
+QIND: "SBFOTA","polling_time",407
+QIND: "SBFOTA","HTTPSTART"
+QIND: "SBFOTA", "DOWNLOADING", 10%
+QIND: "SBFOTA", "DOWNLOADING", 100%
+QIND: "SBFOTA","HTTPEND",0
AT+QCFGEXT="sbfota_accept",1
ERROR
+QIND: "SBFOTA","Last update was not finished, continue update"
+QIND: "SBFOTA","END",504'

# write SEED FILE: the story behind one prefix. Prints what it is made of.
write() {
    printf '%s\n' "$story" | awk -v seed="$1" -v file="$2" '
        function pick(n) { return int(rand() * n) }
        function time_of(kind, i) {
            if (kind == 0) return sprintf("2026-11-23 10:%02d:%02d.123", m0, i)
            if (kind == 1) return sprintf("2026-11-23T10:%02d:%02d.123456Z", m0, i)
            if (kind == 2) return sprintf("Nov 23 10:%02d:%02d", m0, i)
            if (kind == 3) return sprintf("[10:%02d:%02d.479]", m0, i)
            if (kind == 4) return sprintf("23.11.2026 10:%02d:%02d", m0, i)
            if (kind == 5) return sprintf("11/23/2026, 10:%02d:%02d AM", m0, i)
            if (kind == 6) return sprintf("%d.%03d", 1604282400 + i, pick(1000))
            if (kind == 7) return sprintf("[%8d.%06d]", i, pick(1000000))
            if (kind == 8) return sprintf("\303\251t\303\251 23 10:%02d:%02d", m0, i)
            if (kind == 9) return sprintf("2026-11-23T10:%02d:%02d+09:00", m0, i)
            return ""
        }
        function token(kind, i, tx) {
            if (kind == 0) return "gw1"
            if (kind == 1) return sprintf("modemd[%d]:", 100 + i)
            if (kind == 2) return "DEBUG"
            if (kind == 3) return "[info]"
            if (kind == 4) return "(MainThread)"
            if (kind == 5) return "at.c:42"
            if (kind == 6) return "|"
            if (kind == 7) return sprintf("#%d", i)
            if (kind == 8) return "<7>"
            if (kind == 9) return "modem::at"
            if (kind == 10) return "[uart0]"
            if (kind == 11) return "stdout F"
            return "-"
        }
        function mark(kind, tx) {
            if (kind == 0) return tx ? "> " : "< "
            if (kind == 1) return tx ? "TX: " : "RX: "
            if (kind == 2) return tx ? "[SEND] " : "[RECV] "
            if (kind == 3) return tx ? "-->  " : "<--  "
            return ""
        }
        function escaped(kind, text, tx) {
            if (kind == 0) return text
            if (kind == 1) return text "\\r\\n"
            if (kind == 2) { gsub(/"/, "\\\"", text); return "\"" text "\\r\\n\"" }
            if (kind == 3) return text "<CR><LF>"
            if (kind == 4) return text "^M"
            if (kind == 5) return text "#015"
            if (kind == 6) { gsub(/"/, "\\&quot;", text); return text }
            if (kind == 7) return "\047" text "\\x0d\\x0a\047"
            return text "\r"
        }
        BEGIN {
            srand(seed); rand()
            m0 = pick(60); when = pick(11); where = pick(3)
            count = pick(4); for (k = 0; k < count; k++) kinds[k] = pick(13)
            how = pick(6); escapes = pick(9); separator = pick(5) == 0 ? "\t" : " "
            if (when == 10 && count == 0) kinds[count++] = 0
        }
        {
            tx = /^AT/
            line = ""
            if (where != 1 && when < 10) line = time_of(when, NR) separator
            for (k = 0; k < count; k++) line = line token(kinds[k], NR, tx) separator
            if (where == 1 && when < 10) line = line time_of(when, NR) separator
            line = line mark(how, tx) escaped(escapes, $0, tx)
            print line >file
        }
        END { printf "time %d, tokens", when; for (k = 0; k < count; k++) printf " %d", kinds[k]; printf ", mark %d, escapes %d\n", how, escapes }'
}
events() {
    jq -c '[.event, .seconds, .percent, .code, .para, .answers]'
}
printf '%s\n' "$story" >raw
printf '%s\n' "$story" | sed 's/$/\r/' | "$tool" decode -q --capture raw | events >expected

for ((i = 0; i < 150; i++)); do
    what=$(write $((seed * 1000 + i)) log)
    is "story.$((seed * 1000 + i)): $what" "$(cat expected)" "$("$tool" decode -q log | events)"
    [ $i -lt 25 ] || continue
    "$tool" decode -q -j1 log | jq -c 'del(.file)' >whole
    is "pipe.$i" '' "$( (head -c 100 log; sleep 0.02; tail -c +101 log) | "$tool" decode -q -j2 | diff - whole)"
    is "preamble.$i" "$(cat expected)" "$( (seq -f 'setting.%.0f = value' 20000; cat log; seq -f '    at frame %.0f' 100) | "$tool" decode -q | events)"
    # Far behind other programs' lines, another message, or another source.
    seq -f 'setting.%.0f = value' 9000 >far
    (cat far; cat log) >late
    (echo 'please see +QIND: "SBFOTA","END",0 there'; cat late) >odd
    (sed 's/^/gwA modemd: /' raw; cat far; cat log) >second
    is "late.$i: $what" "$(cat expected)" "$("$tool" decode -q late | events)"
    is "odd.$i: $what" "$(cat expected)" "$("$tool" decode -q odd | events | grep -v '"malformed"')"
    is "second.$i: $what" "$(cat expected expected)" "$("$tool" decode -q second | events)"
    (head -n 1 raw; cat late) >bare
    is "bare.$i: $what" "$( (head -n 1 expected; cat expected))" "$("$tool" decode -q bare | events)"
    for file in late odd second bare; do
        "$tool" decode -q -j1 $file | jq -c 'del(.file)' >whole
        is "$file.threads.$i" '' "$("$tool" decode -q -j3 $file | jq -c 'del(.file)' | diff - whole)"
        is "$file.pipe.$i" '' "$( (head -c 170000 $file; sleep 0.02; tail -c +170001 $file) | "$tool" decode -q -j2 | diff - whole)"
    done
    is "directions.$i" 0 "$("$tool" decode -q log | jq -c 'select((.dir == "tx") and (.event | IN("query_delay", "accept") | not))' | wc -l)"
done

# Two programs that write one log, line by line in turn, the second one later. Whose command a result code answers cannot be told.
for ((i = 0; i < 40; i++)); do
    one=$(write $((seed * 1000 + 2 * i)) log)
    other=$(write $((seed * 1000 + 2 * i + 501)) log2)
    (cat log far log2) >after
    is "after.$i: $one; $other" "$(cat expected expected)" "$("$tool" decode -q after | events)"
    is "after.lines.$i" "$(for line in $(seq 14) $(seq 9015 9028); do echo $line; done)" \
        "$("$tool" decode -q -j2 after | jq .line)"
    (printf '\n\n\n'; cat log2) | paste -d '\n' log - | grep -a . >both
    is "both.$i: $one; $other" "$(cat expected expected | grep -Ev '"(ok|error)"' | sort)" \
        "$("$tool" decode -q both | events | grep -Ev '"(ok|error)"' | sort)"
done

# What is learned of a log whose records are pieces of lines is a part of what another program writes before its messages.
awk '{ printf "11/23/2026, 10:07:%02d AM %s^M\n", NR, $0 }' raw >pieces
awk '{ printf "%d.123 stdout F [uart0] DEBUG %s %s^M\n", 1604282400 + NR, /^AT/ ? "[SEND]" : "[RECV]", $0 }' raw >other
(cat pieces far other) >after
is after.pieces "$(cat expected expected)" "$("$tool" decode -q after | events)"
(cat pieces far; sed 's/DEBUG .*/DEBUG [RECV] at+cops?/' other; cat pieces) >after
is after.pieces.go_on "$(cat expected expected)" "$("$tool" decode -q after | events)"

# Behind one with marks, a source with nothing but a time: the form knows its messages, but its RDY and OK only once it has been learned.
# In a system's log, another program likewise.
awk '{ printf "11/23/2026, 10:07:%02d AM DEBUG gw1 %s%s\n", NR, /^AT/ ? "TX: " : "RX: ", $0 }' raw >marked
awk '{ printf "Nov 23 10:07:%02d gw1 modemd[7]: %s\n", NR, $0 }' raw >modemd
awk '{ printf "%d.506 %s\n", 1604282400 + NR, $0 }' raw >bare
awk '{ printf "Nov 23 10:08:%02d gw1 atd[9]: %s\n", NR, $0 }' raw >atd
for pair in 'marked bare' 'modemd atd'; do
    # shellcheck disable=SC2086 # two files
    set -- $pair
    cat "$1" far "$2" >after
    is "after.known: $pair" "$(cat expected expected)" "$("$tool" decode -q after | events)"
    "$tool" decode -q -j1 after | jq -c 'del(.file)' >whole
    is "after.known.threads: $pair" '' "$("$tool" decode -q -j3 after | jq -c 'del(.file)' | diff - whole)"
    is "after.known.pipe: $pair" '' "$( (head -c 170000 after; sleep 0.02; tail -c +170001 after) | "$tool" decode -q -j2 | diff - whole)"
    # A boot at the end of a block, and its first message in the next one.
    (cat "$1"; seq -f 'setting.%09.0f = value' 100000 | head -c $((1048576 - $(wc -c <"$1") - 41)); echo; cat "$2") >after
    is "after.known.blocks: $pair" "$(cat expected expected)" "$("$tool" decode -q -j2 after | events)"
done

# Lines of others in a raw capture are nothing to learn from, however many stand behind messages: a log behind it is learned all the same.
awk 'BEGIN {
    while (i++ < 12000)
        printf "\r\n+QIND: \"SBFOTA\",\"DOWNLOADING\",%d%%\r\n\r\n$GPGSA,A,3,%d\r\n\r\n$GPGSV,3,1,%d\r\n", i % 101, i, i
    for (i = 0; i < 50; i++)
        printf "2026-03-01T12:00:%02d.123Z modem-0007 <- +QIND: \"SBFOTA\",\"UPDATING\",%d%%\n", i, i
}' >behind_raw
is "behind_raw" '50 modem-0007 rx 2026-03-01T12:00' "$("$tool" decode -q behind_raw |
    jq -r 'select(.event != "downloading") | "\(.modem) \(.dir) \(.time[:16])"' | uniq -c | sed 's/^ *//')"

# What is learned holds for lines: a block of carriage returns alone, without a line feed, has none.
awk 'BEGIN {
    for (i = 1; i < 5; i++) {
        printf "+QIND: \"SBFOTA\",\"UPDATING\",%d%%\r\n", i
        printf "unit7 | 2026-11-01T00:00:0%dZ | modem says: +QIND: \"SBFOTA\",\"UPDATING\",%d%%\n", i, i
    }
    while (i++ < 80000)
        printf "\r+QIND: \"SBFOTA\",\"RESTORE\",%d%%", i % 100
}' >returns
for threads in 1 3; do
    is "returns.$threads" '8 updating 79995 restore' "$("$tool" decode -q -j$threads returns | jq -r .event | uniq -c | xargs)"
done
is returns.pipe '8 updating 79995 restore' "$("$tool" decode -q - <returns | jq -r .event | uniq -c | xargs)"

# JSON over several lines, before and behind another source, in UTF-16 too.
jq -R '{time: "2026-11-23T10:00:00Z", text: .}' raw >json
for other in 'Nov 23 10:00:00 gw1 modemd[12]: ' '2026-11-23T10:00:00Z m1 < ' 'gw modem says: '; do
    sed "s/^/$other/" raw >other
    for order in 'json far other' 'other far json'; do
        # shellcheck disable=SC2086 # several files
        cat $order >mixed
        is "json.$order: $other" "$(cat expected expected)" "$("$tool" decode -q mixed | events)"
        "$tool" decode -q -j1 mixed | jq -c 'del(.file)' >whole
        is "json.threads.$order: $other" '' "$("$tool" decode -q -j3 mixed | jq -c 'del(.file)' | diff - whole)"
        is "json.pipe.$order: $other" '' "$( (head -c 170000 mixed; sleep 0.02; tail -c +170001 mixed) | "$tool" decode -q -j2 | diff - whole)"
        iconv -f UTF-8 -t UTF-16LE mixed >wide
        is "json.wide.$order: $other" '' "$("$tool" decode -q wide | jq -c 'del(.file) | .offset /= 2 | .length /= 2' | diff - whole)"
    done
done
printf "%d passed, %d failed\n" "$passed" "$failed"
[ "$failed" -eq 0 ]
