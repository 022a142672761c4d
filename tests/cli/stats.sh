#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The fleet's picture of the stats command: stats.sh SBFOTA FLEET, FLEET being what tests/cli/fleet.c builds.
tool=$(readlink -f "${1:?usage: stats.sh SBFOTA FLEET}")
fleet=$(readlink -f "${2:?usage: stats.sh SBFOTA FLEET}")
. "$(dirname "$0")/common.sh"
# tells NAME EXPECTED FILTER FILE...: of the object, what jq's filter leaves
tells() {
    local name=$1 expected=$2 filter=$3
    shift 3
    is "$name" "$expected" "$("$tool" stats --fleet -q -f jsonl "$@" | jq -c "$filter")"
}
# steps, in their order
steps='[.fleet.funnel[].count]'

Q='+QIND: "SBFOTA"'
cp "$captures/fleet/meters.log" all.log
tells funnel '[10,9,6,5,3,3,2]' "$steps" all.log
tells funnel.names '["polled","download_started","downloaded","update_started","restored","ended","reported"]' '.fleet.funnel | keys_unsorted' all.log
tells funnel.shares '[1,0.9,0.6,0.5,0.3,0.3,0.2]' '[.fleet.funnel[].share]' all.log
tells outcomes '{"in_progress":1,"updated":2,"update_failed":1,"download_failed":1,"download_lost":2,"rolled_back":1,"interrupted":1,"poll_failed":1,"unknown":0}' .fleet.outcomes all.log
tells failures '["polling -2 no SoftBank (U)SIM card","download null a boot or the next attempt came before the download'\''s end","download 702 connection to the server failed","delay null a boot came before the update","update null a boot came during the update","update 504 firmware update failed","restore null a boot came during the restore, and it has not gone on","report 709 null"]' \
    '[.fleet.failures[] | "\(.phase) \(.code) \(.text)"]' all.log
tells failures.counted '[["download",702,2],["polling",-2,1]]' '[.fleet.failures[] | [.phase, .code, .count]]' \
    <(printf '%s,"HTTPEND",702\n%s,"HTTPSTART"\n%s,"HTTPEND",702\n%s,"POLLING",-2\n' "$Q" "$Q" "$Q" "$Q")
# The first phase of 09 is not whole, the downloads of 04 and 10 have no end.
tells durations.whole '[[5,30],[2,20],[2,2]]' '[.fleet.durations[] | [.count, (.median | round)]]' all.log
tells durations.most '[50,40,5.5]' '[.fleet.durations[].most]' all.log
tells durations.one '[7.001,7.001,7.001]' '.fleet.durations.downloading_s | [.median, .p95, .most]' \
    <(printf '2026-01-01T00:00:00.000Z a < %s,"HTTPSTART"\n2026-01-01T00:00:07.001Z a < %s,"HTTPEND",0\n' "$Q" "$Q")
tells durations.none '[{"count":0},{"count":0},{"count":0}]' '[.fleet.durations[]]' "$captures/manual-example.log"
tells problems '{"reboot":3,"missing_start":1}' '.fleet.problems | with_entries(select(.value > 0))' all.log
tells manual '[[2,2,2,2,2,2,1],2]' "[$steps, .fleet.outcomes.updated]" "$captures/manual-example.log" "$captures/manual-resume.log"

# Of the data: what is odd, and clocks that go back, which is not the same as passing midnight.
{
    printf '[23:59:59.000] %s,"HTTPSTART"\n[00:00:01.500] %s,"DOWNLOADING",1%%\n[00:00:01.400] %s,"DOWNLOADING",2%%\n' "$Q" "$Q" "$Q"
    printf '[00:00:02.000] %s,"FOO"\n[00:00:03.000] %s,"HTTPEND"\n[00:00:04.000] %s,"%0300d"\n' "$Q" "$Q" "$Q" 0
} >night.log
tells quality '{"lines":6,"messages":5,"understood":3,"understood_share":0.6,"unknown_keyword":1,"malformed":1,"overlong":1,"sent_by_host":0,"repeats":0,"timed":6,"clock_back":1}' .quality night.log
is quality.without_fleet '{"lines":6,"messages":5,"understood":3,"understood_share":0.6,"unknown_keyword":1,"malformed":1,"overlong":1,"sent_by_host":0} null' \
    "$("$tool" stats -q -f jsonl night.log | jq -c .quality) $("$tool" stats -q -f jsonl night.log | jq -c .fleet)"
