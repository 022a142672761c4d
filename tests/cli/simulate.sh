#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The command simulate: simulate.sh SBFOTA. What it writes is held against its truth by the commands that read logs.
tool=$(readlink -f "${1:?usage: simulate.sh SBFOTA}")
here=$(dirname "$(readlink -f "$0")")
. "$(dirname "$0")/common.sh"
simulate() { timeout 60 "$tool" simulate "$@"; }
# events NAME EXPECTED OPTION...: the events of a run without --host, one for several percentages, with codes
events() {
    local name=$1 expected=$2
    shift 2
    is "events.$name" "$expected" "$(simulate "$@" | "$tool" decode -q --all -f jsonl |
        jq -r '.event + if .code != null then "=\(.code)" elif .event == "update_timeout" then "=\(.seconds)" else "" end' | uniq | paste -sd' ')"
}
# same NAME OPTION...: sessions tells what was so in truth
same() {
    local name=$1
    shift
    simulate --log fleet.log --truth truth.jsonl "$@"
    jq -cS 'select(.record == "attempt") | del(.record)' truth.jsonl | sort >expected
    "$tool" sessions -q -f jsonl fleet.log | jq -cS 'del(.file, .from_line, .to_line, .problems, .text)' | sort >got
    is "truth.$name" "" "$(diff expected got | head -n 4)"
}
# complains NAME PATTERN OPTION...: wrong usage, told in one line
complains() {
    local name=$1 pattern=$2 said status
    shift 2
    said=$(simulate "$@" 2>&1 >/dev/null)
    status=$?
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] && [[ "$said" =~ $pattern ]]
    is "usage.$name ($said)" "0 2" "$? $status"
}

boot='rdy app_rdy'
report='report_start report_end=0 polling_time'
updated='http_start downloading http_end=0 start updating restore end=0'
events procedure "$boot polling_time $updated $boot $report"
events delay "$boot polling_time http_start downloading http_end=0 update_timeout=30 start updating restore end=0 $boot $report" --delay 30
events two_attempts "$boot polling_time $updated $boot $report $updated $boot $report" --attempts 2
events http_code "$boot polling_time http_start downloading http_end=804 polling_time" --http 804
events update_code "$boot polling_time http_start downloading http_end=0 start updating restore end=510 $boot $report" --update 510
events report_code "$boot polling_time $updated $boot report_start report_end=808 polling_time" --report 808
events not_registered "$boot polling_error=-1 polling_time" --poll -1
events another_card "$boot polling_time polling_error=-2" --poll -2
events no_card "$boot polling_error=-3 polling_time" --poll -3
events roaming "$boot polling_time polling_error=-4" --poll -4
events up_to_date "$boot polling_time" --up-to-date --for 30d
events psm "$boot polling_time $boot polling_time $boot polling_time $updated $boot $report" --psm 8d
# Each code of the tables comes sooner or later.
codes() { simulate --modems 600 "$@" | "$tool" decode -q -f jsonl | jq ".code | select(. != null and . != 0)" | sort -n | uniq | wc -l; }
is codes.poll 4 "$(codes --poll any)"
is codes.http 30 "$(codes --http any)"
is codes.update 6 "$(codes --update any)"
is codes.report 30 "$(codes --report any)"

