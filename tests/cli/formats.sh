#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The formats of records, and JSON Lines back to bytes: formats.sh SBFOTA.
tool=$(readlink -f "${1:?usage: formats.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

Q='+QIND: "SBFOTA"'

# All formats have the same events. A row of text begins with its line's number, the event stands behind the direction.
for capture in "$captures"/forms/*.log "$captures"/*.log; do
    name=${capture##*/}
    for option in '' --all --raw; do
        "$tool" decode -q -f jsonl $option "$capture" | jq -r '"\(.line) \(.event)"' >expected
        "$tool" decode -q -f csv $option "$capture" | tail -n +2 | tr -d '\r' | sed 's/""/~/g; s/"[^"]*"/x/g' |
            awk -F, '{ print $2, $8 }' >got
        is "csv.$name$option" 0 "$(cmp -s expected got; echo $?)"
        "$tool" decode -q -f text $option "$capture" >plain
        # Of all lines, JSON Lines and CSV have those too that are only a mark or line ends.
        [ "$option" = --all ] || is "text.$name$option" "$(wc -l <expected)" \
            "$(paste -d' ' expected plain | awk '{ row = substr($0, length($1 $2) + 2) } $3 == $1 && index(row, " " $2)' | wc -l)"
        is "colour.$name$option" 0 \
            "$("$tool" decode -q -f text --color always $option "$capture" | sed 's/\x1b\[[0-9]*m//g' | cmp -s - plain; echo $?)"
    done
done

# says NAME TEXT LINE: what text tells of it, behind its number and direction
says() {
    is "says.$1" "$2" "$(printf "$3\\r\\n" | "$tool" decode -q --all --color never -f text | cut -c10-)"
}
says seconds 'polling_time    119 s' "$Q,\"polling_time\",119"
says minutes 'polling_time    120 s (2 min 0 s)' "$Q,\"polling_time\",120"
says minutes.of_the_hour 'polling_time    3600 s (60 min 0 s)' "$Q,\"polling_time\",3600"
says minutes.behind_an_hour 'polling_time    7199 s (119 min 59 s)' "$Q,\"polling_time\",7199"
says hours 'polling_time    7200 s (0 d 2 h 0 min)' "$Q,\"polling_time\",7200"
says days 'polling_time    1220654 s (14 d 3 h 4 min)' "$Q,\"polling_time\",1220654"
says polling_stops 'polling_error   -4  UE is roaming; polling stops' "$Q,\"POLLING\",-4"
says polling_goes_on 'polling_error   -1  not registered to the network; next poll in 14 to 15 days' "$Q,\"POLLING\",-1"
says unknown_code 'polling_error   -9  [unknown_code]' "$Q,\"POLLING\",-9"
says percent 'downloading      45 %  #########...........' "$Q,\"DOWNLOADING\",45%%"
says percent_out_of_range 'updating        101 %  [out_of_range]' "$Q,\"UPDATING\",101%%"
says range_of_accept 'range           sbfota_accept 0 to 1' '+QCFGEXT: "sbfota_accept",(0,1)'
says range_of_delay 'range           sbfota_delay 0 to 60' '+QCFGEXT: "sbfota_delay",(0-60)'
says para 'accept          1' 'AT+QCFGEXT="sbfota_accept",1'
says cme_code 'cme_error       3' '+CME ERROR: 3'
says cme_text 'cme_error       SIM busy' '+CME ERROR: SIM busy'
says test 'test_qcfgext    the host asks for the parameters of AT+QCFGEXT and their ranges' 'AT+QCFGEXT=?'
says report 'report_end      702  connection to the server failed' "$Q,\"report_result\",\"end\",702"
says unknown "sbfota_unknown  \"FOO\"  the keyword is not in the manual's list  | $Q,\"FOO\"" "$Q,\"FOO\""
says overlong 'overlong        300 bytes, discarded' "$(printf '%0300d' 0)"
# paints NAME COLOUR LINE: the colour of the event's name
paints() {
    is "paints.$1" "$2" "$(printf "$3\\r\\n" | "$tool" decode -q --all --color always -f text | sed -E 's/\x1b\[2m +1\x1b\[0m...(\x1b\[([0-9]+)m)?.*/\2/')"
}
paints success 32 "$Q,\"END\",0"
paints failure 31 "$Q,\"END\",504"
paints report_failed 31 "$Q,\"report_result\",\"end\",702"
paints http_failed 31 "$Q,\"HTTPEND\",702"
paints ok 32 OK
paints polling_error 31 "$Q,\"POLLING\",-1"
paints error 31 ERROR
paints cme_error 31 '+CME ERROR: 3'
paints malformed 31 "$Q,\"END\""
paints unknown 33 "$Q,\"FOO\""
paints overlong 33 "$(printf '%0300d' 0)"
paints resume 33 "$Q, \"Last update was not finished, continue update\""
paints other 2 +CSQ
paints of_the_host 36 'AT+QCFGEXT="sbfota_delay"'
paints of_the_module '' "$Q,\"START\""

