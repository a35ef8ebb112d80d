/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a report: an array in the order of the page, texts in one arena. */
#include "doc.h"

#include <string.h>

void cn__doc_release(cn__doc *doc) {
    for (size_t i = 0; i < doc->block_count; i++) {
        cn_table_free(doc->blocks[i].table);
        cn_buf_release(&doc->blocks[i].bytes);
    }
    cn__free(doc->blocks);
    cn__arena_release(&doc->texts);
    memset(doc, 0, sizeof *doc);
}

const char *cn__doc_at(const cn__doc *doc, uint32_t text) { return cn__arena_at(&doc->texts, text); }

uint32_t cn__doc_keep(cn__doc *doc, const char *text) {
    uint32_t kept = 0;
    if (text[0] && !cn__arena_add(&doc->texts, text, strlen(text), &kept)) {
        doc->failed = true;
    }
    return kept;
}

uint32_t cn__doc_keep_buf(cn__doc *doc, cn_buf *buf) {
    uint32_t kept = cn__doc_keep(doc, buf->len ? buf->data : "");
    doc->failed |= buf->failed;
    cn_buf_release(buf);
    return kept;
}

static cn__block *add(cn__doc *doc, cn__block_kind kind) {
    if (!cn__grow((void **)&doc->blocks, &doc->block_cap, doc->block_count, 1, sizeof *doc->blocks)) {
        doc->failed = true;
        return NULL;
    }
    cn__block *block = &doc->blocks[doc->block_count++];
    memset(block, 0, sizeof *block);
    block->kind = kind;
    block->id_column = block->name_column = -1;
    return block;
}

void cn__doc_say_text(cn__doc *doc, cn__block_kind kind, const char *text) {
    uint32_t kept = cn__doc_keep(doc, text);
    cn__block *block = add(doc, kind);
    if (block) {
        block->text = kept;
    }
}

void cn__doc_say(cn__doc *doc, cn__block_kind kind, cn_buf *text) {
    doc->failed |= text->failed;
    cn__doc_say_text(doc, kind, text->len ? text->data : "");
    cn_buf_release(text);
}

void cn__doc_chapter(cn__doc *doc, const char *key, const char *title) {
    cn__doc_say_text(doc, CN__BLOCK_CHAPTER, title);
    if (!doc->failed) {
        doc->blocks[doc->block_count - 1].key = cn__doc_keep(doc, key);
    }
}

void cn__doc_fact(cn__doc *doc, const char *name, const char *value) {
    cn__doc_say_text(doc, CN__BLOCK_FACT, name);
    if (!doc->failed) {
        doc->blocks[doc->block_count - 1].more = cn__doc_keep(doc, value);
    }
}

void cn__doc_rows(cn__doc *doc, const char *table_key) {
    if (!doc->failed && doc->block_count) {
        doc->blocks[doc->block_count - 1].rows = cn__doc_keep(doc, table_key);
    }
}

cn_table *cn__doc_table(cn__doc *doc, const char *key, const char *caption, size_t shown) {
    cn__doc_say_text(doc, CN__BLOCK_TABLE, caption);
    if (doc->failed) {
        return NULL;
    }
    cn__block *block = &doc->blocks[doc->block_count - 1];
    block->key = cn__doc_keep(doc, key);
    block->shown = shown;
    if (cn_table_create(&block->table, NULL) != CN_OK) {
        doc->failed = true;
    }
    return block->table;
}

static cn__block *last_table(cn__doc *doc) {
    cn__block *last = doc->block_count ? &doc->blocks[doc->block_count - 1] : NULL;
    return last && last->kind == CN__BLOCK_TABLE ? last : NULL;
}

void cn__doc_table_links(cn__doc *doc, int id, int name) {
    cn__block *block = last_table(doc);
    if (block) {
        block->id_column = id;
        block->name_column = name;
    }
}

void cn__doc_table_explain(cn__doc *doc, const char *text) {
    cn__block *block = last_table(doc);
    if (block) {
        block->more = cn__doc_keep(doc, text);
    }
}

void cn__doc_table_total(cn__doc *doc, size_t total) {
    cn__block *block = last_table(doc);
    if (block) {
        block->total = total;
    }
}

size_t cn__doc_shown(const cn__block *block, size_t *total) {
    size_t rows = cn_table_row_count(block->table);
    *total = block->total > rows ? block->total : rows;
    return block->shown && block->shown < rows ? block->shown : rows;
}

static void move_bytes(cn__doc *doc, cn_buf *bytes) {
    doc->failed |= bytes->failed;
    if (doc->failed) {
        cn_buf_release(bytes);
        return;
    }
    doc->blocks[doc->block_count - 1].bytes = *bytes;
    memset(bytes, 0, sizeof *bytes);
}

void cn__doc_picture(cn__doc *doc, const char *key, const char *caption, cn_buf *svg) {
    cn__doc_say_text(doc, CN__BLOCK_PICTURE, caption);
    if (!doc->failed) {
        doc->blocks[doc->block_count - 1].key = cn__doc_keep(doc, key);
    }
    move_bytes(doc, svg);
}

void cn__doc_explorer(cn__doc *doc, cn_buf *json) {
    cn__doc_say_text(doc, CN__BLOCK_EXPLORER, "");
    move_bytes(doc, json);
}
