# SPDX-License-Identifier: MIT
#
# The headers as Doxygen wants them: without the fields of structs that are private, with a comment at each of several
# declarations that share one, and without words that it takes for HTML.

# @file stands alone on its line there.
/@file ./ { sub(/@file /, "@file\n * ") }

{ gsub(/<CR>/, "\\&lt;CR\\&gt;"); gsub(/<LF>/, "\\&lt;LF\\&gt;") }

/^\/\*\*/ { comment = "" }
/^\/\*\*/, /\*\// { comment = comment $0; commented = 1 }

# A struct whose comment says that its fields are private.
/^struct [a-z_]+ \{/ && comment ~ /fields[ *]+are[ *]+private/ { in_private = 1; print; next }
in_private && /^};/ { in_private = 0 }
in_private { print ""; next }

# A declaration right behind another one has its comment.
/^(SBFOTA_API|static inline|#define SBFOTA_[A-Z_]+[ (])/ {
    name = $0
    sub(/\(.*/, "", name)
    if (name ~ /^#define/)
        name = $2
    else
        sub(/.*[ *]/, "", name)
    if (commented)
        documented = name
    else if (name ~ /_VERSION/)
        printf "/** The version of these headers. */ "
    else if (documented != "")
        printf "/** See %s. */ ", documented
}
/^[^\/ ]/ || /^$/ { commented = 0 }

{ print }
