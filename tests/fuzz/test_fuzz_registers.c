/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The readers of Russian sources: seeded mutations of the samples in graphs/ (bank exchange, registers of the tax service, alone and
 * packed), told and forced to be of their format; and what hostile archives and XML try: entities, files of other places, swelling, names
 * that lead out of the archive.
 */
#include "fuzz_load.h"
#include "make_book.h"
#include "mutate.h"

#include <unistd.h>

enum { DEFAULT_RUNS = 1500, MUTANT_MAX = 16000 };

static const struct {
    cn_format format;
    const char *file;
} samples[] = {{CN_FORMAT_BANK1C, "payments/statement.txt"},
               {CN_FORMAT_FNS, "registers/small-firms.xml"},
               {CN_FORMAT_EGRUL, "registers/egrul.xml"},
               {CN_FORMAT_FNS, "registers/small-firms.zip"}};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

static const char *const tokens[] = {"<",
                                     ">",
                                     "/>",
                                     "\"",
                                     "=",
                                     "&amp;",
                                     "&x;",
                                     "<!ENTITY a \"b\">",
                                     "<!--",
                                     "]]>",
                                     "\xFF",
                                     "\n",
                                     "\r\n",
                                     "\xD0",
                                     "99999999999999999999",
                                     "-1",
                                     "1e309",
                                     "31.02.2023",
                                     "2016-13-01",
                                     "\xC8\xCD\xCD", /* ИНН in windows-1251 */
                                     "\xD1\xF3\xEC\xEC\xE0=" /* Сумма= */,
                                     "ИНН=\"0010000017\"",
                                     "Документ",
                                     "PK\x01\x02"};

static uint8_t *read_sample(const char *name, size_t *len) {
    char path[300];
    (void)snprintf(path, sizeof path, "%s/graphs/%s", COOPNET_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(MUTANT_MAX + 64);
    CHECK(file != NULL && bytes != NULL);
    *len = fread(bytes, 1, MUTANT_MAX / 2, file);
    CHECK(feof(file) && fclose(file) == 0);
    return bytes;
}

static void mutations_load(void) {
    long runs = fuzz_runs(DEFAULT_RUNS);
    uint64_t state = 20240403;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        size_t whole;
        uint8_t *sound = read_sample(samples[i].file, &whole);
        uint8_t *mutant = malloc(MUTANT_MAX + 64);
        CHECK(mutant != NULL);
        for (long run = 0; run < runs; run++) {
            memcpy(mutant, sound, whole);
            size_t len = fuzz_mutate(&state, mutant, whole, MUTANT_MAX, tokens, sizeof tokens / sizeof *tokens);
            uint8_t *exact = fuzz_exact(mutant, len);
            fuzz_load(check_below(&state, 3) == 0 ? CN_FORMAT_AUTO : samples[i].format, exact, len);
            free(exact);
        }
        free(sound);
        free(mutant);
    }
}

/* Mutated before it is packed: a mutated archive seldom gets past its check sums. */
static void mutations_within_archives(void) {
    long runs = fuzz_runs(DEFAULT_RUNS);
    uint64_t state = 20240404;
    size_t whole;
    uint8_t *sound = read_sample("registers/small-firms.xml", &whole);
    char *mutant = malloc(MUTANT_MAX + 64);
    CHECK(mutant != NULL);
    for (long run = 0; run < runs; run++) {
        size_t packed;
        memcpy(mutant, sound, whole);
        size_t len = fuzz_mutate(&state, (uint8_t *)mutant, whole, MUTANT_MAX, tokens, sizeof tokens / sizeof *tokens);
        mutant[len] = '\0';
        char *bytes = make_book((book_part[]){{"VO_1.xml", mutant}, {"VO_2.xml", mutant}, {NULL, NULL}}, &packed);
        fuzz_load(CN_FORMAT_FNS, (const uint8_t *)bytes, packed);
        free(bytes);
    }
    free(sound);
    free(mutant);
}

