#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The sessions of random stories, told a second time: oracle.py SBFOTA [--seed N] [--count N]

Each story is one modem's: the update as the manual has it (clean), the same with boots, lost and repeated lines, leaps of
the clock and the like in it (unclean), and a few events in any order (anything). What `sessions` and `modems` say of it is
held against the rules of oracle_rules.py, which stand on docs/protocol.md and docs/events.md alone.
Each kind of difference is told with a short story that shows it.

Not modelled: which mark is the host's where the log leaves that in doubt (`marked`), a delay or percentage of more than 32
bits, and what is learned of a log's form, which `--capture` settles here.
"""
import argparse
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile

from oracle_rules import COMMANDS, Modem

Q = '+QIND: "SBFOTA",'
# Stories

TEXTS = {
    "polling_time": Q + '"polling_time",%d', "polling_error": Q + '"POLLING",%d', "http_start": Q + '"HTTPSTART"',
    "downloading": Q + '"DOWNLOADING",%d%%', "http_end": Q + '"HTTPEND",%d', "update_timeout": Q + '"UPDATE_TIMEOUT",%d',
    "start": Q + '"START"', "updating": Q + '"UPDATING",%d%%', "restore": Q + '"RESTORE",%d%%', "end": Q + '"END",%d',
    "resume": Q + '"Last update was not finished, continue update"', "report_start": Q + '"report_result","start"',
    "report_end": Q + '"report_result","end",%d', "rdy": "RDY", "app_rdy": "APP RDY", "ok": "OK", "error": "ERROR",
    "delay_told": '+QCFGEXT: "sbfota_delay",%d', "set_delay": 'AT+QCFGEXT="sbfota_delay",%d',
    "query_delay": 'AT+QCFGEXT="sbfota_delay"', "accept": 'AT+QCFGEXT="sbfota_accept",1', "command": "AT+CSQ",
    "other": "+CSQ: 20,99", "malformed": Q + '"END",0,1', "cme": "+CME ERROR: 3",
    "cut": Q + '"HTTPEND",', "unknown": Q + '"NEXT",1', "glued": "+CMT: x" + Q + '"START"',
    "run_into": "x" + Q + '"START"', "spoken_of": "hello " + Q + '"START"',
}
PLAIN = {"downloading", "http_end", "updating", "restore", "end", "report_end"}  # a blank changes nothing but the spelling
VALUES = {
    "polling_time": (407, 1220654), "polling_error": (-1, -2, -3, -4, -9), "downloading": range(0, 103, 3),
    "http_end": (0, 0, 0, 701, 802, 709), "update_timeout": (10, 30, 60), "updating": range(0, 103, 3),
    "restore": range(0, 103, 3), "end": (0, 0, 504, 510, 599), "report_end": (0, 701, 802), "delay_told": (10, 30),
    "set_delay": (0, 10, 30),
}


def make(event, value=None, wait=5.0, tx=None):
    return {"event": event, "value": value, "wait": wait, "tx": event in COMMANDS if tx is None else tx, "odd": False}


def random_event(rng):
    event = rng.choice(list(TEXTS))
    return make(event, rng.choice(VALUES[event]) if event in VALUES else None, rng.choice((0.5, 2, 5, 60, 600)))


def climb(rng, event):
    return [make(event, p, rng.uniform(1, 90)) for p in sorted(rng.sample(range(101), rng.randint(0, 4)))]


def attempt(rng):
    """One attempt as the manual has it: protocol.md, 1."""
    story, kind = [], rng.choice(("poll", "server", "lost", "rolled", "failed", "resumed", "good", "good", "good"))
    if kind == "poll":
        return [make("polling_error", rng.choice((-1, -2, -3, -4)))]
    boot, timer = [make("rdy", None, 30), make("app_rdy")], [make("polling_time", 1220654)]
    story += [make("http_start", None, 3000)] + climb(rng, "downloading")
    if kind == "lost":
        return story + boot + timer
    if kind == "server":
        return story + [make("http_end", rng.choice((701, 704, 802)))]
    story.append(make("http_end", 0))
    if rng.random() < 0.6:
        story.append(make("update_timeout", 30))
        if rng.random() < 0.5:
            story += [make("accept"), make("ok")]
    story += [make("start", None, 20)] + climb(rng, "updating")
    if kind == "rolled":
        return story + boot + timer
    if kind == "failed" and rng.random() < 0.5:
        return story + [make("end", rng.choice((504, 506, 511)))]
    story += [make("restore", rng.randint(0, 9))]
    if kind == "resumed":
        story += boot + [make("resume")]
    story += [make("restore", p) for p in (40, 100)] + [make("end", 510 if kind == "failed" else 0)]
    return story + boot + [make("report_start"), make("report_end", 0)] + timer


def clean(rng):
    story = [make("rdy"), make("app_rdy"), make("polling_time", 407)]
    for _ in range(rng.randint(1, 3)):
        story += attempt(rng)
    return story if rng.random() < 0.6 else story[:rng.randint(1, len(story))]


def unclean(rng):
    story = clean(rng)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(story) + 1)
        what = rng.randrange(9)
        if what == 0:
            story[at:at] = [make("rdy", None, 20)] + [make("app_rdy")] * rng.randint(0, 1)
        elif what == 1 and at < len(story):
            odd = story[at]["event"] in PLAIN and rng.random() < 0.3
            story.insert(at, dict(story[at], wait=rng.choice((0.2, 0.9, 1.5, 30)), odd=odd))
        elif what == 2 and at < len(story) > 1:
            del story[at:at + rng.randint(1, 3)]
        elif what == 3 and at < len(story):
            story.insert(rng.randrange(len(story)), story.pop(at))
        elif what == 4:
            story[at:at] = [make("accept"), make(rng.choice(("ok", "error", "command", "rdy", "other"))), make("error")]
        elif what == 5 and at < len(story):
            story[at] = dict(story[at], wait=rng.choice((-3600, -1e6, 86399, 90000, 1e6)))
        elif what == 6:
            story.insert(at, dict(random_event(rng), tx=True))
        elif what == 7:
            story.insert(at, random_event(rng))
        else:
            story[at:at] = [make("set_delay", rng.choice((10, 30))), make(rng.choice(("ok", "error")))]
    return story or [make("rdy")]


def anything(rng):
    return [random_event(rng) for _ in range(rng.randint(1, 7))]


def marked(story):
    """Which mark is the host's is learned from what bears it: not modelled where the module says little under its own."""
    own = sum(not line["tx"] and line["event"] in VALUES for line in story)
    return story if own > 4 else [dict(line, tx=line["event"] in COMMANDS) for line in story]


