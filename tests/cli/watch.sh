#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# sbfota watch: watch.sh SBFOTA. What needs a port is in watch_pty.py, and runs behind this.
tool=$(readlink -f "${1:?usage: watch.sh SBFOTA}")
here=$(readlink -f "$(dirname "$0")")
. "$here/common.sh"
Q='+QIND: "SBFOTA"'
# status NAME EXPECTED COMMAND...: its exit status
status() {
    local name=$1 expected=$2
    shift 2
    "$@" >/dev/null 2>&1 </dev/null
    is "$name" "$expected" $?
}
# complains NAME PATTERN COMMAND...: one line on standard error, which fits, and status 2
complains() {
    local name=$1 pattern=$2 said code
    shift 2
    said=$("$@" 2>&1 >/dev/null </dev/null)
    code=$?
    [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] && [[ "$said" =~ $pattern ]] && [ $code -eq 2 ]
    is "$name ($code: $said)" 0 $?
}

# Standard input gives the events that decode gives.
for capture in "$captures"/*.log "$captures"/tools/*raw*; do
    [ -f "$capture" ] || continue
    events='del(.file, .time, .as, .flags)'
    is "same.as_decode.$(basename "$capture")" \
        "$("$tool" decode -q --capture raw -f jsonl --raw "$capture" 2>/dev/null | jq -ac "$events")" \
        "$("$tool" watch --raw - <"$capture" 2>/dev/null | jq -ac "select(.event) | $events")"
done
is same.unended_line 'downloading unended' \
    "$(printf '%s,"DOWNLOADING",1' "$Q" | "$tool" watch - 2>/dev/null | jq -r 'select(.event) | .event + " " + .flags[0]')"

# Exit statuses of standard input.
status input.nothing 1 "$tool" watch -
update="$Q,\"HTTPSTART\"\r\n$Q,\"HTTPEND\",0\r\n$Q,\"START\"\r\n$Q,\"UPDATING\",9%%\r\n"
# ended EXPECTED TEXT [OPTION...]
ended() {
    local expected=$1 text=$2
    shift 2
    # shellcheck disable=SC2059 # the text is the format
    printf "$text" | "$tool" watch "$@" - >/dev/null 2>&1
    is "input.ends_with_$expected.$*" "$expected" $?
}
ended 0 "$update$Q,\"END\",0\r\n"
ended 4 "$update$Q,\"END\",504\r\n"
ended 4 "${update}RDY\r\n"
ended 0 "$update"
ended 3 "$update$Q,\"END\",504\r\n$Q,\"END\",x\r\n" --strict
ended 1 "RDY\r\nOK\r\n"

is input.cannot_be_read '2 sbfota: standard input: cannot be read: Bad file descriptor' "$(said=$("$tool" watch - <&- 2>&1); echo "$? $said")"
is input.is_a_folder '2 sbfota: standard input: cannot be read: Is a directory' "$(said=$("$tool" watch - <. 2>&1); echo "$? $said")"

# A user's mistakes.
complains wrong.no_port 'a port is needed' "$tool" watch
complains wrong.no_such_port 'No such file' "$tool" watch /dev/ttyNONE7
touch file
mkfifo fifo
complains wrong.file 'is no serial port; a file is read with' "$tool" watch file
complains wrong.fifo 'is no serial port' "$tool" watch fifo
complains wrong.device 'is no serial port' "$tool" watch /dev/null
complains wrong.input_twice 'named twice' "$tool" watch - -
complains wrong.port_twice 'named twice' "$tool" watch --wait /dev/ttyNONE7 - /dev/ttyNONE7
complains wrong.send_to_input 'nothing can be sent' "$tool" watch --delay 30 -
complains wrong.delay 'from 0 to 60' "$tool" watch --delay 61 x
complains wrong.log_to_output 'need a file' "$tool" watch --log - x
complains wrong.metrics_to_output 'need a file' "$tool" watch --metrics - x
complains wrong.log_is_metrics 'are both "same"' "$tool" watch --log same --metrics same x
complains wrong.log_is_metrics_by_another_name 'are both "./same"' "$tool" watch --log same --metrics ./same x
complains wrong.durations_are_log 'is what --durations reads' "$tool" watch --durations file --log ./file x
complains wrong.durations_from_port 'is the port' "$tool" watch --durations - -
complains wrong.speed 'no such speed' "$tool" watch --speed 115201 x
complains wrong.event 'did you mean updated' "$tool" watch --until updatd -
complains wrong.empty_event 'no such event' "$tool" watch --until updated, -
complains wrong.on_without_command 'a command is needed' "$tool" watch --on updated
complains wrong.limit 'PHASE=SECONDS' "$tool" watch --limit 300 -
complains wrong.limit_phase 'did you mean update' "$tool" watch --limit updat=3 -
complains wrong.limit_number 'a number' "$tool" watch --limit update=x -
complains wrong.log_size 'bytes' "$tool" watch --log l --log-size 10 -
complains wrong.log_folder 'cannot be written' "$tool" watch --log none/l -
complains wrong.log_device 'is no file' "$tool" watch --log /dev/null -
complains wrong.durations 'has no durations' "$tool" watch --durations file -
complains wrong.durations_missing 'cannot be read' "$tool" watch --durations none -
complains wrong.format 'text, jsonl' "$tool" watch -f csv -
complains wrong.option 'an option of stats, not of watch' "$tool" watch --fleet -
complains wrong.value 'takes no value' "$tool" watch --bell=1 -
complains wrong.color 'auto, always, never' "$tool" watch --color x -
status help 0 "$tool" watch --help
is help.fits '' "$("$tool" watch --help | awk 'length > 100')"

# What is documented is what there is.
doc=$here/../../docs/watch.md
"$tool" watch --limit help | awk 'NF > 2 && $2 ~ /^[0-9]+$/ { print $1, $2 }' >limits
is documented.limits "$(cat limits)" "$(sed -n 's/^| `\([a-z]*\)` | \([0-9]*\) |.*/\1 \2/p' "$doc")"
"$tool" watch --help | grep -oE -- '--[a-z-]+' | grep -v -- '--fleet' | sort -u >options
is documented.options "$(cat options)" \
    "$(sed 's/\\-/-/g' "$here/../../man/sbfota-watch.1" | grep -oE -- '--[a-z-]+' | grep -v -- '--fleet' | sort -u)"

