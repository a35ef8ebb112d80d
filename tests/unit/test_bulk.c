/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader of large tables against that of small ones: the same text, in pieces of any size and by any number of threads, gives the
 * same network and the same findings, to the byte. The texts are those of graphs/, of graphs/broken/, and seeded ones with every odd
 * thing a row can have.
 */
#include "load_tuned.h"
#include "memory.h"
#include "same_network.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static const cn__bulk_tuning never = {UINT64_MAX, 1 << 20, 1};

typedef struct outcome {
    cn_buf text;
} outcome;

static outcome settle(cn_status status, cn_diags *diags, cn_network *net) {
    outcome out = {{0}};
    same_add_u64(&out.text, (uint64_t)status);
    cn_buf_add_text(&out.text, "\n");
    same_add_findings(&out.text, diags);
    same_add_network(&out.text, net);
    cn_network_free(net);
    cn_diags_free(diags);
    CHECK(!out.text.failed);
    return out;
}

static outcome load_text(const char *text, size_t len, const cn_load_options *options, const cn__bulk_tuning *tuning) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn__load_bytes_tuned("t.csv", text, len, options, tuning, diags, &net, NULL);
    return settle(status, diags, net);
}

static outcome load_path(const char *path, const cn__bulk_tuning *tuning) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    cn_status status = cn__load_tuned(path, NULL, tuning, diags, &net, NULL);
    return settle(status, diags, net);
}

static const cn__bulk_tuning tunings[] = {{0, 1, 1},  {0, 2, 1},   {0, 7, 1},   {0, 16, 1},
                                          {0, 50, 1}, {0, 333, 3}, {0, 4096, 2}};
enum { TUNINGS = sizeof tunings / sizeof *tunings };

static bool same_as_small(const char *text, size_t len, const cn_load_options *options) {
    outcome want = load_text(text, len, options, &never);
    bool same = true;
    for (size_t i = 0; i < TUNINGS && same; i++) {
        char what[64];
        (void)snprintf(what, sizeof what, "pieces of %zu", tunings[i].chunk_bytes);
        outcome got = load_text(text, len, options, &tunings[i]);
        same = same_texts(what, want.text.data, got.text.data);
        cn_buf_release(&got.text);
    }
    cn_buf_release(&want.text);
    return same;
}

static void check_text_same(const char *text) { CHECK(same_as_small(text, strlen(text), NULL)); }

static void forms_of_rows(void) {
    check_text_same("from,to\na,b\nb,c\nc,a");
    check_text_same("from,to\r\na,b\r\n\r\nb,c\r\nc,a\r\n");
    check_text_same("from,to\ra,b\r\rb,c\rc,a\r");
    check_text_same("a,b\nb,c\nc,c\n");
    check_text_same("a,b,5\nb,c,7.25\nc,d,7.255\n,,\nd,e,\n");
    check_text_same(
        "\xEF\xBB\xBFПоставщик;ПОКУПАТЕЛЬ;Сумма;ОКПД2\n\n a ; b ;5;p\n;;;\n\"b\";\"c\" ;\"6,5\";\nа;б;31 500 "
        "000,25;27.11\nа;б;1  2;27.1\nа;б;31\xC2\xA0"
        "500;27.11.41\nа;б;1\xC2\xA0;x\nа;б; 5 0;x\n");
    check_text_same("to,from,value\na,b,1\nc,a,2\nd,d,3\ne,f,-5\n");
    check_text_same(
        "from,to,note\n\"ООО \"\"А, Б\"\"\",b,\"две\nстроки\"\nb,c,x\nb,\"b\",y\nb,\"q\n,r\n\"\"\",\nz,y,\n");
    check_text_same("from,to,since,until,status,role,source,kind\n"
                    "a,b,2016,2017-02,actual,anchor,s,supply\n"
                    "a,b,2016,2015,actual,anchor,s,supply\n"
                    "a,b,31.02.2016,,planned,nonsense,s,ownership\n"
                    "a,b,01.02.2016,,Планируется,якорное предприятие,s,Поставка\n"
                    "a,b,,,,,,\n"
                    "a,k,,,,,,member\n"
                    "a,b,2016,2015-1,broken,,t,agreement\n");
    check_text_same("from,to,value\na,b,00\na,b,007\na,b,0\na,b,0.5\na,b,0.50\na,b,.5\na,b,5.\na,b,1e3\na,b,5,6\na\n"
                    "a,b,999999999999999\na,b,9999999999999999\na,b,99999999999999999999\na,b,1,,\n");
    check_text_same("from,to\na,b\n\"open,c\nd,e\nf,g\nh,i\n");
    check_text_same("from,to\na,b\nc\"d,e\nf,\"g\"h\nh,i\n");
    check_text_same("from,to\n");
    check_text_same("1\t2\n2\t3\n03\t3\n0\t1\n00\t1\n99999999\t16777215\n16777216\t1\n3\t16777215\n2\t2\n");
    check_text_same("1 2\n2 3\n 3   1 \n\n4\t5\n1 2 3\n7\n \t \n5 6");
    check_text_same("# a, b; c\n%% \"d\ne f\n#\nf  g\t 1.5 \n\"q q\" e 2\n\"x\ny\" z\n%\"\ng h \"1\"\nh i 0,5\n#");
    check_text_same("#1,2\n1,2\n#2,3\n 3,#4\n%5,6\n6,7\n");
    check_text_same("from to value\r\na b 1\r\n b\tc\t2\t\r\n#\r\nc d\r\n");
    check_text_same("\xC2\xA0"
                    "1 2\xC2\xA0\n3\xC2\xA0 4\n");
    check_text_same("from,to,x.n,x.k,quantity,share\na,b,1,two,3,0.5\na,b,,,,2\nb,c,,,,\n");
}

