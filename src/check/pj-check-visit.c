/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check-visit.h"

#include "check/pj-head-fetch.h"
#include "check/pj-uid-diff.h"
#include "pop3/pj-pop3-login.h"

/* One session. */
typedef struct
{
  /* Owned */
  PjPop3Session *session;
  PjPop3Capabilities *before_login;
  PjPop3Survey *survey;

  /* Borrowed */
  PjCheckVisit *visit;
  const PjMailboxMemory *relied; /* NULL: the server tells everything anew */
  PjPop3Survey *voucher;
  GCancellable *cancellable;
  const char *mechanism;

  /* Plain */
  gboolean breaks_resumption;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->session, pj_pop3_session_free);
  g_clear_pointer (&run->before_login, pj_pop3_capabilities_free);
  g_clear_pointer (&run->survey, pj_pop3_survey_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
open_session (Run *run, GError **error)
{
  const PjCheckVisit *visit = run->visit;
  const PjMailboxMemory *memory = visit->memory;
  PjMailboxOpening opening;

  run->session = pj_mailbox_open (visit->mailbox, memory, &opening, run->cancellable, error);
  if (run->session == NULL)
    return FALSE;

  run->relied = opening.is_remembered ? memory : NULL;
  run->breaks_resumption =
      opening.breaks_resumption || (run->relied != NULL && memory->breaks_resumption);
  run->voucher = memory != NULL ? pj_mailbox_memory_get_voucher (memory) : NULL;
  run->before_login = pj_pop3_capabilities_copy (pj_pop3_session_get_capabilities (run->session));

  return TRUE;
}

/* Learns what the server can do after the login and what is in the mailbox,
 * in one flight where the server takes it. */
static gboolean
survey (Run *run, GError **error)
{
  PjPop3SurveyFlight flight;

  if (run->relied != NULL)
    pj_pop3_session_adopt_capabilities (run->session, run->relied->after_login);
  else
    pj_pop3_session_send (run->session, PJ_POP3_MULTI, "CAPA");

  flight = pj_pop3_survey_send (run->session, run->voucher);
  if (run->relied == NULL &&
      !pj_pop3_session_receive_capabilities (run->session, run->cancellable, error))
    return FALSE;

  run->survey =
      pj_pop3_survey_receive (run->session, flight, run->voucher, run->cancellable, error);
  return run->survey != NULL;
}

/* Login and survey in one flight, with a server that has answered one like it
 * before. @is_tried is FALSE when nothing was sent. */
static gboolean
fly (Run *run, const PjPop3Credentials *credentials, gboolean *is_tried, GError **error)
{
  const PjMailboxMemory *memory = run->relied;
  PjPop3SurveyFlight flight;

  *is_tried = memory != NULL && memory->can_fly && memory->mechanism != NULL &&
              pj_pop3_capabilities_has (memory->after_login, "PIPELINING") &&
              pj_pop3_session_is_pipelining (run->session) &&
              pj_pop3_login_send (run->session, credentials, memory->mechanism);
  if (!*is_tried)
    return FALSE;

  run->mechanism = memory->mechanism;
  flight = pj_pop3_survey_send (run->session, run->voucher);
  if (!pj_pop3_login_receive (run->session, credentials, memory->mechanism, run->cancellable,
                              error))
    return FALSE;

  pj_pop3_session_adopt_capabilities (run->session, memory->after_login);
  run->survey =
      pj_pop3_survey_receive (run->session, flight, run->voucher, run->cancellable, error);
  return run->survey != NULL;
}

static gboolean
log_in_and_survey (Run *run, GError **error)
{
  g_autoptr (PjPop3Credentials) credentials = pj_mailbox_dup_credentials (run->visit->mailbox);
  gboolean is_tried;
  gboolean is_done = fly (run, credentials, &is_tried, error);

  if (is_tried)
    return is_done;

  return pj_pop3_login (run->session, credentials, &run->mechanism, run->cancellable, error) &&
         survey (run, error);
}

/* What was known before: of the last check in this process, or of whoever
 * remembers longer. */
static GHashTable *
list_known (const PjCheckVisit *visit)
{
  const PjPop3Survey *before = visit->memory != NULL ? visit->memory->survey : NULL;
  GHashTable *known;

  if (before == NULL)
    return visit->known_uids != NULL ? g_hash_table_ref (visit->known_uids) : NULL;

  known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < before->entries->len; i++)
    {
      char *uid = g_array_index (before->entries, PjPop3Entry, i).uid;

      if (uid != NULL)
        g_hash_table_add (known, uid);
    }

  return known;
}

