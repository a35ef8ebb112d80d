#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet report: the file it writes, its forms and mistakes. What happens in a browser: tests/browser.
. "$(dirname "$0")/lib.sh"

run report "$graphs/electro.json" -o "$work/electro.html"
ends "a report is written" 0
cp "$work/electro.html" "$work/first.html"
run report "$graphs/electro.json" -o "$work/electro.html"
check "twice the same bytes" cmp -s "$work/first.html" "$work/electro.html"
cp "$work/electro.html" "$work/out"
check "one policy for the page" out_has "default-src 'none'"
check "nothing is fetched" sh -c "! grep -oE '(src|href)=\"https?:' '$work/electro.html' | grep -q ."
check "the hash of the records is told" sh -c "grep -qE 'SHA-256 [0-9a-f]{64}' '$work/electro.html'"
check "the anchor's chain is a chapter" out_has 'id="chain"'
check "critical places name the hidden supplier" sh -c "sed -n '/id=\"critical\"/,/<\/table>/p' '$work/electro.html' | grep -q glinozem"

run report "$graphs/electro" -o "$work/tables.html"
check "tables and JSON say the same: the same hash" sh -c "[ \"\$(grep -oE 'SHA-256 [0-9a-f]+' '$work/tables.html')\" = \"\$(grep -oE 'SHA-256 [0-9a-f]+' '$work/electro.html')\" ]"

cp "$work/electro.html" "$work/out"
last="report electro.json"
check "joint projects with who does what" out_has 'id="table-participants"'
check "whom to work with" out_has 'id="table-partners"'
check "and drawn, above the table" sh -c 'tr "\n" " " <"$1" | grep -q "<figure id=\"picture-partners\"><img alt=\"С кем могло бы.*id=\"table-partners\""' - "$work/out"
check "the records behind the numbers" out_has 'id="table-objects"'
check "every chapter tells where it comes from" sh -c "[ \$(grep -c 'class=\"origin\"' '$work/out') -ge \$((\$(grep -c '<h2' '$work/out') - 1)) ]"
check "numbers lead to their rows" sh -c "grep -oE 'class=\"rows\" href=\"#table-[^\"]*' '$work/out' | sed 's/.*#//' | sort -u | while read -r id; do grep -q \"id=\\\"\$id\\\"\" '$work/out' || { echo \$id; exit 1; }; done"

run report "$graphs/electro.json" --cluster electro -o "$work/cluster.html"
ends "a report of one cluster" 0
cp "$work/cluster.html" "$work/out"
check "it has the cluster's name" out_has "<h1>Небывальский электротехнический кластер (вымышленный)</h1>"
check "and its rules" out_has 'id="table-rules-of-electro"'
check "the input is still the whole" sh -c "[ \"\$(grep -oE 'SHA-256 [0-9a-f]{64}' '$work/cluster.html')\" = \"\$(grep -oE 'SHA-256 [0-9a-f]{64}' '$work/electro.html')\" ]"
run report "$graphs/electro.json" --cluster etz
fails "a firm is no cluster" 2 ""
run report "$graphs/electro.json" --cluster electro --mission etz
fails "a mission pack of a cluster" 2 "--cluster"
run report "$graphs/electro.json" --since 2020 --format md --lang en
ends "what has changed since a date" 0
check "new ones are counted" out_has "Since 2020:"
check "with the links that changed" out_has "Changed links, the largest sums first"
check "the command that says the same" out_has "    coopnet diff NETWORK --between 2020 2024-04-01"
cp "$work/out" "$work/since.md"
run diff "$graphs/electro.json" --between 2020 2024-04-01 --format csv --lang en
check "and it does: new" sh -c "grep -q \"new links: \\*\\*$(grep -c '^new,' "$work/out")\\*\\*\" '$work/since.md'"
check "and gone" sh -c "grep -q \"links gone: \\*\\*$(grep -c '^gone,' "$work/out")\\*\\*\" '$work/since.md'"
run report "$graphs/electro.json" --since 2020 --as-of 2023 --format md --lang en
check "of an earlier state: what had ended by then is gone" out_has "links gone: **3**"
check "the commands of that state" out_has "    coopnet projects NETWORK --as-of 2023"
run report "$graphs/electro.json" --cluster electro --since 2020 --format md --lang en
check "of a cluster: only commands that know it" sh -c "! grep -E '^    coopnet ' '$work/out' | grep -qv -- '--cluster electro'"
run report "$graphs/electro.json" --since "$graphs/electro" --format md --lang en
ends "what has changed since a file" 0
check "nothing, as they are the same" out_has "0 objects are new, 0 gone"
check "and the command with the file" out_has "    coopnet diff $graphs/electro NETWORK"
run report "$graphs/electro.json" --since "$work/nothing.json"
fails "an earlier file that is not there" 3 "nothing.json"
"$coopnet" generate --firms 1000 --seed 7 -o "$work/thousand"
run report "$work/thousand" -o "$work/thousand.html"
ends "a report of 1,000 firms" 0
check "the overview is a map and called so" sh -c "grep -q 'Карта групп: блок' '$work/thousand.html'"
check "below 2 MB" sh -c "[ \$(wc -c <'$work/thousand.html') -lt 2000000 ]"

