# SPDX-License-Identifier: MIT
#
# The printed table of bench/footprint --targets, in the order of `names`.

BEGIN { FS = "\t" }

{ rows[$1] = $0 }

function pair(first, second) {
    return sprintf("%8s%8s  ", first, second)
}

END {
    printf "%-12s%18s%18s%18s%18s\n", "", "text, bytes", "data and bss", "deepest stack", "instructions/byte"
    printf "%-12s", "target"
    for (i = 0; i < 4; i++)
        printf "%s", pair("table", "goto")
    print ""
    count = split(names, order, " ")
    for (i = 1; i <= count; i++) {
        $0 = rows[order[i]]
        printf "%-12s%s%s%s%s\n", order[i], pair($2, $6), pair($3, $7), pair($4, $8), pair($5, $9)
        if (NF < 9)
            failed = 1
    }
    exit failed
}
