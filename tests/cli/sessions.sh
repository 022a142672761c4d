#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The sessions command: sessions.sh SBFOTA FLEET, FLEET being what tests/cli/fleet.c builds.
tool=$(readlink -f "${1:?usage: sessions.sh SBFOTA FLEET}")
fleet=$(readlink -f "${2:?usage: sessions.sh SBFOTA FLEET}")
. "$(dirname "$0")/common.sh"
# tells NAME EXPECTED [OPTION...] FILE: the JSON Lines on one line
tells() {
    local name=$1 expected=$2
    shift 2
    is "$name" "$expected" "$("$tool" sessions -q -f jsonl "$@" | paste -sd' ')"
}
# status NAME EXPECTED COMMAND...
status() {
    local name=$1 expected=$2
    shift 2
    "$@" >/dev/null 2>&1 </dev/null
    is "$name" "$expected" $?
}

cd "$captures" || exit 2
tells manual.example '{"file":"manual-example.log","from_line":10,"to_line":40,"outcome":"updated","phase":"report","percent":100,"http_code":0,"update_code":0,"report_code":0,"resumes":0,"accepted":true,"delay":30,"problems":[]}' manual-example.log
tells manual.resume '{"file":"manual-resume.log","from_line":6,"to_line":28,"outcome":"updated","phase":"end","percent":100,"update_code":0,"resumes":1,"accepted":false,"problems":["missing_start"]}' manual-resume.log
cd "$work" || exit 2

Q='+QIND: "SBFOTA"'
cat >two.log <<LOG
2026-01-01T00:00:00.000Z a < $Q,"HTTPSTART"
2026-01-01T00:00:01.500Z b < $Q,"POLLING",-2
2026-01-01T00:00:02.250Z a < $Q,"DOWNLOADING",10%
2026-01-01T00:00:03.000Z a < $Q,"HTTPEND",702
2026-01-02T00:00:00.000Z +c < $Q,"UPDATING",10%
2026-01-02T00:00:00.500Z +c < RDY
LOG
a='{"modem":"a","file":"two.log","started":"2026-01-01T00:00:00.000Z","ended":"2026-01-01T00:00:03.000Z","from_line":1,"to_line":4,"outcome":"download_failed","phase":"download","percent":10,"http_code":702,"text":"connection to the server failed","resumes":0,"accepted":false,"downloading_s":3,"problems":[]}'
b='{"modem":"b","file":"two.log","started":"2026-01-01T00:00:01.500Z","ended":"2026-01-01T00:00:01.500Z","from_line":2,"to_line":2,"outcome":"poll_failed","phase":"polling","poll_code":-2,"text":"no SoftBank (U)SIM card","resumes":0,"accepted":false,"problems":[]}'
c='{"modem":"+c","file":"two.log","started":"2026-01-02T00:00:00.000Z","ended":"2026-01-02T00:00:00.500Z","from_line":5,"to_line":6,"outcome":"rolled_back","phase":"update","percent":10,"resumes":0,"accepted":false,"problems":["reboot","missing_start"]}'
tells all "$a $b $c" two.log
tells filter.outcome "$a" --outcome download_failed two.log
tells filter.outcomes "$a $c" --outcome rolled_back,download_failed two.log
tells filter.modem "$b" --modem b two.log
tells filter.since "$c" --since 2026-01-02 two.log
tells filter.until "$a $b" --until 2026-01-01T12:00:00+00:00 two.log
tells filter.both "" --since 2026-01-01T00:00:10Z --until 2026-01-02T00:00:00Z two.log
tells worst_first "$c $a $b" --worst-first two.log
status filter.unknown_outcome 2 "$tool" sessions --outcome lost two.log
for date in 2026-13-01 2026-00-01 2026-02-29 2100-02-29 2026-04-31 2026-12-32 2026-01-00 2026-01-01T24:00:01Z 2026-01-01T99:00:00Z; do
    status "filter.no_date.$date" 2 "$tool" sessions --since $date two.log
done
for date in 2024-02-29 2000-02-29 2026-12-31 2026-06-30T23:59:60Z; do
    status "filter.date.$date" 0 "$tool" sessions --since $date two.log
