#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Horizon 2020 participations (rcn,role,pic,type,…) as a network of organisations and projects: a folder of CSV tables.
#   sh tests/bench/h2020.sh h2020.csv.gz FOLDER
set -eu
[ $# -eq 2 ] || { echo "usage: h2020.sh h2020.csv.gz FOLDER" >&2; exit 2; }
mkdir -p "$2"
gzip -dc "$1" | LC_ALL=C awk -F, -v dir="$2" '
    BEGIN {
        type["HES"] = "university"; type["REC"] = "research"; type["PUB"] = "authority"
        print "id,country" > (dir "/companies.csv")
        print "id,type,country" > (dir "/organisations.csv")
        print "id" > (dir "/projects.csv")
        print "project,id,role" > (dir "/participants.csv")
    }
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    {
        org = "o" $at["pic"]; project = "p" $at["rcn"]
        if (!(org in seen)) {
            seen[org] = 1
            if ($at["type"] == "PRC") print org "," $at["country"] > (dir "/companies.csv")
            else print org "," type[$at["type"]] "," $at["country"] > (dir "/organisations.csv")
        }
        if (!(project in seen)) { seen[project] = 1; print project > (dir "/projects.csv") }
        print project "," org "," ($at["role"] == "coordinator" ? "initiator" : "participant") > (dir "/participants.csv")
    }'
printf 'key,value\ntitle,Horizon 2020 participations\nlanguage,en\ncurrency,EUR\n' >"$2/network.csv"
