
/* SPDX-License-Identifier: MIT
 *
 * The list of modems: read from the page's data, searched, filtered, ordered and drawn. All text goes into the page as text
 * (append, textContent), never as HTML. docs/report.md has the layout of the data. */
"use strict";
(() => {
    const PAGE = 50;
    const KEPT = 8; /* attempts of a modem that are drawn, at most */
    const LANE_END = 95; /* percent of a lane's width where its scale ends */

    const data = JSON.parse(document.getElementById("data").textContent);

    const number = (text) => (text ? parseInt(text, 36) : 0);
    const time = (text) => (text ? parseInt(text, 36) : null);

    /* An element with its attributes; children are elements or texts. */
    function fill(element, attributes, children) {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.append(...children);
        return element;
    }
    const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
    const svg = (tag, attributes, ...children) =>
        fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
    const percent = (part) => `${part.toFixed(2)}%`;

    function duration(seconds) {
        const [great, small, step] = seconds < 3600 ? ["min", "s", 60] : seconds < 86400 ? ["h", "min", 3600] : ["d", "h", 86400];
        const rest = Math.floor((seconds % step) / { s: 1, min: 60, h: 3600 }[small]);
        if (seconds < 120) return `${seconds} s`;
        return `${Math.floor(seconds / step)} ${great}${rest > 0 ? ` ${rest} ${small}` : ""}`;
    }
    const date = (seconds) =>
        seconds === null ? "" : new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
    const count = (value, one, several) => `${value.toLocaleString("en")} ${value === 1 ? one : several}`;

    /* What an attempt ended with. */
    function readEnding([outcome, phase, code, text, advice]) {
        const name = data.outcomes[outcome];
        const why = text === undefined ? "" : data.texts[text];
        return {
            outcome: name,
            phase: data.phase_names[phase],
            why: code === null || code === undefined ? why : `${code}: ${why}`,
            advice: advice === undefined ? "" : data.texts[advice],
        };
    }
    const endings = data.endings.map(readEnding);

    /* What an attempt went through: pieces with the seconds at which each begins and ends, and the marks between them. */
    function readTrace(text) {
        const trace = { pieces: [], marks: [], seconds: 0, timed: true, cut: false };
        let phase = "";
        let idle = "";
        for (const [, letter, digits] of text.matchAll(/([?A-Z!+~-])([0-9a-z]*)/g)) {
            const index = data.phases.indexOf(letter);
            if (letter === "~") trace.cut = true;
            if (index >= 0) phase = data.phase_names[index];
            idle = { "-": "silent", "!": "booting" }[letter] || "";
            if (letter === "!" || letter === "+")
                trace.marks.push({ loss: letter === "!", at: trace.seconds, order: trace.pieces.length });
            if (digits === "" && letter !== "~") trace.timed = false;
            const end = trace.seconds + number(digits);
            trace.pieces.push({ phase, idle, from: trace.seconds, to: end, known: digits !== "" });
            trace.seconds = end;
        }
        return trace;
    }

    function readAttempt(text) {
        const [started, ending, letters, share, problems, report] = text.split(",");
        return {
            started: time(started),
            ending: endings[number(ending)],
            trace: readTrace(letters || ""),
            percent: share ? number(share) - 1 : null,
            problems: data.problems.filter((name, bit) => (number(problems) >> bit) & 1),
            report: report || "",
        };
    }

    function readModem([name, flags, sums, attempts], order) {
        const [all, updated, losses, resumes, seen] = sums.split(",");
        return {
            order,
            name: name || "standard input",
            key: name.toLowerCase(),
            stopped: (flags & 2) !== 0,
            attempts: number(all),
            updated: number(updated),
            losses: number(losses),
            resumes: number(resumes),
            seen: time(seen),
            drawn: attempts ? attempts.split(";").map(readAttempt) : [],
        };
    }
    const modems = data.modems.map(readModem);
    const outcomeOf = (modem) => (modem.drawn.length > 0 ? modem.drawn[0].ending.outcome : "no attempt");

    /* Seconds that nineteen of twenty attempts stay within, those that came to an end if there are such; rounded up to what
     * reads well. */
    function chooseScale() {
        const drawn = modems.flatMap((modem) => modem.drawn).filter((attempt) => attempt.trace.timed);
        const ended = drawn.filter((attempt) => attempt.ending.outcome === "updated");
        if (drawn.length === 0) return 0;
        const lengths = (ended.length > 0 ? ended : drawn).map((attempt) => attempt.trace.seconds).sort((a, b) => a - b);
        const usual = lengths[Math.ceil(lengths.length * 0.95) - 1];
        const steps = [20, 60, 120, 240, 480, 600, 1200, 1800, 2400, 3600, 7200, 14400, 28800, 43200, 86400];
        return steps.find((step) => step >= usual) || Math.ceil(usual / 86400) * 86400;
    }
    const scale = chooseScale(); /* 0 where nothing is timed */

    /* The same in words, for those who do not see it and for its details. */
    function tell(trace) {
        const words = [];
        trace.pieces.forEach((piece, i) => {
            for (const mark of trace.marks)
                if (mark.order === i) words.push(mark.loss ? "power lost" : "resumed");
            const took = piece.known ? ` ${duration(piece.to - piece.from)}` : "";
            if (!piece.idle) words.push(`${piece.phase}${took}`);
            else if (piece.to > piece.from) words.push(`${piece.idle}${took}`);
        });
        return words.join(", ") + (trace.cut ? ", and so on" : "");
    }

    /* A mark at a place: a cross where power was lost, a triangle where the module went on. */
    function drawMark(mark, x) {
        const path = mark.loss
            ? svg("path", { class: "loss", d: "M-5 3L5 13M5 3L-5 13" })
            : svg("path", { class: "resume", d: "M-3 2L6 8L-3 14Z" });
        path.append(svg("title", {}, mark.loss ? "power lost" : "resumed"));
        return svg("svg", { x: percent(x), y: "4", width: "1", height: "16", overflow: "visible" }, path);
    }

    function drawLane(trace, seconds) {
        const timed = trace.timed && seconds > 0;
        const whole = timed ? seconds : Math.max(trace.pieces.length, 8);
        const place = (at) => (Math.min(at / whole, 1) * LANE_END);
        const lane = svg("svg", { class: "lane", role: "img", "aria-label": tell(trace) || "no phase is known" });
        lane.append(svg("rect", { class: "track", y: "10", width: percent(LANE_END), height: "4" }));
        trace.pieces.forEach((piece, i) => {
            const from = place(timed ? piece.from : i);
            const to = place(timed ? piece.to : i + 1);
            if (timed && piece.from > whole) return;
            lane.append(
                svg(
                    "rect",
                    {
                        class: `p-${piece.phase}${piece.idle ? " idle" : ""}`,
                        x: percent(from),
                        y: "4",
                        width: percent(Math.max(to - from - 0.15, 0.5)),
                        height: "16",
                    },
                    svg("title", {}, `${piece.idle || piece.phase}${piece.known ? ` ${duration(piece.to - piece.from)}` : ""}`),
                ),
            );
        });
        for (const mark of trace.marks) if (!timed || mark.at <= whole) lane.append(drawMark(mark, place(timed ? mark.at : mark.order)));
        if (timed && trace.seconds > whole)
            lane.append(svg("svg", { x: "97%", y: "4", width: "1", height: "16", overflow: "visible" }, svg("path", { class: "beyond", d: "M-4 2L6 8L-4 14Z" })));
        return lane;
    }

    /* How far it came in a phase counts where it stopped there. */
    function badge(attempt) {
        const { outcome, phase } = attempt.ending;
        const stopped = ["in_progress", "download_failed", "download_lost", "rolled_back", "interrupted"].includes(outcome);
        const counts = stopped && ["download", "update", "restore"].includes(phase);
        const share = attempt.percent === null || !counts ? "" : `, ${attempt.percent} % of ${phase}`;
        return html("span", { class: `badge ${outcome}` }, outcome + share);
    }

    function drawAttempt(modem, attempt, place) {
        const number_of = modem.attempts - place;
        const box = html("div", { class: "attempt" });
        const head = html("p", {}, html("b", {}, `Attempt ${number_of}`), attempt.started === null ? " " : ` ${date(attempt.started)} UTC `, badge(attempt));
        box.append(head);
        if (attempt.ending.why) box.append(html("p", {}, attempt.ending.why));
        if (attempt.ending.advice) box.append(html("p", {}, attempt.ending.advice));
        box.append(drawLane(attempt.trace, Math.max(attempt.trace.seconds, 1)), html("p", { class: "what" }, tell(attempt.trace)));
        if (attempt.report) box.append(html("p", { class: "what" }, `the report to the server failed with ${attempt.report}`));
        if (attempt.problems.length > 0) box.append(html("p", { class: "what" }, `odd: ${attempt.problems.join(", ")}`));
        return box;
    }

    function drawDetails(modem) {
        const cell = html("td", { colspan: "5", role: "cell" });
        const facts = [count(modem.attempts, "attempt", "attempts"), `${modem.updated} updated`, count(modem.losses, "power loss", "power losses"), `${modem.resumes} resumed`];
        if (modem.stopped) facts.push("polls no more");
        cell.append(html("p", {}, facts.join(" \u00b7 ")));
        modem.drawn.forEach((attempt, place) => cell.append(drawAttempt(modem, attempt, place)));
        if (modem.attempts > modem.drawn.length)
            cell.append(html("p", {}, `${count(modem.attempts - modem.drawn.length, "earlier attempt is", "earlier attempts are")} counted, and not drawn.`));
        return html("tr", { class: "more-row", role: "row" }, cell);
    }

    /* A row, and its details when its button asks for them. */
    function drawModem(modem) {
        const last = modem.drawn[0];
        const button = html("button", { type: "button", class: "open", "aria-expanded": "false" }, modem.name);
        const state = html("td", { class: "c-last", role: "cell" }, last ? badge(last) : "no attempt");
        if (last && last.ending.why) state.append(html("div", { class: "why" }, last.ending.why));
        if (modem.stopped) state.append(html("div", { class: "why" }, "polls no more"));
        const row = html(
            "tr",
            { role: "row" },
            html("th", { scope: "row", class: "c-name name", role: "rowheader" }, button),
            state,
            html("td", { class: "c-lane", role: "cell" }, ...(last ? [drawLane(last.trace, scale)] : [])),
            html("td", { class: "c-count number", role: "cell", "data-label": "updated" }, `${modem.updated} of ${modem.attempts}`),
            html("td", { class: "c-seen", role: "cell" }, date(modem.seen)),
        );
        button.addEventListener("click", () => {
            const open = button.getAttribute("aria-expanded") === "true";
            button.setAttribute("aria-expanded", String(!open));
            if (open) row.nextElementSibling.remove();
            else row.after(drawDetails(modem));
        });
        return row;
    }

    /* What the list can be filtered by: a choice is a title and a test. */
    function stateChoices() {
        const choices = [
            ["all", () => true],
            ["not updated at last", (modem) => outcomeOf(modem) !== "updated"],
            ["polls no more", (modem) => modem.stopped],
            ["has lost power in an attempt", (modem) => modem.losses > 0],
        ];
        for (const outcome of [...data.outcomes, "no attempt"]) choices.push([outcome, (modem) => outcomeOf(modem) === outcome]);
        return choices;
    }

    function reasonChoices() {
        const reasons = new Map();
        for (const { drawn } of modems)
            if (drawn.length > 0 && drawn[0].ending.why) reasons.set(drawn[0].ending.why, (reasons.get(drawn[0].ending.why) || 0) + 1);
        const sorted = [...reasons.keys()].sort((a, b) => reasons.get(b) - reasons.get(a)).slice(0, 100);
        return [["any", () => true], ...sorted.map((why) => [why, (modem) => modem.drawn.length > 0 && modem.drawn[0].ending.why === why])];
    }

    const byName = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.order - b.order);
    const ORDERS = [
        ["the worst first", (a, b) => a.order - b.order],
        ["by name", byName],
        ["silent the longest first", (a, b) => (a.seen || 0) - (b.seen || 0) || a.order - b.order],
        ["seen last first", (a, b) => (b.seen || 0) - (a.seen || 0) || a.order - b.order],
        ["the most attempts first", (a, b) => b.attempts - a.attempts || a.order - b.order],
        ["the most power losses first", (a, b) => b.losses - a.losses || a.order - b.order],
    ];

    /* A title above what it is of. */
    function control(title, element) {
        return html("div", { class: "control" }, html("label", { for: element.id }, title), element);
    }

    /* A titled choice; those that no modem meets are left out. */
    function makeSelect(id, title, choices) {
        const select = html("select", { id });
        choices.forEach(([choice, test], value) => {
            const met = test.length === 1 ? modems.filter(test).length : null;
            if (met === 0) return;
            select.append(html("option", { value: String(value) }, met === null || value === 0 ? choice : `${choice} (${met.toLocaleString("en")})`));
        });
        return { select, box: control(title, select) };
    }

    function legend() {
        const list = html("ul", { class: "legend" });
        for (const phase of ["download", "delay", "update", "restore", "end"])
            list.append(html("li", {}, svg("svg", { class: "swatch", "aria-hidden": "true" }, svg("rect", { class: `p-${phase}`, width: "100%", height: "100%" })), phase === "end" ? " end, reboot, report" : ` ${phase}`));
        list.append(html("li", {}, svg("svg", { class: "swatch", "aria-hidden": "true" }, svg("rect", { class: "p-restore idle", width: "100%", height: "100%" })), " paler: silent, booting"));
        const marks = [
            ["power lost", { class: "loss", d: "M3 3L13 13M13 3L3 13" }],
            ["resumed", { class: "resume", d: "M4 2L13 8L4 14Z" }],
        ];
        for (const [word, path] of marks)
            list.append(html("li", {}, svg("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", path)), ` ${word}`));
        return list;
    }

    function makeTable(body) {
        const titles = [
            ["c-name", "Modem"],
            ["c-last", "Last attempt"],
            ["c-lane", ""],
            ["c-count number", "Updated"],
            ["c-seen", "Last seen (UTC)"],
        ];
        const head = html("tr", { role: "row" });
        for (const [kind, title] of titles) head.append(html("th", { scope: "col", class: kind, role: "columnheader" }, title));
        const ticks = html("span", { class: "lane-scale" });
        for (const part of scale === 0 ? [] : [0, 0.25, 0.5, 0.75, 1]) ticks.append(html("span", {}, duration(Math.round(scale * part))));
        head.children[2].append("Phases, from the first message", ticks);
        return html("table", { class: "modems", role: "table" }, html("caption", {}, "The modems"), html("thead", { role: "rowgroup" }, head), body);
    }

    /* The whole list, with what chooses from it. */
    function makeList(place) {
        const body = html("tbody", { role: "rowgroup" });
        const search = html("input", { id: "find", type: "search", autocomplete: "off", spellcheck: "false" });
        const states = stateChoices();
        const reasons = reasonChoices();
        const state = makeSelect("state", "State", states);
        const reason = makeSelect("why", "Why", reasons);
        const order = makeSelect("order", "Order", ORDERS);
        const status = html("p", { role: "status" });
        const more = html("button", { type: "button", id: "more" });
        let chosen = [];
        let shown = 0;

        function show() {
            const next = chosen.slice(shown, shown + PAGE);
            body.append(...next.map(drawModem));
            shown += next.length;
            more.hidden = shown === chosen.length;
            more.textContent = `Show ${Math.min(PAGE, chosen.length - shown)} more`;
            const all = modems.length < data.all ? ` (of ${data.all.toLocaleString("en")}, the worst ones are in this page)` : "";
            status.textContent = `${count(chosen.length, "modem", "modems")} of ${modems.length.toLocaleString("en")}${all}, ${shown.toLocaleString("en")} shown.`;
        }
        function choose() {
            const wanted = search.value.trim().toLowerCase();
            const tests = [states[state.select.value][1], reasons[reason.select.value][1]];
            chosen = modems.filter((modem) => modem.key.includes(wanted) && tests.every((test) => test(modem)));
            chosen.sort(ORDERS[order.select.value][1]);
            body.replaceChildren();
            shown = 0;
            show();
        }
        search.addEventListener("input", choose);
        for (const { select } of [state, reason, order]) select.addEventListener("change", choose);
        more.addEventListener("click", show);
        place.append(
            html("p", {}, `Each lane has the phases of the modem's last attempt, ${scale > 0 ? `up to ${duration(scale)}; one that took longer ends in an arrow` : "in their order, since the logs have no times"}. A modem's name opens its last attempts, ${data.kept < KEPT ? `${data.kept} or more of each and up to ${KEPT} of the worst, as there was room` : `up to ${KEPT}`}.`),
            legend(),
            html("div", { class: "controls", role: "search" }, control("Name contains", search), state.box, reason.box, order.box),
            status,
            makeTable(body),
            more,
        );
        choose();
    }

    if (modems.length === 0) return;
    document.getElementById("worst").remove();
    makeList(document.getElementById("list"));
})();