done
status filter.bad_time 2 "$tool" sessions --since yesterday two.log
status exit.done 0 "$tool" sessions two.log
status exit.no_message 1 "$tool" sessions /dev/null
status exit.no_file 2 "$tool" sessions missing.log
is csv.columns "modem,file,to_file,started,ended,from_line,to_line,outcome,phase,percent,poll_code,http_code,update_code,report_code,text,resumes,accepted,delay,downloading_s,updating_s,restore_s,problems" \
    "$("$tool" sessions -q -f csv two.log | head -n 1 | tr -d '\r')"
is csv.row "\"'+c\",\"two.log\",,\"2026-01-02T00:00:00.000Z\",\"2026-01-02T00:00:00.500Z\",5,6,\"rolled_back\",\"update\",10,,,,,,0,false,,,,,reboot missing_start" \
    "$("$tool" sessions -q -f csv two.log | tail -n 1 | tr -d '\r')"
is text.rows 4 "$("$tool" sessions -q -f text two.log | wc -l)"
is text.table 'OUTCOME          REACHED          DOWNLOAD    UPDATE   RESTORE  STARTED                   MODEM             REMARKS
download_failed  download   10 %       3 s         -         -  2026-01-01T00:00:00.000Z  a                 HTTPEND 702: connection to the server failed
poll_failed      polling                 -         -         -  2026-01-01T00:00:01.500Z  b                 POLLING -2: no SoftBank (U)SIM card
rolled_back      update     10 %         ?         ?         -  2026-01-02T00:00:00.000Z  +c                [reboot, missing_start]' \
    "$("$tool" sessions -q -f text two.log)"
is text.two_codes 'HTTPEND 702: connection to the server failed, report 709' "$("$tool" sessions -q -f text --modem meter-03 "$captures/fleet/meters.log" | grep -o 'HTTPEND.*')"
# Without times nothing is timed, and a long name moves nothing but what is behind it.
is text.wide_name 'in_progress      download                ?         -         -  2026-01-01T00:00:00Z      モデム            [missing_start]' \
    "$(printf '{"modem":"モデム","time":"2026-01-01T00:00:00Z","text":"+QIND: \\"SBFOTA\\",\\"DOWNLOADING\\",101%%"}\n' >wide.log && "$tool" sessions -q -f text wide.log | tail -n 1)"
is text.no_times 'updated          report    100 %         ?         ?         ?  no time                   a/long/way/to/manual-example.log  accepted' \
    "$(mkdir -p a/long/way/to && cp "$captures/manual-example.log" a/long/way/to && "$tool" sessions -q -f text a/long/way/to/manual-example.log | tail -n 1)"

# A clock without a date passes midnight.
printf '[23:59:59.000] %s,"HTTPSTART"\n[00:00:01.500] %s,"HTTPEND",701\n' "$Q" "$Q" >night.log
is times.midnight 2.5 "$("$tool" sessions -q -f jsonl night.log | jq .downloading_s)"
printf 'Dec 31 23:59:59 gw x[1]: %s,"HTTPSTART"\nJan  1 00:00:02 gw x[1]: %s,"HTTPEND",701\n' "$Q" "$Q" >year.log
is times.new_year 3 "$("$tool" sessions -q -f jsonl year.log | jq .downloading_s)"

# Two clocks have nothing in common, and times since the line before are no clock.
printf '12.5 m < %s,"HTTPSTART"\n10:00:05 m < %s,"DOWNLOADING",1%%\n10:00:07 m < %s,"HTTPEND",701\n' "$Q" "$Q" "$Q" >clocks.log
is times.two_clocks null "$("$tool" sessions -q -f jsonl clocks.log | jq .downloading_s)"
for capture in tio_delta minicom_delta; do
    is "times.$capture" 'null http_end' "$("$tool" sessions -q -f jsonl "$captures/forms/tool-$capture.log" | jq -r .downloading_s) $("$tool" decode -q -f jsonl "$captures/forms/tool-$capture.log" | tail -n 1 | jq -r 'select(.time).event')"
done
for capture in tio_24hour minicom_extended socat_v; do
    is "times.$capture" true "$("$tool" sessions -q -f jsonl "$captures/forms/tool-$capture.log" | jq '.downloading_s > 0.4')"
done

