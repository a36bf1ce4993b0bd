/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/pj-mail-context.h"
#include "model/pj-message.h"

G_BEGIN_DECLS

PjMessage *pj_mail_headers_parse (const char    *account_id,
                                  const char    *uid,
                                  guint64        octets,
                                  GBytes        *head,
                                  PjMailContext *context,
                                  char         **authserv_id);

G_END_DECLS
