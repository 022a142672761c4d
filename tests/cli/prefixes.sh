#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What stands before a text in a log, a line a case: prefixes.sh SBFOTA. The form is recognised from that line alone, and the
# text is found whole.
tool=$(readlink -f "${1:?usage: prefixes.sh SBFOTA}")
. "$(dirname "$0")/common.sh"
# reads NAME "FORM TIME MODEM DIRECTION" LINE: - for what the line does not say. URC stands for the text.
reads() {
    printf '%b\n' "${3//URC/+QIND: \"SBFOTA\",\"START\"}" >log
    local got
    got=$("$tool" decode --verbose log 2>said | jq -r '"\(.time // "-") \(.modem // "-") \(.dir // "-") \(.event)"')
    is "$1" "$2 start" "$(sed -n 's/^[^ ]* log: read as \([a-z-]*\).*/\1/p' said) $got"
}
# of LINE...: "time dir event" of all
of() {
    printf '%b\n' "$@" >log
    "$tool" decode -q log | jq -r '"\(.time // "-") \(.dir // "-") \(.event)"' | paste -sd,
}
Q='+QIND: "SBFOTA"'

# Counts since the start of a program are no dates, however long it has run.
reads uptime.particle 'particle 0000025599 - rx' '0000025599 [ncp.at] TRACE: < URC'
reads uptime.particle_of_two_weeks 'particle 1234567890 - rx' '1234567890 [ncp.at] TRACE: < URC'
reads uptime.esp_idf 'esp-idf 12345 - -' 'I (12345) modem: URC'
reads uptime.esp_idf_of_two_weeks 'esp-idf 1234567890 - -' 'I (1234567890) modem: URC'
reads uptime.esp_idf_of_two_days 'esp-idf 172800000 - -' '\033[0;32mI (172800000) modem: URC\033[0m'
reads uptime.esp_idf_time_of_day 'esp-idf 10:00:00.123 - -' 'I (10:00:00.123) modem: URC'
is uptime.durations '5 0.25' "$(printf '%s\n' "1234567000 [ncp.at] TRACE: < $Q,\"HTTPSTART\"" "1234572000 [ncp.at] TRACE: < $Q,\"HTTPEND\",0" \
    "1234572000 [ncp.at] TRACE: < $Q,\"START\"" "1234572250 [ncp.at] TRACE: < $Q,\"RESTORE\",1%" >log; "$tool" sessions -q -f jsonl log | jq -r '"\(.downloading_s) \(.updating_s)"')"
reads clock.arduino_with_half 'arduino 10:00:00.123 PM - -' '10:00:00.123 PM -> URC'
reads clock.esp_idf_of_one_digit 'esp-idf 9:00:00.123 - -' 'I (9:00:00.123) modem: URC'

# Hosts and programs.
reads host.address 'syslog Nov 2 10:00:00 - -' 'Nov 2 10:00:00 192.168.0.1 modemd[1]: URC'
reads host.begins_with_a_digit 'syslog 2020-11-02T10:00:00+09:00 - -' '2020-11-02T10:00:00+09:00 7gw modemd: URC'
reads host.behind_a_year 'syslog 2020-11-02T10:00:00 - -' 'Nov 2 10:00:00 2020 10.0.0.1 modemd[1]: URC'
reads program.with_marks 'gateway Nov 2 10:00:00 - rx' 'Nov 2 10:00:00 gw1 modemd[123]: < URC'
reads program.with_modem_and_marks 'gateway 2020-11-02T10:00:00Z m-7 rx' '2020-11-02T10:00:00Z gw1 modemd[123]: m-7 < URC'
reads program.with_modem_and_word 'gateway 2020-11-02T10:00:00Z m7 rx' '2020-11-02T10:00:00Z gw1 modemd: [m7] RX: URC'
reads program.with_quotes "quoted Nov 2 10:00:00 m7 rx" "Nov 2 10:00:00 gw1 modemd[123]: m7 < b'\\\\r\\\\nURC\\\\r\\\\n'"
is program.marks_among_others '- rx start' "$(printf 'Nov 2 10:00:0%d gw1 cron[1]: x\n' 1 2 3 4 5 6 7 8 >log; printf 'Nov 2 10:00:09 gw1 modemd[1]: < %s,"START"\n' "$Q" >>log; "$tool" decode -q log | jq -r '"- \(.dir) \(.event)"')"

