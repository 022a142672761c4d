#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Inputs as they come, good and bad: inputs.sh SBFOTA. SBFOTA_SLOW=1 adds cases of gigabytes.
tool=$(readlink -f "${1:?usage: inputs.sh SBFOTA}")
. "$(dirname "$0")/common.sh"
# gives NAME "STATUS RECORDS ERRORS" COMMAND...: its exit status, the lines that it writes and those of errors
gives() {
    local name=$1 expected=$2
    shift 2
    timeout 60 "$@" >given 2>said </dev/null
    local status=$?
    is "$name ($(head -c 300 said))" "$expected" "$status $(wc -l <given) $(wc -l <said)"
}
# events INPUT...: their names
events() {
    "$tool" decode -q "$@" | jq -r .event | paste -sd' '
}
# without_file: JSON Lines without what depends on the file's name
without_file() {
    sed 's/^{"file":"[^"]*",/{/'
}
# log LINES SEED: a gateway's log of interleaved modems, with commands whose answers come later
log() {
    awk -v lines="$1" -v seed="$2" '
        function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        BEGIN { for (i = 0; i < lines; i++) {
            printf "2026-11-23T10:%02d:%02d.%03dZ modem-%d ", i / 60 % 60, i % 60, i % 1000, random(40)
            kind = random(14); end = random(3) ? "\n" : "\r\n"
            if (kind < 2) printf "< +QIND: \"SBFOTA\",\"DOWNLOADING\",%d%%", random(101)
            else if (kind == 2) printf "< +QIND: \"SBFOTA\",\"HTTPEND\",%d", 700 + random(10)
            else if (kind == 3) printf "> AT+QCFGEXT=\"sbfota_delay\""
            else if (kind < 6) printf "< OK"
            else if (kind == 6) printf "< +CME ERROR: %d", random(50)
            else if (kind == 7) printf "< +QIND: \"SBFOTA\",\"%s\",1", random(2) ? "START" : "NEW"
            else printf "< +CREG: 2,1,\"%x\",\"%x\"", random(65536), random(268435456)
            printf "%s", end } }'
}
# torn LINES SEED: a ModemManager's log, whose messages go over several records
torn() {
    awk -v lines="$1" -v seed="$2" '
        function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        BEGIN { for (i = 0; i < lines; i++) {
            modem = random(9)
            if (rest[modem] == "" ) {
                kind = random(5)
                message = "+QIND: \"SBFOTA\",\"UPDATING\"," random(101) "%"
                if (kind == 0) message = "OK"
                if (kind == 1) message = "+CSQ: 1,99"
                if (kind == 2) message = "+QIND: \"SBFOTA\",\"START\""
                rest[modem] = "<CR><LF>" message "<CR><LF>"
                if (kind == 0) printf "<dbg> [%d.%06d] [ttyUSB%d/at] --> \047AT+QCFGEXT=\"sbfota_delay\"<CR>\047\n", 1604282400 + i, i, modem
            }
            # Not within the name of a line end.
            for (cut = 8 + random(30); cut < length(rest[modem]) && substr(rest[modem], cut - 3, 8) ~ /[<>]/; cut++) ;
            printf "<dbg> [%d.%06d] [ttyUSB%d/at] <-- \047%s\047\n", 1604282400 + i, i, modem, substr(rest[modem], 1, cut)
            rest[modem] = substr(rest[modem], cut + 1) } }'
}

Q='+QIND: "SBFOTA"'
B='[2026-11-23 20:37:48.479] '
log 12000 7 >log.txt
"$tool" decode -q log.txt >log.jsonl
records=$(wc -l <log.jsonl)
is log.has_records yes "$([ "$records" -gt 2000 ] && echo yes)"

# Bytes and line ends.
is ends.mixed 'start http_start resume end' \
    "$(printf '%s,"START"\r%s,"HTTPSTART"\n\r\r\n%s, "Last update was not finished, continue update"\r\r\n\n%s,"END",0\r\n' "$Q" "$Q" "$Q" "$Q" | events)"
