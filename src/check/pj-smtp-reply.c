/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-smtp-reply.h"

#include <string.h>

#include "model/pj-problem.h"

/* The longest EHLO answers have twenty lines. */
#define MAX_LINES 100

/**
 * pj_smtp_reply_parse_line:
 * @line: a line of a server, without its end; may hold any byte
 * @len: bytes in @line
 * @code: (out): 200 to 599; set on success
 * @is_last: (out): whether the reply ends here; set on success
 * @text: (out) (transfer full): what stands behind the code; set on success
 *
 * Reference: RFC 5321 sections 4.2 and 4.2.1.
 *
 * Returns: whether this is a line of a reply
 */
gboolean
pj_smtp_reply_parse_line (const char *line, gsize len, guint *code, gboolean *is_last, char **text)
{
  g_return_val_if_fail (line != NULL || len == 0, FALSE);
  g_return_val_if_fail (code != NULL && is_last != NULL && text != NULL, FALSE);

  if (len < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit (line[1]) ||
      !g_ascii_isdigit (line[2]))
    return FALSE;

  if (len > 3 && line[3] != ' ' && line[3] != '-')
    return FALSE;

  *code = (guint) (g_ascii_digit_value (line[0]) * 100 + g_ascii_digit_value (line[1]) * 10 +
                   g_ascii_digit_value (line[2]));
  *is_last = len == 3 || line[3] == ' ';
  *text = len > 4 ? g_strndup (line + 4, len - 4) : g_strdup ("");

  return TRUE;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_PROTOCOL,
                       "The server does not answer as one that takes mail in (SMTP)");
  return FALSE;
}

/* Returns: FALSE with @error set */
static gboolean
read_line (PjSmtpReply *self,
           PjConnection *connection,
           gboolean *is_last,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *text = NULL;
  PjLine line;
  guint code;

  if (!pj_connection_read_line (connection, &line, cancellable, error))
    return FALSE;

  if (line.end_len == 0 || self->lines->len >= MAX_LINES ||
      !pj_smtp_reply_parse_line (line.bytes, line.len, &code, is_last, &text))
    return fail (error);

  if (self->lines->len > 0 && code != self->code)
    return fail (error);

  self->code = code;
  g_ptr_array_add (self->lines, g_steal_pointer (&text));

  return TRUE;
}

/**
 * pj_smtp_reply_read:
 * @connection: where one is expected
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_PROBLEM_PROTOCOL for what is none, errors of
 *   pj_connection_read_line()
 *
 * Blocks until a whole reply is there.
 *
 * Returns: (transfer full): the reply
 */
PjSmtpReply *
pj_smtp_reply_read (PjConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjSmtpReply) self = NULL;
  gboolean is_last = FALSE;

  g_return_val_if_fail (connection != NULL, NULL);

  self = g_new0 (PjSmtpReply, 1);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  while (!is_last)
    {
      if (!read_line (self, connection, &is_last, cancellable, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * pj_smtp_reply_free: (skip)
 * @self: (transfer full) (nullable): the reply
 */
void
pj_smtp_reply_free (PjSmtpReply *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * pj_smtp_reply_dup_argument:
 * @self: the answer to EHLO
 * @keyword: an extension, in capitals
 *
 * An old draft, which Microsoft's servers and others follow beside the
 * standard, has "=" behind the keyword AUTH.
 *
 * Reference: RFC 5321 section 4.1.1.1.
 *
 * Returns: (transfer full) (nullable): what stands behind the keyword, may be
 *   ""; %NULL when the server does not have the extension
 */
char *
pj_smtp_reply_dup_argument (const PjSmtpReply *self, const char *keyword)
{
  gsize len;

  g_return_val_if_fail (self != NULL && keyword != NULL, NULL);

  len = strlen (keyword);
  /* The first line is the server's name. */
  for (guint i = 1; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);

      if (g_ascii_strncasecmp (line, keyword, len) == 0 && strchr (" =", line[len]) != NULL)
        return line[len] != '\0' ? g_strstrip (g_strdup (line + len + 1)) : g_strdup ("");
    }

  return NULL;
}
