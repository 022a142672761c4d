// SPDX-License-Identifier: MIT
//
// The page of sbfota report in Chromium: what a browser makes of it. What is in the page is tried by tests/cli/report.sh.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { SBFOTA, FLEET, CAPTURES, SCREENSHOTS } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = mkdtempSync(join(tmpdir(), "report-"));
const WIDTHS = [360, 800, 1600];
const SCHEMES = ["light", "dark"];
const URC = '+QIND: "SBFOTA"';
let browser;

/* A page of logs: its path. */
function report(name, ...logs) {
    const path = join(work, `${name}.html`);
    execFileSync(SBFOTA, ["report", "-q", "-o", path, ...logs]);
    return path;
}

function fleet(name, modems) {
    const log = join(work, `${name}.log`);
    execFileSync(FLEET, ["1", String(modems), log, join(work, "truth")]);
    return report(name, log);
}

/* Names that want to be code, markup, or to break out of where they stand. */
const HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    '"><svg onload="window.hacked = 1">',
    "<!--<script>",
    "{{data}}",
    "javascript:window.hacked=1",
    "__proto__",
    "constructor",
    "\u2028\u2029\u202e\u0000\u001b[31m",
    "\\u003cscript\\u003e",
    "x".repeat(255),
    "表計-1 😀",
];

function hostile() {
    const lines = HOSTILE.flatMap((modem) =>
        ['"HTTPSTART"', '"HTTPEND",702'].map((text, i) => JSON.stringify({ time: `2026-01-01T00:0${i}:00Z`, modem, text: `${URC},${text}` })),
    );
    writeFileSync(join(work, "<b>hostile&.log"), `${lines.join("\n")}\n`);
    return report("hostile", join(work, "<b>hostile&.log"));
}

const pages = {};
before(async () => {
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
        args: process.getuid() === 0 ? ["--no-sandbox"] : [],
    });
    pages.fleet = fleet("fleet", 2000);
    pages.meters = report("meters", join(CAPTURES, "fleet/meters.log"));
    pages.untimed = report("untimed", join(CAPTURES, "manual-resume.log"), join(CAPTURES, "manual-example.log"));
    pages.hostile = hostile();
    writeFileSync(join(work, "none.log"), `2026-01-01T00:00:00Z a < ${URC},"polling_time",5\n`);
    pages.none = report("none", join(work, "none.log"));
});
after(async () => {
    await browser?.close();
    rmSync(work, { recursive: true });
});

/* Open a page, and see that nothing is said and nothing is asked for. */
async function open(path, options = {}) {
    const context = await browser.newContext({ offline: true, viewport: { width: 1600, height: 1000 }, ...options });
    const page = await context.newPage();
    const said = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => {
        said.push(`dialog ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on("request", (request) => {
        if (request.url() !== `file://${encodeURI(path)}` && request.url() !== "data:,") said.push(`request ${request.url()}`);
    });
    await page.goto(`file://${encodeURI(path)}`);
    return { page, said, close: () => context.close() };
}

const status = (page) => page.getByRole("status").textContent();
const rows = (page) => page.locator(".modems tbody tr");

for (const name of ["fleet", "meters", "untimed", "hostile", "none"])
    test(`${name}: nothing is said on the console, nothing is asked for`, async () => {
        const { page, said, close } = await open(pages[name]);
        await page.waitForTimeout(100);
        assert.deepEqual(said, []);
        await close();
    });

test("a fleet of 10,000 modems is under a megabyte and is shown", async () => {
    const path = fleet("ten_thousand", 10000);
    assert.ok(statSync(path).size < 1000000);
    const { page, said, close } = await open(path);
    assert.match(await status(page), /^7,473 modems of 7,473, 50 shown\.$/);
    assert.deepEqual(said, []);
    await close();
});

test("search, state, reason and order choose the modems", async () => {
    const { page, said, close } = await open(pages.fleet);
    const all = Number((await status(page)).match(/^([\d,]+)/)[1].replace(",", ""));
    assert.equal(await rows(page).count(), 50);
    await page.getByLabel("Name contains").fill("MODEM-0001");
    assert.equal(await rows(page).count(), Number((await status(page)).match(/^(\d+)/)[1]));
    for (const name of await page.locator(".modems th.name").allTextContents()) assert.match(name, /^modem-0001\d$/);
    await page.getByLabel("Name contains").fill("");

    const state = page.getByLabel("State", { exact: true });
    let sum = 0;
    for (const title of await state.locator("option").allTextContents()) {
        const found = title.match(/^([a-z_]+) \(([\d,]+)\)$/);
        if (!found) continue;
        await state.selectOption({ label: title });
        assert.ok((await status(page)).startsWith(`${found[2]} modem`), title);
        assert.ok((await page.locator(".modems .c-last").nth(1).textContent()).startsWith(found[1]), title);
        sum += Number(found[2].replace(",", ""));
    }
    assert.equal(sum, all);
    await state.selectOption({ label: "all" });

    const reason = page.getByLabel("Why", { exact: true });
    const title = (await reason.locator("option").allTextContents()).find((text) => text.startsWith("702: "));
    await reason.selectOption({ label: title });
    assert.ok((await status(page)).startsWith(title.match(/\((.*)\)$/)[1]));
    await reason.selectOption({ label: "any" });

    await page.getByLabel("Order", { exact: true }).selectOption({ label: "by name" });
    const names = await page.locator(".modems th.name").allTextContents();
    assert.deepEqual(names, [...names].sort());
    await page.getByLabel("Name contains").fill("no such modem");
    assert.match(await status(page), /^0 modems/);
    assert.equal(await page.locator("#more").isVisible(), false);
    assert.deepEqual(said, []);
    await close();
});