# That `>` is the host is believed of a log where commands stand behind it, mostly.
commands=$(printf '2026-01-01T00:00:00.%03dZ a > AT+QCFGEXT="sbfota_delay"\n' 1 2 3 4)
tells quality.sent_and_repeated '[2,1]' '[.quality.sent_by_host, .quality.repeats]' \
    <(printf '%s\n' "$commands"; printf '2026-01-01T00:00:0%d.000Z a %s %s\n' 1 '>' RDY 2 '<' "$Q,\"START\"" 2 '<' "$Q,\"START\"" 3 '>' "$Q,\"END\",0" 4 '>' 'AT+QCFGEXT="sbfota_delay"')
is text.sent_by_host '1' "$(printf '%s\n2026-01-01T00:00:01Z a > %s,"START"\n' "$commands" "$Q" | "$tool" stats -q -f text | awk '/sent by the host/ { print $5 }')"
tells quality.clock_of_each_modem 0 .quality.clock_back \
    <(printf '2026-01-01T00:00:09Z a < %s,"START"\n2026-01-01T00:00:01Z b < %s,"START"\n2026-01-01T00:00:09Z a < %s,"START"\n' "$Q" "$Q" "$Q")
is text.rows 'polled|10|100.00 restored|3|30.00 updated|2|20.00 update 504|1|10.00 clock gone back|0|0.00 ' \
    "$("$tool" stats --fleet -q -f text all.log | sed -nE 's/^  ((polled|restored|updated|update 504|clock gone back)) +([0-9]+) +([0-9.]+) %.*/\1|\3|\4/p' | sort -t '|' -k 2,2nr -k 1,1r |
        awk -F'|' '{ row[$1] = $0 } END { n = split("polled|restored|updated|update 504|clock gone back", names, "|"); for (i = 1; i <= n; i++) printf "%s ", row[names[i]] }')"
is text.durations '  download                    5  median 30.0 s, 95 % within 49.7 s, at most 50.0 s' \
    "$("$tool" stats --fleet -q -f text all.log | grep -A1 '^durations' | tail -n 1)"

# Nothing to count, nothing to name, nothing to time.
is text.empty 'logs 1 bytes 0 lines 0 messages 0 understood 0' \
    "$("$tool" stats -q -f text --fleet /dev/null | awk 'NR > 1 && NR < 7 { print $1, $2 }' | paste -sd' ')"
is text.no_fleet 'polled 0 0.00' "$("$tool" stats -q -f text --fleet /dev/null | awk '$1 == "polled" { print $1, $2, $3 }')"
is text.without_times_and_modems '' "$("$tool" stats -q -f text "$captures/manual-example.log" | grep -E '^  (modems|from|to) ')"
is text.outcomes_that_there_are 'updated' "$("$tool" stats -q -f text --fleet "$captures/manual-example.log" | sed -n '/^outcomes/,/^$/p' | awk 'NR > 1 && NF { print $1 }')"
is text.top 'a 2' "$(printf '2026-01-01T00:00:00Z %s < %s,"START"\n' a "$Q" b "$Q" a "$Q" | "$tool" stats -q -f text --top 1 | sed -n '/^modems with/{n;p}' | awk '{ print $1, $2 }')"
tells steps.restored '[1,1,1,1,1,0,0]' "$steps" <(printf '%s,"RESTORE",100%%\n' "$Q")
tells steps.restoring '[1,1,1,1,0,0,0]' "$steps" <(printf '%s,"RESTORE",99%%\n' "$Q")
tells steps.report_alone '[1,1,0,0,0,0,1]' "$steps" <(printf '%s,"report_result","end",0\n' "$Q")
tells durations.of_an_update_without_the_restores_times 1 .fleet.durations.updating_s.count \
    <(printf '2026-01-01T00:00:00.000Z a < %s,"HTTPSTART"\n2026-01-01T00:00:01.000Z a < %s,"START"\n2026-01-01T00:00:03.000Z a < %s,"RESTORE",1%%\n' "$Q" "$Q" "$Q")
tells durations.of_less_than_a_tenth_of_a_second '[0.005,0.005]' '.fleet.durations.downloading_s | [.median, .most]' \
    <(printf '2026-01-01T00:00:00.000Z a < %s,"HTTPSTART"\n2026-01-01T00:00:00.005Z a < %s,"HTTPEND",0\n' "$Q" "$Q")

