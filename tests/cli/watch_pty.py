#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sbfota watch on ptys: watch_pty.py SBFOTA [NAME...]. The peer of each case is a pty that this script plays; where a
board is looked at, the terminal is one too."""
import fcntl
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import termios

from terminals import PATIENCE, TOOL, UPDATE, Modem, Run, check, urc, verdicts

cases = {}


def case(function):
    cases[function.__name__] = function
    return function


def decoded(*options):
    out = subprocess.run([TOOL, "decode", "-f", "jsonl", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         check=False).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


@case
def records_of_a_port():
    modem = Modem("ttyUSB2")
    run = Run("--until", "updated", "ttyUSB2")
    check("port.opens", run.until(lambda: modem.settings()[4] == termios.B115200))
    check("port.does_not_hang_up_while_open", not modem.settings()[2] & termios.HUPCL)
    check("port.speed", modem.settings()[4] == termios.B115200, modem.settings())
    for message in UPDATE:
        modem.say(message)
    modem.say(urc(b'"END",0'))
    check("until.updated", run.ends() == 0, run.errors_said())
    records = run.records()
    events = [record["event"] for record in records if "event" in record]
    check("port.events", events == ["http_start", "downloading", "downloading", "http_end", "update_timeout", "start",
                                    "updating", "restore", "restore", "end"], events)
    check("port.modem_and_direction", all(record["modem"] == "ttyUSB2" for record in records) and
          all(record["dir"] == "rx" for record in records if "event" in record), records[0])
    told = [record["power"] for record in records if record.get("watch") == "power"]
    check("port.power", told == ["ends_process", "forbidden", "rolls_back", "forces_update", "safe"], told)
    check("port.nothing_is_sent_unasked", modem.heard() == b"")


@case
def port_is_left_as_it_was():
    modem = Modem("p1")
    attributes = termios.tcgetattr(modem.slave)
    attributes[3] |= termios.ICANON | termios.ECHO
    attributes[6][termios.VTIME] = b"\x07"
    termios.tcsetattr(modem.slave, termios.TCSANOW, attributes)
    before = modem.settings()
    for name, number in (("sigint", signal.SIGINT), ("sigterm", signal.SIGTERM), ("sighup", signal.SIGHUP), ("sigquit", signal.SIGQUIT)):
        run = Run("-f", "text", "--speed", "921600", "p1")
        check(f"left.{name}.opens", run.until(lambda: modem.settings()[4] == termios.B921600))
        check(f"left.{name}.ends_by_it", run.stop(number) == -number, run.errors_said())
        check(f"left.{name}.port", modem.settings() == before, before, modem.settings())
    run = Run("p1")
    check("left.pipe.opens", run.until(lambda: modem.settings() != before))
    run.process.stdout.close()
    modem.say(urc(b'"HTTPSTART"') + urc(b'"START"'))
    check("left.pipe.ends", run.process.wait(PATIENCE) == -signal.SIGPIPE)
    check("left.pipe.port", modem.settings() == before)


@case
def port_is_ours_alone():
    modem = Modem("p2")
    first = Run("p2")
    check("alone.first_opens", first.until(lambda: modem.settings()[4] == termios.B115200))
    second = Run("p2")
    check("alone.second_is_refused", second.ends() == 2)
    check("alone.one_line", re.fullmatch(r"sbfota: p2: is in use by another program[^\n]*\n", second.errors_said()),
          second.errors_said())
    modem.say(urc(b'"HTTPSTART"'))
    check("alone.first_goes_on", first.says(b"http_start"))
    first.stop()
    third = Run("p2")
    modem.say(urc(b'"START"'))
    check("alone.third_may_again", third.says(b'"start"'))
    third.stop()


@case
def reconnects():
    modem = Modem("p3")
    run = Run("--metrics", "m3.prom", "p3")
    modem.say(urc(b'"polling_time",1000'))
    check("again.first", run.says(b"polling_time"))
    half = b'\r\n+QIND: "SBFOTA","HTTPST'
    modem.say(half)
    count = len(urc(b'"polling_time",1000') + half)
    check("again.half_a_line", run.until(lambda: re.search(rf'^sbfota_received_bytes_total{{modem="p3"}} {count}$', open("m3.prom").read(), re.M)))
    modem.unplug()
    check("again.lost", run.says(b'"watch":"lost"'))
    check("again.cut_line_is_told", run.says(b'"unended"'), run.said)
    check("again.metrics", run.until(lambda: re.search(r'^sbfota_port_up{modem="p3"} 0$', open("m3.prom").read(), re.M)))
    modem.plug()
    check("again.found", run.says(b'"watch":"found"'))
    modem.say(urc(b'"DOWNLOADING",20%'))
    check("again.goes_on", run.says(b'"percent":20'))
    check("again.metrics_too", run.until(lambda: re.search(r'^sbfota_port_up{modem="p3"} 1$', open("m3.prom").read(), re.M)))
    found = [record for record in run.records() if record.get("watch") == "found"]
    check("again.power_is_not_known", found[0]["power"] == "unknown", found)
    run.stop()
    gone = Modem("p4")
    run = Run("--until", "lost", "p4")
    gone.say(urc(b'"HTTPSTART"'))
    check("lost.opens", run.says(b"http_start"))
    gone.unplug()
    check("lost.status", run.ends() == 6, run.said)
    run = Run("--wait", "--until", "http_start", "p4")
    gone.plug()
    gone.say(urc(b'"HTTPSTART"'))
    check("wait.port_that_comes", run.ends() == 0, run.errors_said())


@case
def reconnects_to_a_port_that_somebody_has():
    modem = Modem("p5")
    run = Run("p5")
    modem.say(urc(b'"polling_time",1000'))
    check("taken.first", run.says(b"polling_time"))
    modem.unplug()
    check("taken.lost", run.says(b'"watch":"lost"'))
    other, slave = pty.openpty()
    fcntl.flock(slave, fcntl.LOCK_EX)
    os.symlink(os.ttyname(slave), "p5")
    check("taken.is_told", run.until(lambda: "locked" in run.errors_said()), run.errors_said())
    fcntl.flock(slave, fcntl.LOCK_UN)
    check("taken.found", run.says(b'"watch":"found"'))
    os.write(other, UPDATE[0])
    check("taken.goes_on", run.says(b"http_start"))
    os.unlink("p5")
    os.close(slave)
    os.close(other)
    check("taken.lost_again", run.until(lambda: run.said.count(b'"watch":"lost"') == 2))
    modem.plug()
    check("taken.found_again", run.until(lambda: run.said.count(b'"watch":"found"') == 2))
    run.stop()
    check("taken.session_goes_on", [record["phase"] for record in run.records() if record.get("watch") == "found"] ==
          ["none", "download"], run.said)
    check("taken.is_told_once", run.errors_said().count("\n") == 1, run.errors_said())
    check("taken.power", [record["power"] for record in run.records() if record.get("watch") == "power"] ==
          ["safe", "unknown", "ends_process"], run.said)


@case
def names_of_ports():
    os.makedirs("a", exist_ok=True)
    os.makedirs("b", exist_ok=True)
    long = "usb-" + "x" * 100
    modems = [Modem(path) for path in ("a/tty1", "b/tty1", long + "-if02", long + "-if03")]
    run = Run(*(modem.path for modem in modems))
    for modem in modems:
        modem.say(UPDATE[0])
    check("names", run.until(lambda: run.said.count(b"http_start") == 4))
    run.stop()
    names = {record["modem"] for record in run.records()}
    check("names.differ", names == {"a/tty1", "b/tty1", long + "-if02", long + "-if03"}, names)


@case
def statuses():
    for name, options, said, expected in (
            ("updated", ["--until", "updated,failed"], b"".join(UPDATE) + urc(b'"END",0'), 0),
            ("failed", ["--until", "updated,failed"], b"".join(UPDATE) + urc(b'"END",504'), 4),
            ("download_failed", ["--until", "failed"], urc(b'"HTTPSTART"') + urc(b'"HTTPEND",702'), 4),
            ("rolled_back_and_settled", ["--until", "failed"], b"".join(UPDATE[:7]) + b"\r\nRDY\r\n" + urc(b'"polling_time",9'), 4),
            ("silent", ["--until", "silent", "--limit", "download=1"], urc(b'"HTTPSTART"'), 5),
            ("strict", ["--until", "end", "--strict"], urc(b'"HTTPEND",x') + urc(b'"END",0'), 3),
            ("no_message", ["--until", "rdy"], b"\r\nRDY\r\n", 1)):
        modem = Modem("s-" + name)
        run = Run(*options, modem.path)
        modem.say(said)
        check("status." + name, run.ends() == expected, run.said, run.errors_said())
    modem = Modem("s-interrupted")
    run = Run("--until", "failed,updated", modem.path)
    modem.say(b"".join(UPDATE) + b"\r\nRDY\r\n")
    check("until.a_boot_in_the_restore_is_not_the_end", run.says(b'"watch":"interrupted"'))
    modem.say(urc(b'"Last update was not finished, continue update"') + urc(b'"RESTORE",70%') + urc(b'"END",0'))
    check("until.it_goes_on", run.ends() == 0, run.said)
    a, b = Modem("s-a"), Modem("s-b")
    run = Run("--until", "updated,failed", "s-a", "s-b")
    a.say(b"".join(UPDATE) + urc(b'"END",0'))
    check("several.first", run.says(b'"watch":"updated"'))
    b.say(b"".join(UPDATE) + urc(b'"END",510'))
    check("several.worst_counts", run.ends() == 4, run.said)


@case
def drives_the_module():
    modem = Modem("d1")
    run = Run("--delay", "30", "--accept-when", "test -e go", "d1")
    received = b""

    def answers(command, answer):
        nonlocal received

        def came():
            nonlocal received
            received += modem.heard()
            return command in received
        if not run.until(came):
            return False
        received = received.split(command, 1)[1]
        modem.say(command + answer)
        return True

    ok = b"\r\nOK\r\n"
    check("delay.asks", answers(b'AT+QCFGEXT="sbfota_delay"\r', b'\r\n+QCFGEXT: "sbfota_delay",0\r\n' + ok))
    check("delay.sets", answers(b'AT+QCFGEXT="sbfota_delay",30\r', ok))
    check("delay.verifies", answers(b'AT+QCFGEXT="sbfota_delay"\r', b'\r\n+QCFGEXT: "sbfota_delay",30\r\n' + ok))
    for message in UPDATE[:5]:
        modem.say(message)
    check("accept.window", run.says(b"update_timeout"))
    check("accept.not_before_the_command_succeeds", modem.heard() == b"")
    open("go", "w").close()
    check("accept.sent", answers(b'AT+QCFGEXT="sbfota_accept",1\r', ok), received, run.said, run.errors_said())
    modem.say(UPDATE[5])
    check("accept.starts", run.says(b'"event":"start"'))
    run.stop()
    sent = [record["event"] for record in run.records() if record.get("dir") == "tx"]
    check("sent.is_told", sent == ["query_delay", "set_delay", "query_delay", "accept"], sent)
    mute = Modem("d2")
    run = Run("--delay", "30", "--until", "delay_failed", "d2")
    check("delay.failure_is_told", run.says(b'"watch":"delay_failed"'), run.said)
    run.ends()


@case
def commands_are_no_way_in():
    modem = Modem("c1")
    hostile = b'$(touch pwned) `touch pwned` ; touch pwned \x1b]0;x\x07 "\'\\ \xff\x00'
    script = 'printf "%s|%s|%s|%s\\n" "$SBFOTA_EVENT" "$SBFOTA_MODEM" "$SBFOTA_LINE" "$SBFOTA_VALUE" >>told'
    run = Run("--on", "other,sbfota_unknown", script, "--on", "update_failed", script, "--until", "failed", "c1",
              environment={"SBFOTA_LINE": "of whoever runs us"})
    modem.say(b"\r\n" + hostile + b"\r\n" + urc(b'"$(touch pwned)",1') + b"".join(UPDATE) + urc(b'"END",504'))
    check("on.ends_behind_its_commands", run.ends() == 4, run.errors_said())
    told = open("told", "rb").read()
    check("on.no_shell", not os.path.exists("pwned"), told)
    check("on.values", told.split(b"\n") == [
        b'other|c1|$(touch pwned) `touch pwned` ; touch pwned \\x1b]0;x\\x07 "\'\\ \\xff\\x00|',
        b'sbfota_unknown|c1|+QIND: "SBFOTA","$(touch pwned)",1|',
        b'update_failed|c1|+QIND: "SBFOTA","END",504|504', b""], told)
    gone = Modem("c3")
    run = Run("--on", "lost", script, "--until", "lost", "c3", environment={"SBFOTA_LINE": "of whoever runs us"})
    gone.say(UPDATE[0])
    check("on.lost_begins", run.says(b"http_start"))
    gone.unplug()
    run.ends()
    check("on.no_value_of_another", open("told").read().splitlines()[-1] == "lost|c3||", open("told").read())
    run = Run("--on", "http_start", "exit 7", "--on", "end", "true", "--until", "end", "c1")
    modem.say(UPDATE[0] + urc(b'"END",0'))
    check("on.failure_is_told", run.ends() == 0 and run.errors_said() == "sbfota: --on: exit 7: ended with 7\n", run.errors_said())
    flood = Modem("c2")
    run = Run("--on", "other", "sleep 1", "--until", "http_start", "c2")
    flood.say(b"x\r\n" * 300 + urc(b'"HTTPSTART"'))
    check("on.flood_is_bounded", run.until(lambda: "left out" in run.errors_said()))
    run.stop()
    check("on.flood_is_told_once", run.errors_said().count("\n") == 1, run.errors_said())


@case
def log_is_read_back():
    modem = Modem("l1")
    raw = b"".join(UPDATE[:3]) + b"\r\n\xff\xfe\x00 \xe2\x82\xac \\x41<CR>\"\x1b[31m\x7f&amp;^M\r\n\xe2\x82\r\n+CSQ: 1,2\r\n" + \
        b"".join(UPDATE[3:]) + urc(b'"END",0')
    run = Run("--all", "--log", "l1.log", "--until", "updated", "l1")
    for at in range(0, len(raw), 7):  # torn anywhere
        modem.say(raw[at:at + 7])
        run.pump(0)
    check("log.ends", run.ends() == 0)
    texts = []
    for line in open("l1.log"):
        record = json.loads(line)
        check("log.record", sorted(record) == ["dir", "modem", "text", "time"], line)
        text = record["text"]
        texts.append(bytes(text) if isinstance(text, list) else text.encode())
    check("log.has_each_byte", b"".join(texts) == raw, raw, b"".join(texts))
    subprocess.run(f"'{TOOL}' decode --all -f jsonl l1.log 2>/dev/null | '{TOOL}' encode >back", shell=True, check=True)
    plain = bytes.maketrans(b"", b"")
    check("log.decode_has_each_byte_of_the_lines", open("back", "rb").read().translate(plain, b"\r\n") ==
          raw.translate(plain, b"\r\n"), open("back", "rb").read())
    keep = ("event", "percent", "code", "seconds", "raw", "modem", "dir")
    watched = [{key: record[key] for key in keep if key in record} for record in run.records() if "event" in record]
    again = [{key: record[key] for key in keep if key in record} for record in decoded("--all", "l1.log")]
    check("log.decode_tells_the_same", watched == again, watched, again)
    modem = Modem("l2")
    run = Run("--log", "l2.log", "--log-size", "4096", "--log-keep", "2", "--until", "updated", "l2")
    for number in range(100):
        modem.say(b"\r\nline %d\r\n" % number)
        run.pump(0)
    modem.say(b"".join(UPDATE) + urc(b'"END",0'))
    check("rotation.ends", run.ends() == 0)
    names = sorted(name for name in os.listdir(".") if name.startswith("l2.log"))
    check("rotation.keeps", names == ["l2.log", "l2.log.1", "l2.log.2"], names)
    check("rotation.size", all(os.path.getsize(name) <= 4096 for name in names))
    lines = [record["raw"] for record in decoded("--all", *names) if record["event"] == "other"]
    check("rotation.nothing_lost_between", lines == [f"line {number}" for number in range(100 - len(lines), 100)] and
          len(lines) > 20, lines)
    with open("l2.log", "a") as log:
        log.write('{"time":"2026-')  # a program that was killed
    modem = Modem("l3")
    run = Run("--log", "l2.log", "--until", "http_start", "l3")
    modem.say(UPDATE[0])
    run.ends()
    check("log.begun_record_stays_alone", json.loads(open("l2.log").readlines()[-1])["text"] == '+QIND: "SBFOTA","HTTPSTART"\r\n')
    first = Run("--log", "l4.log", "l3")
    check("log.opens", first.until(lambda: os.path.exists("l4.log")))
    second = Run("--log", "l4.log", "l1")
    check("log.is_ours_alone", second.ends() == 2 and "l4.log" in second.errors_said(), second.errors_said())
    first.stop()


@case
def metrics_are_sound():
    name = 'we"ird\\na\nme\x1b[1m'
    modem = Modem(name)
    run = Run("--metrics", "m.prom", "--until", "updated", name)
    modem.say(b"".join(UPDATE) + urc(b'"HTTPEND",x') + urc(b'"END",0'))
    check("metrics.ends", run.ends() == 0)
    text = open("m.prom").read()
    line = re.compile(r'# (HELP|TYPE) sbfota_[a-z_]+ .+|sbfota_[a-z_]+({[a-z]+="([^"\\\n]|\\[\\"n])*"(,[a-z]+="[a-z_]+")*})? -?[0-9.]+')
    wrong = [each for each in text.splitlines() if not line.fullmatch(each)]
    check("metrics.lines", not wrong, wrong)
    check("metrics.end_in_a_line_feed", text.endswith("\n"))
    label = '{modem="we\\"ird\\\\na\\\\x0ame\\\\x1b[1m"'
    for sample in (f'sbfota_power_safe{label}}} 1', f'sbfota_phase{label},phase="end"}} 1',
                   f'sbfota_outcomes_total{label},outcome="updated"}} 1', f'sbfota_attempts_total{label}}} 1',
                   f'sbfota_malformed_total{label}}} 1', f'sbfota_port_up{label}}} 0'):
        check("metrics." + sample.split("{")[0], sample in text.splitlines(), sample, text)
    check("metrics.nothing_beside", [each for each in os.listdir(".") if each.startswith("m.prom")] == ["m.prom"])
    check("metrics.mode", os.stat("m.prom").st_mode & 0o777 == 0o644)
    documented = set(re.findall(r"`(sbfota_[a-z_]+)", open(os.path.join(SOURCE, "docs/watch.md")).read()))
    written = set(re.findall(r"# TYPE (sbfota_[a-z_]+)", text))
    check("metrics.are_documented", documented == written, documented ^ written)
    try:
        from prometheus_client.parser import text_string_to_metric_families
    except ImportError:
        print("python3-prometheus-client is not there: its parser has not read the metrics")
        return
    families = {family.name: family for family in text_string_to_metric_families(text)}
    check("metrics.prometheus_reads_them", families["sbfota_power_safe"].samples[0].labels["modem"] ==
          'we"ird\\na\\x0ame\\x1b[1m', families["sbfota_power_safe"].samples)


DURATIONS = {"fleet": {"durations": {
    "downloading_s": {"count": 5, "median": 30, "p95": 60, "most": 80},
    "updating_s": {"count": 5, "median": 600, "p95": 700, "most": 800},
    "restore_s": {"count": 5, "median": 100, "p95": 200, "most": 300}}}}


@case
def board():
    with open("durations", "w") as file:
        json.dump(DURATIONS, file)
    for columns in (40, 80, 200):
        modem = Modem(f"b{columns}")
        run = Run("--durations", "durations", modem.path, size=(columns, 24))
        check(f"board.{columns}.begins", run.shows("nothing heard yet"), run.screen.text())
        check(f"board.{columns}.alternate", run.screen.alternate and not run.screen.cursor)
        modem.say(b"".join(UPDATE[:7]))
        check(f"board.{columns}.phase", run.shows(rf"^b{columns}  updating"), run.screen.text())
        check(f"board.{columns}.bar", run.shows(r"#{5,}\.{5,}  50 %"), run.screen.text())
        check(f"board.{columns}.left", run.shows(r"% .* left"), run.screen.text())
        check(f"board.{columns}.power", run.shows("power .*(rolls back|back to its old)"), run.screen.text())
        check(f"board.{columns}.limit", run.shows("limit 5 min 0 s"), run.screen.text())
        check(f"board.{columns}.lines", run.shows('< \\+QIND: "SBFOTA","UPDA'), run.screen.text())
        if columns >= 80:
            check(f"board.{columns}.in_all", run.shows(r", all .* \(95 %: "), run.screen.text())
        modem.say(b"\r\n\x1b]0;title\x07\x1b[2J\x9b31m\xe2\x80\xae" + b"x" * 200 + b"\r\n" + b"y" * 5000 + b"\r\n")
        check(f"board.{columns}.hostile", run.shows(r"\\x1b\]0;title"), run.screen.text())
        check(f"board.{columns}.overlong", run.shows("a line that is too long"), run.screen.text())
        check(f"board.{columns}.nothing_odd", run.screen.odd == [], run.screen.odd)
        check(f"board.{columns}.fits_another_size", run.resize_and_draw({40: 100, 80: 60, 200: 50}[columns], 12, modem),
              run.screen.odd, run.screen.text())
        check(f"board.{columns}.another_size", run.shows(r"limit 5 min 0 s\n"), run.screen.text())
        check(f"board.{columns}.ends_by_signal", run.stop() == -signal.SIGINT)
        check(f"board.{columns}.screen_is_left", not run.screen.alternate and run.screen.cursor)
        check(f"board.{columns}.terminal_is_left", termios.tcgetattr(run.child) == run.before)
        check(f"board.{columns}.says_how_it_stands", run.said.rstrip().splitlines()[-1].startswith(b"\x1b") and
              b"updating" in run.said.rstrip().splitlines()[-1], run.said[-300:])


@case
def board_of_many():
    modems = [Modem(f"n{number}") for number in range(30)]
    run = Run("--bell", *(modem.path for modem in modems), size=(80, 10))
    check("many.rest_is_counted", run.shows("and 22 more"), run.screen.text())
    modems[0].say(b"".join(UPDATE) + urc(b'"END",0'))
    check("many.one_row_each", run.shows(r"n0  ended  updated"), run.screen.text())
    check("many.bell", run.until(lambda: run.screen.bells == 1), run.screen.bells)
    run.resize(80, 200)
    check("many.room_for_panels", run.shows("power    may be cut"), run.screen.text())
    os.write(run.terminal, b"q")
    check("many.key_ends", run.ends() == 0, run.errors_said())
    check("many.terminal_is_left", termios.tcgetattr(run.child) == run.before)
    check("many.nothing_odd", run.screen.odd == [], run.screen.odd)


@case
def board_keeps_error_lines():
    modem = Modem("e1")
    run = Run("--on", "other", "sleep 1", "e1", size=(100, 24), errors_there=True)
    check("errors.begins", run.shows("nothing heard yet"))
    modem.say(b"x\r\n" * 50)
    check("errors.on_the_board", run.shows(r"q ends  sbfota: e1: commands of --on take too long"), run.screen.text())
    check("errors.nothing_odd", run.screen.odd == [], run.screen.odd)
    run.stop()
    check("errors.behind_it", re.search(rb"1049l.*sbfota: e1: commands of --on take too long[^\n]*left out\r\n", run.said, re.S),
          run.said[-500:])


@case
def board_of_any_size():
    modems = [Modem("z1"), Modem("z2")]
    run = Run("z1", "z2", size=(80, 24))
    modems[0].say(b"".join(UPDATE) + "\u3042\u0301\U0001f600\r\n".encode() * 20)
    check("sizes.begins", run.shows("restoring"), run.screen.text())
    for columns, rows in ((3, 1), (2, 2), (7, 3), (20, 4), (39, 11), (80, 12), (300, 100), (1, 1)):
        check(f"sizes.{columns}x{rows}", run.resize_and_draw(columns, rows, modems[1]), run.screen.odd, run.screen.text())
        check(f"sizes.{columns}x{rows}.has_something", run.until(lambda: run.screen.text().strip() != ""))
    run.stop()


@case
def board_leaves_the_terminal():
    modem = Modem("t1")
    run = Run("t1", size=(80, 24))
    check("stop.shown", run.shows("nothing heard yet"))
    run.process.send_signal(signal.SIGTSTP)
    check("stop.stops", run.until(lambda: open(f"/proc/{run.process.pid}/stat").read().rsplit(")", 1)[1].split()[0] == "T"))
    run.pump(0.1)
    check("stop.terminal", termios.tcgetattr(run.child) == run.before and not run.screen.alternate)
    run.process.send_signal(signal.SIGCONT)
    check("stop.goes_on", run.until(lambda: run.screen.alternate) and run.shows("nothing heard yet"))
    before = modem.settings()
    run.process.send_signal(signal.SIGSTOP)  # so that the two come at once
    run.process.send_signal(signal.SIGTERM)
    run.process.send_signal(signal.SIGINT)
    run.process.send_signal(signal.SIGCONT)
    check("signals.two_at_once", run.ends() in (-signal.SIGTERM, -signal.SIGINT))
    check("signals.terminal", termios.tcgetattr(run.child) == run.before and not run.screen.alternate)
    run = Run("t1", size=(80, 24))
    check("quit.shown", run.shows("t1 "))
    check("quit.ends", run.stop(signal.SIGQUIT) == -signal.SIGQUIT)
    check("quit.terminal", termios.tcgetattr(run.child) == run.before and not run.screen.alternate)
    check("quit.port", modem.settings() == before)
    run = Run("t1", size=(80, 24), term="dumb")
    modem.say(UPDATE[0])
    check("dumb.plain_lines", run.says(rb"http_start .*the download over HTTP\(S\) begins"), run.said)
    run.stop()
    check("dumb.no_sequences_but_colours", not re.search(rb"\x1b\[[^m]*[A-Zac-ln-z]", run.said), run.said)
    run = Run("-f", "text", "--color", "never", "t1", size=(80, 24))
    modem.say(b"\r\n+QIND: \"SBFOTA\",\"\x1b[2J\x07\"\r\n")
    check("text.hostile", run.says(rb"\\x1b\[2J"), run.said)
    run.stop()
    check("text.no_controls", b"\x1b" not in run.said and b"\x07" not in run.said, run.said)


@case
def whole_update_of_a_simulated_module():
    """The port is unplugged in the download, the power fails in the restore, and the module goes on."""
    with open("script", "w") as file:
        file.write("on downloading 50% unplug for 60s\non restore 40% power for 20s\n")
    with open("durations", "w") as file:
        json.dump(DURATIONS, file)
    module = subprocess.Popen([TOOL, "simulate", "--link", "module", "--first-poll", "60s", "--speed", "40", "--script", "script",
                               "--truth", "truth"], stdout=subprocess.PIPE)
    module.stdout.readline()  # it is there
    run = Run("--durations", "durations", "--delay", "30", "--accept-when", "true", "--log", "whole.log", "--bell",
              "--until", "updated,failed", "module", size=(80, 24))
    for name, pattern in (("idle", "idle\n  polls again in"), ("downloading", "downloading"), ("unplugged", "no port for"),
                          ("updating", "updating"), ("restoring", "restoring"),
                          ("resumed", '"Last update was not finished, continue update"')):
        check("whole." + name, run.shows(pattern), run.screen.text())
    check("whole.updated", run.ends() == 0, run.screen.text(), run.errors_said())
    check("whole.bells", run.screen.bells == 3, run.screen.bells)  # lost, interrupted, updated
    check("whole.nothing_odd", run.screen.odd == [], run.screen.odd)
    check("whole.left", not run.screen.alternate and termios.tcgetattr(run.child) == run.before)
    module.terminate()
    module.wait(PATIENCE)
    truth = [json.loads(line) for line in open("truth")]
    truth = [record for record in truth if record["record"] == "attempt"][0]
    told = json.loads(subprocess.run([TOOL, "sessions", "-q", "-f", "jsonl", "whole.log"], stdout=subprocess.PIPE, check=True)
                      .stdout.splitlines()[0])
    for key in ("outcome", "resumes", "update_code"):  # what was said while the port was unplugged is not known
        check("whole.log_tells_the_truth." + key, told.get(key) == truth.get(key), told, truth)
    check("whole.log_has_what_was_sent", "set_delay" in
          [record["event"] for record in decoded("whole.log") if record["dir"] == "tx"])


SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
folder = tempfile.mkdtemp()
os.chdir(folder)
for each in sys.argv[2:] or cases:
    cases[each]()
os.chdir("/")
shutil.rmtree(folder)
print(f"{verdicts.count(True)} passed, {verdicts.count(False)} failed")
sys.exit(0 if all(verdicts) else 1)
