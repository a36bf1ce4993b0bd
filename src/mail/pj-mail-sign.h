/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjMailSign:
 * @code: (transfer none): one of PJ_MAIL_WARNING_…; lives as long as the program
 * @reason: (nullable): what was seen, translated where it is words
 *
 * Something about a mail that may be wrong.
 */
typedef struct
{
  const char *code;
  char       *reason;
} PjMailSign;

GPtrArray *pj_mail_sign_list_new (void);
void       pj_mail_sign_list_take (GPtrArray *signs, const char *code, char *reason);
gboolean   pj_mail_sign_list_has (GPtrArray *signs, const char *code);

G_END_DECLS
