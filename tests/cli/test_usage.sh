#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Help, wrong usage, languages.
. "$2/tests/cli/lib.sh"

run
ends "no arguments: code 2" 2
check "no arguments: nothing on stdout" out_empty
check "no arguments: the commands on stderr" err_has "rank"
run --help
ends "--help: code 0" 0
check "--help is on stdout" out_has "Usage: coopnet COMMAND NETWORK"
check "--help says nothing on stderr" err_empty
run --help --lang ru
check "--help in Russian" out_has "Использование: coopnet КОМАНДА СЕТЬ"
run --version
check "--version" out_is "coopnet 0.1.0"
run rank --version
check "--version of a command" out_is "coopnet 0.1.0"

for command in check info rank path chain critical whatif risk clusters roles draw; do
    run "$command" --help
    ends "$command --help: code 0" 0
    check "$command --help: usage" out_has "Usage: coopnet $command NETWORK"
    cp "$work/out" "$work/help"
    run "$command" -h
    check "$command -h is the same" cmp -s "$work/out" "$work/help"
    run help "$command"
    check "help $command is the same" cmp -s "$work/out" "$work/help"
    run "$command" --help --lang=ru
    check "$command --help in Russian" out_has "Использование: coopnet $command СЕТЬ"
    check "$command --help in Russian has no English heading" out_lacks "Options:"
    LANG=ru_RU.UTF-8 run "$command"
    fails "$command without network, language of the environment" 2 "нужна сеть"
    LC_ALL=C LANG=ru_RU.UTF-8 run "$command"
    fails "$command without network, LC_ALL goes first" 2 "needs a network"
done
run rank --help
check "help lists the metrics" out_has "betweenness"
check "help lists the kinds of link" out_has "made_from"

run rnak
fails "near command" 2 "did you mean rank?"
run frobnicate
fails "unknown command" 2 "there is no command"
run help frobnicate
fails "help on an unknown command" 2 "there is no command"
run --lang en info
fails "an option before the command" 2 "the command comes first, before --lang"
toy=$graphs/toy.json
run info "$toy" --as-of 31.02.2020
fails "a day that does not exist" 2 "there is no such date as 31.02.2020"
run info "$toy" --as-of 2020-13 --lang ru
fails "a month that does not exist" 2 "даты 2020-13 не бывает"
run info "$toy" --as-of yesterday
fails "not a date at all" 2 "must be a date such as"
run chain "$toy" --of final --depth -1
fails "a count below 1" 2 "must be a whole number from 1 on"
run chain "$toy" --of nobody-at-all
fails "an unknown organisation: where the names are" 2 "coopnet rank $toy --by degree"
run rank "$toy" --by degree --tpo 3
fails "near option" 2 "did you mean --top?"
run rank "$toy" --by degree --zzzzzzzz
fails "unknown option" 2 "has no option --zzzzzzzz"
run check "$toy" --top 3
fails "option of another command" 2 "check has no option --top"
run rank "$toy" --by
fails "missing value" 2 "--by needs a value"
run rank "$toy" --by --top 3
fails "missing value before an option" 2 "--by needs a value"
run rank "$toy" --by degree --directed=yes
fails "value of a flag" 2 "--directed takes no value"
run rank "$toy"
fails "rank without --by" 2 "rank needs --by"
run path "$toy" --from raw
fails "path without --to" 2 "path needs --to"
run chain "$toy"
fails "chain without --of" 2 "chain needs --of"
run draw "$toy" --view path --from raw
fails "draw --view path without --to" 2 "--view path needs --to"
run rank "$toy" --by betweeness
fails "near metric" 2 "did you mean betweenness?"
check "near metric: all are listed" err_has "coreness, constraint"
run rank "$toy" --by degree --kind compny
fails "near kind of entity" 2 "did you mean company?"
run rank "$toy" --by degree --layer suply
fails "near kind of link" 2 "did you mean supply?"
run rank "$toy" --by degree,
fails "empty item of a list" 2 "--by cannot be"
run rank "$toy" --by degree --direction sideways
fails "impossible choice" 2 "it is one of out, in"
for bad in 0 -3 x 1.5 99999999999999999999 ''; do
    run rank "$toy" --by degree --top "$bad"
    fails "impossible count '$bad'" 2 "--top must be a whole number"
done
run rank "$toy" --by degree --as-of 2024-02-30
fails "impossible date" 2 "no such date as 2024-02-30"
run rank "$toy" --by degree --directed --undirected
fails "options that exclude each other" 2 "exclude each other"
run rank "$toy" "$toy" --by degree
fails "two networks" 2 "one network at a time"
run rank "$toy" --by degree --lang de
fails "unknown language" 2 "--lang cannot be"
run rank "$toy" --by degree --format svg
fails "format of another command" 2 "it is one of text, csv, json"
run rank "$toy" --by betweeness --lang ru
fails "usage error in Russian" 2 "возможно, имелось в виду: betweenness"
check "usage error: where the help is" err_has "справка: coopnet rank --help"

# options before and after the network, both forms, letters, --
run rank "$toy" --by degree --format csv
cp "$work/out" "$work/one"
run rank --by=degree --format=csv "$toy"
check "--option=value, before the network" cmp -s "$work/one" "$work/out"
run rank --by degree --format csv -- "$toy"
check "-- ends the options" cmp -s "$work/one" "$work/out"
run rank --by in_degree --by degree --format csv "$toy"
check "a repeated option replaces the earlier" cmp -s "$work/one" "$work/out"
for k in "-k1" "-k 1"; do
    # shellcheck disable=SC2086
    run path "$toy" --from raw --to final $k --format json
    query "$k" '.paths | length' 1
done
run rank -- --by
fails "-- makes a name of what follows" 2 "rank needs --by"
run rank "$toy" --by "$(printf 'a\033[31mb')"
check "control characters of an argument do not reach the terminal" err_lacks "$(printf '\033')"
finish
