# SPDX-License-Identifier: MIT
#
# The printed tables, from the figures of codec_goto and codec_table: job, input, bytes, events, seconds. `compiler` and
# `style` say whose a file is. All jobs of an input go through the same bytes, so a ratio of rates is one of times.

BEGIN {
    FS = "\t"
    peer_count = split("split_memchr decode_pcre2_whole decode_pcre2_lines decode_strtol decode_sscanf", peers, " ")
    job_count = split("decode_stream decode_batch split_memchr decode_pcre2_whole decode_pcre2_lines " \
                      "decode_strtol decode_sscanf format_ours format_snprintf", jobs, " ")
    name["decode_stream"] = "sbfota_parse, 4 KiB chunks"
    name["decode_batch"] = "sbfota_parse_batch"
    name["split_memchr"] = "memchr: lines only"
    name["decode_pcre2_whole"] = "PCRE2-JIT, all in memory"
    name["decode_pcre2_lines"] = "PCRE2-JIT, line by line"
    name["decode_strtol"] = "strncmp and strtol, by line"
    name["decode_sscanf"] = "sscanf, line by line"
    name["format_ours"] = "sbfota_format"
    name["format_snprintf"] = "snprintf"
    head["split_memchr"] = "memchr"
    head["decode_pcre2_whole"] = "PCRE2 memory"
    head["decode_pcre2_lines"] = "PCRE2 lines"
    head["decode_strtol"] = "strtol"
    head["decode_sscanf"] = "sscanf"
}

FNR == 1 {
    columns[++column_count] = compiler " " style
    if (style == "goto")
        judged[++judged_count] = columns[column_count]
}
{
    rate[columns[column_count], $2, $1] = $3 / $5 / 1e9
    event_rate[columns[column_count], $2, $1] = $4 / $5 / 1e6
}
column_count == 1 && $1 == "decode_stream" {
    if ($2 == "shuffled" || $2 == "sessions")
        dense[++dense_count] = sprintf("%s: %.0f MiB, %d messages", $2, $3 / 1048576, $4)
    else
        hostile[++hostile_count] = $2
}

# 0 if the peer is missing.
function times(column, input, job, peer) {
    if (!((column, input, peer) in rate))
        return 0
    return rate[column, input, job] / rate[column, input, peer]
}

function print_rates(input,   i, j) {
    for (j = 1; j <= job_count; j++) {
        if (!((columns[1], input, jobs[j]) in rate))
            continue
        printf "  %-28s", name[jobs[j]]
        for (i = 1; i <= column_count; i++)
            printf "%8.3f %7.1f ", rate[columns[i], input, jobs[j]], event_rate[columns[i], input, jobs[j]]
        print ""
    }
}

function print_dense(title,   i, input) {
    input = title
    sub(/:.*/, "", input)
    print "\nDense stream, " title "\n"
    printf "  %-28s", "GB/s, million events a second"
    for (i = 1; i <= column_count; i++)
        printf "%16s ", columns[i]
    print ""
    print_rates(input)
    print ""
    printf "  %-28s", "times as fast as"
    for (i = 1; i <= peer_count; i++)
        printf "%13s", head[peers[i]]
    print ""
    for (i = 1; i <= column_count; i++) {
        print_times(columns[i], input, "decode_stream", "streaming")
        print_times(columns[i], input, "decode_batch", "batch")
    }
    print ""
    for (i = 1; i <= column_count; i++)
        printf "  %-28s%13.2f times snprintf\n", columns[i] " formatter",
            times(columns[i], input, "format_ours", "format_snprintf")
}

function print_times(column, input, job, what,   i) {
    printf "  %-28s", column " " what
    for (i = 1; i <= peer_count; i++)
        if ((column, input, peers[i]) in rate)
            printf "%13.2f", times(column, input, job, peers[i])
        else
            printf "%13s", "missing"
    print ""
}

# Of the faster dense stream: of its bytes a second or, where lines are so short that each event costs more than its bytes,
# of its events.
function share(column, input, job,   bytes, events) {
    bytes = rate[column, input, job] / greater(rate[column, "shuffled", job], rate[column, "sessions", job])
    events = event_rate[column, input, job] / \
        greater(event_rate[column, "shuffled", job], event_rate[column, "sessions", job])
    return greater(bytes, events)
}

function greater(one, other) {
    return one > other ? one : other
}

function print_hostile(   i, h) {
    printf "\n  %-32s", "hostile: GB/s, share of dense"
    for (i = 1; i <= judged_count; i++)
        printf "%19s%9s", judged[i] " stream", "batch"
    print ""
    for (h = 1; h <= hostile_count; h++) {
        printf "  %-32s", hostile[h]
        for (i = 1; i <= judged_count; i++)
            printf "%11.2f %4.2f%7.2f %4.2f", rate[judged[i], hostile[h], "decode_stream"],
                share(judged[i], hostile[h], "decode_stream"), rate[judged[i], hostile[h], "decode_batch"],
                share(judged[i], hostile[h], "decode_batch")
        print ""
    }
    for (i = 1; i <= column_count; i++)
        printf "  %-32s%16.2f%12.2f\n", columns[i] ", worst share", worst_share(columns[i], "decode_stream"),
            worst_share(columns[i], "decode_batch")
}

function worst_share(column, job,   h, worst) {
    worst = share(column, hostile[1], job)
    for (h = 2; h <= hostile_count; h++)
        if (share(column, hostile[h], job) < worst)
            worst = share(column, hostile[h], job)
    return worst
}

# One column of `measured` for each compiler; what could not be measured is neither met nor short.
function verdict(what, asked, measured,   i) {
    printf "  %-44s%8s", what, ">= " asked
    for (i = 1; i <= judged_count; i++)
        printf("%12.2f %-7s", measured[i], measured[i] == 0 ? "missing" : measured[i] >= asked ? "met" : "short")
    print ""
}

function judge_times(what, asked, input, job, peer,   i, measured) {
    for (i = 1; i <= judged_count; i++)
        measured[i] = times(judged[i], input, job, peer)
    verdict(what ", " input, asked, measured)
}

function judge_hostile(what, job,   i, measured) {
    for (i = 1; i <= judged_count; i++)
        measured[i] = worst_share(judged[i], job)
    verdict(what, 0.33, measured)
}

function judge_dense(input) {
    judge_times("streaming, times sscanf", 8, input, "decode_stream", "decode_sscanf")
    judge_times("streaming, times PCRE2 by line", 3, input, "decode_stream", "decode_pcre2_lines")
    judge_times("batch, times memchr lines", 1, input, "decode_batch", "split_memchr")
    judge_times("formatter, times snprintf", 10, input, "format_ours", "format_snprintf")
}

END {
    for (i = 1; i <= dense_count; i++)
        print_dense(dense[i])
    print_hostile()
    printf "\n  %-44s%8s", "what", "asked"
    for (i = 1; i <= judged_count; i++)
        printf "%12s %-7s", judged[i], ""
    print ""
    judge_dense("shuffled")
    judge_dense("sessions")
    judge_hostile("worst hostile, share of dense, streaming", "decode_stream")
    judge_hostile("worst hostile, share of dense, batch", "decode_batch")
}
