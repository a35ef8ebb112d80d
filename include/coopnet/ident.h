/* SPDX-License-Identifier: GPL-3.0-or-later */
/**
 * @file ident.h
 * Check digits of identifiers. A valid check digit does not prove that the body exists.
 * Sources: order ММВ-7-6/435@ (INN), order 208н and earlier rules of the EGRUL (OGRN), ISO 17442 with ISO 7064 MOD 97-10 (LEI).
 */
#ifndef COOPNET_IDENT_H
#define COOPNET_IDENT_H

#include "coopnet/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** INN: 10 digits (legal entity) or 12 (person). All zeros is refused though its digits add up. */
CN_API bool cn_inn_valid(const char *inn);
/** OGRN: 13 digits, or OGRNIP: 15. */
CN_API bool cn_ogrn_valid(const char *ogrn);
/** LEI: 20 characters A–Z, 0–9. */
CN_API bool cn_lei_valid(const char *lei);
/** Form of an OKPD2 code: XX, XX.X, XX.XX, XX.XX.X, XX.XX.XX, XX.XX.XX.XXX (digits). */
CN_API bool cn_okpd2_valid(const char *code);
/** Short name of the class (first two digits) of an OKPD2 or OKVED2 code: "27.11.41" is "electrical equipment"; "" for other texts. */
CN_API const char *cn_okpd2_class_name(const char *code, cn_lang lang);
/** Number of the class, 1 … 99; 0 where the text begins with none. */
CN_API int cn_okpd2_class(const char *code);

#ifdef __cplusplus
}
#endif
#endif