# Characters, whole and broken, and what must not reach a terminal. shows NAME TEXT JSON BYTES
shows() {
    is "shows.$1" "$2" "$(printf "$4\\r\\n" | "$tool" decode -q --all --color never -f text | cut -c26-)"
    is "shows.$1.json" "$3" "$(printf "$4\\r\\n" | "$tool" decode -q --all -f jsonl | sed 's/.*"raw"://; s/}$//')"
    is "shows.$1.csv" 0 "$(printf "$4\\r\\n" | "$tool" decode -q --all -f csv | tr -d '\r\n' | LC_ALL=C grep -cP '[\x00-\x1f\x7f]|\xe2\x80[\x8b-\x8f\xa8-\xae]')"
}
shows two_bytes 'é' '"é"' '\303\251'
shows three_bytes '日' '"日"' '\346\227\245'
shows four_bytes '😀' '"😀"' '\360\237\230\200'
shows too_long_a_form '  [bytes]\xe0\x80\x80' '"\u00e0\u0080\u0080"' '\340\200\200'
shows first_of_three_bytes 'ࠀ' '"ࠀ"' '\340\240\200'
shows surrogate '  [bytes]\xed\xa0\x80' '"\u00ed\u00a0\u0080"' '\355\240\200'
shows too_long_a_form_of_four '  [bytes]\xf0\x80\x80\x80' '"\u00f0\u0080\u0080\u0080"' '\360\200\200\200'
shows past_the_last '  [bytes]\xf4\x90\x80\x80' '"\u00f4\u0090\u0080\u0080"' '\364\220\200\200'
shows no_first_byte '  [bytes]\xc0\x80\xf8' '"\u00c0\u0080\u00f8"' '\300\200\370'
shows cut '  [bytes]a\xe6\x97' '"a\u00e6\u0097"' 'a\346\227'
shows not_gone_on_with '  [bytes]\xe6\x97a' '"\u00e6\u0097a"' '\346\227a'
shows edges_of_planes '퟿񐀀􏿿' '"퟿񐀀􏿿"' '\355\237\277\361\220\200\200\364\217\277\277'
for mark in 200b:342,200,213 200f:342,200,217 2028:342,200,250 202e:342,200,256 2060:342,201,240 206f:342,201,257 61c:330,234 \
    feff:357,273,277 fff9:357,277,271 fffb:357,277,273 e0001:363,240,200,201; do
    code=${mark%:*}
    json="\\u$(printf %04x 0x$code)"
    [ $code != e0001 ] || json='\udb40\udc01'
    # Not first: there a mark is the log's.
    bytes=${mark#*:}
    shows "mark_$code" "x\\u{$code}y" "\"x${json}y\"" "x\\${bytes//,/\\}y"
done
shows soft_hyphen 'x\xady' '"x\u00ady"' 'x\302\255y'
shows beside_the_marks '‐⁰￼󡀀' '"‐⁰￼󡀀"' '\342\200\220\342\201\260\357\277\274\363\241\200\200'

# Columns of names that are wide, narrow or without a width of their own: what follows a name of up to 12 columns stands in
# its place.
columns() {
    is "columns.$1" "$2" "$(printf '{"modem":"%s","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n' "$1" | "$tool" decode -q --capture jsonl -f text | sed 's/start.*/./')"
}
columns m '     1  m              .'
columns 日本 '     1  日本           .'
columns é '     1  é              .'
columns 😀 '     1  😀             .'
columns $'e\xcc\x81' $'     1  e\xcc\x81              .'
columns m-123456789012345 '     1  m-123456789012345   .'
columns '' '     1   .' # an empty name is none

# CSV: what a spreadsheet would run is text, quotes are doubled, what is not there is empty.
csv() {
    is "csv.$1" "$2" "$(printf "$3\\n" | "$tool" decode -q --all -f csv "${@:4}" | tail -n +2 | tr -d '\r')"
}
csv formula ",1,25,7,,\"'=cmd\",,other,,,,,,,,,,,,,,,,\"'@SUM(1)\"" '{"modem":"=cmd", "text":"@SUM(1)"}' --capture jsonl
for formula in '\xef\xbc\x9d' '\xef\xbc\x8b' '\xef\xbc\x8d' '\xef\xbc\xa0'; do
    csv "formula_of_full_width.$formula" ",1,25,4,,\"'$(printf "$formula")x\",,other,,,,,,,,,,,,,,,,\"'$(printf "$formula")1\"" "{\"modem\":\"${formula}x\", \"text\":\"${formula}1\"}" --capture jsonl
done
csv stopped ',1,0,28,,,,polling_error,-4,,,,,,,"UE is roaming",stopped,,,,,,"< >l",' "$Q,\"POLLING\",-4"
csv rearmed ',1,0,28,,,,polling_error,-1,,,,,,,"not registered to the network",rearmed,,,,,,"< >l",' "$Q,\"POLLING\",-1"
csv range_of_delay ',1,0,31,,,,range,,,,,sbfota_delay,0,60,,,,,,,,"< >l",' '+QCFGEXT: "sbfota_delay",(0-60)'
csv line_ends_alone ',3,2,0,,,,other,,,,,,,,,,,,,,,"<2l >",""' '\n'
csv overlong_has_no_text ',1,0,300,,,,overlong,,,,,,,,,,,,,,,,' "$(printf '%0300d' 0)" --raw

# JSON Lines that cannot become bytes. refuses NAME PATTERN OBJECT
refuses() {
    printf '%s\n' "$3" >object
    "$tool" encode object >encoded 2>said
    local status=$?
    is "refuses.$1 ($(cat said))" '2 0 1 yes' "$status $(wc -c <encoded) $(wc -l <said) $(grep -qE "^sbfota: object:1: $2" said && echo yes)"
}
refuses no_object 'not a JSON object' '[1]'
refuses no_event '"event" must be a string' '{}'
refuses event_of_no_line 'event "blank": there is no such event' '{"event":"blank"}'
refuses number_too_small '"code" must be from -2147483648 to' '{"event":"http_end","code":-2147483649}'
refuses number_too_great '"code" must be from' '{"event":"http_end","code":2147483648}'
refuses no_parameter '"parameter" must be a string' '{"event":"range","min":0,"max":1}'
refuses other_parameter '"parameter" must be "sbfota_delay" or' '{"event":"range","parameter":"x","min":0,"max":1}'
refuses no_least '"min" must be a whole number' '{"event":"range","parameter":"sbfota_delay","max":1}'
refuses negative_least '"min" must be from 0' '{"event":"range","parameter":"sbfota_delay","min":-1,"max":1}'
refuses no_greatest '"max" must be a whole number' '{"event":"range","parameter":"sbfota_delay","min":0}'
refuses cme_without_either '"code" must be' '{"event":"cme_error"}'
refuses cme_text_no_string '"text" must be a string' '{"event":"cme_error","text":3}'
refuses cme_text_empty '"text" is empty' '{"event":"cme_error","text":""}'
refuses cme_text_too_long '"text" is longer than any line' "{\"event\":\"cme_error\",\"text\":\"$(printf '%0600d' 0)\"}"
refuses other_without_text '"raw" must be a string' '{"event":"other"}'
refuses as_no_string '"as" must be a string' '{"event":"start","as":1}'
refuses character_that_is_no_byte '"raw" has a character over U\+00FF' '{"event":"other","flags":["bytes"],"raw":"日"}'
for as in '<x' '<1000000l' '<1' '<100000l' '<c100000' '<1x' '<l <l' '>l >l' b9 'b1  b2' ' b1' $'<\\u0000' '</'; do
    refuses "as.$as" '"as" is not' "{\"event\":\"start\",\"as\":\"$as\"}"
done
# encodes NAME BYTES OBJECT
encodes() {
    is "encodes.$1" "$2" "$(printf '%s\n' "$3" | "$tool" encode - | od -An -c | tr -d ' \n')"
}
encodes range '\r\n+QCFGEXT:"sbfota_accept",(0-1)\r\n' '{"event":"range","parameter":"sbfota_accept","min":0,"max":1}'
encodes range_of_delay '\r\n+QCFGEXT:"sbfota_delay",(0-60)\r\n' '{"event":"range","parameter":"sbfota_delay","min":0,"max":60}'
encodes cme_text '\r\n+CMEERROR:x\r\n' '{"event":"cme_error","text":"x"}'
encodes bytes '\r\n351\r\n' '{"event":"other","flags":["bytes",7],"raw":"é"}'
encodes ends '\r\n\n\r\rx\r\n' '{"event":"other","as":"<w1l2c >w","raw":"x"}'
encodes ends_of_zero_times 'x' '{"event":"other","as":"<0w >0l","raw":"x"}'
encodes blank_lines_between '\r\nOK\r\n\r\nRDY\r\n' '{"event":"ok"}

{"event":"rdy"}'
# What is said to be raw is so to its end, whatever its lines look like.
printf '+QIND: "SBFOTA","FOO"\r+QIND: "SBFOTA","START\r\nab\r\nx +QIND: "SBFOTA","START"\r\n' >turns
is said.raw_to_the_end 0 "$("$tool" decode -q --all --capture raw -f jsonl turns | "$tool" encode | cmp -s - turns; echo $?)"
# Files: several, none, those that cannot be read, and its own output.
printf '{"event":"ok"}\n' >one
printf '{"event":"rdy"}\n' >two
is encode.several 'OK RDY' "$("$tool" encode one two | tr -d '\r' | grep . | paste -sd' ')"
is encode.stops_at_the_first_that_is_wrong 'sbfota: wrong:1: "event" must be a string: an event'"'s name"'' "$(echo '{}' >wrong; "$tool" encode wrong one 2>&1)"
is encode.standard_input 'OK' "$("$tool" encode <one | tr -d '\r\n')"
is encode.folder 'sbfota: .: is a directory; name the files in it' "$("$tool" encode . 2>&1)"
is encode.missing 'sbfota: absent: cannot be read: No such file or directory' "$("$tool" encode absent 2>&1)"
is encode.own_output 'sbfota: one: is the output too; write to another file' "$("$tool" encode -o one one 2>&1)"
is encode.own_standard_output 'sbfota: one: is the output too; write to another file' "$("$tool" encode one 2>&1 >>one)"
is encode.no_such_folder 2 "$("$tool" encode -o nowhere/out one 2>/dev/null; echo $?)"
is encode.stops_when_full '2 1' "$(for ((i = 0; i < 30000; i++)); do echo '{"event":"ok"}'; done >many; "$tool" encode many 2>said >/dev/full; echo "$? $(wc -l <said)")"

# On a terminal it is text; colours may be unwanted.
if script -qec true /dev/null >/dev/null 2>&1; then
    printf '%s,"HTTPSTART"\r\n' "$Q" >good
    shown() {
        script -qec "$1" /dev/null </dev/null | tr -d '\r' | sed 's/\x1b/E/g' | tail -n 1
    }
    is terminal.decode 'E[2m     1E[0m   http_start    E[0m  the download over HTTP(S) begins' "$(shown "'$tool' decode -q good" | sed 's/begins.*/begins/')"
    plain='     1   http_start      the download over HTTP(S) begins'
    is terminal.no_color "$plain" "$(shown "NO_COLOR=1 '$tool' decode -q good" | sed 's/begins.*/begins/')"
    is terminal.color_never "$plain" "$(shown "'$tool' decode -q --color never good" | sed 's/begins.*/begins/')"
    is terminal.no_color_empty E "$(shown "NO_COLOR= '$tool' decode -q good" | cut -c1)"
    is terminal.jsonl '{"file"' "$(shown "'$tool' decode -q -f jsonl good" | cut -d: -f1)"
    is terminal.sessions in_progress "$(shown "'$tool' sessions -q --color never good" | awk '{ print $1 }')"
    is terminal.stats 'sent by' "$(shown "'$tool' stats -q good" | awk '{ print $1, $2 }')"
    is terminal.both '1 start' "$(printf '%s,"START"\r\n' "$Q" >start; shown "'$tool' decode --color never --no-progress start; '$tool' decode --capture raw --color never start" | awk '{ print $1, $2 }')"
    is terminal.progress_of_a_file yes "$(yes "$Q,\"START\"" | head -n 200000 >large; script -qec "'$tool' decode --capture raw -j1 large | (sleep 1.6; cat >/dev/null)" /dev/null </dev/null | grep -q ' s left, ' && echo yes)"
    is terminal.no_progress_of_what_is_done_at_once '' "$(shown "'$tool' decode --capture raw start >/dev/null")"
    is terminal.named in_progress "$(shown "'$tool' sessions -q --color never -o \$(tty) good" | awk '{ print $1 }')"
fi
is headings.of_one_file 0 "$("$tool" decode -q -f text good | grep -c '==>')"
is headings.of_files '==> good <== ==> ./good <==' "$("$tool" decode -q -f text good ./good | grep '==>' | paste -sd' ')"
is headings.of_a_folder '==> ./good <==' "$(mkdir -p alone && cp good alone && cd alone && "$tool" decode -q -r -f text . | grep '==>')"
is headings.not_of_standard_input '==> good <==' "$("$tool" decode -q -f text - good <good | grep '==>')"
deep=$(printf '%0240d' 0)
mkdir "$deep"
cp good "$deep/$deep"
is raw.not_of_an_overlong_line 'overlong null' "$(printf '%0300d\n' 0 | "$tool" decode -q --raw | jq -r '.event, .raw' | paste -sd' ')"
is raw.not_of_an_overlong_line_in_text '     1   overlong        300 bytes, discarded' "$(printf '%0300d\n' 0 | "$tool" decode -q --raw -f text)"
is json.long_file_name "$deep/$deep http_start" "$("$tool" decode -q "$deep/$deep" | jq -r '"\(.file) \(.event)"')"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
