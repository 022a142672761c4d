# SPDX-License-Identifier: MIT
#
# From a linker's map, what each object gave to the image: object, text (with constants), data, bss.

function basename(path) {
    sub(/.*\//, "", path)
    return path
}

/^Linker script and memory map/ { in_image = 1 }
!in_image { next }

/^\.[a-z]/ { output = $1 }

# A long section name stands on a line of its own.
/^ \.[^ ]+$/ { section = $1; next }
/^ \.[^ ]+ +0x/ { section = $1; size = $3; object = $4 }
/^ +0x[0-9a-f]+ +0x[0-9a-f]+ / && section != "" { size = $2; object = $3 }
/^ \*fill\*/ && (output == ".text" || output == ".rodata") { size = $3; object = "alignment"; section = ".text" }

section != "" && object != "" {
    name = basename(object)
    if (section ~ /^\.(text|rodata)/)
        text[name] += hex(size)
    else if (section ~ /^\.data/)
        data[name] += hex(size)
    else if (section ~ /^(\.bss|COMMON)/)
        bss[name] += hex(size)
}
{ section = object = "" }

# Not every awk reads hexadecimal numbers.
function hex(digits,   i, number) {
    sub(/^0x/, "", digits)
    number = 0
    for (i = 1; i <= length(digits); i++)
        number = number * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
    return number
}

END {
    for (name in text) all[name]
    for (name in data) all[name]
    for (name in bss) all[name]
    for (name in all)
        if (text[name] + data[name] + bss[name] > 0)
            printf "%s\t%d\t%d\t%d\n", name, text[name], data[name], bss[name]
}
