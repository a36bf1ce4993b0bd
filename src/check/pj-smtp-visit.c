/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-smtp-visit.h"

#include <string.h>

#include "check/pj-doctor-walk.h"
#include "check/pj-smtp-reply.h"
#include "net/pj-net-error.h"

/* Who says EHLO without a name of its own gives its address (RFC 5321 section
 * 4.1.4). That of the network at home concerns nobody; no server may refuse
 * another. */
#define EHLO "EHLO [127.0.0.1]\r\n"

/* What the steps share. */
typedef struct
{
  PjDoctorWalk walk;
  PjSmtpReply *extensions; /* (owned) (nullable): the last answer to EHLO */
} Visit;

static PjSmtpReply *
ask (PjDoctorWalk *walk, const char *command, GError **error)
{
  pj_connection_queue (walk->connection, command, strlen (command));

  return pj_smtp_reply_read (walk->connection, walk->cancellable, error);
}

static const char *
get_first_line (const PjSmtpReply *reply)
{
  return g_ptr_array_index (reply->lines, 0);
}

/* 421 and its kin pass; 5yz will not (RFC 5321 section 4.2.1). */
static void
set_refused (GError **error, const PjSmtpReply *reply)
{
  gboolean is_passing = reply->code >= 400 && reply->code < 500;

  g_set_error (error, PJ_PROBLEM_ERROR, is_passing ? PJ_PROBLEM_BUSY : PJ_PROBLEM_UNSUPPORTED,
               "The server says: %u %s", reply->code, get_first_line (reply));
}

static char *
hear_greeting (PjDoctorWalk *walk, GError **error)
{
  g_autoptr (PjSmtpReply) reply = pj_smtp_reply_read (walk->connection, walk->cancellable, error);

  if (reply == NULL)
    return NULL;

  if (reply->code != 220)
    {
      set_refused (error, reply);
      return NULL;
    }

  return g_strdup (get_first_line (reply));
}

static char *
describe_extensions (const PjSmtpReply *reply)
{
  GString *text = g_string_new (NULL);

  if (reply->lines->len == 1)
    g_string_append (text, "the server has no extensions; it is an old one");

  for (guint i = 1; i < reply->lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 1 ? ", " : "",
                            (const char *) g_ptr_array_index (reply->lines, i));

  return g_string_free (text, FALSE);
}

static char *
ask_extensions (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
  g_autoptr (PjSmtpReply) reply = ask (walk, EHLO, error);

  if (reply == NULL)
    return NULL;

  if (reply->code != 250)
    {
      set_refused (error, reply);
      return NULL;
    }

  g_clear_pointer (&visit->extensions, pj_smtp_reply_free);
  visit->extensions = g_steal_pointer (&reply);

  return describe_extensions (visit->extensions);
}

/* RFC 3207. */
static char *
start_tls (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
  g_autofree char *offer = pj_smtp_reply_dup_argument (visit->extensions, "STARTTLS");
  g_autoptr (PjSmtpReply) reply = NULL;

  if (offer == NULL)
    {
      g_set_error_literal (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                           "The server does not offer encryption (STARTTLS)");
      return NULL;
    }

  reply = ask (walk, "STARTTLS\r\n", error);
  if (reply == NULL)
    return NULL;

  if (reply->code != 220)
    {
      g_set_error (error, PJ_NET_ERROR, PJ_NET_ERROR_TLS,
                   "The server offers encryption and then refuses it: %u %s", reply->code,
                   get_first_line (reply));
      return NULL;
    }

  return pj_doctor_walk_encrypt (walk, error);
}

/* RFC 4954. */
static char *
list_mechanisms (PjDoctorWalk *walk, GError **error)
{
  const Visit *visit = (const Visit *) walk;
  g_autofree char *mechanisms = pj_smtp_reply_dup_argument (visit->extensions, "AUTH");

  if (mechanisms == NULL || *mechanisms == '\0')
    {
      g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                           "The server offers no way to sign in");
      return NULL;
    }

  return g_steal_pointer (&mechanisms);
}

static const PjDoctorStage reach[] = {
  { "smtp-names", pj_doctor_walk_look_up, NULL, FALSE },
  { "smtp-tcp", pj_doctor_walk_connect, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage tls[] = {
  { "smtp-tls", pj_doctor_walk_encrypt, "smtp-certificate", FALSE },
  { "smtp-certificate", pj_doctor_walk_show_certificate, NULL, FALSE },
  { "smtp-greeting", hear_greeting, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage starttls[] = {
  { "smtp-greeting", hear_greeting, NULL, FALSE },
  { "smtp-ehlo", ask_extensions, NULL, FALSE },
  { "smtp-tls", start_tls, "smtp-certificate", FALSE },
  { "smtp-certificate", pj_doctor_walk_show_certificate, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
/* What was told in plain text does not count: it is asked for again. */
static const PjDoctorStage offers[] = {
  { "smtp-ehlo", ask_extensions, NULL, FALSE },
  { "smtp-auth", list_mechanisms, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};

static void
leave (Visit *visit)
{
  static const char quit[] = "QUIT\r\n";

  if (visit->walk.connection != NULL)
    {
      pj_connection_queue (visit->walk.connection, quit, strlen (quit));
      pj_connection_push (visit->walk.connection);
    }
  g_clear_pointer (&visit->walk.connection, pj_connection_close);
  g_clear_pointer (&visit->extensions, pj_smtp_reply_free);
}

/**
 * pj_smtp_visit_run:
 * @server: how a server that takes mail in is reached, by TLS or STARTTLS; its
 *   user name and password are not looked at
 * @cancellable: (nullable): ends it
 * @error: return location, set when the way was not finished;
 *   %G_IO_ERROR_CANCELLED
 *
 * Goes the way that a mail program goes before it sends, step by step, up to
 * the log-in, and says of each how it went. A step that fails is the last.
 * No mail, no address and no password are sent. Blocks; check thread.
 *
 * Reference: RFC 5321 sections 3.1 and 3.2, RFC 3207, RFC 4954, RFC 8314
 * section 3.3.
 *
 * Returns: (transfer full) (element-type PjDoctorStep): the steps taken
 */
GPtrArray *
pj_smtp_visit_run (const PjMailbox *server, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) stopped = NULL;
  Visit visit = { .walk = { server, "SMTP", cancellable, NULL, NULL } };

  g_return_val_if_fail (server != NULL && server->security != PJ_SECURITY_NONE, NULL);

  visit.walk.steps = steps = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_doctor_step_free);
  if (pj_doctor_walk_take (&visit.walk, reach, &stopped) &&
      pj_doctor_walk_take (&visit.walk, server->security == PJ_SECURITY_TLS ? tls : starttls,
                           &stopped))
    pj_doctor_walk_take (&visit.walk, offers, &stopped);
  leave (&visit);

  if (stopped != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&stopped));
      return NULL;
    }

  return g_steal_pointer (&steps);
}
