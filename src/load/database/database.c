/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a database to the row reader: its tables by the names that the CSV tables have, or the queries that were given; entities first,
 * links last. With `aggregate` the database adds up the links of the same ends, product, kind, status and year itself. Invariant: one query
 * is open at a time and one row of it in memory. O(rows).
 */
#include "database.h"

#include "error.h"
#include "number.h"
#include "utf8.h"

#include <string.h>

cn_status cn__db_fail(cn__load *load, cn_message message, const char *label, const char *text) {
    cn_buf line = {0};
    cn_buf_add(&line, "", 0);
    for (const char *c = text; *c; c++) {
        bool blank = *c == '\n' || *c == '\r' || *c == '\t' || *c == ' ';
        if (!blank) {
            cn_buf_add(&line, c, 1);
        } else if (line.len && line.data[line.len - 1] != ' ') {
            cn_buf_add_text(&line, " ");
        }
    }
    const char *args[] = {label, line.data ? line.data : ""};
    cn_status status = cn__fail(load->err, CN_ERR_INPUT, message, 2, args);
    cn_buf_release(&line);
    return status;
}

/* ---- rows ---- */

/* A query being read: its row as cells, with the texts in a place of their own. */
typedef struct reading {
    cn__db *db;
    cn__row_reader rows;
    cn__row_cell *cells;
    size_t count;
    cn_buf texts;
    size_t *starts;
    uint32_t line;
} reading;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The good text of a value; what no text can hold is reported and left out. */
static void take_text(reading *r, size_t column, const cn__db_cell *value, cn__row_cell *out) {
    const char *text = value->text ? value->text : "";
    size_t len = value->len;
    cn__load *load = r->db->load;
    size_t valid = cn__utf8_valid(text, len);
    if (valid < len) {
        cn_buf byte = {0};
        cn__format_u64(&byte, (unsigned char)text[valid]);
        CN__REPORT1(load, r->rows.label, out->place, NOT_UTF8, byte.data ? byte.data : "");
        cn_buf_release(&byte);
        len = 0;
    } else if (len && memchr(text, '\0', len)) {
        CN__REPORT0(load, r->rows.label, out->place, NUL_IN_TEXT);
        len = 0;
    }
    bool literal = r->db->literal;
    while (!literal && len && is_space(*text)) {
        text++;
        len--;
    }
    while (!literal && len && is_space(text[len - 1])) {
        len--;
    }
    r->starts[column] = r->texts.len;
    cn_buf_add(&r->texts, text, len);
    cn_buf_add(&r->texts, "", 1);
    out->len = len;
    out->kind = literal && value->kind == CN__CELL_TEXT ? CN__CELL_LITERAL : value->kind;
}

static cn_status hand_over(reading *r, bool header) {
    if (r->texts.failed) {
        return CN__NO_MEMORY(r->db->load->err);
    }
    for (size_t i = 0; i < r->count; i++) {
        r->cells[i].text = r->texts.data + r->starts[i];
    }
    const cn__place place = {r->line, 1};
    return header ? cn__row_reader_header(&r->rows, r->cells, r->count, place)
                  : cn__row_reader_row(&r->rows, r->cells, r->count, place);
}

static bool is_empty(const reading *r) {
    for (size_t i = 0; i < r->count; i++) {
        if (r->cells[i].len) {
            return false;
        }
    }
    return true;
}

static cn_status read_names(reading *r) {
    const cn__db_door *door = r->db->door;
    r->count = door->columns(r->db);
    r->cells = cn__calloc(r->count, sizeof *r->cells);
    r->starts = cn__calloc(r->count, sizeof *r->starts);
    if (!r->cells || !r->starts) {
        return CN__NO_MEMORY(r->db->load->err);
    }
    r->line = 1;
    for (size_t i = 0; i < r->count; i++) {
        const char *name = door->name(r->db, i);
        const cn__db_cell value = {name, strlen(name), CN__CELL_TEXT};
        r->cells[i].place = (cn__place){1, (uint32_t)i + 1};
        take_text(r, i, &value, &r->cells[i]);
    }
    /* The table of what the network says of itself has its header as a row. */
    return hand_over(r, r->rows.section->shape != CN__SHAPE_NETWORK);
}

