# SPDX-License-Identifier: MIT
#
# What a script does to a log: find the URCs, extract kind and number, count. Prints the number of URCs and the sum of
# their numbers.

/\+QIND: "SBFOTA"/ {
    # prefix+QIND: "SBFOTA","keyword",number or ,"stage",number
    fields = split(substr($0, index($0, "+QIND: ")), field, "\"")
    kind = field[4]
    number = field[fields]
    if (fields > 5)
        kind = kind " " field[6]
    gsub(/[^-0-9]+/, "", number)
    count[kind]++
    sum[kind] += number
}
END {
    for (kind in count) {
        counts += count[kind]
        sums += sum[kind]
    }
    printf "%.0f %.0f\n", counts, sums
}
