#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Logs that were put away in parts: rotated.sh SBFOTA. Which files are one log, their order, and what goes over their borders.
tool=$(readlink -f "${1:?usage: rotated.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

Q='+QIND: "SBFOTA"'
# order NAME EXPECTED FILE...: files of one event each, named in this order and found in a folder, are read in that one
order() {
    local name=$1 expected=$2 file
    shift 2
    rm -rf folder
    mkdir folder
    for file; do
        printf '%s,"START"\r\n' "$Q" >"folder/$file"
        case $file in
        *.gz) gzip -c <"folder/$file" >packed ;;
        *.xz) xz -c <"folder/$file" >packed ;;
        *.bz2) bzip2 -c <"folder/$file" >packed ;;
        *.zst) zstd -qc <"folder/$file" >packed ;;
        *.lz4) lz4 -qc <"folder/$file" >packed ;;
        *) continue ;;
        esac && mv packed "folder/$file"
    done
    is "order.$name" "$expected" "$(cd folder && "$tool" decode -q "$@" | jq -r .file | paste -sd' ')"
    is "order.$name.found" "$expected" "$("$tool" decode -q -r folder | jq -r .file | sed 's/^folder.//' | paste -sd' ')"
    (cd folder && tar cf ../folder.tar "$@")
    is "order.$name.archive" "$expected" "$("$tool" decode -q folder.tar | jq -r .file | sed 's/^folder.tar.//' | paste -sd' ')"
    is "order.$name.as_named" "$*" "$(cd folder && "$tool" decode -q --as-named "$@" | jq -r .file | paste -sd' ')"
}

# What writes such names: logrotate, ...
order logrotate 'm.log.10 m.log.2 m.log.1 m.log' m.log m.log.1 m.log.10 m.log.2
order logrotate.compressed 'm.log.11.gz m.log.10.xz m.log.4.lz4 m.log.3.bz2 m.log.2.zst m.log.1 m.log' m.log m.log.1 m.log.10.xz m.log.11.gz m.log.2.zst m.log.3.bz2 m.log.4.lz4
order logrotate.dateext 'm.log-20251231 m.log-20261101.gz m.log-20261102 m.log' m.log m.log-20251231 m.log-20261101.gz m.log-20261102
order logrotate.date_and_epoch 'm.log-20261101-1604282400 m.log-20261102.2.gz m.log-20261102.10 m.log' m.log m.log-20261101-1604282400 m.log-20261102.2.gz m.log-20261102.10
order logrotate.hourly 'm.log-2026110101 m.log-2026110102 m.log' m.log m.log-2026110101 m.log-2026110102
order logrotate.extension 'm.2.log.gz m.1.log m.log' m.1.log m.2.log.gz m.log
order logrotate.extension_and_date 'm-20261101.log.gz m-20261102.log m.log' m-20261101.log.gz m-20261102.log m.log
order logrotate.without_main 'm.log.3.gz m.log.2.gz' m.log.2.gz m.log.3.gz
order logrotate.no_ending 'messages.2.gz messages.1 messages' messages messages.1 messages.2.gz
# ... busybox, newsyslog, savelog, ...
order busybox 'messages.1 messages.0 messages' messages messages.0 messages.1
# ... Python, ...
order python.timed 'm.log.2026-11-01 m.log.2026-11-02 m.log' m.log m.log.2026-11-01 m.log.2026-11-02
order python.hourly 'm.log.2026-11-01_09-00 m.log.2026-11-01_10-00 m.log' m.log m.log.2026-11-01_09-00 m.log.2026-11-01_10-00
# ... Kubernetes, lumberjack, log4j and logback, rotatelogs, ...
order kubernetes '0.log.20261101-130559.gz 0.log.20261101-140000 0.log' 0.log 0.log.20261101-130559.gz 0.log.20261101-140000
order lumberjack 'm-2026-11-01T13-05-59.123.log.gz m-2026-11-01T14-05-59.001.log m.log' m-2026-11-01T13-05-59.123.log.gz m-2026-11-01T14-05-59.001.log m.log
order log4j 'm-2026-11-01-9.log m-2026-11-01-10.log m-2026-11-02-1.log m.log' m-2026-11-01-10.log m-2026-11-01-9.log m-2026-11-02-1.log m.log
order logback 'm.2026-11-01.2.log m.2026-11-01.10.log m.log' m.2026-11-01.10.log m.2026-11-01.2.log m.log
order rotatelogs 'm.log.1604275200 m.log.1604361600' m.log.1604275200 m.log.1604361600
order old 'm.log.old m.log' m.log m.log.old
# ... svlogd and multilog.
order svlogd '@400000005f9e4d60002ab3cd.s @400000005f9f9ee0002ab3cd.s current' @400000005f9e4d60002ab3cd.s @400000005f9f9ee0002ab3cd.s current
# What is none: numbers that are a modem's, files in other folders, days that are none.
order addresses '10.0.0.1.log 10.0.0.10.log 10.0.0.2.log' 10.0.0.1.log 10.0.0.10.log 10.0.0.2.log
order addresses_without_ending '10.0.0.1 10.0.0.10 10.0.0.2' 10.0.0.1 10.0.0.10 10.0.0.2
order numbers_of_modems 'meter-1.log meter-10.log meter-2.log' meter-1.log meter-10.log meter-2.log
order no_dates 'm-20261232.log m-20261301.log m.log m.log-19700' m-20261232.log m-20261301.log m.log m.log-19700
mkdir -p a b
printf '%s,"START"\r\n' "$Q" | tee a/m.log b/m.log.1 >good
is order.other_folders 'a/m.log b/m.log.1' "$("$tool" decode -q a/m.log b/m.log.1 | jq -r .file | paste -sd' ')"
# Others stay where they are, and a log stands where its first file does.
cp good m.log && cp good m.log.1 && cp good n.log && cp good other
is order.among_others 'other m.log.1 m.log n.log other' "$("$tool" decode -q other m.log n.log m.log.1 other | jq -r .file | paste -sd' ')"
is order.repeated 'other m.log other m.log' "$("$tool" decode -q other m.log other m.log | jq -r .file | paste -sd' ')"
is order.with_a_folder_named './m.log.1 m.log' "$("$tool" decode -q m.log ./m.log.1 | jq -r .file | paste -sd' ')"

