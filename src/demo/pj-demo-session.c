/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-session.h"

#include <string.h>

#include "base/pj-secret.h"
#include "demo/pj-demo-lines.h"
#include "demo/pj-demo-maildrop.h"

/* A session that was cut is over as soon as its thread notices. */
#define LOCK_WAIT_MS 1000

/* A client hears "Goodbye" within a round trip and leaves. */
#define LEAVE_WAIT_S 2

/* Replies are collected while a client pipelines; more than this is sent. */
#define MAX_COLLECTED_BYTES (64 * 1024)

typedef enum
{
  IN_AUTHORIZATION = 1 << 0,
  IN_TRANSACTION = 1 << 1,
} State;

typedef struct
{
  /* Owned */
  GString *out;        /* replies not sent yet */
  char *user;          /* (nullable): of the last USER */
  GPtrArray *mails;    /* (nullable): of PjDemoMail, as they were at the login */
  GHashTable *deleted; /* set of the PjDemoMail with DELE, borrowed from @mails */

  /* Borrowed */
  PjDemoConnection *connection;
  PjDemoMaildrop *maildrop; /* (nullable): the one we hold */
  GPtrArray *maildrops;
  SSL_CTX *stls_context;
  GCancellable *cancellable;
} Session;

static void G_GNUC_PRINTF (2, 3) reply (Session *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->out, format, args);
  va_end (args);
  g_string_append (self->out, "\r\n");
}

static gboolean
send_replies (Session *self)
{
  gboolean is_sent = pj_demo_connection_write (self->connection, self->out->str, self->out->len,
                                               self->cancellable, NULL);

  g_string_truncate (self->out, 0);
  return is_sent;
}

static char *
read_line (Session *self)
{
  g_autoptr (GError) error = NULL;
  char *line = pj_demo_connection_read_line (self->connection, self->cancellable, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      reply (self, "-ERR That line is too long");
      send_replies (self);
    }

  return line;
}

/* A command returns whether the session goes on. */
typedef gboolean (*Command) (Session *self, const char *argument);

static gboolean
do_capa (Session *self, const char *argument)
{
  reply (self, "+OK Capability list follows");
  reply (self, "TOP");
  reply (self, "UIDL");
  reply (self, "USER");
  reply (self, "SASL PLAIN");
  reply (self, "PIPELINING");
  reply (self, "RESP-CODES");
  reply (self, "AUTH-RESP-CODE");
  if (self->stls_context != NULL && !pj_demo_connection_is_tls (self->connection) &&
      self->maildrop == NULL)
    reply (self, "STLS");
  reply (self, "IMPLEMENTATION Popinjay-Demo");
  reply (self, ".");

  return TRUE;
}

static gboolean
do_stls (Session *self, const char *argument)
{
  if (self->stls_context == NULL || pj_demo_connection_is_tls (self->connection))
    {
      reply (self, "-ERR There is no TLS to start");
      return TRUE;
    }

  reply (self, "+OK Begin TLS negotiation");
  if (!send_replies (self))
    return FALSE;

  /* What was said in plain text is forgotten (RFC 2595 section 4). */
  g_clear_pointer (&self->user, g_free);
  return pj_demo_connection_start_tls (self->connection, self->stls_context, self->cancellable,
                                       NULL);
}

static void
log_in (Session *self, const char *user, const char *password)
{
  PjDemoMaildrop *maildrop = NULL;

  for (guint i = 0; i < self->maildrops->len && maildrop == NULL; i++)
    {
      PjDemoMaildrop *candidate = g_ptr_array_index (self->maildrops, i);

      if (pj_demo_maildrop_admits (candidate, user, password))
        maildrop = candidate;
    }
  if (maildrop == NULL)
    {
      reply (self, "-ERR [AUTH] Wrong user name or password");
      return;
    }

  self->mails = pj_demo_maildrop_lock (maildrop, LOCK_WAIT_MS);
  if (self->mails == NULL)
    {
      reply (self, "-ERR [IN-USE] Another session holds this mailbox");
      return;
    }
  self->maildrop = maildrop;
  reply (self, "+OK Welcome, %u messages", self->mails->len);
}

static gboolean
do_user (Session *self, const char *argument)
{
  g_free (self->user);
  self->user = g_strdup (argument);
  /* The same answer for a user who exists and one who does not. */
  reply (self, "+OK");

  return TRUE;
}

static gboolean
do_pass (Session *self, const char *argument)
{
  if (self->user == NULL)
    reply (self, "-ERR USER comes first");
  else
    log_in (self, self->user, argument);
  g_clear_pointer (&self->user, g_free);

  return TRUE;
}