# A loss of power, by when it comes (source: 5.3, note 2).
script() {
    local name=$1 expected=$2
    shift 2
    printf '%s\n' "$@" >script
    events "script.$name" "$expected" --script script
}
download="$boot polling_time http_start downloading"
script power.download "$download $boot polling_time" "on downloading 30 power"
script power.update "$download http_end=0 start updating $boot polling_time" "on updating 30% power for 2m"
script power.restore "$download http_end=0 start updating restore $boot resume restore end=0 $boot $report" "on restore 40 power for 20s # forced update"
script power.resumed "$download http_end=0 start updating restore $boot resume $boot resume restore end=0 $boot $report" "on restore 30 power" "on resume after 1ms power"
script power.report "$boot polling_time $updated $boot report_start $boot polling_time" "on report_start power for 1d"
script boot "$download $boot polling_time" "on http_start after 60s boot"
script at_a_time "$boot polling_time $boot polling_time $updated $boot $report" "at 1h boot"
script lost "app_rdy polling_time $updated $boot $report" "at 0s lost"
script each "rdy polling_time $updated rdy $report" "each rdy lost"
script once "rdy polling_time $updated $boot $report" "on rdy lost"
script of_nobody "$boot polling_time $updated $boot $report" "# nothing" "" "   " "at 1s unplug"
# What the line does with it: noise is told, pieces are joined.
said() {
    printf '%s\n' "$1" >script
    shift
    simulate --script script "$@" | "$tool" decode -q --all -f jsonl
}
is script.garbage 1 "$(said "on http_start garbage" | jq -c 'select(.event == "other" or .event == "malformed")' | wc -l)"
is script.torn 0 "$(said "at 0s torn for 100d" | jq -c 'select(.event == "other" or .event == "malformed")' | wc -l)"
is script.mute 0 "$(said "each command mute" --host --delay 30 | jq -r .event | grep -cwE 'ok|delay')"
is script.refusing '0 yes' "$(said "each command refusing" --host --delay 30 | jq -r .event | grep -cw ok) $(said "each command refusing" --host --delay 30 | jq -r .event | grep -qw error && echo yes)"
is script.slow yes "$(said "on query_delay slow" --host | jq -rs 'map(select(.event == "ok" or .event == "query_delay").time | .[17:23] | tonumber) | if .[-1] - .[0] > 0.3 then "yes" else . end')"
is script.deaf 0 "$(said "each command deaf" --host --delay 30 | jq -r 'select(.dir == "rx").event' | grep -cwE 'ok|delay|query_delay')"
is script.forgetting 0,0 "$(said "on set_delay forgetting 3 times" --host --delay 30 | jq 'select(.event == "delay").seconds' | uniq -c | awk '{ print $2 }' | head -n 1),$(said "each set_delay forgetting" --host --delay 30 | jq 'select(.event == "delay").seconds' | sort -u)"
is script.rebooting 3 "$(said "on app_rdy rebooting" --host | jq -r .event | grep -cwx rdy)"
is script.foreign yes "$(said "each query_delay foreign" --host --no-echo | jq -r .event | grep -cwE 'ok|error' | awk '{ print ($1 > 2 ? "yes" : $1) }')"
is script.inside yes "$(said "each query_delay inside" --host --no-echo | jq -rs 'if map(select(.event == "other")) | length > 1 then "yes" else map(.event) end')"
is script.half_echo yes "$(said "each command half_echo" --host | jq -rs 'if map(select(.event == "other" or .event == "malformed")) | length > 0 then "yes" else map(.event) end')"
is fault.always 0 "$(simulate --host --fault mute | "$tool" decode -q --all -f jsonl | jq -r .event | grep -cw ok)"
is fault.half yes "$(simulate --host --modems 100 --fault deaf=50 | "$tool" decode -q --all -f jsonl | jq -r 'select(.dir == "rx").event' | grep -c query_delay | awk '{ print ($1 > 100 && $1 < 400 ? "yes" : $1) }')"
is no_echo 0 "$(simulate --host --no-echo | "$tool" decode -q --all -f jsonl | jq -r 'select(.dir == "rx").event' | grep -c query_delay)"
is script.modem_2_only '1 0 1' "$(printf 'modem modem-2 on http_start power for 100d\n' >script && simulate --modems 3 --script script | "$tool" sessions -q -f jsonl | jq -r '[.modem, .outcome] | @tsv' | sort | awk '{ print $2 == "updated" }' | paste -sd' ')"

# Scripts that are wrong: each line is told, with what is wrong in it.
cat >wrong <<'WRONG'
on restor power
on restore 40% power 3 times
at 5 power
at 5s
at 5s power for 2
modem modem-2 at 1s boot
at 1s boot for 3s
at 1s nothing
at 99999999999d mute
at 1s mute 70000 times
at 1s mute 2 times again
on restore !
on restore 40 !
modem modem-1
foo
WRONG
simulate --script wrong >got 2>errors
is script.wrong "2 0 15" "$? $(wc -c <got) $(wc -l <errors)"
echo 'on download 30% power' >meant
is script.begun 'sbfota: meant:1: "download": there is no such event; did you mean downloading?' "$(simulate --script meant 2>&1)"
echo 'on never power' >meant
is script.not_meant 'sbfota: meant:1: "never": there is no such event; see "Events" in the documentation' "$(simulate --script meant 2>&1)"
is script.wrong_first 'sbfota: wrong:1: "restor": there is no such event; did you mean restore?' "$(head -n 1 errors)"
is script.wrong_column 'sbfota: wrong:5: column 13: "N times", "for TIME" or the end of the line is expected, not "for 2"' "$(sed -n 5p errors)"
is script.wrong_lines "$(seq 15 | paste -sd' ')" "$(cut -d: -f3 errors | paste -sd' ')"
printf 'at 1s \0mute\n' >wrong
complains script_nul 'wrong:1: a NUL byte' --script wrong

