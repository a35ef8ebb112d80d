/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet whatif: the edits of the command line, and each of them in words. Names with commas or colons in them need their
 * id instead; a list that is a name as a whole is taken as that name.
 */
#include "cmd_whatif.h"
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 5 };

/* ---- reading ---- */

static int no_memory(const session *s) {
    complain(s->lang, TEXT_NO_MEMORY, END);
    return EXIT_TROUBLE;
}

static int bad_shape(const session *s, const cli_value *value) {
    char label[40];
    complain(s->lang, value->option == OPTION_ADD ? TEXT_BAD_ADD : TEXT_BAD_SHAPE, option_label(value->option, label),
             option_meta(value->option, s->lang), value->text, END);
    return EXIT_USAGE;
}

static int add_edit(const session *s, whatif *w, cn_edit edit) {
    cn_edit *grown = realloc(w->edits, (w->edit_count + 1) * sizeof *grown);
    if (!grown) {
        return no_memory(s);
    }
    w->edits = grown;
    w->edits[w->edit_count++] = edit;
    return EXIT_DONE;
}

/* A copy of `len` bytes that lives as long as the edits; NULL without memory. */
static char *keep_text(whatif *w, const char *text, size_t len) {
    char **grown = realloc(w->texts, (w->text_count + 1) * sizeof *grown);
    w->texts = grown ? grown : w->texts;
    char *copy = grown ? malloc(len + 1) : NULL;
    if (copy) {
        memcpy(copy, text, len);
        copy[len] = '\0';
        w->texts[w->text_count++] = copy;
    }
    return copy;
}

/* The firm of a name. */
static int read_firm(const session *s, const whatif *w, const char *name, uint32_t *firm) {
    cn_error err = {0};
    cn_entity org = CN_NONE;
    if (cn_entity_resolve(s->net, name, &org, &err)) {
        return session_fail(s, &err);
    }
    return risk_firm(s, w->flows, org, firm);
}

static int read_remove(const session *s, whatif *w, const cli_value *value) {
    cn_entity *orgs = NULL;
    size_t count = 0;
    int code = risk_orgs(s, value->text, &orgs, &count);
    for (size_t i = 0; i < count && !code; i++) {
        cn_edit edit = {.kind = CN_EDIT_LOSS};
        code = risk_firm(s, w->flows, orgs[i], &edit.supplier);
        code = code ? code : add_edit(s, w, edit);
    }
    free(orgs);
    return code;
}

/* "A=0.4,B=20%": an item ends at the comma after a share, so that names may have commas; a decimal comma is not possible here. */
static int read_losses(const session *s, whatif *w, const cli_value *value) {
    char *copy = keep_text(w, value->text, strlen(value->text));
    int code = copy ? EXIT_DONE : no_memory(s);
    for (char *item = copy; item && !code;) {
        cn_edit edit = {.kind = CN_EDIT_LOSS};
        char *equals = strchr(item, '=');
        char *comma = equals ? strchr(equals, ',') : NULL;
        if (comma) {
            *comma = '\0';
        }
        if (!equals || equals == item || !number_read_share(equals + 1, &edit.amount)) {
            complain(s->lang, TEXT_BAD_LOSS, equals ? equals + 1 : item, value->text, END);
            return EXIT_USAGE;
        }
        *equals = '\0';
        code = read_firm(s, w, item, &edit.supplier);
        code = code ? code : add_edit(s, w, edit);
        item = comma ? comma + 1 : NULL;
    }
    return code;
}

/* The parts of "A:B:C"; 0 when there are too many. */
static size_t split(char *text, char *parts[PARTS_MAX]) {
    size_t count = 0;
    for (char *part = text; part; count++) {
        char *colon = strchr(part, ':');
        if (count == PARTS_MAX) {
            return 0;
        }
        parts[count] = part;
        if (colon) {
            *colon = '\0';
        }
        part = colon ? colon + 1 : NULL;
    }
    return count;
}

static int read_cut(const session *s, whatif *w, const cli_value *value) {
    char *parts[PARTS_MAX];
    cn_edit edit = {.kind = CN_EDIT_CUT};
    char *copy = keep_text(w, value->text, strlen(value->text));
    size_t count = copy ? split(copy, parts) : 0;
    if (!copy) {
        return no_memory(s);
    }
    if (count != 2 && count != 3) {
        return bad_shape(s, value);
    }
    edit.text = count == 3 ? parts[2] : "";
    int code = read_firm(s, w, parts[0], &edit.supplier);
    code = code ? code : read_firm(s, w, parts[1], &edit.buyer);
    return code ? code : add_edit(s, w, edit);
}

static int read_add(const session *s, whatif *w, const cli_value *value) {
    char *parts[PARTS_MAX];
    cn_edit edit = {.kind = CN_EDIT_STANDBY, .supplier = CN_NONE};
    char *copy = keep_text(w, value->text, strlen(value->text));
    size_t count = copy ? split(copy, parts) : 0;
    if (!copy) {
        return no_memory(s);
    }
    if (count != 4 || !parts[2][0] || !number_read(parts[3], &edit.amount)) {
        return bad_shape(s, value);
    }
    edit.text = parts[2];
    int code = parts[0][0] ? read_firm(s, w, parts[0], &edit.supplier) : EXIT_DONE;
    code = code ? code : read_firm(s, w, parts[1], &edit.buyer);
    return code ? code : add_edit(s, w, edit);
}

static int read_owner(const session *s, whatif *w, const cli_value *value) {
    cn_error err = {0};
    cn_edit edit = {.kind = CN_EDIT_OWNER};
    if (cn_entity_resolve(s->net, value->text, &edit.entity, &err)) {
        return session_fail(s, &err);
    }
    return add_edit(s, w, edit);
}