is ends.none_at_the_end 'start end' "$(printf '%s,"START"\n%s,"END",0' "$Q" "$Q" | events)"
is ends.none_behind_a_prefix 'start end' "$(printf '%s%s,"START"\n%s%s,"END",0' "$B" "$Q" "$B" "$Q" | events)"
for byte in x '\n' '\r' '\000' '\377' '{' '['; do
    printf "$byte" >one
    gives "one_byte.$byte" '1 0 1' "$tool" decode -q one
done
: >empty
gives empty '1 0 1' "$tool" decode -q empty
is empty.stats '1 0 0' "$("$tool" stats -q -f jsonl empty | jq -r '"\(.logs) \(.bytes) \(.lines)"')"
is bytes.odd_between 'start end' "$(printf '\000\000\r\n%s,"START"\r\n\000\377\376\200x\r\n\303\r\n%s,"END",0\r\n' "$Q" "$Q" | events)"
is bytes.odd_behind_a_prefix 'start end' "$(printf '%s%s,"START"\r\n%s\000\377\376\200x\r\n%s%s,"END",0\r\n' "$B" "$Q" "$B" "$B" "$Q" | events)"
is time.going_backwards '2 1 2026-11-23T10:00:01Z 2026-11-23T10:00:02Z' \
    "$(printf '2026-11-23T10:00:0%dZ m < +QIND: "SBFOTA","DOWNLOADING",%d%%\n' 2 2 1 1 >back; "$tool" decode -q back | jq .percent | paste -sd' ') $("$tool" stats -q -f jsonl back | jq -r '.from + " " + .to')"

# UTF-16 and UTF-8 with a mark: over several buffers, at the same lines, two bytes a character.
for ((i = 0; i < 3; i++)); do cat log.txt; done >long.txt
"$tool" decode -q long.txt | without_file >expected
for code in UTF-16LE UTF-16BE; do
    iconv -t $code long.txt >wide
    for input in wide -; do
        is "$code.$input" 0 "$("$tool" decode -q $input <wide | jq -c 'del(.file) | .offset /= 2 | .length /= 2' | cmp -s - expected; echo $?)"
    done
    is "$code.bytes" "$(stat -c %s wide) 0" "$("$tool" stats -q -f jsonl wide | jq .bytes) $(head -c -3 wide >odd; "$tool" stats -q odd >/dev/null; echo $?)"
    printf '\xef\xbb\xbf' | cat - long.txt | iconv -f UTF-8 -t $code >wide
    is "$code.with_mark" 0 "$(cat wide | "$tool" decode -q | jq -c '.offset = .offset / 2 - 1 | .length /= 2' | cmp -s - expected; echo $?)"
done
printf '\xef\xbb\xbf' | cat - log.txt >marked
is UTF-8.with_mark 0 "$("$tool" decode -q marked | jq -c 'del(.file) | .offset -= 3' | cmp -s - <(without_file <log.jsonl); echo $?)"

# Torn messages of interleaved modems.
printf '%s\n' "<dbg> [1604282400.1] [ttyUSB2/at] <-- '<CR><LF>+QIND: \"SBFO'" "<dbg> [1604282400.2] [ttyUSB3/at] <-- '<CR><LF>+QIND: \"SBFOTA\",\"UPDA'" \
    "<dbg> [1604282400.3] [ttyUSB2/at] <-- 'TA\",\"START\"<CR><LF>'" "<dbg> [1604282400.4] [ttyUSB3/at] <-- 'TING\",7%<CR><LF>'" >torn.txt
is torn.two_modems 'ttyUSB2 start 1 ttyUSB3 updating 2' "$("$tool" decode -q torn.txt | jq -r '"\(.modem) \(.event) \(.line)"' | paste -sd' ')"
torn 40000 3 >torn.txt
is torn.nothing_is_lost "$(sed -n "s/.*ttyUSB\(.\).*<-- '\(.*\)'/\1 \2/p" torn.txt | sort -s -k1,1 | cut -c3- | tr -d '\n' | grep -o '"START"<' | wc -l)" "$("$tool" decode -q torn.txt | jq -c 'select(.event == "start")' | wc -l)"

