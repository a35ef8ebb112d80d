/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a made-up network as tables while it grows (generate_shape.c): nothing is kept but the degrees. What a firm is called, where
 * it is and what it makes follows from its number, so that each table is a pass over the numbers. O(links log firms).
 */
#include "coopnet/generate.h"

#include "error.h"
#include "file.h"
#include "generate_shape.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRMS_PER_CLUSTER = 400, FIRMS_PER_PROJECT = 1000, MEMBERS_OF_THOUSAND = 80, STEP_FIRMS = 4096 };

/* Tables of a folder; a lone table is the last of them. */
typedef enum table_id { NETWORK, COMPANIES, CLUSTERS, MEMBERS, PROJECTS, PARTICIPANTS, LINKS, TABLES } table_id;
static const char *const table_names[TABLES] = {"network.csv",  "companies.csv",    "clusters.csv", "members.csv",
                                                "projects.csv", "participants.csv", "links.csv"};

typedef struct generation {
    const cn_generate_options *options;
    cn__growth growth;
    cn__file_out files[TABLES];
    cn_buf paths[TABLES];
    bool open[TABLES];
    cn_buf row;
} generation;

/* ---- rows ---- */

static void add_text(generation *g, const char *text) { cn_buf_add_text(&g->row, text); }

static void add_number(generation *g, uint64_t number, int width) {
    char digits[24];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
        width--;
    } while (number > 0 || width > 0);
    cn_buf_add(&g->row, digits + at, sizeof digits - at);
}

static void put_row(generation *g, table_id table) {
    cn_buf_add(&g->row, "\n", 1);
    cn__file_out_put(&g->files[table], g->row.data ? g->row.data : "", g->row.len);
    g->files[table].failed = g->row.failed ? ENOMEM : g->files[table].failed;
    g->row.len = 0;
}

static void put_line(generation *g, table_id table, const char *line) {
    add_text(g, line);
    put_row(g, table);
}

static uint64_t lot_of(uint64_t number, uint64_t salt) {
    uint64_t state = number * 8 + salt;
    return cn__growth_random(&state);
}

/* ---- firms ---- */

static const char *const forms[] = {"АО", "ООО", "ПАО", "ООО", "НПО"};
static const char *const first_parts[] = {"Урал",  "Волго", "Сиб",  "Север", "Юг",     "Мос",  "Нев", "Дон",
                                          "Алтай", "Кама",  "Балт", "Прим",  "Кубань", "Амур", "Ока", "Русь"};
static const char *const second_parts[] = {"сталь", "маш",  "хим",  "прибор", "кабель",  "пром",  "энерго", "строй",
                                           "лес",   "агро", "текс", "транс",  "электро", "пласт", "стекло", "мет"};
static const char *const regions[] = {
    "Свердловская область", "Республика Татарстан", "Пермский край",    "Самарская область", "Псковская область",
    "Алтайский край",       "Омская область",       "Тульская область", "Приморский край",   "Нижегородская область"};
#define ANY(list, lot) ((list)[(lot) % (sizeof(list) / sizeof *(list))])

static void add_name(generation *g, uint32_t firm) {
    uint64_t lot = lot_of(firm, 1);
    add_text(g, ANY(forms, lot));
    add_text(g, " «");
    add_text(g, ANY(first_parts, lot >> 8));
    add_text(g, ANY(second_parts, lot >> 16));
    add_text(g, "-");
    add_number(g, firm, 1);
    add_text(g, "»");
}

/* Ten digits, the last one a check digit. */
static void add_inn(generation *g, uint32_t firm) {
    static const unsigned factors[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
    uint64_t number = (10 + lot_of(firm, 2) % 80) * 10000000 + firm % 10000000;
    uint64_t rest = number;
    unsigned sum = 0;
    for (size_t i = 9; i-- > 0; rest /= 10) {
        sum += factors[i] * (unsigned)(rest % 10);
    }
    add_number(g, number, 9);
    add_number(g, sum % 11 % 10, 1);
}

/* A code of the form of OKPD2: the class is the sector. */
static void add_code(generation *g, uint32_t sector, uint64_t lot) {
    add_number(g, 10 + sector, 2);
    add_text(g, ".");
    add_number(g, 10 + lot % 4, 2);
    add_text(g, ".");
    add_number(g, 10 + (lot >> 8) % 8, 2);
}

static void put_company(generation *g, uint32_t firm) {
    add_text(g, "f");
    add_number(g, firm, 1);
    add_text(g, ",");
    add_name(g, firm);
    add_text(g, ",");
    add_inn(g, firm);
    add_text(g, ",");
    add_text(g, ANY(regions, lot_of(firm, 3)));
    put_row(g, COMPANIES);
}

static void put_membership(generation *g, uint32_t firm) {
    bool first = firm % FIRMS_PER_CLUSTER == 0;
    if (first) {
        add_text(g, "k");
        add_number(g, firm / FIRMS_PER_CLUSTER, 1);
        add_text(g, ",Промышленный кластер № ");
        add_number(g, firm / FIRMS_PER_CLUSTER + 1, 1);
        add_text(g, ",registered");
        put_row(g, CLUSTERS);
    }
    if (first || lot_of(firm, 4) % 1000 < MEMBERS_OF_THOUSAND) {
        add_text(g, "k");
        add_number(g, firm / FIRMS_PER_CLUSTER, 1);
        add_text(g, ",f");
        add_number(g, firm, 1);
        add_text(g, first ? ",anchor," : ",participant,");
        add_number(g, 2015 + lot_of(firm, 5) % 10, 4);
        put_row(g, MEMBERS);
    }
}

/* The firm that begins a project, and two more. */
static void put_project(generation *g, uint32_t firm) {
    uint32_t project = firm / FIRMS_PER_PROJECT;
    if (firm % FIRMS_PER_PROJECT != 0) {
        return;
    }
    add_text(g, "p");
    add_number(g, project, 1);
    add_text(g, ",Совместный проект № ");
    add_number(g, project + 1, 1);
    add_text(g, ",running");
    put_row(g, PROJECTS);
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t part = firm + i * (FIRMS_PER_PROJECT / 3) + (uint32_t)(lot_of(project, 6 + i % 2) % 300);
        if (part < g->options->firms) {
            add_text(g, "p");
            add_number(g, project, 1);
            add_text(g, ",f");
            add_number(g, part, 1);
            add_text(g, i == 0 ? ",initiator" : ",participant");
            put_row(g, PARTICIPANTS);
        }
    }
}