# Escapes, behind any prefix that the form has.
reads escapes.rsyslog 'syslog Nov 2 10:00:00 - -' 'Nov 2 10:00:00 gw1 modemd[123]: URC#015'
reads escapes.caret 'bracket 10:00:00 - -' '[10:00:00] URC^M$'
reads escapes.quotes 'gateway 10:00:00 m1 rx' '10:00:00 m1 < +QIND: \\"SBFOTA\\",\\"START\\"\\r\\n'
reads escapes.web_page 'syslog Nov 2 10:00:00 - -' 'Nov 2 10:00:00 gw1 modemd[123]: +QIND: &quot;SBFOTA&quot;,&#34;START&#34;<br>'
reads escapes.zeros_around 'syslog Nov 2 10:00:00 - -' 'Nov 2 10:00:00 gw1 modemd[123]: \0URC\0'
reads escapes.title_of_a_terminal 'bracket 10:00:00 - -' '[10:00:00] \033]0;x\aURC\033[0m'

# Times.
reads weekday.journal_full 'syslog 2020-11-02T10:00:00Z - -' 'Mon 2020-11-02 10:00:00 UTC gw1 modemd[1]: URC'
reads weekday.journal_full_in_japan 'syslog 2020-11-02T10:00:00.123456+09:00 - -' 'Mon 2020-11-02 10:00:00.123456 JST gw1 modemd[1]: URC'
reads weekday.before_a_month 'syslog Nov 2 10:00:00 - -' 'Mon Nov 2 10:00:00 gw1 modemd[1]: URC'
reads weekday.in_brackets 'bracket 2020-11-02T10:00:00.123 - -' '[Mon Nov 02 10:00:00.123 2020] URC'
reads year.before_a_name_with_a_colon 'gateway 2020-11-02T10:00:00 ab:cd rx' 'Mon Nov 02 10:00:00 2020 ab:cd < URC'
reads year.before_a_name_and_a_colon 'gateway 2020-11-02T10:00:00 m rx' 'Nov 02 10:00:00 2020 m: < URC'
reads year.is_no_process_of_logcat 'syslog 11-02 10:00:00.123 - -' '11-02 10:00:00.123  2034  2050 D modem   : URC'
reads zone.gmt 'syslog 2020-11-02T10:00:00Z - -' '2020-11-02 10:00:00 GMT URC'
reads zone.jst 'gateway 2020-11-02T10:00:00+09:00 m1 rx' '2020-11-02 10:00:00 JST m1 < URC'
reads zone.hours 'syslog 2020-11-02T10:00:00+09:00 - -' '2020-11-02 10:00:00+09 URC'
reads zone.jst_before_a_mark 'gateway 2020-11-02T10:00:00+09:00 - rx' '2020-11-02 10:00:00 JST < URC'
reads zone.z_before_a_mark 'gateway 2020-11-02T10:00:00Z - rx' '2020-11-02 10:00:00 Z RX: URC'
reads zone.hours_before_a_mark 'gateway 2020-11-02T10:00:00.123+09:00 - rx' '2020-11-02 10:00:00.123 +0900 <- URC'
reads zone.hours_before_a_name 'gateway 2020-11-02T10:00:00+09:00 m1 rx' '2020-11-02 10:00:00 +0900 m1 < URC'
reads year.before_a_mark 'gateway 2020-11-02T10:00:00 - rx' 'Nov 02 10:00:00 2020 < URC'
# A source in brackets at once behind a mark, a level between mark and text, and a mark in a cell of its own.
U="$Q,\"START\""
C='AT+QCFGEXT="sbfota_accept",1'
is mark.before_a_source '- tx accept,- rx ok,- rx start,- rx start' "$(of "-->[ttyUSB3] $C" '<--[ttyUSB3] OK' "<--[ttyUSB3] $U" "<--[ttyUSB3] $U")"
is mark.before_a_source_of_two_words '10:00:00 tx accept,10:00:01 rx ok,10:00:01 rx start,10:00:01 rx start' \
    "$(of "10:00:00 TX(COM3:9600): $C" '10:00:01 RX(COM3:9600): OK' "10:00:01 RX(COM3:9600): $U" "10:00:01 RX(COM3:9600): $U")"