# Durations of a fleet are taken as stats tells them.
"$tool" stats --fleet -q -f jsonl "$captures/fleet/meters.log" >fleet.json
printf '%s,"HTTPSTART"\r\n' "$Q" | "$tool" watch --durations fleet.json --metrics m.prom - >/dev/null 2>&1
is durations.of_stats 1 "$(grep -c '^sbfota_phase_left_seconds{modem="-"} 29\.9' m.prom)"

# What is no file is not replaced by one.
mkfifo pipe
for option in --log --metrics; do
    said=$("$tool" watch $option pipe - </dev/null 2>&1 >/dev/null)
    is "no_file.$option" '2 yes' "$? $([ -p pipe ] && [[ "$said" =~ ^'sbfota: pipe: is no file; '[^$'\n']*$ ]] && echo yes || echo "$said")"
done

# A disk that is full is told once, and what is in the log is whole.
if [ -c /dev/full ]; then
    said=$( (ulimit -f 8; trap '' XFSZ; yes "$Q,\"START\"" | head -2000 | "$tool" watch --log full.log - >/dev/null) 2>&1)
    is log.full_is_told_once 1 "$(printf '%s\n' "$said" | grep -c 'write error')"
    is log.full_holds_whole_records '' "$(jq -c 'select(.text == null)' full.log 2>&1)"
fi

# What is asked of the port: to be ours alone, and DTR only where that is told.
if command -v strace >/dev/null && [ -z "$sanitized" ]; then
    "$tool" simulate --link "$work/traced" --speed 40 --first-poll 60s >simulated &
    module=$!
    until [ -s simulated ]; do sleep 0.05; done
    for dtr in '' '--dtr up' '--dtr down'; do
        # shellcheck disable=SC2086 # a list of words
        strace -o calls -e trace=ioctl,flock "$tool" watch $dtr --limit idle=1 --until silent,polling_time "$work/traced" >/dev/null 2>&1
        is "asks.alone$dtr" 2 "$(grep -cE '^(ioctl.*TIOCEXCL|flock.*LOCK_EX)' calls)"
        is "asks.dtr$dtr" "$dtr" "$(sed -nE 's/.*TIOCMBIS, \[TIOCM_DTR\].*/--dtr up/p; s/.*TIOCMBIC, \[TIOCM_DTR\].*/--dtr down/p' calls)"
        is "asks.no_other_line$dtr" "$([ -z "$dtr" ] && echo 0 || echo 1)" "$(grep -cE 'TIOCM|TCSBRK|TIOCSBRK' calls)"
    done
    kill $module
    wait $module 2>/dev/null
fi

# In a terminal of people's: a whole update, with a port that is unplugged and a power that fails in the restore.
if command -v tmux >/dev/null && [ -z "$sanitized" ]; then
    # The server's socket, of a name that no other run has, and nothing of the user's.
    mux() { tmux -f /dev/null -S "$work/tmux" "$@"; }
    # shows NAME PATTERN: sooner or later
    shows() {
        local tries=0
        until mux capture-pane -p -t watch 2>/dev/null | grep -qE "$2"; do
            tries=$((tries + 1))
            [ $tries -lt 600 ] || break
            sleep 0.05
        done
        [ $tries -lt 600 ]
        is "tmux.$1" 0 $?
    }
    printf 'on downloading 50%% unplug for 60s\non restore 40%% power for 20s\n' >script
    "$tool" simulate --link "$work/module" --first-poll 60s --speed 40 --script script >simulated &
    module=$!
    until [ -s simulated ]; do sleep 0.05; done
    mux new-session -d -s watch -x 80 -y 24 \
        "stty -a >before; '$tool' watch --durations fleet.json --delay 30 --log tmux.log --until updated,failed '$work/module'; echo status \$?; stty -a >after; sleep 60"
    shows downloading '^module  downloading'
    shows unplugged '^module  no port for'
    shows updating '^module  updating'
    shows restoring '^module  restoring'
    shows resumed 'Last update was not finished, continue update'
    shows updated '^module  ended, watched no more  updated'
    shows status '^status 0'
    is tmux.board_is_gone 0 "$(mux capture-pane -p -t watch | grep -c 'power    ')"
    is tmux.cursor_is_back 1 "$(mux display-message -p -t watch '#{cursor_flag}')"
    until [ -s after ]; do sleep 0.05; done
    is tmux.terminal_is_as_it_was "$(cat before)" "$(cat after)"
    is tmux.log_of_it 'updated 1' "$("$tool" sessions -q -f jsonl tmux.log | jq -r '"\(.outcome) \(.resumes)"')"
    mux kill-server
    kill $module
    wait $module 2>/dev/null
else
    echo "tmux is not there, or a sanitizer is: the board has been tried by watch_pty.py alone"
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] || exit 1
if ! python3 -c 'import pty, termios' 2>/dev/null; then
    echo "there is no python3: ports and the board have not been tried"
    exit 77
fi
python3 -B "$here/watch_pty.py" "$tool"
