/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

#define PJ_TYPE_ACCOUNT_ADVANCED (pj_account_advanced_get_type ())
G_DECLARE_FINAL_TYPE (PjAccountAdvanced, pj_account_advanced, PJ, ACCOUNT_ADVANCED, AdwExpanderRow)

void       pj_account_advanced_show (PjAccountAdvanced *self, PjAccount *account);
void       pj_account_advanced_apply (PjAccountAdvanced *self, PjAccount *draft);
GtkWidget *pj_account_advanced_get_sign_in_row (PjAccountAdvanced *self);
void       pj_account_advanced_trust (PjAccountAdvanced *self, const char *fingerprint);
void       pj_account_advanced_note_certificate (PjAccountAdvanced *self, const char *summary);

G_END_DECLS
