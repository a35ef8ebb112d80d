#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet roles and coopnet diff as a user types them.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
akit=$graphs/akit.json

run roles "$electro" --lang en
ends "roles: code 0" 0
check "roles: the declared anchor is the anchor" out_has "The declared anchor is the anchor in fact: Небыль-Электро."
check "roles: who trades with nobody" out_has "Members that trade with nobody in this network: Сказ-Полимеры."
check "roles: the core" out_has "Core: 4 of 26 linked organisations: Небыль-Электро, Вымысел-Изолятор, Вымысел-Бак, Вымысел-Литьё."
run roles "$electro"
check "roles in Russian" out_has "Якорное предприятие: Небывальский кластер"
run roles "$electro" --format csv
value "the anchor brokers 36 pairs" etz brokered 36
value "of them 13 inside" etz coordinator 13
value "the core is 1" bak core 1
run roles "$electro" --format json
json "roles as JSON"
query "one list of anchors, the best first" '.anchors[0] | [.id, .declared, .suppliers]' '["etz",true,13]'
query "the idle member" '[.idle_members[].id]' '["polimer"]'
for groups in region type; do
    run roles "$electro" --groups $groups --lang en
    ends "roles by $groups: code 0" 0
done
run roles "$akit" --lang en
ends "roles without supplies: code 0" 0
check "roles without supplies: no anchor is made up" out_lacks "Anchor enterprise"
run roles "$electro" --groups cow
fails "wrong groups" 2 "it is one of"

run diff "$electro" --between 2020 2024-04-01 --lang en
ends "diff between dates: code 0" 0
check "diff: the supply that ended" out_has "− gone"
check "diff: projects appeared" out_has "New (4): Трансформатор 110 кВ"
run diff --between 2020 2024-04-01 "$electro" --lang en
check "diff: the network may come last" out_has "What changed: 2020"
run diff "$electro" --between 2020 2024-04-01 --format csv
check "the imported steel is gone" grep -q '^gone,supply,nowhere,Nowhere Supply,magnit,Магнитопровод-Небыль,1,0,88000000,$' "$work/out"
check "a supply that grew by a second product" grep -q '^grew,supply,vvod,Небыль-Ввод,etz,Небыль-Электро,1,2,96000000,118000000$' "$work/out"
run diff "$electro" "$electro" --format json
json "diff as JSON"
query "nothing changes against itself" '[.links[].change] | unique' '["same"]'
sed 's/"id": "bak"/"id": "bak_new"/; s/"bak"/"bak_new"/g; s/"value": 142000000/"value": 150000000/' "$electro" >"$work/later.json"
run diff "$electro" "$work/later.json" --lang en
check "a new id with the same INN is the same firm" out_has "bak is now bak_new (INN 0001000081)"
check "what grew is told" out_has "↑ grew"
for format in svg png dot; do
    run diff "$electro" --between 2020 2024-04-01 -o "$work/change.$format"
    ends "diff picture $format: code 0" 0
done
run diff "$electro" --between 2020 2024-04-01 -o "$work/change.svg"
check "the legend tells what is gone" grep -q "связи больше нет" "$work/change.svg"
run diff "$electro" --by-year --lang en
ends "diff by year: code 0" 0
check "by year: bars" out_has "█"
run diff "$electro" --by-year --format csv
check "by year: the first supply began in 2012" grep -q '^2012-12-31,33,2,1,0.5,860000000,' "$work/out"
run diff "$electro" --by-year --format json
json "by year as JSON"
run diff "$electro"
fails "diff of one network" 2 "--between"
run diff "$electro" --between 2024 2020 --lang en
fails "dates the wrong way round" 2 "earlier date first"
run diff "$electro" --between 2020 --lang en
fails "one date" 2 "takes two dates"
run diff "$electro" "$work/none.json"
ends "a second network that is not there" 3
same "the same bytes twice" diff "$electro" --between 2020 2024-04-01 --format json
finish
