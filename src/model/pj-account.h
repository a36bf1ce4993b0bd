/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/pj-security.h"
#include "model/pj-problem.h"

G_BEGIN_DECLS

/* Polling faster than this gets accounts locked (OVH cuts off under 60 s). */
#define PJ_ACCOUNT_MIN_INTERVAL_S 60
#define PJ_ACCOUNT_MAX_INTERVAL_S 86400
#define PJ_ACCOUNT_DEFAULT_INTERVAL_S 300

#define PJ_TYPE_ACCOUNT (pj_account_get_type ())
G_DECLARE_FINAL_TYPE (PjAccount, pj_account, PJ, ACCOUNT, GObject)

PjAccount  *pj_account_new (const char *id);
PjAccount  *pj_account_new_copy (PjAccount *other);
void        pj_account_take_settings (PjAccount *self, PjAccount *other);
gboolean    pj_account_is_valid (PjAccount *self, GError **error);
const char *pj_account_get_id (PjAccount *self);
const char *pj_account_get_name (PjAccount *self);
const char *pj_account_get_server (PjAccount *self);
guint16     pj_account_get_port (PjAccount *self);
PjSecurity  pj_account_get_security (PjAccount *self);
const char *pj_account_get_user (PjAccount *self);
const char *pj_account_get_mechanism (PjAccount *self);
const char *pj_account_get_password_command (PjAccount *self);
const char *pj_account_get_token_command (PjAccount *self);
const char *pj_account_get_client_certificate (PjAccount *self);
const char *pj_account_get_ca_file (PjAccount *self);
const char *pj_account_get_pin (PjAccount *self);
const char *pj_account_get_pin_summary (PjAccount *self);
gboolean    pj_account_signs_in_like (PjAccount *self, PjAccount *other);
gboolean    pj_account_needs_password (PjAccount *self);
guint       pj_account_get_interval_s (PjAccount *self);
gboolean    pj_account_may_fetch_whole (PjAccount *self);
gboolean    pj_account_is_checking (PjAccount *self);
PjProblem  *pj_account_get_problem (PjAccount *self);
gboolean    pj_account_has_worked (PjAccount *self);
gint64      pj_account_get_last_success (PjAccount *self);
gint64      pj_account_get_next_due (PjAccount *self);
guint       pj_account_get_messages (PjAccount *self);
guint64     pj_account_get_octets (PjAccount *self);
gboolean    pj_account_has_uids (PjAccount *self);
const char *pj_account_get_authserv_id (PjAccount *self);
guint       pj_account_get_new_count (PjAccount *self);

G_END_DECLS
