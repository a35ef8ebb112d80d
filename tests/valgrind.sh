#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main commands on the example network under valgrind, which sees what sanitizers do not: values read before they were set. A build
# without sanitizers; takes some minutes. What OpenMP keeps until the end does not count; PNG and PDF are left out, as fontconfig leaks.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
build=build/valgrind
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -f "$build/CMakeCache.txt" ] || cmake -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCOOPNET_TESTS=OFF >/dev/null
cmake --build "$build" -j "$(nproc 2>/dev/null || echo 2)" >/dev/null

passed=0
failed=0
look() {
    if valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
        "$build/coopnet" "$@" >"$work/out" 2>"$work/err"; then
        passed=$((passed + 1))
        echo "ok coopnet $*"
    else
        failed=$((failed + 1))
        echo "FAILED coopnet $*"
        sed 's/^/  /' "$work/err" | head -40
    fi
}
network=graphs/electro.json
look check $network
look info $network
look rank $network --by betweenness,harmonic,pagerank,katz,eigenvector,constraint --weight value
look chain $network --of etz
look path $network --from boksit --to etz
look critical $network --for etz
look whatif $network --remove magnit --days 60
look risk $network
look comply $network --cluster electro
look partners $network --for etz
look consortium $network --project p_trafo
look clusters $network
look diff $network --between 2020 2024
look merge $network graphs/merge/purchases.csv
look draw $network --view ego --of etz -o "$work/ego.svg"
look draw $network --view geography -o "$work/regions.svg"
look report $network -o "$work/report.html"
for format in cnet xlsx sqlite graphml; do
    look convert $network "$work/network.$format"
    look info "$work/network.$format"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
