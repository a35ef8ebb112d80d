/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The exchange file between 1C and a bank (1CClientBankExchange, versions 1.00 to 1.03): lines KEY=VALUE; what stands between СекцияДокумент
 * and КонецДокумента is a payment. A payment is no supply, but the money that goes from a payer to a recipient is mostly for goods that come the
 * other way: all payments of a payer to a recipient in a year become one supply recipient → payer, marked as such (x.basis, x.payments).
 * Payments to the budget, within one body and in foreign currency are left out and counted. Invariant: `sums` are keyed by recipient, payer
 * and year, in the order of their first payment. O(bytes).
 * Source: “Стандарт обмена данными с системами «Клиент банка»”, 1C, version 1.03.
 */
#include "bank_text.h"
#include "input.h"
#include "number.h"
#include "row_reader.h"
#include "utf8.h"

#include <string.h>

enum { PLACES = 10, VALUE_BYTES_MAX = 4000 };

/* What is kept of a payment. */
typedef enum key {
    KEY_SUM,
    KEY_DATE,
    KEY_LEFT, /* when the payer's account was charged */
    KEY_CAME, /* when the money came to the recipient's */
    KEY_PAYER_INN,
    KEY_PAYER_NAME,
    KEY_PAYER_LONG, /* “ИНН 0010000017 ООО Вега” */
    KEY_PAYER_ACCOUNT,
    KEY_RECIPIENT_INN,
    KEY_RECIPIENT_NAME,
    KEY_RECIPIENT_LONG,
    KEY_RECIPIENT_ACCOUNT,
    KEY_BUDGET, /* code of a budget's income: a tax or a fee */
    KEY_COUNT
} key;

static const char *const key_names[KEY_COUNT] = {
    "Сумма",          "Дата",          "ДатаСписано", "ДатаПоступило", "ПлательщикИНН",  "Плательщик1",  "Плательщик",
    "ПлательщикСчет", "ПолучательИНН", "Получатель1", "Получатель",    "ПолучательСчет", "ПоказательКБК"};

/* All payments of a pair in a year. */
typedef struct sum {
    uint32_t recipient, payer; /* numbers of bodies */
    int year;
    int64_t minor;
    uint64_t count;
    uint32_t line;
} sum;

typedef struct body {
    uint32_t id, name, inn; /* texts */
    uint32_t line;
} body;

typedef struct reading {
    cn__assembly *assembly;
    cn__load *load;
    const char *label;
    cn__bank_encoding encoding;
    uint32_t line;
    bool inside; /* a document */
    uint32_t begun;
    cn_buf values[KEY_COUNT];
    uint32_t lines[KEY_COUNT];
    cn_buf name; /* of the present line */
    cn_buf value;
    cn__strmap ids; /* → body */
    body *bodies;
    size_t body_count, body_cap;
    cn__strmap keys; /* → sum */
    sum *sums;
    size_t sum_count, sum_cap;
    cn__arena texts;
    uint64_t payments, taxes, own, foreign;
} reading;

static cn_status no_memory(const reading *r) { return CN__NO_MEMORY(r->load->err); }

static const char *value(const reading *r, key k) { return r->values[k].len ? r->values[k].data : ""; }

