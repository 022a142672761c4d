# SPDX-License-Identifier: MIT
#
# The printed tables. The first file names the logs: "log", name, bytes, lines, or "name", hostile log, what it is. The
# second has the figures: log, contender, seconds, the processor's seconds, memory in KiB.

BEGIN {
    FS = "\t"
    log_count = split("raw raw-2% dense 2% 0.01% fleet json", logs, " ")
    about["raw"] = "bytes of the wire, every line ours"
    about["raw-2%"] = "the same, 2 % of the lines ours"
    about["dense"] = "time, modem and direction before each line; every line ours"
    about["2%"] = "the same, 2 % of the lines ours"
    about["0.01%"] = "the same, 0.01 % of the lines ours"
    about["fleet"] = "as dense, 500 modems interleaved"
    about["json"] = "JSON Lines, 2 % of the lines ours"
    ours_count = split("stats decode sessions stats-fleet stats-j2 decode-j2 decode-csv decode-text decode-arrow decode-parquet",
                       ours, " ")
    peer_count = split("rg grep wc mawk pcre2 jq", peers, " ")
    label["stats"] = "stats -j1"
    label["decode"] = "decode -j1"
    label["sessions"] = "sessions -j1"
    label["stats-fleet"] = "stats -j1 --fleet"
    label["stats-j2"] = "stats -j2"
    label["decode-j2"] = "decode -j2"
    label["decode-csv"] = "decode -j1 -f csv"
    label["decode-text"] = "decode -j1 -f text"
    label["decode-arrow"] = "decode -j1 -f arrow"
    label["decode-parquet"] = "decode -j1 -f parquet"
    label["rg"] = "rg -c -j1"
    label["grep"] = "grep -c"
    label["wc"] = "wc -l"
    label["mawk"] = "mawk"
    label["pcre2"] = "PCRE2-JIT"
    label["jq"] = "jq"
}

$1 == "log" && FNR == NR {
    bytes[$2] = $3
    lines[$2] = $4
    next
}
$1 == "name" && FNR == NR {
    hostile[++hostile_count] = $2
    about[$2] = $3
    next
}
{
    seconds[$1, $2] = $3
    memory[$1, $2] = $5
    has_before = has_before || $2 ~ /-before$/
}

function rate(log_name, contender) {
    return bytes[log_name] / seconds[log_name, contender] / 1e9
}

# How often as fast as another; 0 if the other is missing.
function times(log_name, contender, other) {
    if (!((log_name, other) in seconds))
        return 0
    return seconds[log_name, other] / seconds[log_name, contender]
}

function print_logs(   i) {
    print "\n  log        MiB    lines\n"
    for (i = 1; i <= log_count; i++)
        printf "  %-7s%7.0f%9d  %s\n", logs[i], bytes[logs[i]] / 1048576, lines[logs[i]], about[logs[i]]
}

function print_heading(what,   i) {
    printf "\n  %-22s", what
    for (i = 1; i <= log_count; i++)
        printf "%14s", logs[i]
    print "\n"
}

function print_rate(contender,   i) {
    printf "  %-22s", label[contender]
    for (i = 1; i <= log_count; i++)
        if ((logs[i], contender) in seconds)
            printf "%8.2f%6.2f", rate(logs[i], contender), times(logs[i], contender, "rg")
        else
            printf "%8s%6s", "-", "-"
    print ""
}

function print_rates(   j) {
    print_heading("GB/s, times rg")
    for (j = 1; j <= ours_count; j++)
        print_rate(ours[j])
    for (j = 1; j <= peer_count; j++)
        print_rate(peers[j])
}

# What the tool of before does not know has no row.
function print_before(   i, j) {
    print_heading("times the tool before")
    for (j = 1; j <= ours_count; j++) {
        printf "  %-22s", label[ours[j]]
        for (i = 1; i <= log_count; i++)
            if ((logs[i], ours[j] "-before") in seconds)
                printf "%14.2f", times(logs[i], ours[j], ours[j] "-before")
            else
                printf "%14s", "-"
        print ""
    }
    printf "\n  %-42s%15s%16s\n\n", "hostile: times the tool before", label["stats"], label["decode"]
    for (i = 1; i <= hostile_count; i++)
        printf "  %-42s%15.2f%16.2f\n", about[hostile[i]], times(hostile[i], "stats", "stats-before"),
            times(hostile[i], "decode", "decode-before")
}

