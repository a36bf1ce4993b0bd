/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-session-private.h"

#include "demo/pj-demo-lines.h"

/* The commands of a session that holds a maildrop (RFC 1939 section 5). */

/* Returns: (transfer none) (nullable): the mail with the number in @text;
 * when there is none the client has been told so. */
static PjDemoMail *
find_mail (PjDemoSession *self, const char *text, guint *number)
{
  guint64 n;
  PjDemoMail *mail = NULL;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &n, NULL) && n <= self->mails->len)
    mail = g_ptr_array_index (self->mails, n - 1);

  if (mail == NULL)
    {
      pj_demo_session_reply (self, "-ERR There is no such message");
      return NULL;
    }
  if (g_hash_table_contains (self->deleted, mail))
    {
      pj_demo_session_reply (self, "-ERR That message is deleted");
      return NULL;
    }

  *number = (guint) n;
  return mail;
}

static gboolean
do_stat (PjDemoSession *self, const char *argument)
{
  gsize octets = 0;
  guint count = 0;

  for (guint i = 0; i < self->mails->len; i++)
    {
      PjDemoMail *mail = g_ptr_array_index (self->mails, i);

      if (!g_hash_table_contains (self->deleted, mail))
        {
          octets += g_bytes_get_size (pj_demo_mail_get_bytes (mail));
          count++;
        }
    }
  pj_demo_session_reply (self, "+OK %u %" G_GSIZE_FORMAT, count, octets);

  return TRUE;
}

static void
reply_size (PjDemoSession *self, const char *prefix, guint number, PjDemoMail *mail)
{
  pj_demo_session_reply (self, "%s%u %" G_GSIZE_FORMAT, prefix, number,
                         g_bytes_get_size (pj_demo_mail_get_bytes (mail)));
}

static void
reply_uid (PjDemoSession *self, const char *prefix, guint number, PjDemoMail *mail)
{
  pj_demo_session_reply (self, "%s%u %s", prefix, number, pj_demo_mail_get_uid (mail));
}

/* LIST and UIDL have the same two forms. */
static void
reply_about (PjDemoSession *self,
             const char *argument,
             void (*reply_one) (PjDemoSession *, const char *, guint, PjDemoMail *))
{
  guint number;

  if (argument[0] != '\0')
    {
      PjDemoMail *mail = find_mail (self, argument, &number);

      if (mail != NULL)
        reply_one (self, "+OK ", number, mail);
      return;
    }

  pj_demo_session_reply (self, "+OK");
  for (guint i = 0; i < self->mails->len; i++)
    {
      PjDemoMail *mail = g_ptr_array_index (self->mails, i);

      if (!g_hash_table_contains (self->deleted, mail))
        reply_one (self, "", i + 1, mail);
    }
  pj_demo_session_reply (self, ".");
}

static gboolean
do_list (PjDemoSession *self, const char *argument)
{
  reply_about (self, argument, reply_size);
  return TRUE;
}

static gboolean
do_uidl (PjDemoSession *self, const char *argument)
{
  reply_about (self, argument, reply_uid);
  return TRUE;
}

static gboolean
do_top (PjDemoSession *self, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  PjDemoMail *mail;
  guint64 body_lines;
  const char *bytes;
  guint number;
  gsize len;

  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT64, &body_lines, NULL))
    {
      pj_demo_session_reply (self, "-ERR TOP takes a message and a number of lines");
      return TRUE;
    }
  mail = find_mail (self, words[0], &number);
  if (mail == NULL)
    return TRUE;

  bytes = g_bytes_get_data (pj_demo_mail_get_bytes (mail), &len);
  pj_demo_session_reply (self, "+OK");
  pj_demo_lines_append_stuffed (self->out, bytes,
                                pj_demo_lines_get_top_len (bytes, len, body_lines));
  pj_demo_session_reply (self, ".");

  return TRUE;
}

static gboolean
do_retr (PjDemoSession *self, const char *argument)
{
  guint number;
  PjDemoMail *mail = find_mail (self, argument, &number);
  const char *bytes;
  gsize len;

  if (mail == NULL)
    return TRUE;

  bytes = g_bytes_get_data (pj_demo_mail_get_bytes (mail), &len);
  pj_demo_session_reply (self, "+OK %" G_GSIZE_FORMAT " octets", len);
  pj_demo_lines_append_stuffed (self->out, bytes, len);
  pj_demo_session_reply (self, ".");

  return TRUE;
}

static gboolean
do_dele (PjDemoSession *self, const char *argument)
{
  guint number;
  PjDemoMail *mail = find_mail (self, argument, &number);

  if (mail != NULL)
    {
      g_hash_table_add (self->deleted, mail);
      pj_demo_session_reply (self, "+OK Message %u will be deleted", number);
    }

  return TRUE;
}

static gboolean
do_noop (PjDemoSession *self, const char *argument)
{
  pj_demo_session_reply (self, "+OK");
  return TRUE;
}

static gboolean
do_rset (PjDemoSession *self, const char *argument)
{
  g_hash_table_remove_all (self->deleted);
  pj_demo_session_reply (self, "+OK Nothing will be deleted");

  return TRUE;
}

static const struct
{
  const char *verb;
  PjDemoCommand run;
} commands[] = {
  { "STAT", do_stat }, { "LIST", do_list }, { "UIDL", do_uidl }, { "TOP", do_top },
  { "RETR", do_retr }, { "DELE", do_dele }, { "NOOP", do_noop }, { "RSET", do_rset },
};

/**
 * pj_demo_transaction_find_command:
 * @verb: the first word of a line, in any case
 *
 * Returns: (nullable): what obeys it; %NULL when it is no command of the
 *   TRANSACTION state
 */
PjDemoCommand
pj_demo_transaction_find_command (const char *verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_ascii_strcasecmp (verb, commands[i].verb) == 0)
        return commands[i].run;
    }

  return NULL;
}
