/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "pop3/pj-pop3-credentials.h"

G_BEGIN_DECLS

char *pj_pop3_oauth_dup_xoauth2 (const PjPop3Credentials *credentials);
char *pj_pop3_oauth_dup_oauthbearer (const PjPop3Credentials *credentials, GError **error);
char *pj_pop3_oauth_explain_failure (const char *json, gsize len);

G_END_DECLS
