# SPDX-License-Identifier: MIT
#
# What a filter does to a log of JSON Lines: find the URCs, extract kind and number.

select(.text | startswith("+QIND: \"SBFOTA\""))
| (.text / "\"") as $field
| [.time, .modem, $field[3], ($field[5] // ""), ($field[-1] | gsub("[^-0-9]"; ""))]
| @tsv
