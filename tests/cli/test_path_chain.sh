#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet path and coopnet chain: the toy by hand, names, cycles, the answer "no".
. "$2/tests/cli/lib.sh"
toy=$graphs/toy.json
twins=$data/twins.json

run path "$toy" --from raw --to final
ends "path: code 0" 0
check "path: best chain by value" out_has "1. Raw material maker → Maker A → Final maker"
check "path: second chain" out_has "2. Raw material maker → Maker B → Final maker"
check "path: steps" out_has "2 steps, weakest link"
check "path: products" out_has "raw_material Raw material"
check "path: nothing on stderr" err_empty
run path "$toy" --from raw --to final --lang ru
check "path in Russian: number form" out_has "2 звена, самое слабое звено"
run path "$toy" --from raw --to final --format json
json "path: JSON"
query "path: values are those of the weakest links" '[.paths[] | [.steps, .value]]' '[[2,40],[2,30]]'
query "path: entities" '[.paths[0].entities[].id]' '["raw","a","final"]'
query "path: links" '.paths[0].links[1]' '{"from":"a","to":"final","value":60,"products":["part_a"]}'
run path "$toy" --from raw --to final -k 1 --by value --format json
query "path -k 1" '[.paths[].value]' '[40]'
run path "$data/kite.csv" --from a --to h --format json
query "path without values" '.paths[0].value' null

run path "$toy" --from final --to raw
fails "no path: code 1" 1 "no supply chain leads from Final maker to Raw material maker"
check "no path: the reverse is named" err_has "--from raw --to final"
run path "$toy" --from a --to b
fails "no path, linked without direction" 1 "only if direction is ignored: Maker A – "
run path "$twins" --from lone --to gear
fails "no path at all" 1 "nothing in this layer links them"
run path "$toy" --from final --to raw --lang ru
fails "no path in Russian" 1 "цепочки поставок от Final maker до Raw material maker нет"
run path "$toy" --from final --to raw --format json
ends "no path, JSON: code 1" 1
query "no path, JSON: empty list" '.paths' '[]'
run path "$toy" --from final --to raw --format svg -o "$work/none.svg"
ends "no path, picture: code 1" 1
check "no path, picture: no file" [ ! -e "$work/none.svg" ]
run path "$toy" --from raw --to raw
fails "same ends: code 2" 2 "same organisation"
run path "$twins" --from n1 --to n2 --layer agreement --format json
ends "path --layer" 0

run path "$toy" --from raaw --to final
fails "unknown organisation: code 2, the nearest" 2 "raw"
run chain "$twins" --of Zarya
fails "ambiguous name: code 2" 2 "n1"
check "ambiguous name: every candidate" err_has "n2"
run chain "$twins" --of Zarya --lang ru
fails "ambiguous name in Russian" 2 "может означать"
for name in gear 7707083893 "ООО «Шестерёнка»" "ооо шестеренка" "Gear works"; do
    run chain "$twins" --of "$name" --format json
    query "organisation by '$name'" '.of.id' '"gear"'
done

run chain "$toy" --of final
ends "chain: code 0" 0
check "chain: head" out_has "Suppliers of Final maker by tier"
check "chain: depth" out_has "Depth of supply: 2 tiers."
run chain "$toy" --of final --format csv
check "chain: columns" [ "$(head -1 "$work/out")" = "tier,id,name,kind,arcs,value,products,cycle" ]
check "chain: tiers, values, products" [ "$(sed 1d "$work/out")" = "2,raw,Raw material maker,company,2,70,raw_material,0
1,a,Maker A,company,1,60,part_a,0
1,b,Maker B,company,1,50,part_b,0
0,final,Final maker,company,0,,,0" ]
run chain "$toy" --of final --format json
json "chain: JSON"
query "chain: depth" '[.depth_up, .depth_down, .cut]' '[2,0,false]'
run chain "$toy" --of final --depth 1 --format json
query "chain --depth" '[.depth_up, .cut, (.rows | length)]' '[1,true,3]'
run chain "$toy" --of final --depth 1
check "chain --depth: what was cut is told" out_has "Deeper tiers exist"
run chain "$toy" --of final --title X
check "an option of pictures is told" err_has "--title is ignored"
run chain "$toy" --of raw --direction downstream --format json
query "chain downstream" '[.rows[] | [.tier, .id]]' '[[0,"raw"],[-1,"a"],[-1,"b"],[-2,"final"]]'
run chain "$toy" --of a --direction both --format json
query "chain both ways" '[.rows[] | .tier]' '[1,0,-1]'
run chain "$toy" --of raw
ends "no suppliers: code 0" 0
check "no suppliers: said" out_has "Raw material maker has no suppliers in this layer."
run chain "$toy" --of raw --lang ru
check "no suppliers in Russian" out_has "нет поставщиков"
run chain "$twins" --of lone --direction both
check "neither suppliers nor customers" out_has "neither suppliers nor customers"
run chain "$twins" --of gear --format json
query "chain: cycle" '.cycles | map(sort)' '[["gear","n1","n2"]]'
query "chain: products of several links" '.rows[] | select(.id == "formula") | .products' '"24.10, 25.50"'
run chain "$twins" --of gear
check "chain: cycle told" out_has "Cycle 1: "
run chain "$twins" --of gear --format csv
check "chain: formulas are guarded in CSV" grep -q ",'=cmd()," "$work/out"

electro=$graphs/electro.json
for format in text csv json; do
    run chain "$electro" --of etz --direction both --format $format
    ends "electro chain as $format: code 0" 0
    same "electro chain as $format: same bytes twice" chain "$electro" --of etz --direction both --format $format
done
run chain "$electro" --of etz
check "electro: Russian by default" out_has "Глубина снабжения"
run chain "$electro" --of etz --format json
query "a row is about the nearer tier only" '.rows[] | select(.id == "instr") | [.arcs, .value, .products]' \
    '[1,15000000,"25.73.60.140"]'
run path "$electro" --from ruda --to etz -k 5 --format json
ends "electro: raw material to the anchor" 0
query "electro: chains with values" '.paths[0] | (.steps >= 2 and .value > 0)' true
finish
