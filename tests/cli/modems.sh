#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The modems command: modems.sh SBFOTA.
tool=$(readlink -f "${1:?usage: modems.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

# A log from lines "SECONDS MODEM TEXT", written on 1 November 2026 at 3 o'clock.
log() {
    awk '{ s = $1; m = $2; sub(/^[^ ]+ [^ ]+ /, ""); d = ($0 ~ /^AT/) ? ">" : "<"
           printf "2026-11-%02dT%02d:%02d:%02d.000Z %s %s %s\n", 1 + (3 * 3600 + s) / 86400, (3 * 3600 + s) / 3600 % 24, s / 60 % 60, s % 60, m, d, $0 }' \
        | sed 's/Q,/+QIND: "SBFOTA",/'
}
# field NAME EXPECTED FIELD < LINES: of the only modem
field() {
    log >"$work/field.log"
    is "$1" "$2" "$("$tool" modems -q -f jsonl "$work/field.log" | jq -c ".$3")"
}

# Phase, power and percent behind each message of an update.
while IFS='|' read -r name phase percent power lines; do
    printf '%b' "$lines" | log >"$work/state.log"
    is "state.$name" "$phase $percent $power" \
        "$("$tool" modems -q -f jsonl "$work/state.log" | jq -r '"\(.phase) \(.percent) \(.power)"')"
done <<'CASES'
boot|none|null|unknown|0 m RDY
polled|none|null|safe|0 m +QIND: "SBFOTA","polling_time",407
polling error|polling|null|safe|0 m Q,"POLLING",-1
download begins|download|null|ends_process|0 m Q,"HTTPSTART"
downloading|download|40|ends_process|0 m Q,"HTTPSTART"\n1 m Q,"DOWNLOADING",40%
delay|delay|null|forbidden|0 m Q,"HTTPSTART"\n1 m Q,"HTTPEND",0\n2 m Q,"UPDATE_TIMEOUT",30
updating|update|7|rolls_back|0 m Q,"START"\n1 m Q,"UPDATING",7%
restore|restore|9|forces_update|0 m Q,"START"\n1 m Q,"UPDATING",100%\n2 m Q,"RESTORE",9%
end|end|null|safe|0 m Q,"START"\n1 m Q,"RESTORE",100%\n2 m Q,"END",0
CASES

# Each field.
field attempts 2 attempts <<'LOG'
0 m Q,"HTTPSTART"
1 m Q,"HTTPEND",702
2 m Q,"HTTPSTART"
LOG
field outcome.of.the.last '"in_progress"' outcome <<'LOG'
0 m Q,"HTTPSTART"
1 m Q,"HTTPEND",702
2 m Q,"HTTPSTART"
LOG
field updated 1 updated <<'LOG'
0 m Q,"START"
1 m Q,"END",0
9 m Q,"HTTPSTART"
LOG
field no.attempt '{"attempts":0,"outcome":null}' '|{attempts,outcome}' <<'LOG'
0 m Q,"UPDATE_TIME",3
LOG
field seen '["2026-11-01T03:00:00.000Z","2026-11-01T03:01:40.000Z"]' '|[.first_seen,.last_seen]' <<'LOG'
0 m AT+QCFGEXT="sbfota_delay"
1 m Q,"HTTPSTART"
100 m RDY
LOG
field silence.is.the.modems 99 '|select(.modem == "m").silent_s' <<'LOG'
0 m Q,"HTTPSTART"
1 m Q,"DOWNLOADING",10%
90 m AT+QCFGEXT="sbfota_delay"
100 m AT+QCFGEXT="sbfota_delay"
100 n RDY
LOG
field silence.of.one.that.never.spoke 100 '|select(.modem == "m").silent_s' <<'LOG'
0 m AT+QCFGEXT="sbfota_delay"
50 m AT+QCFGEXT="sbfota_delay"
100 n RDY
LOG
field stopped '{"polling_stopped":true,"text":"UE is roaming"}' '|{polling_stopped,text}' <<'LOG'
0 m Q,"POLLING",-4
LOG
field next.poll '["2026-11-15T03:00:00.000Z","2026-11-16T03:00:00.000Z"]' '|[.next_poll_earliest,.next_poll_latest]' <<'LOG'
0 m Q,"HTTPSTART"
LOG
field delay.set 45 delay <<'LOG'
0 m AT+QCFGEXT="sbfota_delay",45
1 m OK
2 m Q,"HTTPSTART"
LOG
field delay.told 20 delay <<'LOG'
0 m Q,"UPDATE_TIMEOUT",20
LOG
field delay.not.known null delay <<'LOG'
0 m Q,"HTTPSTART"
LOG
field text '"connection to the server failed"' text <<'LOG'
0 m Q,"HTTPSTART"
1 m Q,"HTTPEND",702
LOG
field losses 2 power_losses <<'LOG'
0 m Q,"START"
1 m Q,"RESTORE",10%
2 m RDY
3 m APP RDY
4 m Q,"RESUME"
5 m Q,"RESTORE",20%
6 m RDY
LOG
field no.loss.behind.the.end 0 power_losses <<'LOG'
0 m Q,"START"
1 m Q,"END",0
2 m RDY
LOG
field since '"2026-11-01T03:00:05.000Z"' phase_since <<'LOG'
0 m Q,"START"
5 m Q,"RESTORE",10%
9 m Q,"RESTORE",20%
LOG
field host.line.is.no.word '"none"' phase <<'LOG'
0 m AT+QCFGEXT="sbfota_delay"
1 m OK
LOG
# What is malformed is a sign of life.
field malformed '"2026-11-01T03:00:09.000Z"' last_seen <<'LOG'
0 m Q,"HTTPSTART"
9 m Q,"DOWNLOADING",x
LOG