# The same options give the same bytes, others do not.
mixed=(--modems 40 --failures 30 --power-losses 50 --delay any --accept any --fault torn=20 --fault slow=10)
is seed.same "$(simulate "${mixed[@]}" | cksum)" "$(simulate "${mixed[@]}" | cksum)"
simulate "${mixed[@]}" >one
simulate "${mixed[@]}" --seed 2 >two
is seed.another 1 "$(cmp -s one two; echo $?)"
simulate --log one.log --truth one.truth "${mixed[@]}"
simulate --log two.log --truth two.truth "${mixed[@]}"
is seed.same_truth "$(cksum <one.truth)" "$(cksum <two.truth)"

# Logs: as lines, as bytes, a file each; paced or not.
is raw.bytes "$(simulate | "$tool" decode -q --all -f jsonl | jq -r .event | paste -sd' ')" "$(simulate --raw | "$tool" decode -q --all -f jsonl | jq -r 'select(.event != "other").event' | paste -sd' ')"
is raw.round_trip "$(simulate --raw | cksum)" "$(simulate --raw | "$tool" decode --all -f jsonl 2>/dev/null | "$tool" encode | cksum)"
mkdir raw
simulate --modems 2 --raw --log raw
is raw.folder 'modem-1 updated modem-2 updated' "$("$tool" sessions -q -f jsonl --modem-from-file -r raw | jq -r '.modem, .outcome' | paste -sd' ')"
mkdir folder
simulate --modems 12 --failures 40 --log folder
simulate --modems 12 --failures 40 --log all.log
is folder.files 12 "$(find folder -name 'modem-*.log' | wc -l)"
is folder.lines "$(sort all.log | cksum)" "$(sort folder/*.log | cksum)"
mkdir paced
simulate --modems 2 --for 60s --speed 1000 --log paced
is folder.paced "$(simulate --modems 2 --for 60s | sort | cksum)" "$(sort paced/*.log | cksum)"
is paced.same "$(simulate --for 60s | cksum)" "$(simulate --for 60s --speed 100 | cksum)"
is name 'meter-1' "$(simulate --name meter- | "$tool" decode -q -f jsonl | jq -r .modem | uniq)"
is start '2030-05-01' "$(simulate --start 2030-05-01T10:00:00Z | head -c 10)"
is first_poll 415 "$(simulate --first-poll 415s | "$tool" decode -q -f jsonl | jq 'select(.event == "polling_time") | .seconds + (.time[17:19] | tonumber)' | head -n 1 | sed 's/414/415/')"
simulate --modems 2000 2>errors | head -n 1 >got
is closed_pipe "141 1 0" "${PIPESTATUS[0]} $(wc -l <got) $(wc -l <errors)"

# A signal leaves whole lines, and the truth so far.
is signal.truth '124 3 0' "$(timeout -s TERM 1 "$tool" simulate --speed 100 --modems 3 --log log --truth truth.jsonl; echo $?) $(jq -r .record truth.jsonl | grep -c modem) $(grep -cvE '^2026-01-01T[0-9:.]*Z modem-[123] < .' log)"

# A fleet against its truth.
same all_good --modems 500
same failures --modems 500 --failures 50
for seed in 1 2 3 4 5; do
    same "fleet.$seed" --modems 2000 --failures 20 --power-losses 30 --delay any --accept any --seed "$seed"
