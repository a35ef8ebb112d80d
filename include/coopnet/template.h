/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file template.h
 * An empty workbook to fill in: the tables of a network as sheets.
 */
#ifndef COOPNET_TEMPLATE_H
#define COOPNET_TEMPLATE_H

#include "coopnet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Write a workbook (.xlsx) with a sheet for each of the main tables: headers in the language, each with a note of what it means, drop-downs
 * where only some words may stand, and example rows, marked as such. It loads as it is. The same call gives the same bytes.
 * @param lang CN_LANG_RU, else English
 * @return CN_OK; CN_ERR_ARGUMENT ("-": a workbook has no standard output); CN_ERR_IO; CN_ERR_MEMORY.
 */
CN_API cn_status cn_template_write(const char *path, cn_lang lang, cn_error *err);

#ifdef __cplusplus
}
#endif
#endif