# Logs without names, times or dates.
cat >plain.log <<'LOG'
+QIND: "SBFOTA","HTTPSTART"
+QIND: "SBFOTA","DOWNLOADING",10%
LOG
is unnamed '{"file":"plain.log","phase":"download","percent":10,"outcome":"in_progress","attempts":1,"updated":0,"power":"ends_process","polling_stopped":false,"power_losses":0,"advice":"Do not cut the power now."}' \
    "$("$tool" modems -q -f jsonl plain.log)"
is named.by.option '"m7"' "$("$tool" modems -q -f jsonl --modem m7 plain.log | jq .modem)"
is named.by.file '"plain"' "$("$tool" modems -q -f jsonl --modem-from-file plain.log | jq .modem)"
is stdin null "$("$tool" modems -q -f jsonl <plain.log | jq .file)"
printf '[2026-11-01_03:00:00] +QIND: "SBFOTA","polling_time",60\n' >local.log
is local.time '"2026-11-01T03:01:00"' "$("$tool" modems -q -f jsonl local.log | jq .next_poll_earliest)"

# Which, and in what order.
log >fleet.log <<'LOG'
0 a Q,"START"
1 a Q,"END",0
2 b Q,"POLLING",-2
3 c Q,"START"
4 c Q,"RESTORE",50%
5 c RDY
100 d Q,"HTTPSTART"
101 d Q,"HTTPEND",702
102 e RDY
LOG
names() {
    "$tool" modems -q -f jsonl "$@" fleet.log | jq -r .modem | paste -sd' '
}
is order 'a b c d e' "$(names)"
is not.updated 'b c d e' "$(names --not-updated)"
is state.phase 'd' "$(names --state download)"
is state.outcome 'a b' "$(names --state updated,poll_failed)"
is state.both 'c d' "$(names --state restore,download_failed)"
is power 'c e' "$(names --power unknown)"
is silent 'a b c' "$(names --silent 90s)"
is silent.now 'a b c d e' "$(names --silent 14d --now 2026-12-01)"
is one 'c' "$(names --modem c)"
is worst.first 'MODEM c d b e a' "$("$tool" modems -q -f text fleet.log | awk '{print $1}' | paste -sd' ')"
is csv 'a,,end,,updated' "$("$tool" modems -q -f csv fleet.log | sed -n 2p | tr -d '"' | cut -d, -f1-5)"
is csv.as.json "$("$tool" modems -q -f jsonl fleet.log | jq -r '"\(.modem) \(.silent_s)"')" \
    "$("$tool" modems -q -f csv fleet.log | tail -n +2 | tr -d '"' | awk -F, '{print $1, $17}')"
for threads in 1 2 4; do
    is "same.for.$threads.threads" "$("$tool" modems -q -j 1 -f jsonl "$captures/fleet/meters.log" | cksum)" \
        "$("$tool" modems -q -j $threads -f jsonl "$captures/fleet/meters.log" | cksum)"
done
is as.sessions "$("$tool" sessions -q -f jsonl "$captures/fleet/meters.log" | jq -r '"\(.modem) \(.outcome) \(.text)"' | sort)" \
    "$("$tool" modems -q -f jsonl "$captures/fleet/meters.log" | jq -r '"\(.modem) \(.outcome) \(.text)"' | sort)"