is mark.before_a_level '10:00:00 tx accept,10:00:01 rx ok,10:00:01 rx start' "$(of "10:00:00 TX [DEBUG] $C" '10:00:01 RX [DEBUG] OK' "10:00:01 RX [INFO] $U")"
is mark.in_a_cell '10:00:00 tx accept,10:00:01 rx ok,10:00:01 rx start' \
    "$(of "<tr><td>10:00:00</td><td>TX</td><td>$C</td></tr>" '<tr><td>10:00:01</td><td>RX</td><td>OK</td></tr>' "<tr><td>10:00:01</td><td>RX</td><td>$U</td></tr>")"
is mark.before_a_name_of_the_text '10:00:00 tx accept,10:00:01 rx start,10:00:01 rx start' "$(of "10:00:00 {'dir': 'tx', 'line': '$C'}" "10:00:01 {'dir': 'rx', 'line': '$U'}" "10:00:01 {'dir': 'rx', 'line': '$U'}")"
is mark.before_brackets_of_the_text '10:00:00 tx accept,10:00:01 rx start,10:00:01 rx start' \
    "$(of "10:00:00 <0.1.0> tx <<\"${C//\"/\\\\\"}\">>" "10:00:01 <0.1.0> rx <<\"${U//\"/\\\\\"}\">>" "10:00:01 <0.1.0> rx <<\"${U//\"/\\\\\"}\">>")"
is mark.in_an_element_of_xml '10:00:00 tx accept,10:00:01 rx start,10:00:02 rx start' "$(of "<at t=\"10:00:00\" dir=\"tx\">$C</at>" "<at t=\"10:00:0"{1,2}"\" dir=\"rx\">$U</at>")"
is mark.behind_an_element_of_xml '10:00:00 tx accept,10:00:01 rx start,10:00:02 rx start' "$(of "<msg t=\"10:00:00\">TX: $C</msg>" "<msg t=\"10:00:0"{1,2}"\">RX: $U</msg>")"
is mark.before_a_text_in_brackets '10:00:00 tx accept,10:00:01 rx start' "$(of "10:00:00 TX <$C>" "10:00:01 RX <$U>")"
reads name.with_a_colon 'gateway 2020-11-02T10:00:00Z m1 rx' '2020-11-02T10:00:00Z gw1 modemd[1]: m1: << URC'
reads name.of_a_logger_behind_a_level 'gateway 2020-11-02T10:00:00 - rx' '2020-11-02 10:00:00 D/at.clnt RX URC'
is zone.before_a_mark_of_the_host '2020-11-02T10:00:00Z tx query_delay' "$(of '2020-11-02 10:00:00 UTC > AT+QCFGEXT="sbfota_delay"')"
reads zone.none_but_a_host 'syslog 2020-11-02T10:00:00 - -' '2020-11-02 10:00:00 UTCs modemd[1]: URC'
# What a log tells of times is measured, in whatever language and order: seconds between two of them.
while IFS='|' read -r name prefix expected; do
    # shellcheck disable=SC2059 # the prefix is a format
    is "span.$name" "$expected" "$(printf "$prefix$Q,\"%s\"\n" 1 HTTPSTART 8 HTTPEND | sed 's/HTTPEND"/&,0/' | "$tool" sessions -q -f jsonl | jq -c .downloading_s)"
done <<'END'
french|2 déc. 10:00:%02d < |7
german|Mär  2 10:00:%02d gw1 modemd[1]: |7
small_letters|nov  2 10:00:%02d gw1 modemd[1]: |7
japanese|11月 02 10:00:%02d gw1 modemd[123]: |7
korean|1월 2 10:00:%02d < |7
joined|[11-02_10:00:%02d:123] |7
afternoon|10:00:%02d PM < |7
characters|10時00分%02d秒 < |7
zephyr|[00:00:%02d.123,456] < |7
nine_digits|10:00:%02d.000123456 < |7
nine_digits_of_a_day|2 déc. 10:00:%02d.000123456 < |7
day_or_month|11/02 10:00:%02d < |null
order_of_none|2/11/20 10:00:%02d < |null
END
# A fraction of any length: what is shown has as many digits as there is room for, or is what the log has.
for digits in 30 36 39 40 53 60 100; do
    fraction=$(printf '%0*d' "$digits" 7)
    is "fraction.$digits" '1 start 23' "$(printf '[1604282400.%s] %s,"START"\n' "$fraction" "$Q" | "$tool" decode -q | jq -r '"\(.line) \(.event) \(.length)"')"
    is "fraction.dated_$digits" '1 start 23' "$(printf '2020-11-02 10:00:00.%s < %s,"START"\n' "$fraction" "$Q" | "$tool" decode -q | jq -r '"\(.line) \(.event) \(.length)"')"
