#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet check and coopnet info.
. "$2/tests/cli/lib.sh"

for name in toy.json electro.json akit.json bulldozer.json electro; do
    run check "$graphs/$name"
    ends "check $name: code 0" 0
    run check "$graphs/$name" --format json
    json "check $name: JSON"
    query "check $name: valid" '[.valid, .errors]' '[true,0]'
    run info "$graphs/$name"
    ends "info $name: code 0" 0
    run info "$graphs/$name" --format json
    json "info $name: JSON"
    same "info $name: same bytes twice" info "$graphs/$name"
done

run check "$data/refused.json"
ends "check of a file with errors: code 1" 1
check "check: findings are the answer" out_has "refused.json:2:"
check "check: level" out_has "error:"
check "check: number of errors" out_has "2 errors"
run check "$data/refused.json" --lang ru
check "check in Russian: number form" out_has "2 ошибки"
check "check in Russian: level" out_has "ошибка:"
run check "$data/refused.json" --format json
ends "check --format json of a file with errors: code 1" 1
json "check --format json"
query "check --format json: counts" '[.valid, .errors, (.findings | length)]' '[false,2,2]'
query "check --format json: places" '[.findings[] | .line]' '[2,3]'
run info "$data/refused.json"
ends "info of a file with errors: code 3" 3
check "info of a file with errors: no answer" out_empty
check "info of a file with errors: place on stderr" err_has "refused.json:2:"

for command in check info; do
    run "$command" "$work/nothing.json"
    fails "$command: no such file: code 3" 3 "nothing.json"
    run "$command" "$work/nothing.json" --lang ru
    fails "$command: no such file, in Russian" 3 "coopnet: н"
done
: >"$work/empty"
run info "$work/empty"
ends "empty file: code 3" 3
printf 'x' >"$work/locked"
chmod 000 "$work/locked"
if [ -r "$work/locked" ]; then
    skip "a file without permission" "this user reads everything"
else
    run check "$work/locked"
    fails "a file without permission: code 3" 3 "locked"
fi
if [ -r /proc/self/mem ]; then
    run check /proc/self/mem
    fails "a file that cannot be read: code 3" 3 "/proc/self/mem"
else
    skip "a file that cannot be read" "no /proc here"
fi
run info "$graphs/toy.json" --max-file-bytes 10
ends "too large a file: code 3" 3
run info "$graphs/toy.json" --max-entities 2
ends "too many entities: code 3" 3
run info "$graphs/toy.json" --max-links 2
ends "too many links: code 3" 3
run info "$graphs/toy.json" --max-depth 1
ends "too deep: code 3" 3
run info "$graphs/toy.json" --max-text-bytes 5
ends "too long a text: code 3" 3

last="coopnet info -"
"$coopnet" info - --format json <"$graphs/toy.json" >"$work/out" 2>"$work/err"
code=$?
ends "standard input: code 0" 0
query "standard input" '.title' '"Toy: four firms"'

run info "$graphs/toy.json" --format json
query "info: entities" '[.entities.company, .entities.product, .entities.cluster]' '[4,4,0]'
query "info: links" '[.links.supply, .links.made_from]' '[4,4]'
query "info: layer" '[.layer, .directed, .weight]' '[["supply","service"],true,"value"]'
# 4 arcs among the 4 firms (products can have none): 4 / (4 * 3)
query "info: figures" '[.summary.pairs, .summary.linked, .summary.components, .summary.value_total]' '[4,4,1,180]'
query "info: diameter" '.summary.diameter' 2
run info "$graphs/toy.json"
check "info: title" out_has "Toy: four firms"
check "info: number form" out_has "companies"
run info "$graphs/toy.json" --lang ru
check "info in Russian: number form" out_has "4  предприятия"
check "info in Russian: the layer is named" out_has "Слой: поставка (направленный"
run info "$graphs/electro.json"
check "the network's language is the default" out_has "Слой: "
run info "$graphs/electro.json" --lang en
check "--lang goes first" out_has "Layer: supply"
run info "$data/twins.json" --format json
query "info without --as-of" '.entities.company' 6
run info "$data/twins.json" --as-of 2020 --format json
query "info --as-of" '[.entities.company, .links.supply]' '[5,5]'
run info "$data/twins.json" --layer agreement
check "info --layer" out_has "Layer: agreement (undirected)"
run info "$data/kite.csv" --format json
query "a lone CSV table" '[.entities.company, .links.supply]' '[10,18]'
finish
