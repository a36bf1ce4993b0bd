/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/pj-account.h"

G_BEGIN_DECLS

/* The response by which the user trusts the certificate. */
#define PJ_TRUST_QUESTION_YES "trust"

GtkWindow  *pj_trust_question_new (GtkWindow  *parent,
                                   PjAccount  *account,
                                   const char *fault,
                                   const char *fingerprint);
const char *pj_trust_question_get_fingerprint (AdwMessageDialog *self);

G_END_DECLS