done
is zone.not_a_text '2020-11-02T10:00:00 -95 dBm' "$(printf '2020-11-02 10:00:00 -95 dBm\n' | "$tool" decode -q --all | jq -r '"\(.time) \(.raw)"')"
reads zephyr.with_a_date 'zephyr 2020-11-02T10:00:00.123456 - -' '[2020-11-02 10:00:00.123,456] <dbg> modem_chat: modem_chat_log_received_command: +QIND: "SBFOTA" "START"'
reads zephyr.cycles 'zephyr - - -' '[00012345] <dbg> modem_chat: modem_chat_log_received_command: +QIND: "SBFOTA" "START"'

# Names.
reads name.in_utf_8 'gateway 2020-11-02T10:00:00Z モデム7 rx' '2020-11-02T10:00:00Z モデム7 < URC'
reads name.before_a_word 'gateway 2020-11-02T10:00:00 m7 rx' '2020-11-02 10:00:00 m7 RX: URC'
is mark.behind_a_slash '10:00:00 rx rdy,10:00:01 tx query_delay,10:00:02 rx ok,10:00:03 rx start' \
    "$(of '10:00:00 UART1/RX: RDY' '10:00:01 UART1/TX: AT+QCFGEXT="sbfota_delay"' '10:00:02 UART1/RX: OK' "10:00:03 UART1/RX: $Q,\"START\"")"
is mark.behind_a_number '10:00:01 tx query_delay,10:00:02 rx ok,10:00:03 rx start' \
    "$(of '10:00:01 1/TX: AT+QCFGEXT="sbfota_delay"' '10:00:02 1/RX: OK' "10:00:03 1/RX: $Q,\"START\"")"
reads name.of_a_logger_with_its_level 'gateway 2026-11-23T10:00:00.479123+00:00 - rx' '[2026-11-23T10:00:00.479123+00:00] modem.DEBUG: < URC'
reads name.of_a_logger_in_parts 'gateway 2026-11-23T10:00:02Z - rx' '[2026-11-23T10:00:02Z TRACE modem::at] <- URC'
is name.of_a_line_of_a_patch 'null null null null' "$(printf '+10:00:0%d RX %s\n' 1 "$Q,\"HTTPSTART\"" 2 "$Q,\"DOWNLOADING\",1%" 3 "$Q,\"HTTPEND\",0" 4 "$Q,\"START\"" | "$tool" decode -q | jq -r .modem | paste -sd' ')"
reads name.of_signs_is_none 'gateway 2026-11-23T10:00:00.479 - rx' '2026-11-23 10:00:00,479 # < URC'
reads name.before_a_word_of_a_system_log 'gateway Nov 2 10:00:00 gw1 rx' 'Nov 2 10:00:00 gw1 rx: URC'
reads name.of_four_digits 'gateway Nov  2 10:00:00 7001 rx' 'Nov  2 10:00:00 7001 < URC'
reads name.of_four_digits_behind_a_year 'gateway 2020-11-02T10:00:00 7001 rx' 'Nov  2 10:00:00 2020 7001 < URC'
reads name.arrow 'gateway 2020-11-02T10:00:00Z m7 rx' '2020-11-02T10:00:00Z m7 ← URC'
reads name.null_is_none 'jsonl 2020-11-02T10:00:00Z - -' '{"time":"2020-11-02T10:00:00Z","modem":null,"text":"+QIND: \\"SBFOTA\\",\\"START\\""}'
reads name.escaped_in_json 'jsonl 2020-11-02T10:00:00Z a"b\é/c -' '{"time":"2020-11-02T10:00:00Z","modem":"a\\"b\\\\\\u00e9\\/c","text":"+QIND: \\"SBFOTA\\",\\"START\\""}'
reads time.escaped_in_json 'jsonl 2020-11-02T10:00:00 - -' '{"time":"2020\\/11\\/02 10:00:00","text":"+QIND: \\"SBFOTA\\",\\"START\\""}'
for name in '\u30e2\u30c7\u30e0-%d' 'gw\/tty%d' 'é%d' 'a b\t%d'; do
    for i in 1 2 2 3 3 3; do
        printf "{\"time\":\"2020-11-02T10:00:0%dZ\",\"modem\":\"${name//\\/\\\\}\",\"dir\":\"%s\",\"text\":\"%s\"}\n" $i $i tx 'AT+QCFGEXT=\"sbfota_delay\"' $i $i rx OK
    done >log
    is "name.escaped_in_json_$name" "$(jq -sc '[.[] | .modem]' log)" "$("$tool" decode -q log | jq -sc '[.[] | select(.event == "query_delay" or .answers == "query_delay") | .modem]')"
    sed 's/OK/\\r\\nOK\\r\\n/' log >torn
    is "name.escaped_in_json_and_torn_$name" "$(jq -sc '[.[] | .modem] | sort' log)" "$("$tool" decode -q torn | jq -sc '[.[] | .modem] | sort')"