# Who they belong to.
order modem 'm7-20261101.log m7-20261102.log m7.log' m7-20261101.log m7-20261102.log m7.log
is modem.from_file 'm7 m7 m7' "$("$tool" decode -q --modem-from-file -r folder | jq -r .modem | paste -sd' ')"
order modem.number 'm7.1.log m7.log' m7.1.log m7.log
is modem.from_file_with_a_number 'm7 m7' "$("$tool" decode -q --modem-from-file -r folder | jq -r .modem | paste -sd' ')"
is modem.from_file_alone m7.1 "$("$tool" decode -q --modem-from-file folder/m7.1.log | jq -r .modem)"

# A log cut anywhere gives what it gives in one piece, at the places in its parts.
# cut FORM LOG: at every byte; places are told by where the text stands
J='+QIND: \"SBFOTA\"'
printf '\r\n%s,"START"\r\n\r\n%s,"UPDATING",50%%\r\nRDY\r\n\r\n%s,"END",504\r\n' "$Q" "$Q" "$Q" >raw
printf '2026-11-01T00:00:0%dZ m7 < %s\n' 1 "$Q,\"START\"" 2 "$Q,\"UPDATING\",50%" 3 RDY 4 "$Q,\"END\",504" >gateway
printf '[2026-11-01 00:00:0%d.000] %s\r\n' 1 "$Q,\"START\"" 2 "$Q,\"UPDATING\",50%" 3 RDY 4 "$Q,\"END\",504" >bracket
printf '{"time":"2026-11-01T00:00:0%dZ","modem":"m7","text":"%s"}\n' 1 "$J,\\\"START\\\"" 2 "$J,\\\"UPDATING\\\",50%" 3 RDY 4 "$J,\\\"END\\\",504" >jsonl
printf "<dbg> [160427520%d.1] [ttyUSB2/at] <-- '%s'\n" 1 "<CR><LF>$Q,\"START\"<CR><LF>" 2 "<CR><LF>$Q,\"UPDA" 3 'TING",50%<CR><LF>' 4 "<CR><LF>RDY<CR><LF><CR><LF>$Q,\"END\",504<CR><LF>" >modemmanager
for form in raw gateway bracket jsonl modemmanager; do
    show='[.event, .percent, .code, .time, .modem, (if .file == "part.log" then [.line + $line, .offset + $at] else [.line, .offset] end)]'
    "$tool" decode -q --capture $form $form | jq -c --argjson line 0 --argjson at 0 "$show" >expected
    "$tool" sessions -q -f jsonl --capture $form $form | jq -c '.outcome, .started, .problems, .percent' >expected.sessions
    size=$(stat -c %s $form)
    wrong='' wrong_sessions=''
    for ((at = 1; at < size; at += 2)); do
        head -c $at $form >part.log.1
        tail -c +$((at + 1)) $form >part.log
        line=$(grep -c $'\n' part.log.1)
        [ -z "$(tail -c 1 part.log.1)" ] || line=$((line - 1)) # of the last line there is no end
        [ $((at % 5)) -ne 0 ] || { gzip -c part.log.1 >part.log.1.gz; rm part.log.1; }
        older=$(echo part.log.1*)
        "$tool" decode -q --capture $form part.log $older 2>said | jq -c --argjson line "$line" --argjson at $at "$show" | cmp -s - expected || wrong+=" $at"
        if ((at % 5 == 0)); then
            tar cf part.tar part.log $older
            "$tool" decode -q --capture $form part.tar 2>said | jq -c --argjson line "$line" --argjson at $at "${show//part.log/part.tar:part.log}" | cmp -s - expected || wrong+=" $at in an archive"
        fi
        if ((at % 7 == 0)); then
            "$tool" sessions -q -f jsonl --capture $form part.log $older 2>said | jq -c '.outcome, .started, .problems, .percent' | cmp -s - expected.sessions || wrong_sessions+=" $at"
        fi
        rm -f part.log.1*
    done
    is "cut.$form.events" '' "$wrong"
    is "cut.$form.sessions" '' "$wrong_sessions"
