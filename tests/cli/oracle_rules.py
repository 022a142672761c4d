# SPDX-License-Identifier: MIT
"""What the sessions of a story are by docs/protocol.md and docs/events.md alone: the rules of oracle.py. They share nothing with the
library."""
# The messages of the procedure in their order, and how far each place in it is: protocol.md, 1.
RANK = {"downloading": 1, "http_end": 2, "update_timeout": 3, "start": 4, "updating": 5, "restore": 6, "resume": 6, "end": 7}
PLACE = {"download": 1, "done": 2, "window": 3, "update": 4, "restore": 6}
# Where each is due.
DUE = {"downloading": ("download",), "http_end": ("download",), "update_timeout": ("done",), "start": ("done", "window"),
       "updating": ("update",), "restore": ("update", "restore"), "resume": ("update", "restore"), "end": ("restore",)}
LEADS = {"downloading": "download", "update_timeout": "window", "start": "update", "updating": "update",
         "restore": "restore", "resume": "restore", "end": "end"}
DURATION = {"download": "downloading_s", "update": "updating_s", "restore": "restore_s"}
COMMANDS = {"set_delay", "query_delay", "accept", "command"}
DAY = 86400
PHASE = {"failed": "download", "done": "delay", "window": "delay", "reported": "report"}


class Attempt:
    def __init__(self, place, problems=()):
        self.place = place
        self.outcome = "in_progress"
        self.problems = set(problems)
        self.fields = {"resumes": 0, "accepted": False}
        self.booted = False  # and the procedure has not gone on yet
        self.idle = False  # and a polling time came since
        self.silent = False  # a polling time came in the download
        self.counts = None  # the phase that the percentage is of
        self.steps = []  # of each message and boot its time, and the phases that it is of
        self.acknowledged = False
        self.resumed = False  # the last message was a resume
        self.begun = set()  # the phases whose first message was seen

    def record(self):
        told = dict(self.fields, outcome=self.outcome, problems=self.problems, phase=PHASE.get(self.place, self.place))
        if self.booted and self.place != "restore":
            told["problems"] = self.problems | {"reboot"}
        for phase in ("download", "update", "restore"):
            places = [i for i, (_, phases) in enumerate(self.steps) if phase in phases]
            times = [time for time, _ in self.steps[places[0]:places[-1] + 1]] if places else [None]
            if None in times:
                continue
            if any(not 0 <= b - a <= DAY for a, b in zip(times, times[1:])):
                told["problems"] = told["problems"] | {"clock_jump"}
            elif phase in self.begun:
                told[DURATION[phase]] = round(times[-1] - times[0], 3)
        return dict(told, problems=sorted(told["problems"]))


