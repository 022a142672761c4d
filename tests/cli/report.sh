#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The page of the report command: report.sh SBFOTA FLEET, FLEET being what tests/cli/fleet.c builds. What a browser makes of it is
# tried by tests/report/run.
tool=$(readlink -f "${1:?usage: report.sh SBFOTA FLEET}")
fleet=$(readlink -f "${2:?usage: report.sh SBFOTA FLEET}")
. "$(dirname "$0")/common.sh"
Q='+QIND: "SBFOTA"'

# page FILE...: the page of these, in the file page
page() {
    "$tool" report -q -o page "$@"
}
# data: the modems of the page
data() {
    sed -n '/^<script type="application\/json"/,/^<\/script>/p' page | sed '1d;$d'
}
# tells NAME EXPECTED FILTER FILE...: of that, what jq's filter leaves
tells() {
    local name=$1 expected=$2 filter=$3
    shift 3
    page "$@"
    is "$name" "$expected" "$(data | jq -c "$filter")"
}
# section ID: its text, without tags
section() {
    sed -n "/^<section id=\"$1\"/,/^<\/section>/p" page | sed 's/<[^>]*>/ /g; s/  */ /g; s/^ //; s/ $//' | grep -v '^$'
}
# What each attempt went through.
traces='[.modems[][3] | split(";")[] | split(",")[2]]'

