#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet map: the functional map of electro as document, data and picture; a cluster without members; wrong calls.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json

run map "$electro" --cluster electro --lang en
ends "map: code 0" 0
check "map: what is missing" out_has " ! Сказ-Полимеры – no contract with another participant"
check "map: who left is not there" out_lacks "Небыль-Масла"
check "map: flows add up" out_has "Supplies between participants: ₽1.17bn a year"
check "map: a flow with code, value and share" grep -q '^Магнитопровод-Небыль  Небыль-Электро  *27.11.62.110 .*17.9' "$work/out"
check "map: infrastructure" out_has "АНО «Центр развития Небывальского кластера»"
run map "$electro" --format csv
check "csv: a flow" grep -q '^supply,magnit,[^,]*,etz,[^,]*,27.11.62.110,210000000,0.178875638' "$work/out"
check "csv: a gap" grep -q '^no-contract,polimer,' "$work/out"
run map "$electro" --format json
json "map: JSON"
query "complete?" '[.complete, .supplies, (.participants | length), (.flows | length)]' '[false,1174000000,15,27]'
query "tiers" '[.participants[] | select(.tier == 2) | .id]' '["glinozem","katanka"]'
query "shares add up to 1" '[.flows[].share // 0] | add * 1e9 | round' 1000000000
run map "$electro" -o "$work/map.md" --lang en
check "Markdown: a table" grep -q '^| Participant | INN |' "$work/map.md"
check "Markdown: the gap" grep -q '^- Сказ-Полимеры: no contract' "$work/map.md"
sed 's/ООО «Сказовские полимеры»/a | b <i>/' "$electro" >"$work/hostile.json"
run map "$work/hostile.json" --format md
check "Markdown: names stay in their cells" out_has 'a \| b \<i\>'
run map "$electro" --format svg --lang en
check "picture: columns" out_has "Infrastructure of the cluster"
check "picture: it says that it is not complete" out_has "not complete: 1 gap"
run map "$electro" -o "$work/map.svg"
ends "SVG: code 0" 0
check "SVG: a share" grep -q '17,9' "$work/map.svg"
run map "$electro" --as-of 2023-06-01 --format json
query "--as-of: another time, other participants" '[.participants[].id] | [index("maslo") != null, index("krepezh") != null]' '[true,false]'
same "map twice" map "$electro" --format svg
run map "$graphs/akit.json" --cluster astr_ship --lang en
check "nobody is listed" out_has "the participants of the cluster are not listed"
run map "$graphs/akit.json"
fails "which cluster?" 2 "pskov_cl, astr_ship"
finish
