#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Long work: the memory limit, Ctrl-C inside a kernel, and progress that nobody sees in a file.
. "$2/tests/cli/lib.sh"

run generate --firms 8000 --seed 5 -o "$work/firms.csv"
ends "a network to work on" 0
for command in "check" "info" "rank --by betweenness" "convert"; do
    set -- $command
    name=$1
    shift
    target=
    [ "$name" = convert ] && target=$work/out.cnet
    run "$name" "$work/firms.csv" $target "$@" --memory-limit 1M --lang en
    fails "$name: more memory than allowed" 4 "the limit is 1 MB"
done
check "no half-written file" [ ! -e "$work/out.cnet" ]
run rank "$work/firms.csv" --by betweenness --memory-limit 1M --lang ru
fails "in Russian" 4 "а предел — 1 МБ"
run rank "$work/firms.csv" --by pagerank --top 1 --format csv
cp "$work/out" "$work/free"
run rank "$work/firms.csv" --by pagerank --top 1 --format csv --memory-limit 1.5GiB
check "enough memory changes nothing" cmp -s "$work/free" "$work/out"
for wrong in 0 5 1K 2X "" G 1e30; do
    run rank "$graphs/toy.json" --by degree --memory-limit "$wrong" --lang en
    fails "--memory-limit '$wrong'" 2 "--memory-limit"
done

run info "$work/firms.csv" --exact-up-to 1 --epsilon 0.2 --lang en
check "info: distances estimated" out_has "with probability 90 %"
cp "$work/out" "$work/one"
run info "$work/firms.csv" --exact-up-to 1 --epsilon 0.2 --lang en --threads 3
check "info: the same bytes for any number of threads" cmp -s "$work/one" "$work/out"
check "no progress in a file" err_empty
run info "$work/firms.csv" --format json --exact-up-to 1 --epsilon 0.2
check "info: the estimate in JSON" out_has '"probability": 0.9'
run info "$work/firms.csv" --format json
check "info: exact" out_has '"average_distance_estimate": null'

# Ctrl-C, as soon as the program listens to it (bit 2 of the signals that it catches; a background job does not at first).
last="coopnet rank --exact, interrupted"
# Not the shell that is about to become it, which catches signals too.
listens() { grep -q '^coopnet' "/proc/$job/comm" 2>/dev/null && grep -q '^SigCgt:.*[2367abefABEF]$' "/proc/$job/status" 2>/dev/null; }
"$coopnet" rank "$work/firms.csv" --by betweenness --exact --lang en -o "$work/ranked.csv" >"$work/out" 2>"$work/err" &
job=$!
tries=0
while [ -d "/proc/$job" ] && ! listens && [ "$tries" -lt 600 ]; do
    sleep 0.05
    tries=$((tries + 1))
done
if listens && kill -INT "$job" 2>/dev/null; then
    wait "$job"
    code=$?
    ends "Ctrl-C: code 130" 130
    check "Ctrl-C: it says so, if anything" sh -c "[ ! -s '$work/err' ] || grep -qF 'stopped on request' '$work/err'"
    check "Ctrl-C: no half-written file" [ ! -e "$work/ranked.csv" ]
else
    skip "Ctrl-C" "it was not seen at work"
fi

# stopped NAME TARGET ARGUMENTS…: Ctrl-C while the command reads a pipe. Who can write into it knows that the command has opened it,
# and so listens; half of the table is in it when the signal comes.
mkfifo "$work/pipe"
stopped() {
    stopped_name=$1
    target=$work/$2
    shift 2
    last="coopnet $*, interrupted"
    echo before >"$target"
    "$coopnet" "$@" -o "$target" --lang en >"$work/out" 2>"$work/err" &
    job=$!
    exec 3>"$work/pipe"
    head -c 300000 "$work/firms.csv" >&3
    kill -INT "$job"
    exec 3>&-
    wait "$job"
    code=$?
    ends "Ctrl-C, $stopped_name: code 130" 130
    check "Ctrl-C, $stopped_name: it says so" err_has "stopped on request"
    check "Ctrl-C, $stopped_name: nothing on stdout" out_empty
    check "Ctrl-C, $stopped_name: the old file is untouched" [ "$(cat "$target")" = before ]
    check "Ctrl-C, $stopped_name: nothing half-written" [ -z "$(find "$work" -name '*.tmp')" ]
}
check "the table is longer than half" [ "$(wc -c <"$work/firms.csv")" -gt 400000 ]
stopped convert pipe.cnet convert "$work/pipe"
stopped "convert to a table" pipe.csv convert "$work/pipe" --to links
stopped merge merged.cnet merge "$work/firms.csv" "$work/pipe"
finish
