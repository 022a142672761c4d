#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The tool as its users call it: run.sh SBFOTA. Each case is one line; a failure shows what was expected and what came.
tool=$(readlink -f "${1:?usage: run.sh SBFOTA}")
. "$(dirname "$0")/common.sh"
# status NAME EXPECTED COMMAND...: its exit status, output thrown away
status() {
    local name=$1 expected=$2
    shift 2
    "$@" >/dev/null 2>&1 </dev/null
    is "$name" "$expected" $?
}
# decodes NAME INPUT EXPECTED [OPTION...]: the JSON Lines without line, offset and length
decodes() {
    local name=$1 input=$2 expected=$3
    shift 3
    is "$name" "$expected" "$(printf "$input" | "$tool" decode "$@" | jq -ac 'del(.line, .offset, .length)' | paste -sd' ')"
}
# round_trip NAME FILE
round_trip() {
    "$tool" decode --all -f jsonl "$2" >all.jsonl 2>/dev/null
    "$tool" encode all.jsonl >again
    cmp -s "$2" again
    is "$1" 0 $?
}
# complains NAME PATTERN COMMAND...: exactly one line on standard error, which fits
complains() {
    local name=$1 pattern=$2
    shift 2
    local said
    said=$("$@" 2>&1 >/dev/null </dev/null)
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] && [[ "$said" =~ $pattern ]]
    is "$name ($said)" 0 $?
}

Q='+QIND: "SBFOTA"'
canonical="\\r\\n$Q,\"DOWNLOADING\",10%%\\r\\n"

# What each event becomes.
decodes percent.canonical "$canonical" '{"event":"downloading","percent":10}'
decodes percent.without_sign "\\r\\n$Q,\"RESTORE\",4\\r\\n" '{"event":"restore","percent":4,"as":"nopct"}'
decodes polling_error.stops "\\r\\n$Q,\"POLLING\",-4\\r\\n" \
    '{"event":"polling_error","code":-4,"text":"UE is roaming","polling":"stopped"}'
decodes polling_error.rearms "\\r\\n$Q,\"POLLING\",-1\\r\\n" \
    '{"event":"polling_error","code":-1,"text":"not registered to the network","polling":"rearmed"}'
decodes http_end.unknown_code "\\r\\n$Q,\"HTTPEND\",709\\r\\n" '{"event":"http_end","code":709,"flags":["unknown_code"]}'
decodes percent.out_of_range "\\r\\n$Q,\"UPDATING\",101%%\\r\\n" \
    '{"event":"updating","percent":101,"flags":["out_of_range"]}'
decodes seconds.overflow "\\r\\n$Q,\"polling_time\",99999999999\\r\\n" \
    "{\"event\":\"polling_time\",\"seconds\":2147483647,\"flags\":[\"out_of_range\",\"overflow\"],\"as\":\"=${Q//\"/\\\"},\\\"polling_time\\\",99999999999\"}"
decodes range.of_delay '\r\n+QCFGEXT: "sbfota_delay",(0-60)\r\n' \
    '{"event":"range","parameter":"sbfota_delay","min":0,"max":60}'
decodes answer.of_query 'AT+QCFGEXT="sbfota_delay"\r\r\n+QCFGEXT: "sbfota_delay",30\r\n\r\nOK\r\n\r\nOK\r\n' \
    '{"event":"query_delay"} {"event":"delay","seconds":30} {"event":"ok","answers":"query_delay"}'
decodes answer.cme_text 'AT+QCFGEXT="sbfota_accept",1\r\r\n+CME ERROR: SIM busy\r\n' \
    '{"event":"accept","para":1} {"event":"cme_error","text":"SIM busy","answers":"accept"}'
decodes unknown.keyword "\\r\\n$Q,\"FAIL\",3\\r\\n" \
    "{\"event\":\"sbfota_unknown\",\"keyword\":\"FAIL\",\"reason\":\"unknown_keyword\",\"raw\":\"${Q//\"/\\\"},\\\"FAIL\\\",3\"}"
decodes malformed.glued "\\r\\nnoise$Q,\"START\"\\r\\n" \
    "{\"event\":\"malformed\",\"reason\":\"glued\",\"at\":5,\"raw\":\"noise${Q//\"/\\\"},\\\"START\\\"\"}"