# Long lines: the same from a file and a pipe, and what comes behind them is not lost.
for length in 524287 524288 5000000; do
    for end in '\n' '\r\n' '\r\r\n' '\r'; do
        for prefix in '' "$B"; do
            [ "$prefix" != '' ] && [ "$end" = '\r' ] && continue
            (printf "$prefix%s,\"START\"$end$prefix" "$Q"; head -c $length /dev/zero | tr '\0' x; printf "$end$prefix%s,\"END\",0$end" "$Q") >long
            "$tool" decode -q long | without_file >got
            is "long.$length$end${prefix:+.with_prefix}" "1 start 2 overlong $length 3 end $(stat -c %s long)" \
                "$(jq -r '"\(.line) \(.event) \(select(.event == "overlong") // {} | .length // "")"' got | paste -sd' ' | tr -s ' ' | sed 's/ $//') $("$tool" stats -q -f jsonl long | jq .bytes)"
            is "long.$length$end${prefix:+.with_prefix}.pipe" 0 "$(cat long | "$tool" decode -q | cmp -s - got; echo $?)"
        done
    done
done
# What stands before it in the same line is as long as it is, however much of the line is not kept.
W="<dbg> [1604282400.1] [ttyUSB2/at] <-- '<CR><LF>"
for before in "" "$B" "$W"; do
    end=$([ "$before" = "$W" ] && echo '<CR><LF>' || echo '\r')
    (printf "$before" && printf "%s$end" "$Q,\"START\"" "$Q,\"FAIL\"" "$Q,\"END\"" AT; head -c 3000000 /dev/zero | tr '\0' x; printf "\n") >long
    is "long.behind_messages.$before" 'start 23 sbfota_unknown 22 malformed 21 other 2' \
        "$("$tool" decode -q --all long | jq -r 'select(.event != "overlong") | .event, .length' | paste -sd' ')"
done
big=$((300 * 1024 * 1024))
truncate -s $big sparse
printf '\n%s,"START"\r\n' "$Q" >>sparse
expected="overlong $big start 23"
for all in '' --all; do
    is "huge.file$all" "$expected" "$(limit 300000; "$tool" decode -q -j2 $all sparse | jq -r '.event, .length' | paste -sd' ')"
    is "huge.pipe$all" "$expected" "$(limit 300000; (head -c $big /dev/zero | tr '\0' x; tail -c 26 sparse) | "$tool" decode -q -j2 $all | jq -r '.event, .length' | paste -sd' ')"
done
if [ -n "${SBFOTA_SLOW-}" ]; then
    rm sparse
    truncate -s 4G sparse
    printf '\n%s,"START"\r\n' "$Q" >>sparse
    is huge.over_4_gib 4294967297 "$(limit 300000; "$tool" decode -q -j2 sparse | jq 'select(.event == "start").offset')"
    for ((i = 0; i < 40; i++)); do cat log.txt; done >chunk
    times=$((5 * 1024 * 1024 * 1024 / $(wc -c <chunk) + 1))
    is huge.log_of_5_gib "$(("$("$tool" decode -q log.txt | wc -l)" * 40 * times))" \
        "$(limit 300000; for ((i = 0; i < times; i++)); do cat chunk; done | "$tool" decode -q -j2 | wc -l)"
    rm chunk
fi
rm sparse

# What cannot be read stands among what can.
printf '%s,"START"\r\n' "$Q" >good
mkdir folder
ln -s nowhere dangling
gives unreadable.among_others '2 2 3' "$tool" decode -q good absent folder dangling good
gives unreadable.only '2 0 1' "$tool" decode -q absent
gives unreadable.stats '2 1 1' "$tool" stats -q -f jsonl good absent
is unreadable.lines "absent folder dangling" "$("$tool" decode -q good absent folder dangling 2>&1 >/dev/null | cut -d' ' -f2 | tr -d : | paste -sd' ')"
gives standard_input.closed '2 0 1' sh -c "'$tool' decode -q - <&-"
is standard_error.closed '1 2' "$("$tool" decode -q absent good -o closed.jsonl 2>&-; status=$?; echo "$(wc -l <closed.jsonl) $status")"

# A file that shrinks while it is read: what was there, one line, no crash. The reader waits for its output to be taken.
for ((i = 0; i < 12; i++)); do cat log.txt; done >full.txt
"$tool" decode -q full.txt | without_file >full.jsonl
for threads in 1 4; do
    for size in 0 4096 5000001; do
        cp full.txt shrinking
        { "$tool" decode -q -j $threads shrinking 2>said; echo $? >status; } | (head -c 50000; sleep 0.2; truncate -s $size shrinking; cat) | without_file >got
        is "shrinking.j$threads.$size ($(cat said))" "2 1 0" "$(cat status) $(wc -l <said) $(head -n "$(wc -l <got)" full.jsonl | cmp -s - got; echo $?)"
    done
done
# One that grows is read to where it ends then.
cp full.txt growing
"$tool" decode -q -j1 growing | (head -c 50000; sleep 0.2; cat log.txt >>growing; cat) >got
is growing.is_read_too "$("$tool" decode -q growing | wc -l)" "$(wc -l <got)"
is growing.by_the_log yes "$([ "$(wc -l <got)" -gt $(($(wc -l <full.jsonl) + records - 1)) ] && echo yes)"

# Compressed files and archives, by what is in them.
(without_file <log.jsonl; without_file <log.jsonl) >twice.jsonl
# Those packers that are here.
for packer in 'gz gzip' 'xz xz -1' 'bz2 bzip2 -1' 'zst zstd -q' 'lz4 lz4 -q -B4'; do
    set -- $packer
    command -v "$2" >/dev/null && "${@:2}" -c log.txt >"packed.$1"
done
cp log.txt second.txt
tar cf packed.tar log.txt second.txt
tar czf packed.tgz log.txt second.txt
command -v zip >/dev/null && zip -q packed.zip log.txt second.txt
for kind in gz xz bz2 zst lz4 tar tgz zip; do
    [ -s packed.$kind ] || continue
    mv packed.$kind a.log
    members=1
    case $kind in tar | tgz | zip) members=2 ;; esac
    gives "packed.$kind" "0 $((members * records)) 0" "$tool" decode -q a.log
    is "packed.$kind.content" 0 "$(head -n "$records" given | without_file | cmp -s - <(without_file <log.jsonl); echo $?)"
    is "packed.$kind.pipe" "$((members * records))" "$(cat a.log | "$tool" decode -q | wc -l)"
    [ $members -eq 1 ] || is "packed.$kind.names" 'a.log:log.txt a.log:second.txt' "$(jq -r .file given | uniq | paste -sd' ')"
    # Cut short: some of it, one line, trouble. A tar's padding and a zip's directory are not needed.
    size=$(stat -c %s a.log)
    for length in 6 12 40 300 $((size / 3)) $((size / 2)) $((size - 20)) $((size - 4)) $((size - 1)); do
        [ $kind = tar ] && [ "$length" -lt 300 ] && continue
        [ $kind = tar ] || [ $kind = zip ] && [ "$length" -gt $((size - 100)) ] && continue
        head -c "$length" a.log >cut
        "$tool" decode -q cut >given 2>said
        echo $? >status
        # The last record may be one half of a number.
        without_file <given | sed '$d' >got
        is "cut.$kind.$length ($(cat said))" '2 1 0' \
            "$(cat status) $(wc -l <said) $(cat twice.jsonl | head -n "$(wc -l <got)" | cmp -s - got; echo $?)"
    done
    # All but what the packer's last block holds is there.
    head -c $((size * 9 / 10)) a.log >cut
    is "cut.$kind.gives_most" yes "$([ "$("$tool" decode -q cut 2>/dev/null | wc -l)" -gt $((members * records / 2)) ] && echo yes)"
    # Damaged in the middle.
    cp a.log damaged
    head -c 64 /dev/zero | tr '\0' U | dd of=damaged bs=1 seek=$((size / 2)) conv=notrunc status=none
    [ $kind = tar ] || gives "damaged.$kind" "2 $("$tool" decode -q damaged 2>/dev/null | wc -l) 1" "$tool" decode -q damaged
