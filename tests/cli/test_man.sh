#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page names every command and option of the help, and no other.
. "$2/tests/cli/lib.sh"
page=$source_dir/docs/coopnet.1
last="coopnet COMMAND --help"

# "command --option" of the help; common options once, under "every"
commands=$("$coopnet" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on && /^  [a-z]/ { print $1 }')
for command in $commands; do
    run "$command" --help
    awk -v command="$command" '
        /^Options of every command:/ { command = "every" }
        /^(Metrics|Kinds|Formats)/ { exit }
        /^  -/ {
            for (i = 1; i <= NF && $i ~ /^-/; i++) {
                sub(",", "", $i)
                print command, $i
            }
        }' "$work/out"
done | sort -u >"$work/help"
check "the help lists options" [ "$(wc -l <"$work/help")" -gt 30 ]

# The page: .SS command sections, options as ".B \-\-name" or ".BR \-o , \-\-output"
awk '
    /^\.SS / { section = $2 }
    /^\.TP/ { getline; gsub(/\\-/, "-"); gsub(/\\f[BIR]/, "")
        for (i = 1; i <= NF; i++) {
            if ($i ~ /^--?[a-z]/) { sub(",", "", $i); print section, $i } } }' "$page" | sort -u >"$work/page"
check "the manual page has the options of the help" cmp -s "$work/help" "$work/page"
diff "$work/help" "$work/page"
for metric in degree in_degree out_degree strength in_strength out_strength betweenness harmonic eigenvector pagerank \
    katz coreness constraint; do
    run rank --help
    check "metric $metric is in help and page" sh -c "grep -q '^  $metric ' '$work/out' && grep -q '^$metric' '$page'"
done
if command -v man >/dev/null 2>&1 && man --version >/dev/null 2>&1; then
    last="man docs/coopnet.1"
    check "man reads it without warnings" sh -c "[ -z \"\$(LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=100 man --warnings -E UTF-8 -l '$page' 2>&1 >/dev/null)\" ]"
else
    skip "man reads it" "no man here"
fi
finish