decodes others.only_with_all '\r\n+CSQ: 1\r\n\r\nOK\r\n' ''
decodes others.with_all '\r\n+CSQ: 1\r\n\r\nOK\r\n' '{"event":"other","raw":"+CSQ: 1"} {"event":"ok"}' --all
decodes blank_lines.are_nothing '\r\n\r\n\r\nOK\r\n\r\n\r\n' '{"event":"ok","as":"<3w >3w"}' --all
decodes modem.named "$canonical" '{"modem":"m1","event":"downloading","percent":10}' --modem m1
printf "$canonical" >m7.log
gzip -c m7.log >m7.log.gz
tar cf fleet.tar m7.log
mkdir -p a.b
cp m7.log a.b/m7
is modem.from_file 'm7 m7 m7 m7' "$("$tool" decode --modem-from-file m7.log m7.log.gz fleet.tar a.b/m7 2>/dev/null | jq -r .modem | paste -sd' ')"
for name in m7.log.1 m7.log.12.gz m7.txt.2 m7.log-20201102; do
    cp "$(case $name in *.gz) echo m7.log.gz ;; *) echo m7.log ;; esac)" $name
    is modem.from_file_put_away.$name m7 "$("$tool" decode --modem-from-file $name 2>/dev/null | jq -r .modem)"
done
for name in a.1 m7.dat.3; do
    cp m7.log $name
    is modem.from_file_of_a_number.$name ${name%.*} "$("$tool" decode --modem-from-file $name 2>/dev/null | jq -r .modem)"
done
cp m7.log 10.0.0.7.log
is modem.from_file_of_numbers 10.0.0.7 "$("$tool" decode --modem-from-file 10.0.0.7.log 2>/dev/null | jq -r .modem)"
# Names that the locale cannot write: a zip's in UTF-8.
# number BYTES NUMBER: as zip has them, the least byte first
number() {
    local left=$2
    for ((i = 0; i < $1; i++, left >>= 8)); do printf "\\x$(printf %x $((left & 255)))"; done
}
size=$(stat -c %s m7.log)
for name in メーター1.log メーター2.log; do
    printf 'PK\3\4\x14\0\0\x08\0\0\0\0\x21\0'
    gzip -c m7.log | tail -c 8 | head -c 4
    number 4 "$size"
    number 4 "$size"
    number 2 "$(printf %s "$name" | wc -c)"
    printf '\0\0%s' "$name"
    cat m7.log
done >names.zip
is modem.from_file_in_a_zip 'メーター1 メーター2' "$("$tool" decode --modem-from-file names.zip 2>/dev/null | jq -r .modem | paste -sd' ')"
# Names of any length are names of their own, an empty one is none.
x=$(printf '%0300d' 0)
for form in 'jsonl {"modem":"NAME","text":"%s"}' "modemmanager <dbg> [1604282400.1] [NAME/at] <-- '<CR><LF>%s<CR><LF>'" 'gateway 2026-11-23T10:00:00Z NAME < %s'; do
    for name in "${x}1" "${x}2"; do
        text="$Q,\"START\""
        [ "${form%% *}" != jsonl ] || text=${text//\"/\\\"}
        line=${form#* }
        printf "${line//NAME/$name}\n" "$text"
    done >long
    is "modem.of_300_bytes.${form%% *}" "301 301 2 2 2" "$("$tool" decode -q long | jq -r '.modem | length' | paste -sd' ') $("$tool" decode -q long | jq -r .modem | uniq | wc -l) $("$tool" stats -q -f jsonl long | jq .modems) $("$tool" sessions -q -f jsonl long | jq -r .modem | uniq | wc -l)"
done
is modem.empty_is_none 'null null "" m8' "$(printf '{"modem":"","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n' >none
    "$tool" decode -q none | jq .modem) $("$tool" sessions -q -f jsonl none | jq .modem) $("$tool" decode -q -f csv none | cut -d, -f5 | tail -1 | jq -R .) $("$tool" decode -q --modem m8 none | jq -r .modem)"
is modem.empty_gives_way_to_another_field m9 "$(printf '{"modem":"","device":"m9","text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n' | "$tool" decode -q | jq -r .modem)"
is modem.null_is_none null "$(printf '{"modem":null,"text":"+QIND: \\"SBFOTA\\",\\"START\\""}\n' | "$tool" decode -q | jq .modem)"
decodes bytes.are_flagged '\r\n\377\200x\r\n' '{"event":"other","flags":["bytes"],"raw":"\u00ff\u0080x"}' --all
decodes nul.is_escaped '\r\na\000b\r\n' '{"event":"other","raw":"a\u0000b"}' --all
is raw.of_known "$Q,\"START\"" "$(printf "$Q,\"START\"\r\n" | "$tool" decode --raw | jq -r .raw)"
is place "3 14 24" "$(printf 'x\r\ny\r\r\n\r\n\r\n  \n%s,"START" \n' "$Q" | "$tool" decode | jq -r '"\(.line) \(.offset) \(.length)"' | sed 's/^6/3/')"
is line.of_carriage_returns 3 "$(printf 'a\rb\r%s,"START"\r' "$Q" | "$tool" decode | jq .line)"
is line.of_crcrlf 2 "$(printf 'a\r\r\n%s,"START"\r\n' "$Q" | "$tool" decode | jq .line)"
is overlong.one_event '{"event":"overlong"} {"event":"start"}' \
    "$(printf '\r\n%0300d\r\n\r\n%s,"START"\r\n' 0 "$Q" | "$tool" decode | jq -c 'del(.line, .offset, .length)' | paste -sd' ')"