# From the earliest to the latest time, in whatever order the files are read; without dates, from the first to the last.
printf '2026-03-01T00:00:00Z a < %s,"START"\n2026-03-02T00:00:00Z a < %s,"END",0\n' "$Q" "$Q" >march.log
printf '2026-01-01T01:00:00+02:00 a < %s,"START"\n2026-01-02T00:00:00Z a < %s,"END",0\n' "$Q" "$Q" >january.log
printf '12:00:00 a < %s,"START"\n' "$Q" >noon.log
span() {
    "$tool" stats -q -f jsonl "$@" | jq -c '[.from, .to]'
}
is span.in.order '["2026-01-01T01:00:00+02:00","2026-03-02T00:00:00Z"]' "$(span january.log march.log)"
is span.out.of.order '["2026-01-01T01:00:00+02:00","2026-03-02T00:00:00Z"]' "$(span march.log january.log)"
is span.within '["2026-01-01T01:00:00+02:00","2026-03-02T00:00:00Z"]' "$(span -j 4 march.log january.log march.log)"
is span.dated.first '["2026-03-01T00:00:00Z","2026-03-02T00:00:00Z"]' "$(span noon.log march.log noon.log)"
is span.without.dates '["12:00:00","12:00:00"]' "$(span noon.log)"
is span.shown 'from 2026-01-01T01:00:00+02:00 to 2026-03-02T00:00:00Z' "$("$tool" stats -q -f text march.log january.log | awk '$1 == "from" || $1 == "to" { print $1, $2 }' | paste -sd' ')"

# What the README shows is what the tool prints.
shown() {
    awk -v command="$ sbfota $1" 'index($0, command) == 1 { on = 1; next } /^[$`]/ { on = 0 } on' "$captures/../../README.md"
}
is readme.sessions "$(shown 'sessions -q -f text --worst')" \
    "$(cd "$captures/../.." && "$tool" sessions -q -f text --worst-first tests/captures/fleet/meters.log)"
is readme.stats "$(shown 'stats -q -f text')" \
    "$("$tool" stats -q -f text --fleet all.log | sed -n '/^attempts/,/^$/p; /^durations/,/^$/p')"

# The sums of a fleet are those of its sessions.
for seed in 1 2 3; do
    "$fleet" $seed 300 fleet.log truth.jsonl || exit 2
    "$tool" sessions -q -f jsonl fleet.log >told.jsonl
    "$tool" stats --fleet -q -f jsonl fleet.log >sums
    is "fleet.attempts $seed" "$(wc -l <told.jsonl)" "$(jq .fleet.attempts sums)"
    is "fleet.outcomes $seed" "$(jq -r .outcome told.jsonl | sort | uniq -c | awk '{ print $2, $1 }')" \
        "$(jq -r '.fleet.outcomes | to_entries[] | select(.value > 0) | "\(.key) \(.value)"' sums | sort)"
    is "fleet.failures $seed" \
        "$(jq -r 'select(.text) | "\(.update_code // .http_code // .poll_code) \(.text)"' told.jsonl | sort | uniq -c | awk '{ $1 = $1; print }')" \
        "$(jq -r '.fleet.failures[] | select(.code and .phase != "report") | "\(.count) \(.code) \(.text)"' sums | sort -k 2 | sed 's/  */ /g')"
    is "fleet.ended $seed" "$(jq -s '[.[] | select(has("update_code"))] | length' told.jsonl)" "$(jq .fleet.funnel.ended.count sums)"
    # Half of the values, and 95 of 100, are not above what is told, give or take what is promised.
    is "fleet.quantiles $seed" true "$(jq -s --slurpfile sums sums '
        def rank($percent): (length * $percent + 99) / 100 | floor - 1;
        [.[] | select(.outcome == "updated" and has("restore_s")) | .restore_s] | sort |
        . as $all | $sums[0].fleet.durations.restore_s | .count == ($all | length) and
        ([[.median, $all[$all | rank(50)]], [.p95, $all[$all | rank(95)]]] | all((.[0] - .[1] | fabs) <= .[1] * 0.016))' told.jsonl)"
    for threads in 2 7; do
        is "fleet.threads $seed $threads" "" "$("$tool" stats --fleet -q -f jsonl -j $threads fleet.log | diff - sums)"
    done
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
