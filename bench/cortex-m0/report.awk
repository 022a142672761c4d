# SPDX-License-Identifier: MIT
#
# The printed footprint, from what image.awk, stack.awk and nm found; `kind` and `style` say what a file holds.

BEGIN {
    FS = "\t"
    text_budget = 4608 # design: 4.5 KiB
    struct_budget = 32
    session_budget = 64
    host_budget = 96
    stack_budget = 128
}

# What the compiler and the C library bring: most firmware has them already.
kind == "image" && /^(lib|_)|\(/ { helpers[style] += $2; next }
kind == "image" && $1 == "main.o" { next }
kind == "image" {
    if ($1 == "parser_" style ".o")
        $1 = "parser_" "STYLE.o"
    objects[$1]
    text[$1, style] = $2
    text_sum[style] += $2
    data_sum[style] += $3
    bss_sum[style] += $4
}
kind == "cmake" {
    cmake_text += $2
    cmake_variables += $3 + $4
}
kind == "stack" {
    if (!((1, $1) in seen)) {
        seen[1, $1]
        functions[++function_count] = $1
    }
    stack[$1, style] = $2
    if ($2 > deepest[style]) {
        deepest[style] = $2
        chain[style] = $3
    }
}
kind == "sizes" {
    sizes = sizes sprintf("  %-36s%8d\n", "struct " $1, $2)
    if ($1 == "sbfota_session")
        session = $2
    else if ($1 == "sbfota_host")
        host = $2
    else if ($2 > largest)
        largest = $2
}

function verdict(what, asked, measured) {
    printf "  %-36s%10s%10d  %s\n", what, "<= " asked, measured, measured <= asked ? "met" : "short"
}

function print_stack(name) {
    if (stack[name, "goto"] > 40) {
        printf "  %-36s%8d%8d\n", name, stack[name, "table"], stack[name, "goto"]
        return
    }
    for (style in deepest)
        if (stack[name, style] > shallow[style])
            shallow[style] = stack[name, style]
}

END {
    print ""
    printf "  %-36s%8s%8s\n", "text linked, no texts, bytes", "table", "goto"
    for (object in objects)
        printf "  %-36s%8d%8d\n", object, text[object, "table"], text[object, "goto"] | "sort"
    close("sort")
    printf "  %-36s%8d%8d\n", "together", text_sum["table"], text_sum["goto"]
    printf "  %-36s%8d%8d\n", "data", data_sum["table"], data_sum["goto"]
    printf "  %-36s%8d%8d\n", "bss", bss_sum["table"], bss_sum["goto"]
    printf "  %-36s%8d%8d\n", "beside it: memcpy, memset, libgcc", helpers["table"], helpers["goto"]
    printf "  %-36s%8d%8d\n", "the texts, all of them", texts, texts

    print ""
    printf "  %-36s%8s%8s\n", "deepest stack of a call, bytes", "table", "goto"
    for (i = 1; i <= function_count; i++)
        print_stack(functions[i])
    printf "  %-36s%8d%8d\n", "any other, at most", shallow["table"], shallow["goto"]
    print "  deepest, table: " chain["table"]
    print "  deepest, goto:  " chain["goto"]

    print ""
    print "  structs, bytes"
    printf "%s", sizes

    print ""
    printf "  %-36s%10s%10s\n", "what (table parser)", "asked", "measured"
    verdict("text of parser and formatter", text_budget, text_sum["table"])
    if (cmake_text > 0) {
        verdict("objects through CMake", text_sum["table"] - text["alignment", "table"], cmake_text)
        verdict("data and bss through CMake", 0, cmake_variables)
    }
    verdict("data", 0, data_sum["table"])
    verdict("bss", 0, bss_sum["table"])
    verdict("larger of parser and event", struct_budget, largest)
    verdict("session", session_budget, session)
    verdict("host", host_budget, host)
    verdict("deepest stack of a call", stack_budget, deepest["table"])
}
