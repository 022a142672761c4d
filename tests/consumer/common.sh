# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# What each check begins with: where things are, a folder of its own, how to skip.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
program=$root/tests/consumer/program.c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What ./setup consumers has brought from PyPI.
PATH=$root/build/tools/bin:$PATH
export PATH

# skip REASON: this machine cannot do it.
skip() {
    echo "$1"
    exit 77
}

# need TOOL...
need() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || skip "$tool is missing (./setup consumers)"
    done
}

fail() {
    echo "$1" >&2
    exit 1
}

# copy_tree FOLDER: the project as a commit of what lies here would have it.
copy_tree() {
    git -C "$root" rev-parse --git-dir >/dev/null 2>&1 || skip "the files of the project are known from git only"
    mkdir -p "$1"
    (cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c '
        for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh |
        tar --null -cf - -T -) | tar -xf - -C "$1"
}

version() {
    sed -n 's/^#define SBFOTA_VERSION "\(.*\)"$/\1/p' "$root/include/sbfota/sbfota.h"
}
