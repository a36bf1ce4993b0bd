/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-message-delete.h"

#include "check/pj-mailbox-lock.h"
#include "model/pj-problem.h"
#include "pop3/pj-pop3-listing.h"
#include "pop3/pj-pop3-survey.h"

/**
 * pj_message_delete_request_free: (skip)
 * @self: (transfer full) (nullable): the request
 */
void
pj_message_delete_request_free (PjMessageDeleteRequest *self)
{
  if (self == NULL)
    return;

  pj_mailbox_free (self->mailbox);
  g_strfreev (self->uids);
  g_free (self);
}

static void
add_receipt (GPtrArray *receipts, const char *uid, PjDeleteOutcome outcome, const char *text)
{
  g_ptr_array_add (receipts, pj_delete_receipt_new (uid, outcome, text));
}

/* UIDL of the one number, just before its DELE: the survey may be a minute
 * old, and a wrong number deletes a stranger. */
static gboolean
still_names (PjPop3Session *session, guint number, const char *uid, GCancellable *cancellable)
{
  g_autofree char *command = g_strdup_printf ("UIDL %u", number);
  g_autofree char *text = NULL;
  const char *told = NULL;
  guint told_number = 0;

  return pj_pop3_session_call (session, command, &text, cancellable, NULL) &&
         pj_pop3_listing_parse_uid (text, number, &told_number, &told) && told_number == number &&
         g_str_equal (told, uid);
}

/* Marks one message. The receipt says "unconfirmed" until QUIT is answered. */
static void
mark (PjPop3Session *session,
      guint number,
      const char *uid,
      GPtrArray *receipts,
      GCancellable *cancellable)
{
  g_autofree char *command = g_strdup_printf ("DELE %u", number);
  g_autoptr (GError) refusal = NULL;

  if (number == 0)
    add_receipt (receipts, uid, PJ_DELETE_GONE, NULL);
  else if (!still_names (session, number, uid, cancellable))
    add_receipt (receipts, uid,
                 pj_pop3_session_is_usable (session) ? PJ_DELETE_REFUSED : PJ_DELETE_UNCONFIRMED,
                 "The server does not name the message the same way twice");
  else if (pj_pop3_session_call (session, command, NULL, cancellable, &refusal))
    add_receipt (receipts, uid, PJ_DELETE_UNCONFIRMED, NULL);
  else
    add_receipt (receipts, uid,
                 pj_pop3_session_is_usable (session) ? PJ_DELETE_REFUSED : PJ_DELETE_UNCONFIRMED,
                 refusal->message);
}

static void
confirm (GPtrArray *receipts, gboolean is_confirmed, const char *reason)
{
  for (guint i = 0; i < receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      if (receipt->outcome != PJ_DELETE_UNCONFIRMED)
        continue;

      if (is_confirmed)
        receipt->outcome = PJ_DELETE_DELETED;
      else if (*receipt->text == '\0')
        {
          g_free (receipt->text);
          receipt->text = g_strdup (reason);
        }
    }
}

static GPtrArray *
delete_in (PjPop3Session *session,
           const PjMessageDeleteRequest *request,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (PjPop3Survey) survey = pj_pop3_survey_take_uids (session, cancellable, error);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_confirmed;

  if (survey == NULL)
    return NULL;

  if (!survey->has_uids && survey->count > 0)
    {
      g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                           "The server gives its messages no lasting names (no UIDL), so nothing "
                           "was deleted: it might be the wrong one");
      return NULL;
    }

  receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_delete_receipt_free);
  for (gsize i = 0; request->uids[i] != NULL; i++)
    mark (session, pj_pop3_survey_find (survey, request->uids[i]), request->uids[i], receipts,
          cancellable);

  /* No cancellable: once DELE was said, half an answer is worse than either. */
  is_confirmed =
      pj_pop3_session_is_usable (session) && pj_pop3_session_quit (session, NULL, &failure);
  confirm (receipts, is_confirmed,
           failure != NULL ? failure->message : "The connection broke before the end");

  return g_steal_pointer (&receipts);
}

/**
 * pj_message_delete_run:
 * @request: which messages, where
 * @cancellable: (nullable): ends it; what was marked is then not deleted
 * @error: return location, set when nothing was marked; errors of `net`,
 *   `pop3` and pj_mailbox_lock_acquire(), %PJ_PROBLEM_UNSUPPORTED without UIDL
 *
 * Deletes messages on the server by their UIDs, which are mapped to numbers
 * and read once more in the same session. Only an answer of +OK to QUIT makes
 * a receipt say "deleted"; a session that breaks before leaves them on the
 * server (RFC 1939 section 6), one that breaks after QUIT was sent leaves it
 * open. Blocks; check thread.
 *
 * Returns: (transfer full) (element-type PjDeleteReceipt): one for each UID,
 *   in the order asked for
 */
GPtrArray *
pj_message_delete_run (const PjMessageDeleteRequest *request,
                       GCancellable *cancellable,
                       GError **error)
{
  const PjMailbox *mailbox;
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (PjPop3Session) session = NULL;

  g_return_val_if_fail (request != NULL && request->uids != NULL, NULL);

  mailbox = request->mailbox;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, mailbox->limits.total_ms, cancellable, error);
  if (lock == NULL)
    return NULL;

  session = pj_mailbox_log_in (mailbox, cancellable, error);
  if (session == NULL)
    return NULL;

  return delete_in (session, request, cancellable, error);
}
