#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of networks that are too large for one: what coopnet draw sums up, and how to choose it.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
net=$work/net
boxes() { grep -c '<g class="node ' "$1"; }
at_most() { [ "$(boxes "$1")" -le "$2" ]; }

"$coopnet" generate --firms 1000 -o "$net" -q
run draw "$net" -o "$work/map.svg"
ends "1,000 firms: code 0" 0
check "1,000 firms: a map of few boxes" at_most "$work/map.svg" 30
check "it is told, with the ways out" err_has "слишком много для одного рисунка"
check "and --full among them" err_has "--full"
check "the picture says how many organisations it stands for" grep -q "000 организаций в" "$work/map.svg"
check "and how many flows it leaves out" grep -q "сильнейших из" "$work/map.svg"
cp "$work/map.svg" "$work/first.svg"
run draw "$net" -o "$work/map.svg" --threads 1
check "same bytes, whatever the threads" cmp -s "$work/map.svg" "$work/first.svg"
run draw "$net" --lang en -o "$work/en.svg"
check "in English" grep -q "1,000 organisations in" "$work/en.svg"
check "in English, told" err_has "too many for one picture"
run draw "$net" -q -o "$work/quiet.svg"
check "--quiet says nothing" err_empty
run draw "$net" --collapse region -o "$work/region.svg"
check "--collapse region" grep -q "Карта регионов" "$work/region.svg"
check "--collapse region: asked for, so no remark" err_empty
run draw "$net" --collapse cluster --lang en -o "$work/cluster.svg"
check "--collapse cluster" grep -q "Map of clusters" "$work/cluster.svg"
run draw "$net" --boxes 10 -o "$work/few.svg"
check "--boxes 10: no more of them" at_most "$work/few.svg" 10
run draw "$net" --top 15 -o "$work/top.svg"
ends "--top 15: code 0" 0
check "--top 15: said in the picture" grep -q "15 главных из" "$work/top.svg"
check "--top 15: and told" err_has "15 главных из"
run draw "$net" --top 15 --top-by pagerank --backbone 0.1 --lang en -o "$work/top.svg"
check "--backbone: said in the picture" grep -q "lines that do not stand out are left out" "$work/top.svg"
run chain "$net" --of f0 --boxes 12 -o "$work/chain.svg"
check "chain: no more than 12 boxes" at_most "$work/chain.svg" 12
check "chain: the rest is one box a tier" grep -q "ещё [0-9 ]* поставщик" "$work/chain.svg"
check "chain: told" err_has "сведены в блоки «ещё …»"
run draw "$electro" --boxes 100 -o "$work/e1.svg"
run draw "$electro" -o "$work/e2.svg"
check "what is small enough is drawn as ever" cmp -s "$work/e1.svg" "$work/e2.svg"
check "without a remark" err_empty
run draw "$electro" --collapse community -o "$work/e.svg"
ends "--collapse of a small network" 0
run draw "$electro" --engine neato
ends "an engine that draws no frames: code 2" 2
check "and which do" err_has "dot"
run draw "$electro" --engine fdp -o "$work/fdp.svg"
ends "--engine fdp: code 0" 0
run chain "$electro" --of etz --engine sfdp -o "$work/sfdp.svg"
ends "--engine sfdp: code 0" 0
run draw "$electro" --backbone 2
ends "--backbone is a share: code 2" 2
run draw "$electro" --top-by nothing
ends "--top-by is a measure: code 2" 2
run draw "$net" --format dot
check "DOT shows the same map" sh -c "[ \$(grep -c '^  \"box-[0-9]*\" \[' '$work/out') -le 30 ]"

"$coopnet" generate --firms 20000 -o "$work/l.csv" -q
run draw "$work/l.csv" -o "$work/large.svg"
ends "20,000 firms: code 0" 0
check "20,000 firms: a map of few boxes" at_most "$work/large.svg" 30
finish
