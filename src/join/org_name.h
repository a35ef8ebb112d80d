/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of bodies, brought to the form in which they are compared: docs/merge.md has the rules in words. */
#ifndef CN_JOIN_ORG_NAME_H
#define CN_JOIN_ORG_NAME_H

#include "coopnet/base.h"

typedef enum cn__org_family {
    CN__FORM_NONE = 0,
    CN__FORM_LIMITED,
    CN__FORM_STOCK,
    CN__FORM_SOLE,
    CN__FORM_FARM,
    CN__FORM_UNITARY,
    CN__FORM_INSTITUTION,
    CN__FORM_NONPROFIT,
    CN__FORM_GMBH,
    CN__FORM_AG,
    CN__FORM_INCORPORATED,
    CN__FORM_PLC,
    CN__FORM_LLP,
    CN__FORM_SA,
    CN__FORM_SPA,
    CN__FORM_NV,
    CN__FORM_NORDIC,
    CN__FORM_CZECH
} cn__org_family;

/* Reused from name to name; `{0}` to init. */
typedef struct cn__org_name {
    cn_buf words; /* without the legal form, with single blanks between; "" only of a name without letters and digits */
    cn_buf key;   /* the same without blanks: equal keys are the same name */
    cn__org_family form;
    cn_buf codes; /* work space */
    cn_buf spelled;
    cn_buf all;
} cn__org_name;

/* Read a name. False: no memory. Linear in the name. */
bool cn__org_name_read(cn__org_name *name, const char *text);
void cn__org_name_release(cn__org_name *name);

#endif
