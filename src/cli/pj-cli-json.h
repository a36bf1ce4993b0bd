/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "model/pj-account.h"
#include "model/pj-delete-receipt.h"
#include "model/pj-doctor-step.h"
#include "model/pj-mail-text.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

void pj_cli_json_add_date (JsonBuilder *builder, gint64 date);
void pj_cli_json_add_string (JsonBuilder *builder, const char *text);
void pj_cli_json_add_error (JsonBuilder *builder, PjProblemCode code, const char *text);
void pj_cli_json_add_message (JsonBuilder *builder, PjMessage *message, const char *account);
void pj_cli_json_add_account_members (JsonBuilder *builder, PjAccount *account);
void pj_cli_json_add_attachment (JsonBuilder *builder, const PjMailAttachment *attachment);
void
pj_cli_json_add_saved (JsonBuilder *builder, const PjMailAttachment *attachment, const char *path);
void  pj_cli_json_add_mail (JsonBuilder *builder, const PjMailText *mail);
void  pj_cli_json_add_receipt (JsonBuilder *builder, const PjDeleteReceipt *receipt);
void  pj_cli_json_add_step (JsonBuilder *builder, const PjDoctorStep *step, const char *remedy);
char *pj_cli_json_to_string (JsonBuilder *builder);

G_END_DECLS