done
is cut.gz_to_the_last_byte "$("$tool" decode -q <(head -c 20000 log.txt) | wc -l)" \
    "$(head -c 20000 log.txt | gzip -c | head -c -8 >cut; "$tool" decode -q cut 2>/dev/null | wc -l)"
for packer in gzip xz bzip2 'zstd -q' 'lz4 -q'; do
    command -v ${packer% *} >/dev/null || continue
    $packer -c <empty >packed
    gives "packed_empty.${packer% *}" '1 0 1' "$tool" decode -q packed
done
gzip -c log.txt >one.gz
cat one.gz one.gz >two.gz
head -c 512 /dev/zero >>two.gz
twice=$(cat log.txt log.txt | "$tool" decode -q | wc -l)
gives packed.concatenated "0 $twice 0" "$tool" decode -q two.gz
echo x >>two.gz
gives packed.more_behind "2 $twice 1" "$tool" decode -q two.gz
printf 'BZh is how it begins\r\n%s,"START"\r\n' "$Q" >text
gives packed.text_is_none '0 1 0' "$tool" decode -q text
# Zeros are not taken for the end of an archive.
for packer in gzip xz bzip2 'zstd -q' 'lz4 -q'; do
    command -v ${packer% *} >/dev/null || continue
    (head -c 2048 /dev/zero; printf '\n%s,"START"\n' "$Q") | $packer -c >packed
    is "packed.zeros_first.${packer% *}" 'overlong start' "$(events packed)"
    # Where it cannot be read again it is told, or known from the first.
    is "packed.zeros_first.${packer% *}.pipe" yes "$(cat packed | "$tool" decode -q 2>said | jq -r .event | grep -qx start || grep -q 'unpack it' said && echo yes)"