done
reads field.of_containers 'jsonl 2020-11-02T10:00:00.123456789Z - -' '{"log":"+QIND: \\"SBFOTA\\",\\"START\\"\\n","stream":"stdout","time":"2020-11-02T10:00:00.123456789Z"}'

# Loggers of Python and their like: their words are neither modem nor text.
reads logger.with_dashes 'syslog 2020-11-02T10:00:00.123 - -' '2020-11-02 10:00:00,123 - modem - DEBUG - URC'
reads logger.with_level 'syslog 2020-11-02T10:00:00.123 - -' '2020-11-02 10:00:00,123 INFO URC'
reads logger.with_level_in_brackets 'syslog 2020-11-02T10:00:00.123 - -' '2020-11-02 10:00:00,123 [DEBUG] URC'
reads logger.with_name 'syslog 2020-11-02T10:00:00.123 - -' '2020-11-02 10:00:00,123 INFO modem: URC'
reads logger.with_mark 'gateway 2020-11-02T10:00:00.123 m7 rx' '2020-11-02 10:00:00,123 INFO m7 < URC'
reads logger.is_no_modem 'gateway 2020-11-02T10:00:00.123 - rx' '2020-11-02 10:00:00,123 DEBUG < URC'
reads logger.with_blanks_before_a_mark 'gateway 2020-11-02T10:00:00.123 m7 rx' '2020-11-02 10:00:00,123 - modem - INFO -   m7 < URC'
reads logger.with_quotes 'quoted 2020-11-02T10:00:00.123 - rx' "2020-11-02 10:00:00,123 DEBUG < b'\\\\r\\\\nURC\\\\r\\\\n'"
is logger.error_is_a_text '2020-11-02T10:00:00 - query_delay,2020-11-02T10:00:00 - error' \
    "$(of '2020-11-02 10:00:00 AT+QCFGEXT="sbfota_delay"' '2020-11-02 10:00:00 ERROR')"
reads gammu.numbered 'quoted - - -' '1 "URC"'
is quoted.not_for_one_line 'start other other other other start' \
    "$(printf '%s,"START"\n"noise"\nOK\nx\ny\n%s,"START"\n' "$Q" "$Q" >log; "$tool" decode -q --all log | jq -r .event | sed 's/ok/other/' | paste -sd' ')"
is quoted.not_for_one_line_of_raw '"noise"' "$("$tool" decode -q --all log | jq -r 'select(.line == 2).raw')"
reads ril.with_a_socket 'ril 11-02 10:00:00.123 - rx' '11-02 10:00:00.123  1234  1250 D RILC    : RIL(0):AT< URC'

# A text in hexadecimal digits goes from its first digit to its last.
printf '%s\n' '< 2026/11/23 20:38:27.000741652  length=7 from=3 to=9' ' 0d 0a                                            ..' \
    ' 52 44 59 0d 0a                                   RDY..' '--' >log
is hex.place "$(grep -bo '52 44 59' log | head -1 | cut -d: -f1) 8 rdy" "$("$tool" decode -q log | jq -r '"\(.offset) \(.length) \(.event)"')"

