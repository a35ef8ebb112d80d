#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the README pages say happens, happens: in every ```console block, each "$ command" runs in the source folder and prints
# the lines that follow it, to the byte. A line "…" stands for any number of lines.
. "$2/tests/cli/lib.sh"

cd "$source_dir" || exit 1
mkdir "$work/bin" "$work/out.d"
ln -s "$coopnet" "$work/bin/coopnet"
PATH=$work/bin:$PATH
export PATH

# Split a page into work/N.cmd and work/N.want.
split_page() {
    awk -v dir="$2" '
        /^```console$/ { inside = 1; next }
        /^```$/ { inside = 0; next }
        inside && /^\$ / { n++; print substr($0, 3) > (dir "/" n ".cmd"); printf "" > (dir "/" n ".want"); next }
        inside { print > (dir "/" n ".want") }' "$1"
}

# Compare with the cut: lines before "…" at the start, lines after it at the end.
fits() {
    awk '
        FNR == NR { want[++w] = $0; if ($0 == "…") cut = w; next }
        { got[++g] = $0 }
        END {
            if (!cut) { if (w != g) exit 1; for (i = 1; i <= w; i++) if (want[i] != got[i]) exit 1; exit 0 }
            if (g < w - 1) exit 1
            for (i = 1; i < cut; i++) if (want[i] != got[i]) exit 1
            for (i = cut + 1; i <= w; i++) if (want[i] != got[g - w + i]) exit 1
        }' "$1" "$2"
}

for page in README.md README.ru.md graphs/README.md docs/*.md; do
    [ -f "$page" ] || continue
    dir=$work/$(echo "$page" | tr / _)
    mkdir "$dir"
    split_page "$page" "$dir"
    n=1
    while [ -f "$dir/$n.cmd" ]; do
        last=$(cat "$dir/$n.cmd")
        # Pictures go to the work folder, not into the tree.
        sh -c "$(sed "s# out/# $work/out.d/#g" "$dir/$n.cmd")" >"$dir/$n.got" 2>&1 </dev/null
        cp "$dir/$n.got" "$work/out"
        : >"$work/err"
        check "$page: $last" fits "$dir/$n.want" "$dir/$n.got"
        n=$((n + 1))
    done
done
finish
