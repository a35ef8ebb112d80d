#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet critical: the toy by hand, what is planted in electro, wrong calls.
. "$2/tests/cli/lib.sh"
toy=$graphs/toy.json
electro=$graphs/electro.json

run critical "$toy"
ends "critical: code 0" 0
check "critical: head" out_has "On whom it depends: Final maker"
check "critical: answer in a sentence" out_has "stops without any one of 3 firms: Raw material maker, Maker A, Maker B."
check "critical: worst" out_has "Most output is at risk without Raw material maker: ₽200 of ₽200 a year (100%)."
check "critical: HHI" out_has "All products together: HHI 0.504"
check "critical: reason" out_has "only supplier of part_a"
check "critical: hidden" out_has "hidden: without it nobody is left to supply part_a, part_b"
check "critical: what was assumed" out_has "No need beyond the supplies is declared"
check "critical: nothing on stderr" err_empty
run critical "$toy" --format csv
value "csv: dependence on raw" raw dependence 1
value "csv: dependence on a" a dependence 0.5454545454545454
value "csv: share lost with b" b lost_share 0.45454545454545453
value "csv: output at risk" a output_at_risk 200
check "csv: reasons" [ "$(cell "$work/out" raw reasons)" = "dominator hidden stops diamond" ]
run critical "$toy" --format json
json "critical: JSON"
query "HHI to 1e-8" '.buyers[0].purchases.hhi * 1e8 | round' 50413223
query "minimum cut" '.buyers[0].minimum_cut | [.value, (.flows | length)]' '[70,2]'
query "suppliers of a product" '.buyers[0].purchases.products[0] | [.product, .single_source, .suppliers[0].id, .suppliers[0].flow.links[0].kind]' \
    '["part_a",true,"a","supply"]'
query "flows only with --explain" '.buyers[0].critical[0].flows' null
run critical "$toy" --explain --format json
query "the flows behind a row" '[.buyers[0].critical[] | select(.id == "raw") | .flows[] | [.from, .to, .value]]' \
    '[["raw","a",40],["raw","b",30],["a","final",60],["b","final",50]]'
run critical "$toy" --explain
check "--explain: links" out_has "   Maker B → Final maker: part_b Part B, ₽50"
run critical "$toy" --explain --format csv
check "--explain as CSV: a table of links" [ "$(sed -n '1p;6p' "$work/out")" = "of,why,from,to,product,value,source
a,final,a,final,part_a,60," ]
run critical "$toy" --for a,b --format json
query "--for A,B" '[.buyers[].id]' '["a","b"]'
run critical "$toy" --for a --for "Maker B" --format json
query "--for twice" '[.buyers[].id]' '["a","b"]'
run critical "$toy" --for a,b
check "several buyers: summary" out_has "Critical suppliers of 2 buyers"
run critical "$toy" --for raw
ends "no purchases: code 0" 0
check "no purchases: said" out_has "It buys nothing in this network."
run critical "$toy" --top 1 --format csv
check "--top" [ "$(wc -l <"$work/out")" -eq 2 ]

run critical "$electro"
ends "electro: code 0" 0
check "electro: Russian by default" out_has "От кого зависит: АО «Небывальский электротехнический завод»"
check "electro: the single source" out_has "единственный поставщик 27.11.62.110"
check "electro: the diamond" out_has "скрытая единственная точка: без неё не остаётся поставщика 23.43.10, 27.90.12.110; с ним останавливаются 2 прямых поставщика"
check "electro: who stops it" out_has "останавливается без любого из 6 предприятий: Сказ-Глинозём, Чудногор-Боксит, Магнитопровод-Небыль"
check "electro: interval" out_has "10,7 – 30,5"
check "electro: the cycle" out_has "Небыль-Электро → Сказ-Катанка → Небыль-Провод → Небыль-Электро"
check "electro: abroad" out_has "зарубежный"
check "electro: confidence" out_has "Источник 3,8 % закупок неизвестен"
check "electro: data remark names the firm" err_has "Небывальский электротехнический завод"
run critical "$electro" --quiet
check "--quiet" err_empty
run critical "$electro" --lang en
check "electro in English" out_has "hidden: without it nobody is left to supply 23.43.10, 27.90.12.110; 2 direct suppliers stop with it"
run critical "$electro" --format json
json "electro: JSON"
query "electro: the diamond first" '.buyers[0].critical[0] | [.id, (.reasons | index("diamond") != null), .direct_suppliers_stopped]' \
    '["glinozem",true,2]'
query "electro: nothing is left without the diamond" '.buyers[0].critical[0] | [.blocked, .output_at_risk]' '[214000000,3602000000]'
query "electro: the single source" '[.buyers[0].critical[] | select(.id == "magnit") | .reasons, .blocked]' \
    '[["single_source","dominator","stops","slow"],210000000]'
query "electro: recovery against stock" '.buyers[0].critical[] | select(.id == "glinozem") | [.stock_days, .recovery_days]' '[21,150]'
query "electro: single sources" '[.buyers[0].purchases.products[] | select(.single_source) | .product]' '["27.11.62.110","71.20.13.110"]'
query "electro: remarks" '.remarks[0].key' '"flows-not-in-table"'
run critical "$electro" --product 27.90 --lang en --quiet
check "--product" out_has "On whom it depends for 27.90: "
check "--product: purchases of it only" out_has "Buys for ₽114m a year from 2 suppliers"
check "--product: nothing else" out_lacks "27.11.62.110"
run critical "$electro" --as-of 2018-06 --format json --quiet
query "--as-of: an earlier network" '.buyers[0].firms_upstream < 24' true
for format in text csv json; do
    same "electro as $format: same bytes twice" critical "$electro" --format $format
    same "electro as $format with links: same bytes twice" critical "$electro" --format $format --explain
done

run critical "$electro" --product 99 --quiet
fails "product that is not bought: code 2" 2 "не закупает 99"
run critical "$electro" --for zzz --quiet
fails "unknown organisation: code 2" 2 "zzz"
run critical "$toy" --for
fails "--for without value: code 2" 2 "--for needs a value"
run critical "$electro" --for so_electro --lang en --quiet
fails "an organisation without supplies: code 2" 2 "neither supplies nor buys"
run critical "$graphs/akit.json" --lang en --quiet
ends "no supplies at all: code 0" 0
check "no supplies at all: said" out_has "Nobody buys anything"
run critical "$graphs/bulldozer.json" --quiet
check "goods without code are named by their maker" out_has "only supplier of the goods of Main assembly"
finish