done
(head -c 40000000 /dev/zero; printf '\n%s,"START"\n' "$Q") | gzip -1 >bomb.gz
is bomb.gz start "$(limit 200000; "$tool" decode -q -j2 bomb.gz | jq -r 'select(.event != "overlong").event')"
if [ -n "${SBFOTA_SLOW-}" ]; then
    head -c 10000000000 /dev/zero | gzip -1 >bomb.gz
    is bomb.10_gb 10000000000 "$(limit 200000; "$tool" decode -q -j2 bomb.gz | jq .length)"
fi

# Where it writes.
is pipe.closed_early '1 ' "$(timeout 20 "$tool" decode -q full.txt 2>said | head -1 | wc -l) $(cat said)"
is pipe.closed_early_by_signal 141 "$(set +o pipefail; { "$tool" decode -q full.txt; echo $? >status; } | head -1 >/dev/null; cat status)"
is pipe.closed_early_without_signal '1 ' "$( (trap '' PIPE; timeout 20 "$tool" decode -q full.txt 2>said) | head -1 | wc -l) $(cat said)"
for all in '' --all; do
    is "full.standard_output$all" '2 1' "$("$tool" decode -q $all full.txt 2>said >/dev/full; echo "$? $(wc -l <said)")"
    gives "full.output$all" '2 0 1' "$tool" decode -q $all -o /dev/full full.txt
done
gives full.stats '2 0 1' "$tool" stats -q -o /dev/full full.txt
is full.endless 2 "$( (while printf '%s,"START"\r\n' "$Q"; do :; done) 2>/dev/null | timeout 20 "$tool" decode -q --all 2>/dev/null >/dev/full; echo "${PIPESTATUS[1]}")"
gives output.no_such_folder '2 0 1' "$tool" decode -q -o nowhere/out log.txt
gives output.is_a_folder '2 0 1' "$tool" decode -q -o folder log.txt
echo old >old
"$tool" decode -q -o old log.txt old 2>/dev/null
is output.is_input_and_kept 'old 2' "$(cat old) $("$tool" decode -q -o old log.txt old 2>/dev/null; echo $?)"
(ulimit -f 64; trap '' XFSZ; "$tool" decode -q -o old full.txt 2>said; echo $? >status)
is output.kept_when_failing "old 2 1" "$(cat old status | paste -sd' ') $(wc -l <said)"
# Nothing could be read: what was there stays. If something could, the others are missing, which is said.
echo keep >kept
for command in decode 'decode -f csv' 'sessions -f jsonl' 'stats -f jsonl' encode; do
    for inputs in absent folder 'absent folder' '-r absent'; do
        [ "$command" = encode ] && [ "$inputs" = '-r absent' ] && continue
        "$tool" $command -q -o kept $inputs 2>said
        is "output.kept_if_nothing_can_be_read: $command $inputs" '2 keep yes' "$? $(cat kept) $([ -s said ] && echo yes)"
    done
    [ "$command" != encode ] || continue
    "$tool" $command -q -o kept absent 2>&1 | tail -n 1 >said
    is "output.kept_is_said: $command" 'sbfota: kept: not written, since nothing could be read' "$(cat said)"