static void text_that_is_none(void) {
    static const char nul[] = "from,to\na,b\nc,\0d\n";
    CHECK(same_as_small(nul, sizeof nul - 1, NULL));
    check_text_same("from,to\na,b\nc,\xD0\n\xD0\xD0\n");
    check_text_same("from,to\na,\xE2\x80\nb,c");
    check_text_same("from,to\na,b\nb,c\xD0");
}

static void limits(void) {
    const char *text = "from,to,note\na,b,\nb,c,x\nc,d,123456789\nd,e,\ne,a,\n";
    for (uint32_t most = 1; most < 7; most++) {
        cn_load_options entities = {.limits = {.max_entities = most}};
        cn_load_options links = {.limits = {.max_links = most}};
        cn_load_options texts = {.limits = {.max_text_bytes = most + 2}};
        CHECK(same_as_small(text, strlen(text), &entities));
        CHECK(same_as_small(text, strlen(text), &links));
        CHECK(same_as_small(text, strlen(text), &texts));
    }
}

/* A file, a folder of tables, or a folder of those. */
static void compare_paths(const char *path, int depth, size_t *count) {
    DIR *dir = opendir(path);
    const char *dot = strrchr(path, '.');
    if (depth > 0 || (!dir && dot && strcmp(dot, ".csv") == 0)) {
        outcome want = load_path(path, &never);
        for (size_t i = 0; i < TUNINGS; i++) {
            outcome got = load_path(path, &tunings[i]);
            bool same = same_texts(path, want.text.data, got.text.data);
            cn_buf_release(&got.text);
            CHECK(same);
        }
        cn_buf_release(&want.text);
        ++*count;
    }
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        char below[1024];
        (void)snprintf(below, sizeof below, "%.700s/%.300s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            compare_paths(below, depth - 1, count);
        }
    }
    if (dir) {
        (void)closedir(dir);
    }
}

static void files_of_the_project(void) {
    size_t count = 0;
    compare_paths(COOPNET_SOURCE_DIR "/graphs/broken", 0, &count);
    compare_paths(COOPNET_SOURCE_DIR "/graphs/electro", 1, &count);
    CHECK(count > 20);
}

/* ---- seeded texts ---- */