# Of a log without a year, the file's own time tells the year, and so do dates in it; else the end of a February cannot be
# timed.
printf 'Feb 28 23:59:59 gw x[1]: %s,"HTTPSTART"\nMar  1 00:00:04 gw x[1]: %s,"HTTPEND",701\n' "$Q" "$Q" >february.log
times() { "$tool" sessions -q -f jsonl "$@" | jq -c '[.downloading_s, .problems]' | paste -sd' '; }
touch -d 2026-03-02 february.log
is times.february_of_2026 '[5,[]]' "$(times february.log)"
touch -d 2024-03-02 february.log
is times.february_of_2024 '[null,["clock_jump"]]' "$(times february.log)"
is times.february_of_no_year '[null,["clock_jump"]]' "$(times <february.log)"
(printf '2026-02-27 23:59:59 gw x[1]: %s,"POLLING",-1\n' "$Q"; cat february.log) >dated.log
touch -d 2024-03-02 dated.log
is times.february_of_a_dated_log '[null,[]] [5,[]]' "$(times --capture syslog dated.log)"
# A late line, a clock that goes back, one that is set behind the beginning.
jump() {
    local name=$1
    shift
    is "times.$name" '[null,["clock_jump"]]' "$(printf '%s m < '"$Q"',%s\n' "$1" '"HTTPSTART"' "$2" '"DOWNLOADING",1%' "$3" '"HTTPEND",0' | times)"
}
jump late_line 2026-01-01T00:00:05Z 2026-01-01T00:00:04Z 2026-01-01T00:00:09Z
jump back_in_time 2026-01-01T00:00:05Z 2026-01-01T00:00:06Z 2025-12-31T00:00:09Z
jump from_1970 1970-01-01T00:00:05Z 1970-01-01T00:00:06Z 2026-01-01T00:00:09Z
jump another_clock 2026-01-01T00:00:05Z 00:00:06 00:00:09

# A time that is shorter than the one before.
printf '1767225600.5 a < %s,"HTTPSTART"\n1767225600.75 a < %s,"DOWNLOADING",1%%\n1767225700 a < %s,"HTTPEND",0\n' "$Q" "$Q" "$Q" >epoch.log
is times.shorter "2026-01-01T00:00:00.5Z 2026-01-01T00:01:40Z 99.5" \
    "$("$tool" sessions -q -f jsonl epoch.log | jq -r '"\(.started) \(.ended) \(.downloading_s)"')"

# What has no date, or no time at one of its ends, is not within any.
for time in --since --until; do
    tells "filter.undated $time" '' $time 2026-01-01 night.log
    tells "filter.no_start $time" '' $time 2026-01-01 <(printf '{"text":"+QIND: \\"SBFOTA\\",\\"HTTPSTART\\""}\n{"time":"2026-01-01T00:00:00Z","text":"+QIND: \\"SBFOTA\\",\\"HTTPEND\\",702"}\n')
    tells "filter.no_end $time" '' $time 2026-01-01 <(printf '{"time":"2026-01-01T00:00:00Z","text":"+QIND: \\"SBFOTA\\",\\"HTTPSTART\\""}\n{"text":"RDY"}\n{"text":"+QIND: \\"SBFOTA\\",\\"report_result\\",\\"start\\""}\n')
done
# Those that nobody knows the time of are counted apart from those that came before or behind.
is filter.undated_are_told 'sbfota: --since and --until leave out 2 attempts without a date at both ends' \
    "$( (cat two.log; printf '%s m < %s,"POLLING",-1\n' 10:00:00 "$Q" 11:00:00 "$Q") | "$tool" sessions -q -f jsonl --since 2027-01-01 2>&1)"
is filter.one_undated_is_told 'sbfota: --since and --until leave out 1 attempt without a date at both ends' \
    "$(printf '%s,"START"\n' "$Q" | "$tool" sessions -q -f jsonl --until 2027-01-01 2>&1)"
is filter.dated_are_not_told '' "$("$tool" sessions -q -f jsonl --since 2027-01-01 two.log 2>&1)"
is filter.all_are_told '2 0' "$(printf '%s m < %s,"POLLING",-1\n' 10:00:00 "$Q" 11:00:00 "$Q" | "$tool" sessions -q -f jsonl 2>errors | wc -l) $(wc -l <errors)"

