/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PjMailBrand PjMailBrand;

const PjMailBrand *pj_mail_brand_find_in_name (const char *name);
const PjMailBrand *pj_mail_brand_find_owner (const char *ascii);
const char        *pj_mail_brand_get_name (const PjMailBrand *self);
char              *pj_mail_brand_dup_domain (const PjMailBrand *self);
gboolean           pj_mail_brand_owns (const PjMailBrand *self, const char *ascii);

G_END_DECLS
