#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Golden captures: forms.sh SBFOTA [update]. Each NAME.log of captures/forms, and of captures/cases, made after the shapes of logs
# that people have shown, has the JSON Lines that decode gives beside it.
# With "update" they are written anew, to be reviewed as a difference.
tool=$(readlink -f "${1:?usage: forms.sh SBFOTA [update]}")
. "$(dirname "$0")/common.sh"
for capture in "$captures"/forms/*.log "$captures"/cases/*.log; do
    cd "$(dirname "$capture")" || exit 2
    capture=$(basename "$capture")
    expected=${capture%.log}.jsonl
    if [ "${2-}" = update ]; then
        "$tool" decode -q -f jsonl "$capture" >"$expected"
        continue
    fi
    for threads in 1 2; do
        if difference=$("$tool" decode -q -j $threads -f jsonl "$capture" | diff "$expected" - | head -4 && [ "${PIPESTATUS[1]}" -eq 0 ]); then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            printf 'FAIL %s with %s threads\n%s\n' "$capture" $threads "$difference"
        fi
    done
    # From a pipe, which is not mapped, and in small pieces.
    if difference=$(dd if="$capture" bs=7 status=none | "$tool" decode -q -f jsonl | diff <(jq -c "del(.file)" "$expected") - | head -4 && [ "${PIPESTATUS[2]}" -eq 0 ]); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAIL %s in pieces\n%s\n' "$capture" "$difference"
    fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
