#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coopnet comply and projects: what is planted in electro, the candidate of akit, profiles of one's own, wrong calls.
. "$2/tests/cli/lib.sh"
electro=$graphs/electro.json

run comply "$electro" --cluster electro
ends "comply: code 0" 0
check "comply: nothing on stderr" err_empty
check "comply: the profile is named" out_has "Правила: 779-2021"
check "comply: and why it was chosen" out_has "на дату 01.04.2024"
check "comply: the level, its threshold and the gap in money" out_has "Уровень кооперации: 19,3 % при пороге 20 %, не хватает 42 млн ₽"
check "comply: the idle participant" out_has "Участники без договора с другим участником: 1, допускается не больше 0: Сказ-Полимеры"
check "comply: the missing agreement" out_has "не хватает 1: Вымысел-Крепёж"
check "comply: both readings" out_has "R4a      не выполнено (справочно)"
run comply "$electro" --lang en
check "comply in English, the only cluster" out_has "Cooperation level: 19.3% against a threshold of 20%, ₽42m missing"
run comply "$electro" --format csv
check "csv: numerator, denominator, gap" grep -q '^electro,R4b,cooperation_level,[^,]*,not_met,0.1930921052631579,0.1930921052631579,0.2,42000000,1174000000,6080000000,at_least,1,' "$work/out"
run comply "$electro" --explain --format csv
check "csv --explain: a link used" grep -q '^electro,R4b,used,contract,magnit,etz,27.11.62.110,210000000,' "$work/out"
check "csv --explain: who left, with the reason" grep -q '^electro,R1,left_out,ended,maslo,' "$work/out"
check "csv --explain: the candidate" grep -q '^electro,R1,left_out,candidate,svar,' "$work/out"
run comply "$electro" --explain
check "--explain: used" out_has " + Магнитопровод-Небыль → Небыль-Электро, 27.11.62.110"
check "--explain: left out" out_has " · Небыль-Масла → Небыль-Электро, 19.20.29.140 Масла электроизоляционные: 130 млн ₽ — другая сторона — не участник"
run comply "$electro" --format json
json "comply: JSON"
query "the verdict" '[.verdict, .not_met, .participants, .registered]' '["not_met",5,15,true]'
query "the level" '.rules[] | select(.rule == "R4b") | [.numerator, .denominator, .gap, .verdict]' '[1174000000,6080000000,42000000,"not_met"]'
query "confidence" '.rules[] | select(.rule == "R4b") | .confidence' '"background"'
run comply "$electro" --as-of 2026-07-01 --format json
query "the registration expires" '.rules[] | select(.rule == "R11") | .verdict' '"not_met"'
query "the profile of that date" '.profile.id' '"779-2024"'
run comply "$electro" --date-of-application 2018-01-01 --format json
query "--date-of-application chooses the rules" '[.profile.id, .as_of]' '["779-2015","2024-04-01"]'
run comply "$electro" --rules 779-2015 --lang en
check "what is missing" out_has "the profile gives no productivity of this region (region_productivity)"
run comply "$electro" --lang en
check "a repair by a new contract" out_has "new contract: Сказ-Полимеры supplies Небыль-Электро with 22.21.30 Плиты, листы, плёнки пластмассовые неармированные, ₽42m a year: then 20%; possible up to ₽46m: 20.1%"
check "a repair by an enlarged one" out_has "enlarged contract: Небыль-Провод supplies Небыль-Электро with 27.32.11.000"
check "a repair by a new member" out_has "Небыль-Масла becomes a participant: then 20.1%"
check "a repair by a signature" out_has "Вымысел-Крепёж signs the participation agreement: then 100%; also lifts R9b"
check "who leaves" grep -q '^Небыль-Электро  *8.98  R2 ' "$work/out"
check "calendar" out_has "15 Jun 2026: the decision on the register expires – Небывальский кластер"
run comply "$electro" --format json
query "repairs of the level" '[.remedies[] | select(.rule == "R4b") | .changes[0] | [.change, .id, .value]]' '[["supply","polimer",42000000],["supply","provod",42000000],["join","maslo",null]]'
query "what a repair lifts" '.remedies[] | select(.rule == "R4b" and .changes[0].id == "polimer") | .lifts' '["R3","R4b","R13"]'
query "departures" '.departures[0] | [.id, .falls]' '["etz",["R2"]]'
query "calendar as data" '[.calendar[].what]' '["contract-begins","project-ends","decision-ends","project-ends"]'
same "comply twice" comply "$electro" --explain

run comply "$graphs/akit.json" --cluster astr_ship --lang en
ends "candidate: code 0" 0
check "candidate: not enough data" out_has "Not enough data: 9 of 10 rules cannot be judged"
check "candidate: not in the register" out_has "It is not in the register"
check "candidate: what is missing" out_has "the participants of the cluster are not listed: R1, R2, R3"
run comply "$graphs/akit.json"
fails "which cluster?" 2 "pskov_cl, astr_ship"
run comply "$graphs/toy.json"
fails "no clusters" 2 "the network has no clusters"
run comply "$electro" --cluster etz --lang en
fails "not a cluster" 2 "is not a cluster"
run comply "$electro" --rules 780 --lang en
fails "no such profile" 2 "there are: 41, 779-2015, 779-2021, 779-2024"
run comply "$electro" --rules "$work/none.json" --lang en
fails "no such file" 3 "none.json"
run comply "$electro" --rules 41 --lang en
fails "a profile for projects" 2 "coopnet projects"

sed 's/"at_least": 10,/"at_least": 16,/' "$source_dir/rules/779-2021.json" >"$work/mine.json"
run comply "$electro" --rules "$work/mine.json" --lang en
check "a profile of one's own" out_has "R1. Participants: 15 against a threshold of 16, 1 missing"
sed 's/"at_least": 10,/"at_lest": 10,/' "$source_dir/rules/779-2021.json" >"$work/mine.json"
run comply "$electro" --rules "$work/mine.json" --lang en
fails "a broken one: file, line, column" 3 "mine.json:26:4: error: unknown field “at_lest”; did you mean “at_least”? [rules-unknown-field-near]"
printf '{"coopnet_rules": 1,\n "rules": [}' >"$work/mine.json"
run comply "$electro" --rules "$work/mine.json"
fails "broken notation" 3 "mine.json:2:12: ошибка"

run projects "$electro" --lang en
ends "projects: code 0" 0
check "projects: the profile" out_has "Rules: 41"
check "projects: what is behind" out_has "Indicators behind the plan: 2, at most 0 are allowed: выручка, руб., 2023, доля импорта, %, 2023"
check "projects: who is outside the chain" out_has "2, at most 0 are allowed: Небыль-Электро, Вымысел-Литьё"
run projects "$electro" --cluster electro --format json
json "projects: JSON"
query "both projects" '[.projects[].id]' '["p_trafo","p_modul"]'
query "plan and fact" '.projects[0].plan[0] | [.year, .plan, .fact, .state]' '[2023,300000000,268000000,"behind"]'
query "contributions" '[.projects[0].participants[].contribution]' '[null,90000000,35000000,48500000]'
run projects "$electro" --format csv
check "projects: CSV" grep -q '^p_modul,J4,participants_outside_chain,' "$work/out"
run projects "$electro" --rules 779-2021 --lang en
fails "a profile for clusters" 2 "coopnet comply"
run projects "$graphs/akit.json" --cluster pskov_cl --format json
query "projects of one cluster" '[.projects[].id]' '["p_pskov_1","p_pskov_2"]'
finish
