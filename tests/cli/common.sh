# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034 # what is set here is used by the others
#
# What the tests of the tool begin with: a folder of their own, and a count. To be sourced, with $tool set.
set -u
[ -x "$tool" ] || {
    echo "no program: $tool" >&2
    exit 2
}
captures=$(cd "$(dirname "${BASH_SOURCE[0]}")/../captures" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
passed=0
failed=0
sanitized=
grep -qE '__(asan|tsan|msan)_init' "$tool" && sanitized=yes
# limit KIB: of memory. A sanitizer's shadow is terabytes of addresses.
limit() {
    [ -n "$sanitized" ] || ulimit -v "$1"
}
# is NAME EXPECTED GOT
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s\n  expected: %s\n  got:      %s\n' "$1" "$2" "$3"
    fi
}