page "$captures/fleet/meters.log"
is structure.parts 'figures-title failures-title funnel-title outcomes-title durations-title modems-title quality-title inputs-title' \
    "$(grep -oE '<h2 id="[^"]*' page | sed 's/.*"//' | paste -sd' ')"
is structure.no_word_left '' "$(grep '{{' page)"
is structure.nothing_from_elsewhere '' "$(grep -oiE '(src|href)="[^#"][^"]*"|url\([^)]*\)|@import|https?:[^"]*' page | grep -v -e 'href="data:,"' -e 'http://www.w3.org/2000/svg')"
is structure.no_handlers '' "$(grep -oiE '<[^>]* (on[a-z]+|style)=' page)"
is structure.scripts 2 "$(grep -c '<script' page)"
is structure.figures '10 modems 2 updated at last 7 failed at last 1 under way 0 ended unseen 0 without an attempt 1 poll no more 10 attempts 2 of them updated 4 power losses in an attempt 0 resumed after one' \
    "$(sed -nE 's/^<div class="figure[^>]*><dt>(.*)<\/dt><dd>(.*)<\/dd><\/div>/\2 \1/p' page | paste -sd' ')"
is structure.funnel 'polled 10 100.0 % download started 9 90.0 % downloaded 6 60.0 % update started 5 50.0 % restored 3 30.0 % ended 3 30.0 % reported 2 20.0 %' \
    "$(section funnel | grep '%' | paste -sd' ')"
is structure.failure 'download 702 1 10.0 % connection to the server failed Nothing was applied. Check the signal and the way to the server at that time; the next poll starts over.' \
    "$(section failures | grep 702)"
is structure.worst_without_script meter-07,meter-08,meter-06 "$(section modems | grep -oE '^meter-[0-9]*' | head -n 3 | paste -sd,)"
period() { grep -m 1 '^<p>Logs' page | sed 's/<[^>]*>//g' | grep -oE '^Logs from [^ ]*Z to [^ ]*Z'; }
is structure.period 'Logs from 2026-11-01T03:00:00.000Z to 2026-11-01T03:01:22.000Z' "$(period)"
printf '2026-11-0%dT03:00:00Z %s < %s,"HTTPSTART"\n' 2 a "$Q" >b.log
printf '2026-11-0%dT03:00:00Z %s < %s,"HTTPSTART"\n' 1 b "$Q" 3 b "$Q" >c.log
printf '2026-11-0%dT03:00:00Z %s < %s,"HTTPSTART"\n' 2 c "$Q" >d.log
page b.log c.log d.log
is structure.period_of_several 'Logs from 2026-11-01T03:00:00Z to 2026-11-03T03:00:00Z' "$(period)"
page "$captures/fleet/meters.log"

# What runs is ours: the page's policy has the hashes of its two blocks.
# hash_of TAG: of what stands in that element, as the policy writes it
hash_of() {
    sed -n "/^<$1>/,/^<\/$1>/p" page | sed "1s/^<$1>//" | sed '$d' >block
    [ -z "$(tail -c 1 block)" ] || return
    printf "sha256-%s" "$(printf '%b' "$(sha256sum block | cut -d' ' -f1 | sed 's/../\\x&/g')" | base64)"
}
policy=$(grep -m 1 -o "default-src 'none'[^\"]*" page)
is policy.script "script-src '$(hash_of script)'" "$(grep -o "script-src '[^;]*" <<<"$policy")"
is policy.style "style-src '$(hash_of style)'" "$(grep -o "style-src '[^;]*" <<<"$policy")"
is policy.rest "img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'" \
    "$(grep -o "img-src.*" <<<"$policy")"

# What attempts went through.
log() {
    printf '2026-01-01T00:%s:00Z a < %s\n' "$@" >log
}
log 00 "$Q,\"HTTPSTART\"" 01 "$Q,\"HTTPEND\",0" 02 "$Q,\"START\"" 03 "$Q,\"RESTORE\",1%" 04 RDY 04 'APP RDY' 06 \
    "$Q,\"Last update was not finished, continue update\"" 07 "$Q,\"RESTORE\",5%" 08 "$Q,\"END\",0" 09 RDY 10 "$Q,\"report_result\",\"start\"" 11 "$Q,\"report_result\",\"end\",0"
tells trace.resumed '["D1oW1oU1oR0-1o!3c+3cE1oS1oB1o"]' "$traces" log
tells trace.of_the_modem '["a",0,"1,1,1,1,t85sic"]' '.modems[0][0:3]' log
log 00 "$Q,\"HTTPSTART\"" 01 "$Q,\"DOWNLOADING\",5%" 02 RDY 02 'APP RDY'
tells trace.lost '["D1o-1o!0"]' "$traces" log
log 00 "$Q,\"START\"" 01 RDY 02 'APP RDY' 03 "$Q,\"UPDATING\",5%" 04 "$Q,\"END\",0"
tells trace.goes_on '["U0-1o!3cU1oE0"]' "$traces" log
log 00 "$Q,\"Last update was not finished, continue update\"" 01 "$Q,\"RESTORE\",5%" 02 "$Q,\"END\",0"
tells trace.begins_with_a_resume '["R0+3cE0"]' "$traces" log
log 05 "$Q,\"HTTPSTART\"" 01 "$Q,\"HTTPEND\",0"
tells trace.clock_goes_back '["DW0"]' "$traces" log
printf '%s\n' "$Q,\"RESTORE\",1%" RDY "$Q,\"Last update was not finished, continue update\"" "$Q,\"END\",0" >log
tells trace.without_times '["R!+E"]' "$traces" log
is trace.times_are_missed 'The logs have no times: when something was, and how long it took, cannot be told.' "$(sed -n 's/^<p>\(The logs have no times.*\)<\/p>/\1/p' page)"
{
    printf '2026-01-01T00:00:00Z a < %s\n' "$Q,\"START\""
    for i in $(seq 10 59); do printf '2026-01-01T00:%d:00Z a < %s\n2026-01-01T00:%d:30Z a < %s\n' "$i" RDY "$i" "$Q,\"UPDATING\",5%"; done
} >log
tells trace.cut true '.modems[0][3] | split(",")[2] | test("^U0-go!u(U0-u!u)+[-!U0u]*~$")' log
printf '[00:00:10.000] %s\n[00:00:40.000] %s\n' "$Q,\"HTTPSTART\"" "$Q,\"HTTPEND\",702" >log
tells trace.without_date '[["","log","Du"]]' '[.modems[] | [(.[3] | split(",")[0]), .[0], (.[3] | split(",")[2][0:2])]]' log
is undated '1 attempt has no date and is not in the chart.' "$(section outcomes | tail -n 1)"

# The last attempts are drawn, all are counted.
for i in $(seq 12); do printf '2026-01-%02dT00:00:00Z a < %s\n' "$i" "$Q,\"POLLING\",-1"; done >log
tells kept '[8,8,"c,,,,t8q5c0"]' '[.kept, (.modems[0][3] | split(";") | length), .modems[0][2]]' log
tells kept.the_last_first '["2026-01-12","2026-01-05"]' '[.modems[0][3] | split(";")[0, 7] | split(",")[0] | ascii_upcase | explode | reduce .[] as $c (0; . * 36 + (if $c > 57 then $c - 55 else $c - 48 end)) | todate[0:10]]' log

# What to do is said of each code, and of one that the manual does not have.
for code in -4 -3 -2 -1; do printf '%s,"POLLING",%d\n' "$Q" $code; done >codes.log
"$tool" explain -f jsonl $(seq 701 880) 2>/dev/null | jq -r --arg q "$Q" 'select(.is | test("HTTP_err")) | .name | split(" ")[0] | "\($q),\"HTTPSTART\"\n\($q),\"HTTPEND\",\(.)"' >>codes.log
"$tool" explain -f jsonl $(seq 501 520) 2>/dev/null | jq -r --arg q "$Q" 'select(.is | test("update_err")) | .name | split(" ")[0] | "\($q),\"START\"\n\($q),\"END\",\(.)"' >>codes.log
page codes.log
is advice.codes '4 30 6' "$(section failures | awk '/^polling -/ { p++ } /^download [78]/ { d++ } /^update 5/ { u++ } END { print p, d, u }')"
is advice.each '' "$(section failures | grep 'does not have this code')"
printf '%s,"END",599\n' "$Q" >log
page log
is advice.unknown "update 599 1 100.0 % not in the manual The manual does not have this code: ask Quectel, with the code and the firmware's version." "$(section failures | grep 599)"
for i in $(seq 60); do printf '%s,"POLLING",%d\n' "$Q" $((i + 100)); done >log
page log
is rows.are_limited 'And 48 other kinds, each rarer than these.;Table: 38 rarer kinds' "$(section failures | grep 'rarer' | paste -sd';')"
is rows.of_both 50 "$(section failures | grep -c '^polling')"

# Durations that lie evenly stay so in the chart: each bar is as much higher as it is wider than the one before.
for i in $(seq 30000 100 120000); do
    printf '2026-01-01T00:00:00.000Z m%d < %s,"HTTPSTART"\n2026-01-01T00:%02d:%02d.%03dZ m%d < %s,"HTTPEND",0\n' \
        $i "$Q" $((i / 60000)) $((i / 1000 % 60)) $((i % 1000)) $i "$Q"
done >log
page log
# bars: how many attempts each has
bars() {
    section durations | grep -E ' s to [^:]* [0-9]+$' | grep -oE '[0-9]+$'
}
is bars.sum 901 "$(bars | awk '{ sum += $1 } END { print sum }')"
is bars.even '' "$(bars | sed '1d;$d' | awk 'NR > 1 && $1 > 0 && ($1 > before * 1.15 || $1 < before - 1) { print before, $1 } { before = $1 }' | head -n 3)"

# Texts of logs stay texts.
hostile() {
    jq -cn --arg modem "$1" --arg text "$Q,\"HTTPEND\",702" '{time: "2026-01-01T00:00:00Z", modem: $modem, text: $text}' >log
}
# modem NAME EXPECTED TEXT: what is shown of a modem's name
modem() {
    hostile "$3"
    page log
    is "hostile.$1" "$2" "$(data | jq -r '.modems[0][0]')"
    is "hostile.$1.scripts" '2 2' "$(grep -c '<script' page) $(grep -c '</script' page)"
    is "hostile.$1.printable" '' "$(LC_ALL=C grep -n '[^ -~]' page | LC_ALL=C grep -v $'\xe2\x80[\x93\xa6]' | head -n 3)"
}
modem script '</script><script>alert(1)</script>' '</script><script>alert(1)</script>'
is hostile.script.escaped 1 "$(grep -c '^<tr><th scope="row" class="name">&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</th>' page)"
modem comment '<!--<script>' '<!--<script>'
modem image '"><img src=x onerror=alert(1)>'"'" '"><img src=x onerror=alert(1)>'"'"
modem entity '&lt;b&gt;&#x41;' '&lt;b&gt;&#x41;'
modem template '{{data}}' '{{data}}'
modem backslash 'a\"b\\' 'a\"b\\'
modem line_separator 'a\u{2028}b\u{2029}' $'a\xe2\x80\xa8b\xe2\x80\xa9'
modem bidirectional 'a\u{202e}b' $'a\xe2\x80\xaeb'
modem control 'a\x07b\x1b[31m' $'a\ab\e[31m'
name=$(printf 'x%.0s' $(seq 255))
modem long "$name" "$name"
hostile "${name}yz"
page log
is hostile.longer "${name}y…" "$(data | jq -r '.modems[0][0]')"
printf '2026-01-01T00:00:00Z a\xff\xfe< %s,"HTTPEND",702\n2026-01-01T00:00:00Z \xff < %s,"HTTPEND",702\n' "$Q" "$Q" >log
page log
is hostile.not_utf8 true "$(iconv -f UTF-8 -t UTF-8 page >/dev/null && echo true)"
mkdir -p $'d/<b>&\xff\n'
printf '2026-01-01T00:00:00Z a < %s,"HTTPEND",702\n' "$Q" >$'d/<b>&\xff\n/<script>'
page -r d
is hostile.file 'd/&lt;b&gt;&amp;\xff\x0a/&lt;script&gt;' "$(sed -n 's/^<tr><th scope="row" class="name">\(d\/.*\)<\/th><td>gateway.*/\1/p' page)"
"$tool" report -q -o page $'no<b>such\n' d/*/* 2>/dev/null
is hostile.note 1 "$(grep -c '^<li class="name">no&lt;b&gt;such\\x0a: ' page)"

# Under a megabyte, whatever comes; the figures are those of all.
"$fleet" 1 10000 log truth || exit 2
page log
is size.ten_thousand true "$([ "$(wc -c <page)" -lt 1000000 ] && echo true)"
is size.all "$(jq -r .modem truth | sort -u | wc -l) true" "$(data | jq -r '"\(.modems | length) \(.all == (.modems | length))"')"
"$fleet" 1 20000 log truth || exit 2
page log
is size.twenty_thousand true "$([ "$(wc -c <page)" -lt 1000000 ] && [ "$(wc -c <page)" -gt 950000 ] && echo true)"
is size.all_twenty_thousand true "$(data | jq '.all == (.modems | length)')"
is size.more_of_the_worst 'true true' "$(data | jq -r '"\(.kept < 3) \([.modems[0:500][] | (.[3] | split(";") | length) == (.[2] | split(",")[0] | tonumber)] | all)"')"
jq -cn --arg q "$Q" --arg name "$name" 'range(1; 10001) | {time: "2026-01-01T00:00:00Z", modem: "\(.)\($name)", text: "\($q),\"HTTPEND\",\(.)"}' >long.log
page long.log
is size.long_names true "$([ "$(wc -c <page)" -lt 1000000 ] && [ "$(wc -c <page)" -gt 950000 ] && echo true)"
is size.left_out '10000 true 1' "$(data | jq -r '"\(.all) \(.modems | length | . > 2500 and . < 10000) \(.kept)"')"
is size.counted '10,000' "$(sed -n 's/.*<dt>failed at last<\/dt><dd>\([^<]*\).*/\1/p' page)"

# The page tells what the sessions tell.
for seed in 1 2; do
    "$fleet" $seed 300 log truth || exit 2
    "$tool" sessions -q -f jsonl log >told
    page log
    is "same.outcomes $seed" "$(jq -r .outcome told | sort | uniq -c | awk '{ print $2, $1 }')" \
        "$(sed -n '/<ul class="legend">/,/<\/ul>/p' page | sed -nE 's/.* ([a-z_]+) <b>([0-9]+)<.*/\1 \2/p' | sort)"
    is "same.attempts $seed" "$(jq -sr 'group_by(.modem)[] | "\(.[0].modem) \(length) \(map(select(.outcome == "updated")) | length) \(.[-1].outcome)"' told | sort)" \
        "$(data | jq -r 'def n: ascii_downcase | explode | reduce .[] as $c (0; . * 36 + (if $c > 96 then $c - 87 else $c - 48 end));
            . as $all | .modems[] | (.[2] | split(",")) as $sums | "\(.[0]) \($sums[0] | n) \($sums[1] // "" | n) \($all.outcomes[$all.endings[.[3] | split(";")[0] | split(",")[1] | n][0]])"' | sort)"
    is "same.resumes $seed" "$(jq -s 'map(.resumes) | add' told)" "$(sed -n 's/.*<dt>resumed after one<\/dt><dd>\([^<]*\).*/\1/p' page)"
    is "same.dated $seed" "$(jq -r '.ended[0:10]' told | sort | uniq -c | awk '{ print $2, $1 }')" \
        "$(section outcomes | awk '/^2026-[0-9-]* [0-9]/ && $2 !~ /-/ { n = 0; for (i = 2; i <= NF; i++) n += $i; if (n > 0) print $1, n }')"
    cp page first
    for threads in 1 2 7; do
        page -j $threads log
        is "same.threads $seed $threads" '' "$(cmp page first)"
    done
done

# Its place, and how it ends.
# status NAME EXPECTED ARGUMENT...
status() {
    local name=$1 expected=$2
    shift 2
    "$tool" report -q "$@" >out 2>err
    is "status.$name" "$expected" "$?"
}
meters=$captures/fleet/meters.log
status done 0 -o page "$meters"
status piped 0 "$meters"
is piped '' "$(cmp out page)"
echo nothing >empty
rm -f page
status no_message 1 -o page empty
is no_message.written 0 "$(sed -n 's/^<h1>Firmware updates of \([0-9]*\) modem.*/\1/p' page)"
is no_message.is_a_page '</html>' "$(tail -n 1 page)"
echo before >page
status no_file 2 -o page nowhere
is no_file.left before "$(cat page)"
status some_file 2 -o page nowhere "$meters"
is some_file.written 10 "$(sed -n 's/^<h1>Firmware updates of \([0-9]*\) modem.*/\1/p' page)"
status no_folder 2 -o no/page "$meters"
printf '%s,"HTTPEND"\n' "$Q" >odd
status malformed 3 --strict -o page odd
status lenient 0 -o page odd
status format 2 -f jsonl -o page "$meters"
is format.told '-f: an option of decode, sessions, stats, modems, explain, watch, not of report' "$(sed 's/^sbfota: //' err)"
status foreign_option 2 --top 3 -o page "$meters"
cp "$meters" own
status own_output 2 -o own own
is own_output.left '' "$(cmp own "$meters")"
is no_temporary '' "$(ls | grep -E '^(page|own)\.')"
if script -qec true /dev/null >/dev/null 2>&1; then
    is terminal.refused 'report: a file for the page is needed: -o FILE.html' \
        "$(script -qec "'$tool' report -q '$meters'" /dev/null </dev/null | tr -d '\r' | sed 's/^sbfota: //')"
fi
"$tool" report --help | head -n 1 >help
is help 'usage: sbfota report [-o FILE.html] [OPTIONS] [FILE...]' "$(cat help)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