# What happened, line by line. story NAME EXPECTED LINE...: outcomes and problems
story() {
    local name=$1 expected=$2
    shift 2
    is "story.$name" "$expected" "$(printf '%s\n' "$@" | "$tool" sessions -q -f jsonl | jq -c '[.outcome, .problems[]]' | paste -sd' ')"
}
story starts_at_a_report '["unknown","missing_start","missing_end"]' RDY "$Q,\"report_result\",\"start\"" "$Q,\"report_result\",\"end\",0"
story restore_without_end '["unknown","missing_start","missing_end"]' "$Q,\"RESTORE\",100%" RDY "$Q,\"report_result\",\"start\""
story boots_and_goes_on '["updated","out_of_order","reboot","missing_start"]' "$Q,\"START\"" "$Q,\"UPDATING\",47%" RDY "$Q,\"UPDATING\",60%" "$Q,\"END\",0"
story boots_and_is_idle '["rolled_back","reboot","missing_start"]' "$Q,\"UPDATING\",47%" RDY "$Q,\"polling_time\",407"
story boots_in_the_delay_and_goes_on '["in_progress","reboot","missing_start"]' "$Q,\"HTTPEND\",0" RDY "$Q,\"START\""
# Without times, the very next line that is the same byte for byte is told again; a blank line of a raw capture is none.
story repeated '["in_progress"]' "$Q,\"HTTPSTART\"" "$Q,\"HTTPSTART\"" "$Q,\"HTTPSTART\""
story repeated_raw '["in_progress"]' $'\r' "$Q,\"HTTPSTART\""$'\r' $'\r' "$Q,\"HTTPSTART\""$'\r'
# Told again at the input's end, it may be cut all the same: no problem of what comes behind that attempt, nor of a polling time.
cut_repeat() {
    printf '%s\n' "$Q,\"HTTPSTART\"" "$Q,$1" >cut1.log
    printf %s "$Q,$1" >>cut1.log
    printf '%s\n' "$Q,\"HTTPSTART\"" >cut2.log
    "$tool" sessions -q --modem m -f jsonl cut1.log cut2.log | jq -c .problems | paste -sd' '
}
is story.repeated_unended '["unended"] []' "$(cut_repeat '"DOWNLOADING",10%')"
is story.repeated_unended_timer '[] []' "$(cut_repeat '"polling_time",407')"
story not_the_next_line '["download_lost"] ["in_progress"]' "$Q,\"HTTPSTART\"" "+CSQ: 1,99" "$Q,\"HTTPSTART\""
story another_spelling '["download_lost"] ["in_progress"]' "$Q,\"HTTPSTART\"" "$Q, \"HTTPSTART\""
story a_trailing_blank '["download_lost"] ["in_progress"]' "$Q,\"HTTPSTART\"" "$Q,\"HTTPSTART\" "
is story.not_behind_a_boot 2 "$(printf '%s\n' "$Q,\"Last update was not finished, continue update\"" RDY "$Q,\"Last update was not finished, continue update\"" |
    "$tool" sessions -q -f jsonl | jq .resumes)"
story a_millisecond_apart '["in_progress"]' "2026-01-01T00:00:01.000Z a < $Q,\"HTTPSTART\"" "2026-01-01T00:00:01.001Z a < $Q,\"HTTPSTART\""
story a_second_and_more_apart '["download_lost"] ["in_progress"]' "2026-01-01T00:00:01.000Z a < $Q,\"HTTPSTART\"" "2026-01-01T00:00:02.001Z a < $Q,\"HTTPSTART\""
story of_two_modems '["in_progress"] ["in_progress"]' "a < $Q,\"HTTPSTART\"" "b < $Q,\"HTTPSTART\""
# What the host sends is not the module's word. That `>` is the host is believed of a log where commands stand behind it, mostly.
commands=()
for i in 1 2 3 4; do commands+=("2026-01-01T00:00:00.${i}Z a > AT+QCFGEXT=\"sbfota_delay\""); done
story sent '["in_progress","missing_start"]' "${commands[@]}" "2026-01-01T00:00:01Z a < $Q,\"UPDATING\",9%" "2026-01-01T00:00:02Z a > RDY" "2026-01-01T00:00:03Z a > $Q,\"END\",0"
# An HTTPEND or END that is not whole, and a line that the input's end has cut.
for end in '"END"' '"END",' '"END",x' '"END",0,1' '"END",0 x' '"END' '"END",-' '"HTTPEND"' '"HTTPEND",0,1' ' "END",0,1' \
    'END,0' ' END , 0' "'END',0" '"END,0' 'END",0' 'END' 'HTTPEND,702' '"UPDATING",10%+QIND: "SBFOTA","END",0'; do
    story "malformed $end" '["in_progress","missing_start","malformed"]' "$Q,\"UPDATING\",9%" "$Q,$end"