# ModemManager, old and new.
for before in '[ttyUSB2/at]' '[modem0/ttyUSB2/at]' '(ttyUSB2):' '[mm-at-serial-port.c:298] debug_log(): (ttyUSB2):' 'debug_log(): (ttyUSB2):' '[mm-port.c:7] (ttyUSB2):'; do
    reads "modemmanager.$before" 'modemmanager 2020-11-02T02:00:00.123456Z ttyUSB2 rx' "ModemManager[7]: <debug> [1604282400.123456] $before <-- '<CR><LF>URC<CR><LF>'"
    reads "modemmanager.alone_$before" 'modemmanager - ttyUSB2 rx' "$before <-- '<CR><LF>URC<CR><LF>'"
done

# SSCOM stamps chunks: the lines behind a stamp belong to it.
is sscom.lines_of_a_chunk '15:37:11.116 tx query_delay,15:37:11.120 rx delay,15:37:11.120 rx ok,15:37:12.000 rx start,15:37:12.000 rx updating' \
    "$(of '[15:37:11.116]发→◇AT+QCFGEXT="sbfota_delay"\r' '' '[15:37:11.120]收←◆\r' '+QCFGEXT: "sbfota_delay",30\r' '\r' 'OK\r' '' \
        "[15:37:12.000]收←◆$Q,\"START\"\\r" "$Q,\"UPDATING\",5%\\r")"
is sscom.lines_before_any '- - start,15:37:12.000 rx start' "$(of "$Q,\"START\"" "[15:37:12.000]收←◆$Q,\"START\"" '[15:37:13.000]收←◆OK' '[15:37:14.000]收←◆OK')"

# Two fields, other scripts, the half of the day before the time, what people and viewers put between date and time.
# Months by their names, as systems' logs have them.
while read -r number names; do
    # shellcheck disable=SC2086 # a line each
    is "month.$number" "$(printf "2020-$number-02T10:00:00 %s\n" $names)" "$(printf "2 %s 2020 10:00:00 < $Q,\"START\"\n" $names | "$tool" decode -q --raw | jq -r .time | paste -d ' ' - <(printf '%s\n' $names))"
done <<'END'
01 Jan JAN januari janv. ene gen tammi sty led Oca янв Янв 1月 1월 01月
02 feb févr. Fév fev helmi lut úno Úno şub Şub фев 2月 2월 02月
03 mar Mär März mrz maa mrt mars bře мар 3月 3월 03月
04 apr avr. abr huhti kwi dub Nis апр 4月 4월 04月
05 may mai mei maj mag touko kvě май мая 5月 5월 05月
06 jun juin giu kesä cze čvn Haz июн 6月 6월 06月
07 jul juil. lug heinä lip čvc Tem июл 7月 7월 07月
08 aug août ago elo sie srp Ağu авг 8月 8월 08月
09 sep set syys wrz zář Eyl сен Сен 9月 9월 09月
10 oct okt ott out loka paź říj Říj Eki окт 10月 10월
11 Nov nov. marras lis Kas ноя 11月 11월
12 dec déc. dez dic des joulu gru pro Ara дек 12月 12월
END
reads time.japanese_weekday 'syslog 2020-11-02T10:00:01 - -' '2020年11月02日(月) 10時00分01秒 URC'
reads time.japanese_morning 'syslog 2020-11-02T10:00:01 - -' '2020/11/02 午前10:00:01 URC'
reads time.chinese_afternoon 'syslog 2020-11-02T15:00:01 - -' '2020/11/2 下午3:00:01 URC'
reads time.korean_morning 'syslog 2020-11-02T10:00:01 - -' '2020. 11. 2. 오전 10:00:01 URC'
reads time.year_before_a_month 'syslog 2020-11-02T10:00:01.123 - -' '2020 Nov  2  10:00:01.123  [00]  0x1FEB  URC'
reads time.kibana 'syslog 2020-11-02T10:00:01.123 - -' 'Nov 2, 2020 @ 10:00:01.123\tURC'
reads time.in_brackets_each 'bracket 2020-11-02T10:00:01 - -' '[2020-11-02] [10:00:01] URC'
reads time.with_a_bar 'syslog 2020-11-02T10:00:01 - -' '2020-11-02 | 10:00:01 modem: URC'

