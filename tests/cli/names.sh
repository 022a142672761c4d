#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Who is said to speak in a log, and to whom, by what stands before its texts: names.sh SBFOTA. Two modems are updated; where a pattern
# has a name, each of them has one.
tool=$(readlink -f "${1:?usage: names.sh SBFOTA}")
. "$(dirname "$0")/common.sh"

# story PATTERN RX TX ONE OTHER: a log. In the pattern, %m is the modem's name, %d a mark, %t a time, %n a number that varies, %s a text.
story() {
    local pattern=$1 side name text line number=0
    while read -r side name text; do
        number=$((number + 1))
        line=${pattern//%t/10:00:$((number + 10))}
        line=${line//%n/$((number * 7 % 50 + 3))}
        line=${line//%d/$([ "$side" = tx ] && echo "$3" || echo "$2")}
        line=${line//%m/$([ "$name" = one ] && echo "$4" || echo "$5")}
        echo "${line//%s/${text/#Q,/+QIND: \"SBFOTA\",}}"
    done <<'END'
rx one Q,"START"
rx one Q,"UPDATING",5%
rx other RDY
rx other Q,"HTTPSTART"
rx one Q,"UPDATING",75%
tx other AT+QCFGEXT="sbfota_accept",1
rx other OK
rx other Q,"DOWNLOADING",7%
rx one Q,"RESTORE",50%
rx one Q,"END",0
rx other Q,"HTTPEND",0
rx one RDY
END
}
# counts FIELD: how often each value comes
counts() { jq -r ".$1 // \"-\"" got | LC_ALL=C sort | uniq -c | awk '{ print $2 ":" $1 }' | paste -sd' '; }

# Words, numbers and letters that name the modem, also in the one command of a log and the answer to it.
while IFS='|' read -r pattern one other expected; do
    expected=${expected:-$one:6 $other:6}
    story "$pattern" rx tx "$one" "$other" >log
    "$tool" decode -q log >got
    is "name: $pattern, $one" "$expected" "$(counts modem)"
    [[ $pattern != *%d* ]] || is "side: $pattern, $one" 'rx:11 tx:1' "$(counts dir)"
    is "events: $pattern, $one" 12 "$(wc -l <got)"
done <<'END'
%t modem=%m %d %s|m1|m2|
%t dev=%m %d %s|m1|m2|
%t [modem=%m] %d: %s|m1|m2|
%t unit-%m/%d: %s|1|2|unit-1:6 unit-2:6
%t modem=%m [g%n] %d %s|m1|m2|
%t modem=%m t%n %s|m1|m2|
%t modem=%m %d %s|1|2|
%t modem=%m %d %s|A|B|
%t Modem %m: %d %s|1|2|
%t Modem %m: %d %s|A|B|
Modem %m: [%t] %d %s|A|B|
%t [modem #%m] %d %s|1|2|
%t modem#%m %d %s|1|2|
%t port %m: %s|1|2|
%t (slot %m) %s|1|2|
%t slot[%m] %d %s|1|2|
%t modem[%m] %d %s|8121|8122|-:12
%t step %m: %d %s|1|2|-:12
%t modem=%m %d %s|m1|m1|m1:12
%t imei=%m %s|866425030000001|866425030000001|866425030000001:12
%t modem %m %s|m1|m1|-:12
%t gw%m modem=x%m %d %s|1|2|x1:6 x2:6
END

# Columns without a heading, likewise; not those of levels, counts and dates.
while IFS='|' read -r pattern one other expected; do
    story "${pattern//!/|}" rx tx "$one" "$other" >log
    "$tool" decode -q log >got
    is "column: $pattern, $one" "${expected:-$one:6 $other:6}" "$(counts modem)"
    is "column.events: $pattern, $one" 12 "$(wc -l <got)"
done <<'END'
%t,%m,%d,%s|m1|m2|
%t;%m;%d;%s|m1|m2|
%t!%m!%d!%s|m1|m2|
%m,%t,%d,%s|m1|m2|
%n,%t,INFO,%m,%d,%s|m1|m2|
%t,%m,%s|/dev/ttyUSB1|/dev/ttyUSB2|
%t,%m,%d,%s|866425030000001|866425030000002|
%t,%m,%d,%s|1|2|-:12
%t,%m,%d,%s|info|debug|-:12
02.11.2026,%t,%d,%s|||-:12
END
story '%t,%m,%d,%s' rx tx m1 m2 >log
is column.none_wanted '-:12' "$("$tool" decode -q --modem-token 0 log >got; counts modem)"
is column.named_form 'm1:6 m2:6' "$("$tool" decode -q --capture csv log >got; counts modem)"

# Marks that other words part from the texts, where both sides have them and are right; and words behind marks which come again.
while IFS='|' read -r pattern rx tx expected; do
    story "$pattern" "$rx" "$tx" m m >log
    "$tool" decode -q log >got
    is "apart: $pattern, $rx" "${expected:-rx:11 tx:1}" "$(counts dir)"
    is "apart.events: $pattern, $rx" 12 "$(wc -l <got)"
done <<'END'
%t %d %n bytes: %s|RX|TX|
%t %d %n bytes: %s|recv|send|
%t uart %d len=%n data=%s|rx|tx|
%t %d on ttyUSB2: %s|RX|TX|
%t %d from here: %s|<|>|
%t %d received %s|<|<|-:12
%t %d data %s|<-|->|
%t %d task: %s|tx|tx|-:12
%t %d at noon: %s|tx|rx|-:12
END
# The count of ESP-IDF is the time, whatever stands behind the tag.
story 'I (%n) MODEM: %d: %s' RX TX m m >log
is time.esp_idf '12 12' "$("$tool" decode -q log | jq -r 'select(.dir) | .time' | grep -cE '^[0-9]+$') $("$tool" decode -q log | wc -l)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
