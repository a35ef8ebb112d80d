#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files as people have them, as typed: the samples of graphs/real. Real data: test_samples.sh.
. "$2/tests/cli/lib.sh"
real=$graphs/real
for file in supplies.csv matrix.csv cluster.xlsx cluster.ods; do
    run check "$real/$file" --lang en
    ends "$file: check" 0
done
run info "$real/cluster.xlsx" --lang en -q
check "three supplies from Excel" grep -q "3  supply" "$work/out"
run info "$real/cluster.ods" --lang en -q
check "and from LibreOffice" grep -q "3  supply" "$work/out"
run check "$real/cluster.xlsx" --sheet "Поставки!A1:B3" --lang en
ends "a part of a sheet" 0
run check "$real/cluster.xlsx" --sheet "Закупки" --lang en
ends "a sheet that is not there" 2
check "the sheets are named" grep -q "Поставки" "$work/err"
run check "$real/supplies.csv" --map "Поставщик=frm"
ends "a column that does not exist" 2
run check "$real/supplies.csv" --from jsn
ends "a format that does not exist" 2

for lang in ru en; do
    run template -o "$work/$lang.xlsx" --lang $lang
    ends "template in $lang" 0
    run check "$work/$lang.xlsx"
    ends "it loads as it is" 0
    check "without a remark" err_empty
done
run template -o "$work/again.xlsx" --lang ru -q
check "the same bytes each time" cmp -s "$work/ru.xlsx" "$work/again.xlsx"
run template
ends "template needs a file" 2
run template "$work/ru.xlsx" -o "$work/x.xlsx"
ends "and takes no network" 2
run template -o -
ends "nor standard output" 2

finish
