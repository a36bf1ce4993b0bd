/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char      **pj_sign_in_list_mechanisms (void);
const char *pj_sign_in_find_mechanism (const char *name);

G_END_DECLS
