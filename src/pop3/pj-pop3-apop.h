/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/pj-secret.h"

G_BEGIN_DECLS

char *pj_pop3_apop_dup_stamp (const char *greeting);
char *pj_pop3_apop_dup_digest (const char *stamp, const PjSecret *secret);

G_END_DECLS