/* Refused with this message. */
static void refused(cn_format format, const char *bytes, size_t len, cn_message message) {
    cn_diags *diags = NULL;
    cn_network *net = NULL;
    cn_load_options options = {.format = format};
    bool told = false;
    CHECK_INT(cn_diags_create(&diags, NULL), CN_OK);
    CHECK_INT(cn_load_bytes("bomb", bytes, len, &options, diags, &net, NULL), CN_ERR_INPUT);
    for (size_t i = 0; i < cn_diags_count(diags); i++) {
        told = told || cn_diags_at(diags, i)->message == message;
    }
    cn_diags_free(diags);
    CHECK(told && net == NULL);
}

static void refused_packed(const book_part *parts, cn_message message) {
    size_t len;
    char *bytes = make_book(parts, &len);
    refused(CN_FORMAT_FNS, bytes, len, message);
    free(bytes);
}

static const char laughs[] =
    "<!DOCTYPE Файл [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
    "<Файл><Документ>&c;</Документ></Файл>";
static const char outside[] =
    "<!DOCTYPE Файл [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Файл><Документ>&a;</Документ></Файл>";

static void entities_are_refused(void) {
    static const char *const texts[] = {laughs, outside};
    for (size_t i = 0; i < 2; i++) {
        refused(CN_FORMAT_FNS, texts[i], strlen(texts[i]), CN_MSG_XML_ENTITIES);
        refused(CN_FORMAT_EGRUL, texts[i], strlen(texts[i]), CN_MSG_XML_ENTITIES);
        refused_packed((book_part[]){{"VO_1.xml", texts[i]}, {NULL, NULL}}, CN_MSG_XML_ENTITIES);
        char *bytes;
        size_t len;
        bytes = make_book((book_part[])BOOK_XLSX_PARTS(texts[i]), &len);
        refused(CN_FORMAT_XLSX, bytes, len, CN_MSG_XML_ENTITIES);
        free(bytes);
    }
}

static void archives_that_swell_are_refused(void) {
    size_t len = (size_t)80 << 20;
    char *blanks = malloc(len + 1);
    CHECK(blanks != NULL);
    memset(blanks, ' ', len);
    memcpy(blanks, "<a>", 3);
    blanks[len] = '\0';
    refused_packed((book_part[]){{"VO_1.xml", blanks}, {NULL, NULL}}, CN_MSG_ARCHIVE_SWELLS);
    size_t packed;
    char *bytes = make_book((book_part[])BOOK_XLSX_PARTS(blanks), &packed);
    refused(CN_FORMAT_XLSX, bytes, packed, CN_MSG_ARCHIVE_SWELLS);
    free(bytes);
    free(blanks);
}

/* Nothing of an archive is written anywhere, whatever its names say. */
static void names_lead_nowhere(void) {
    char folder[] = "/tmp/coopnet-archive-XXXXXX";
    char here[500];
    CHECK(mkdtemp(folder) && getcwd(here, sizeof here) && chdir(folder) == 0);
    size_t len;
    uint8_t *xml = read_sample("registers/small-firms.xml", &len);
    xml[len] = '\0';
    const char *text = (const char *)xml;
    book_part parts[] = {
        {"../evil.xml", text}, {"/tmp/coopnet-evil.xml", text}, {"a/../../evil.xml", text}, {NULL, NULL}};
    char *bytes = make_book(parts, &len);
    fuzz_load(CN_FORMAT_AUTO, (const uint8_t *)bytes, len);
    fuzz_load(CN_FORMAT_FNS, (const uint8_t *)bytes, len);
    fuzz_load(CN_FORMAT_EGRUL, (const uint8_t *)bytes, len);
    fuzz_load(CN_FORMAT_XLSX, (const uint8_t *)bytes, len);
    free(bytes);
    free(xml);
    CHECK(access("../evil.xml", F_OK) != 0 && access("/tmp/coopnet-evil.xml", F_OK) != 0);
    CHECK(chdir(here) == 0 && rmdir(folder) == 0); /* still empty */
}

int main(void) {
    return check_run((check_case[]){{"mutations_load", mutations_load},
                                    {"mutations_within_archives", mutations_within_archives},
                                    {"entities_are_refused", entities_are_refused},
                                    {"archives_that_swell_are_refused", archives_that_swell_are_refused},
                                    {"names_lead_nowhere", names_lead_nowhere},
                                    {0}});
}
