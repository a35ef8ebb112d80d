#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# merge as a user types it: the report, the file of decisions filled in by hand, the joined network.
. "$2/tests/cli/lib.sh"
a=$graphs/electro.json
b=$graphs/merge/purchases.csv

run merge "$a" "$b" -o "$work/all.cnet" --decisions "$work/d.csv"
ends "merge is done" 0
check "the report is in the network's language" out_has "Одно ли это? (3)"
check "one supply in both" out_has "215000000"
check "the decisions wait" [ "$(grep -c '^,' "$work/d.csv")" = 3 ]
run info "$work/all.cnet" --format json
query "the joined network is smaller" "[.entities[]] | add" "69"

run merge "$a" "$b" --decisions "$work/d.csv" --lang en
check "nothing new is asked twice" out_has "are still open"
cp "$work/d.csv" "$work/before.csv"
sed -e '/,pribor,/s/^/разные/' -e '/,lit,/s/^/same/' -e '/,krepezh,/s/^/Да/' "$work/before.csv" | tr ',' ';' |
    sed 's/$/\r/' >"$work/d.csv" # as a spreadsheet gives it back
run merge "$a" "$b" --decisions "$work/d.csv" --report json
json "the report is JSON"
query "decided" "[.decisions_used, (.questions | length), .entities]" "[3,0,67]"
query "and by whom" '[.joined[] | select(.reason == "decision") | .id]' '["krepezh","lit"]'
printf 'id_a,id_b,decision\nlit,krepezh,maybe\n' >"$work/wrong.csv"
run merge "$a" "$b" --decisions "$work/wrong.csv"
fails "a wrong decision is told with its line" 3 "wrong.csv:2"

run merge "$a" -o "$work/one.cnet"
ends "one network is looked through for doubles" 0
run merge
fails "merge needs a network" 2 "coopnet merge NETWORK"
run merge "$a" "$work/none.json"
fails "a missing file" 3 "none.json"
run merge "$a" "$b" -o /dev/full
fails "a full disk is said" 4 "/dev/full"
run merge "$a" "$b" -o -
fails "standard output is for the report" 2 "merge"
run merge "$a" "$b" --report xml
fails "an unknown form" 2 "text, json"
same "same bytes twice" merge "$a" "$b" --report json
run merge "$b" "$a" --report json
query "the other order joins the same" "[.entities, (.joined | length), (.questions | length)]" "[69,7,3]"
finish