# Simulated fleets, against what their modems did.
# truth NAME OPTION...
truth() {
    local name=$1
    shift
    "$tool" simulate --log simulated.log --truth truth.jsonl "$@"
    "$tool" modems -q -f jsonl simulated.log >modems.jsonl
    is "truth.$name" '[]' "$(jq -cn --slurpfile modems modems.jsonl --slurpfile truth truth.jsonl '
        ($modems | INDEX(.modem)) as $told
        | ($truth | map(select(.record == "attempt")) | INDEX(.modem)) as $attempts
        | [$truth[] | select(.record == "modem") | . as $was | $told[.modem] as $is
            | ("phase", "outcome", "attempts", "updated", "last_seen", "polling_stopped", "power_losses" | select($was[.] != $is[.])),
              (select($is.delay != null and $is.delay != $was.delay) | "delay"),
              (select($is.percent != null and $is.percent != $attempts[$was.modem].percent) | "percent"),
              (select($is.power != "unknown" and $is.power != $was.power) | "power"),
              (select($is.power == "unknown" and $is.outcome != null and
                      ($is.outcome | IN("download_lost", "rolled_back", "interrupted", "in_progress") | not)) | "not unknown"),
              (select($was.next_poll != null and $is.next_poll_earliest != null
                      and ($is.next_poll_earliest > $was.next_poll or $is.next_poll_latest < $was.next_poll)) | "next_poll")
            | [., $was.modem]] | .[:3]')"
}
truth failures --modems 300 --failures 40 --power-losses 30
truth spellings --modems 300 --seed 2 --spelling any --power-losses 60 --attempts 3 --failures 20
truth hosts --modems 200 --seed 3 --host --accept any --delay any --failures 20 --power-losses 40
truth sleeping --modems 100 --seed 4 --psm 3d --power-losses 50
truth under.way --modems 300 --seed 5 --first-poll 60s --for 200s
truth restoring --modems 300 --seed 6 --first-poll 60s --for 4m --delay any

# Text keeps to the width of the terminal, and is never another's control bytes.
log >hostile.log <<LOG
0 $(printf 'n%.0s' {1..60}) Q,"HTTPSTART"
1 $(printf '\033]0;x\007') Q,"HTTPEND",702
2 日本語メータ-一 Q,"START"
LOG
# wide COLUMNS [COMMAND]: the longest line on a terminal of so many columns
wide() {
    script -qec "stty cols $1; '$tool' ${2:-modems} -q hostile.log" /dev/null </dev/null | tr -d '\r' | sed 's/\x1b\[[0-9]*m//g' >"$work/wide"
    python3 -c 'import sys, unicodedata as u
print(max(sum(2 if u.east_asian_width(c) in "WF" else 1 for c in l.rstrip("\n")) for l in open(sys.argv[1], errors="replace")))' "$work/wide"
}
for columns in 20 30 40 50 60 70 80 132 200; do
    widest=$(wide $columns)
    is "fits.$columns" yes "$([ "$widest" -le $columns ] && echo yes || echo "$widest")"
done
# Names that differ at their ends only are told apart where there is no room for all of them.
for number in 1 2; do echo "0 site-tokyo-building-7-floor-3-meter-00$number Q,\"START\""; done | log >alike.log
for columns in 20 40 80; do
    is "told.apart.$columns" 3 "$(script -qec "stty cols $columns; '$tool' modems -q --color never alike.log" /dev/null </dev/null |
        awk '{ print $1 }' | sort -u | wc -l)"
done
for command in sessions 'stats --fleet' 'modems --ago' 'sessions --ago'; do
    for columns in 40 80 132 200; do
        widest=$(wide $columns "$command")
        is "fits.$command.$columns" yes "$([ "$widest" -gt 0 ] && [ "$widest" -le $columns ] && echo yes || echo "$widest")"
    done
done
is sessions.narrow 'OUTCOME          REACHED   MODEM' "$(wide 40 sessions >/dev/null; head -n 1 "$work/wide")"
is sessions.narrow.tells.apart 3 "$(script -qec "stty cols 40; '$tool' sessions -q --color never alike.log" /dev/null </dev/null |
    awk '{ print $3 }' | sort -u | wc -l)"
is sessions.wide.tells.why 1 "$(wide 200 sessions >/dev/null; grep -c 'HTTPEND 702: ' "$work/wide")"
is sessions.not.cut.elsewhere 1 "$("$tool" sessions -q -f text hostile.log | grep -c 'n\{60\}')"
for command in '' decode sessions stats modems encode explain; do
    is "help.ends.with.examples.$command" 1 "$("$tool" $command --help | tail -n 1 | grep -c '^  .*sbfota ')"