static const char *const cells[] = {
    "a",        "b",       "c",      "d",         "firm-1", "firm-2", "Керамика", "\"a\"",  "\"x,y\"", "\"q\"\"q\"",
    "\"n\nl\"", "\" s \"", " b ",    "\302\240c", "1",      "25.5",   "1 000",    "-3",     "2016",    "01.02.2016",
    "27.11.41", "27.1",    "supply", "nonsense",  "",       "",       "x\"y",     "\"z\"w", "\"",      "1.255",
};
static const char *const headers[] = {
    "from,to",
    "from,to,value",
    "from,to,value,product",
    "to,from,kind,since,until",
    "from,to,role,status,source,unknown",
    "from,to,note,x.a,value",
    "to,value,from",
};
/* Parted by blanks. */
static const char *const words[] = {"a", "b", "12", "3", "firm-1", "\"q\"", "\"a b\"", "x\"", "#1", "%", "1,5", "0.5"};
static const char *const gaps[] = {" ", "\t", "  ", " \t ", "\n", "\n", "\n#", "\n ", " \n", "\r\n"};

static void seeded_words(void) {
    uint64_t state = 11;
    for (int run = 0; run < 200; run++) {
        cn_buf text = {0};
        for (uint32_t i = check_below(&state, 80); i > 0; i--) {
            cn_buf_add_text(&text, words[check_below(&state, run % 2 ? 5 : sizeof words / sizeof *words)]);
            cn_buf_add_text(&text, gaps[check_below(&state, run % 3 ? sizeof gaps / sizeof *gaps : 5)]);
        }
        bool same = same_as_small(text.data ? text.data : "", text.len, NULL);
        if (!same) {
            printf("%s\n", text.data);
        }
        cn_buf_release(&text);
        CHECK(same);
    }
}

static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n"};

static void seeded_texts(void) {
    uint64_t state = 7;
    for (int run = 0; run < 200; run++) {
        cn_buf text = {0};
        const char *header = headers[check_below(&state, sizeof headers / sizeof *headers)];
        const char *end = ends[check_below(&state, 4)];
        uint32_t columns = 1;
        for (const char *c = header; *c; c++) {
            columns += *c == ',';
        }
        /* Most tables are mostly plain. */
        uint32_t variety = check_below(&state, 3) == 0 ? (uint32_t)(sizeof cells / sizeof *cells) : 7;
        cn_buf_add_text(&text, header);
        cn_buf_add_text(&text, end);
        for (uint32_t row = check_below(&state, 40); row > 0; row--) {
            uint32_t width = check_below(&state, 12) == 0 ? check_below(&state, columns + 2) : columns;
            for (uint32_t i = 0; i < width; i++) {
                cn_buf_add_text(&text, i ? "," : "");
                cn_buf_add_text(&text, cells[check_below(&state, variety)]);
            }
            cn_buf_add_text(&text, end);
        }
        CHECK(text.data != NULL);
        bool same = same_as_small(text.data, text.len, NULL);
        if (!same) {
            printf("%s\n", text.data);
        }
        cn_buf_release(&text);
        CHECK(same);
    }
}

/* ---- size ---- */

static void add_rows(cn_buf *text, uint32_t rows, uint32_t firms, const char *value_prefix) {
    uint64_t state = 3;
    for (uint32_t i = 0; i < rows; i++) {
        char line[128];
        uint32_t from = check_below(&state, firms);
        uint32_t to = check_below(&state, firms - 1);
        (void)snprintf(line, sizeof line, "firm%u,firm%u,%s%u\n", from, to + (to >= from), value_prefix,
                       check_below(&state, 100000));
        cn_buf_add_text(text, line);
    }
}

static void larger_table(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "from,to,value\n");
    add_rows(&text, 40000, 9000, "");
    outcome want = load_text(text.data, text.len, NULL, &never);
    cn__bulk_tuning tuning = {0, 10000, 3};
    outcome got = load_text(text.data, text.len, NULL, &tuning);
    bool same = same_texts("40,000 rows", want.text.data, got.text.data);
    cn_buf_release(&want.text);
    cn_buf_release(&got.text);
    cn_buf_release(&text);
    CHECK(same);
}