/* @response is base64 of "[authzid] NUL user NUL password" (RFC 4616). */
static void
log_in_with_plain (Session *self, const char *response)
{
  gsize len;
  g_autofree char *message = (char *) g_base64_decode (response, &len);
  const char *user = memchr (message, '\0', len);
  const char *password;

  user = user == NULL ? NULL : user + 1;
  password = user == NULL ? NULL : memchr (user, '\0', message + len - user);
  if (password == NULL)
    {
      reply (self, "-ERR That is no PLAIN response");
    }
  else
    {
      /* The byte after the last one is not ours: copy, to end with NUL. */
      char *secret = g_strndup (password + 1, message + len - (password + 1));

      log_in (self, user, secret);
      pj_secret_wipe_string (secret);
    }
  explicit_bzero (message, len);
}

static gboolean
do_auth (Session *self, const char *argument)
{
  const char *response;
  char *line;

  if (g_ascii_strncasecmp (argument, "PLAIN", 5) != 0 ||
      (argument[5] != ' ' && argument[5] != '\0'))
    {
      reply (self, "-ERR The only mechanism here is PLAIN");
      return TRUE;
    }
  response = argument[5] == '\0' ? "" : argument + 6;
  if (response[0] != '\0')
    {
      log_in_with_plain (self, response);
      return TRUE;
    }

  reply (self, "+ ");
  if (!send_replies (self))
    return FALSE;
  line = read_line (self);
  if (line == NULL)
    return FALSE;
  if (strcmp (line, "*") == 0)
    reply (self, "-ERR The login was cancelled");
  else
    log_in_with_plain (self, line);
  pj_secret_wipe_string (line);

  return TRUE;
}

/* Returns: (transfer none) (nullable): the mail with the number in @text;
 * when there is none the client has been told so. */
static PjDemoMail *
find_mail (Session *self, const char *text, guint *number)
{
  guint64 n;
  PjDemoMail *mail = NULL;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT, &n, NULL) && n <= self->mails->len)
    mail = g_ptr_array_index (self->mails, n - 1);

  if (mail == NULL)
    {
      reply (self, "-ERR There is no such message");
      return NULL;
    }
  if (g_hash_table_contains (self->deleted, mail))
    {
      reply (self, "-ERR That message is deleted");
      return NULL;
    }

  *number = (guint) n;
  return mail;
}

static gboolean
do_stat (Session *self, const char *argument)
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
  reply (self, "+OK %u %" G_GSIZE_FORMAT, count, octets);

  return TRUE;
}

static void
reply_size (Session *self, const char *prefix, guint number, PjDemoMail *mail)
{
  reply (self, "%s%u %" G_GSIZE_FORMAT, prefix, number,
         g_bytes_get_size (pj_demo_mail_get_bytes (mail)));
}

static void
reply_uid (Session *self, const char *prefix, guint number, PjDemoMail *mail)
{
  reply (self, "%s%u %s", prefix, number, pj_demo_mail_get_uid (mail));
}

/* LIST and UIDL have the same two forms. */
static void
reply_about (Session *self,
             const char *argument,
             void (*reply_one) (Session *, const char *, guint, PjDemoMail *))
{
  guint number;

  if (argument[0] != '\0')
    {
      PjDemoMail *mail = find_mail (self, argument, &number);

      if (mail != NULL)
        reply_one (self, "+OK ", number, mail);
      return;
    }

  reply (self, "+OK");
  for (guint i = 0; i < self->mails->len; i++)
    {
      PjDemoMail *mail = g_ptr_array_index (self->mails, i);

      if (!g_hash_table_contains (self->deleted, mail))
        reply_one (self, "", i + 1, mail);
    }
  reply (self, ".");
}

static gboolean
do_list (Session *self, const char *argument)
{
  reply_about (self, argument, reply_size);
  return TRUE;
}

static gboolean
do_uidl (Session *self, const char *argument)
{
  reply_about (self, argument, reply_uid);
  return TRUE;
}

static gboolean
do_top (Session *self, const char *argument)
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
      reply (self, "-ERR TOP takes a message and a number of lines");
      return TRUE;
    }
  mail = find_mail (self, words[0], &number);
  if (mail == NULL)
    return TRUE;

  bytes = g_bytes_get_data (pj_demo_mail_get_bytes (mail), &len);
  reply (self, "+OK");
  pj_demo_lines_append_stuffed (self->out, bytes,
                                pj_demo_lines_get_top_len (bytes, len, body_lines));
  reply (self, ".");

  return TRUE;
}

static gboolean
do_retr (Session *self, const char *argument)
{
  guint number;
  PjDemoMail *mail = find_mail (self, argument, &number);
  const char *bytes;
  gsize len;

  if (mail == NULL)
    return TRUE;

  bytes = g_bytes_get_data (pj_demo_mail_get_bytes (mail), &len);
  reply (self, "+OK %" G_GSIZE_FORMAT " octets", len);
  pj_demo_lines_append_stuffed (self->out, bytes, len);
  reply (self, ".");

  return TRUE;
}