done
same spellings --modems 500 --failures 20 --power-losses 30 --delay any --accept any --spelling any
is spelling.many yes "$("$tool" decode -q -f jsonl fleet.log | jq -r .as | sort -u | awk 'END { print (NR > 10 ? "yes" : NR) }')"
same psm_and_attempts --modems 200 --failures 20 --power-losses 60 --delay any --accept any --psm 8d --attempts 4
same power_always --modems 500 --power-losses 100 --delay 60 --accept 5
is truth.modems "200 $(grep -c '"record":"attempt"' truth.jsonl)" "$(simulate --modems 200 --truth t --log /dev/null && grep -c '"record":"modem"' t) $(jq -s '[.[] | select(.record == "modem").attempts] | add' truth.jsonl)"
is truth.seen "$(grep -m 1 ' < ' fleet.log | cut -d' ' -f1) $(tail -n 1 fleet.log | cut -d' ' -f1)" "$(jq -rs '[.[] | select(.record == "modem")] | "\(map(.first_seen) | min) \(map(.last_seen) | max)"' truth.jsonl)"
# What a loss of power would do, whenever the run ends.
for ((i = 55; i < 420; i += 5)); do simulate --first-poll 60s --delay 30 --for ${i}s --log /dev/null --truth truth.jsonl; jq -r 'select(.record == "modem") | "\(.phase) \(.power)"' truth.jsonl; done | sort -u >powers
is truth.power 'delay forbidden,download ends_process,none safe,reboot safe,report safe,restore forces_update,update rolls_back' "$(grep -v '^end' powers | paste -sd,)"
simulate --log one.log --truth one.truth
told=$("$tool" decode -q -f jsonl one.log | tail -n 1 | jq '(.time[:19] + "Z" | fromdate) + .seconds')
is truth.next_poll true "$(jq "select(.record == \"modem\").next_poll[:19] + \"Z\" | fromdate - $told | . == 0 or . == 1" one.truth)"

complains modems '1 to 100000' --modems 0
complains speed 'times as fast' --speed 0
complains http 'code of HTTPEND' --http 705
complains update 'code of END' --update 1
complains poll 'code of POLLING' --poll -5
complains fault '"--fault help" lists' --fault nothing
complains fault_percent '0 to 100' --fault torn=101
complains raw 'name a folder' --raw --modems 2
echo 'on restore 40% power for 20s' >same.script
complains script_is_log '"same.script"; name another' --script same.script --log same.script
complains script_is_truth '"./same.script"; name another' --script same.script --truth ./same.script
is usage.script_is_kept 'on restore 40% power for 20s' "$(cat same.script)"
complains log_is_truth '"same.log"; name another' --log same.log --truth same.log
complains log_is_truth_spelled '"./same.log"; name another' --log same.log --truth ./same.log
complains log_and_truth_to_output 'both "-"' --truth -
simulate --script same.script --log script.log --truth script.truth
is truth.to_output "$(cat script.truth)" "$(simulate --script same.script --log dash.log --truth -)"
is script.from_input "$(cat script.log)" "$(simulate --script - <same.script)"
complains raw_in_one_file 'name a folder' --raw --modems 2 --pty --for 1s --speed 1000 --log mixed.log
complains no_folder 'No such file' --log nowhere/
complains host 'who opens it' --pty --host
complains speed_of_port 'no host could follow' --pty --speed max
complains ports '64 at most' --pty --modems 65
complains file 'no file is read' log
complains delay '0 to 60' --delay 61
complains time 'such as 30s' --for 10
complains start '2026-01-31' --start yesterday
complains spelling 'any is needed' --spelling odd
complains option 'no such option' --nothing
complains value 'a value is needed' --log
complains no_value 'takes no value' --pty=3
complains name 'letters, digits' --name a/b
complains log 'cannot be written' --log nowhere/log
complains truth 'cannot be written' --truth nowhere/truth
complains script 'cannot be read' --script nowhere
touch file
complains script_folder 'is a directory' --script folder
complains psm 'a second at least' --psm 999ms
complains first_poll 'such as 30s' --first-poll soon
mkdir taken taken/modem-1.log
complains folder 'taken/modem-1.log: cannot be written: Is a directory' --log taken
is usage.version "$("$tool" --version)" "$(simulate --version)"
complains link 'cannot be made a link' --link file
is usage.help 0 "$(simulate --help >help; echo $?)"
is usage.help_fits 0 "$(awk 'length > 92' help | wc -l)"
is usage.faults "$(grep -c '^MODULE_FAULT' "$here/../../src/simulate/faults.def")" "$(simulate --fault help | grep -cv '^unplug ')"
[ -w /dev/full ] && complains truth_full 'cannot be written: No space' --truth /dev/full --log /dev/null
[ -w /dev/full ] && complains full 'cannot be written: No space' --log /dev/full

# As a port.
mkdir ports
while read -r verdict name why; do
    is "port.${name%:}" "ok " "$verdict $why"
done < <(timeout 300 python3 "$here/simulate_port.py" "$tool" "$work/ports"; echo "ok $?")

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
