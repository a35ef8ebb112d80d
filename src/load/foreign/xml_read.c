/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML through expat. Against bombs: a file that declares an entity is refused at the declaration, so nothing ever expands; external
 * subsets and entities are not opened (expat does so only when told how); depth is limited; all memory is ours, so that a failed allocation
 * is one. Encodings: what expat knows (UTF-8, UTF-16, Latin-1) and windows-1251. O(bytes).
 */
#include "xml_read.h"

#include "memory.h"

#include <expat.h>
#include <string.h>

enum { PIECE = 1 << 20, STREAM_PIECE = 1 << 16, LOOK = 4096 };

struct cn__xml {
    cn__load *load;
    const char *file;
    const cn__xml_events *events;
    void *context;
    XML_Parser parser;
    const char **attributes;
    cn_buf text;
    uint32_t depth;
    bool refused; /* reported: not to be reported again */
};

static void *take(size_t size) { return cn__alloc(size, 1); }
static void *retake(void *block, size_t size) { return cn__realloc(block, size, 1); }
static void give(void *block) { cn__free(block); }

static const char *bare(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *cn__xml_attribute(const cn__xml *xml, const char *name) {
    const char *key;
    const char *value;
    for (size_t i = 0; cn__xml_attribute_at(xml, i, &key, &value); i++) {
        if (strcmp(key, name) == 0) {
            return value;
        }
    }
    return NULL;
}

bool cn__xml_attribute_at(const cn__xml *xml, size_t at, const char **name, const char **value) {
    for (size_t i = 0; xml->attributes && i <= at; i++) {
        if (!xml->attributes[2 * i]) {
            return false;
        }
    }
    if (!xml->attributes) {
        return false;
    }
    *name = bare(xml->attributes[2 * at]);
    *value = xml->attributes[2 * at + 1];
    return true;
}

const char *cn__xml_text(const cn__xml *xml, size_t *len) {
    *len = xml->text.len;
    return xml->text.data ? xml->text.data : "";
}

cn__place cn__xml_place(const cn__xml *xml) {
    return (cn__place){(uint32_t)XML_GetCurrentLineNumber(xml->parser),
                       (uint32_t)XML_GetCurrentColumnNumber(xml->parser) + 1};
}

static void stop(cn__xml *xml) {
    xml->refused = true;
    (void)XML_StopParser(xml->parser, XML_FALSE);
}

static void on_open(void *data, const XML_Char *name, const XML_Char **attributes) {
    cn__xml *xml = data;
    if (xml->refused) {
        return;
    }
    if (++xml->depth > xml->load->limits.max_depth) {
        cn__digits limit;
        CN__REPORT2(xml->load, xml->file, cn__xml_place(xml), TOO_DEEP,
                    cn__digits_of(&limit, xml->load->limits.max_depth), CN__OPTION_DEPTH);
        stop(xml);
        return;
    }
    xml->attributes = attributes;
    xml->events->open(xml->context, xml, bare(name));
    xml->attributes = NULL;
    xml->text.len = 0;
    if (!xml->events->wanted(xml->context)) {
        stop(xml);
    }
}

static void on_close(void *data, const XML_Char *name) {
    cn__xml *xml = data;
    if (xml->refused) {
        return;
    }
    xml->depth--;
    cn_buf_add(&xml->text, "", 0);
    if (xml->text.failed) {
        stop(xml);
        return;
    }
    xml->events->close(xml->context, xml, bare(name), xml->text.data, xml->text.len);
    xml->text.len = 0;
    if (!xml->events->wanted(xml->context)) {
        stop(xml);
    }
}

/* Far more text than one value may have is of no use: one byte more than the limit tells that it is too long. */
static void on_text(void *data, const XML_Char *text, int len) {
    cn__xml *xml = data;
    if (xml->events->text && !xml->refused) {
        xml->events->text(xml->context, xml, text, (size_t)len);
    }
    if (xml->text.len <= xml->load->limits.max_text_bytes) {
        cn_buf_add(&xml->text, text, (size_t)len);
    }
}

static void on_entity(void *data, const XML_Char *name, int parameter, const XML_Char *value, int len,
                      const XML_Char *base, const XML_Char *system, const XML_Char *public_id,
                      const XML_Char *notation) {
    (void)name, (void)parameter, (void)value, (void)len, (void)base, (void)system, (void)public_id, (void)notation;
    cn__xml *xml = data;
    if (!xml->refused) {
        CN__REPORT0(xml->load, xml->file, cn__xml_place(xml), XML_ENTITIES);
        stop(xml);
    }
}

static int on_encoding(void *data, const XML_Char *name, XML_Encoding *info) {
    static const unsigned short upper[64] = {
        0x402, 0x403,  0x201A, 0x453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x409,  0x2039, 0x40A,
        0x40C, 0x40B,  0x40F,  0x452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFF, 0x2122,
        0x459, 0x203A, 0x45A,  0x45C, 0x45B,  0x45F,  0xA0,   0x40E,  0x45E,  0x408,  0xA4,   0x490,  0xA6,
        0xA7,  0x401,  0xA9,   0x404, 0xAB,   0xAC,   0xAD,   0xAE,   0x407,  0xB0,   0xB1,   0x406,  0x456,
        0x491, 0xB5,   0xB6,   0xB7,  0x451,  0x2116, 0x454,  0xBB,   0x458,  0x405,  0x455,  0x457};
    (void)data;
    static const char *const names[] = {"windows-1251", "WINDOWS-1251", "Windows-1251", "cp1251", "CP1251"};
    bool known = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        known = known || strcmp(name, names[i]) == 0;
    }
    for (int i = 0; i < 256 && known; i++) {
        info->map[i] = i < 0x80 ? i : i >= 0xC0 ? 0x410 + i - 0xC0 : upper[i - 0x80] == 0xFFFF ? -1 : upper[i - 0x80];
    }
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    return known ? XML_STATUS_OK : XML_STATUS_ERROR;
}