is overlong.length 5000000 "$(head -c 5000000 /dev/zero | "$tool" decode | jq .length)"

# Exit statuses.
printf "$canonical" >good
printf '\r\nOK\r\n\r\nRDY\r\n' >nothing
printf "$Q,\"HTTPEND\"\r\n" >wrong
status exit.done 0 "$tool" decode good
status exit.no_message 1 "$tool" decode nothing
for command in decode 'decode --all' sessions stats 'stats --fleet'; do
    complains "exit.no_message_is_said.${command// /_}" '^sbfota: no SBFOTA message was found' "$tool" $command -q -f jsonl nothing
done
status exit.empty 1 "$tool" decode /dev/null
status exit.malformed_without_strict 0 "$tool" decode wrong
status exit.malformed_with_strict 3 "$tool" decode --strict wrong
status exit.strict_and_good 0 "$tool" decode --strict good
status exit.missing_file 2 "$tool" decode absent good
status exit.missing_beats_malformed 2 "$tool" decode --strict absent wrong
status exit.no_command 2 "$tool"
status exit.unknown_command 2 "$tool" dance
status exit.unknown_option 2 "$tool" decode --dance good
status exit.unknown_format 2 "$tool" decode -f xml good
status exit.unknown_capture 2 "$tool" decode --capture xml good
status exit.threads 2 "$tool" decode -j 0 good
status exit.help 0 "$tool" --help
status exit.command_help 0 "$tool" decode --help
status exit.version 0 "$tool" --version
status exit.capture_help 0 "$tool" decode --capture help
status exit.explain 0 "$tool" explain 702
status exit.explain_nothing 1 "$tool" explain 99999
status exit.full_disk 2 "$tool" decode -o /dev/full good
status exit.encode_full_disk 2 sh -c "'$tool' decode --all good | '$tool' encode -o /dev/full"