done

# An empty file and one that cannot be read between.
printf '%s,"START"\r\n' "$Q" | head -c 12 >two.log.3
: >two.log.2
printf '%s,"START"\r\n' "$Q" | tail -c +13 >two.log.1
is border.empty_file_between 'two.log.3 two.log.1' "$("$tool" decode -q --all two.log.1 two.log.2 two.log.3 | jq -r .file | paste -sd' ')"
printf '%s,"START"\r\n%s,"UPDATING",10%%\r\n' "$Q" "$Q" >three.log.3
mkdir three.log.2
printf '%s,"UPDATING",20%%\r\n%s,"END",0\r\n' "$Q" "$Q" >three.log.1
"$tool" sessions -q -f jsonl three.log.1 three.log.2 three.log.3 >given 2>said
is border.unreadable_file_between '2 1 three.log.3 three.log.1 updated' "$? $(wc -l <said) $(jq -r '"\(.file) \(.to_file) \(.outcome)"' given)"
# The next file ends without a line feed, in a carriage return.
printf '2026-11-01T00:00:01Z m7 < %s,"UPD' "$Q" >lone.log.1
printf 'ATING",50%%\r' >lone.log
is border.lone_carriage_return 'updating 50' "$("$tool" decode -q --capture gateway lone.log lone.log.1 | jq -r '"\(.event) \(.percent)"' | paste -sd' ')"
# What stands for itself is not put behind what is torn.
printf '%s,"START"\r\n%s,"UPD' "$Q" "$Q" >four.log.1
printf '%s,"END",0\r\n' "$Q" >four.log
is border.two_that_are_not_one 'start malformed end' "$("$tool" decode -q four.log four.log.1 | jq -r .event | paste -sd' ')"
printf '2026-11-01T00:00:01Z m7 < %s,"UPD' "$Q" >five.log.1
printf '2026-11-01T00:00:02Z m7 < %s,"END",0\n2026-11-01T00:00:02Z m7 < OK\n' "$Q" >five.log
is border.two_records 'malformed end' "$("$tool" decode -q --capture gateway five.log five.log.1 | jq -r .event | paste -sd' ')"
# A command's answer in the next file.
printf '2026-11-01T00:00:01Z m7 > AT+QCFGEXT="sbfota_accept",1\n' >six.log.1
printf '2026-11-01T00:00:02Z m7 < OK\n2026-11-01T00:00:02Z m7 < OK\n' >six.log
is border.answer 'accept null ok accept' "$("$tool" decode -q six.log six.log.1 | jq -r '"\(.event) \(.answers)"' | paste -sd' ')"
# A file that holds no message of SBFOTA is read as the one before it, however that is read; one of another log is not.
printf 'unit9 | %s | modem says: %s\n' 2026-11-01T00:00:01Z "$Q,\"START\"" 2026-11-01T00:00:02Z "$Q,\"UPDATING\",5%" >seven.log.3
printf 'unit9 | %s | modem says: %s\n' 2026-11-01T00:00:03Z RDY >seven.log.2
: >seven.log.1
printf 'unit9 | %s | modem says: %s\n' 2026-11-01T00:00:04Z RDY 2026-11-01T00:00:05Z OK | tee eight.log >seven.log
is before.learned 'start 01 updating 02 rdy 03 rdy 04' "$("$tool" decode -q seven.log* eight.log | jq -r '.event, .time[17:19]' | paste -sd' ')"
is before.of_a_pipe 'start 01 updating 02 rdy 03 rdy 04' "$(gzip seven.log.*; "$tool" decode -q seven.log* eight.log | jq -r '.event, .time[17:19]' | paste -sd' ')"
# In an archive: who they belong to, what stands between, one that is damaged, archives in archives, one that can be read once only.
printf '%s,"UPDATING",50%%\r\n' "$Q" >nine.log.2
printf '%s,"RESTORE",50%%\r\n%s,"END",0\r\n' "$Q" "$Q" >nine.log.1
printf '%s,"report_result","start"\r\n' "$Q" >nine.log
gzip -k nine.log.2
ln -s nine.log link
mkdir -p deep && cp nine.log deep/nine.log && cp nine.log.1 deep/nine.log.1
tar cf nine.tar ./nine.log other link deep/nine.log.1 deep/nine.log nine.log.1 nine.log.2.gz
tar cf outer.tar nine.log.2 nine.tar good
files() {
    "$tool" decode "$@" 2>said | jq -r '.file | sub(".*[:/]"; "")' | uniq | paste -sd' '
}
is archive.others_between 'nine.log.2.gz nine.log.1 nine.log other nine.log.1 nine.log' "$(files nine.tar)"
is archive.link_is_told 'sbfota: nine.tar:link: skipped: a link in an archive is not followed' "$(cat said)"
is archive.status '0 8' "$("$tool" decode -q nine.tar >given; echo "$? $(wc -l <given)")"
is archive.attempt 'nine.tar:nine.log.2.gz nine.tar:./nine.log updated' "$("$tool" sessions -q -f jsonl nine.tar 2>said | jq -r 'select(.to_file) | "\(.file) \(.to_file) \(.outcome)"' | head -n 1)"
is archive.modem_from_file nine "$("$tool" decode -q --modem-from-file nine.tar | jq -r .modem | head -n 1)"
is archive.in_an_archive 'nine.log.2 nine.log.2.gz nine.log.1 nine.log other nine.log.1 nine.log good' "$(files outer.tar)"
is archive.standard_input 'nine.log.2.gz nine.log.1 nine.log other nine.log.1 nine.log' "$(files <nine.tar)"
is archive.pipe 'nine.log other nine.log.1 nine.log nine.log.1 nine.log.2.gz' "$(cat nine.tar | files -)"
is archive.pipe_is_told yes "$(grep -q '^sbfota: standard input: is read as it comes: the parts of a log in it' said && echo yes)"
tar cf apart.tar good other
is archive.pipe_without_parts 0 "$(cat apart.tar | files - >/dev/null; wc -l <said)"
for ((i = 1; i <= 4; i++)); do "$tool" decode -q -j$i outer.tar >given.$i; done
is archive.threads 1 "$(md5sum given.? | cut -d' ' -f1 | uniq | wc -l)"
head -c -12 nine.log.2.gz >ten.log.2.gz && cp nine.log.1 ten.log.1 && cp nine.log ten.log
tar cf ten.tar ten.log.1 ten.log.2.gz ten.log
is archive.damaged_part 'ten.log.2.gz ten.log.1 ten.log' "$(files ten.tar)"
is archive.damaged_part_is_told 'sbfota: ten.tar:ten.log.2.gz: damaged' "$(grep -o '.*: damaged' said)"
tar cf ten.tar ten.log ten.log.2.gz ten.log.1
is archive.damaged_part_held 'ten.log.2.gz ten.log.1 ten.log 2' "$(files ten.tar) $("$tool" decode -q ten.tar >given 2>&1; echo $?)"
tar cf whole.tar nine.log nine.log.1 nine.log.2.gz good
for ((size = $(stat -c %s whole.tar); size > 512; size -= 512)); do
    head -c $size whole.tar >cut.tar
    "$tool" decode -q cut.tar >given 2>said
    [ "$(jq -c 'del(.file)' given | sort)" = "$(cat cut.tar | "$tool" decode -q 2>said | jq -c 'del(.file)' | sort)" ] || is "archive.cut.$size" same other
