#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet partners: what is planted in electro, imports, peers of akit, the trial of the scores, wrong calls.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json
akit=$graphs/akit.json

run partners "$electro" --for etz
ends "partners: code 0" 0
check "partners: nothing on stderr" err_empty
check "partners: suppliers and customers kept apart" out_has "Возможные покупатели: АО «Небывальский электротехнический завод»"
check "partners: the idle participant makes what the anchor imports" out_has "делает 22.21.30.120, нужно 22.21.30"
check "partners: import" out_has "(ввозится, 46"
check "partners: parts of the score" out_has "части: коды 50 + доверие 3 + близость 3,6 + мощность 5"
check "partners: present ones are said" out_has "Уже партнёры, в списке их нет (17)"
check "partners: same owner is said" out_has "Тот же владелец, в списке их нет (1): Небыль-Оснастка"
check "partners: no authority" out_lacks "Правительство"
run partners "$electro" --for etz --lang en --as supplier
check "partners in English" out_has "makes 22.21.30.120, needed is 22.21.30"
check "one side with --as" out_lacks "customers of"
run partners "$electro" --for etz --as supplier --format csv
value "csv: score" polimer codes 50
check "csv: the planned supplier is the other row" [ "$(sed -n 3p "$work/out" | cut -d, -f1)" = prokat ]
check "csv: two rows" [ "$(wc -l <"$work/out")" -eq 3 ]
run partners "$electro" --for etz --format json
json "partners: JSON"
query "JSON: parts" '.searches[0].rows[0] | [.id, .codes, .trust, .made, .need, .origin, .need_value]' \
    '["polimer",50,3,"22.21.30.120","22.21.30","import",46000000]'
query "JSON: left out" '.searches[0] | [.left_out_same_owner, (.left_out_partners | length)]' '[["instr"],17]'
run partners "$electro" --for polimer --as customer
check "the other way round" out_has "вы делаете 22.21.30.120, ему нужно 22.21.30"
run partners "$electro" --for etz --product 27.11.62.110 --as supplier
check "only source: a planned supply is named" out_has "собирается поставлять 27.11.62.110"
check "only source: the present one is said" out_has "Уже партнёры, в списке их нет (1): Магнитопровод-Небыль"
run partners "$electro" --for izol --as substitute
check "substitute: the same code, common customer" out_has "1 общий покупатель; 1 общий поставщик"
run partners "$electro" --for etz --as supplier --within region
check "--within region" out_has "Отсеяно условием --within: 2"
run partners "$electro" --for etz --as peer --within cluster --top 40
check "--within cluster" out_has "Небыль-Провод"
check "a member until last year has no cluster in common on the day of the data" out_lacks "Небыль-Масла"
run partners "$electro" --for etz --as supplier --within 80.5km
check "--within KM" out_has "1. Сказ-Полимеры"
run partners "$electro" --for etz --as supplier --within cluster
check "--within cluster" out_has "1. Сказ-Полимеры"

run partners "$electro" --import --lang en
ends "imports: code 0" 0
check "imports: sum" out_has "6 imported needs for ₽232m a year; for ₽132m there is a domestic maker of exactly that (56.9%)."
check "imports: largest money first" out_has "1. Небыль-Электро: 27.32.11.000"
check "imports: nobody" out_has "nobody in the network makes this"
check "imports: no maker abroad" out_lacks "Nowhere"
run partners "$electro" --import --for etz --product 22 --format json
json "imports: JSON"
query "imports: polimer replaces the film" '.rows | [.[] | [.need, .maker, .fit, .free_capacity]]' '[["22.21.30","polimer",1,70000000]]'
run partners "$electro" --import --format csv
check "imports: CSV" [ "$(sed -n 2p "$work/out" | cut -d, -f1-4)" = "etz,27.32.11.000,64000000,provod" ]

run partners "$akit" --for tp_skolkovo
check "peers where there is no trade" out_has "Возможные партнёры по совместным проектам: Технопарк «Сколково»"
check "peers: the way is told" out_has "1 общий партнёр (АКИТ)"
check "peers: who is a partner is said" out_has "Уже партнёры, в списке их нет (1): АКИТ"
check "peers: no ministry" out_lacks "Минпромторг"

run partners "$electro" --evaluate --lang en
ends "too small to learn from: code 1" 1
check "too small: said" err_has "too small to learn from: it has 40 links"
check "too small: nothing on stdout" out_empty
"$coopnet" generate --firms 400 --seed 2 -o "$work/made.csv"
run partners "$work/made.csv" --evaluate
ends "trial: code 0" 0
check "trial: the table" out_has "popularity (number of links)"
run partners "$work/made.csv" --evaluate --format json
json "trial: JSON"
query "trial: all scores" '.trials | [.[] | [.of, (.scores | length)]]' '[["supply",10]]'
query "trial: random is random" '.trials[0].scores[0] | [.score, (.auc > 0.42 and .auc < 0.58)]' '["random",true]'
run partners "$work/made.csv" --evaluate --format csv --seed 3
check "trial: CSV" [ "$(wc -l <"$work/out")" -eq 11 ]
same "trial: same bytes twice" partners "$work/made.csv" --evaluate --seed 4
for format in text csv json; do
    same "partners as $format: same bytes twice" partners "$electro" --for etz --format $format
done

run partners "$electro"
fails "nothing asked: code 2" 2 "--for"
run partners "$electro" --for zzz
fails "unknown organisation: code 2" 2 "zzz"
run partners "$electro" --for p_trafo --as peer --lang en
fails "a project is no organisation: code 2" 2 "is no company, organisation or park"
run partners "$electro" --for etz --within near --lang en
fails "--within: code 2" 2 "takes region, cluster or a number of kilometres"
run partners "$electro" --for kabel --within 100 --lang en
fails "place not known: code 2" 2 "is not given (lat, lon)"
run partners "$electro" --for etz --as friend --lang en
fails "--as: code 2" 2 "friend"
finish