static cn_status read_rows(reading *r) {
    cn_status status = read_names(r);
    bool got = true;
    while (status == CN_OK && got && cn__row_reader_wanted(&r->rows)) {
        status = r->db->door->next(r->db, &got);
        if (status != CN_OK || !got) {
            break;
        }
        r->line++;
        r->texts.len = 0;
        for (size_t i = 0; i < r->count; i++) {
            const cn__db_cell value = r->db->door->cell(r->db, i);
            r->cells[i].place = (cn__place){r->line, (uint32_t)i + 1};
            take_text(r, i, &value, &r->cells[i]);
        }
        status = is_empty(r) ? CN_OK : hand_over(r, false);
    }
    return status;
}

static cn_status read_query(cn__db *db, cn__assembly *assembly, const cn__section *section, const char *what,
                            const char *sql) {
    reading r = {.db = db};
    cn_buf label = {0};
    cn_buf_add_text(&label, db->label);
    cn_buf_add_text(&label, ": ");
    cn_buf_add_text(&label, what);
    const char *kept = label.failed ? NULL : cn__load_keep(db->load, label.data);
    cn_buf_release(&label);
    if (!kept) {
        return CN__NO_MEMORY(db->load->err);
    }
    cn__row_reader_begin(&r.rows, assembly, section, kept);
    cn_status status = db->door->begin(db, sql);
    if (status == CN_OK) {
        status = read_rows(&r);
        db->door->end(db);
    }
    status = status == CN_OK ? cn__row_reader_end(&r.rows) : status;
    cn__row_reader_release(&r.rows);
    cn__free(r.cells);
    cn__free(r.starts);
    cn_buf_release(&r.texts);
    return status;
}

/* ---- adding up ---- */

static void add_name(cn_buf *out, const char *name) {
    cn_buf_add_text(out, "\"");
    for (; *name; name++) {
        cn_buf_add(out, "\"\"", *name == '"' ? 2 : 0);
        cn_buf_add(out, name, *name == '"' ? 0 : 1);
    }
    cn_buf_add_text(out, "\"");
}

/* The year of a date, whether it is one or a text such as 2016-07-01 or 31.12.2016. Understood by all doors. */
static void add_year(cn_buf *out, const char *name) {
    static const char *const parts[] = {"CASE WHEN CAST(",
                                        " AS text) LIKE '____-%' THEN substr(CAST(",
                                        " AS text), 1, 4) WHEN CAST(",
                                        " AS text) LIKE '__.__.____%' THEN substr(CAST(",
                                        " AS text), 7, 4) ELSE CAST(",
                                        " AS text) END"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cn_buf_add_text(out, parts[i]);
        if (i + 1 < sizeof parts / sizeof *parts) {
            add_name(out, name);
        }
    }
}

/* The columns of a query by what they say of a link. */
static cn_status find_columns(cn__db *db, const char *sql, cn_buf names[CN__SPEC_COUNT]) {
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    cn_buf limited = {0};
    cn_buf folded = {0};
    cn_buf scratch = {0};
    cn_buf_add_text(&limited, "SELECT * FROM (");
    cn_buf_add_text(&limited, sql);
    cn_buf_add_text(&limited, ") AS q LIMIT 0");
    cn_status status = limited.failed ? CN__NO_MEMORY(db->load->err) : db->door->begin(db, limited.data);
    bool open = status == CN_OK;
    for (size_t i = 0; status == CN_OK && i < db->door->columns(db); i++) {
        folded.len = 0;
        cn__utf8_fold(&folded, db->door->name(db, i));
        const cn__column *column = folded.failed ? NULL : cn__column_find_header(section, folded.data, &scratch);
        if (column && column->to == CN__TO_SPEC && names[column->index].len == 0) {
            cn_buf_add_text(&names[column->index], db->door->name(db, i));
            status = names[column->index].failed ? CN__NO_MEMORY(db->load->err) : CN_OK;
        }
        status = folded.failed || scratch.failed ? CN__NO_MEMORY(db->load->err) : status;
    }
    if (open) {
        db->door->end(db);
    }
    cn_buf_release(&limited);
    cn_buf_release(&folded);
    cn_buf_release(&scratch);
    return status;
}

