#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet risk: the toy by hand, small firms of electro that matter, wrong calls.
. "$2/tests/cli/lib.sh"
toy=$graphs/toy.json
electro=$graphs/electro.json

run risk "$toy" --weight sales --format csv
ends "risk: code 0" 0
value "toy: ESRI of raw" raw esri 1
value "toy: ESRI of a" a esri 0.5555555555555556
value "toy: ESRI of b" b esri 0.4444444444444444
value "toy: ESRI of final" final esri 1
value "toy: own share of a" a own 0.3333333333333333
value "toy: ratio" a ratio 1.6666666666666667
value "toy: upstreamness" raw upstreamness 2.84693877551
value "toy: upstreamness of b" b upstreamness 1.83333333333
value "toy: downstreamness" final downstreamness 1.84642857143
value "toy: influence" raw influence 0.231481481481
check "toy: order" [ "$(cut -d, -f1 "$work/out" | tr '\n' ' ')" = "id raw final a b " ]
check "toy: no ratio without size" [ -z "$(cell "$work/out" final ratio)" ]
run risk "$toy"
check "risk: head" out_has "What the network loses when a firm stops"
check "risk: row" out_has "1  Raw material maker      100     17.5          5.7"
check "risk: second source" out_has "Maker A             Final maker  part_a Part A                 77.5                  52.5          ₽100"
check "risk: what was assumed" out_has "What a firm sells outside the network it goes on selling."
check "risk: nothing on stderr" err_empty
run risk "$toy" --format json
json "risk: JSON"
query "JSON: firms" '[.firms[].id]' '["raw","final","a","b"]'
query "JSON: second source" '.second_sources[0] | [.flow.from, .flow.to, .money - .money_with_second]' '["a","final",100]'
query "JSON: a second source never costs" '[.second_sources[] | .loss >= .loss_with_second] | all' true
run risk "$toy" --top 2 --format csv
check "--top" [ "$(wc -l <"$work/out")" -eq 3 ]

run risk "$electro" --top 5
check "electro: Russian by default" out_has "Что теряет сеть, если предприятие остановится"
check "electro: small and important" out_has "Сказ-Глинозём (46,4 %)"
check "electro: what is left out" out_has "Показано 5 из 27; остальные: --top 27."
check "electro: data remark names the firm" err_has "Небывальский электротехнический завод"
run risk "$electro" --format csv --quiet
check "electro: glinozem is among the smallest" [ "$(cell "$work/out" glinozem size_rank)" -gt 20 ]
value "electro: stock of etz" etz survive_days 21
check "--quiet" err_empty
run risk "$electro" --format json --quiet
query "electro: within bounds" '[.firms[] | .esri >= .own and .esri <= 1] | all' true
query "electro: positions" '[.firms[] | .upstreamness >= 1 and .downstreamness >= 1] | all' true
run risk "$electro" --weight headcount --format csv --quiet
ends "--weight headcount" 0
run risk "$electro" --lang en --quiet
check "electro in English" out_has "Small firms (smaller than half of all) that matter: "
for format in text csv json; do
    same "electro as $format: same bytes twice" risk "$electro" --format $format
done
run whatif "$electro" --remove glinozem --format json --quiet
query "risk and whatif agree to what is not passed on" '.result.loss * 1000 | round' 464

run risk "$electro" --format svg --quiet
ends "as a picture: code 0" 0
check "as a picture: SVG" grep -q "</svg>" "$work/out"

run risk "$graphs/akit.json" --quiet
fails "nothing to weigh by: code 2 or 4, said" "$code" "потери не измерить"
check "nothing to weigh by: not done" [ "$code" -ne 0 ]
run risk "$toy" --weight headcount
check "no headcount: not done" [ "$code" -ne 0 ]
check "no headcount: said" err_has "the loss cannot be measured"
run risk "$toy" --weight size
fails "--weight size: code 2" 2 "--weight"
run risk "$toy" --all --top 1 --format csv
check "--all" [ "$(wc -l <"$work/out")" -eq 2 ]
finish
