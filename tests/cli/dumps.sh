#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Dumps and records of several lines: dumps.sh SBFOTA [SEED]. The bytes of a story stand in dumps of a random shape, torn anywhere; what is
# read is what the story alone gives, however many threads there are, from a file and through a pipe.
tool=$(readlink -f "${1:?usage: dumps.sh SBFOTA [SEED]}")
. "$(dirname "$0")/common.sh"
seed=${2:-1}
Q='+QIND: "SBFOTA"'

printf '\r\nRDY\r\n\r\nAPP RDY\r\nAT+QCFGEXT="sbfota_delay"\r\r\n+QCFGEXT: "sbfota_delay",30\r\n\r\nOK\r\n' >story
printf "\r\n$Q,%s\r\n" '"polling_time",407' '"HTTPSTART"' '"DOWNLOADING", 10%' '"DOWNLOADING", 100%' '"HTTPEND",0' \
    '"Last update was not finished, continue update"' '"END",504' >>story
digits=$(od -An -v -tx1 story | tr '\n' ' ')

# write SEED FILE: the story in dumps. Prints what they are made of.
write() {
    awk -v seed="$1" -v file="$2" -v digits="$digits" '
        function pick(n) { return int(rand() * n) }
        # what stands before a row
        function prefix(kind, i) {
            if (kind == 1) return sprintf("[10:%02d:%02d.%03d] ", i / 60 % 60, i % 60, pick(1000))
            if (kind == 2) return sprintf("D (%d) uart_modem: ", 5000 + 10 * i)
            if (kind == 3) return sprintf("Nov  2 10:%02d:%02d gw1 modemd[123]: ", i / 60 % 60, i % 60)
            if (kind == 4) return "data: "
            if (kind == 5) return sprintf("2020-11-02T10:%02d:%02dZ rx: ", i / 60 % 60, i % 60)
            return kind == 6 ? "    " : ""
        }
        function address(kind, at) {
            if (kind == 1) return sprintf("%08x  ", at)
            if (kind == 2) return sprintf("0x3ffb%04x   ", at)
            if (kind == 3) return sprintf("%08x: ", at)
            if (kind == 4) return sprintf("%07o ", at)
            if (kind == 5) return sprintf("%04x   ", at)
            return ""
        }
        function shown(from, to,    k, code, text) {
            text = ""
            for (k = from; k < to; k++) {
                code = index("0123456789abcdef", substr(list[k], 1, 1)) * 16 + index("0123456789abcdef", substr(list[k], 2, 1)) - 17
                text = text (code < 32 || code > 126 ? "." : sprintf("%c", code))
            }
            return text
        }
        function row(from, to,    k, line) {
            line = ""
            for (k = from; k < to; k++) {
                line = line (k == from ? "" : how == 1 ? ":" : how == 2 ? "" : how == 3 ? ", " : how == 4 && (k - from) % 8 == 0 ? "  " : " ")
                line = line (how == 3 ? "0x" : "") (upper ? toupper(list[k]) : list[k])
            }
            if (column == 0) return line
            line = sprintf("%-" (width * (how == 3 ? 6 : 3) + 1) "s ", line)
            return line (column == 1 ? " |" shown(from, to) "|" : column == 2 ? " >" shown(from, to) "<" : " " shown(from, to))
        }
        BEGIN {
            srand(seed); rand()
            count = split(digits, list, " ")
            before = pick(7); where = pick(6); how = pick(5); upper = pick(2); column = pick(4)
            # Groups behind seven digits are words of od.
            if (where == 4 && how == 2) how = 0
            width = pick(3) ? 16 : 5 + pick(20)
            torn = pick(3) == 0; between = pick(3) == 0
            # Without an address or a prefix nothing says where a dump begins, and alone a byte is a number.
            least = where > 0 || before == 1 || before == 5 ? 1 : 3
            for (at = 1; at <= count; at = stop) {
                stop = at + (torn ? least + pick(40) : count)
                if (stop > count + 1 || count + 1 - stop < 3) stop = count + 1
                n++
                for (from = at; from < stop; from = to) {
                    to = from + width
                    if (to > stop || stop - to < least) to = stop
                    print prefix(before, n) address(where, from - at) row(from, to) >file
                }
                if (between) print "usb 1-1: device 12 at 00:11:22:33:44:55, signal 24" >file
            }
            printf "prefix %d, address %d, digits %d, column %d, width %d, torn %d\n", before, where, how, column, width, torn
        }'
}
events() {
    jq -c '[.event, .seconds, .percent, .code, .para, .answers]'
}
"$tool" decode -q --capture raw story | events >expected