/* SELECT ends, product …, SUM(value) … GROUP BY all but the sum. */
static void compose_sum(cn_buf *out, const char *sql, const cn_buf names[CN__SPEC_COUNT]) {
    static const cn__spec grouped[] = {CN__SPEC_FROM,  CN__SPEC_TO,       CN__SPEC_PRODUCT,
                                       CN__SPEC_KIND,  CN__SPEC_STATUS,   CN__SPEC_SINCE,
                                       CN__SPEC_UNTIL, CN__SPEC_FROM_INN, CN__SPEC_TO_INN};
    cn_buf order = {0};
    size_t count = 0;
    cn_buf_add_text(out, "SELECT ");
    for (size_t i = 0; i < sizeof grouped / sizeof *grouped; i++) {
        const cn_buf *name = &names[grouped[i]];
        bool date = grouped[i] == CN__SPEC_SINCE || grouped[i] == CN__SPEC_UNTIL;
        if (name->len == 0) {
            continue;
        }
        cn_buf_add_text(out, count ? ", " : "");
        (date ? add_year : add_name)(out, name->data);
        cn_buf_add_text(out, " AS ");
        add_name(out, name->data);
        cn_buf_add_text(&order, count++ ? ", " : "");
        cn__format_u64(&order, count);
    }
    cn_buf_add_text(out, ", SUM(");
    add_name(out, names[CN__SPEC_VALUE].data);
    cn_buf_add_text(out, ") AS ");
    add_name(out, names[CN__SPEC_VALUE].data);
    cn_buf_add_text(out, ", COUNT(*) AS \"x.records\" FROM (");
    cn_buf_add_text(out, sql);
    cn_buf_add_text(out, ") AS q GROUP BY ");
    cn_buf_add_text(out, order.data ? order.data : "1");
    cn_buf_add_text(out, " ORDER BY ");
    cn_buf_add_text(out, order.data ? order.data : "1");
    out->failed = out->failed || order.failed;
    cn_buf_release(&order);
}

/* Links, added up where that was asked for. */
static cn_status read_links(cn__db *db, cn__assembly *assembly, const char *what, const char *sql) {
    const cn__section *section = cn__section_at(CN__SECTION_LINKS);
    if (!db->load->aggregate) {
        return read_query(db, assembly, section, what, sql);
    }
    cn_buf names[CN__SPEC_COUNT];
    cn_buf sum = {0};
    memset(names, 0, sizeof names);
    cn_status status = find_columns(db, sql, names);
    bool known = names[CN__SPEC_FROM].len && names[CN__SPEC_TO].len && names[CN__SPEC_VALUE].len;
    if (status == CN_OK && !known) {
        status = cn__fail(db->load->err, CN_ERR_INPUT, CN_MSG_AGGREGATE_COLUMNS, 1, (const char *[]){db->label});
    }
    if (status == CN_OK) {
        compose_sum(&sum, sql, names);
        status = sum.failed ? CN__NO_MEMORY(db->load->err) : read_query(db, assembly, section, what, sum.data);
    }
    for (int i = 0; i < CN__SPEC_COUNT; i++) {
        cn_buf_release(&names[i]);
    }
    cn_buf_release(&sum);
    return status;
}

/* ---- tables ---- */

/* Which section a table holds, by the name of its CSV file or a Russian one. */
static const cn__section *section_of(const char *name) {
    static const struct {
        const char *russian, *table;
    } names[] = {{"связи", "links"},           {"поставки", "links"},
                 {"предприятия", "companies"}, {"компании", "companies"},
                 {"кластеры", "clusters"},     {"проекты", "projects"},
                 {"парки", "parks"},           {"организации", "organisations"},
                 {"мероприятия", "events"},    {"продукция", "products"},
                 {"участники", "members"},     {"сеть", "network"},
                 {"резиденты", "residents"},   {"выпускает", "makes"},
                 {"потребности", "needs"}};
    cn_buf folded = {0};
    cn__utf8_fold(&folded, name);
    const char *word = folded.data ? folded.data : "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        word = strcmp(word, names[i].russian) == 0 ? names[i].table : word;
    }
    const cn__section *section = cn__section_find_table(word, strlen(word));
    cn_buf_release(&folded);
    return section;
}