def text_of(line):
    text = TEXTS[line["event"]]
    text = text % line["value"] if "%d" in text else text
    return text.replace(",", ", ") if line["odd"] else text


START = datetime.datetime(2026, 2, 26, 10, tzinfo=datetime.timezone.utc)


def spell(story, form, unended, name):
    """A story as lines of a log, and as the rules see it."""
    out, seen, now = [], [], 0
    for number, line in enumerate(story):
        now = round(now + line["wait"], 0 if form == "year" else 3)
        stamp = START + datetime.timedelta(seconds=now)
        when = stamp.strftime("%b %e %H:%M:%S" if form == "year" else "%Y-%m-%dT%H:%M:%S.%fZ")
        text = text_of(line)
        out.append(text + "\r\n" if form == "raw" else "%s %s %s %s\n" % (when, name, "<>"[line["tx"]], text))
        seen.append(dict(line, text=text, time=None if form == "raw" else now, number=number, unended=False,
                         tx=line["tx"] and form != "raw" or line["event"] in COMMANDS))
    if unended:
        out[-1] = out[-1].rstrip()
        seen[-1]["unended"] = True
    return out, seen, now


def save(path, lines, now):
    with open(path, "w", newline="", encoding="ascii") as log:
        log.write("".join(lines))
    stamp = (START + datetime.timedelta(seconds=now)).timestamp()
    os.utime(path, (stamp, stamp))  # of times without a year, the file's own tells it


def judge(seen):
    modem = Modem()
    for line in seen:
        modem.feed(line)
    return [a.record() for a in modem.attempts], modem.record()


ATTEMPT = ("outcome", "phase", "percent", "problems", "accepted", "resumes", "downloading_s", "updating_s", "restore_s",
           "poll_code", "http_code", "update_code", "report_code", "delay")
MODEM = ("power", "polling_stopped", "attempts", "updated", "outcome", "delay")


