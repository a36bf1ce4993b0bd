/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/pj-connection.h"

G_BEGIN_DECLS

/**
 * PjSmtpReply:
 * @code: 200 to 599
 * @lines: of char *, at least one: what stands behind the code, as the server
 *   wrote it, NUL bytes left out
 *
 * One answer of a mail server that takes mail in.
 */
typedef struct
{
  guint      code;
  GPtrArray *lines;
} PjSmtpReply;

gboolean
pj_smtp_reply_parse_line (const char *line, gsize len, guint *code, gboolean *is_last, char **text);
PjSmtpReply       *
pj_smtp_reply_read (PjConnection *connection, GCancellable *cancellable, GError **error);
void  pj_smtp_reply_free (PjSmtpReply *self);
char *pj_smtp_reply_dup_argument (const PjSmtpReply *self, const char *keyword);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjSmtpReply, pj_smtp_reply_free)

G_END_DECLS
