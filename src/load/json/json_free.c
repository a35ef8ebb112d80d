/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Free attributes are kept as JSON text. `"a"` here and `a` in a CSV cell (cn__json_of_cell) give
 * the same bytes. Recursion is bounded by the depth limit of the scan. O(length of the value).
 */
#include "json_free.h"

#include "json_value.h"

#include <cjson/cJSON.h>

void cn__json_free_write(cn_buf *out, const cJSON *item, const cn__json_scan *scan, uint32_t mark) {
    if (cJSON_IsString(item)) {
        cn_json_string(out, item->valuestring);
    } else if (cJSON_IsNumber(item)) {
        cn_buf_add(out, scan->text + scan->marks[mark].start, scan->marks[mark].len);
    } else if (cJSON_IsBool(item) || cJSON_IsNull(item)) {
        cn_buf_add_text(out, cJSON_IsTrue(item) ? "true" : cJSON_IsFalse(item) ? "false" : "null");
    } else {
        bool object = cJSON_IsObject(item);
        uint32_t at = mark + 1;
        cn_buf_add_text(out, object ? "{" : "[");
        for (const cJSON *member = item->child; member; member = member->next) {
            cn_buf_add_text(out, member == item->child ? "" : ",");
            if (object) {
                cn_json_string(out, member->string);
                cn_buf_add_text(out, ":");
                at++;
            }
            cn__json_free_write(out, member, scan, at);
            at = scan->marks[at].next;
        }
        cn_buf_add_text(out, object ? "}" : "]");
    }
}

void cn__json_free_cell(cn_buf *out, const char *text, size_t len) { cn__json_of_cell(out, text, len); }