class Modem:
    """One modem, message by message."""

    def __init__(self):
        self.attempts = []
        self.power = "unknown"
        self.stopped = False
        self.delay = None
        self.before = None  # text, time and number of the message before
        self.waits = None  # the command whose answer is awaited

    @property
    def now(self):
        return self.attempts[-1] if self.attempts else None

    def under_way(self):
        return self.now is not None and self.now.place in PLACE

    def feed(self, line):
        """line: event, value, text, time (seconds or None), number, tx, unended."""
        event = line["event"]
        if event in ("other", "unknown", "glued", "run_into", "spoken_of") or line["tx"] and event not in COMMANDS:
            return  # what the host sends is not the module's word
        if event in RANK or event in ("http_start", "polling_error", "report_start", "report_end"):
            before, self.before = self.before, (line["text"], line["time"], line["number"])
            if before and before[0] == line["text"]:
                if abs(line["time"] - before[1]) <= 1 if line["time"] is not None else line["number"] == before[2] + 1:
                    if line["unended"]:
                        self.now.problems.add("unended")
                    self.repeat(line)
                    return
            getattr(self, event)(line)
            self.now.resumed = event == "resume"
            if line["unended"]:
                self.now.problems.add("unended")
        else:
            getattr(self, event)(line)
            if event in ("rdy", "app_rdy", "polling_time", "accept", "malformed", "cut"):
                self.before = None

    def repeat(self, line):
        """A repeat is no message of its own, but the phase takes that long."""
        phase = {"downloading": "download", "http_start": "download", "updating": "update", "start": "update",
                 "restore": "restore", "resume": "restore"}.get(line["event"])
        self.step(line, *([phase] if phase else []))

    # How an attempt goes on, and begins: events.md, Sessions.
    def begin(self, place, first):
        """An attempt, with its first message or without."""
        old = self.now
        problems = set() if first else {"missing_start"} | ({"out_of_order"} if old else set())
        if self.under_way() and old.outcome == "in_progress":
            if old.place == "download":
                old.outcome = "download_lost"
            else:
                self.lose_end()
        self.attempts.append(Attempt(place, problems))

    def lose_end(self):
        self.now.outcome = "unknown"
        self.now.problems.add("missing_end")

    def goes_on(self, event, value):
        """Does the attempt go on with that? None: no; else whether it is due there."""
        now = self.now
        if now is None or now.place in ("polling", "reboot", "report", "reported"):
            return None
        if now.place in ("failed", "end"):
            return False if event == {"failed": "http_end", "end": "end"}[now.place] else None
        if now.booted and (now.place == "download" or event == "http_end") or RANK[event] < PLACE[now.place]:
            return None
        if now.booted and now.place == "restore":
            return event == "resume" and not now.idle
        if now.booted and now.place == "update":
            if now.idle:
                return False if event == "resume" else None
            if event == "start":
                return None
        if now.booted and event == "update_timeout":
            return True
        return now.place in DUE[event] or now.place == "update" and event == "end" and value != 0

    def procedure(self, line):
        """Brings the attempt to a message of the procedure. Returns the place before, or None."""
        event, now = line["event"], self.now
        due = self.goes_on(event, line["value"])
        if due is None:
            self.begin(LEADS.get(event), False)
            was = None
        else:
            was = now.place
            if not due:
                now.problems.add("out_of_order")
            if now.booted:
                now.counts = None
                if was != "restore" and event != "resume":
                    now.problems.add("reboot")
            now.booted = now.idle = now.silent = False
            now.outcome = "in_progress"
            now.place = LEADS.get(event, was)
        if event == "start":
            self.now.counts = None
            self.now.fields.pop("percent", None)
        return was

    def percent(self, phase, value):
        now = self.now
        if not 0 <= value <= 100:
            if now.counts != phase:
                now.fields.pop("percent", None)
            now.counts = phase
            return
        if now.counts == phase and value < now.fields.get("percent", 0):
            now.problems.add("percent_back")
        now.counts, now.fields["percent"] = phase, value

    # Durations: events.md, Sessions.
    def step(self, line, *phases, first=None):
        self.now.steps.append((line["time"], phases))
        if first:
            self.now.begun.add(first)

    def http_start(self, line):
        self.begin("download", True)
        self.power = "ends_process"
        self.step(line, "download", first="download")

    def downloading(self, line):
        self.procedure(line)
        self.power = "ends_process"
        self.percent("download", line["value"])
        self.step(line, "download")

    def http_end(self, line):
        self.step_in("download", self.procedure(line), line)
        self.now.fields["http_code"] = line["value"]
        self.now.place = "failed" if line["value"] else "done"
        self.now.outcome = "download_failed" if line["value"] else "in_progress"
        self.power = "safe" if line["value"] else "forbidden"

    def step_in(self, phase, was, line):
        self.step(line, *([phase] if was == phase else []))

    def update_timeout(self, line):
        self.step_in("none", self.procedure(line), line)
        self.power = "forbidden"
        if self.delay not in (None, line["value"]):
            self.now.problems.add("delay_differs")
        self.delay = self.now.fields["delay"] = line["value"]
        self.now.acknowledged = False
        self.waits = None

    def start(self, line):
        straight = self.now is not None and not self.now.booted
        was = self.procedure(line)
        self.power = "rolls_back"
        if was == "done" and straight:
            self.now.fields["delay"] = 0
        self.step(line, "update", first=None if was == "update" else "update")

    def updating(self, line):
        self.procedure(line)
        self.power = "rolls_back"
        self.percent("update", line["value"])
        self.step(line, "update")

    def restore(self, line):
        was = self.procedure(line)
        self.power = "forces_update"
        self.percent("restore", line["value"])
        if was == "update":
            self.step(line, "update", "restore", first="restore")
        else:
            self.step(line, "restore")

    def resume(self, line):
        self.procedure(line)
        self.power = "forces_update"
        self.now.fields["resumes"] += 1
        self.now.counts = None
        self.now.fields.pop("percent", None)
        self.step(line, "restore")

    def end(self, line):
        self.step_in("restore", self.procedure(line), line)
        self.power = "safe"
        self.now.fields["update_code"] = line["value"]
        self.now.outcome = "update_failed" if line["value"] else "updated"

    def rdy(self, line):
        self.waits = None
        now = self.now
        if self.power != "safe":
            self.power = "unknown"
        if now is None:
            return
        if now.place == "end":
            now.place = "reboot"
            self.step(line)
        elif self.under_way() and not now.booted:
            now.booted, now.silent = True, False
            now.outcome = {"update": "rolled_back", "restore": "interrupted"}.get(now.place, "download_lost")
            self.step(line)

    def app_rdy(self, line):
        self.waits = None
        if not self.now or not self.now.resumed:  # else it belongs to the boot that the module resumed behind
            self.rdy(line)

    def report(self, line, place):
        now = self.now
        self.power = "safe"
        if now is None or now.place == "polling":
            self.begin(place, False)
            self.lose_end()
        elif self.under_way():
            if now.place == "restore" or not now.booted and not now.silent:
                self.lose_end()
                if not now.booted:
                    now.problems.add("out_of_order")
            elif now.booted:
                now.problems.add("reboot")
            now.booted = False
        self.now.place = place
        self.step(line)

    def report_start(self, line):
        self.report(line, "report")

    def report_end(self, line):
        was = self.now and self.now.place
        self.report(line, "reported")
        self.now.fields["report_code"] = line["value"]
        if was not in (None, "report", "polling"):
            self.now.problems.add("out_of_order")

    # Polling: protocol.md, 1 and 4.2.
    def polling_time(self, _):
        self.stopped = False
        if not self.under_way():
            self.power = "safe"
        elif self.now.booted:
            self.power = "safe"
            self.now.idle = True
        elif self.now.place == "download":
            self.now.outcome = "download_lost"
            self.now.silent = True

    def polling_error(self, line):
        self.begin("polling", True)
        self.now.fields["poll_code"] = line["value"]
        self.now.outcome = "poll_failed"
        self.power = "safe"
        self.stopped = {-1: False, -2: True, -3: False, -4: True}.get(line["value"], self.stopped)
        self.step(line)

    # The host's side: protocol.md, 3.
    def command(self, _):
        self.waits = None

    query_delay = command

    def set_delay(self, line):
        self.waits = "set_delay"
        self.delay = line["value"]

    def delay_told(self, line):
        self.delay = line["value"]
        if self.waits == "set_delay":
            self.waits = None

    def accept(self, _):
        now = self.now
        self.waits = None
        if now is not None and (now.place != "window" or now.booted):
            now.problems.add("accept_misplaced")
        elif now is not None and not now.acknowledged:
            now.fields["accepted"] = True
            self.waits = "accept"

    def ok(self, _):
        if self.waits == "accept":
            self.now.acknowledged = True
        self.waits = None

    def error(self, _):
        if self.waits == "accept":
            self.now.fields["accepted"] = False
            self.now.problems.add("accept_refused")
        elif self.waits == "set_delay":
            self.delay = None
        self.waits = None

    cme = error

    def malformed(self, line):
        if self.now:
            self.now.problems.add("malformed")
            if line["unended"]:
                self.now.problems.add("unended")

    cut = malformed

    def record(self):
        told = {"power": self.power, "polling_stopped": self.stopped, "attempts": len(self.attempts),
                "updated": sum(a.outcome == "updated" for a in self.attempts)}
        if self.attempts:
            told["outcome"] = self.now.outcome
        if self.delay is not None:
            told["delay"] = self.delay
        return told