done
is no.control.bytes 0 "$("$tool" modems -q -f text hostile.log | LC_ALL=C tr -d '\n\040-\176\200-\377' | wc -c)"
is colour.never 0 "$("$tool" modems -q -f text --color never fleet.log | grep -c "$(printf '\033')")"
is colour.always 3 "$("$tool" modems -q -f text --color always fleet.log | grep -c "$(printf '\033\[31m')")"

is colour.sessions "$(printf '\033[31mdownload_failed\033[0m')" "$("$tool" sessions -q -f text --color always fleet.log | awk '$1 ~ /download/ { print $1 }')"
is colour.sessions.problems 2 "$("$tool" sessions -q -f text --color always fleet.log | grep -c "$(printf '\033\[33m\\[.*\\]\033\[0m')$")"
is colour.stats "$(printf '\033[31m')  http_end 702 " "$("$tool" stats -q -f text --color always fleet.log | grep -oE '^.{5}  http_end 702 ')"
for command in sessions 'stats --fleet' modems; do
    is "colour.auto.elsewhere.${command%% *}" 0 "$("$tool" $command -q -f text fleet.log | grep -c "$(printf '\033')")"
    is "colour.no_color.${command%% *}" 0 "$(NO_COLOR=1 script -qec "'$tool' $command -q fleet.log" /dev/null </dev/null | grep -c "$(printf '\033')")"
    is "colour.terminal.${command%% *}" yes "$(script -qec "'$tool' $command -q fleet.log" /dev/null </dev/null | grep -q "$(printf '\033\[31m')" && echo yes)"
    # A colour ends in its line, also where the line is cut.
    for columns in 20 40 50 60 80; do
        is "colour.ends.${command%% *}.$columns" '' "$(script -qec "stty cols $columns; '$tool' $command -q --color always fleet.log" /dev/null </dev/null | tr -d '\r' |
            python3 -c 'import re, sys