static gboolean
do_dele (Session *self, const char *argument)
{
  guint number;
  PjDemoMail *mail = find_mail (self, argument, &number);

  if (mail != NULL)
    {
      g_hash_table_add (self->deleted, mail);
      reply (self, "+OK Message %u will be deleted", number);
    }

  return TRUE;
}

static gboolean
do_noop (Session *self, const char *argument)
{
  reply (self, "+OK");
  return TRUE;
}

static gboolean
do_rset (Session *self, const char *argument)
{
  g_hash_table_remove_all (self->deleted);
  reply (self, "+OK Nothing will be deleted");

  return TRUE;
}

/* The maildrop is free before the client hears so: it may come back at once. */
static gboolean
do_quit (Session *self, const char *argument)
{
  if (self->maildrop != NULL)
    pj_demo_maildrop_unlock (g_steal_pointer (&self->maildrop), self->deleted);
  reply (self, "+OK Goodbye");

  return FALSE;
}

static const struct
{
  const char *verb;
  State states;
  Command run;
} commands[] = {
  { "CAPA", IN_AUTHORIZATION | IN_TRANSACTION, do_capa },
  { "STLS", IN_AUTHORIZATION, do_stls },
  { "USER", IN_AUTHORIZATION, do_user },
  { "PASS", IN_AUTHORIZATION, do_pass },
  { "AUTH", IN_AUTHORIZATION, do_auth },
  { "STAT", IN_TRANSACTION, do_stat },
  { "LIST", IN_TRANSACTION, do_list },
  { "UIDL", IN_TRANSACTION, do_uidl },
  { "TOP", IN_TRANSACTION, do_top },
  { "RETR", IN_TRANSACTION, do_retr },
  { "DELE", IN_TRANSACTION, do_dele },
  { "NOOP", IN_TRANSACTION, do_noop },
  { "RSET", IN_TRANSACTION, do_rset },
  { "QUIT", IN_AUTHORIZATION | IN_TRANSACTION, do_quit },
};

static gboolean
obey (Session *self, const char *line)
{
  State state = self->maildrop == NULL ? IN_AUTHORIZATION : IN_TRANSACTION;
  gsize verb_len = strcspn (line, " ");
  const char *argument = line[verb_len] == ' ' ? line + verb_len + 1 : "";

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strlen (commands[i].verb) != verb_len ||
          g_ascii_strncasecmp (line, commands[i].verb, verb_len) != 0)
        continue;

      if ((commands[i].states & state) != 0)
        return commands[i].run (self, argument);

      reply (self, "-ERR Not at this point of the session");
      return TRUE;
    }

  reply (self, "-ERR Unknown command");
  return TRUE;
}

/* Returns: whether the session ended in good order. */
static gboolean
talk (Session *self)
{
  gboolean goes_on = TRUE;

  reply (self, "+OK Popinjay demo server ready");
  while (goes_on)
    {
      char *line;

      if ((!pj_demo_connection_has_line (self->connection) ||
           self->out->len > MAX_COLLECTED_BYTES) &&
          !send_replies (self))
        return FALSE;

      line = read_line (self);
      if (line == NULL)
        return FALSE;
      goes_on = obey (self, line);
      pj_secret_wipe_string (line);
    }

  return send_replies (self);
}

/**
 * pj_demo_session_run:
 * @connection: a client that has just come
 * @maildrops: (element-type PjDemoMaildrop): the mailboxes of the server
 * @stls_context: (nullable): for STLS; %NULL where it is not offered
 * @cancellable: ends the session at any point
 *
 * Serves one POP3 session from the greeting to the end of the connection.
 * Deletes what QUIT confirms and nothing else. Blocks.
 *
 * Reference: RFC 1939; RFC 2449 (CAPA, PIPELINING, RESP-CODES), RFC 2595
 * (STLS), RFC 3206 (AUTH-RESP-CODE), RFC 5034 (AUTH)
 */
void
pj_demo_session_run (PjDemoConnection *connection,
                     GPtrArray *maildrops,
                     SSL_CTX *stls_context,
                     GCancellable *cancellable)
{
  Session self = {
    .out = g_string_new (NULL),
    .deleted = g_hash_table_new (NULL, NULL),
    .connection = connection,
    .maildrops = maildrops,
    .stls_context = stls_context,
    .cancellable = cancellable,
  };

  g_return_if_fail (connection != NULL && maildrops != NULL);

  if (talk (&self))
    {
      pj_demo_connection_end_output (connection, PJ_DEMO_CLOSE_CLEAN);
      pj_demo_connection_wait_gone (connection, LEAVE_WAIT_S, cancellable);
    }

  if (self.maildrop != NULL)
    pj_demo_maildrop_unlock (self.maildrop, NULL);
  g_hash_table_unref (self.deleted);
  g_clear_pointer (&self.mails, g_ptr_array_unref);
  g_string_free (self.out, TRUE);
  g_free (self.user);
}
