#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Measure the program beside igraph: tests/bench/run.sh BUILD_DIR [--write] [--threads N --cpu-time]
#   --write  put the tables into docs/performance.md in place of the last ones
# Run it on a machine that does nothing else; it takes some five minutes. On a busy machine --threads 1 --cpu-time compares one core
# with one core by the time that this process got. With H2020_CSV set to the table of participations (rcn,role,pic,…), the network of partners
# is measured too; it is looked for in ../shared/data beside the checkout. Files go to TMPDIR, about 600 MB.
set -eu
build=${1:?usage: run.sh BUILD_DIR [--write] [--threads N --cpu-time]}
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
write= options=
while [ $# -gt 0 ]; do
    case $1 in
    --write) write=yes ;;
    --threads) options="$options --threads $2"; shift ;;
    --cpu-time) options="$options --cpu-time" ;;
    *) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    esac
    shift
done
find_program() {
    found=$(find "$build" -name "$1" -type f -perm -u+x | head -n 1)
    [ -n "$found" ] || { echo "run.sh: no $1 in $build: build the target bench_programs first" >&2; exit 2; }
    echo "$found"
}
kernels=$(find_program bench_kernels)
reading=$(find_program bench_reading)
growth=$(find_program bench_growth)
commands=$(find_program bench_commands)
coopnet=$(find_program coopnet)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
packed=$root/../shared/data/h2020-eunets/h2020.csv.gz
if [ -z "${H2020_CSV:-}" ] && [ -f "$packed" ]; then
    gzip -dc "$packed" >"$work/h2020.csv"
    H2020_CSV=$work/h2020.csv
fi

# A table: the heading, then what a program prints, kept in a file of that name.
measure() {
    echo "run.sh: $1" >&2
    name=$1
    shift
    "$@" >"$work/$name"
}
# shellcheck disable=SC2086 # options are several words
measure kernels "$kernels" $options ${H2020_CSV:+--projection "$H2020_CSV"}
# shellcheck disable=SC2086
measure reading "$reading" "$work" $options
# shellcheck disable=SC2086
measure growth "$growth" $options
measure commands "$commands" "$coopnet" "$work"

# What is to be reached, and what was: rows of the tables before it.
goals() {
    echo "| job | to reach | measured |"
    echo "| --- | ---: | ---: |"
    awk -F ' *[|] *' '
        function goal(job, least, got) { print "| " job " | " least " | " got " |" }
        FILENAME ~ /kernels$/ && $3 ~ /^betweenness, a source/ { goal($2 ": betweenness", "× " of[$2], "× " $6) }
        FILENAME ~ /kernels$/ && $3 ~ /^harmonic/ { goal($2 ": harmonic closeness", "× 60", "× " $6) }
        FILENAME ~ /kernels$/ && $3 ~ /^PageRank/ { goal($2 ": " $3, "× 4", "× " $6) }
        FILENAME ~ /kernels$/ && $2 == "partners" && $3 == "constraint" { goal("partners: constraint", "× 20", "× " $6) }
        FILENAME ~ /reading$/ && $2 ~ /^list of edges/ { goal("list of edges read", "× 8", "× " $6) }
        FILENAME ~ /reading$/ && $2 ~ /^table of links/ {
            goal("table of a million firms read", "100 MB/s", $7 " MB/s")
            goal("… and the memory for it", "700 MB", $9 " MB") }
        FILENAME ~ /commands$/ && $3 == 1000000 && $2 ~ /betweenness/ { goal($2 ", a million firms", "60 s", $4 " s") }
        FILENAME ~ /commands$/ && $3 == 1000000 && $2 ~ /path/ { goal($2 ", a million firms", "0.5 s", $4 " s") }
        BEGIN { of["Kronecker"] = 8; of["firms"] = 10; of["partners"] = 5 }' "$work/kernels" "$work/reading" "$work/commands"
}

{
    echo "Taken on: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(getconf _NPROCESSORS_ONLN) cores," \
        "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), $(. /etc/os-release && echo "$PRETTY_NAME")," \
        "$(cc --version | head -n 1 | sed 's/ (.*) / /'), igraph $(pkg-config --modversion igraph);" \
        "load before the run $(cut -d ' ' -f 1 /proc/loadavg)${options:+; options$options}."
    echo
    echo "### What is to be reached"
    echo
    echo "× is how many times as fast as igraph."
    echo
    goals
    echo
    echo "### Kernels"
    echo
    cat "$work/kernels"
    echo
    awk -F '|' '$2 ~ /Kronecker/ && $3 ~ /betweenness, a source/ {
        print "A yardstick besides igraph: on a Kronecker graph of this size, with two threads, `bc` of the GAP benchmark suite took 0.028 s a source,"
        print "NetworKit 0.089 and igraph (one thread, as always) 0.130: GAP was 4.6 times as fast as igraph, NetworKit 1.5 times. In the table above"
        printf "it is %s s a source, %s times as fast as igraph in the same run.\n", $4 + 0, $6 + 0 }' "$work/kernels"
    for name in reading growth commands; do
        echo
        case $name in
        reading) echo "### Reading and writing" ;;
        growth) echo "### Growth" ;;
        commands) echo "### Whole commands" ;;
        esac
        echo
        cat "$work/$name"
    done
} >"$work/all"
cat "$work/all"
if [ -n "$write" ]; then
    awk -v tables="$work/all" '
        /<!-- tables: begin/ { print; print ""; while ((getline line < tables) > 0) print line; print ""; skip = 1 }
        /<!-- tables: end/ { skip = 0 }
        !skip { print }' "$root/docs/performance.md" >"$work/page"
    cat "$work/page" >"$root/docs/performance.md"
    echo "run.sh: docs/performance.md has the new tables" >&2
fi
