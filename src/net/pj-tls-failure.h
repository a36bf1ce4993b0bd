/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pj_tls_failure_explain (unsigned long code);

G_END_DECLS
