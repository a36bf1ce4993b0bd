/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-doctor.h"

#include "check/pj-doctor-walk.h"
#include "check/pj-mailbox-lock.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-fetch.h"
#include "pop3/pj-pop3-login.h"
#include "pop3/pj-pop3-survey.h"

/* What the steps share. Each step leaves what it made here for the next. */
typedef struct
{
  PjDoctorWalk walk;      /* its connection, until a session has it */
  PjPop3Session *session; /* (owned) */
  PjPop3Survey *survey;   /* (owned) */
} Visit;

static char *
encrypt_session (PjDoctorWalk *walk, GError **error)
{
  PjPop3Session *session = ((Visit *) walk)->session;
  char *protocol;

  if (!pj_pop3_session_start_tls (session, walk->mailbox->tls, walk->cancellable, error))
    return NULL;

  protocol = pj_connection_dup_protocol (pj_pop3_session_get_connection (session));
  pj_session_log_note (walk->mailbox->log, protocol);

  return protocol;
}

static char *
show_certificate_of_session (PjDoctorWalk *walk, GError **error)
{
  return pj_connection_dup_certificate (pj_pop3_session_get_connection (((Visit *) walk)->session));
}

static char *
hear_greeting (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;

  visit->session =
      pj_pop3_session_new (g_steal_pointer (&walk->connection), walk->mailbox->security);
  if (!pj_pop3_session_greet (visit->session, walk->cancellable, error))
    return NULL;

  return g_strdup (pj_pop3_session_get_greeting (visit->session));
}

static char *
ask_capabilities (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
  const PjPop3Capabilities *told;

  if (!pj_pop3_session_ask_capabilities (visit->session, walk->cancellable, error))
    return NULL;

  told = pj_pop3_session_get_capabilities (visit->session);
  if (pj_pop3_capabilities_is_empty (told))
    return g_strdup ("the server does not tell; it is an old one");

  return pj_pop3_capabilities_to_string (told);
}

static char *
log_in (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
  g_autoptr (PjPop3Credentials) credentials = pj_mailbox_dup_credentials (walk->mailbox);
  const char *mechanism = NULL;

  if (!pj_pop3_login (visit->session, credentials, &mechanism, walk->cancellable, error) ||
      !pj_pop3_session_ask_capabilities (visit->session, walk->cancellable, error))
    return NULL;

  return g_strdup_printf ("logged in as %s by %s", walk->mailbox->user, mechanism);
}

static char *
count (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;

  visit->survey = pj_pop3_survey_take_uids (visit->session, walk->cancellable, error);
  if (visit->survey == NULL)
    return NULL;

  return g_strdup_printf ("%u messages, %" G_GUINT64_FORMAT " octets", visit->survey->count,
                          visit->survey->octets);
}

static char *
judge_uids (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
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
try_top (PjDoctorWalk *walk, GError **error)
{
  Visit *visit = (Visit *) walk;
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean is_cut;

  if (visit->survey->count == 0)
    return g_strdup ("the mailbox is empty, so it was not tried");

  head =
      pj_pop3_fetch (visit->session, visit->survey->count, 0, &is_cut, walk->cancellable, &refusal);
  if (head != NULL)
    return g_strdup_printf ("the newest header has %" G_GSIZE_FORMAT " octets",
                            g_bytes_get_size (head));

  if (!g_error_matches (refusal, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  if (pj_mailbox_may_retr (walk->mailbox, visit->session))
    return g_strdup ("the server has none; as agreed, whole messages are fetched in its place");

  g_set_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED, "The server has no TOP. %s",
               refusal->message);
  return NULL;
}

static const PjDoctorStage reach[] = {
  { "names", pj_doctor_walk_look_up, NULL, FALSE },
  { "tcp", pj_doctor_walk_connect, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage tls[] = {
  { "tls", pj_doctor_walk_encrypt, "certificate", FALSE },
  { "certificate", pj_doctor_walk_show_certificate, NULL, FALSE },
  { "greeting", hear_greeting, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage starttls[] = {
  { "greeting", hear_greeting, NULL, FALSE },
  { "capa", ask_capabilities, NULL, FALSE },
  { "tls", encrypt_session, "certificate", FALSE },
  { "certificate", show_certificate_of_session, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage plain[] = {
  { "greeting", hear_greeting, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage capabilities[] = {
  { "capa", ask_capabilities, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};
static const PjDoctorStage mailbox_stages[] = {
  { "login", log_in, NULL, FALSE },   { "stat", count, NULL, FALSE },
  { "uidl", judge_uids, NULL, TRUE }, { "top", try_top, NULL, FALSE },
  { NULL, NULL, NULL, FALSE },
};

static const PjDoctorStage *const protections[] = {
  [PJ_SECURITY_TLS] = tls,
  [PJ_SECURITY_STARTTLS] = starttls,
  [PJ_SECURITY_NONE] = plain,
};

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->walk.connection, pj_connection_close);
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
  g_autoptr (GPtrArray) steps = NULL;
  Visit visit = { .walk = { mailbox, "POP3", cancellable, NULL, NULL } };
  gboolean logs_in, goes_on;

  g_return_val_if_fail (mailbox != NULL, NULL);

  logs_in = pj_mailbox_has_credentials (mailbox);
  lock = pj_mailbox_lock_acquire (logs_in ? mailbox->lock_path : NULL, mailbox->limits.total_ms,
                                  cancellable, error);
  if (lock == NULL)
    return NULL;

  visit.walk.steps = steps = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_doctor_step_free);
  goes_on = pj_doctor_walk_take (&visit.walk, reach, &stopped) &&
            pj_doctor_walk_take (&visit.walk, protections[mailbox->security], &stopped) &&
            pj_doctor_walk_take (&visit.walk, capabilities, &stopped);
  if (goes_on && logs_in)
    goes_on = pj_doctor_walk_take (&visit.walk, mailbox_stages, &stopped);
  if (visit.session != NULL && pj_pop3_session_is_usable (visit.session))
    pj_pop3_session_leave (visit.session);
  visit_clear (&visit);

  if (stopped != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&stopped));
      return NULL;
    }

  return g_steal_pointer (&steps);
}
