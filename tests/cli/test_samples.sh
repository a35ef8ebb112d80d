#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real files that nobody made for us, where they lie beside the checkout (../shared/data): each loads, with so many entities and links, and
# with its repairs told. The numbers were counted by other programs (Python's csv and openpyxl) or are those of the files' authors.
. "$2/tests/cli/lib.sh"
data=$source_dir/../shared/data

# sample NAME ENTITIES LINKS FILE OPTIONS…: loads without a mistake
sample() {
    name=$1 entities=$2 links=$3
    shift 3
    run check "$@" --lang en
    ends "$name: check" 0
    check "$name: $entities entities, $links links" out_has "No mistakes: $entities entities, $links links."
}

# partly NAME ENTITIES LINKS ROWS FILE OPTIONS…: loads without ROWS rows that are wrong, which are counted
partly() {
    name=$1 entities=$2 links=$3 rows=$4
    shift 4
    run check "$@" --lang en
    ends "$name: a mistake refuses it" 1
    run info "$@" --lang en --keep-going -q
    ends "$name: --keep-going" 0
    check "$name: $entities companies" grep -q "^ *$entities  companies" "$work/out"
    check "$name: $links supplies" grep -q "^ *$links  supply" "$work/out"
    cp "$work/out" "$work/info"
    run check "$@" --lang en --keep-going
    ends "$name: checked with --keep-going" 0
    check "$name: $rows rows left out, counted" out_has "$rows rows with mistakes left out"
}

# repairs NAME KEY COUNT: those listed and those only counted
repairs() {
    got=$(awk -v key="[$2]" '
        index($0, key) && !/\[more-repairs\]$/ { n++ }
        index($0, key) && /\[more-repairs\]$/ { for (i = 1; i <= NF; i++) if ($i == "note:") n += $(i + 1) }
        END { print n + 0 }' "$work/out")
    if [ "$got" = "$3" ]; then pass "$1: $3 × $2"; else fail "$1: $2" "$got, want $3"; fi
}

if [ ! -d "$data" ]; then
    skip "all samples" "no ../shared/data beside the checkout"
    finish
fi

# Supply chains: ragged rows that go on in pairs of a supplier and its quantity. Nodes and arcs are those that the authors give.
willems=$data/willems-snc
ragged="max_s_time=-,risk_pool=-,ext_demand_mean=-,ext_demand_std=-,ext_demand_thres=-,stage_id=to,up_stages=from+quantity..."
for chain in cutlery:28:28 food:27:31 toys:22:39 chemicals:8:10 semiconductors:13:13 bulldozer:22:21; do
    file=${chain%%:*} numbers=${chain#*:}
    sample "$file" "${numbers%:*}" "${numbers#*:}" "$willems/$file.txt" --map "lead_time=-,cost_rate=-,$ragged"
    check "$file: nothing to remark" out_lacks "["
done
for chain in battery:22:21 digital_camera:8:7; do
    file=${chain%%:*} numbers=${chain#*:}
    sample "$file" "${numbers%:*}" "${numbers#*:}" "$willems/$file.txt" --map "lead_time=-,cost=-,$ragged"
    check "$file: nothing to remark" out_lacks "["
done

# Tables of procurement: windows-1251, quotes within quotes, NA.
procurement=$data/ru-procurement-refs
sample "customers" 720 0 "$procurement/df_all_orgs.csv" \
    --map "responsibleOrg.regNum=organisations.id,responsibleOrg.fullName=name,responsibleOrg.postAddress=x.address,responsibleOrg.address.OSM=-,responsibleOrg.long=-,responsibleOrg.lat=-"
repairs "customers" encoding-read 1
sample "places of customers" 273 0 "$procurement/df_all_orgs_long_lat.csv" \
    --map "responsibleOrg.regNum=organisations.id,responsibleOrg.fullName=name,responsibleOrg.postAddress=x.address,address.OSM=-,lat=-,long=-,responsibleOrg.lat=lat,responsibleOrg.long=lon"
repairs "places of customers" no-data-mark 546
sample "regions" 86 0 "$procurement/df_regions_codes.csv" --map "region=name,ID=organisations.id"
repairs "regions" encoding-read 1
sample "classes of products" 99 0 "$procurement/df_OKPD2_2dig.csv" --map "OKPD.2dig=products.id,OKPD.2dig.name=name"
repairs "classes of products" encoding-read 1
repairs "classes of products" number-read-as 99
products="purchaseObject.OKPD2.code=products.id,purchaseObject.OKPD2.name=name,purchaseObject.OKPD2.code.2dig=-"
run check "$procurement/df_all_OKPD2.csv" --lang en --map "$products"
ends "products: a row without a code refuses them" 1
run check "$procurement/df_all_OKPD2.csv" --lang en --map "$products" --keep-going
ends "products: --keep-going" 0
check "products: one row left out, counted" out_has "1 row with mistakes left out"
repairs "products" no-data-mark 1
run info "$procurement/df_all_OKPD2.csv" --lang en --map "$products" --keep-going -q
check "products: 3,845 codes" grep -q "^ *3,845  products" "$work/out"

# Projects and who took part in them.
gzip -dc "$data/h2020-eunets/h2020.csv.gz" >"$work/h2020.csv"
others="role=-,type=x.type,start_date=-,end_date=-,max_contribution=-,total_cost=-,start_year=-,end_year=-,duration=-,group=-,nunique=-,country=-"
sample "Horizon 2020" 67322 144726 "$work/h2020.csv" --map "rcn=project,pic=id,$others"
repairs "Horizon 2020" no-data-mark 13754
run info "$work/h2020.csv" --lang en -q --exact-up-to 1 --map "rcn=project,pic=id,$others"
check "Horizon 2020: 31,451 projects" grep -q "^ *31,451  joint projects" "$work/out"
check "Horizon 2020: 35,871 organisations" grep -q "^ *35,871  companies" "$work/out"

# Deliveries: byte order mark, CR alone at the ends of lines, quoted commas, texts in columns of numbers.
gzip -dc "$data/scms-pharma/SCMS_Delivery_History_Dataset.csv.gz" >"$work/scms.csv"
partly "SCMS" 159 9,969 355 "$work/scms.csv" --map "Manufacturing Site=from,Vendor=to,Line Item Value=value,Weight (Kilograms)=x.weight"
check "SCMS: to the cent" grep -q "1,606,782,153.54" "$work/info"
check "SCMS: the last row stands in line 10325" grep -q "scms.csv:10[0-9]*:.*self-supply" "$work/out"
partly "SCMS, sums with texts among them" 159 5,931 4393 "$work/scms.csv" \
    --map "Manufacturing Site=from,Vendor=to,Freight Cost (USD)=value"

# Input and output of branches: Germany as a list with R's missing integer in it, Croatia as matrices in a workbook.
partly "Germany" 25 235 12 "$data/iotables/germany_1995.csv" --map "iotables_row=from,iotables_col=to,values=value"
repairs "Germany" no-data-mark 41
croatia=$data/iotables/Croatia_2010.xlsx
run check "$croatia" --lang en
ends "Croatia: many tables on one sheet are not guessed at" 1
sample "Croatia, products by products" 66 4097 "$croatia" --sheet "Table data english!B429:BP496"
repairs "Croatia, products by products" matrix-diagonal 64
repairs "Croatia, products by products" total-skipped 2
repairs "Croatia, products by products" second-header 1
sample "Croatia, industries and their products" 126 810 "$croatia" --sheet "Table data english!B4:BO70"
repairs "Croatia, industries and their products" matrix-read 1
repairs "Croatia, industries and their products" matrix-diagonal 3
finish
