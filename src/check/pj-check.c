/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-check.h"

#include "check/pj-mailbox-lock.h"
#include "check/pj-uid-diff.h"
#include "mail/pj-mail-headers.h"
#include "pop3/pj-pop3-fetch.h"
#include "pop3/pj-pop3-survey.h"

/**
 * pj_check_request_free: (skip)
 * @self: (transfer full) (nullable): the request
 */
void
pj_check_request_free (PjCheckRequest *self)
{
  if (self == NULL)
    return;

  pj_mailbox_free (self->mailbox);
  g_clear_pointer (&self->known_uids, g_hash_table_unref);
  g_free (self);
}

typedef struct
{
  const PjMailbox *mailbox;
  const PjPop3Survey *survey;
  GArray *fresh; /* of guint: numbers */
  PjCheckResult *result;
} Look;

static void
on_head (guint index, GBytes *bytes, gpointer user_data)
{
  Look *look = user_data;
  guint number = g_array_index (look->fresh, guint, index);
  const PjPop3Entry *entry = &g_array_index (look->survey->entries, PjPop3Entry, number - 1);
  g_autoptr (GBytes) nothing = NULL;

  /* Without TOP, or when the message has just gone, its row shows size and
   * date of nothing; RETR would mark it as read at some providers. */
  if (bytes == NULL)
    bytes = nothing = g_bytes_new_static ("", 0);

  g_ptr_array_add (look->result->fresh, pj_mail_headers_parse (look->mailbox->account_id,
                                                               entry->uid, entry->octets, bytes));
}

static void
list_uids (const PjPop3Survey *survey, PjCheckResult *result)
{
  for (guint i = 0; i < survey->entries->len; i++)
    {
      const PjPop3Entry *entry = &g_array_index (survey->entries, PjPop3Entry, i);

      if (entry->uid != NULL)
        g_ptr_array_add (result->uids, g_strdup (entry->uid));
    }
}

/* "Has no TOP" is what CAPA says after the login. A server without CAPA is
 * simply asked. */
static gboolean
may_have_top (PjPop3Session *session)
{
  const PjPop3Capabilities *capabilities = pj_pop3_session_get_capabilities (session);

  return pj_pop3_capabilities_is_empty (capabilities) ||
         pj_pop3_capabilities_has (capabilities, "TOP");
}

static gboolean
fetch_fresh (Look *look, PjPop3Session *session, GCancellable *cancellable, GError **error)
{
  PjPop3Survey *survey = (PjPop3Survey *) look->survey;

  if (look->fresh->len == 0)
    return TRUE;

  if (!pj_pop3_survey_ask_sizes (survey, session, cancellable, error))
    return FALSE;

  if (may_have_top (session))
    return pj_pop3_fetch_heads (session, look->fresh, on_head, look, cancellable, error);

  for (guint i = 0; i < look->fresh->len; i++)
    on_head (i, NULL, look);

  return TRUE;
}

static PjCheckResult *
look_into (PjPop3Session *session,
           const PjCheckRequest *request,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (PjCheckResult) result = pj_check_result_new ();
  g_autoptr (PjPop3Survey) survey = NULL;
  g_autoptr (GArray) fresh = NULL;
  Look look;

  survey = pj_pop3_survey_take (session, cancellable, error);
  if (survey == NULL)
    return NULL;

  result->messages = survey->count;
  result->octets = survey->octets;
  result->has_uids = survey->has_uids;
  list_uids (survey, result);

  fresh = pj_uid_diff_list_fresh (survey, request->known_uids);
  look = (Look){ request->mailbox, survey, fresh, result };
  if (!fetch_fresh (&look, session, cancellable, error))
    return NULL;

  return g_steal_pointer (&result);
}

/**
 * pj_check_run:
 * @request: where to look, and what was seen before
 * @cancellable: (nullable): ends it
 * @error: return location; errors of `net`, `pop3` and
 *   pj_mailbox_lock_acquire()
 *
 * Takes one look into one mailbox. Nothing is marked as read and nothing is
 * changed on the server. Blocks; check thread.
 *
 * Returns: (transfer full): what is there and which of it is new
 */
PjCheckResult *
pj_check_run (const PjCheckRequest *request, GCancellable *cancellable, GError **error)
{
  const PjMailbox *mailbox;
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (PjCheckResult) result = NULL;
  gint64 start;

  g_return_val_if_fail (request != NULL && request->mailbox->account_id != NULL, NULL);

  mailbox = request->mailbox;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, mailbox->limits.total_ms, cancellable, error);
  if (lock == NULL)
    return NULL;

  start = g_get_monotonic_time ();
  session = pj_mailbox_log_in (mailbox, cancellable, error);
  if (session == NULL)
    return NULL;

  result = look_into (session, request, cancellable, error);
  if (result == NULL)
    return NULL;

  /* Nothing was deleted, so the answer to QUIT changes nothing. */
  pj_pop3_session_quit (session, cancellable, NULL);
  result->bytes_in = pj_connection_get_bytes_in (pj_pop3_session_get_connection (session));
  result->bytes_out = pj_connection_get_bytes_out (pj_pop3_session_get_connection (session));
  result->seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  return g_steal_pointer (&result);
}