# Explanations.
status explain.all_outcomes 0 "$tool" explain updated update_failed download_failed download_lost rolled_back interrupted poll_failed in_progress
status explain.all_problems 0 "$tool" explain out_of_order percent_back delay_differs reboot accept_misplaced missing_start missing_end
is explain.other_spellings 'polling_time resume noncanonical' "$("$tool" explain -f jsonl 'polling time' 'Last upgrade was not finished,continue upgrade' | jq -r .name | paste -sd' ')"
is explain.negative_codes '-1 not_registered -4 roaming 0 success' "$("$tool" explain -f jsonl -1 -4 | jq -r .name | paste -sd' ') $("$tool" explain 0 -f jsonl | jq -r .name | head -1)"
is explain.negative_code_and_options '-2 no_softbank_sim' "$("$tool" explain -2 -f jsonl | jq -r .name)"
is explain.negative_code_behind_dashes '-2 no_softbank_sim' "$("$tool" explain -f jsonl -- -2 | jq -r .name)"
complains explain.negative_number '"-7": not a code of the manual' "$tool" explain -7
complains explain.negative_number_elsewhere '^sbfota: -7: there is no such option' "$tool" decode -7
is explain.parts_of_a_line 'start polling_time start http_end 702 connection_failed' "$("$tool" explain -f jsonl '"START"' '"polling_time"' '"SBFOTA", "START"' '"HTTPEND",702' | jq -r .name | paste -sd' ')"
complains explain.unknown_code '"709": not a code of the manual' "$tool" explain 709
complains explain.dash_is_no_code '"-": neither' "$tool" explain -- -
complains explain.part_too_long 'neither a code nor a keyword' "$tool" explain "$(printf '%0250d' 0 | tr 0 y)"
complains explain.unknown_word '"dance": neither a code nor a keyword' "$tool" explain dance
status explain.injected_keyword 1 "$tool" explain 'START","x'
long_line=$(printf '%0300d' 0 | tr 0 x)
# What is explained. explained NAME EXPECTED [OPTION...] TEXT: the names, and what they are, of all that is found.
explained() {
    local name=$1 expected=$2
    shift 2
    is "explain.$name" "$expected" "$("$tool" explain -f jsonl "$@" 2>/dev/null | jq -r '"\(.name) (\(.is))"' | paste -sd';')"
}
explained code '702 connection_failed (<HTTP_err> of HTTPEND and report_result)' 702
explained code_of_two_tables '0 success (<HTTP_err> of HTTPEND and report_result);0 updated (<update_err> of END)' 0
explained code_by_name '-4 roaming (POLLING <err>)' roaming
explained code_by_meaning '505 package_not_found (<update_err> of END)' 'update package does not exist'
explained number_with_something_behind '' 702x
explained event 'http_end (URC HTTPEND)' http_end
explained keyword 'update_timeout (URC UPDATE_TIMEOUT)' UPDATE_TIMEOUT
explained keyword_of_two 'report_start (URC report_result,start);report_end (URC report_result,end)' report_result
explained event_and_stage 'end (URC END);report_end (URC report_result,end)' end
explained parameter 'range (information response sbfota_delay);accept (command sbfota_accept)' sbfota_accept
explained reason 'glued (reason of malformed or sbfota_unknown)' glued
explained flag 'out_of_range (flag)' out_of_range
explained line 'end (URC END);505 package_not_found (<update_err> of END)' "$Q,\"END\",505"
explained line_with_a_flag 'http_end (URC HTTPEND);unknown_code (flag)' "$Q,\"HTTPEND\",709"
explained line_malformed 'malformed (line);missing_field (reason of malformed or sbfota_unknown)' "$Q,\"END\""
explained line_unknown 'sbfota_unknown (line);unknown_keyword (reason of malformed or sbfota_unknown)' "$Q,\"FOO\""
explained line_overlong 'overlong (line)' "$long_line"
explained line_end_alone '' $'\r\n'
explained line_of_nothing_else '' +CSQ
explained line_of_a_list 'learned (line of a log, by its form);end (URC END);505 package_not_found (<update_err> of END)' "- $Q,\"END\",505"
explained line_behind_words 'malformed (line);glued (reason of malformed or sbfota_unknown);start (URC START)' "so it said that $Q,\"START\""
explained member_of_json 'glued (reason of malformed or sbfota_unknown);start (URC START)' '  "payload": "+QIND: \"SBFOTA\",\"START\"",'
explained several '702 connection_failed (<HTTP_err> of HTTPEND and report_result);start (URC START)' 702 START
is explain.text '-4 roaming  (POLLING <err>)
    UE is roaming
    afterwards: the module polls no more
    manual: section 5.2' "$("$tool" explain -- -4)"
is explain.text_of_a_line '   end             505  update package does not exist
end  (URC END)' "$("$tool" explain "$Q,\"END\",505" | head -n 2)"
is explain.text_of_an_overlong_line "   overlong        300 bytes, discarded" "$("$tool" explain "$long_line" | head -n 1)"
is explain.text_without_section 'glued  (reason of malformed or sbfota_unknown)
2' "$("$tool" explain glued | sed -n '1p;$=')"
is explain.more 'range: 0 to 60' "$("$tool" explain -f jsonl set_delay | jq -r .more)"
is explain.output 'roaming' "$("$tool" explain -f jsonl -o explained roaming && jq -r '.name[3:]' explained)"
status explain.blank 1 "$tool" explain ''
status explain.without_text 2 "$tool" explain
status explain.not_csv 2 "$tool" explain -f csv 702
status explain.no_such_folder 2 "$tool" explain -o nowhere/out 702
status explain.full_disk 2 "$tool" explain -o /dev/full 702

