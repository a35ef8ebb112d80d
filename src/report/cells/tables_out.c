/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as files for spreadsheets. CSV for people differs from the CSV of the commands, which is for programs: headings are words, and in Russian
 * the separator is ";" and the decimal sign a comma, as Russian spreadsheets expect; a BOM tells them that it is UTF-8.
 */
#include "tables_out.h"

#include "error.h"
#include "table_data.h"
#include "workbook_writer.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static void add_cell_text(cn_buf *out, const char *text) {
    bool guard = text[0] && strchr("=+-@\t\r", text[0]);
    if (!guard && !strpbrk(text, ",;\"\r\n")) {
        cn_buf_add_text(out, text);
        return;
    }
    cn_buf_add_text(out, guard ? "\"'" : "\"");
    for (; *text; text++) {
        cn_buf_add(out, text, 1);
        cn_buf_add_text(out, *text == '"' ? "\"" : "");
    }
    cn_buf_add_text(out, "\"");
}

/* Numbers with the decimal sign of the language. */
static void add_cell(const cn__doc *doc, const cn_table *table, size_t i, cn_buf *out) {
    cn_cell_type type = table->columns[i % table->column_count].type;
    size_t start = out->len;
    if (type == CN_CELL_TEXT) {
        add_cell_text(out, cn__arena_at(&table->texts, table->cells[i].text));
        return;
    }
    cn__cell_add_exact(type, table->cells[i], out);
    char *point = out->len > start && doc->lang == CN_LANG_RU ? memchr(out->data + start, '.', out->len - start) : NULL;
    if (point) {
        *point = ',';
    }
}

static void table_csv(const cn__doc *doc, const cn_table *table, cn_buf *out) {
    const char *separator = doc->lang == CN_LANG_RU ? ";" : ",";
    size_t columns = table->column_count;
    cn_buf_add_text(out, "\xEF\xBB\xBF");
    for (size_t c = 0; c < columns; c++) {
        add_cell_text(out, cn__arena_at(&table->texts, table->columns[c].title));
        cn_buf_add_text(out, c + 1 == columns ? "\r\n" : separator);
    }
    for (size_t i = 0; columns && i < table->cell_count; i++) {
        add_cell(doc, table, i, out);
        cn_buf_add_text(out, i % columns + 1 == columns ? "\r\n" : separator);
    }
}

static void table_sheet(const cn__doc *doc, const cn__block *block, cn__workbook *book) {
    static const cn__workbook_type types[] = {[CN_CELL_TEXT] = CN__WORKBOOK_TEXT,
                                              [CN_CELL_NUMBER] = CN__WORKBOOK_NUMBER,
                                              [CN_CELL_COUNT] = CN__WORKBOOK_COUNT,
                                              [CN_CELL_MONEY] = CN__WORKBOOK_MONEY,
                                              [CN_CELL_DATE] = CN__WORKBOOK_DATE};
    const cn_table *table = block->table;
    const char *caption = cn__doc_at(doc, block->text);
    cn_buf name = {0}; /* what stands before a colon: "Critical suppliers: ACME" is too long for a tab */
    cn_buf_add(&name, caption, strcspn(caption, ":"));
    cn__workbook_sheet(book, name.len ? name.data : caption);
    cn_buf_release(&name);
    for (size_t c = 0; c < table->column_count; c++) {
        int width = (int)c == block->name_column ? 44 : 0;
        cn__workbook_column(book, cn__arena_at(&table->texts, table->columns[c].title), width,
                            types[table->columns[c].type]);
    }
    for (size_t i = 0; table->column_count && i < table->cell_count; i++) {
        cn__cell cell = table->cells[i];
        switch (table->columns[i % table->column_count].type) {
        case CN_CELL_TEXT:
            cn__workbook_text(book, cn__arena_at(&table->texts, cell.text));
            break;
        case CN_CELL_NUMBER:
            cn__workbook_number(book, cell.number);
            break;
        case CN_CELL_COUNT:
            cn__workbook_number(book, (double)cell.count);
            break;
        case CN_CELL_MONEY:
            cn__workbook_money(book, cell.minor);
            break;
        case CN_CELL_DATE:
            cn__workbook_date(book, cell.date);
            break;
        }
    }
}

static cn_status path_in(const char *folder, const char *name, const char *extension, cn_buf *out, cn_error *err) {
    out->len = 0;
    cn_buf_add_text(out, folder);
    cn_buf_add_text(out, "/");
    cn_buf_add_text(out, name);
    cn_buf_add_text(out, extension);
    return out->failed ? CN__NO_MEMORY(err) : CN_OK;
}

static cn_status write_workbook(const cn__doc *doc, const char *path, cn_error *err) {
    cn__workbook *book = NULL;
    cn_status status = cn__workbook_create(path, &book, err);
    for (size_t i = 0; i < doc->block_count && !status; i++) {
        if (doc->blocks[i].kind == CN__BLOCK_TABLE) {
            table_sheet(doc, &doc->blocks[i], book);
        }
    }
    return status ? status : cn__workbook_close(book, NULL, err);
}

cn_status cn__tables_out(const cn__doc *doc, const char *folder, cn_error *err) {
    cn_buf path = {0};
    cn_buf csv = {0};
    size_t tables = 0;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return CN__FAIL2(err, CN_ERR_IO, CANNOT_WRITE, folder, strerror(errno));
    }
    cn_status status = doc->failed ? CN__NO_MEMORY(err) : CN_OK;
    for (size_t i = 0; i < doc->block_count && !status; i++) {
        if (doc->blocks[i].kind == CN__BLOCK_TABLE) {
            tables++;
            csv.len = 0;
            status = cn__table_ready(doc->blocks[i].table, err);
            table_csv(doc, doc->blocks[i].table, &csv);
            status = status       ? status
                     : csv.failed ? CN__NO_MEMORY(err)
                                  : path_in(folder, cn__doc_at(doc, doc->blocks[i].key), ".csv", &path, err);
            status = status ? status : cn_file_write(path.data, csv.data, csv.len, err);
        }
    }
    status = status ? status : path_in(folder, "report", ".xlsx", &path, err);
    status = status || !tables ? status : write_workbook(doc, path.data, err);
    cn_buf_release(&path);
    cn_buf_release(&csv);
    return status;
}