# Of the rate of the same job on the dense log of the same form.
function share(log_name, job) {
    return rate(log_name, job) / rate(about[log_name] ~ /^with prefix/ ? "dense" : "raw", job)
}

function print_hostile(   i) {
    printf "\n  %-42s%15s%16s\n\n", "hostile: GB/s, share of raw or dense", "stats -j1", "decode -j1"
    for (i = 1; i <= hostile_count; i++)
        printf "  %-42s%9.2f%6.2f%10.2f%6.2f\n", about[hostile[i]], rate(hostile[i], "stats"),
            share(hostile[i], "stats"), rate(hostile[i], "decode"), share(hostile[i], "decode")
}

function worst_share(job,   i, worst) {
    worst = share(hostile[1], job)
    for (i = 2; i <= hostile_count; i++)
        if (share(hostile[i], job) < worst)
            worst = share(hostile[i], job)
    return worst
}

# What could not be measured is neither met nor short.
function at_least(what, asked, measured) {
    printf("  %-60s%9s%9.2f  %s\n", what, ">= " asked, measured,
        measured == 0 ? "missing" : measured >= asked ? "met" : "short")
}

function at_most(what, asked, measured) {
    printf("  %-60s%9s%9.2f  %s\n", what, "<= " asked, measured, measured <= asked ? "met" : "short")
}

function judge_peer(log_name, job, asked) {
    at_least(log_name ", " job ", times rg", asked, times(log_name, job, "rg"))
}

function judge_format(format, asked) {
    at_least("dense, decode -f " format ", times JSON Lines", asked, times("dense", "decode-" format, "decode"))
}

function judge_threads(log_name, job) {
    at_least(log_name ", " job ", two threads, times one", 1.8, times(log_name, job "-j2", job))
}

# Not ours to reach: what two cores of this machine had to give, as long as this ran.
function print_cores(log_name) {
    printf "  %-60s%9s%9.2f\n", log_name ", two runs of stats at once, times one", "", 2 * times(log_name, "stats-twice", "stats")
}

function judge_sessions(log_name) {
    at_most(log_name ", sessions, times the time of decode", 1.2,
        seconds[log_name, "sessions"] / seconds[log_name, "decode"])
}

function judge_tenfold(job) {
    at_most("2%, " job ", ten times the log, times the time", 10.5, seconds["2%", job] / seconds["tenth", job])
}

function print_targets() {
    printf "\n  %-60s%9s%9s\n\n", "what", "asked", "measured"
    judge_peer("2%", "stats", 1)
    judge_peer("2%", "decode", 0.8)
    judge_peer("dense", "stats", 1.2)
    judge_peer("dense", "decode", 0.8)
    judge_peer("fleet", "decode", 0.6)
    judge_format("csv", 1)
    judge_format("text", 1)
    judge_format("arrow", 2)
    judge_format("parquet", 0.5)
    judge_threads("2%", "stats")
    judge_threads("2%", "decode")
    print_cores("2%")
    judge_threads("dense", "stats")
    judge_threads("dense", "decode")
    print_cores("dense")
    judge_sessions("dense")
    judge_sessions("fleet")
    at_most("100,000 modems, sessions, MiB of memory", 64, memory["crowd", "sessions"] / 1024)
    at_most("100,000 modems, stats --fleet, MiB of memory", 64, memory["crowd", "stats-fleet"] / 1024)
    judge_tenfold("stats")
    judge_tenfold("decode")
    judge_memory("stats")
    judge_memory("decode")
    at_least("worst hostile, stats, share of raw or dense", 0.33, worst_share("stats"))
    at_least("worst hostile, decode, share of raw or dense", 0.33, worst_share("decode"))
}

function judge_memory(job,   what) {
    what = sprintf("2%%, %s, ten times the log, times the memory (%.0f MiB)", job, memory["2%", job] / 1024)
    at_most(what, 1.1, memory["2%", job] / memory["tenth", job])
}

END {
    print_logs()
    print_rates()
    print_hostile()
    if (has_before)
        print_before()
    print_targets()
}