done
"$tool" encode -o kept absent 2>/dev/null
is output.kept_by_encode keep "$(cat kept)"
"$tool" decode -q -o new absent 2>/dev/null
is output.none_if_nothing_can_be_read no "$([ -e new ] && echo yes || echo no)"
"$tool" decode -q -o kept absent good 2>/dev/null
is output.of_what_could_be_read '2 start' "$? $(jq -r .event kept)"
"$tool" decode -q -o kept empty 2>/dev/null
is output.of_an_empty_log '1 0' "$? $(stat -c %s kept)"
head -c 100 log.txt | gzip -c | head -c -9 >cut.gz
"$tool" decode -q -o kept cut.gz 2>/dev/null
is output.of_a_damaged_log '2 1' "$? $(wc -l <kept)"
# A file that is replaced keeps its mode; a new one has the usual.
for mode in 640 606 444; do
    echo old >old
    chmod $mode old
    "$tool" decode -q -o old good
    is "output.mode_is_kept.$mode" "$mode" "$(stat -c %a old)"
done
for mask in 022 027 077; do
    rm -f new
    (umask $mask; "$tool" decode -q -o new good)
    is "output.mode_of_a_new_file.$mask" "$(printf %o $((0666 & ~0$mask)))" "$(stat -c %a new)"
done
rm -f old kept new
# The longest name that there may be.
long=$(printf '%0251d.log' 0)
"$tool" decode -q -o "$long" good
is output.name_of_255_bytes '0 start' "$? $(jq -r .event "$long")"
"$tool" encode -o "into.$long" "$long" 2>said
is output.name_too_long '2 1' "$? $(wc -l <said)"
rm -f "$long"
echo old >old
ln -s old link
"$tool" decode -q -o link good
is output.through_a_link 'start symbolic link' "$(jq -r .event old) $(stat -c %F link)"
mkfifo waiting
mkdir into
for signal in INT TERM HUP; do
    # A shell lets what it starts in the background ignore SIGINT; nohup, SIGHUP.
    env --default-signal=INT,TERM,HUP "$tool" decode -q -o into/out waiting &
    exec 4>waiting
    cat log.txt >&4
    sleep 0.1
    kill -$signal $!
    wait $! 2>/dev/null
    echo $? >status
    is "output.removed_by_$signal" "$((128 + $(kill -l $signal))) " "$(cat status) $(ls into)"
    exec 4>&-
done

# Any number of threads gives the same.
cat log.txt torn.txt >both.txt
for input in full.txt torn.txt long.txt both.txt; do
    for options in '-f jsonl' '-f csv' '-f text --raw' '-f jsonl --all'; do
        [ $input = full.txt ] && [ "$options" = '-f jsonl --all' ] && continue
        "$tool" decode -q -j1 $options $input good $input >j1
        for threads in 2 8; do
            is "threads.$threads $options $input" 0 "$("$tool" decode -q -j$threads $options $input good $input | cmp -s - j1; echo $?)"
        done
    done
    "$tool" stats -q -f jsonl -j1 $input good >j1
    is "threads.stats $input" 0 "$("$tool" stats -q -f jsonl -j8 $input good | cmp -s - j1; echo $?)"
done

