/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The references of XML 1.0, section 4.6, that HTML has too. What becomes of line ends and of characters that XML does not know differs
 * from one writer to the other and stays with each. O(1).
 */
#include "xml_text.h"

#include <stddef.h>

const char *cn__xml_reference(uint32_t code) {
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}