done
story malformed_without_a_comma '["in_progress","missing_start","malformed"]' "$Q,\"UPDATING\",9%" "$Q \"END\",0"
story malformed_behind_noise '["in_progress","missing_start","malformed"]' "$Q,\"UPDATING\",9%" "noise$Q,\"END\",0"
for other in '"UPDATING"' '"UPDATING",9,9' '"START",1' '"EN' '"ENDED",0' '"polling_time",x' '"report_result","end"' 'ENDED,0' 'START' '"SBFOTA",9' "'START',1"; do
    story "malformed $other" '["in_progress","missing_start"]' "$Q,\"UPDATING\",9%" "$Q,$other"
done
cut_off() {
    is "cut.$1" "$2" "$(printf '%s\r\n%s' "$Q,\"UPDATING\",9%" "$3" | "$tool" sessions -q -f jsonl | jq -c '[.outcome, .update_code, .problems[]]')"
}
cut_off number '["update_failed",50,"missing_start","unended"]' "$Q,\"END\",50"
cut_off ended '["update_failed",504,"missing_start"]' "$Q,\"END\",504"$'\n'
cut_off carriage_return '["update_failed",504,"missing_start"]' "$Q,\"END\",504"$'\r'
cut_off keyword '["in_progress",null,"missing_start","malformed","unended"]' "$Q,\"END\","
cut_off other '["in_progress",null,"missing_start"]' "$Q,\"EN"
for form in '2026-01-01T00:00:01Z a < %s' '[12:00:00.000] %s'; do
    is "cut.form $form" '["unended"]' "$(printf "$form" "$Q,\"END\",50" | "$tool" decode -q -f jsonl | jq -c 'select(.event == "end") | .flags - ["unknown_code"]')"
    is "cut.form.not $form" '[]' "$(printf "$form\n" "$Q,\"END\",50" | "$tool" decode -q -f jsonl | jq -c 'select(.event == "end") | .flags - ["unknown_code"]')"
done
is cut.json_is_whole 'null' "$(printf '{"text":"+QIND: \\"SBFOTA\\",\\"END\\",504"}' | "$tool" decode -q -f jsonl | jq -c .flags)"
is cut.utf_16 '["unknown_code","unended"]' "$(printf '%s\n%s' "$Q,\"START\"" "$Q,\"END\",50" | iconv -t UTF-16 | "$tool" decode -q -f jsonl | jq -c 'select(.event == "end").flags')"
is cut.all '["unknown_code","unended"]' "$(printf '%s' "$Q,\"END\",50" | "$tool" decode -q --all -f jsonl | jq -c .flags)"
printf '%s' "$Q,\"END\",50" >cut.log
is cut.comes_back 0 "$("$tool" decode -q --all -f jsonl cut.log | "$tool" encode | cmp - cut.log; echo $?)"
# Accept: its answer is the first result code, until a boot or the next command.
accept='AT+QCFGEXT="sbfota_accept",1'
accepted() {
    local name=$1 expected=$2
    shift 2
    is "accept.$name" "$expected" "$(printf '%s\n' "$Q,\"UPDATE_TIMEOUT\",30" "$@" | "$tool" sessions -q -f jsonl | jq -c '[.accepted, (.problems - ["missing_start"])[]]')"
}
accepted ok '[true]' "$accept" OK
accepted refused '[false,"accept_refused"]' "$accept" ERROR
accepted refused_with_a_code '[false,"accept_refused"]' "$accept" '+CME ERROR: 3'
accepted behind_a_message '[false,"accept_refused"]' "$accept" "$Q,\"START\"" ERROR
accepted behind_a_boot '[true,"reboot"]' "$accept" RDY ERROR
accepted behind_a_command '[true]' "$accept" 'AT+QCFGEXT="sbfota_delay"' ERROR
accepted again '[true,"accept_refused"]' "$accept" ERROR "$accept" OK