# Help and wrong usage.
for command in decode sessions stats modems report encode explain watch simulate; do
    is "help.$command" "usage: sbfota $command" "$("$tool" $command -h | head -n 1 | cut -d' ' -f1-3)"
done
for number in 0 x ' 1' : 1x 1025 99999999999999999999; do
    complains "usage.threads.$number" '^sbfota: -j ".*": a number of threads from 1 to 1024' "$tool" decode -j "$number" good
done
complains usage.top '^sbfota: --top "0": a number of modems' "$tool" stats --top 0 good
complains usage.letter '^sbfota: -x: there is no such option' "$tool" decode -x good
complains usage.letter_without_value '^sbfota: -f: a value is needed' "$tool" decode good -f
complains usage.word '^sbfota: --dance: there is no such option' "$tool" decode --dance good
complains usage.word_without_value '^sbfota: --capture: a value is needed' "$tool" decode good --capture
complains usage.word_with_a_value '^sbfota: --all takes no value' "$tool" decode --all=1 good
for option in --since=2026-01-01 --until=2026-01-01 --outcome=updated --worst-first; do
    complains "usage.of_sessions.$option" '^sbfota: --.*: an option of sessions(, watch)?, not of stats' "$tool" stats "$option" good
done
status usage.option_before_the_command 2 "$tool" --fleet
complains usage.option_of_no_command '^sbfota: --dance: there is no such option; see sbfota --help' "$tool" --dance
mkdir -p logs && cp good logs/a.log
is usage.folder_with_a_slash logs/a.log "$("$tool" decode -q -r logs/ | jq -r .file)"
complains usage.of_stats.fleet '^sbfota: --fleet: an option of stats, not of decode' "$tool" decode --fleet good
complains usage.of_stats.top '^sbfota: --top: an option of stats, not of sessions' "$tool" sessions --top 3 good
complains usage.colour '^sbfota: --color "red": there is no such one; choose from auto, always, never' "$tool" decode --color red good
complains usage.stats_not_csv '^sbfota: --format "csv": there is no such one; choose from text, jsonl' "$tool" stats -f csv good
status usage.sessions_output 2 "$tool" sessions -o nowhere/out good
status usage.stats_output 2 "$tool" stats -o nowhere/out good
status usage.strict_sessions 3 "$tool" sessions --strict wrong
printf "$Q,\"HTTPEND\"\r\n$Q,\"START\"\r\n" >wrong_first
status usage.strict_sessions_several 3 "$tool" sessions --strict wrong_first wrong good
status usage.strict_stats 3 "$tool" stats --strict wrong
status usage.strict_sessions_good 0 "$tool" sessions --strict good
status usage.strict_stats_good 0 "$tool" stats --strict good
is usage.modem_from_file 'good' "$("$tool" decode -q --modem-from-file good | jq -r .modem)"

# What the tool never asks of the system. A sanitizer's runtime asks for all of it.
[ -n "$sanitized" ] || ! command -v nm >/dev/null ||
    is symbols.no_network_and_programs_by_posix_spawn_alone '' "$(nm -D --undefined-only "$tool" | sed 's/.* //; s/@.*//' | grep -xE 'socket|connect|bind|listen|accept4?|getaddrinfo|gethostby.*|send(to|msg)?|recv(from|msg)?|exec.*|posix_spawnp|v?fork|clone|system|popen|dlopen')"
is symbols.posix_spawn_by_watch_alone cli/watch/commands.c "$(cd "$(dirname "$captures")/../src" && grep -rlw posix_spawn . | sed 's,^./,,')"