# The counts of stats are those of decode's records.
"$tool" decode -q log.txt torn.txt good >records
"$tool" stats -q -f jsonl log.txt torn.txt good >counts
is stats.events "$(jq -r .event records | sort | uniq -c | awk '{ print $2 "=" $1 }' | paste -sd' ')" "$(jq -r '.events | to_entries[] | "\(.key)=\(.value)"' counts | sort | paste -sd' ')"
is stats.modems "$(jq -r '.modem // empty' records | sort -u | wc -l)" "$(jq .modems counts)"
is stats.flags "$(jq -r '.flags[]?' records | sort | uniq -c | awk '{ print $2 "=" $1 }' | paste -sd' ')" "$(jq -r '.flags | to_entries[] | "\(.key)=\(.value)"' counts | sort | paste -sd' ')"
is stats.input "3 $(cat log.txt torn.txt good | wc -c) $(cat log.txt torn.txt good | wc -l)" "$(jq -r '"\(.logs) \(.bytes) \(.lines)"' counts)"
is stats.text "$(jq .messages counts)" "$("$tool" stats -q -f text log.txt torn.txt good | awk '$1 == "messages" { print $2; exit }')"
is stats.understood '3 0' "$(printf '%s,"FOO"\n+CME ERROR\n' "$Q" "$Q" "$Q" | sed 's/^.*FOO/+QIND: "SBFOTA","FOO/' >odd; "$tool" stats -q -f jsonl odd | jq -r '"\(.messages) \(.understood)"')"

# The names of files, also of those that are streamed.
printf '%s,"END",0\r\n' "$Q" >other
is names.streamed 'good other good' "$("$tool" decode -q --all -j1 good other good | jq -r .file | paste -sd' ')"

# What is told.
is quiet '' "$("$tool" decode -q log.txt 2>&1 >/dev/null)"
is told.form_that_is_sure '' "$("$tool" decode log.txt log.txt 2>&1 >/dev/null)"
is told.form_of_a_raw_log 'sbfota: log.txt: read as raw' "$("$tool" decode --verbose --capture raw log.txt 2>&1 >/dev/null)"
is told.form_of_each_log 2 "$("$tool" decode --verbose log.txt log.txt 2>&1 >/dev/null | wc -l)"
if script -qec true /dev/null >/dev/null 2>&1; then
    slowly="(for i in 1 2 3 4 5 6 7; do cat good; sleep 0.2; done) | '$tool' decode"
    for option in --capture=raw --quiet --no-progress; do
        script -qec "$slowly $option >/dev/null" /dev/null </dev/null >"terminal$option" &
    done
    wait
    is progress.on_a_terminal yes "$(grep -q 'MB at' terminal--capture=raw && echo yes)"
    is progress.not_if_quiet '' "$(grep 'MB at' terminal--quiet)"
    is progress.not_if_unwanted '' "$(grep 'MB at' terminal--no-progress)"
fi

# Folders.
mkdir -p tree/b/c tree/a
cp good tree/b/c/1.log
cp good tree/a/2.log
cp good tree/3.log
gzip -c good >tree/b/4.gz
ln -s .. tree/b/loop
ln -s ../3.log tree/a/again.log
mkfifo tree/fifo
is folders.order 'tree/3.log tree/a/2.log tree/b/4.gz tree/b/c/1.log' "$(timeout 20 "$tool" decode -q -r tree | jq -r .file | paste -sd' ')"
ln -s tree linked
mkdir -p bare/within
is folders.without_a_file "1 sbfota: bare: skipped: it holds no file to read
sbfota: no SBFOTA message was found: there was nothing to read" "$(said=$("$tool" decode -r bare 2>&1); echo "$? $said")"
is folders.foreign_lines_are_read 'sbfota: no SBFOTA message was found: no line holds one' "$(printf 'hello\n' | "$tool" decode --all 2>&1 >/dev/null | cut -d: -f1-3 | cut -c1-54)"
is folders.link_that_is_named 4 "$(timeout 20 "$tool" decode -q -r linked | wc -l)"
is folders.and_files 5 "$(timeout 20 "$tool" decode -q -r good tree | wc -l)"
gives folders.without_r '2 1 1' "$tool" decode -q good tree
for ((i = 0; i < 2; i++)); do
    gives "folders.output_in_it_$i" "0 0 $((4 + i))" "$tool" decode -q -r -o tree/out.jsonl tree
    is "folders.output_in_it_${i}_records" 4 "$(wc -l <tree/out.jsonl)"
done
timeout 20 "$tool" decode -q -r tree >tree/standard.output
is folders.standard_output_in_it '0 4' "$? $(wc -l <tree/standard.output)"
is folders.output_is_named 'sbfota: tree/out.jsonl: skipped: is the output' "$("$tool" decode -q -r -o tree/out.jsonl tree 2>&1 | grep out.jsonl)"
rm tree/out.jsonl tree/standard.output