static void put_link(generation *g, cn__shape_link link) {
    add_text(g, "f");
    add_number(g, link.from, 1);
    add_text(g, ",f");
    add_number(g, link.to, 1);
    add_text(g, ",");
    add_number(g, cn__growth_value(&g->growth), 1);
    add_text(g, ",");
    add_code(g, cn__growth_sector(&g->growth, link.from), cn__growth_random(&g->growth.random));
    put_row(g, LINKS);
}

/* ---- files ---- */

static bool is_lone(const char *path) {
    size_t len = strlen(path);
    return strcmp(path, "-") == 0 || (len > 4 && strcmp(path + len - 4, ".csv") == 0);
}

static cn_status open_table(generation *g, table_id table, const char *path, bool lone, cn_error *err) {
    cn_buf_add_text(&g->paths[table], path);
    if (!lone) {
        cn_buf_add_text(&g->paths[table], "/");
        cn_buf_add_text(&g->paths[table], table_names[table]);
    }
    if (g->paths[table].failed) {
        return CN__NO_MEMORY(err);
    }
    cn_status status = cn__file_out_open(g->paths[table].data, &g->files[table], err);
    g->open[table] = status == CN_OK;
    return status;
}

static cn_status open_tables(generation *g, const char *path, cn_error *err) {
    bool lone = is_lone(path);
    cn_status status = CN_OK;
    if (!lone) {
        (void)mkdir(path, 0777); /* when that fails, opening the files tells why */
    }
    for (int table = lone ? LINKS : NETWORK; table < TABLES && status == CN_OK; table++) {
        status = open_table(g, (table_id)table, path, lone, err);
    }
    return status;
}

/* Each gets its name, or, without `keep`, none does. */
static cn_status close_tables(generation *g, bool keep, cn_error *err) {
    cn_status status = CN_OK;
    for (int table = 0; table < TABLES; table++) {
        keep = keep && (!g->open[table] || g->files[table].failed == 0);
    }
    for (int table = 0; table < TABLES; table++) {
        if (g->open[table]) {
            cn_status closed = cn__file_out_close(&g->files[table], g->paths[table].data, keep && status == CN_OK,
                                                  status == CN_OK ? err : NULL);
            status = status == CN_OK ? closed : status;
        }
        cn_buf_release(&g->paths[table]);
    }
    return status;
}

/* ---- all ---- */

static void put_headers(generation *g) {
    static const char *const headers[TABLES] = {
        "key,value",      "id,name,inn,region", "id,name,status",       "cluster,id,role,since",
        "id,name,status", "project,id,role",    "from,to,value,product"};
    for (int table = 0; table < TABLES; table++) {
        if (g->open[table]) {
            put_line(g, (table_id)table, headers[table]);
        }
    }
    if (g->open[NETWORK]) {
        put_line(g, NETWORK, "title,Вымышленная сеть предприятий");
        put_line(g, NETWORK, "language,ru");
        put_line(g, NETWORK, "currency,RUB");
    }
}

static bool goes_on(const generation *g, uint32_t done) {
    const cn_generate_options *options = g->options;
    return !options->step || done % STEP_FIRMS != 0 || options->step(options->context, done, options->firms);
}

static cn_status write_all(generation *g, cn_error *err) {
    uint32_t firms = g->options->firms;
    put_headers(g);
    for (uint32_t firm = 0; firm < firms && g->files[LINKS].failed == 0; firm++) {
        cn__shape_link links[16];
        size_t count = cn__growth_next(&g->growth, links);
        for (size_t i = 0; i < count; i++) {
            put_link(g, links[i]);
        }
        if (g->open[COMPANIES]) {
            put_company(g, firm);
            put_membership(g, firm);
            put_project(g, firm);
        }
        if (!goes_on(g, firm)) {
            return CN__FAIL0(err, CN_ERR_CANCELLED, CANCELLED);
        }
    }
    return CN_OK;
}

cn_status cn_generate(const char *path, const cn_generate_options *options, cn_error *err) {
    generation g = {.options = options};
    if (options->firms < 2) {
        return CN__FAIL2(err, CN_ERR_ARGUMENT, BAD_ARGUMENT, "firms", options->firms == 0 ? "0" : "1");
    }
    cn_status status = cn__growth_begin(&g.growth, options->firms, options->seed) ? CN_OK : CN__NO_MEMORY(err);
    if (status == CN_OK) {
        status = open_tables(&g, path, err);
    }
    if (status == CN_OK) {
        status = write_all(&g, err);
    }
    cn_status closed = close_tables(&g, status == CN_OK, status == CN_OK ? err : NULL);
    cn__growth_end(&g.growth);
    cn_buf_release(&g.row);
    return status == CN_OK ? closed : status;
}
