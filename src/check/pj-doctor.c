/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-doctor.h"

#include "check/pj-check-problem.h"
#include "check/pj-mailbox-lock.h"
#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-fetch.h"
#include "pop3/pj-pop3-login.h"
#include "pop3/pj-pop3-survey.h"

/* What the steps share. Each step leaves what it made here for the next. */
typedef struct
{
  const PjMailbox *mailbox;
  GCancellable *cancellable; /* (borrowed) (nullable) */
  GPtrArray *steps;          /* of PjDoctorStep */

  PjConnection *connection; /* (owned) until a session has it */
  PjPop3Session *session;   /* (owned) */
  PjPop3Survey *survey;     /* (owned) */
} Visit;

/* Does one thing and says what it found; (transfer full) or NULL with @error. */
typedef char *(*StepFunc) (Visit *visit, GError **error);

typedef struct
{
  const char *name;
  StepFunc run;
} Step;

static char *
look_up (Visit *visit, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList *addresses =
      g_resolver_lookup_by_name (resolver, visit->mailbox->host, visit->cancellable, error);
  GString *text;

  if (addresses == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (GList *link = addresses; link != NULL; link = link->next)
    {
      g_autofree char *address = g_inet_address_to_string (link->data);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", address);
    }
  g_resolver_free_addresses (addresses);

  return g_string_free (text, FALSE);
}

static char *
connect_to (Visit *visit, GError **error)
{
  const PjMailbox *mailbox = visit->mailbox;

  visit->connection = pj_connection_open (mailbox->host, mailbox->port, &mailbox->limits,
                                          visit->cancellable, error);
  if (visit->connection == NULL)
    return NULL;

  return g_strdup_printf ("connected to port %u", mailbox->port);
}

static char *
encrypt (Visit *visit, GError **error)
{
  if (!pj_connection_start_tls (visit->connection, visit->mailbox->tls, visit->cancellable, error))
    return NULL;

  return pj_connection_dup_protocol (visit->connection);
}

static char *
encrypt_session (Visit *visit, GError **error)
{
  if (!pj_pop3_session_start_tls (visit->session, visit->mailbox->tls, visit->cancellable, error))
    return NULL;

  return pj_connection_dup_protocol (pj_pop3_session_get_connection (visit->session));
}

static PjConnection *
current_connection (Visit *visit)
{
  return visit->session != NULL ? pj_pop3_session_get_connection (visit->session)
                                : visit->connection;
}

static char *
show_certificate (Visit *visit, GError **error)
{
  return pj_connection_dup_certificate (current_connection (visit));
}

static char *
hear_greeting (Visit *visit, GError **error)
{
  visit->session =
      pj_pop3_session_new (g_steal_pointer (&visit->connection), visit->mailbox->security);
  if (!pj_pop3_session_greet (visit->session, visit->cancellable, error))
    return NULL;

  return g_strdup (pj_pop3_session_get_greeting (visit->session));
}

static char *
ask_capabilities (Visit *visit, GError **error)
{
  const PjPop3Capabilities *told;

  if (!pj_pop3_session_ask_capabilities (visit->session, visit->cancellable, error))
    return NULL;

  told = pj_pop3_session_get_capabilities (visit->session);
  if (pj_pop3_capabilities_is_empty (told))
    return g_strdup ("the server does not tell; it is an old one");

  return pj_pop3_capabilities_to_string (told);
}

static char *
log_in (Visit *visit, GError **error)
{
  g_autoptr (PjPop3Credentials) credentials = pj_mailbox_dup_credentials (visit->mailbox);
  const char *mechanism = NULL;

  if (!pj_pop3_login (visit->session, credentials, &mechanism, visit->cancellable, error) ||
      !pj_pop3_session_ask_capabilities (visit->session, visit->cancellable, error))
    return NULL;

  return g_strdup_printf ("logged in as %s by %s", visit->mailbox->user, mechanism);
}

static char *
count (Visit *visit, GError **error)
{
  visit->survey = pj_pop3_survey_take_uids (visit->session, visit->cancellable, error);
  if (visit->survey == NULL)
    return NULL;

  return g_strdup_printf ("%u messages, %" G_GUINT64_FORMAT " octets", visit->survey->count,
                          visit->survey->octets);
}

static char *
judge_uids (Visit *visit, GError **error)
{
  guint missing = 0;

  if (!visit->survey->has_uids)
    {
      g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED,
                           "The server has no UIDL: messages can be counted, not followed");
      return NULL;
    }

  for (guint i = 0; i < visit->survey->entries->len; i++)
    {
      if (g_array_index (visit->survey->entries, PjPop3Entry, i).uid == NULL)
        missing++;
    }

  if (missing > 0)
    return g_strdup_printf ("%u messages have no usable UID and will not be listed", missing);

  return g_strdup ("every message has one");
}