# More attempts than there is room for at first.
is worst_first.many '100 download_failed 100 poll_failed' \
    "$(for ((i = 0; i < 100; i++)); do printf '%s,"POLLING",-1\n%s,"HTTPSTART"\n%s,"HTTPEND",702\n' "$Q" "$Q" "$Q"; done |
        "$tool" sessions -q -f jsonl --worst-first | jq -r .outcome | uniq -c | awk '{ print $1, $2 }' | paste -sd' ')"
# Remarks. remarks NAME EXPECTED LINE...
remarks() {
    local name=$1 expected=$2
    shift 2
    is "remarks.$name" "$expected" "$(printf '%s\n' "$@" | "$tool" sessions -q -f text | tail -n 1 | sed 's/.*no time  *-  *//')"
}
resume="$Q, \"Last update was not finished, continue update\""
is remarks.none '-' "$("$tool" sessions -q -f text <<<"$Q,\"HTTPSTART\"" | awk 'END { print $NF }')"
remarks resumed_once 'resumed once  [missing_start]' "$resume"
remarks resumed_twice 'resumed 2 times  [missing_start]' "$resume" RDY "$resume"
remarks failed_and_resumed 'END 504: firmware update failed, resumed once  [missing_start]' "$resume" "$Q,\"END\",504"
remarks failed_and_resumed_twice 'END 504: firmware update failed, resumed 2 times  [missing_start]' "$resume" RDY "$resume" "$Q,\"END\",504"
remarks accepted_and_resumed 'resumed once, accepted  [out_of_order, missing_start]' "$Q,\"UPDATE_TIMEOUT\",30" 'AT+QCFGEXT="sbfota_accept",1' "$resume"
is csv.accepted true "$("$tool" sessions -q -f csv "$captures/manual-example.log" | tail -n 1 | cut -d, -f17)"
is files.standard_input 'null null' "$("$tool" sessions -q -f jsonl <two.log | jq -r '.file, .to_file' | sort -u | head -n 1) null"

# A log that goes on in the next file, and one that names no modem.
head -n 2 two.log >first.log
tail -n +3 two.log >second.log
is files.one_modem_in_two '"first.log" "second.log" 1 2' \
    "$("$tool" sessions -q -f jsonl --modem a first.log second.log | jq -r '"\"\(.file)\" \"\(.to_file)\" \(.from_line) \(.to_line)"')"

# True stories of a fleet.
for seed in 1 2 3 4 5; do
    "$fleet" $seed 400 fleet.log truth.jsonl || exit 2
    "$tool" sessions -q -f jsonl fleet.log >told.jsonl
    jq -cS 'del(.late)' truth.jsonl >expected
    jq -cS 'del(.file, .from_line, .to_line, .to_file, .poll_code, .text, .problems, .downloading_s, .updating_s, .restore_s)' \
        told.jsonl | jq -cs 'sort_by(.modem, .started)[]' >got
    is "fleet.truth $seed" "" "$(diff expected got | head -n 6)"
    is "fleet.problems $seed" "$(jq -c 'select(.late) | [.modem, .started]' truth.jsonl)" \
        "$(jq -c 'select(.problems | index("missing_start")) | [.modem, .started]' told.jsonl | sort)"
    is "fleet.no_other_problems $seed" "" \
        "$(jq -c '.problems[]' told.jsonl | grep -vE 'missing_start|reboot' | sort | uniq -c)"
    for threads in 2 7; do
        "$tool" sessions -q -f jsonl -j $threads fleet.log | cmp -s - told.jsonl
        is "fleet.threads $seed $threads" 0 $?
    done
    # Cut into files anywhere: the same, but for where it stands.
    split -n l/3 fleet.log part.
    is "fleet.files $seed" "" "$("$tool" sessions -q -f jsonl part.* | jq -cS 'del(.file, .to_file, .from_line, .to_line)' |
        diff <(jq -cS 'del(.file, .to_file, .from_line, .to_line)' told.jsonl) - | head -n 4)"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
