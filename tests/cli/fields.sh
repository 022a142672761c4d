#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Logs whose records have fields: JSON, logfmt, CSV. fields.sh SBFOTA
tool=$(readlink -f "${1:?usage: fields.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

# reads NAME "TIME MODEM DIRECTION" LINES [OPTION...]: of the last event, START; URC in the lines stands for it, its quotes with a backslash.
reads() {
    local name=$1 expected=$2 got
    printf '%s\n' "${3//URC/+QIND: \\\"SBFOTA\\\",\\\"START\\\"}" >log
    shift 3
    got=$("$tool" decode -q "$@" log | jq -r '"\(.time // "-") \(.modem // "-") \(.dir // "-") \(.event)"' | tail -n 1)
    is "$name" "$expected start" "$got"
}
# events NAME "EVENT..." TEXT [OPTION...]
events() {
    local name=$1 expected=$2
    printf '%s' "$3" >log
    shift 3
    is "$name" "$expected" "$("$tool" decode -q "$@" log | jq -r .event | paste -sd' ')"
}
T=2020-11-02T10:00:00Z

# Which field is which.
reads text.preferred_name "$T - -" '{"time":"'$T'","data":"OK","message":"URC"}'
reads text.any_case "$T - -" '{"Time":"'$T'","MESSAGE":"URC"}'
reads text.nested "$T - -" '{"time":"'$T'","a":{"b":[{"message":"URC"}]}}'
reads text.outer_before_nested "$T - -" '{"a":{"message":"OK"},"time":"'$T'","log":"URC"}'
reads text.of_a_name_that_the_log_shows "$T - -" '{"time":"'$T'","msg":"uart","frame":{"bytes":"URC"}}'
reads text.value_of_open_telemetry '2020-11-02T10:00:00.000000001Z - -' '{"timeUnixNano":"1604311200000000001","attributes":[{"key":"k","value":{"stringValue":"v"}}],"body":{"stringValue":"URC"}}'
reads text.json_in_json "$T m1 rx" '{"log":"{\"ts\":\"'$T'\",\"modem\":\"m1\",\"dir\":\"rx\",\"msg\":\"+QIND: \\\"SBFOTA\\\",\\\"START\\\"\"}\n"}'
reads text.behind_a_loggers_prefix "$T - -" '{"log":"2019-01-01 00:00:00,123 DEBUG RDY\n","time":"2020-11-02T09:59:59Z"}
{"log":"2019-01-01 00:00:00,123 DEBUG URC\n","time":"'$T'"}'
reads time.of_the_prefix "$T - -" "$T"' gw app[1]: {"msg":"URC"}'
reads time.milliseconds '2020-11-02T10:00:00.123Z - -' '{"time":1604311200123,"msg":"URC"}'
reads time.microseconds_of_journald '2020-11-02T10:00:00.123456Z - -' '{"__REALTIME_TIMESTAMP":"1604311200123456","MESSAGE":"URC"}'
reads modem.not_nested "$T - -" '{"time":"'$T'","labels":{"modem":"m1"},"msg":"URC"}'
reads modem.nested_if_named "$T m1 -" '{"time":"'$T'","labels":{"modem":"m1"},"msg":"URC"}' --modem-field labels.modem
# A modem that is no text: no two of them are one.
names() {
    local name=$1 expected=$2 form=$3
    shift 3
    printf '%s\n' "$@" | jq -c '{modem: ., text: "+QIND: \"SBFOTA\",\"START\""}' >log
    [ "$form" = jsonl ] || jq -s '{log: .}' log >log.1
    [ "$form" = jsonl ] || mv log.1 log
    is "$name.$form" "$expected" "$("$tool" decode -q log | jq -r '.modem // "-" | gsub(" "; "")' | paste -sd' ')"
    is "$name.$form.apart" "$(wc -w <<<"$expected")" "$("$tool" sessions -q -f jsonl log | wc -l)"
}
for form in jsonl json; do
    names modem.object '{"a":1} {"a":2} {"b":{"c":[1,2]}} {}' $form '{"a":1}' '{"a":2}' '{"b":{"c":[1,2]}}' '{}'
    names modem.array '["a"] ["b"] [["c"],{"d":"e"}] [1,2] [1,3]' $form '["a"]' '["b"]' '[["c"],{"d":"e"}]' '[1,2]' '[1,3]'
    names modem.object_with_a_name 'm1 m2 m3' $form '{"rssi":1,"id":"m1"}' '{"id":"m2","rssi":{"id":"x"}}' '{"id":"8","imei":"m3"}'
    names modem.scalar 'true 12 1.5 s -' $form true 12 1.5 '"s"' null
done
reads modem.object_with_the_text "$T a -" '{"time":"'$T'","device":{"id":"a","message":"URC"}}'
reads modem.object_with_the_text_alone "$T - -" '{"time":"'$T'","device":{"x":"a","message":"URC"}}'
printf '{"modem":"a\377","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n{"modem":"a\376","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n{"modem":"a\303\277","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n' >log
is modem.no_utf8 '"a\u00ff" "a\u00fe" "aÿ"' "$("$tool" sessions -q -f jsonl log | grep -o '"modem":"[^"]*"' | cut -d: -f2 | paste -sd' ')"
reads modem.no_host "$T - -" '{"time":"'$T'","host":"gw","msg":"URC"}'
reads modem.hosts_that_differ "$T b -" '{"time":"'$T'","host":"a","msg":"RDY"}
{"time":"'$T'","host":"b","msg":"RDY"}
{"time":"'$T'","host":"a","msg":"URC"}
{"time":"'$T'","host":"b","msg":"URC"}'
reads modem.no_number_of_a_record "$T - -" '{"time":"'$T'","id":"1","msg":"RDY"}
{"time":"'$T'","id":"2","msg":"APP RDY"}
{"time":"'$T'","id":"3","msg":"URC"}'
reads field.path "$T - -" '{"time":"'$T'","message":"OK","a":{"b":{"c":"URC"}}}' --field a.b.c
reads field.end_of_a_path "$T - -" '{"time":"'$T'","message":"OK","a":{"b":{"c":"URC"}}}' --field b.c
reads field.name_with_dots "$T - -" '{"time":"'$T'","message":"OK","a.b":"URC"}' --field a.b
reads field.time "$T - -" '{"time":"x","seen":{"at":"'$T'"},"msg":"URC"}' --time-field seen.at

# How the bytes are written.
reads bytes.array "$T - -" '{"time":"'$T'","MESSAGE":[43, 81, 73, 78, 68, 58, 32, 34, 83, 66, 70, 79, 84, 65, 34, 44, 34, 83, 84, 65, 82, 84, 34, 13]}'
reads bytes.hexadecimal "$T - -" '{"time":"'$T'","payload":"0d0a2b51494e443a20225342464f5441222c225354415254220d0a"}'
reads bytes.hexadecimal_with_blanks "$T - -" '{"time":"'$T'","payload":"2B 51 49 4E 44 3A 20 22 53 42 46 4F 54 41 22 2C 22 53 54 41 52 54 22"}'
events bytes.torn_over_records 'rdy start' '{"data":[82, 68, 89, 13, 10]}
{"data":[43, 81, 73, 78, 68, 58, 32, 34, 83, 66, 70]}
{"data":[79, 84, 65, 34, 44, 34, 83, 84, 65, 82, 84, 34, 13, 10]}
'
events digits.are_a_text 'polling_time' '{"msg":"12345678"}
{"msg":"+QIND: \"SBFOTA\",\"polling_time\",407"}
{"msg":"4142"}
'

# JSON over several lines, and records that share one.
events lines.pretty 'rdy start' '[
  {
    "message": "RDY"
  },
  {
    "message":
      "+QIND: \"SBFOTA\",\"START\""
  }
]
'
events lines.many_records_on_one 'rdy start rdy' '{"events":[{"message":"RDY"},{"message":"+QIND: \"SBFOTA\",\"START\""},{"message":"RDY"}]}
'
events lines.cut_off 'rdy start' '[{"message":"RDY"},
{"message":"+QIND: \"SBFOTA\",\"START\""'
events lines.cut_off_within 'rdy start rdy' '[
 {
  "message": "RDY"
[
 {
  "message": "+QIND: \"SBFOTA\",\"START\""
 },
 {
  "message": "RDY"
 }
]
'
seq 40000 | jq -c '{time: (1604311200 + .), message: "+CSQ: 20,99"}' | jq -cs '{events: (. + [{time: 1604399999, message: "+QIND: \"SBFOTA\",\"START\""}])}' >log
is lines.longer_than_a_block "1 $(($(wc -c <log) - 3 - 29)) start" "$("$tool" decode -q log | jq -r '"\(.line) \(.offset) \(.event)"')"

# logfmt.
reads logfmt.any_order "$T - rx" 'msg="URC" dir=rx time='$T
reads logfmt.field "$T - -" 'msg=uart x="URC" time='$T --field x
reads logfmt.modems_that_differ "$T m2 -" 'time='$T' modem=m1 msg=RDY
time='$T' modem=m2 msg=RDY
time='$T' modem=m1 msg=RDY
time='$T' modem=m2 msg="URC"'

# CSV.
Q='+QIND: ""SBFOTA"",""START""'
reads csv.heading "$T m1 rx" "$(printf 'level;time;modem;dir;text\nd;%s;m1;rx;"%s"' $T "$Q")"
reads csv.tabs "$T m1 -" "$(printf 'time\tmodem\ttext\n%s\tm1\t"%s"' $T "$Q")"
reads csv.commas_in_bare_text "$T - rx" "$(printf 'TIME,tx,AT+QCFGEXT="sbfota_delay",30\nTIME,rx,+QIND: "SBFOTA","START"' | sed "s/TIME/$T/")"
reads csv.text_over_lines "$T - -" "$(printf 'time,text\n%s,"\r\n%s\r\n"' $T "$Q")"
reads csv.field "$T - -" "$(printf 'time,text,other\n%s,OK,"%s"' $T "$Q")" --field other

# Brackets that do not match: an object that is closed within its array, one that is closed twice.
for line in '{"a":["x"}]' '{"msg":["x","y"}]}' '["a",{"b":["x"}]' '{"a":[["x"]}]' '[{"a":{"b":["x"}}]'; do
    printf '%s\n' "$line" '{"time":"10:00:00","msg":"+QIND: \"SBFOTA\",\"START\""}' >log
    is "brackets.$line" start "$("$tool" decode -q log | jq -r .event)"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