# Error lines.
complains error.missing '^sbfota: absent: cannot be read: No such file' "$tool" decode absent
complains error.unknown_option '^sbfota: --dance: there is no such option; see sbfota decode --help' "$tool" decode --dance good
complains error.unknown_letter '^sbfota: -x: there is no such option; see sbfota decode --help' "$tool" decode -x good
complains error.missing_value '^sbfota: --capture: a value is needed' "$tool" decode --capture
complains error.missing_value_of_letter '^sbfota: -f: a value is needed' "$tool" decode -f
complains error.value_too_much '^sbfota: --all takes no value' "$tool" decode --all=3 good
complains error.ambiguous '^sbfota: --mod=3: there are several such options' "$tool" decode --mod=3 good
complains error.folder '^sbfota: \.: is a directory' "$tool" decode .
complains error.control_bytes 'a\\x1bb: cannot be read' "$tool" decode $'a\eb'
complains error.own_output '^sbfota: good: is the output too' "$tool" decode -o good good
is error.own_output_is_kept 37 "$(wc -c <good)"
printf '{"event":"downloading"}\n' >bad1
printf '\n{"event":"dance"}\n' >bad2
printf '{"event":"start"\n' >bad3
printf '{"event":"overlong","line":7,"offset":99}\n' >bad4
printf '{"event":"start","as":"<x"}\n' >bad5
printf '{"event":"updating","percent":1e3}\n' >bad6
complains encode.missing_field '^sbfota: bad1:1: "percent" must be a whole number' "$tool" encode bad1
complains encode.unknown_event '^sbfota: bad2:2: event "dance"' "$tool" encode bad2
complains encode.not_json '^sbfota: bad3:1: byte [0-9]+: not JSON' "$tool" encode bad3
complains encode.overlong '^sbfota: bad4:1: an overlong line.*line 7.*byte 99' "$tool" encode bad4
complains encode.wrong_as '^sbfota: bad5:1: "as" is not' "$tool" encode bad5
printf '{"event":"other","raw":"a\\r\\n+QIND: \\"SBFOTA\\",\\"END\\",0"}\n' >bad7
printf '{"event":"cme_error","text":"a\\nOK"}\n' >bad8
complains encode.forged_line '^sbfota: bad7:1: "raw" has a line end' "$tool" encode bad7
complains encode.forged_answer '^sbfota: bad8:1: "text" has a line end' "$tool" encode bad8
complains encode.not_whole '^sbfota: bad6:1: "percent" must be a whole number' "$tool" encode bad6
is decode.others_still_read 1 "$("$tool" decode absent good 2>/dev/null | wc -l)"
is decode.several_files 'good good' "$("$tool" decode good nothing good 2>/dev/null | jq -r .file | sed -n '1p;$p' | paste -sd' ')"
is decode.standard_input_has_no_name null "$("$tool" decode - <good | jq .file)"

# There and back.
for capture in "$captures"/*; do
    [ -f "$capture" ] && round_trip "round_trip.${capture##*/}" "$capture"
done
for seed in 1 2 3 4 5 6; do
    # Awk has the same generator everywhere; its bytes are made by printf of octal numbers.
    awk -v seed=$seed 'BEGIN { srand(seed); split("101 12 15 40 11 53 42 377 0 54 303 251 45 61", byte, " ");
        for (i = 0; i < 4000; i++) printf "\\%s", byte[int(rand() * 14) + 1] }' >escapes
    printf "$(cat escapes)" >noise
    round_trip "round_trip.noise_$seed" noise
done
printf '\r\n%s,"UPDATING" ,\t+05 %%  \r\n\n\n\r\rAT+qcfgext="sbfota_delay", 7\r\r\n+CME ERROR: b\377d \r+QCFGEXT: "sbfota_accept", (0,1)' "$Q" >odd
round_trip round_trip.odd_spellings odd
printf '\n\r\n\n' >blank
round_trip round_trip.only_line_ends blank
head -c 200000 /dev/zero | tr '\0' '\n' >blank
round_trip round_trip.many_line_ends blank
: >empty
round_trip round_trip.empty empty

# The same whatever the pieces in which it comes, and with every number of threads.
"$tool" decode --all odd | jq -c 'del(.file)' >at_once
(while IFS= read -r -n1 -d '' byte; do printf '%s' "$byte"; done <odd) | "$tool" decode --all >piecemeal
is pieces 0 "$(jq -c . piecemeal | cmp -s - at_once; echo $?)"
is threads 0 "$("$tool" decode -j 2 odd | cmp -s - <("$tool" decode -j 1 odd); echo $?)"
is pipe.shows_at_once start "$( (printf '\r\n%s,"START"\r\n' "$Q"; sleep 1; printf x) | "$tool" decode | { IFS= read -r -t 0.7 first; printf '%s' "$first" | jq -r .event; })"
is pipe.closed '' "$( (yes "$Q,\"START\"" | head -200000 | "$tool" decode -q | head -1 >/dev/null) 2>&1)"

is pipe.closed_before '2 ' "$( { sleep 0.2; (trap '' PIPE; "$tool" --help 2>said; echo $? >status); } | true; echo "$(cat status) $(cat said)")"