def ask(tool, folder, stories):
    """The differences of each story, a list of texts; and how many attempts there are."""
    rng, expected, told, files = random.Random(len(stories)), {}, {}, {"raw": [], "gateway": []}
    shared = []  # lines of several modems, one log
    for number, (story, form, unended) in enumerate(stories):
        name = "s%d" % number
        lines, seen, now = spell(story, form, unended, name)
        expected[name], told[name] = judge(seen), ([], [])
        if form == "shared":
            shared.append(lines)
            continue
        save(os.path.join(folder, name + ".log"), lines, now)
        files["raw" if form == "raw" else "gateway"].append(name + ".log")
    if shared:
        turns = [i for i, lines in enumerate(shared) for _ in lines]
        rng.shuffle(turns)
        save(os.path.join(folder, "shared.log"), [shared[i].pop(0) for i in turns], 0)
        files["gateway"].append("shared.log")
    for place, command in enumerate(("sessions", "modems")):
        for form, logs in files.items():
            run = subprocess.run([tool, command, "-q", "-f", "jsonl", "--as-named", "--capture", form] + logs, cwd=folder,
                                 stdin=subprocess.DEVNULL, capture_output=True, check=False)
            for record in map(json.loads, run.stdout.splitlines()):
                name = record.get("modem") or record["file"][:-4]
                told[name][place].append(record)
    differences = []
    for name in expected:
        (attempts, modem), (got, modems) = expected[name], told[name]
        found = []
        if len(attempts) != len(got):
            found.append("attempts: %s, told %s" % ([a["outcome"] for a in attempts], [g["outcome"] for g in got]))
        for number, (want, have) in enumerate(zip(attempts, got)):
            for key in ATTEMPT:
                there = sorted(have[key]) if key == "problems" else have.get(key)
                if want.get(key) != there:
                    found.append("%d %s: %s, told %s" % (number, key, want.get(key), there))
        for have in modems:
            found += ["modem %s: %s, told %s" % (key, modem.get(key), have.get(key))
                      for key in MODEM if modem.get(key) != have.get(key)]
        differences.append(found)
    return differences, sum(len(a) for a, _ in expected.values())


def kind_of(difference):
    return re.sub(r"\b\d+(\.\d+)?\b", "#", difference.split(" ", 1)[1] if difference[0].isdigit() else difference)


def shorten(tool, folder, case, kind):
    story, form, unended = case
    while len(story) > 1:
        tries = [(story[:i] + story[i + 1:], form, unended) for i in range(len(story))]
        results, _ = ask(tool, folder, tries)
        for (shorter, _, _), found in zip(tries, results):
            if any(kind_of(d) == kind for d in found):
                story = shorter
                break
        else:
            break
    return story


def main():
    options = argparse.ArgumentParser()
    options.add_argument("tool")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=600, help="stories of each kind")
    options.add_argument("--show", type=int, default=20, help="differences that are shown, one of each kind")
    options = options.parse_args()
    tool, failed = os.path.abspath(options.tool), 0
    with tempfile.TemporaryDirectory() as folder:
        for make_story in (clean, unclean, anything):
            kinds, attempts, differing = {}, 0, 0
            for first in range(0, options.count, 200):
                rng = random.Random("%d %s %d" % (options.seed, make_story.__name__, first))
                cases = []
                for _ in range(min(200, options.count - first)):
                    form = rng.choice(("gateway", "shared", "year", "raw"))
                    cases.append((marked(make_story(rng)), form, form != "shared" and rng.random() < 0.1))
                found, number = ask(tool, folder, cases)
                attempts += number
                for case, differences in zip(cases, found):
                    differing += bool(differences)
                    for difference in differences:
                        kinds.setdefault(kind_of(difference), [0, case])[0] += 1
            print("%s: %d stories, %d attempts, %d stories that differ" %
                  (make_story.__name__, options.count, attempts, differing))
            failed += differing
            for kind, (times, case) in sorted(kinds.items(), key=lambda item: -item[1][0])[:options.show]:
                print("  %d times %s" % (times, kind))
                for line in shorten(tool, folder, case, kind):
                    print("      %+g %s%s" % (line["wait"], "> " if line["tx"] else "", text_of(line)))
                print("      form %s%s" % (case[1], ", unended" if case[2] else ""))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