for ((i = 0; i < 60; i++)); do
    what=$(write $((seed * 1000 + i)) log)
    "$tool" decode -q -j1 log | jq -c 'del(.file)' >whole
    is "dump.$((seed * 1000 + i)): $what" "$(cat expected)" "$(events <whole)"
    # The first and the last digits of each message are where it is said to be.
    is "places.$i: $what" "$(jq -r .length whole | wc -l)" "$(jq -r '"\(.offset) \(.length)"' whole | while read -r offset length; do
        tail -c +$((offset + 1)) log | head -c "$length" | grep -ciE '^(0x)?[2-5][0-9a-f]' | head -n 1
    done | wc -l)"
    [ $i -lt 8 ] || continue
    is "pipe.$i" '' "$( (head -c 100 log; sleep 0.02; tail -c +101 log) | "$tool" decode -q -j2 | diff - whole)"
    is "preamble.$i" "$(cat expected)" "$( (seq -f 'setting.%.0f = value' 20000; cat log; seq -f '    at frame %.0f' 100) | "$tool" decode -q | events)"
done

# A row, alone: what it is of, and what stands before it.
# rows NAME "TIME DIRECTION" LINE: - for what the line does not say. DIGITS stand for the message.
start=$(printf '\r\n%s,"START"\r\n' "$Q" | od -An -v -tx1 | tr -d '\n' | sed 's/^ //')
rows() {
    printf '%b\n' "${3//DIGITS/$start}" >log
    is "$1" "$2 start" "$("$tool" decode -q log | jq -r '"\(.time // "-") \(.dir // "-") \(.event)"')"
}
rows row.bare '- -' 'DIGITS'
rows row.mark '- rx' '< DIGITS'
rows row.mark_of_the_host '- tx' '> DIGITS'
rows row.sign_that_opens_is_no_mark '10:00:00 -' '10:00:00 <Buffer DIGITS>'
rows row.word '10:00:00 rx' '10:00:00 RX: DIGITS'
rows row.word_in_a_sentence '10:00:00 -' '10:00:00 Received: DIGITS'
rows row.qnavigator '2020-11-02T10:00:00.123 rx' '[2020-11-02 10:00:00:123_R:] DIGITS'
rows row.sscom '10:00:00.116 rx' '[10:00:00.116]\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86DIGITS'
rows row.sscom_in_gbk '10:00:00.116 rx' '[10:00:00.116]\xca\xd5\xa1\xfb\xa1\xf4DIGITS'
rows row.length_before '10:00:00 tx' '10:00:00 TX 23 bytes: DIGITS'
rows row.header '2020-11-02T10:00:00 rx' '2020-11-02 10:00:00 RECV\n    DIGITS'
rows row.header_of_the_host '2020-11-02T10:00:00 tx' '2020-11-02 10:00:00 SENT DATA\n    DIGITS'
rows row.in_quotes '10:00:00 -' "10:00:00 \"${start// /}\""
rows row.numbers '10:00:00 rx' "10:00:00 RX [$(printf '%s,"START"\r\n' "$Q" | od -An -v -tu1 | tr -s ' \n' ' ' | sed 's/^ //; s/ $//; s/ /, /g')]"
rows row.numbers_without_brackets '10:00:00 rx' "10:00:00 RX: $(printf '%s,"START"\r\n' "$Q" | od -An -v -tu1 | tr -s ' \n' ' ' | sed 's/^ //; s/ $//; s/ /, /g')"
told=$("$tool" decode -q --capture raw -f jsonl story | jq -r .event)
for digits_of in -tu1 -b -c '-An -c' -tx1 -tx2; do
    is "od.$digits_of" "$told" "$(od $digits_of story | "$tool" decode -q -f jsonl | jq -r .event)"
done
# Of what hexdump -e prints without addresses, a last row of a few bytes may be anything.
for cells in '16/1 "%3u " "\n"' '8/1 "%3u " "\n"' '12/1 "%3d " " \n"'; do
    is "hexdump.$cells" "$told" "$( (cat story; printf '\n%30s' '') | hexdump -v -e "$cells" | "$tool" decode -q -f jsonl | jq -r .event)"
done
for digits_of in '-An -v -tu1 -w1' '-v -tu1 -w1' '-An -v -td1 -w1'; do
    is "number_a_row.$digits_of" "$told" "$(od $digits_of story | "$tool" decode -q -f jsonl | jq -r .event)"
done
is number_a_row.alone "$told" "$(od -An -v -tu1 -w1 story | tr -d ' ' | "$tool" decode -q -f jsonl | jq -r .event)"
is number_a_row.progress_is_none start "$( (for i in {10..126}; do echo "progress $i"; done; printf '%s,"START"\n' "$Q") | "$tool" decode -q -f jsonl | jq -r .event)"
# A byte an escape of its own, in rows that end anywhere, whatever stands around them.
for width in 11 16 99; do
    for byte in '\x%s' '&#x%s;'; do
        for row in 'read(5, "%s", 99) = 9' '<td>%s</td>' '%s'; do
            { seq -f 'setting.%.0f = value' 900; printf '%s\n' "$digits" | awk -v width=$width -v byte="${byte/\\/\\\\}" -v row="$row" '{
                for (i = 1; i <= NF; i++) {
                    text = text sprintf(byte, $i)
                    if (i % width == 0 || i == NF) { printf row "\n", text; text = "" }
                } }'; } >log
            is "escapes.$width.$byte.$row" "$told" "$("$tool" decode -q -f jsonl log | jq -r .event)"
        done
    done
done
# Wherever the digits stand behind lines of others: they are searched for some bytes at a time.
told=$(cat expected)
seq -f 'setting.%.0f = value of 46 and 4f' 300 >preamble
for digits_of in '-An -v -tx1' '-An -v -tx1 -w7' '-An -v -c' '-v -tx2' '-v -to2' -b; do
    for shift in 0 1 2 3 5 7 8 9 11 13 14 15 16 17 23; do
        { cat preamble; printf '%*s\n' $shift '' | tr ' ' x; od $digits_of story; } >log
        is "search.$digits_of.$shift" "$told" "$("$tool" decode -q -j1 log | events)"
    done
done
# One message alone, whose word two rows share at each of its letters.
for ((pad = 0; pad < 16; pad++)); do
    for digits_of in '-tx1' '-to1' '-c'; do
        { printf '%*s' $pad '' | tr ' ' '\n'; printf '\r\n%s,"START"\r\n' "$Q"; } | od -An -v $digits_of >log
        is "alone.$digits_of.$pad" start "$("$tool" decode -q log | jq -r .event)"
    done
done
is od.-c_of_bsd "$("$tool" decode -q --capture raw -f jsonl story | jq -r .event)" "$(od -c story | sed 's/ /  /' | "$tool" decode -q -f jsonl | jq -r .event)"

# Records of several lines.
# below NAME EXPECTED LINE...: time and direction of each start
below() {
    local name=$1 expected=$2
    shift 2
    printf '%b\n' "$@" >log
    is "$name" "$expected" "$("$tool" decode -q log | jq -r '"\(.time // "-") \(.dir // "-") \(.event)"' | paste -sd,)"
}
below header.time_and_direction '10:00:00 rx start,10:00:01 rx end' '[10:00:00] RECV:' "$Q,\"START\"" '' '[10:00:01] RECV:' "$Q,\"END\",0"
below header.two_texts '10:00:00 rx start,10:00:00 rx end' '[10:00:00] RECV:' "$Q,\"START\"" "$Q,\"END\",0"
below header.torn '10:00:00 rx start,10:00:01 rx end' '[10:00:00] RECV:' "$Q,\"START\"" '[10:00:01] RECV:' '+QIND: "SBF' '[10:00:02] RECV:' 'OTA","END",0'
below header.text_with_a_prefix '11-02 10:00:00.123 rx start,11-02 10:00:01.123 rx end' '[ 11-02 10:00:00.123  1: 2 D/RILC ]' "AT< $Q,\"START\"" '' \
    '[ 11-02 10:00:01.123  1: 2 D/RILC ]' "AT< $Q,\"END\",0"
below header.each_source_its_own '10:00:00 rx start,10:00:01 rx end' 'm1 | [10:00:00] RX:' 'm2 | [11:00:00] TX:' "m1 | $Q,\"START\"" 'm2 | AT' \
    'm1 | [10:00:01] RX:' 'm2 | [11:00:01] TX:' "m1 | $Q,\"END\",0" 'm2 | AT'
below header.none_where_other_lines_have_times '- - start,- - end' '[ 1.2] usb 1-1: disconnect' "$Q,\"START\"" '[ 1.3] eth0 up' '[ 1.4] a b c d' "$Q,\"END\",0"

# What is no log.
seq 100000 | gzip -n | tail -c +20 >binary
is binary.long_lines_are_not_told '' "$("$tool" decode -q binary 2>/dev/null)"
is binary.one_line 1 "$("$tool" decode binary 2>&1 | wc -l)"
is binary.told_if_asked_for overlong "$("$tool" decode -q --capture raw binary 2>/dev/null | jq -r .event | sort -u)"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
