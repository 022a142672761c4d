#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Logs with what few of them have: logs.sh SBFOTA. Of forms, captures/forms has one each; of files, inputs.sh tells.
tool=$(readlink -f "${1:?usage: logs.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

Q='+QIND: "SBFOTA"'
J='+QIND: \"SBFOTA\"'
B='[2026-11-23 20:37:48.479] '
# tells NAME EXPECTED FILTER [OPTION...]: of the records of standard input, what jq's filter leaves, on one line
tells() {
    local name=$1 expected=$2 filter=$3
    shift 3
    is "$name" "$expected" "$("$tool" decode -q "$@" | jq -r "$filter" | paste -sd' ')"
}
# learns NAME EXPECTED FILTER [OPTION...]: the same with more lines behind them, so that they are compared with those before
learns() {
    local name=$1 expected=$2 filter=$3
    shift 3
    is "$name" "$expected" "$( (cat; head -c 1000 /dev/zero | tr '\0' '\n') | "$tool" decode -q "$@" | jq -r "$filter" | paste -sd' ')"
}
x() {
    printf "%0$1d" 0 | tr 0 x
}

# JSON Lines: fields, by their usual names and by others, the best one first, last or alone.
one='.modem, .time, .dir, .event'
tells json.usual_names 'm 2026-01-01T00:00:00Z rx start' "$one" \
    <<<"{\"time\":\"2026-01-01T00:00:00Z\",\"modem\":\"m\",\"dir\":\"rx\",\"text\":\"$J,\\\"START\\\"\"}"
tells json.best_name_last 'start' .event <<<"{\"msg\":\"x\",\"text\":\"$J,\\\"START\\\"\"}"
tells json.best_name_first 'start' .event <<<"{\"text\":\"$J,\\\"START\\\"\",\"msg\":\"x\"}"
tells json.named_fields 'a b start' '.modem, .time, .event' --field x --time-field y --modem-field z \
    <<<"{\"z\":\"a\",\"y\":\"b\",\"x\":\"$J,\\\"START\\\"\",\"text\":\"$J,\\\"END\\\",0\"}"
tells json.inner_fields_are_not_its_own 'start' .event <<<"{\"a\":{\"text\":\"x\"},\"b\":[\"text\"],\"text\":\"$J,\\\"START\\\"\"}"
both='.dir, .event'
tells json.side_in_another_text 'rx start tx accept' "$both" <<<"{\"msg\":\"rx\",\"data\":\"$J,\\\"START\\\"\"}
{\"msg\":\"sent\",\"data\":\"AT+QCFGEXT=\\\"sbfota_accept\\\",1\"}"
tells json.side_in_a_field_of_its_own 'tx start' "$both" <<<"{\"msg\":\"rx\",\"data\":\"$J,\\\"START\\\"\",\"dir\":\"tx\"}"
tells json.side_before_a_record 'rx start tx accept' "$both" <<<"10:00:00 DEBUG at.go recv {\"line\":\"$J,\\\"START\\\"\"}
10:00:01 DEBUG at.go send: {\"line\":\"AT+QCFGEXT=\\\"sbfota_accept\\\",1\"}"
tells json.no_side_before_a_record 'null start' "$both" <<<"10:00:00 DEBUG at.recv {\"line\":\"$J,\\\"START\\\"\"}"
tells json.time_in_brackets_before_a_record '2026-11-02T10:00:00 start' '.time, .event' <<<"[2026-11-02 10:00:00] at {\"line\":\"$J,\\\"START\\\"\"}"
tells csv.headings_of_other_names 'm1 2026-11-02T10:00:00 tx accept m2 2026-11-02T10:00:01 rx start' '.modem, .time, .dir, .event' <<<"Zeit;Modem;Richtung;Text
02.11.2026 10:00:00;m1;TX;AT+QCFGEXT=\"sbfota_accept\",1
02.11.2026 10:00:01;m2;RX;$Q,\"START\""
tells logfmt.side_in_another_text 'rx start tx accept' "$both" <<<"time=10:00:00 msg=recv line=\"$J,\\\"START\\\"\"
time=10:00:01 msg=send line=\"AT+QCFGEXT=\\\"sbfota_accept\\\",1\""
tells logfmt.side_before_the_text 'rx start tx accept' "$both" <<<"10:00:00 TRACE port=a at: rx line=\"$J,\\\"START\\\"\"
10:00:01 TRACE port=a at: tx line=\"AT+QCFGEXT=\\\"sbfota_accept\\\",1\""
tells json.escapes 'é日😀é/' .raw --all --capture jsonl <<<'{"text":"\u00e9\u65e5\ud83d\ude00é\/"}'
tells json.empty_name start .event --capture jsonl <<<"{\"\":\"$J\",\"a\":{\"\":\"x\"},\"text\":\"$J,\\\"START\\\"\"}"
tells json.places_of_escaped_characters '9 18 31 9' '.offset, .length' --all --capture jsonl <<<'{"text":"\u00e9\ud83d\ude00\r\nABC\u00e9"}'
learns json.time_behind_the_text 'start end' .event <<<"{\"text\":\"$J,\\\"START\\\"\",\"time\":\"1\"}
{\"text\":\"$J,\\\"END\\\",0\",\"time\":\"2\"}"
learns json.modem_behind_the_text 'm1 m2' .modem <<<"{\"time\":\"1\",\"text\":\"$J,\\\"START\\\"\",\"modem\":\"m1\"}
{\"time\":\"2\",\"text\":\"$J,\\\"END\\\",0\",\"modem\":\"m2\"}"
learns json.modem_before_the_time 'm1 m2' .modem <<<"{\"modem\":\"m1\",\"time\":\"1\",\"text\":\"$J,\\\"START\\\"\"}
{\"modem\":\"m2\",\"time\":\"2\",\"text\":\"$J,\\\"END\\\",0\"}"
learns json.modem_between 'm1 m2' .modem <<<"{\"time\":\"1\",\"modem\":\"m1\",\"text\":\"$J,\\\"START\\\"\"}
{\"time\":\"2\",\"modem\":\"m2\",\"text\":\"$J,\\\"END\\\",0\"}"
learns json.long_prefix 'm1 m2' .modem <<<"{\"time\":\"1\",\"a\":\"$(x 300)\",\"modem\":\"m1\",\"text\":\"$J,\\\"START\\\"\"}
{\"time\":\"2\",\"a\":\"$(x 300)\",\"modem\":\"m2\",\"text\":\"$J,\\\"END\\\",0\"}"
# What is too long for its place.
long="{\"time\":\"$(x 300)\",\"modem\":\"$(x 300)\",\"text\":\"$J,\\\"DOWNLOADING\\\",1%\"}"
tells json.time_too_long_to_keep 'null 300' '.time, (.modem | length)' <<<"$long"
tells json.long_names "$(x 250) $(x 250)" .modem <<<"{\"modem\":\"$(x 250)\",\"text\":\"$J,\\\"START\\\"\"}
{\"modem\":\"$(x 250)\",\"text\":\"$J,\\\"END\\\",0\"}"
is json.time_of_a_session_too_long_to_keep null "$("$tool" sessions -q -f jsonl <<<"${long//$(x 300)/$(x 100)}" | jq -r .started)"
is json.long_time_of_a_session 'null 300' "$("$tool" sessions -q -f jsonl <<<"$long" | jq -r '.started, (.modem | length)' | paste -sd' ')"
is json.long_time_of_stats 'null' "$("$tool" stats -q -f jsonl <<<"${long//$(x 300)/$(x 200)}" | jq -r .from)"
is json.long_names_are_two 2 "$(printf '{"modem":"%s","text":"%s,\\"START\\""}\n' "$(x 20)1" "$J" "$(x 20)2" "$J" "$(x 20)1" "$J" | "$tool" stats -q -f jsonl | jq .modems)"
# A line that looks like the one before it, but for a word in the name's place that is none, or one of other letters: as if alone.
for name in UTC DEBUG INFO: mö7 7; do
    printf '2026-01-01T00:00:0%d.000Z %s <- %s,"DOWNLOADING",%d%%\n' 1 meter-1 "$Q" 1 2 meter-2 "$Q" 2 3 "$name" "$Q" 3 >alike
    printf '2026-01-01T00:00:04.000Z meter-4 <- %s,"END",0\n' "$Q"{,,,} >>alike
    is "alike.$name" "$(sed -n 3p alike | "$tool" decode -q --capture gateway --all | jq -c '[.modem, .event, .time]')" \
        "$("$tool" decode -q -j1 --capture gateway alike | jq -c 'select(.line == 3) | [.modem, .event, .time]')"
done
# Records that may be torn, behind some that look like them: as if behind others. What a text begins with may be part of its prefix.
for mark in '<-' '->' RX TX: '[RX]'; do
    for text in a +CSQ: ' a' '  +CSQ:' '<- a' '- a' '= a' ': a' $'\x1b[0ma' $'\ta' '^Ia' '&nbsp;a' '<pre>a' 'b: a' 'chat[1]: a' 'm-2 -> a' 'M-2 -> a' '[b] a' '12 a' '2026-01-01 00:00:00 a' INFO: 'é' '"a"' ''; do
        line="2026-01-01T00:00:09.000Z m-2 $mark $text"
        printf '%s\\r\\n\n' "00:00:01 m-1 <- b" "2026-01-01T00:00:02.000Z m-1 $mark b"{,,} "$line" "00:00:01 m-1 <- b"{,,,,,,,,} >alike
        printf '%s\\r\\n\n' "00:00:01 m-1 <- b"{,,,} "$line" "00:00:01 m-1 <- b"{,,,,,,,,} >others
        record='select(.line == 5) | [.modem, .event, .time, .dir, .raw, .length]'
        is "alike.torn.$mark.$text" "$("$tool" decode -q -j1 --all --capture gateway others 2>/dev/null | jq -c "$record")" \
            "$("$tool" decode -q -j1 --all --capture gateway alike 2>/dev/null | jq -c "$record")"
    done
done
# A time that goes back now and then makes no log of differences.
(printf '[1.000] %s,"HTTPSTART"\n' "$Q"; for i in {2..20} 3 {21..40} 22 {41..59}; do printf '[%d.000] %s,"DOWNLOADING",%d%%\n' $i "$Q" $i; done; printf '[60.000] %s,"HTTPEND",0\n' "$Q") >back
is deltas.two_steps_back '["percent_back","clock_jump"]' "$("$tool" sessions -q -f jsonl back | jq -c .problems)"
# What JSON Lines cannot copy as it stands, in messages that are else.
for time in 2026-01-01T00:00:00.000Z 2026-01-01T00:00:00x000Z 'a\\\\b' $'a\x7fb' "$(x 40)"; do
    tells "json.odd_time.$time" "2026-01-01T00:00:00.500Z $(jq -r . <<<"\"$time\"")" .time < <(printf '%s\n' "{\"time\":\"2026-01-01T00:00:00.500Z\",\"text\":\"$J,\\\"START\\\"\"}" "{\"time\":\"$time\",\"text\":\"$J,\\\"START\\\"\"}")
done
# An escape in a name or a time that is longer than what is kept of most.
for length in 60000 70000 200000; do
    tells "json.long_modem.$length" "$((length + 1)) start" '(.modem | length), .event' --capture jsonl <<<"{\"modem\":\"\\u0041$(x $length)\",\"text\":\"$J,\\\"START\\\"\"}"
    tells "json.long_time.$length" 'null start' '.time, .event' --capture jsonl <<<"{\"time\":\"\\u0041$(x $length)\",\"text\":\"$J,\\\"START\\\"\"}"
done
for time in '2026-01-01T00:00:00\u002b09:00' '2026\/01\/01 00:00:00 +0900' '\u0032026-01-01T00:00:00+09:00'; do
    tells "json.escaped_time.$time" 2026-01-01T00:00:00+09:00 .time < <(printf '%s\n' "{\"time\":\"$time\",\"text\":\"$J,\\\"START\\\"\"}")
done
for modem in 'a\"b' "$(x 40)"; do
    tells "json.odd_modem.$modem" "$(jq -r . <<<"\"$modem\"")" .modem <<<"{\"modem\":\"$modem\",\"text\":\"$J,\\\"START\\\"\"}"
done
tells json.torn_without_a_time 'm start' '.modem, .event' <<<"{\"modem\":\"m\",\"text\":\"$J,\\\"START\\\"\\r\\n\"}"
# Messages that go over several records, of which some have no line end.
torn="{\"time\":\"$(x 70)\",\"modem\":\"$(x 300)\",\"text\":\"$J,\\\"START\\\"\\r\\n\"}"
tells json.torn_of_long_names '300 null start' '(.modem | length), .time, .event' <<<"$torn"
tells json.a_record_without_an_end_is_whole 'malformed end rdy' .event <<<"{\"text\":\"$J,\\\"STA\"}
{\"text\":\"RT\\\"\\r\\n\"}
{\"text\":\"$J,\\\"END\\\",0\"}
{\"text\":\"RDY\"}"
# Where records have line ends, one without may be a piece: it is one if a message comes of it.
pieces() {
    local name=$1 expected=$2 text
    shift 2
    for text in "$@"; do printf '{"modem":"m","text":"%s"}\n' "$text"; done >pieces
    tells "json.pieces.$name" "$expected" '.event, .percent // .seconds // .code // empty' pieces
    for text in "$@"; do printf '2020-11-02T10:00:00Z m < %s\n' "${text//\\\"/\"}"; done >pieces
    tells "gateway.pieces.$name" "$expected" '.event, .percent // .seconds // .code // empty' --capture gateway pieces
}
J_=$J # a quote is \" in it
pieces line_end_alone 'update_timeout 30' '\r\n' "$J_,\\\"UPDATE_TIMEOUT\\\",3" '0\r\n'
pieces number_of_three 'end 504' '\r\n' "$J_,\\\"END\\\",5" 0 '4\r\n'
pieces percent 'downloading 100' '\r\n' "$J_,\\\"DOWNLOADING\\\",1" '00%\r\n'
pieces three 'start' '\r\n+QIND: \"SBF' 'OTA\",\"ST' 'ART\"\r\n'
pieces behind_a_whole_one 'start http_start end 3' '\r\n' "$J_,\\\"START\\\"" "$J_,\\\"HTTPST" 'ART\"' "$J_,\\\"END\\\",3" '\r\nOK\r\n'
pieces of_an_unknown_one 'sbfota_unknown' '\r\n' "$J_,\\\"LA" 'TER\"\r\n'
pieces whole 'start end 5 start' "\\r\\n$J_,\\\"START\\\"\\r\\n" "$J_,\\\"END\\\",5" "$J_,\\\"START\\\"" '+CSQ: 1\r\n'
pieces more_than_are_kept 'start' '\r\n' a b c d e f g h i "$J_,\\\"START\\\"" j
pieces too_long 'overlong overlong start' '\r\n' "$(x 300)" "$(x 200)" "$(x 100)" "$(x 600)" "$J_,\\\"STA" 'RT\"\r\n'
tells json.pieces.other_side 'set_delay ok set_delay query_delay ok query_delay' '.event, .answers // empty' <<<'{"modem":"m","dir":"rx","text":"\r\nRDY?\r\n"}
{"modem":"m","dir":"tx","text":"AT+QCFGEXT=\"sbfota_delay\",30\r"}
{"modem":"m","dir":"rx","text":"OK"}
{"modem":"m","dir":"tx","text":"AT+QCFGEXT=\"sbfota_delay\"\r"}
{"modem":"m","dir":"rx","text":"\r\nOK\r\n"}'
tells json.pieces.other_side_between 'set_delay start ok set_delay' '.event, .answers // empty' <<<"{\"modem\":\"m\",\"dir\":\"rx\",\"text\":\"\\r\\n$J,\\\"STA\"}
{\"modem\":\"m\",\"dir\":\"tx\",\"text\":\"AT+QCFGEXT=\\\"sbfota_delay\\\",30\\r\"}
{\"modem\":\"m\",\"dir\":\"rx\",\"text\":\"RT\\\"\\r\\nOK\\r\\n\"}"
# Each piece that is a line, and each line that is made of some, is where and when it began, and ends where its last one ends.
number=0
is json.pieces.places '2 109 27 2:00 4 248 93 4:00 6 395 27 6:00' "$(
    for text in '\r\n' "$J_,\\\"START\\\"" +CSQ "$J_,\\\"UPDATE_TIMEOUT\\\",3" 0 "$J_,\\\"START\\\"" '\r\n'; do
        printf '{"time":"2020-11-02T10:0%d:00Z","modem":"m","text":"%s"}\n' $((++number)) "$text"
    done | "$tool" decode -q | jq -r '"\(.line) \(.offset) \(.length) \(.time[15:19])"' | paste -sd' ')"
printf '[15:37:11.116]收←◆+QIND: "SBFO\n[15:37:11.117]收←◆TA","END",0\n[15:37:11.118]收←◆RDY\nRDY\n' >chunks
tells sscom.pieces 'end rdy rdy' .event --capture sscom chunks
# The line break of a chunk is the module's.
printf '[15:37:11.116]收←◆+QIND: "SBFOTA","END",5\n04\n[15:37:11.118]收←◆RDY\n' >chunks
tells sscom.line_of_a_chunk 'end 5 rdy' '.event, .code // empty' --capture sscom chunks
tells json.torn_overlong 'overlong 612 start' '.event, (select(.event == "overlong").length)' <<<"{\"text\":\"\\r\\n$(x 300)\"}
{\"text\":\"$(x 300)\\r\\n\"}
{\"text\":\"$J,\\\"START\\\"\\r\\n\"}"
# Times that look nearly as most do.
for time in 2026-01x01T00:00:00.000Z 2026-01-01T00x00:00.000Z 2026-01-01T00:00:00x000Z 2026-01-01T00:00:00Z; do
    tells "json.time.$time" "$time" .time <<<"{\"time\":\"$time\",\"text\":\"$J,\\\"START\\\"\"}"
done

tells json.time.blank_before_the_zone 2026-01-01T00:00:00.000Z .time <<<"{\"time\":\"2026-01-01T00:00:00.000 Z\",\"text\":\"$J,\\\"START\\\"\"}"

# Names of modems that may be the end of a time, and such that are no names.
for name in 12ab Z1 z1 U1 +1 -1 abc "$(x 41)"; do
    learns "gateway.name.$name" "$name $name" .modem --capture gateway <<<"2026-11-23T10:00:00Z $name < $Q,\"START\"
2026-11-23T10:00:01Z $name < $Q,\"END\",0"
    learns "gateway.name_behind_another.$name" "modem-1 $name modem-2" .modem --capture gateway <<<"2026-11-23T10:00:00Z modem-1 < $Q,\"START\"
2026-11-23T10:00:01Z $name < $Q,\"END\",0
2026-11-23T10:00:02Z modem-2 < $Q,\"END\",0"
done
learns gateway.line_without_a_name 'modem-1 start null end modem-2 end' '.modem, .event' --capture gateway <<<"2026-11-23T10:00:00Z modem-1 < $Q,\"START\"
2026-11-23T10:00:01Z  < $Q,\"END\",0
2026-11-23T10:00:02Z modem-2 < $Q,\"END\",0"
learns gateway.return_within_a_line 'start start malformed end' .event --capture gateway < <(
    for text in "$Q,\"START\"" "$Q,\"START\""$'\r'"$Q" "$Q,\"END\",0"; do printf '2026-11-23T10:00:00Z modem-1 < %s\n' "$text"; done)
learns gateway.other_texts 'start other other other end' .event --all --capture gateway < <(
    for text in "$Q,\"START\"" 1234 '!x' abc "$Q,\"END\",0"; do printf '2026-11-23T10:00:00Z modem-1 < %s\n' "$text"; done)
printf '2026-11-23T10:00:00Z\tm1\t< %s,"START"\n2026-11-23T10:00:01Z\tm2\t< %s,"END",0\n' "$Q" "$Q" >tabs.log
tells gateway.tabs 'm1 m2' .modem --capture gateway tabs.log
tells syslog.west_of_greenwich '2026-11-23T10:00:00-05:00' .time <<<"2026-11-23T10:00:00-0500 gw modemd[1]: $Q,\"START\""
# Escapes in a text that is not torn, and one that is cut.
tells bracket.escaped_control 'malformed 27' '.event, .length' --capture bracket <<<"$B$Q,<1b>\"START\""
tells bracket.escape_cut '<C' .raw --all --capture bracket <<<"$B<C"
learns quoted.line_that_is_learned 'start end' .event --capture quoted <<<"2026-11-23T10:00:00Z < b'$Q,\"START\"'
2026-11-23T10:00:01Z < b'$Q,\"END\",0'"
tells zephyr.line_ends_are_no_escapes_of_its_own 'malformed !lossy' '.event, (.flags[]? | "!" + .)' --capture zephyr \
    <<<'[00:00:33.811,584] <dbg> modem_chat: modem_chat_log_received_command: +QIND: "SBFOTA" "START"\r\n'
tells quoted.backslash_at_the_end 'other OK\' '.event, .raw' --all --capture quoted <<<"< b'OK\\'"
tells ofono.line_without_a_prefix 'start end' .event --capture ofono <<<"ofonod[123]: Aux: < \\r\\n$Q,\"START\"\\r\\n
$Q,\"END\",0"
printf '< 2026/11/23 20:38:34.000410375  length=25 from=0 to=24\n%s,"START"\n%s,"END",0' "$Q" "$Q" >chunk
tells socat.file_without_a_line_end 'start end' .event --capture socat chunk
tells socat.without_a_line_end 'start' .event --capture socat < <(printf '< 2026/11/23 20:38:34.000410375  length=25 from=0 to=24\n%s,"START"' "$Q")
tells socat.without_a_header 'start end' .event --capture socat <<<"$Q,\"START\"
$Q,\"END\",0"

# Answers that come in a block after the command's, late and very late; of a log without line feeds too.
filler() {
    awk -v size=$1 -v end="$2" 'BEGIN { line = sprintf("+CREG: 2,1,\"%040d\"%s", 0, end); for (used = 0; used < size; used += length(line)) printf "%s", line }'
}
for end in '\n' '\r\n' '\r'; do
    for size in 1000 3000000 16900000 18000000; do
        answers=query_delay
        [ $size -lt 16800000 ] || answers=
        (printf "AT+QCFGEXT=\"sbfota_delay\"$end"; filler $size "$end"; printf "OK${end}OK$end"; filler 2000 "$end"; printf "RDY$end") >answered
        tells "answers.$size$end" "query_delay${answers:+ ok $answers} rdy" '.event, (.answers // empty)' -j2 answered
        [ $size -gt 16800000 ] || tells "answers.$size$end.all" "$answers" 'select(.event == "ok") | .answers // empty' --all answered
    done
done
# Of a line that is longer than a block, the bytes that are dropped belong to the last message alone: behind a prefix, with escapes,
# and of a raw capture, where a carriage return ends the line before.
long() {
    printf "$1" "$Q,\"START\"" "$Q,\"END\",0"
    head -c 300 /dev/zero | tr '\0' y
    printf "$2"
    head -c 3000000 /dev/zero | tr '\0' x
}
for form in "bracket:[2026-11-23 20:37:48.479] %s\\r%s\\r:\\r" 'chat:chat[123]: %s^M%s^M:^M' 'raw:%s\r%s\r:\r' 'raw:\n%s\r%s\r:\r'; do
    behind=${form##*:}
    begin=${form%:*}
    is "dropped.$form" 'start 23 end 23 overlong 300 overlong 3000000' \
        "$(long "${begin#*:}" "$behind" | "$tool" decode -q --capture "${form%%:*}" | jq -r '.event, .length' | paste -sd' ')"
done
# The same where a message may go over several records: what comes behind it is no part of it, though its end is not there.
behind_dropped() {
    is "dropped.$1" "$2" "$( (printf "$3"; head -c 3000000 /dev/zero | tr '\0' x; printf "$4") | "$tool" decode -q --capture "${1%%.*}" 2>/dev/null | jq -r '.event, .length' | paste -sd' ')"
}
M="<dbg> [1604282400.1] [ttyUSB2/at] <-- '"
behind_dropped modemmanager 'start 23 overlong 3000009 start 23' "$M$Q,\"START\"<CR><LF>" "<CR><LF>'\n$M$Q,\"START\"<CR><LF>'\n"
behind_dropped socat 'start 23 overlong 3000000 rdy 3' "> 2026/11/23 20:38:34.000410375  length=15 from=225 to=239\n$Q,\"START\"\r\n" '\n< 2026/11/23 20:38:34.000410375  length=15 from=225 to=239\n\nRDY\r\n'
behind_dropped sscom 'start 23 overlong 3000000 rdy 3' "[15:37:11.116]收←◆$Q,\"START\"\r\n" '\r\n[15:37:11.116]收←◆\nRDY\r\n'
# In a record that is not whole no text is found: it is told as it stands.
behind_dropped jsonl 'overlong 3000015 rdy 3' '{"text":"' '\\r\\n"}\n{"text":"RDY"}\n'
behind_dropped json 'overlong 3000022 rdy 3' '{"a":[{"text":"' '\\r\\n"},\n{"text":"RDY"}]}'
behind_dropped jsonl.message 'malformed 36 overlong 3000006 rdy 3' '{"text":"+QIND: \\"SBFOTA\\",\\"START\\"\\r\\n' '\\r\\n"}\n{"text":"RDY"}\n'
# Many commands that nobody answers.
is answers.of_many 200 "$(for ((i = 0; i < 200; i++)); do printf '2026-11-23T10:00:00Z m%d > AT+QCFGEXT="sbfota_delay"\n' $i; done | "$tool" decode -q | wc -l)"

# A wire that pauses within a line end; its capture with all line ends gives it back.
pauses() {
    printf 'APP RDY'
    sleep 1.3 # the first bytes are waited for, to tell what it is
    for piece in '\r' '\n\r' 'x\r' '\r' '\nOK\r' '\n' "\\r\\n$Q,\"END\",0"; do
        printf "$piece"
        sleep 0.05
    done
}
is wire.pauses 0 "$(pauses | "$tool" decode -q --all | "$tool" encode | cmp -s - <(printf "APP RDY\\r\\n\\rx\\r\\r\\nOK\\r\\n\\r\\n$Q,\"END\",0"); echo $?)"
tells wire.begins_with_two_bytes 'x' .raw --all < <(printf 'x\n')
tells wire.begins_with_a_mark $'\ufeff start' 'if .event == "other" then .raw else .event end' --all < <(printf '\xef\xbb\xbf%s,"START"\r\n' "$Q")
is wire.line_ends_between 0 "$(printf 'OK\r\n%s\nRDY\r\n' "$(head -c 100000 /dev/zero | tr '\0' '\r')" >many; "$tool" decode -q --all many | "$tool" encode | cmp -s - many; echo $?)"
is wire.line_ends_without_end 100000 "$(head -c 100000 /dev/zero | tr '\0' '\n' | "$tool" decode -q --all | "$tool" encode | wc -c)"
is wire.line_ends_behind_a_long_line 0 "$( (x 500000; printf '\r\n\r\n'; x 9) | "$tool" decode -q --all | jq -s 'map(.event) != ["overlong", "other"]' | grep -c true)"

# UTF-16: characters of all lengths, halves of pairs, a byte too many, and through pipes.
wide() {
    printf '\ufeff%s,"START"\né日😀\n' "$Q" | iconv -t UTF-16LE
    printf '\x3d\xd8x\0\n\0\x00\xde\n\0\x3d\xd8'
}
tells wide.characters 'start %C3%A9%E6%97%A5%F0%9F%98%80 %C3%AD%C2%A0%C2%BDx %C3%AD%C2%B8%C2%80 %C3%AD%C2%A0%C2%BD' \
    'if .event == "start" then .event else .raw | @uri end' --all < <(wide)
# A module's noise, and no mark.
for noise in '\xff\xfe' '\xfe\xff'; do
    printf "$noise\\r\\nRDY\\r\\n%s,\"START\"\\r\\n" "$Q" >noise
    tells "wide.noise.$noise" 'other rdy start' .event --all --capture raw noise
    is "wide.noise_back.$noise" 0 "$("$tool" decode -q --all --capture raw noise | "$tool" encode | cmp -s - noise; echo $?)"
done
tells wide.odd_byte start 'select(.event == "start").event' --all --capture raw < <(wide; printf x)
tells wide.slow_pipe 'start end' .event < <(printf '%s,"START"\n' "$Q" | iconv -t UTF-16LE; sleep 0.5; printf '%s,"END",0\n' "$Q" | iconv -t UTF-16LE)
# However few bytes come first.
wide=$captures/forms/utf-16be.log
for first in 6 7 10 12 15; do
    is "wide.late_$first" "$("$tool" decode -q <"$wide" | jq -r .event)" "$( (head -c $first "$wide"; sleep 0.3; tail -c +$((first + 1)) "$wide") | "$tool" decode -q | jq -r .event)"
done
is wide.long 60000 "$(for ((i = 0; i < 60000; i++)); do printf '%s,"START"\n😁\n' "$Q"; done | iconv -t UTF-16LE | "$tool" decode -q | wc -l)"
printf '%s,"START"\n' "$Q" | iconv -t UTF-16LE | gzip -c | head -c -4 >wide.gz
is wide.cut 2 "$("$tool" decode -q wide.gz >/dev/null 2>&1; echo $?)"

# Archives: a file with a hole, one that is cut in the second of two, and first bytes that only look so.
truncate -s 300000 hole
printf '\n%s,"START"\n' "$Q" >>hole
tar cSf hole.tar hole
tells tar.hole 'overlong 300000 start' '.event, (select(.event == "overlong").length)' hole.tar
printf '%s,"START"\n' "$Q" >good
(gzip -c good; filler 300000 '\n' | gzip -c | head -c 500) >second.gz
is gzip.second_is_cut '2 start' "$("$tool" decode -q second.gz 2>/dev/null >got; echo "$? $(jq -r .event got)")"
(gzip -c good; (filler 200000 '\n'; head -c 300000 /dev/urandom) | gzip -c | (head -c 60000; printf UUUUUUUUUUUUUUUU; cat)) >second.gz
is gzip.second_is_damaged '2 start' "$("$tool" decode -q second.gz 2>/dev/null >got; echo "$? $(jq -r 'select(.event == "start").event' got)")"
for begin in BZh BZh0 BZh: BZh1 BZh91AY 'BZh9 and so on'; do
    tells "bzip2.only_a_text.$begin" 'start' .event < <(printf '%s\n%s,"START"\n' "$begin" "$Q")
done
(gzip -c good; (filler 3000000 '\n'; head -c 300000 /dev/urandom) | gzip -c | head -c -1000) >third.gz
is streamed.damaged_far_behind '2 1' "$("$tool" decode -q --all third.gz 2>said >/dev/null; echo "$? $(wc -l <said)")"
(filler 3000000 '\n'; cat good) | gzip -c >several.gz
tells gzip.several_blocks start .event several.gz
# A long line that ends where a buffer does: those sizes that may be it.
for ((size = 1179648 - 66; size <= 1179648; size++)); do
    (head -c $size /dev/zero; printf '\r\r\n%s,"START"\n' "$Q") | gzip -1c >edge.gz
    "$tool" decode -q edge.gz | jq -r '.event, .line, .length' | paste -sd' '
done | sort | uniq -c | awk '{ $4 = ""; print }' | sort -u >edges
is gzip.long_line_to_a_buffers_end '1 overlong 1  start 2 23' "$(paste -sd';' edges)"
for end in '\r' '\r\r' '\r\n'; do
    tells "gzip.long_line_at_the_end$end" 'overlong 3000000' '.event, .length' < <( (head -c 3000000 /dev/zero; printf "$end") | gzip -1c)
done
is streamed.damaged 2 "$("$tool" decode -q --all second.gz >/dev/null 2>&1; echo $?)"
is streamed.cut_wide 2 "$("$tool" decode -q --all wide.gz >/dev/null 2>&1; echo $?)"
tar czf folder.tgz good hole
size=$(stat -c %s folder.tgz)
is tgz.wrong_sum 2 "$( (head -c $((size - 8)) folder.tgz; printf 12345678) >wrong.tgz; "$tool" decode -q wrong.tgz >/dev/null 2>&1; echo $?)"

# Names of modems after files.
mkdir -p named.d
for name in a.log b .hidden c.d.log; do
    cp good "named.d/$name"
    tells "modem_from_file.$name" "$([ $name = .hidden ] && echo .hidden || echo "${name%.log}")" .modem --modem-from-file "named.d/$name"
done
tells modem_from_file.standard_input null .modem --modem-from-file <good

# Output: what is read behind a file that it is, and files beside.
cp good own
is output.nothing_is_read_behind_it '2 1' "$("$tool" decode -q -o own own good 2>said; echo "$? $(grep -c . said)")"
is output.unnamed_modem '-' "$("$tool" sessions -q -f text <good | tail -n 1 | awk '{ print $NF == "[missing_start]" ? $(NF - 1) : $NF }')"

# Commands behind what frames and packets begin with, which a line end parts from messages: in rows of digits, of CMUX and of TCP, and with
# dots for what cannot be printed. Text is none; in a raw capture, which --all gives byte for byte, nothing is.
answers() { printf '%b\r\n+QCFGEXT: "sbfota_delay",30\r\n%b\r\nOK\r\n%b\r\n%s,"START"\r\n%b' "$1" "$1" "$1" "$Q" "$2"; }
query='AT+QCFGEXT="sbfota_delay"\r'
for head in '\xf9\x07\xef\x35' '\xf9\x09\xff\x35' '\x01\xf9\x0b\xff5' 'E\0\0C\x1c\x46@\0@\x06' '~\xff\x7d\x23!'; do
    tells "head.$head" "delay start" .event < <(printf '%b' "$head$query\x45\xf9"; answers '\xf9\x0b\xff\x3f' '\x29\xf9')
    for digits_of in 'od -An -v -tx1' 'od -tx1' 'od -c' xxd; do
        tells "head.$head.$digits_of" "query_delay delay ok start" .event < <( (printf '%b' "$head$query\x45\xf9"; answers '\xf9\x0b\xff\x3f' '\x29\xf9') | $digits_of)
    done
done
while read -r text; do
    printf '10:00:00.479123 IP 10.0.0.1.4001 > 10.0.0.2.4001: Flags [P.], length 27\n%s%s\n\n' "$([ "${text:0:2}" = AT ] || echo $'E..4.F@.@.<.........9..i.A.%...P...\n.')" "$text"
done >log <<END
E..C.F@.@.<.........9..i.A.%...P...AT+QCFGEXT="sbfota_delay"
+QCFGEXT: "sbfota_delay",30
OK
$Q,"START"
END
tells head.of_dots 'query_delay delay ok start' .event log
for text in 'I wait ... ' 'send: ' $'\t' 'é '; do
    tells "head.text_is_none.$text" start .event --capture raw < <(printf '%s%b\r\n%s,"START"\r\n' "$text" "$query" "$Q")
done

# A name in angle brackets where a field would stand is a manual's: what stands before it is no prefix of a log.
tells manual.names_of_fields 'query_delay ok malformed' .event <<END
10:00:00 m1 AT+QCFGEXT="sbfota_delay"
10:00:01 m1 OK
help m2 AT+QCFGEXT="sbfota_delay",<delay>
help m2 $Q,"START"
help m2 RDY
END

# Programs and threads that speak with one modem in turns are no modems, whatever their names, if together they tell one story; names of modems
# have numbers, and a mark behind them.
# turns NAME EXPECTED PREFIX...: one prefix behind the other, each before a message
turns() {
    local name=$1 expected=$2 text
    shift 2
    for text in 'AT+QCFGEXT="sbfota_delay"' '+QCFGEXT: "sbfota_delay",30' OK "$Q,\"HTTPSTART\"" "$Q,\"DOWNLOADING\",1%" "$Q,\"DOWNLOADING\",9%" "$Q,\"HTTPEND\",0" \
        "$Q,\"UPDATE_TIMEOUT\",30" 'AT+QCFGEXT="sbfota_accept",1' OK "$Q,\"START\"" "$Q,\"UPDATING\",1%" "$Q,\"RESTORE\",1%" "$Q,\"END\",0"; do
        mark='<'
        case $text in AT*) mark='>' ;; esac
        printf '%s\n' "${1//MARK/$mark}$text"
        set -- "${@:2}" "$1"
    done >log
    tells "turns.$name" "$expected" '.modem // .event' log
}
one='query_delay delay ok http_start downloading downloading http_end update_timeout accept ok start updating restore end'
turns threads "$one" '10:00:00 [uart] MARK ' '10:00:00 [sched] MARK ' '10:00:00 [at] MARK '
turns of_a_loop "$one" '10:00:00 [nioEventLoopGroup-2-1] MARK ' '10:00:00 [nioEventLoopGroup-2-2] MARK ' '10:00:00 [nioEventLoopGroup-2-3] MARK '
turns words "$one" '10:00:00 alpha MARK ' '10:00:00 beta MARK '
turns sides "$one" '10:00:00 atcmd MARK ' '10:00:00 atresp MARK '{,} '10:00:00 urcd MARK '{,,,,} '10:00:00 atcmd MARK ' '10:00:00 atresp MARK ' '10:00:00 urcd MARK '{,,,,}
turns numbered_without_marks "$one" '10:00:00 [T0] ' '10:00:00 [T1] '
turns numbered_three "$one" '10:00:00 INFO T0 ' '10:00:00 INFO T1 ' '10:00:00 INFO T2 '
turns numbered 'm1 m2 m1 m2 m1 m2 m1 m2 m1 m1 m2 m1 m2' '10:00:00 m1 MARK ' '10:00:00 m2 MARK '

# Texts that speak of messages: examples, and charts. A program that is called so may speak all the same.
none='glued glued glued'
tells told.example "$none" .reason < <(printf 'Example: %s\n' "$Q,\"START\"" "$Q,\"UPDATING\",1%" "$Q,\"END\",0")
tells told.example_is_a_tag 'start updating end' .event < <(printf 'I (1234) example: %s\n' "$Q,\"START\"" "$Q,\"UPDATING\",1%" "$Q,\"END\",0")
for arrow in '->>' '-->>'; do
    tells "told.chart.$arrow" "$none" .reason < <(printf "    Modem${arrow}Host: %s\\n" "$Q,\"START\"" "$Q,\"UPDATING\",1%" "$Q,\"END\",0")
    tells "told.mark.$arrow" 'start updating end' .event < <(printf "10:00:00 $arrow %s\\n" "$Q,\"START\"" "$Q,\"UPDATING\",1%" "$Q,\"END\",0")
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
