/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-session.h"

#include <string.h>

#include "base/pj-secret.h"
#include "demo/pj-demo-session-private.h"

/* A session that was cut is over as soon as its thread notices. */
#define LOCK_WAIT_MS 1000

/* A client hears "Goodbye" within a round trip and leaves. */
#define LEAVE_WAIT_S 2

/* Replies are collected while a client pipelines; more than this is sent. */
#define MAX_COLLECTED_BYTES (64 * 1024)

/**
 * pj_demo_session_reply:
 * @self: the session
 * @format: one line without its end, as for printf()
 *
 * Adds a line to what is sent next.
 */
void
pj_demo_session_reply (PjDemoSession *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->out, format, args);
  va_end (args);
  g_string_append (self->out, "\r\n");
}

static gboolean
send_replies (PjDemoSession *self)
{
  gboolean is_sent = pj_demo_connection_write (self->connection, self->out->str, self->out->len,
                                               self->cancellable, NULL);

  g_string_truncate (self->out, 0);
  return is_sent;
}

static char *
read_line (PjDemoSession *self)
{
  g_autoptr (GError) error = NULL;
  char *line = pj_demo_connection_read_line (self->connection, self->cancellable, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    {
      pj_demo_session_reply (self, "-ERR That line is too long");
      send_replies (self);
    }

  return line;
}

static gboolean
do_capa (PjDemoSession *self, const char *argument)
{
  pj_demo_session_reply (self, "+OK Capability list follows");
  pj_demo_session_reply (self, "TOP");
  pj_demo_session_reply (self, "UIDL");
  pj_demo_session_reply (self, "USER");
  pj_demo_session_reply (self, "SASL PLAIN");
  pj_demo_session_reply (self, "PIPELINING");
  pj_demo_session_reply (self, "RESP-CODES");
  pj_demo_session_reply (self, "AUTH-RESP-CODE");
  if (self->stls_context != NULL && !pj_demo_connection_is_tls (self->connection) &&
      self->maildrop == NULL)
    pj_demo_session_reply (self, "STLS");
  pj_demo_session_reply (self, "IMPLEMENTATION Popinjay-Demo");
  pj_demo_session_reply (self, ".");

  return TRUE;
}

static gboolean
do_stls (PjDemoSession *self, const char *argument)
{
  if (self->stls_context == NULL || pj_demo_connection_is_tls (self->connection))
    {
      pj_demo_session_reply (self, "-ERR There is no TLS to start");
      return TRUE;
    }

  pj_demo_session_reply (self, "+OK Begin TLS negotiation");
  if (!send_replies (self))
    return FALSE;

  /* What was said in plain text is forgotten (RFC 2595 section 4). */
  g_clear_pointer (&self->user, g_free);
  return pj_demo_connection_start_tls (self->connection, self->stls_context, self->cancellable,
                                       NULL);
}

static void
log_in (PjDemoSession *self, const char *user, const char *password)
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
      pj_demo_session_reply (self, "-ERR [AUTH] Wrong user name or password");
      return;
    }

  self->mails = pj_demo_maildrop_lock (maildrop, LOCK_WAIT_MS);
  if (self->mails == NULL)
    {
      pj_demo_session_reply (self, "-ERR [IN-USE] Another session holds this mailbox");
      return;
    }
  self->maildrop = maildrop;
  pj_demo_session_reply (self, "+OK Welcome, %u messages", self->mails->len);
}

static gboolean
do_user (PjDemoSession *self, const char *argument)
{
  g_free (self->user);
  self->user = g_strdup (argument);
  /* The same answer for a user who exists and one who does not. */
  pj_demo_session_reply (self, "+OK");

  return TRUE;
}

static gboolean
do_pass (PjDemoSession *self, const char *argument)
{
  if (self->user == NULL)
    pj_demo_session_reply (self, "-ERR USER comes first");
  else
    log_in (self, self->user, argument);
  g_clear_pointer (&self->user, g_free);

  return TRUE;
}

