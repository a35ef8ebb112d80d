#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Databases as a user names them: SQLite files, and a real PostgreSQL server that is started here on loopback, by nobody else's
# leave, in the work folder.
. "$2/tests/cli/lib.sh"
unset PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICE PGPASSFILE
"$coopnet" info "$graphs/electro" >"$work/tables" 2>&1

# The CSV tables of electro as SQL.
as_sql() {
    for table in "$graphs"/electro/*.csv; do
        name=$(basename "$table" .csv)
        awk -v name="$name" '
            function quoted(s, q) { gsub(q, q q, s); return q s q }
            # Cells of a row with ; between, quotes around some.
            function cells(line, out,   n, cell, c, i, inside) {
                n = 0; cell = ""; inside = 0
                for (i = 1; i <= length(line); i++) {
                    c = substr(line, i, 1)
                    if (c == "\"" && inside && substr(line, i + 1, 1) == "\"") { cell = cell c; i++ }
                    else if (c == "\"") inside = !inside
                    else if (c == ";" && !inside) { out[++n] = cell; cell = "" }
                    else cell = cell c
                }
                out[++n] = cell
                return n
            }
            BEGIN { apostrophe = sprintf("%c", 39) }
            { sub(/\r$/, "") }
            NR == 1 {
                sub(/^\357\273\277/, "")
                width = cells($0, column)
                printf "CREATE TABLE \"%s\" (", name
                for (i = 1; i <= width; i++) printf("%s%s text", (i > 1 ? ", " : ""), quoted(column[i], "\""))
                print ");"
                next
            }
            {
                delete value
                cells($0, value)
                printf "INSERT INTO \"%s\" VALUES (", name
                for (i = 1; i <= width; i++) printf("%s%s", (i > 1 ? ", " : ""), (value[i] == "" ? "NULL" : quoted(value[i], apostrophe)))
                print ");"
            }' "$table"
    done
}

# ---- SQLite, written ----
run convert "$graphs/electro.json" "$work/written.sqlite"
check "a database is written" [ "$code" = 0 ]
run convert "$graphs/electro.json" "$work/again.db"
check "always the same bytes" cmp -s "$work/written.sqlite" "$work/again.db"
"$coopnet" info "$graphs/electro.json" >"$work/json" 2>&1
run info "$work/written.sqlite"
check "it is the network that was written" cmp -s "$work/json" "$work/out"
run convert "$work/written.sqlite" "$work/back.json"
run convert "$graphs/electro.json" "$work/straight.json"
check "down to the last field" cmp -s "$work/straight.json" "$work/back.json"
check "nothing lies beside it" [ "$(ls -A "$work" | grep -c -e '-journal$' -e '-wal$' -e coopnet-)" = 0 ]
run convert "$graphs/electro.json" - --to sqlite
fails "not to standard output" 2 "sqlite"
: >"$work/again.db-wal"
run convert "$graphs/toy.json" "$work/again.db"
fails "a database that is in use is left alone" 4 "again.db"
check "to the byte" cmp -s "$work/written.sqlite" "$work/again.db"
rm "$work/again.db-wal"
(trap '' XFSZ; ulimit -f 8; exec "$coopnet" convert "$graphs/electro.json" "$work/full.db" 2>/dev/null)
check "a full disk is told" [ $? != 0 ]
check "and leaves nothing" [ "$(ls -A "$work" | grep -c -e full.db -e coopnet-)" = 0 ]

# ---- SQLite ----
invoices="CREATE TABLE invoices (seller text, buyer text, amount numeric, day text);
INSERT INTO invoices VALUES ('А', 'Б', 10.50, '2023-01-05'), ('А', 'Б', 4.50, '2023-11-30'), ('А', 'Б', 1, '2024-02-01'), ('Б', 'В', 7, '2023-05-05');"
query='SELECT seller AS "поставщик", buyer AS "покупатель", amount AS "сумма", day AS since FROM invoices'
if command -v sqlite3 >/dev/null 2>&1; then
    (echo "BEGIN;" && as_sql && echo "COMMIT;") | sqlite3 "$work/electro.data"
    run info "$work/electro.data"
    check "the tables of a SQLite database are those of the folder" cmp -s "$work/tables" "$work/out"
    run info "$work/electro.data" --from sqlite
    check "told by --from" cmp -s "$work/tables" "$work/out"
    echo "$invoices" | sqlite3 "$work/invoices.db"
    before=$(ls -l "$work/invoices.db"; cksum "$work/invoices.db")
    run check "$work/invoices.db"
    check "no table of a network" err_has "invoices"
    run check "$work/invoices.db" --links-query "$query" --lang en
    check "a query gives links" out_has "3 entities, 4 links"
    run check "$work/invoices.db" --links-query "$query" --aggregate --lang en
    check "invoices are added up" out_has "3 entities, 3 links"
    run rank "$work/invoices.db" --links-query "$query" --aggregate --by out_strength --weight value --format csv --lang en
    check "and it is said" err_has "added up"
    value "the sum" "А" out_strength 16
    run info "$work/invoices.db" --links-query "DROP TABLE invoices"
    fails "nothing but SELECT" 3 "not authorized"
    check "the file is as it was" [ "$before" = "$(ls -l "$work/invoices.db"; cksum "$work/invoices.db")" ]
    check "and nothing lies beside it" [ "$(find "$work" -name 'invoices.db*' | wc -l)" = 1 ]
else
    skip "SQLite" "no sqlite3 here"
fi
run info "$graphs/toy.json" --links-query "SELECT 1"
fails "a file takes no query" 2 "is no database"

# ---- PostgreSQL: what needs no server ----
run info "postgresql://me:secret@localhost/net"
fails "a password in the address is refused" 2 "pgpass"
check "and not repeated" err_lacks "secret"
run info "postgresql://me@localhost/net?password=secret"
fails "nor as a parameter" 2 "pgpass"
check "and not repeated either" err_lacks "secret"
run info "postgresql://me@[::1/net?password=secret"
fails "an address that is none" 2 "not understood"
check "what may be a password is not repeated" err_lacks "secret"
run info "postgresql://me@127.0.0.1:1/net"
fails "no server" 3 "cannot be opened"

# ---- and what does ----
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    skip "PostgreSQL" "no server here"
    finish
fi
# The server does not run as root.
as_server=
if [ "$(id -u)" = 0 ]; then
    if ! id postgres >/dev/null 2>&1 || ! command -v setpriv >/dev/null 2>&1; then
        skip "PostgreSQL" "root without another user to run the server"
        finish
    fi
    as_server="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
base=$(mktemp -d)
chmod 755 "$work"
[ -z "$as_server" ] || chown postgres "$base"
stop_server() {
    $as_server "$bin/pg_ctl" -D "$base/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$base" "$work"
}
trap stop_server EXIT
cd / || exit 1
# A port that nobody has: a few are tried.
started=
if $as_server "$bin/initdb" -D "$base/data" -A trust -U coopnet --no-sync -E UTF8 --locale=C >"$work/initdb" 2>&1; then
    port=$((20000 + $$ % 20000))
    for attempt in 1 2 3 4 5; do
        port=$((port + attempt))
        if $as_server "$bin/pg_ctl" -D "$base/data" -w -t 60 -l "$base/log" \
            -o "-c listen_addresses=127.0.0.1 -p $port -k $base -F" start >/dev/null 2>&1; then
            started=yes
            break
        fi
    done
fi
if [ -z "$started" ]; then
    skip "PostgreSQL" "the server does not start here: $(tail -n 1 "$work/initdb")"
    finish
fi
url=postgresql://coopnet@127.0.0.1:$port/postgres
(as_sql && echo "$invoices") | "$bin/psql" -q "$url" >"$work/psql" 2>&1
run info "$url"
check "the tables of a PostgreSQL database are those of the folder" cmp -s "$work/tables" "$work/out"
run info --from "$url"
check "and where --from gives the address" cmp -s "$work/tables" "$work/out"
run check "$url" --links-query "$query" --lang en
check "a query gives links" out_has "3 entities, 4 links"
run check "$url" --links-query "$query" --aggregate --lang en
check "the server adds up" out_has "3 entities, 3 links"
run rank "$url" --links-query "$query" --aggregate --by out_strength --weight value --format csv -q
value "to the kopeck" "А" out_strength 16
run check "$url" --links-query "$query" --entities-query "SELECT seller AS id FROM invoices GROUP BY seller" --lang en
check "an end that no entity names is an error" out_has "unknown-reference"
run info "$url" --links-query "DELETE FROM invoices RETURNING seller, buyer"
fails "the transaction only reads" 3 "read-only"
run info "$url" --links-query "SELECT 1; DELETE FROM invoices"
fails "one query at a time" 3 "multiple commands"
run info "postgresql://nobody@127.0.0.1:$port/none"
fails "who is not let in is told" 3 "nobody"
run check "$url" --links-query "SELECT 'a'||i AS \"from\", 'b' AS \"to\", i*0.01 AS value, date '2020-01-01' + i%900 AS since, i%2=0 AS \"x.even\" FROM generate_series(1, 20000) i" --lang en
check "many rows of every type" out_has "20001 entities, 20000 links"
"$coopnet" info "$url" --links-query "SELECT pg_sleep(60)::text" >/dev/null 2>&1 &
job=$!
sleep 1
kill -INT "$job"
wait "$job"
check "Ctrl-C ends with 130" [ "$?" = 130 ]
sleep 1
left=$("$bin/psql" -qAt "$url" -c "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()")
check "and the server has stopped the query" [ "$left" = 0 ]
count=$("$bin/psql" -qAt "$url" -c "SELECT count(*) FROM invoices")
check "nothing was written" [ "$count" = 4 ]
finish
