#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables that are bad in a way only large ones are: cut in the middle, one endless line, mistakes in every row, a full disk, Ctrl-C while
# writing. With COOPNET_BIG=1 also in the size of a national table (minutes, some GB in TMPDIR).
. "$2/tests/cli/lib.sh"

run generate --firms 20000 --seed 3 -o "$work/whole.csv"
check "generate is done" [ "$code" = 0 ]

# Cut behind the comma of a row: the last line says what is missing.
size=$(wc -c <"$work/whole.csv")
head -c $((size / 2)) "$work/whole.csv" | sed '$s/,.*/,/' | head -c -1 >"$work/cut.csv"
lines=$(($(wc -l <"$work/cut.csv") + 1))
run check "$work/cut.csv" --lang en
check "a table cut in mid-line is refused" [ "$code" = 1 ]
check "and the place is the last line" grep -q "cut.csv:$lines:" "$work/err" "$work/out"

# One line longer than any row may be, and behind it a mistake: both are told, with their lines.
{
    echo "from,to,value"
    echo "a,b,1"
    head -c 70000000 /dev/zero | tr '\0' x
    echo
    echo "c,d,nonsense"
} >"$work/line.csv"
run check "$work/line.csv" --lang en
check "an endless line is refused" [ "$code" = 1 ]
check "with its line" grep -q "line.csv:3:1: error: .*line-too-long" "$work/err" "$work/out"
check "and what follows is read" grep -q "line.csv:4:.*bad-number" "$work/err" "$work/out"
rm "$work/line.csv"

# A mistake in every row: a thousand are shown, all are counted.
sed '1!s/,\([0-9]*\),/,x\1,/' "$work/whole.csv" >"$work/wrong.csv"
rows=$(($(wc -l <"$work/wrong.csv") - 1))
run check "$work/wrong.csv" --lang en
check "mistakes without number are refused" [ "$code" = 1 ]
run info "$work/wrong.csv"
check "and no command takes them" [ "$code" = 3 ]
run check "$work/wrong.csv" --lang en
cat "$work/out" "$work/err" >"$work/both"
check "a thousand are shown" [ "$(grep -c 'bad-number' "$work/both")" -le 1001 ]
check "all are counted" grep -q "$rows\|$(echo "$rows" | sed 's/\(...\)$/,\1/')" "$work/both"

# A full disk: files may have so many blocks and no more.
full() {
    code=0
    (trap '' XFSZ; ulimit -f 200; exec "$coopnet" "$@") >"$work/out" 2>"$work/err" || code=$?
}
full convert "$work/whole.csv" -o "$work/full.cnet"
check "a full disk while a snapshot is written" [ "$code" = 4 ]
full generate --firms 20000 -o "$work/full.csv"
check "a full disk while a table is written" [ "$code" = 4 ]
full generate --firms 20000 -o "$work/full"
check "a full disk while a folder is written" [ "$code" = 4 ]
check "nothing is left behind" [ -z "$(find "$work" -name '*.tmp' -o -name 'full.*' -o -path '*/full/*')" ]

if [ -n "${COOPNET_BIG:-}" ]; then
    { echo "from,to"; echo "a,b"; head -c 3000000000 /dev/zero | tr '\0' x; echo; echo "b,c"; } >"$work/line.csv"
    run check "$work/line.csv" --lang en
    check "a line of 3 GB is refused" [ "$code" = 1 ]
    rm "$work/line.csv"
    run generate --firms 1000000 -o "$work/large.csv"
    sed '1!s/,\([0-9]*\),/,x\1,/' "$work/large.csv" >"$work/wrong.csv"
    run check "$work/wrong.csv" --lang en
    check "millions of mistakes are refused" [ "$code" = 1 ]
    run convert "$work/large.csv" -o "$work/large.cnet"
    check "a large table is converted" [ "$code" = 0 ]
    "$coopnet" convert "$work/large.csv" -o "$work/stopped.cnet" 2>/dev/null &
    job=$!
    while [ -z "$(ls -A "$work" | grep tmp)" ] && kill -0 "$job" 2>/dev/null; do sleep 0.01; done
    kill -INT "$job"
    wait "$job"
    check "Ctrl-C while a large snapshot is written leaves nothing" [ -z "$(ls -A "$work" | grep -e stopped -e tmp)" ]
fi
finish