reads time.behind_a_word 'learned 10:00:01 - -' 'DEBUG 10:00:01 URC'
reads time.behind_a_day_of_the_week 'learned 10:00:01 - -' 'Mon 10:00:01 URC'
reads time.behind_another 'syslog 2020-11-02T10:00:01.123Z - -' 'Nov 2 10:00:00 2020-11-02T10:00:01.123Z DEBUG URC'

# A file's name before a time, as grep and git grep write it, with and without the number of a line.
for place in HEAD:f.log:1: v1.0~2:logs/f.log:12: HEAD:f.log-1- f.log: HEAD:f.log: gw/modem.txt:7:; do
    reads "place.$place" 'learned 10:00:00.123 - -' "${place}10:00:00.123 URC"
    reads "place.$place.with_a_modem" 'learned 10:00:00.123 m1 rx' "${place}10:00:00.123 m1 < URC"
    reads "place.$place.with_a_date" 'learned 2026-11-23T10:00:00 - -' "${place}2026-11-23 10:00:00 URC"
done

# Sources with signs of their own.
reads source.blanks_of_html 'learned 2020-11-02T10:00:01 - -' '2020-11-02&nbsp;10:00:01&nbsp;URC<br/>'
# A source is learned where several lines have it.
spoken() { printf "$1\n" 'RDY' "$Q,\"HTTPSTART\"" 'APP RDY' "$Q,\"START\"" >log; "$tool" decode -q log | jq -r '"\(.time // "-") \(.event)"' | sort -u | paste -sd,; }
is source.cisco_facility '2020-11-02T10:00:01.123 app_rdy,2020-11-02T10:00:01.123 http_start,2020-11-02T10:00:01.123 rdy,2020-11-02T10:00:01.123 start' "$(spoken '000123: 2020-11-02 10:00:01.123: %%CELLWAN-6-MSG: %s')"
is source.link_local_address '2020-11-02T10:00:01 app_rdy,2020-11-02T10:00:01 http_start,2020-11-02T10:00:01 rdy,2020-11-02T10:00:01 start' "$(spoken '2020-11-02 10:00:01 fe80::1%%eth0 modemd: %s')"
is source.sign_of_chinese '2020-11-02T10:00:01.123 app_rdy,2020-11-02T10:00:01.123 http_start,2020-11-02T10:00:01.123 rdy,2020-11-02T10:00:01.123 start' "$(spoken '【2020-11-02 10:00:01:123】收：%s')"
is column.date_and_time '2020-11-02T10:00:01 app_rdy,2020-11-02T10:00:01 http_start,2020-11-02T10:00:01 rdy,2020-11-02T10:00:01 start' "$(spoken '2020-11-02;10:00:01;%s')"
is digits.packed_behind_0x 'start' "$(printf 'RX: 0x%s\n' "$(printf '\r\n%s,"START"\r\n' "$Q" | xxd -p -c 99)" >log; "$tool" decode -q log | jq -r .event)"
is digits.in_colours 'start' "$(printf '\033[0;32mI (12) uart: %s\033[0m\n' "$(printf '\r\n%s,"START"\r\n' "$Q" | od -An -v -tx1 -w99)" >log; "$tool" decode -q log | jq -r .event)"

# A log of one message: what no way of reading believes is told, and not lost.
is one.journal_export '2020-11-02T02:00:00.123456Z - start' "$(of '__CURSOR=s' '__REALTIME_TIMESTAMP=1604282400123456' "MESSAGE=$Q,\"START\"" '')"
is one.in_words_of_a_field '2020-11-02T10:00:00Z - malformed' "$(of 'level=info msg="modem: +QIND: \\"SBFOTA\\",\\"START\\"" ts=2020-11-02T10:00:00Z')"

