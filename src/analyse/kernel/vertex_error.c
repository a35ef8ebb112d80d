/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message with a number in it. A failed allocation costs only the number. */
#include "vertex_error.h"

#include "error.h"
#include "number.h"

cn_status cn__fail_vertex(uint32_t vertex, cn_error *err) {
    cn_buf text = {0};
    cn__format_u64(&text, vertex);
    cn_status status = CN__FAIL1(err, CN_ERR_ARGUMENT, VERTEX_UNKNOWN, text.data ? text.data : "?");
    cn_buf_release(&text);
    return status;
}
