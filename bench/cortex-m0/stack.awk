# SPDX-License-Identifier: MIT
#
# The deepest stack below each public function, from gcc's call graphs (-fcallgraph-info=su) and, for what stands in no
# call graph (memcpy and its like), from the disassembly of the image: registers pushed and stack taken at the start.
#
#     awk -f stack.awk PUBLIC_NAMES IMAGE.dis *.ci
#
# With -v with_system=1 what the system's C library takes is not known, and not counted.
# Prints function, bytes, chain of calls. A call in a function's last place counts like any other: the sum is what is
# never exceeded.

function without_folder(title) {
    sub(/.*\//, "", title)
    return title
}

function quoted(field,   rest) {
    rest = $0
    if (!match(rest, field ": \"[^\"]*\""))
        return ""
    return substr(rest, RSTART + length(field) + 3, RLENGTH - length(field) - 4)
}

# The deepest way down from a function; sets way[] beside it.
function depth(name,   i, callee, below, deepest, best) {
    if (!(name in own) && !(name in pushed)) { # the disassembly has another name of it
        if (("__aeabi_" name) in pushed)
            name = "__aeabi_" name
        else if (name == "__aeabi_uidiv")
            name = "__udivsi3"
    }
    if (name in known)
        return known[name]
    if (name in entered) {
        print "recursion at " name > "/dev/stderr"
        exit 1
    }
    entered[name]
    if (!(name in own) && !(name in pushed) && !with_system)
        print "no stack size of " name > "/dev/stderr"
    deepest = 0
    best = ""
    for (i = 1; i <= calls[name]; i++) {
        callee = called[name, i]
        below = depth(callee)
        if (below > deepest) {
            deepest = below
            best = callee
        }
    }
    known[name] = deepest + ((name in own) ? own[name] : pushed[name])
    way[name] = name " " ((name in own) ? own[name] : pushed[name]) (best == "" ? "" : ", " way[best])
    return known[name]
}

FILENAME == ARGV[1] { public[++public_count] = $1; next }

FILENAME == ARGV[2] && /^[0-9a-f]+ <.*>:$/ {
    current = $2
    gsub(/[<>:]/, "", current)
    pushed[current] += 0
    next
}
FILENAME == ARGV[2] && $3 == "push" { pushed[current] += 4 * gsub(/[,}]/, "") }
FILENAME == ARGV[2] && $3 == "sub" && $4 == "sp," { pushed[current] += substr($5, 2) }
FILENAME == ARGV[2] && $3 == "addi" && $4 ~ /^sp,sp,-/ { pushed[current] += substr($4, 8) } # RISC-V
FILENAME == ARGV[2] { next }

/^node:/ && !/shape : ellipse/ {
    title = without_folder(quoted("title"))
    match($0, /[0-9]+ bytes/)
    own[title] = substr($0, RSTART) + 0
    if (!/bytes \(static\)/)
        print title " has a stack of no fixed size" > "/dev/stderr"
}
/^edge:/ {
    title = without_folder(quoted("sourcename"))
    called[title, ++calls[title]] = without_folder(quoted("targetname"))
}

END {
    for (i = 1; i <= public_count; i++)
        printf "%s\t%d\t%s\n", public[i], depth(public[i]), way[public[i]]
}
