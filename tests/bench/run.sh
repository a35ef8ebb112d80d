#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Measure the program beside igraph: tests/bench/run.sh BUILD_DIR [--write] [--long] [--threads N --cpu-time]
#   --write  put the tables into docs/performance.md in place of the last ones
#   --long   also networks of 10^7 links, and all commands on a million firms
# Run it on a machine that does nothing else; the short form takes some minutes. On a busy machine --threads 1 --cpu-time compares one core
# with one core by the time that this process got. With H2020_CSV set to the table of participations (rcn,role,pic,…), the network of partners
# is measured too; it is looked for in ../shared/data beside the checkout. Files go to TMPDIR.
set -eu
build=${1:?usage: run.sh BUILD_DIR [--write] [--long] [--threads N --cpu-time]}
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
write= long= options=
while [ $# -gt 0 ]; do
    case $1 in
    --write) write=yes ;;
    --long) long=--long ;;
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

{
    echo "Taken on: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(getconf _NPROCESSORS_ONLN) cores," \
        "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo), $(. /etc/os-release && echo "$PRETTY_NAME")," \
        "$(cc --version | head -n 1 | sed 's/ (.*) / /'), igraph $(pkg-config --modversion igraph);" \
        "load before the run $(cut -d ' ' -f 1 /proc/loadavg)${options:+; options$options}."
    echo
    echo "### Kernels"
    echo
    # shellcheck disable=SC2086 # options are several words
    "$kernels" $options ${H2020_CSV:+--projection "$H2020_CSV"} | tee "$work/kernels"
    echo
    awk -F '|' '$2 ~ /Kronecker/ && $3 ~ /betweenness, a source/ {
        print "A yardstick besides igraph: on a Kronecker graph of this size, with two threads, `bc` of the GAP benchmark suite took 0.028 s a source,"
        print "NetworKit 0.089 and igraph (one thread, as always) 0.130: GAP was 4.6 times as fast as igraph, NetworKit 1.5 times. In the table above"
        printf "it is %s s a source, %s times as fast as igraph in the same run.\n", $4 + 0, $6 + 0 }' "$work/kernels"
    echo
    echo "### Reading and writing"
    echo
    # shellcheck disable=SC2086
    "$reading" "$work" $options
    echo
    echo "### Growth"
    echo
    # shellcheck disable=SC2086
    "$growth" $long $options
    echo
    echo "### Whole commands"
    echo
    "$commands" "$coopnet" "$work" $long
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
