#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# convert and generate as a user types them; Ctrl-C leaves no file.
. "$2/tests/cli/lib.sh"

run convert "$source_dir/graphs/electro.json" "$work/e.cnet"
check "convert is done" [ "$code" = 0 ]
run info "$source_dir/graphs/electro.json"
cp "$work/out" "$work/first"
run info "$work/e.cnet"
check "a snapshot gives the same answer" cmp -s "$work/first" "$work/out"
run convert "$work/e.cnet" -o "$work/f.cnet"
check "a snapshot of a snapshot is the same file" cmp -s "$work/e.cnet" "$work/f.cnet"
run convert "$source_dir/graphs/electro.json"
check "convert needs a file" [ "$code" = 2 ]
run convert "$source_dir/graphs/electro.json" "$work/e.xyz"
fails "an unknown extension is wrong usage" 2 ".json, .csv, .cnet"
run convert "$source_dir/graphs/electro.json" "$work/e.xyz" --to word
fails "an unknown format is told with the known ones" 2 "json, csv, links, cnet"
run convert "$source_dir/graphs/electro.json" "$work/e.json"
check "to JSON" [ "$code" = 0 ]
check "nothing is lost in it" err_empty
run convert "$work/e.json" "$work/tables"
check "to a folder of tables" [ "$code" = 0 ]
run convert "$work/tables" - --to json
check "and back to the same JSON, on standard output" cmp -s "$work/out" "$work/e.json"
run convert "$work/tables" "$work/tables"
fails "a folder with files is kept" 4 "$work/tables"
run convert "$work/tables" - --to csv
fails "a folder has no standard output" 2 "csv"
run convert "$source_dir/graphs/electro.json" "$work/e.xlsx"
check "to a workbook" [ "$code" = 0 ]
check "nothing is lost in it" err_empty
run convert "$work/e.xlsx" - --to json
check "and back to the same JSON" cmp -s "$work/out" "$work/e.json"
run convert "$work/e.json" "$work/again.xlsx"
check "the same network, the same bytes" cmp -s "$work/e.xlsx" "$work/again.xlsx"
run convert "$work/e.json" - --to xlsx
fails "a workbook has no standard output" 2 "xlsx"
run convert "$source_dir/graphs/electro.json" "$work/links.csv"
check "a table of links" [ "$code" = 0 ]
check "what it cannot hold is named" err_has "[save-lost]"
run check "$work/links.csv" --quiet
check "it loads" [ "$code" = 0 ]
run convert "$source_dir/graphs/electro.json" /dev/full --to cnet
check "a full disk is said" [ "$code" = 4 ]
head -c 3000 "$work/e.cnet" >"$work/torn.cnet"
run info "$work/torn.cnet"
check "a torn snapshot is refused" [ "$code" = 3 ]

run generate --firms 300 --seed 4 -o "$work/g.csv"
check "generate is done" [ "$code" = 0 ]
run generate --firms 300 --seed 4
check "standard output has the same bytes" cmp -s "$work/g.csv" "$work/out"
run check "$work/g.csv" --threads 1
check "it loads" [ "$code" = 0 ]
run generate --firms 2000 -o "$work/folder"
run check "$work/folder" --quiet
check "a folder loads" [ "$code" = 0 ]
run generate
check "generate needs a number of firms" [ "$code" = 2 ]
run generate something --firms 10
check "generate takes no network" [ "$code" = 2 ]

"$coopnet" generate --firms 20000000 -o "$work/long.csv" 2>/dev/null &
job=$!
sleep 1
# A shell starts background jobs deaf to SIGINT; the program listens all the same.
kill -INT "$job"
wait "$job"
check "Ctrl-C ends with 130" [ "$?" = 130 ]
check "and leaves nothing" [ -z "$(ls -A "$work" | grep -e long -e tmp)" ]
finish