# Output to a file: whole or not at all.
"$tool" decode -o out good
is output.file 1 "$(wc -l <out)"
is output.mode "$(stat -c %a good)" "$(stat -c %a out)"
is output.dash_is_standard_output 1 "$("$tool" decode -q -o - good | wc -l)"
"$tool" decode -o out2 absent 2>/dev/null
(trap '' INT TERM HUP; (printf "$canonical"; sleep 0.3; printf "$canonical") | "$tool" decode -q -o out2 & sleep 0.1; kill -TERM $!; wait $!)
is output.signals_that_are_ignored 2 "$(wc -l <out2)"
is output.no_litter 'out out2' "$(ls -d out* | paste -sd' ')"

# CSV.
"$tool" decode --all --raw -f csv odd >csv
is csv.no_control_byte 0 "$(tr -d '\r\n' <csv | LC_ALL=C grep -c '[[:cntrl:]]')"
is csv.no_formula 0 "$(grep -cE '(^|,)"?[=+@-][^0-9]' csv)"
is csv.columns 24 "$(head -1 csv | tr ',' '\n' | wc -l)"

# Text.
printf '\r\n\033[31m%s\033[0m\302\205\342\200\256\r\n' x >tricks
is text.no_control_byte 0 "$("$tool" decode --all -f text tricks odd | tr -d '\n' | LC_ALL=C grep -c '[[:cntrl:]]')"
is text.no_bidirectional_mark 0 "$("$tool" decode --all -f text tricks | grep -c $'\xe2\x80\xae')"
is jsonl.no_bidirectional_mark 0 "$("$tool" decode --all tricks | grep -c $'\xe2\x80\xae')"
is text.no_colour_in_a_pipe 0 "$("$tool" decode -f text good | grep -c $'\e')"
is text.colour_always 1 "$("$tool" decode -f text --color always good | grep -c $'\e')"
is jsonl.is_json 0 "$("$tool" decode --all --raw tricks odd noise | jq . >/dev/null 2>&1; echo $?)"

# What a log's prefix is, is learned; what the user says of it settles it.
for i in 0 1 2 3; do printf 'k8s-%d modemd %s,"UPDATING",%d%%\n' $((i % 2)) "$Q" $((i * 10)); done >words
is learned.word_of_the_user 'modemd k8s-0' "$("$tool" decode -q --modem-token 2 words | jq -r .modem | head -n 1) $("$tool" decode -q --modem-token 1 words | jq -r .modem | head -n 1)"
is learned.none_of_the_words 'null' "$("$tool" decode -q --modem-token 0 words | jq -r .modem | sort -u)"
complains learned.what_is_no_number '^sbfota: --modem-token "x"' "$tool" decode --modem-token x words
is learned.needs_no_notice '' "$("$tool" decode words 2>&1 >/dev/null)"
is learned.tells_if_asked 1 "$("$tool" decode --verbose words 2>&1 >/dev/null | grep -c 'read as learned')"
(cat words; printf 'from Bob: %s,"START"\n' "$Q") >forged
is learned.tells_what_is_not_believed 1 "$("$tool" decode forged 2>&1 >/dev/null | grep -c 'not believed: "from Bob: +QIND')"
printf '    "+QIND: \\"SBFOTA\\",\\"START\\"",\n    "+QIND: \\"SBFOTA\\",\\"END\\",0",\n' >source
is learned.tells_of_a_list 'no event, 2 of its' "no event$("$tool" decode source 2>&1 | grep -o ', 2 of its')"
is live.shows_at_once 'k8s' "$( (for i in 1 2 3; do printf '2026-11-23 10:00:0%d %s,"START"\n' $i "$Q"; done; sleep 1; printf x) | "$tool" decode --live | { IFS= read -r -t 0.7 first; printf '%s' "$first" | jq -r '"k8s" + (.modem // "")'; })"
is live.is_the_same "$("$tool" decode -q --live words | jq -c 'del(.file)')" "$( (head -n 2 words; sleep 0.2; tail -n 2 words) | "$tool" decode -q --live)"
is explain.line_of_a_log 'line of a log, by its form|URC HTTPEND' "$("$tool" explain -f jsonl "Nov  2 10:00:00 gw1 modemd[123]: $Q,\"HTTPEND\",702" | jq -r .is | head -n 2 | paste -sd'|')"
is explain.forged_line 'malformed' "$("$tool" explain -f jsonl "SMS from Bob: $Q,\"START\"" | jq -r .name | head -n 1)"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