/* @response is base64 of "[authzid] NUL user NUL password" (RFC 4616). */
static void
log_in_with_plain (PjDemoSession *self, const char *response)
{
  gsize len;
  g_autofree char *message = (char *) g_base64_decode (response, &len);
  const char *user = memchr (message, '\0', len);
  const char *password;

  user = user == NULL ? NULL : user + 1;
  password = user == NULL ? NULL : memchr (user, '\0', message + len - user);
  if (password == NULL)
    {
      pj_demo_session_reply (self, "-ERR That is no PLAIN response");
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
do_auth (PjDemoSession *self, const char *argument)
{
  const char *response;
  char *line;

  if (g_ascii_strncasecmp (argument, "PLAIN", 5) != 0 ||
      (argument[5] != ' ' && argument[5] != '\0'))
    {
      pj_demo_session_reply (self, "-ERR The only mechanism here is PLAIN");
      return TRUE;
    }
  response = argument[5] == '\0' ? "" : argument + 6;
  if (response[0] != '\0')
    {
      log_in_with_plain (self, response);
      return TRUE;
    }

  pj_demo_session_reply (self, "+ ");
  if (!send_replies (self))
    return FALSE;
  line = read_line (self);
  if (line == NULL)
    return FALSE;
  if (strcmp (line, "*") == 0)
    pj_demo_session_reply (self, "-ERR The login was cancelled");
  else
    log_in_with_plain (self, line);
  pj_secret_wipe_string (line);

  return TRUE;
}

/* The maildrop is free before the client hears so: it may come back at once. */
static gboolean
do_quit (PjDemoSession *self, const char *argument)
{
  if (self->maildrop != NULL)
    pj_demo_maildrop_unlock (g_steal_pointer (&self->maildrop), self->deleted);
  pj_demo_session_reply (self, "+OK Goodbye");

  return FALSE;
}

/* The commands of the AUTHORIZATION state (RFC 1939 section 4). */
static const struct
{
  const char *verb;
  PjDemoCommand run;
} login_commands[] = {
  { "STLS", do_stls },
  { "USER", do_user },
  { "PASS", do_pass },
  { "AUTH", do_auth },
};

static PjDemoCommand
find_login_command (const char *verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (login_commands); i++)
    {
      if (g_ascii_strcasecmp (verb, login_commands[i].verb) == 0)
        return login_commands[i].run;
    }

  return NULL;
}

static gboolean
obey (PjDemoSession *self, const char *line)
{
  gsize verb_len = strcspn (line, " ");
  g_autofree char *verb = g_strndup (line, verb_len);
  const char *argument = line[verb_len] == ' ' ? line + verb_len + 1 : "";
  PjDemoCommand login = find_login_command (verb);
  PjDemoCommand transaction = pj_demo_transaction_find_command (verb);
  PjDemoCommand command = self->maildrop == NULL ? login : transaction;

  if (g_ascii_strcasecmp (verb, "CAPA") == 0)
    return do_capa (self, argument);
  if (g_ascii_strcasecmp (verb, "QUIT") == 0)
    return do_quit (self, argument);
  if (command != NULL)
    return command (self, argument);

  if (login != NULL || transaction != NULL)
    pj_demo_session_reply (self, "-ERR Not at this point of the session");
  else
    pj_demo_session_reply (self, "-ERR Unknown command");

  return TRUE;
}

/* Ends at QUIT, or when the client or the server cannot go on. */
static void
talk (PjDemoSession *self)
{
  gboolean goes_on = TRUE;

  pj_demo_session_reply (self, "+OK Popinjay demo server ready");
  while (goes_on)
    {
      char *line;

      if ((!pj_demo_connection_has_line (self->connection) ||
           self->out->len > MAX_COLLECTED_BYTES) &&
          !send_replies (self))
        return;

      line = read_line (self);
      if (line == NULL)
        return;
      goes_on = obey (self, line);
      pj_secret_wipe_string (line);
    }

  send_replies (self);
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
  PjDemoSession self = {
    .connection = connection,
    .maildrops = maildrops,
    .stls_context = stls_context,
    .cancellable = cancellable,
  };

  g_return_if_fail (connection != NULL && maildrops != NULL);

  self.out = g_string_new (NULL);
  self.deleted = g_hash_table_new (NULL, NULL);
  talk (&self);

  /* First of all: who was cut off may be back already. */
  if (self.maildrop != NULL)
    pj_demo_maildrop_unlock (self.maildrop, NULL);
  pj_demo_connection_end_output (connection, PJ_DEMO_CLOSE_CLEAN);
  pj_demo_connection_wait_gone (connection, LEAVE_WAIT_S, cancellable);

  g_hash_table_unref (self.deleted);
  g_clear_pointer (&self.mails, g_ptr_array_unref);
  g_string_free (self.out, TRUE);
  g_free (self.user);
}
