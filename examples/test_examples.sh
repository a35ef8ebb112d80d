#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the example programs and compares what they print. test_examples.sh PROGRAM_DIR SOURCE_DIR
set -u
programs=$1
top=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LSAN_OPTIONS=suppressions=$top/tests/support/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
passed=0 failed=0

result() {
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok $1"
    else
        failed=$((failed + 1))
        echo "FAILED $1"
    fi
}

"$programs/build_network" >"$work/built" && diff - "$work/built" <<'END'
tier 2: raw
tier 1: a
tier 1: b
tier 0: final
raw -> a -> final: at most 40 million a year
raw -> b -> final: at most 30 million a year
END
result build_network $?

"$programs/load_and_rank" "$top/graphs/toy.json" >"$work/ranked" && [ "$(sed -n 1p "$work/ranked" | cut -d' ' -f3-)" = "Final maker" ]
result "load_and_rank puts the final maker first" $?

"$programs/load_and_rank" "$top/graphs/broken/duplicate-id.json" >"$work/none" 2>"$work/said"
[ $? -eq 1 ] && grep -q 'duplicate-id.json:[0-9]*:[0-9]*: error: ' "$work/said" && [ ! -s "$work/none" ]
result "load_and_rank names the place of a mistake" $?

"$programs/draw_chain" "$top/graphs/electro.json" etz >"$work/chain.svg" && grep -q '<svg' "$work/chain.svg" && grep -q '</svg>' "$work/chain.svg"
result draw_chain $?

echo "cases: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