done
# Without room for what comes before its turn all is read as it stands, once.
awk 'BEGIN { for (i = 0; i < 4000; i++) printf "+QIND: \"SBFOTA\",\"UPDATING\",%d%%\r\n", i % 100 }' >big.log
cp nine.log.1 big.log.1 && cp nine.log.2 big.log.2 && cp nine.log.2 eleven.log.1 && cp nine.log eleven.log
tar cf big.tar eleven.log eleven.log.1 big.log big.log.2 big.log.1 good
is archive.no_room 'eleven.log.1 eleven.log big.log big.log.2 big.log.1 good' "$(trap '' XFSZ; ulimit -f 64; "$tool" decode big.tar 2>said | jq -r '.file | sub(".*[:/]"; "")' | uniq | paste -sd' ')"
is archive.no_room_is_told yes "$(grep -q '^sbfota: big.tar: holds parts of logs that cannot be put in order' said && echo yes)"
is archive.no_room_all 4006 "$( (trap '' XFSZ; ulimit -f 64; "$tool" decode -q big.tar) | wc -l)"
is archive.temporary_folder 'big.log.2 big.log.1 big.log good' "$(TMPDIR=/nonexistent files big.tar | sed 's/.*eleven.log //')"

# Threads change nothing.
for ((i = 1; i <= 40; i++)); do
    for ((k = 0; k < 5; k++)); do printf "<dbg> [16042752%02d.%d] [ttyUSB%d/at] <-- '%s'\n" $((80 - i)) $k $k "TING\",$i%<CR><LF><CR><LF>$Q,\"UPDA"; done >many.log.$i
done
"$tool" decode -q -j1 many.log.* >one 2>&1
is threads.records 195 "$(jq -r 'select(.event == "updating").file' one | wc -l)"
is threads.same 0 "$("$tool" decode -q -j8 many.log.* 2>&1 | cmp -s - one; echo $?)"
is threads.file_of_the_begin many.log.40 "$(jq -r 'select(.event == "updating").file' one | head -n 1)"

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