# Links are followed, each file is read once, nothing goes round, and what is skipped is named and counted.
mkdir -p elsewhere/sub
cp good elsewhere/sub/far.log
ln -s ../elsewhere tree/outside
ln -s ../../tree elsewhere/sub/back
ln -s . tree/b/here
ln tree/3.log tree/hard.log
ln -s /dev/null tree/device
ln -s loop2 tree/loop1
ln -s loop1 tree/loop2
cp good tree/forbidden.log
chmod 0 tree/forbidden.log
unreadable='sbfota: tree/forbidden.log: cannot be read: Permission denied '
[ "$(id -u)" -ne 0 ] || unreadable=
is folders.links "tree/3.log tree/a/2.log tree/b/4.gz tree/b/c/1.log $([ "$unreadable" ] || echo tree/forbidden.log )tree/outside/sub/far.log" "$(timeout 20 "$tool" decode -q -r tree 2>said | jq -r .file | paste -sd' ' | sed 's/forbidden.log tree/forbidden.logtree/')"
is folders.skipped_are_named "sbfota: tree/a/again.log: skipped: is read already sbfota: tree/b/here: skipped: is read already sbfota: tree/b/loop: skipped: is read already sbfota: tree/device: skipped: a device sbfota: tree/fifo: skipped: a FIFO ${unreadable}sbfota: tree/hard.log: skipped: is read already sbfota: tree/loop1: cannot be read: Too many levels of symbolic links sbfota: tree/loop2: cannot be read: Too many levels of symbolic links sbfota: tree/outside/sub/back: skipped: is read already sbfota: 7 files were skipped, $([ "$unreadable" ] && echo 3 || echo 2) could not be read, or not to their end" "$(paste -sd' ' said)"
is folders.twice '4 1' "$(timeout 20 "$tool" decode -q -r tree/a tree/a tree/3.log tree/3.log 2>said | wc -l) $(grep -c '^sbfota: tree/a: skipped' said)"
ln -s nowhere tree/dangling
gives folders.dangling_link '2 1 1' "$tool" decode -q -r tree/a/2.log tree/dangling
chmod 600 tree/forbidden.log

is folders.no_litter '' "$(find . -name '*.??????' -newer log.txt | grep -v 'jsonl$\|output$')"

# Dates that do not tell day from month are said to be so, unless others of their log do.
printf '02/11/2020 10:00:0%d +QIND: "SBFOTA","START"\n' 1 2 >either
is dates.said 1 "$("$tool" decode -f jsonl either 2>&1 >given | grep -c 'do not tell day from month')"
is dates.as_written '"02/11/2020 10:00:01"' "$(jq .time given | head -1)"
(cat either; printf '13/11/2020 10:00:03 RDY\n') >told
is dates.not_said 0 "$("$tool" decode -f jsonl told 2>&1 >given | grep -c 'do not tell')"
is dates.told '"2020-11-02T10:00:01"' "$(jq .time given | head -1)"
(cat told; printf '11/13/2020 10:00:03 RDY\n') >both
is dates.contradicted '"02/11/2020 10:00:01"' "$("$tool" decode -q -f jsonl both | jq .time | head -1)"

# What a log is, is told by the same bytes of it, whatever pieces it comes in: a line of JSON before it, longer than what is read at once.
(printf '{"a":"'; head -c 130000 /dev/zero | tr '\0' x; printf '"}\n'; printf 'RDY\r\n+QIND: "SBFOTA","START"\r\n') >long
for options in '' --all; do
    # shellcheck disable=SC2086 # nothing, or one option
    "$tool" decode -q $options -f jsonl long | without_file >whole
    # shellcheck disable=SC2086
    is "long_line.pipe.$options" '' "$(cat long | "$tool" decode -q $options -f jsonl | diff whole - | cut -c1-200)"
    # shellcheck disable=SC2086
    is "long_line.pieces.$options" '' "$(dd if=long bs=700 status=none | "$tool" decode -q $options -f jsonl | diff whole - | cut -c1-200)"
done

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
