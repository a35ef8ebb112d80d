/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The characters that mean something to XML and HTML: what all writers of these do alike. */
#ifndef CN_BASE_XML_TEXT_H
#define CN_BASE_XML_TEXT_H

#include <stdint.h>

/* The reference that stands for & < > or " in content and in attributes; NULL: the character needs none. */
const char *cn__xml_reference(uint32_t code);

#endif