/* Every row is wrong: a thousand are told, all are counted. */
static void very_many_mistakes(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "from,to,value\n");
    add_rows(&text, 30000, 9000, "x");
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn__bulk_tuning tuning = {0, 10000, 2};
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn__load_bytes_tuned("t", text.data, text.len, NULL, &tuning, diags, &net, NULL), CN_ERR_INPUT);
    CHECK(net == NULL);
    CHECK_INT(cn_diags_count(diags), 1000);
    CHECK_INT(cn_diags_total(diags, CN_LEVEL_ERROR), 30000);
    CHECK_INT(cn_diags_dropped(diags, CN_MSG_BAD_NUMBER), 29000);
    CHECK_INT(cn_diags_at(diags, 999)->line, 1001);
    cn_diags_free(diags);
    cn_buf_release(&text);
}

static bool stop_at_once(void *context, uint64_t done, uint64_t total) {
    ++*(int *)context;
    return done > total;
}

static void stopped_on_request(void) {
    int calls = 0;
    cn_load_options options = {.watch = {stop_at_once, &calls}};
    cn__bulk_tuning tuning = {0, 8, 1};
    const char *text = "from,to\na,b\nb,c\nc,d\nd,e\ne,f\nf,g\ng,h\nh,i\n";
    cn_network *net = NULL;
    cn_error err = {0};
    CHECK_INT(cn__load_bytes_tuned("t", text, strlen(text), &options, &tuning, NULL, &net, &err), CN_ERR_CANCELLED);
    CHECK(net == NULL && err.status == CN_ERR_CANCELLED);
    CHECK_INT(calls, 1);
    const char *json = "{\"companies\": [{\"id\": \"a\", \"name\": \"A\"}, {\"id\": \"b\", \"name\": \"B\"}]}";
    CHECK_INT(cn_load_bytes("t.json", json, strlen(json), &options, NULL, &net, &err), CN_ERR_CANCELLED);
    CHECK(net == NULL && err.status == CN_ERR_CANCELLED);
}

/* A file large enough to be mapped, read by its path. */
static void mapped_file(void) {
    cn_buf text = {0};
    cn_buf_add_text(&text, "from,to,value\n");
    add_rows(&text, 80000, 5000, "");
    CHECK(text.len > 1 << 20);
    char path[] = "/tmp/coopnet-bulk-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    CHECK(write(fd, text.data, text.len) == (ssize_t)text.len);
    CHECK(close(fd) == 0);
    outcome want = load_text(text.data, text.len, NULL, &never);
    cn__bulk_tuning tuning = {0, 50000, 2};
    outcome got = load_path(path, &tuning);
    bool same = same_texts("mapped", want.text.data, got.text.data);
    (void)unlink(path);
    cn_buf_release(&want.text);
    cn_buf_release(&got.text);
    cn_buf_release(&text);
    CHECK(same);
}

static void each_allocation_fails(void) {
    const char *text = "from,to,value,product\na,b,1,p\n\"c\",d,2,q\nd,e,x,r\ne,f,5,s\nf,a,7,27.1\n";
    for (uint64_t nth = 0;; nth++) {
        cn_diags *diags = NULL;
        cn_network *net = NULL;
        cn__bulk_tuning tuning = {0, 16, 1};
        CHECK(nth < 2000);
        CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
        cn__alloc_fail_after(nth);
        cn_status status = cn__load_bytes_tuned("t", text, strlen(text), NULL, &tuning, diags, &net, NULL);
        void *probe = cn__alloc(1, 1);
        bool done = probe != NULL;
        cn__alloc_fail_after(CN__ALLOC_NEVER);
        cn__free(probe);
        cn_network_free(net);
        cn_diags_free(diags);
        CHECK(status == CN_ERR_INPUT || (status == CN_ERR_MEMORY && !done));
        if (done) {
            CHECK(nth > 20);
            return;
        }
    }
}

int main(void) {
    return check_run((check_case[]){{"forms_of_rows", forms_of_rows},
                                    {"text_that_is_none", text_that_is_none},
                                    {"limits", limits},
                                    {"files_of_the_project", files_of_the_project},
                                    {"seeded_texts", seeded_texts},
                                    {"seeded_words", seeded_words},
                                    {"larger_table", larger_table},
                                    {"very_many_mistakes", very_many_mistakes},
                                    {"stopped_on_request", stopped_on_request},
                                    {"mapped_file", mapped_file},
                                    {"each_allocation_fails", each_allocation_fails},
                                    {0}});
}
