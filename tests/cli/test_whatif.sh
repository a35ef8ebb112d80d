#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet whatif: the toy by hand, what is planted in electro, every edit, wrong calls.
. "$2/tests/cli/lib.sh"
toy=$graphs/toy.json
electro=$graphs/electro.json

# Sales as weight: the published numbers, worked by hand.
for case in raw:1 a:0.5555555555555556 b:0.4444444444444444 final:1; do
    run whatif "$toy" --remove "${case%%:*}" --weight sales --format json
    query "toy: ESRI of ${case%%:*}" '.result.loss * 1e8 | round' "$(awk -v x="${case##*:}" 'BEGIN { printf "%.0f", x * 1e8 }')"
done
run whatif "$toy" --remove a
ends "whatif: code 0" 0
check "whatif: the question" out_has "What if: Maker A stops"
# final 200 and a 70 stop; raw sold 40 of its 70 to a. b goes on: what is not bought for want of other inputs is no lost demand
check "whatif: the anchor" out_has "Final maker stops: ₽200 of output a year is at stake."
check "whatif: the sum" out_has "The network loses 77.5% of output, ₽310 of output a year is at stake; 3 firms hit."
check "whatif: steps" out_has "   0            17.5  Maker A 100%"
check "whatif: nothing on stderr" err_empty
run whatif "$toy" --remove a --format csv
value "csv: final" final loss 1
value "csv: raw" raw loss 0.5714285714285714
value "csv: money" raw money 40
run whatif "$toy" --remove final --format csv
value "what is sold outside stays" b loss 0.8333333333333334
run whatif "$toy" --remove final --published-demand --format csv
value "published demand: who loses all customers here stops" b loss 1
run whatif "$toy" --loss raw=0.25 --format csv
value "--loss" raw loss 0.25
value "--loss: final" final loss 0.25
cp "$work/out" "$work/share"
run whatif "$toy" --loss raw=25% --format csv
check "--loss in percent" cmp -s "$work/out" "$work/share"
run whatif "$toy" --loss a=0.5,b=0.25 --format json
query "--loss of several" '[.fails[] | [.firm, .amount]]' '[["a",0.5],["b",0.25]]'
run whatif "$toy" --cut raw:a --format csv
value "--cut" a loss 1
run whatif "$toy" --cut raw:a:raw_material --format json
query "--cut with a code" '.fails[0] | [.kind, .firm, .buyer, .product, .touched]' '["cut","raw","a","raw_material",1]'
run whatif "$toy" --product-stop raw_material --format json
query "--product-stop" '.anchors[0] | [.id, .stops]' '["final",true]'
run whatif "$toy" --remove a --add :final:part_a:30 --format json
json "--add: JSON"
query "--add: half of the part" '.anchors[0] | [.loss, .loss_with_added]' '[1,0.5]'
query "--add: the loss falls" '.result_with_added.loss < .result.loss' true
query "--add: firm outside" '.added[0] | [.firm, .buyer, .amount]' '[null,"final",30]'
run whatif "$toy" --remove a --add b:final:part_a:60
check "--add: without and with" out_has "With the new source"
check "--add: said" out_has "standing ready: Maker B → Final maker: part_a Part A, ₽60 a year"
run whatif "$toy" --remove a --explain
check "--explain: the link" out_has "   Maker A → Final maker: part_a Part A, ₽60"
check "--explain: what it takes" out_has "      100% does not come, which takes 100% (decides)"
run whatif "$toy" --remove a --explain --format csv
check "--explain as CSV" [ "$(sed -n '1,2p' "$work/out")" = "of,why,from,to,product,value,source
final,input,a,final,part_a,60," ]
run whatif "$toy" --remove a --explain --format json
query "--explain as JSON" '[.firms[] | select(.id == "final") | .causes[0] | [.kind, .binding, .lost, .flow.value]]' '[["input",true,1,60]]'

run whatif "$electro" --remove magnit
ends "electro: code 0" 0
check "electro: the anchor stops" out_has "АО «Небывальский электротехнический завод» останавливается: под угрозой 3,64 млрд ₽ выпуска в год."
run whatif "$electro" --remove magnit --add kabel:etz:27.11.62.110:105000000 --format json
query "electro: a second source for half" '.anchors[0] | [.id, .stops, .loss, .loss_with_added]' '["etz",true,1,0.5]'
query "electro: money saved" '.result.money > .result_with_added.money' true
run whatif "$electro" --remove glinozem --format json
query "electro: the diamond stops the anchor" '.anchors[0] | [.id, .stops, .loss]' '["etz",true,1]'
query "electro: both makers behind it stop" '[.firms[] | select(.id == "izol" or .id == "vvod") | .loss * 1e9 | round]' '[1000000000,1000000000]'
run whatif "$electro" --remove glinozem --lang en
check "electro in English" out_has "stops: ₽3.64bn of output a year is at stake."
run whatif "$electro" --remove glinozem --add :izol:24.42.12:9500000 --add :vvod:24.42.12:7000000 --format json
query "electro: a second source of alumina" '.anchors[0] | [.stops, .loss, .loss_with_added < 0.5]' '[true,1,true]'
run whatif "$electro" --remove magnit --days 60 --format json
query "--days: stock of 21 days first" '[.firms[] | select(.id == "etz") | .first_round]' '[22]'
query "--days: days" '[.days, (.rounds | length), (.result.money_days > 0)]' '[60,61,true]'
run whatif "$electro" --remove magnit --days 60
check "--days: table" out_has "По дням"
run whatif "$electro" --import-stop --format json
query "--import-stop" '.fails[0] | [.kind, .touched]' '["import_stop",6]'
run whatif "$electro" --import-stop 27.32 --format json
query "--import-stop CODE" '.fails[0].product' '"27.32"'
run whatif --import-stop "$electro" --format json
query "--import-stop before the network" '.fails[0].product' null
run whatif "$electro" --import-stop=19.20 --format json
query "--import-stop=CODE" '.fails[0].product' '"19.20"'
run whatif "$electro" --fail-region "Сказовская область" --format json
query "--fail-region" '.fails[0].touched > 3' true
run whatif "$electro" --fail-owner etz --format json
query "--fail-owner: etz and instr" '[.rounds[0].firms[].id]' '["etz","instr"]'
run whatif "$electro" --remove magnit --loss lit=0.3 --import-stop --format json
query "several edits at once" '[.fails[].kind]' '["loss","loss","import_stop"]'
query "several cost at least as much as one" '.result.loss >= 0.4597' true
for format in text csv json; do
    same "electro as $format: same bytes twice" whatif "$electro" --remove magnit --explain --format $format
done

run whatif "$toy" --remove a --format svg
ends "as a picture: code 0" 0
check "as a picture: SVG" grep -q "</svg>" "$work/out"
same "as a picture: same bytes twice" whatif "$toy" --remove a --format svg
run whatif "$toy" --remove a --title X
check "an option of pictures is told" err_has "--title is ignored"

run whatif "$toy"
fails "nothing fails: code 2" 2 "--remove"
run whatif "$toy" --add :final:part_a:30
fails "only --add: code 2" 2 "needs something that fails"
for bad in raw raw= raw=0 raw=1.5 raw=-1 raw=x =0.4 raw=0.4,; do
    run whatif "$toy" --loss "$bad"
    fails "--loss $bad: code 2" 2 "--loss needs ORG=SHARE"
done
run whatif "$toy" --cut a:b
fails "a supply that does not exist: code 2" 2 "there is no such supply: Maker A → Maker B"
run whatif "$toy" --cut a
fails "--cut of one firm: code 2" 2 "--cut must look like FROM:TO[:CODE]"
run whatif "$toy" --cut a:b:c:d
fails "--cut of four parts: code 2" 2 "--cut must look like"
run whatif "$toy" --cut a:a
fails "--cut of a firm from itself: code 2" 2 "must be different"
for bad in a:b a:final:part_a: a:final:part_a:0 a:final::5 a:final:part_a:5:6; do
    run whatif "$toy" --remove a --add "$bad"
    fails "--add $bad: code 2" 2 "--add must look like"
done
run whatif "$toy" --remove a --add :final:nothing:5
fails "--add of an unknown product: code 2" 2 "nobody trades"
run whatif "$toy" --remove a --add :final:raw_material:5
fails "--add of what is not bought: code 2" 2 "stand in for something that is bought now"
run whatif "$toy" --import-stop
fails "no imports: code 2" 2 "no imports"
run whatif "$toy" --product-stop 99
fails "unknown product: code 2" 2 "nobody trades “99”"
run whatif "$toy" --fail-region Nowhere
fails "unknown region: code 2" 2 "no firm is in the region “Nowhere”"
run whatif "$electro" --fail-owner so_electro --lang en --quiet
fails "owner of nothing: code 2" 2 "owns no firm"
run whatif "$electro" --remove zzz --quiet
fails "unknown organisation: code 2" 2 "zzz"
run whatif "$toy" --remove raw,zzz
fails "unknown organisation in a list: code 2" 2 "zzz"
run whatif "$toy" --days 0 --remove a
fails "--days 0: code 2" 2 "--days must be a whole number"
finish