run report "$graphs/electro.json" --format md --lang en
ends "Markdown" 0
check "with chapters" out_has "## Who is central"
check "with tables" out_has "| ---: |"
check "what is imported has its makers" out_has "Сказ-Полимеры (22.21.30.120)"
check "the rules have their verdicts" out_has "| R4b | Cooperation level | not met | 19.3"

run report "$graphs/akit.json" --for mission -o "$work/akit.html"
ends "for a mission" 0
cp "$work/akit.html" "$work/out"
check "no key figures there" out_lacks 'id="figures"'

run report "$graphs/electro.json" --mission etz,magnit --format md --lang en
ends "a mission pack" 0
check "a page for each" sh -c "[ \$(grep -c '^### Questions to ask' '$work/out') -eq 2 ]"
check "a single source is asked about" out_has "Only Магнитопровод-Небыль delivers 27.11.62.110"
check "and what is imported" out_has "is imported for ₽46m a year"
run report "$graphs/akit.json" --mission mission_vl --format md
check "the guests of an event" out_has "Деловая миссия в Великих Луках"
run report "$graphs/electro.json" -o "$work/with.html" --data "$work/tables"
check "tables beside it, all rows" sh -c "[ \$(wc -l <'$work/tables/central.csv') -gt 20 ]"
check "in the form of Russian spreadsheets" sh -c "grep -q '^glinozem;.*;3602000000;0,1' '$work/tables/critical.csv'"
check "and a workbook" sh -c "python3 -c 'import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)' '$work/tables/report.xlsx'"
run report "$graphs/electro.json" -o "$work/with.html" --data /proc/none
ends "a folder that cannot be made" 4

run report "$graphs/electro.json" --of nobody
fails "an organisation that is not there" 2 "nobody"
run report "$graphs/electro.json" --for everyone
fails "a reader that is not known" 2 "manager"

if command -v chromium >/dev/null 2>&1 && command -v python3 >/dev/null 2>&1; then
    mkdir "$work/pages"
    cp "$work/electro.html" "$work/akit.html" "$work/pages/"
    cp "$work/first.html" "$work/pages/electro.html"
    cp "$work/cluster.html" "$work/pages/"
    run report "$graphs/akit.json" -o "$work/pages/akit.html"
    run report "$data/hostile.json" -o "$work/pages/hostile.html"
    "$coopnet" generate --firms 4000 --seed 3 -o "$work/large.csv"
    run report "$work/large.csv" -o "$work/pages/large.html"
    ends "a report of 4,000 firms" 0
    shots=${COOPNET_PICTURES:-$work/pictures}
    mkdir -p "$shots"
    last="tests/browser/report.py"
    PYTHONDONTWRITEBYTECODE=1 python3 "$source_dir/tests/browser/report.py" "$work/pages" "$shots" >"$work/browser" 2>&1
    grep -vE '^cases:' "$work/browser"
    passed=$((passed + $(grep -c '^ok ' "$work/browser")))
    failed=$((failed + $(grep -c '^FAILED ' "$work/browser")))
    check "the browser's walk came to its end" grep -q '^cases:' "$work/browser"
else
    skip "in a browser" "chromium or python3 is not here"
fi
finish