# Words and letters between what a log has before its texts and a message: a text that quotes one, or what it is glued to. It is told, and
# not believed: first or last in the log, twice, far behind, of another modem, and if the form is named.
# quoted NAME FORM PREFIX: %s stands for the modem, TEXT for the text.
quoted() {
    local name=$1 form=$2 prefix=$3 words odd lines got
    line() {
        local text=$2
        case $form in jsonl | logfmt) text=${text//\"/\\\"} ;; csv) text=${text//\"/\"\"} ;; esac
        printf '%s\n' "${prefix//TEXT/"$text"}" | sed "s/%s/$1/; s/%t/0$3/"
    }
    lines=$(line s1 "$Q,\"HTTPSTART\"" 1; line s1 "$Q,\"DOWNLOADING\",7%" 2; line s1 "$Q,\"HTTPEND\",0" 3)
    for words in x x1 'hello ' 'hello world ' 'please see: ' 'RX5'; do
        odd=$(line s1 "$words$Q,\"START\"" 4)
        printf '%s\n' "$lines" "$odd" >log.last
        printf '%s\n' "$odd" "$lines" >log.first
        printf '%s\n' "$odd" "$lines" "$odd" >log.twice
        (printf '%s\n' "$lines"; cat noise; printf '%s\n' "$odd") >log.far
        (printf '%s\n' "$lines"; line s2 "$words$Q,\"START\"" 4) >log.other
        for place in last first twice far other; do
            # What ends in a sign and comes twice may be another program's.
            [ "$place$words" != 'twiceplease see: ' ] || continue
            got=$("$tool" decode -q log.$place | jq -r 'select(.event == "start" or .reason == "glued") | .event' | sort -u)
            is "quoted.$name.$place: $words" malformed "$got"
        done
        got=$("$tool" decode -q --capture "$form" log.last | jq -r 'select(.event == "start" or .reason == "glued") | .event' | sort -u)
        is "quoted.$name.named: $words" malformed "$got"
    done
}
seq -f 'setting.%.0f = value' 9000 >noise
quoted marks gateway '2026-02-26T10:00:%t.000Z %s < TEXT'
quoted marks_of_the_host gateway '2026-02-26T10:00:%t.000Z %s > TEXT'
quoted marks_alone gateway '10:00:%t < TEXT'
quoted word gateway '10:00:%t RX: TEXT'
quoted name learned '2026-02-26 10:00:%t %s: TEXT'
quoted nothing learned '10:00:%t TEXT'
quoted bracket bracket '[2026-11-23 20:37:%t.479] TEXT'
quoted syslog syslog 'Nov  2 10:00:%t gw1 modemd[123]: TEXT'
quoted syslog_with_marks gateway 'Nov  2 10:00:%t gw1 modemd[123]: < TEXT'
quoted modemmanager modemmanager "<dbg> [16042824%t.123456] [tty%s/at] <-- '<CR><LF>TEXT<CR><LF>'"
quoted qnavigator qnavigator '[2019-01-31 02:58:%t:462_R:] TEXT'
quoted sscom sscom '[15:37:%t.116]收←◆TEXT'
quoted arduino arduino '23:18:%t.916 -> TEXT'
quoted zephyr zephyr '[00:00:%t.811,584] <dbg> modem_rx: TEXT'
quoted esp_idf esp-idf 'I (123%t) modem: TEXT'
quoted particle particle '00000255%t [ncp.at] TRACE: < TEXT'
quoted ril ril '11-02 10:00:%t.123  1234  1250 D RILC    : AT< TEXT'
quoted ofono ofono 'ofonod[123]: Aux: < \\r\\nTEXT\\r\\n'
quoted chat chat 'chat[123]: TEXT^M'
quoted python quoted "< b'\\\\r\\\\nTEXT\\\\r\\\\n'"
quoted jsonl jsonl '{"time":"2020-11-02T10:00:%tZ","modem":"%s","text":"TEXT"}'
quoted logfmt logfmt 'time=2020-11-02T10:00:%tZ level=debug msg="TEXT"'
quoted csv csv '2020-11-02 10:00:%t,rx,"TEXT"'

# The example of each form that has a name is one of it. Of three it is a part of a message, of the last a prefix that no other line shares.
while IFS=$'\t' read -r name example; do
    printf '%s\n' "$example" >log
    case $name in
    socat) expected= ;;
    socat-hex | dump | learned) expected=malformed ;;
    *) expected=start ;;
    esac
    is "example.$name" "$expected" "$("$tool" decode -q --capture "$name" log | jq -r .event)"
done < <("$tool" decode --capture help | awk '/^$/ { exit } NR % 2 == 1 { name = $1 } NR % 2 == 0 { print name "\t" substr($0, 15) }')

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