static cn_status verdict(cn__xml *xml, enum XML_Status good) {
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (code == XML_ERROR_NO_MEMORY || xml->text.failed) {
        return CN__NO_MEMORY(xml->load->err);
    }
    if (good != XML_STATUS_OK && !xml->refused) {
        CN__REPORT1(xml->load, xml->file, cn__xml_place(xml), XML_WRONG, XML_ErrorString(code));
    }
    return CN_OK;
}

static cn_status parse_bytes(cn__xml *xml, const char *bytes, size_t len) {
    enum XML_Status good = XML_STATUS_OK;
    for (size_t at = 0; good == XML_STATUS_OK && (at < len || at == 0);) {
        size_t piece = len - at < PIECE ? len - at : PIECE;
        good = XML_Parse(xml->parser, bytes + at, (int)piece, at + piece == len);
        at += piece > 0 ? piece : 1;
    }
    return verdict(xml, good);
}

static cn_status parse_stream(cn__xml *xml, size_t (*pull)(void *context, char *out, size_t cap), void *context) {
    enum XML_Status good = XML_STATUS_OK;
    for (size_t got = 1; good == XML_STATUS_OK && got > 0;) {
        char *piece = XML_GetBuffer(xml->parser, STREAM_PIECE);
        if (!piece) {
            return CN__NO_MEMORY(xml->load->err);
        }
        got = pull(context, piece, STREAM_PIECE);
        if (got == 0 && !xml->events->wanted(xml->context)) {
            return CN_OK; /* the stream failed, and said so */
        }
        good = XML_ParseBuffer(xml->parser, (int)got, got == 0);
    }
    return verdict(xml, good);
}

/* False: memory. */
static bool begin(cn__xml *xml) {
    static const XML_Memory_Handling_Suite memory = {take, retake, give};
    xml->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!xml->parser) {
        return false;
    }
    /* A fixed one: the same input takes the same steps, and hostile names cannot be aimed at it from outside one run. */
    (void)XML_SetHashSalt(xml->parser, 0x9E3779B9u);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_open, on_close);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetEntityDeclHandler(xml->parser, on_entity);
    XML_SetUnknownEncodingHandler(xml->parser, on_encoding, NULL);
    return true;
}

cn_status cn__xml_run(cn__load *load, const char *file, const char *bytes, size_t len, const cn__xml_events *events,
                      void *context) {
    cn__xml xml = {.load = load, .file = file, .events = events, .context = context};
    cn_status status = begin(&xml) ? parse_bytes(&xml, bytes, len) : CN__NO_MEMORY(load->err);
    XML_ParserFree(xml.parser);
    cn_buf_release(&xml.text);
    return status;
}

cn_status cn__xml_run_pull(cn__load *load, const char *file, size_t (*pull)(void *context, char *out, size_t cap),
                           void *pull_context, const cn__xml_events *events, void *context) {
    cn__xml xml = {.load = load, .file = file, .events = events, .context = context};
    cn_status status = begin(&xml) ? parse_stream(&xml, pull, pull_context) : CN__NO_MEMORY(load->err);
    XML_ParserFree(xml.parser);
    cn_buf_release(&xml.text);
    return status;
}

bool cn__xml_begins(const char *bytes, size_t len, const char *element) {
    char plain[LOOK] = {0};
    size_t count = 0;
    for (size_t i = 0; i < len && i < (size_t)2 * LOOK && count < LOOK - 1; i++) {
        if (bytes[i]) { /* UTF-16 has a zero beside every Latin letter */
            plain[count++] = bytes[i];
        }
    }
    plain[count] = '\0';
    size_t at = strcspn(plain, "<");
    for (size_t i = 0; i < at; i++) {
        if (!strchr(" \t\r\n\xEF\xBB\xBF\xFE\xFF", plain[i])) {
            return false;
        }
    }
    size_t name = strlen(element);
    for (const char *tag = strchr(plain, '<'); tag; tag = strchr(tag + 1, '<')) {
        const char *colon = tag + 1 + strcspn(tag + 1, ": \t\r\n/>");
        const char *local = *colon == ':' ? colon + 1 : tag + 1;
        if (strncmp(local, element, name) == 0 && strchr(" \t\r\n>/", local[name])) {
            return true;
        }
    }
    return false;
}
