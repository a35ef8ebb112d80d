#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Measure the kernels beside igraph: tests/bench/run.sh BUILD_DIR [options of bench_kernels]
# Run it on a machine that does nothing else. With H2020_CSV set to the table of participations (rcn,role,pic,…), the
# network of partners is measured too. Prints the machine, then the table that docs/performance.md holds.
set -eu
build=${1:?usage: run.sh BUILD_DIR [options]}
shift
program=$(find "$build" -name bench_kernels -type f | head -n 1)
[ -n "$program" ] || { echo "run.sh: no bench_kernels in $build: build the target first" >&2; exit 2; }
sed -n 's/^model name[^:]*: /Processor: /p' /proc/cpuinfo | head -n 1
echo "Cores: $(getconf _NPROCESSORS_ONLN); load before the run: $(cut -d ' ' -f 1 /proc/loadavg)"
echo
if [ -n "${H2020_CSV:-}" ]; then
    exec "$program" --projection "$H2020_CSV" "$@"
fi
exec "$program" "$@"
