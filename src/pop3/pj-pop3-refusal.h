/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     pj_pop3_refusal_sort (GError *refusal, gboolean is_judged, gboolean has_auth_codes);
gboolean pj_pop3_refusal_leads_on (const GError *refusal, gboolean is_judged);
void     pj_pop3_refusal_conclude (GError *refusal, gboolean is_judged);

G_END_DECLS
