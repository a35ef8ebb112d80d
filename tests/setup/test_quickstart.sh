#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The first command of the README, from another folder: it answers, draws, and ends by naming its pictures.
# It builds a release in build/release, which a second run finds ready.
. "$2/tests/cli/lib.sh"
last="sh examples/quickstart.sh"
(cd / && sh "$source_dir/examples/quickstart.sh") >"$work/out" 2>"$work/err" </dev/null
code=$?
ends "quickstart" 0
check "nothing on stderr" err_empty
check "ranks АКИТ first" grep -qE '^ *1 .*АКИТ' "$work/out"
check "lists the tiers" out_has "Сказ-Катанка"
for name in electro-overview electro-chain akit-overview; do
    for format in dot svg; do
        check "names out/$name.$format" sh -c "tail -n 3 '$work/out' | grep -qF 'out/$name.$format'"
        check "draws out/$name.$format" test -s "$source_dir/out/$name.$format"
    done
done
finish
