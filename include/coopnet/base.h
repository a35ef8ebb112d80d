/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file base.h
 * What every other header needs: status codes, errors, languages, byte buffers and sinks.
 *
 * Conventions of the whole library
 * - A function that can fail returns cn_status (0 is success) and takes `cn_error *err` last; `err` may be NULL.
 * - `T **out` is the caller's to free and is NULL on error; a returned `const T *` is borrowed from its owner.
 * - Option structs: all bytes zero is the default.
 * - `free`/`release` accept NULL. Texts are UTF-8, NUL-terminated, never NULL unless said so.
 * - The library never prints, exits or aborts; it survives a failed allocation (CN_ERR_MEMORY).
 * - Objects are immutable once made, so any number of threads may read them.
 */
#ifndef COOPNET_BASE_H
#define COOPNET_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CN_API __attribute__((visibility("default")))
#else
#define CN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define CN_VERSION_MAJOR 0
#define CN_VERSION_MINOR 1
#define CN_VERSION_PATCH 0

/** Version of the library at run time, as "0.1.0". */
CN_API const char *cn_version(void);

/** No entity, no link, no vertex. */
#define CN_NONE UINT32_MAX

/** Outcome of a call. */
typedef enum cn_status {
    CN_OK = 0,
    CN_ERR_ARGUMENT,  /**< the caller asked for something that makes no sense (unknown name, bad option) */
    CN_ERR_INPUT,     /**< the input is unreadable or holds mistakes; the diagnostics say which */
    CN_ERR_IO,        /**< reading or writing failed */
    CN_ERR_MEMORY,    /**< an allocation failed */
    CN_ERR_LIMIT,     /**< a stated limit (size, time, memory) was reached */
    CN_ERR_UNDEFINED, /**< the quantity asked for does not exist on this network */
    CN_ERR_INTERNAL,  /**< a mistake in coopnet itself or in a library below it */
    CN_ERR_CANCELLED  /**< the caller asked to stop */
} cn_status;

/** Language of the texts a person sees. */
typedef enum cn_lang { CN_LANG_DEFAULT = 0, CN_LANG_EN, CN_LANG_RU } cn_lang;

/** "en", "ru" (case ignored) to a language; CN_LANG_DEFAULT when the code is not known. */
CN_API cn_lang cn_lang_find(const char *code);

/** Message numbers: the rows of messages.def. */
typedef enum cn_message {
    CN_MSG_NONE = 0,
#define CN_MESSAGE(id, level, key, en, ru) CN_MSG_##id,
#include "coopnet/messages.def"
#undef CN_MESSAGE
    CN_MSG_COUNT
} cn_message;

/** Stable key of a message ("unknown-reference"); "" for CN_MSG_NONE or a number out of range. */
CN_API const char *cn_message_key(cn_message message);

/** Most arguments a message takes, and the bytes they may fill together (longer ones are cut with "…"). */
#define CN_ARGS_MAX 6
#define CN_ERROR_TEXT_BYTES 480

/**
 * One error, without allocation. It keeps the message's number and arguments rather than a finished text, so that
 * the same error can be shown in either language. `{0}` to init. Filled only when a call fails.
 */
typedef struct cn_error {
    cn_status status;
    cn_message message;
    uint32_t arg_count;
    char args[CN_ERROR_TEXT_BYTES]; /**< arg_count texts, each with its NUL, one after the other */
} cn_error;

/**
 * Write the error's text in `lang` (CN_LANG_DEFAULT: English) to `out`, cut to `cap` bytes with its NUL.
 * @return bytes of the whole text without NUL, as snprintf does.
 */
CN_API size_t cn_error_format(const cn_error *err, cn_lang lang, char *out, size_t cap);

/**
 * Long work asks now and then, from the calling thread or from one thread at a time, whether to go on; false stops it
 * (CN_ERR_CANCELLED). `done` of `total` is in whatever steps the work has. `{0}`: nobody is asked.
 */
typedef struct cn_watch {
    bool (*step)(void *context, uint64_t done, uint64_t total);
    void *context;
} cn_watch;

/**
 * The most memory that the library may have in use at a time, in bytes; 0: no limit (the default). What would exceed it fails with CN_ERR_MEMORY
 * and a message that tells the need, before anything is written there. Set it before the first object is made, and not
 * while another thread is inside the library. Not counted: mapped files, and what cJSON, cairo and librsvg take.
 */
CN_API void cn_memory_limit(uint64_t bytes);

/** A growing byte buffer. `{0}` to init. `data` is NUL-terminated once anything was added, else NULL. */
typedef struct cn_buf {
    char *data;
    size_t len;
    size_t cap;
    bool failed; /**< an allocation failed: what was added since is lost, and every later add is ignored */
} cn_buf;

CN_API void cn_buf_release(cn_buf *buf);
CN_API void cn_buf_add(cn_buf *buf, const void *bytes, size_t len);
CN_API void cn_buf_add_text(cn_buf *buf, const char *text);

/**
 * Where output goes. `write` returns false when it failed (disk full, pipe closed); the writer then stops and returns
 * CN_ERR_IO. Writers hand over chunks of any size.
 */
typedef struct cn_sink {
    bool (*write)(void *context, const void *bytes, size_t len);
    void *context;
} cn_sink;

/** A sink that appends to `buf`. */
CN_API cn_sink cn_sink_buf(cn_buf *buf);

/**
 * Format a template of a text table: `{0}` inserts argument 0; `{1|one|many}` (English) or
 * `{1|предприятие|предприятия|предприятий}` (Russian) inserts the form that agrees with the number in argument 1;
 * `{{` is a brace. A missing argument inserts nothing.
 */
CN_API void cn_text_format(cn_buf *out, cn_lang lang, const char *pattern, size_t arg_count, const char *const *args);

/**
 * A number for people: grouped digits and at most `decimals` decimals, in the habit of the language
 * (en 1,234.5; ru 1 234,5 with a no-break space). NaN is "–".
 */
CN_API void cn_format_number(cn_buf *out, cn_lang lang, double value, int decimals);

/** The shortest decimal text that reads back to the same double ("0.1", "1e-07", "nan", "inf"); never by locale. */
CN_API void cn_format_exact(cn_buf *out, double value);

/**
 * Money in minor units for people, shortened to three significant places with the unit and the currency
 * (ru "48,2 млн ₽", en "₽48.2m"; unknown currency codes stand as they are). `currency` may be "". Spaces within are
 * no-break spaces, so that an amount is never torn in two.
 */
CN_API void cn_format_money(cn_buf *out, cn_lang lang, int64_t minor, const char *currency);

/** JSON string with its quotes; control characters, `<`, `>`, `&`, U+2028 and U+2029 are escaped, so that it is safe inside HTML too. */
CN_API void cn_json_string(cn_buf *out, const char *text);

/** Money exactly: "48200000" or "48200000.50". */
CN_API void cn_format_money_exact(cn_buf *out, int64_t minor);

/**
 * Write a whole file so that it is either the old or the new one: to a temporary name beside it, then renamed. On
 * error the file stays as it was and the temporary one is gone. A device or pipe (/dev/stdout) is written directly.
 * A new file gets the permissions of the umask, an old one keeps its own. CN_ERR_IO when it cannot be written.
 */
CN_API cn_status cn_file_write(const char *path, const void *bytes, size_t len, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