test("all can be done by the keyboard", async () => {
    const { page, close } = await open(pages.fleet);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
    await page.getByLabel("Name contains").focus();
    await page.keyboard.type("modem-0000");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
    const first = page.locator(".open").first();
    assert.equal(await first.evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press("Enter");
    assert.equal(await first.getAttribute("aria-expanded"), "true");
    assert.equal(await page.locator(".more-row").count(), 1);
    assert.match(await page.locator(".more-row").textContent(), /Attempt 1/);
    await page.keyboard.press("Space");
    assert.equal(await page.locator(".more-row").count(), 0);
    await page.getByLabel("Name contains").fill("");
    await page.locator("#more").focus();
    await page.keyboard.press("Enter");
    assert.equal(await rows(page).count(), 100);
    await close();
});

test("a lane tells its phases in words, with power losses and resumes", async () => {
    const { page, close } = await open(pages.fleet);
    const told = await page.locator(".modems .lane").evaluateAll((lanes) => lanes.map((lane) => lane.getAttribute("aria-label")));
    assert.ok(told.some((text) => /^download .*, restore .*, silent .*, power lost, booting .*, resumed, restore/.test(text)), told.join("\n"));
    assert.ok((await page.locator(".modems .lane .loss").count()) > 0);
    await close();
});

test("without times the lanes show the order alone", async () => {
    const { page, close } = await open(pages.untimed);
    assert.match(await page.locator(".modems .lane").first().getAttribute("aria-label"), /^[a-z, ]+$/);
    assert.match(await page.locator("header").textContent(), /The logs have no times/);
    assert.match(await page.locator("#list").textContent(), /in their order, since the logs have no times/);
    assert.equal(await page.locator(".lane-scale span").count(), 0);
    await close();
});

test("hostile names stay text", async () => {
    const { page, said, close } = await open(pages.hostile);
    for (const button of await page.locator(".open").all()) await button.click();
    const names = await page.locator(".modems th.name").allTextContents();
    assert.equal(names.length, HOSTILE.length);
    for (const plain of HOSTILE.filter((name) => /^[ -~]*$/.test(name))) assert.ok(names.includes(plain), plain);
    assert.ok(names.some((name) => name.includes("\\u{202e}\\x00\\x1b[31m")));
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    assert.equal(await page.locator("main img, main script, main b b, main iframe").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    await page.getByLabel("Name contains").fill("<IMG");
    assert.equal(await rows(page).count(), 1);
    assert.deepEqual(said, []);
    await close();
});

test("the policy lets nothing else run", async () => {
    const { page, said, close } = await open(pages.fleet);
    const ways = [
        () => document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hacked = 1'>"),
        () => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.hacked = 1" })),
        () => document.body.setAttribute("onclick", "window.hacked = 1"),
        () => window.setTimeout("window.hacked = 1", 0),
        () => document.body.append(Object.assign(document.createElement("img"), { src: "https://example.com/x.png" })),
    ];
    for (const way of ways) {
        said.length = 0;
        const refused = await page.evaluate(`(() => { try { (${way})(); return false; } catch { return true; } })()`);
        await page.waitForTimeout(50);
        assert.ok(refused || said.some((text) => text.includes("Content Security Policy")), String(way));
    }
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    await close();
});

test("without JavaScript figures and tables are there", async () => {
    const { page, said, close } = await open(pages.fleet, { javaScriptEnabled: false });
    assert.match(await page.locator(".figures").textContent(), /modems/);
    for (const id of ["failures", "funnel", "durations", "modems", "quality", "inputs"])
        assert.ok((await page.locator(`#${id} tbody tr`).count()) > 0, id);
    assert.equal(await page.locator("#modems tbody tr").count(), 50);
    assert.deepEqual(said, []);
    await close();
});

test("it prints: no controls, light, nothing cut off", async () => {
    const { page, close } = await open(pages.meters, { colorScheme: "dark", viewport: { width: 794, height: 1123 } });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.locator(".controls").isVisible(), false);
    assert.equal(await page.locator("nav").isVisible(), false);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 794);
    await page.screenshot({ path: join(SCREENSHOTS, "print.png"), fullPage: true });
    const pdf = await page.pdf({ format: "A4", path: join(SCREENSHOTS, "meters.pdf") });
    assert.ok(pdf.length > 10000);
    await close();
});

for (const scheme of SCHEMES)
    for (const width of WIDTHS)
        test(`axe has no finding, nothing sticks out: ${scheme}, ${width} px`, async () => {
            for (const name of ["fleet", "hostile", "none"]) {
                const { page, close } = await open(pages[name], { colorScheme: scheme, viewport: { width, height: 1000 } });
                for (const summary of await page.locator("summary").all()) await summary.click();
                if ((await page.locator(".open").count()) > 0) await page.locator(".open").first().click();
                await page.evaluate(axe);
                const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
                assert.deepEqual(
                    violations.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html).join(" ")}`),
                    [],
                );
                assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, name);
                await close();
            }
        });

test("screenshots", async () => {
    for (const scheme of SCHEMES)
        for (const width of WIDTHS) {
            const { page, close } = await open(pages.fleet, { colorScheme: scheme, viewport: { width, height: 1000 } });
            await page.locator(".open").nth(1).click();
            await page.screenshot({ path: join(SCREENSHOTS, `fleet-${scheme}-${width}.png`), fullPage: true });
            await close();
        }
});