static char *
try_top (Visit *visit, GError **error)
{
  g_autoptr (GBytes) head = NULL;
  gboolean is_cut;

  if (visit->survey->count == 0)
    return g_strdup ("the mailbox is empty, so it was not tried");

  head =
      pj_pop3_fetch (visit->session, visit->survey->count, 0, &is_cut, visit->cancellable, error);
  if (head == NULL)
    {
      if (error != NULL && g_error_matches (*error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
        (*error)->code = PJ_POP3_ERROR_UNSUPPORTED;
      return NULL;
    }

  return g_strdup_printf ("the newest header has %" G_GSIZE_FORMAT " octets",
                          g_bytes_get_size (head));
}

static const Step reach[] = { { "names", look_up }, { "tcp", connect_to }, { NULL, NULL } };
static const Step tls[] = { { "tls", encrypt },
                            { "certificate", show_certificate },
                            { "greeting", hear_greeting },
                            { NULL, NULL } };
static const Step starttls[] = { { "greeting", hear_greeting },
                                 { "capa", ask_capabilities },
                                 { "tls", encrypt_session },
                                 { "certificate", show_certificate },
                                 { NULL, NULL } };
static const Step plain[] = { { "greeting", hear_greeting }, { NULL, NULL } };
static const Step capabilities[] = { { "capa", ask_capabilities }, { NULL, NULL } };
static const Step mailbox_steps[] = {
  { "login", log_in }, { "stat", count }, { "uidl", judge_uids }, { "top", try_top }, { NULL, NULL }
};

static const Step *const protections[] = {
  [PJ_SECURITY_TLS] = tls,
  [PJ_SECURITY_STARTTLS] = starttls,
  [PJ_SECURITY_NONE] = plain,
};

static void
add_failure (Visit *visit, const char *name, double seconds, GError *error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (PjProblem) value = NULL;

  /* The handshake that failed went well but for this. */
  if (g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE))
    name = "certificate";

  problem = pj_check_problem_translate (g_error_copy (error));
  value = pj_problem_new_from_error (problem);
  g_ptr_array_add (visit->steps, pj_doctor_step_new_failed (name, seconds, value));
}

/* Returns: whether to go on */
static gboolean
run_step (Visit *visit, const Step *step, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *found = step->run (visit, &failure);
  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  if (found != NULL)
    {
      g_ptr_array_add (visit->steps, pj_doctor_step_new (step->name, seconds, found));
      return TRUE;
    }

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  add_failure (visit, step->name, seconds, failure);
  /* No UIDL is a verdict, not the end. */
  return g_str_equal (step->name, "uidl");
}

static gboolean
run_steps (Visit *visit, const Step *steps, GError **error)
{
  for (; steps->name != NULL; steps++)
    {
      if (!run_step (visit, steps, error))
        return FALSE;
    }

  return TRUE;
}

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->connection, pj_connection_close);
  g_clear_pointer (&visit->session, pj_pop3_session_free);
  g_clear_pointer (&visit->survey, pj_pop3_survey_unref);
}

/**
 * pj_doctor_run:
 * @mailbox: what to examine; without user name or password only the server
 * @cancellable: (nullable): ends it
 * @error: return location, set when no step was taken or the way was not
 *   finished; errors of pj_mailbox_lock_acquire(), when it is to log in, and
 *   %G_IO_ERROR_CANCELLED
 *
 * Goes the way of a check step by step and says of each how it went. A step
 * that fails is the last. Nothing is changed on the server. Blocks; check
 * thread.
 *
 * Returns: (transfer full) (element-type PjDoctorStep): the steps taken
 */
GPtrArray *
pj_doctor_run (const PjMailbox *mailbox, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (GError) stopped = NULL;
  Visit visit = { .mailbox = mailbox, .cancellable = cancellable };
  gboolean logs_in, goes_on;

  g_return_val_if_fail (mailbox != NULL, NULL);

  logs_in = pj_mailbox_has_credentials (mailbox);
  lock = pj_mailbox_lock_acquire (logs_in ? mailbox->lock_path : NULL, mailbox->limits.total_ms,
                                  cancellable, error);
  if (lock == NULL)
    return NULL;

  visit.steps = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_doctor_step_free);
  goes_on = run_steps (&visit, reach, &stopped) &&
            run_steps (&visit, protections[mailbox->security], &stopped) &&
            run_steps (&visit, capabilities, &stopped);
  if (goes_on && logs_in)
    goes_on = run_steps (&visit, mailbox_steps, &stopped);
  if (visit.session != NULL && pj_pop3_session_is_usable (visit.session))
    pj_pop3_session_leave (visit.session);
  visit_clear (&visit);

  if (stopped != NULL)
    {
      g_ptr_array_unref (visit.steps);
      g_propagate_error (error, g_steal_pointer (&stopped));
      return NULL;
    }

  return visit.steps;
}