for line in sys.stdin:
    codes = re.findall(r"\033\[(\d+)m", line)
    if codes[1::2] != ["0"] * (len(codes) // 2) or len(codes) % 2 or re.sub(r"\033\[\d+m", "", line).count("\033"):
        print(repr(line))')"
    done
    is "no.control.bytes.${command%% *}" 0 "$("$tool" $command -q -f text hostile.log | LC_ALL=C tr -d '\n\040-\176\200-\377' | wc -c)"
    is "no.control.bytes.terminal.${command%% *}" 0 "$(script -qec "'$tool' $command -q --color never hostile.log" /dev/null </dev/null | LC_ALL=C tr -d '\r\n\040-\176\200-\377' | wc -c)"
done

# Times as how long ago: what has no date stays as it is.
is ago.modems '2 h ago' "$("$tool" modems -q -f text --ago --now 2026-11-01T05:00:01Z --modem a fleet.log | grep -oE '[0-9]+ [a-z]+ ago')"
is ago.modems.in.80.columns 'MODEM OUTCOME REACHED POWER LAST' "$(wide 80 'modems --ago' >/dev/null; awk 'NR == 1 { print $1, $2, $3, $4, $5 }' "$work/wide")"
is ago.sessions '3 min ago' "$("$tool" sessions -q -f text --ago --now 2026-11-01T03:03:00Z --modem a fleet.log | grep -oE '[0-9]+ [a-z]+ ago')"
is ago.stats '30 d ago 29 d ago' "$("$tool" stats -q -f text --ago --now 2026-12-01T03:00:05Z fleet.log | grep -oE '[0-9]+ [a-z]+ ago' | paste -sd' ')"
is ago.to.come 'in 5 min' "$("$tool" sessions -q -f text --ago --now 2026-11-01T02:55:00Z --modem a fleet.log | grep -oE 'in [0-9]+ [a-z]+')"
is ago.now '5 s ago' "$(date -u -d '-5 sec' '+%Y-%m-%dT%H:%M:%SZ a < +QIND: "SBFOTA","START"' | "$tool" sessions -q -f text --ago | grep -oE '[0-9]+ [a-z]+ ago' | sed 's/^[4-9]/5/')"
is ago.without.zone '50 s ago' "$(TZ=Asia/Tokyo date -d '-50 sec' '+%Y-%m-%d %H:%M:%S a < +QIND: "SBFOTA","START"' | TZ=Asia/Tokyo "$tool" sessions -q -f text --ago | grep -oE '[0-9]+ [a-z]+ ago' | sed -E 's/^(49|5[0-9])/50/')"
is ago.without.date '03:00:00' "$(printf '03:00:00 a < +QIND: "SBFOTA","START"\n' | "$tool" sessions -q -f text --ago | grep -oE '03:00:00')"
is ago.text.only '"2026-11-01T03:00:00.000Z"' "$("$tool" sessions -q -f jsonl --ago --modem a fleet.log | jq .started)"
is ago.silence.is.the.logs '102' "$("$tool" modems -q -f jsonl --ago --modem a fleet.log | jq .silent_s | sed 's/101/102/')"

# What is not understood.
# refused NAME WORDS OPTION...
refused() {
    local name=$1 words=$2
    shift 2
    is "refused.$name" "2 yes" "$("$tool" modems "$@" fleet.log 2>"$work/err" >/dev/null
        echo $? "$(grep -qF -- "$words" "$work/err" && [ "$(wc -l <"$work/err")" = 1 ] && echo yes || cat "$work/err")")"
}
refused state 'choose from none, polling' --state sleeping
refused power 'choose from safe' --power off
refused silent 'such as 14d' --silent 14
refused silent.unit 'such as 14d' --silent 14y
refused now 'a time such as' --now yesterday
refused format 'choose from' -f yaml
refused format.arrow.without.a.file 'choose from text, jsonl, csv, arrow, parquet' -f ipc
is of.another 2 "$("$tool" sessions --silent 14d fleet.log >/dev/null 2>&1; echo $?)"
is undated 'sbfota: --silent leaves out 1 modem whose last message has no date' "$("$tool" modems -q --silent 1s plain.log 2>&1 >/dev/null)"
# Of times without a year, the file's own time tells that; of a pipe nothing does.
printf 'Dec 31 23:00:00 gw b: +QIND: "SBFOTA","HTTPSTART"\nJan  1 03:00:00 gw b: +QIND: "SBFOTA","DOWNLOADING",5%%\n' >yearless.log
touch -d 2026-01-02 yearless.log
is yearless.silent '86400 2026-01-14T23:00:00' "$("$tool" modems -q -f jsonl --now 2026-01-02T03:00:00 yearless.log | jq -r '"\(.silent_s) \(.next_poll_earliest)"')"
is yearless.is.chosen 1 "$("$tool" modems -q -f jsonl --silent 1d --now 2026-01-02T03:00:00 yearless.log | wc -l)"
is yearless.is.not.chosen 0 "$("$tool" modems -q -f jsonl --silent 2d --now 2026-01-02T03:00:00 yearless.log | wc -l)"
is yearless.as.captured '"Jan  1 03:00:00"' "$("$tool" modems -q -f jsonl yearless.log | jq .last_seen)"
is yearless.pipe 'sbfota: --silent leaves out 1 modem whose last message has no date; of 1 the year alone lacks: read the log as a file, whose own time tells it' \
    "$("$tool" modems -q --silent 1s <yearless.log 2>&1 >/dev/null)"
printf 'RDY\n' >rdy.log
is no.message 1 "$("$tool" modems rdy.log >/dev/null 2>&1; echo $?)"

# 100,000 modems in 64 MiB.
awk 'BEGIN { for (n = 0; n < 2; n++) for (i = 0; i < 100000; i++)
    printf "2026-11-01T03:00:0%d.000Z meter-%06d < +QIND: \"SBFOTA\",%s\n", n, i, n ? "\"HTTPEND\",702" : "\"HTTPSTART\"" }' >big.log
if [ -z "$sanitized" ]; then
    for format in jsonl csv text arrow parquet; do
        python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$tool" modems -q -j 2 -f $format big.log >"$work/memory"
        is "memory.$format" yes "$([ "$(cat "$work/memory")" -le 65536 ] && echo yes || cat "$work/memory")"
    done
fi

# A zone of the time or a level is no modem, whatever stood there in the lines before.
named() {
    awk -v name="$1" 'BEGIN {
        for (i = 0; i < 60; i++)
            printf "2026-11-01 12:50:%02d %s <- +QIND: \"SBFOTA\",\"UPDATING\",%d%%\n", i, i == 50 ? name : i % 2 ? "tokyo" : "osaka", i }'
}
for name in EST KST AWST UTC z TRACE WARN info Debug err kobe; do
    named $name >"$work/named.log"
    expected=null
    [ $name = kobe ] && expected='"kobe"'
    is "no.modem.$name" "$expected" "$("$tool" decode -q -f jsonl "$work/named.log" | jq -c 'select(.line == 51) | .modem')"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
