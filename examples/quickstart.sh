#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The first look: installs what is missing, builds a release, and answers the main questions on the two Russian example networks.
# Pictures go to out/. Run it from any folder; a second run builds nothing.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
sh "$top/cmake/install-deps.sh" run
cd "$top"
build=build/release
log=$build/build.log
mkdir -p "$build" out
{
    [ -f "$build/Makefile" ] || cmake --preset release -G "Unix Makefiles"
    cmake --build "$build" -j "$(nproc 2>/dev/null || echo 2)"
} >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "The build failed; all of it is in $log" >&2
    exit 1
}
coopnet=$build/coopnet

step() {
    printf '\n$ coopnet %s\n' "$*"
    "$coopnet" "$@"
}
step info graphs/electro.json
step rank graphs/electro.json --by strength,betweenness,pagerank --kind company --weight value --top 10
step chain graphs/electro.json --of etz --direction upstream
step rank graphs/akit.json --by betweenness,pagerank --top 10

for name in electro akit; do
    for format in dot svg; do
        "$coopnet" draw "graphs/$name.json" --view overview -o "out/$name-overview.$format"
    done
done
for format in dot svg; do
    "$coopnet" chain graphs/electro.json --of etz --format $format -o "out/electro-chain.$format"
done

printf '\nPictures (open the SVG files in a browser):\n'
for name in electro-overview electro-chain akit-overview; do
    echo "  out/$name.svg  out/$name.dot"
done
