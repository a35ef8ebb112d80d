/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * coopnet merge: several networks as one. Each is loaded with its messages as every command does; the joined network goes to -o FILE, the
 * report of what was joined and what is open to standard output, and new questions to the file of decisions.
 */
#include "cmd_merge.h"

#include "output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void release(merging *m) {
    cn_merge_free(m->merge);
    cn_decisions_free(m->decisions);
    for (size_t i = 0; i < m->count && m->nets; i++) {
        cn_network_free(m->nets[i]);
    }
    free(m->nets);
    free(m->inputs);
}

/* The name of a file without its folder: decisions outlive the folder. */
static const char *label_of(const char *path) {
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    const char *label = path;
    for (size_t i = 0; i + 1 < len; i++) {
        label = path[i] == '/' ? path + i + 1 : label;
    }
    return label;
}

/* Load all networks; the language is that of the first. */
static int open_all(session *s, merging *m) {
    m->count = s->options.network_count;
    m->nets = calloc(m->count, sizeof *m->nets);
    m->inputs = calloc(m->count, sizeof *m->inputs);
    if (!m->nets || !m->inputs) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    cn_lang lang = s->lang;
    int code = EXIT_DONE;
    for (size_t i = 0; i < m->count && !code; i++) {
        s->options.network = s->options.networks[i];
        code = session_open(s);
        m->nets[i] = s->net;
        m->inputs[i] = (cn_merge_input){s->net, label_of(s->options.network)};
        s->net = NULL;
        cn_diags_free(s->diags);
        s->diags = NULL;
        lang = i == 0 ? s->lang : lang;
    }
    s->lang = lang;
    s->options.network = s->options.networks[0];
    s->net = m->nets[0]; /* whose currency and language the report speaks; the session frees it */
    m->nets[0] = NULL;
    return code;
}

/* A file that is not there yet holds no decision. */
static int read_decisions(session *s, merging *m) {
    cn_error err = {0};
    const char *path = s->options.text[OPTION_DECISIONS];
    if (cn_decisions_create(&m->decisions, &err)) {
        return session_fail(s, &err);
    }
    if (!path || access(path, F_OK) != 0) {
        return EXIT_DONE;
    }
    cn_status status = cn_diags_create(&s->diags, &err);
    status = status ? status : cn_decisions_read(m->decisions, path, s->diags, &err);
    if (s->diags) {
        session_show(s, s->diags);
        cn_diags_free(s->diags);
        s->diags = NULL;
    }
    return status ? session_fail(s, &err) : EXIT_DONE;
}

/* -o is for the network: the report goes to standard output here, not by session_finish. */
static int print_report(session *s, const merging *m) {
    cn_error err = {0};
    cn_status status = merge_report(s, m, &err);
    if (status) {
        return session_fail(s, &err);
    }
    if (s->out.failed) {
        complain(s->lang, TEXT_NO_MEMORY, END);
        return EXIT_TROUBLE;
    }
    int code = output_write(s->lang, s->out.data ? s->out.data : "", s->out.len, EXIT_DONE);
    cn_buf_release(&s->out);
    return code;
}

static int join(session *s, merging *m) {
    cn_error err = {0};
    cn_watch progress = session_watch(s, text_of(s->lang, TEXT_COMPUTING_MERGE));
    cn_status status = cn_merge_run_watched(m->inputs, m->count, m->decisions, &progress, &m->merge, &err);
    status = session_unwatch(s, status, &err);
    return status ? session_fail(s, &err) : EXIT_DONE;
}

int cmd_merge(session *s) {
    merging m = {0};
    const char *file = s->options.text[OPTION_OUTPUT];
    if (file && strcmp(file, "-") == 0) {
        return session_misuse(s, TEXT_OUTPUT_REQUIRED, "merge", END);
    }
    int code = open_all(s, &m);
    code = code ? code : read_decisions(s, &m);
    code = code ? code : join(s, &m);
    code = code || !file ? code : session_save(s, cn_merge_network(m.merge));
    code = code ? code : merge_write_decisions(s, &m);
    code = code ? code : print_report(s, &m);
    release(&m);
    return code;
}