bool cn__sniff_bank1c(const cn__input *input) {
    static const char magic[] = "1CClientBankExchange";
    size_t start = input->len >= 3 && memcmp(input->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    return input->len - start >= sizeof magic - 1 && memcmp(input->bytes + start, magic, sizeof magic - 1) == 0;
}

/* ---- who ---- */

static bool all_digits(const char *text) { return *text && text[strspn(text, "0123456789")] == '\0'; }

/* A name without the INN that some programs write before it. */
static const char *plain_name(const char *text) {
    if (strncmp(text, "ИНН", strlen("ИНН")) == 0) {
        text += strlen("ИНН");
        text += strspn(text, " :0123456789");
        text += strncmp(text, "/", 1) == 0 ? strspn(text, "/ 0123456789") : 0; /* and the KPP */
    }
    return text + strspn(text, " ");
}

/* The body of one side: by INN, else by account, else by name. CN_NONE: nothing tells who it is. */
static cn_status find_body(reading *r, key inn_key, uint32_t *out) {
    key name_key = (key)(inn_key + 1);
    const char *inn = value(r, inn_key);
    size_t digits = strlen(inn);
    bool known = all_digits(inn) && (digits == 10 || digits == 12) && strspn(inn, "0") < digits;
    const char *name = plain_name(value(r, name_key)[0] ? value(r, name_key) : value(r, (key)(inn_key + 2)));
    const char *account = value(r, (key)(inn_key + 3));
    const char *id = known ? inn : account[0] ? account : name;
    *out = CN_NONE;
    if (!id[0]) {
        return CN_OK;
    }
    *out = cn__strmap_find(&r->ids, id, strlen(id));
    if (*out == CN_NONE) {
        body b = {.line = r->begun};
        *out = (uint32_t)r->body_count;
        if (!cn__grow((void **)&r->bodies, &r->body_cap, r->body_count, 1, sizeof *r->bodies) ||
            !cn__strmap_add(&r->ids, id, strlen(id), *out, NULL) || !cn__arena_add(&r->texts, id, strlen(id), &b.id) ||
            !cn__arena_add(&r->texts, inn, known ? digits : 0, &b.inn)) {
            return no_memory(r);
        }
        r->bodies[r->body_count++] = b;
    }
    body *b = &r->bodies[*out];
    return b->name || !name[0] || cn__arena_add(&r->texts, name, strlen(name), &b->name) ? CN_OK : no_memory(r);
}

/* ---- what ---- */

/* Roubles, by the currency's digits in a number of an account; no number says nothing. */
static bool in_roubles(const char *account) {
    return strlen(account) != 20 || strncmp(account + 5, "810", 3) == 0 || strncmp(account + 5, "643", 3) == 0;
}

static bool is_tax(const reading *r) {
    const char *code = value(r, KEY_BUDGET);
    return (code[0] && code[strspn(code, "0 ")]) || strncmp(value(r, KEY_RECIPIENT_ACCOUNT), "03", 2) == 0;
}

static int year_of(reading *r) {
    static const key order[] = {KEY_LEFT, KEY_CAME, KEY_DATE};
    for (size_t i = 0; i < 3; i++) {
        const char *text = value(r, order[i]);
        cn_date date = cn_date_parse(text);
        int year = 0, month, day;
        if (date) {
            cn_date_parts(date, &year, &month, &day);
            return year;
        }
        if (text[0]) {
            CN__REPORT2(r->load, r->label, ((cn__place){r->lines[order[i]], 1}), BAD_DATE, text, key_names[order[i]]);
            return 0;
        }
    }
    return 0;
}

static bool amount_of(reading *r, int64_t *out) {
    const char *text = value(r, KEY_SUM);
    cn__parse parsed = cn__parse_money(text, strlen(text), out);
    if (parsed == CN__PARSE_OK && *out >= 0) {
        return true;
    }
    uint32_t line = r->lines[KEY_SUM] ? r->lines[KEY_SUM] : r->begun;
    CN__REPORT2(r->load, r->label, ((cn__place){line, 1}), BAD_NUMBER, text, key_names[KEY_SUM]);
    return false;
}

static cn_status add_to_sum(reading *r, uint32_t recipient, uint32_t payer, int year, int64_t minor) {
    const uint32_t parts[] = {recipient, payer, (uint32_t)year};
    uint32_t at = cn__strmap_find(&r->keys, (const char *)parts, sizeof parts);
    if (at == CN_NONE) {
        at = (uint32_t)r->sum_count;
        if (!cn__grow((void **)&r->sums, &r->sum_cap, r->sum_count, 1, sizeof *r->sums) ||
            !cn__strmap_add(&r->keys, (const char *)parts, sizeof parts, at, NULL)) {
            return no_memory(r);
        }
        r->sums[r->sum_count++] = (sum){recipient, payer, year, 0, 0, r->begun};
    }
    sum *s = &r->sums[at];
    if (minor > INT64_MAX / 10 - s->minor) {
        CN__REPORT2(r->load, r->label, ((cn__place){r->begun, 1}), MONEY_TOO_LARGE, value(r, KEY_SUM),
                    key_names[KEY_SUM]);
        return CN_OK;
    }
    s->minor += minor;
    s->count++;
    return CN_OK;
}

static cn_status end_document(reading *r) {
    uint32_t payer, recipient;
    int64_t minor = 0;
    r->payments++;
    r->inside = false;
    if (!in_roubles(value(r, KEY_PAYER_ACCOUNT)) || !in_roubles(value(r, KEY_RECIPIENT_ACCOUNT))) {
        r->foreign++;
        return CN_OK;
    }
    if (is_tax(r)) {
        r->taxes++;
        return CN_OK;
    }
    if (!amount_of(r, &minor)) {
        return CN_OK;
    }
    int year = year_of(r);
    cn_status status = find_body(r, KEY_PAYER_INN, &payer);
    status = status == CN_OK ? find_body(r, KEY_RECIPIENT_INN, &recipient) : status;
    if (status != CN_OK) {
        return status;
    }
    if (payer == CN_NONE || recipient == CN_NONE) {
        CN__REPORT2(r->load, r->label, ((cn__place){r->begun, 1}), MISSING_FIELD,
                    payer == CN_NONE ? key_names[KEY_PAYER_INN] : key_names[KEY_RECIPIENT_INN], "СекцияДокумент");
        return CN_OK;
    }
    if (payer == recipient) {
        r->own++;
        return CN_OK;
    }
    return add_to_sum(r, recipient, payer, year, minor);
}

/* ---- lines ---- */

static void begin_document(reading *r) {
    for (int k = 0; k < KEY_COUNT; k++) {
        r->values[k].len = 0;
        r->lines[k] = 0;
    }
    r->inside = true;
    r->begun = r->line;
}

static void say_not_closed(reading *r) { CN__REPORT0(r->load, r->label, ((cn__place){r->begun, 1}), BANK_NOT_CLOSED); }

static cn_status take_pair(reading *r) {
    const char *name = r->name.data;
    if (strcmp(name, "СекцияДокумент") == 0) {
        if (r->inside) {
            say_not_closed(r);
        }
        begin_document(r);
        return CN_OK;
    }
    if (strcmp(name, "КонецДокумента") == 0) {
        return r->inside ? end_document(r) : CN_OK;
    }
    for (int k = 0; k < KEY_COUNT && r->inside; k++) {
        /* In files of 1.00 the account stands as ПлательщикРасчСчет. */
        bool other = (k == KEY_PAYER_ACCOUNT && strcmp(name, "ПлательщикРасчСчет") == 0) ||
                     (k == KEY_RECIPIENT_ACCOUNT && strcmp(name, "ПолучательРасчСчет") == 0);
        if ((strcmp(name, key_names[k]) == 0 || other) && r->values[k].len == 0) {
            cn_buf_add(&r->values[k], r->value.data, r->value.len);
            r->lines[k] = r->line;
            return r->values[k].failed ? no_memory(r) : CN_OK;
        }
    }
    return CN_OK;
}

static cn_status take_line(reading *r, const char *bytes, size_t len) {
    const char *equals = memchr(bytes, '=', len);
    size_t name_len = equals ? (size_t)(equals - bytes) : len;
    size_t value_len = equals ? len - name_len - 1 : 0;
    r->name.len = r->value.len = 0;
    cn__bank_decode(&r->name, r->encoding, bytes, name_len < 200 ? name_len : 200);
    while (value_len && (equals[value_len] == ' ' || equals[value_len] == '\t')) {
        value_len--;
    }
    if (value_len > VALUE_BYTES_MAX) {
        value_len = 0; /* no payment has such a text */
    }
    cn__bank_decode(&r->value, r->encoding, equals ? equals + 1 : "", value_len);
    while (r->name.len && r->name.data[r->name.len - 1] == ' ') {
        r->name.data[--r->name.len] = '\0';
    }
    return r->name.failed || r->value.failed ? no_memory(r) : take_pair(r);
}

/* Кодировка=DOS, in either of them; UTF-8 by its mark or because it is. */
static cn__bank_encoding find_encoding(const cn__input *input) {
    static const char windows_key[] = "\xCA\xEE\xE4\xE8\xF0\xEE\xE2\xEA\xE0="; /* Кодировка= */
    if (cn__utf8_valid(input->bytes, input->len) == input->len) {
        return CN__BANK_UTF8;
    }
    size_t look = input->len < 4096 ? input->len : 4096;
    for (size_t i = 0; i + sizeof windows_key - 1 <= look; i++) {
        if (memcmp(input->bytes + i, windows_key, sizeof windows_key - 1) == 0) {
            const char *word = input->bytes + i + sizeof windows_key - 1;
            bool dos =
                i + sizeof windows_key + 2 <= look && (memcmp(word, "DOS", 3) == 0 || memcmp(word, "dos", 3) == 0);
            return dos ? CN__BANK_DOS : CN__BANK_WINDOWS; /* the key alone was Windows: then so is the file */
        }
    }
    return CN__BANK_DOS;
}

static cn_status read_lines(reading *r, const cn__input *input) {
    size_t at = input->len >= 3 && memcmp(input->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    cn_status status = CN_OK;
    while (at < input->len && status == CN_OK) {
        size_t end = at;
        while (end < input->len && input->bytes[end] != '\n' && input->bytes[end] != '\r') {
            end++;
        }
        r->line++;
        status = take_line(r, input->bytes + at, end - at);
        at = end + (end + 1 < input->len && input->bytes[end] == '\r' && input->bytes[end + 1] == '\n' ? 2 : 1);
    }
    if (status == CN_OK && r->inside) {
        say_not_closed(r);
    }
    return status;
}

/* ---- to the network ---- */

typedef struct row {
    cn__row_cell cells[PLACES];
    size_t count;
    uint32_t line;
} row;

static void add_cell(row *out, const char *text, cn__cell_kind kind) {
    out->cells[out->count] = (cn__row_cell){text, strlen(text), kind, {out->line, (uint32_t)out->count + 1}};
    out->count++;
}

static cn_status begin_rows(reading *r, cn__row_reader *rows, cn__section_id section, const char *const *names,
                            size_t count) {
    row header = {.line = 1};
    for (size_t i = 0; i < count; i++) {
        add_cell(&header, names[i], CN__CELL_TEXT);
    }
    cn__row_reader_begin(rows, r->assembly, cn__section_at(section), r->label);
    return cn__row_reader_header(rows, header.cells, header.count, (cn__place){1, 1});
}

static cn_status give_bodies(reading *r) {
    static const char *const names[] = {"id", "name", "inn"};
    cn__row_reader rows;
    cn_status status = begin_rows(r, &rows, CN__SECTION_COMPANIES, names, 3);
    for (size_t i = 0; i < r->body_count && status == CN_OK && cn__row_reader_wanted(&rows); i++) {
        const body *b = &r->bodies[i];
        row out = {.line = b->line};
        add_cell(&out, cn__arena_at(&r->texts, b->id), CN__CELL_TEXT);
        add_cell(&out, cn__arena_at(&r->texts, b->name), CN__CELL_TEXT);
        add_cell(&out, cn__arena_at(&r->texts, b->inn), CN__CELL_TEXT);
        status = cn__row_reader_row(&rows, out.cells, out.count, (cn__place){out.line, 1});
    }
    cn__row_reader_release(&rows);
    return status;
}

static cn_status give_sums(reading *r) {
    static const char *const names[] = {"from",  "to",     "kind",    "value",     "since",
                                        "until", "source", "x.basis", "x.payments"};
    cn__row_reader rows;
    cn_buf money = {0};
    cn_status status = begin_rows(r, &rows, CN__SECTION_LINKS, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < r->sum_count && status == CN_OK && cn__row_reader_wanted(&rows); i++) {
        const sum *s = &r->sums[i];
        row out = {.line = s->line};
        cn__digits digits;
        cn__digits count;
        money.len = 0;
        cn_format_money_exact(&money, s->minor);
        if (money.failed) {
            status = no_memory(r);
            break;
        }
        add_cell(&out, cn__arena_at(&r->texts, r->bodies[s->recipient].id), CN__CELL_TEXT);
        add_cell(&out, cn__arena_at(&r->texts, r->bodies[s->payer].id), CN__CELL_TEXT);
        add_cell(&out, cn_vocabulary_key(CN_VOC_LINK_KIND, CN_LINK_SUPPLY), CN__CELL_TEXT);
        add_cell(&out, money.data, CN__CELL_NUMBER);
        const char *year = s->year ? cn__digits_of(&digits, (uint64_t)s->year) : "";
        add_cell(&out, year, CN__CELL_TEXT);
        add_cell(&out, year, CN__CELL_TEXT);
        add_cell(&out, "1CClientBankExchange", CN__CELL_TEXT);
        add_cell(&out, "payment", CN__CELL_TEXT);
        add_cell(&out, cn__digits_of(&count, s->count), CN__CELL_NUMBER);
        status = cn__row_reader_row(&rows, out.cells, out.count, (cn__place){out.line, 1});
    }
    cn__row_reader_release(&rows);
    cn_buf_release(&money);
    return status;
}

static cn_status give_all(reading *r) {
    cn__digits all, links, left, taxes, own, foreign;
    if (r->payments == 0) {
        CN__REPORT0(r->load, r->label, ((cn__place){1, 1}), BANK_NO_PAYMENTS);
        return CN_OK;
    }
    cn_status status = cn_builder_set_currency(r->load->builder, "RUB", r->load->err);
    status = status == CN_OK ? give_bodies(r) : status;
    status = status == CN_OK && !r->load->stop ? cn__assembly_entities_done(r->assembly) : status;
    status = status == CN_OK && !r->load->stop ? give_sums(r) : status;
    uint64_t skipped = r->taxes + r->own + r->foreign;
    CN__REPORT2(r->load, r->label, ((cn__place){1, 1}), BANK_PAYMENTS, cn__digits_of(&all, r->payments - skipped),
                cn__digits_of(&links, r->sum_count));
    if (skipped) {
        const char *args[] = {cn__digits_of(&left, skipped), cn__digits_of(&taxes, r->taxes),
                              cn__digits_of(&own, r->own), cn__digits_of(&foreign, r->foreign)};
        cn__report(r->load, r->label, (cn__place){1, 1}, CN_MSG_BANK_LEFT_OUT, 4, args);
    }
    return status;
}

cn_status cn__read_bank1c(cn__assembly *assembly, const cn__input *input) {
    reading r = {.assembly = assembly, .load = assembly->load, .label = input->label, .encoding = find_encoding(input)};
    cn_status status = read_lines(&r, input);
    status = status == CN_OK ? give_all(&r) : status;
    for (int k = 0; k < KEY_COUNT; k++) {
        cn_buf_release(&r.values[k]);
    }
    cn_buf_release(&r.name);
    cn_buf_release(&r.value);
    cn__strmap_release(&r.ids);
    cn__strmap_release(&r.keys);
    cn__free(r.bodies);
    cn__free(r.sums);
    cn__arena_release(&r.texts);
    return status;
}