static int read_value(const session *s, whatif *w, const cli_value *value) {
    switch (value->option) {
    case OPTION_REMOVE:
        return read_remove(s, w, value);
    case OPTION_LOSS:
        return read_losses(s, w, value);
    case OPTION_CUT:
        return read_cut(s, w, value);
    case OPTION_ADD:
        return read_add(s, w, value);
    case OPTION_FAIL_OWNER:
        return read_owner(s, w, value);
    case OPTION_IMPORT_STOP:
        return add_edit(s, w, (cn_edit){.kind = CN_EDIT_IMPORT_STOP, .text = value->text});
    case OPTION_PRODUCT_STOP:
        return add_edit(s, w, (cn_edit){.kind = CN_EDIT_PRODUCT_STOP, .text = value->text});
    case OPTION_FAIL_REGION:
        return add_edit(s, w, (cn_edit){.kind = CN_EDIT_REGION, .text = value->text});
    default:
        return EXIT_DONE;
    }
}

int whatif_read(session *s, whatif *w) {
    int code = EXIT_DONE;
    for (int adds = 0; adds < 2 && !code; adds++) {
        w->fail_count = adds ? w->edit_count : w->fail_count;
        for (size_t i = 0; i < s->options.value_count && !code; i++) {
            if ((s->options.values[i].option == OPTION_ADD) == adds) {
                code = read_value(s, w, &s->options.values[i]);
            }
        }
    }
    return code;
}

/* ---- in words ---- */

const char *whatif_edit_key(cn_edit_kind kind) {
    static const char *const keys[] = {"loss",   "cut_link", "cut",     "import_stop", "product_stop",
                                       "region", "owner",    "standby", "takeover"};
    return keys[kind];
}

static void add_flow_words(const session *s, const whatif *w, const cn_edit *edit, cn_buf *out) {
    bool outside = edit->supplier == CN_NONE;
    text_add_clean(out, outside ? text_of(s->lang, TEXT_OUTSIDE_SOURCE) : risk_short(s, w->flows, edit->supplier));
    cn_buf_add_text(out, " → ");
    text_add_clean(out, risk_short(s, w->flows, edit->buyer));
    if (edit->text[0]) {
        cn_buf_add_text(out, ": ");
        show_product(s, edit->text, out);
    }
}

void whatif_edit_text(const session *s, const whatif *w, size_t at, cn_buf *out) {
    const cn_edit *edit = &w->edits[at];
    cn_buf words = {0};
    cn_buf amount = {0};
    cn_buf_add_text(&words, "");
    switch (edit->kind) {
    case CN_EDIT_LOSS:
        risk_percent(s, edit->amount, &amount);
        text_add(out, s->lang, edit->amount > 0 ? TEXT_EDIT_LOSS : TEXT_EDIT_REMOVE,
                 risk_short(s, w->flows, edit->supplier), amount.data ? amount.data : "", END);
        break;
    case CN_EDIT_CUT:
    case CN_EDIT_CUT_LINK:
        add_flow_words(s, w, edit, &words);
        text_add(out, s->lang, TEXT_EDIT_CUT, words.data ? words.data : "", END);
        break;
    case CN_EDIT_IMPORT_STOP:
    case CN_EDIT_PRODUCT_STOP:
        show_product(s, edit->text, &words);
        text_add(out, s->lang,
                 edit->kind == CN_EDIT_PRODUCT_STOP ? TEXT_EDIT_PRODUCT
                 : edit->text[0]                    ? TEXT_EDIT_IMPORT_OF
                                                    : TEXT_EDIT_IMPORT,
                 words.data ? words.data : "", END);
        break;
    case CN_EDIT_REGION:
        text_add(out, s->lang, TEXT_EDIT_REGION, edit->text, END);
        break;
    case CN_EDIT_OWNER:
        text_add(out, s->lang, TEXT_EDIT_OWNER, cn_entity_short(s->net, edit->entity), END);
        break;
    case CN_EDIT_STANDBY:
    case CN_EDIT_TAKEOVER:
        add_flow_words(s, w, edit, &words);
        show_money(s, edit->amount, &amount);
        text_add(out, s->lang, TEXT_EDIT_ADD, words.data ? words.data : "", amount.data ? amount.data : "", END);
        break;
    }
    out->failed = out->failed || words.failed || amount.failed;
    cn_buf_release(&words);
    cn_buf_release(&amount);
}

int whatif_check_touched(const session *s, const whatif *w, const cn_scenario *scenario, size_t count) {
    static const cli_text texts[] = {TEXT_MEETS_NOTHING, TEXT_NO_SUPPLY,     TEXT_NO_SUPPLY,
                                     TEXT_NO_IMPORT,     TEXT_MEETS_NOTHING, TEXT_NO_REGION,
                                     TEXT_NO_OWNER,      TEXT_NOT_BOUGHT,    TEXT_NOT_BOUGHT};
    for (size_t i = 0; i < count; i++) {
        const cn_edit *edit = &w->edits[i];
        cn_buf words = {0};
        if (scenario->touched[i]) {
            continue;
        }
        if (edit->kind == CN_EDIT_CUT || edit->kind == CN_EDIT_STANDBY) {
            add_flow_words(s, w, edit, &words);
        } else {
            text_add_clean(&words, edit->kind == CN_EDIT_OWNER ? cn_entity_name(s->net, edit->entity)
                                   : edit->text                ? edit->text
                                                               : "");
        }
        complain(s->lang, texts[edit->kind], words.data ? words.data : "", END);
        cn_buf_release(&words);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}