/* Messages that stand as they were before are not listed. */
static void
list_uids (const PjPop3Survey *survey, PjCheckResult *result)
{
  for (guint i = survey->n_old; i < survey->entries->len; i++)
    {
      const PjPop3Entry *entry = &g_array_index (survey->entries, PjPop3Entry, i);

      if (entry->uid != NULL)
        g_ptr_array_add (result->uids, g_strdup (entry->uid));
    }
}

static PjCheckResult *
look_into (Run *run, GError **error)
{
  g_autoptr (PjCheckResult) result = pj_check_result_new ();
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GArray) fresh = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  gboolean is_same = run->survey == run->voucher;

  result->messages = run->survey->count;
  result->octets = run->survey->octets;
  result->has_uids = run->survey->has_uids;
  result->is_partial = is_same || run->survey->n_old > 0;
  if (is_same)
    return g_steal_pointer (&result);

  list_uids (run->survey, result);
  known = list_known (run->visit);
  fresh = pj_uid_diff_list_fresh (run->survey, known);
  messages = pj_head_fetch_run (run->session, run->visit->mailbox, run->visit->context, run->survey,
                                fresh, result->authserv_ids, run->cancellable, error);
  if (messages == NULL)
    return NULL;

  g_ptr_array_extend_and_steal (result->fresh, g_steal_pointer (&messages));
  return g_steal_pointer (&result);
}

static PjMailboxMemory *
learn (const Run *run)
{
  const PjMailboxMemory *old = run->visit->memory;
  const PjMailboxMemory *relied = run->relied;
  PjMailboxMemory *learned = pj_mailbox_memory_new ();

  learned->greeting =
      pj_mailbox_memory_shape_greeting (pj_pop3_session_get_greeting (run->session));
  learned->before_login = pj_pop3_capabilities_copy (run->before_login);
  learned->after_login =
      pj_pop3_capabilities_copy (pj_pop3_session_get_capabilities (run->session));
  learned->mechanism = run->mechanism;
  learned->breaks_resumption = run->breaks_resumption;
  if (!run->breaks_resumption)
    learned->tls_session =
        pj_connection_dup_tls_session (pj_pop3_session_get_connection (run->session));
  learned->learned_at = relied != NULL ? relied->learned_at : g_get_monotonic_time ();
  learned->is_sequential =
      old != NULL && old->is_sequential && (relied != NULL || old->greeting == NULL);
  learned->can_fly = pj_pop3_session_has_pipelined (run->session);
  learned->survey = pj_pop3_survey_ref (run->survey);
  if (run->survey == run->voucher || run->survey->n_old > 0)
    learned->n_vouched = old->n_vouched + 1;

  return learned;
}

/**
 * pj_check_visit_run:
 * @self: the visit
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net` and `pop3`
 *
 * Logs in, sees what is there, and reads the headers of what is new. Nothing
 * is marked as read and nothing is changed on the server. Blocks; check
 * thread.
 *
 * Returns: (transfer full): what is there and which of it is new
 */
PjCheckResult *
pj_check_visit_run (PjCheckVisit *self, GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { .visit = self, .cancellable = cancellable };
  g_autoptr (PjCheckResult) result = NULL;
  gint64 start = g_get_monotonic_time ();
  PjConnection *connection;

  g_return_val_if_fail (self != NULL && self->mailbox->account_id != NULL, NULL);

  if (!open_session (&run, error))
    return NULL;

  if (log_in_and_survey (&run, error))
    result = look_into (&run, error);
  connection = pj_pop3_session_get_connection (run.session);
  self->has_relied = run.relied != NULL || pj_pop3_session_has_pipelined (run.session);
  self->bytes_in = pj_connection_get_bytes_in (connection);
  if (result == NULL)
    return NULL;

  self->learned = learn (&run);
  pj_pop3_session_leave (run.session);

  result->round_trips = pj_connection_get_round_trips (connection);
  result->bytes_in = pj_connection_get_bytes_in (connection);
  result->bytes_out = pj_connection_get_bytes_out (connection);
  result->seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  return g_steal_pointer (&result);
}