typedef struct tables {
    char *names[CN__SECTION_COUNT];
    cn_buf others; /* the first tables that are none of a network */
} tables;

static cn_status list_tables(cn__db *db, tables *out) {
    bool got = true;
    cn_status status = db->door->begin(db, db->door->tables);
    bool open = status == CN_OK;
    while (status == CN_OK) {
        status = db->door->next(db, &got);
        if (status != CN_OK || !got) {
            break;
        }
        const cn__db_cell cell = db->door->cell(db, 0);
        const char *name = cell.text && cn__utf8_valid(cell.text, cell.len) == cell.len ? cell.text : "";
        const cn__section *section = section_of(name);
        if (section && !out->names[section->id]) {
            out->names[section->id] = cn__strdup(name);
            status = out->names[section->id] ? CN_OK : CN__NO_MEMORY(db->load->err);
        } else if (out->others.len < 200) {
            cn_buf_add_text(&out->others, out->others.len ? ", " : "");
            cn_buf_add_text(&out->others, name);
        }
    }
    if (open) {
        db->door->end(db);
    }
    return status;
}

static cn_status read_table(cn__db *db, cn__assembly *assembly, const cn__section *section, const char *name) {
    cn_buf sql = {0};
    cn_buf_add_text(&sql, "SELECT * FROM ");
    add_name(&sql, name);
    cn_status status = sql.failed                         ? CN__NO_MEMORY(db->load->err)
                       : section->shape == CN__SHAPE_LINK ? read_links(db, assembly, name, sql.data)
                                                          : read_query(db, assembly, section, name, sql.data);
    cn_buf_release(&sql);
    return status;
}

static cn_status read_tables(cn__db *db, cn__assembly *assembly, const tables *t) {
    bool any = false;
    cn_status status = CN_OK;
    assembly->name_entities = true;
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        any = any || t->names[id];
        bool entities = cn__section_at((cn__section_id)id)->shape == CN__SHAPE_ENTITY;
        assembly->name_entities = assembly->name_entities && !(entities && t->names[id]);
    }
    if (!any) {
        return cn__fail(db->load->err, CN_ERR_INPUT, CN_MSG_DATABASE_NO_TABLES, 2,
                        (const char *[]){db->label, t->others.len ? t->others.data : "–"});
    }
    for (int id = 0; id < CN__SECTION_COUNT && status == CN_OK && !db->load->stop; id++) {
        const cn__section *section = cn__section_at((cn__section_id)id);
        if (section->shape == CN__SHAPE_LINK) {
            status = cn__assembly_entities_done(assembly);
        }
        if (t->names[id] && status == CN_OK && !db->load->stop) {
            status = read_table(db, assembly, section, t->names[id]);
        }
    }
    return status;
}

/* The queries that were given: companies, then links; where only links are, they name the companies. */
static cn_status read_queries(cn__db *db, cn__assembly *assembly) {
    cn_status status = CN_OK;
    assembly->name_entities = !db->load->entities_query;
    if (db->load->entities_query) {
        status = read_query(db, assembly, cn__section_at(CN__SECTION_COMPANIES), "--entities-query",
                            db->load->entities_query);
    }
    if (status == CN_OK && !db->load->stop) {
        status = cn__assembly_entities_done(assembly);
    }
    if (status == CN_OK && db->load->links_query && !db->load->stop) {
        status = read_links(db, assembly, "--links-query", db->load->links_query);
    }
    return status;
}

cn_status cn__db_read(cn__db *db, cn__assembly *assembly) {
    if (db->load->links_query || db->load->entities_query) {
        return read_queries(db, assembly);
    }
    tables t;
    memset(&t, 0, sizeof t);
    cn_status status = list_tables(db, &t);
    status = status == CN_OK ? read_tables(db, assembly, &t) : status;
    for (int id = 0; id < CN__SECTION_COUNT; id++) {
        cn__free(t.names[id]);
    }
    cn_buf_release(&t.others);
    return status;
}
