#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Files as people have them, as typed: the samples of graphs/real, and where it lies beside the checkout, the real data.
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

data=$source_dir/../shared/data
# sample NAME FILE EXPECTED-ENTITIES OPTIONS…
sample() {
    name=$1 file=$2 entities=$3
    shift 3
    run check "$file" --lang en "$@"
    ends "$name: check" "$([ -n "$errors" ] && echo 1 || echo 0)"
    check "$name: $entities entities" sh -c "grep -q '$entities entities' '$work/out' || [ -n '$errors' ]"
}
errors=
if [ -d "$data" ]; then
    ragged="=-,max_s_time=-,risk_pool=-,ext_demand_mean=-,ext_demand_std=-,ext_demand_thres=-"
    sample Willems "$data/willems-snc/cutlery.txt" 28 --map "stage_id=to,up_stages=from+quantity...,cost_rate=-,lead_time$ragged"
    sample "cp1251, organisations" "$data/ru-procurement-refs/df_all_orgs.csv" 720 \
        --map "responsibleOrg.regNum=organisations.id,responsibleOrg.fullName=name"
    check "its encoding is told" grep -q "encoding-read" "$work/out"
    run check "$data/ru-procurement-refs/df_all_OKPD2.csv" --lang en --keep-going \
        --map "purchaseObject.OKPD2.code=products.id,purchaseObject.OKPD2.name=name"
    ends "cp1251, products: the row of NA is left out" 0
    check "and counted" grep -q "1 row with mistakes left out" "$work/out"
    gzip -dc "$data/h2020-eunets/h2020.csv.gz" >"$work/h2020.csv"
    sample "H2020" "$work/h2020.csv" 67322 -q --map "rcn=project,pic=id,role=-,type=-,contribution=contribution"
    gzip -dc "$data/scms-pharma/SCMS_Delivery_History_Dataset.csv.gz" >"$work/scms.csv"
    errors=yes # plants that deliver to themselves; the file comes in without these rows
    sample "SCMS" "$work/scms.csv" 159 --map "Manufacturing Site=from,Vendor=to,Line Item Value=value,Item Description=product"
    run info "$work/scms.csv" --keep-going -q --lang en --map "Manufacturing Site=from,Vendor=to,Line Item Value=value,Item Description=product"
    ends "SCMS: without the rows that are wrong" 0
    check "SCMS: 9,969 links" grep -q "9,969" "$work/out"
else
    skip "the real data" "no ../shared/data beside the checkout"
fi
finish
