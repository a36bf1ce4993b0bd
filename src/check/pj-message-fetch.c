/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-message-fetch.h"

#include <string.h>

#include "check/pj-mailbox-lock.h"
#include "check/pj-retr-budget.h"
#include "mail/pj-mail-body.h"
#include "model/pj-problem.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-fetch.h"
#include "pop3/pj-pop3-listing.h"
#include "pop3/pj-pop3-survey.h"

/**
 * pj_message_fetch_request_free: (skip)
 * @self: (transfer full) (nullable): the request
 */
void
pj_message_fetch_request_free (PjMessageFetchRequest *self)
{
  if (self == NULL)
    return;

  pj_mailbox_free (self->mailbox);
  g_clear_pointer (&self->progress, pj_fetch_progress_unref);
  g_free (self->uid);
  g_clear_pointer (&self->context, pj_mail_context_unref);
  g_free (self);
}

/**
 * pj_fetched_message_free: (skip)
 * @self: (transfer full) (nullable): the message
 */
void
pj_fetched_message_free (PjFetchedMessage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->text, pj_mail_text_unref);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_free (self);
}

/* Most often the message is still where the last check saw it, and one UIDL
 * says so where the whole list of a large mailbox would take longer than the
 * message. Returns: 0 when it is elsewhere */
static guint
ask_known_number (PjPop3Session *session,
                  const PjMailbox *mailbox,
                  const char *uid,
                  GCancellable *cancellable)
{
  const PjMailboxMemory *memory = mailbox->memory;
  g_autofree char *command = NULL;
  g_autofree char *text = NULL;
  const char *told = NULL;
  guint told_number = 0;
  guint number = 0;

  if (memory != NULL && memory->survey != NULL && memory->survey->can_vouch)
    number = pj_pop3_survey_find (memory->survey, uid);
  if (number == 0)
    return 0;

  command = g_strdup_printf ("UIDL %u", number);
  return pj_pop3_session_call (session, command, &text, cancellable, NULL) &&
                 pj_pop3_listing_parse_uid (text, number, &told_number, &told) &&
                 told_number == number && g_str_equal (told, uid)
             ? number
             : 0;
}

static guint
find_number (PjPop3Session *session,
             const PjMailbox *mailbox,
             const char *uid,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (PjPop3Survey) survey = NULL;
  guint number = ask_known_number (session, mailbox, uid, cancellable);

  if (number > 0)
    return number;

  survey = pj_pop3_survey_take_uids (session, cancellable, error);
  if (survey == NULL)
    return 0;

  number = pj_pop3_survey_find (survey, uid);
  if (number == 0)
    g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                         survey->has_uids ? "The message is no longer on the server"
                                          : "The server gives its messages no lasting names (no "
                                            "UIDL), so one cannot be asked for");

  return number;
}

/* TOP ends where the message ends: fewer body lines than were asked for are
 * all there are. */
static gboolean
has_body_lines (GBytes *source, guint lines)
{
  gsize size;
  const char *start = g_bytes_get_data (source, &size);
  const char *end = start + size;
  gboolean in_body = FALSE;

  while (lines > 0 && start < end)
    {
      const char *stop = memchr (start, '\n', (gsize) (end - start));
      gsize len = (gsize) ((stop != NULL ? stop : end) - start);

      if (in_body)
        lines--;
      else if (len == 0 || (len == 1 && *start == '\r'))
        in_body = TRUE;
      start = stop != NULL ? stop + 1 : end;
    }

  return lines == 0;
}

static void
on_progress (gsize octets, gpointer user_data)
{
  PjFetchProgress *progress = user_data;

  if (progress != NULL)
    pj_fetch_progress_set (progress, octets);
}

/* Returns: its size as the server tells it; 0 when it does not */
static guint64
ask_octets (PjPop3Session *session, guint number, GCancellable *cancellable)
{
  g_autofree char *command = g_strdup_printf ("LIST %u", number);
  g_autofree char *text = NULL;
  guint told_number = 0;
  guint64 octets = 0;

  if (!pj_pop3_session_call (session, command, &text, cancellable, NULL) ||
      !pj_pop3_listing_parse_size (text, number, &told_number, &octets) || told_number != number)
    return 0;

  return octets;
}

/* In place of TOP, for a mailbox whose owner agreed. */
static GBytes *
fetch_by_retr (PjPop3Session *session,
               const PjMessageFetchRequest *request,
               guint number,
               gboolean *is_cut,
               GCancellable *cancellable,
               GError **error)
{
  guint64 octets = ask_octets (session, number, cancellable);

  if (octets > PJ_RETR_BUDGET_MAX_SHOW_OCTETS)
    {
      g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
                   "The server has no TOP, and with %" G_GUINT64_FORMAT
                   " octets the message is too large to be fetched whole for a look",
                   octets);
      return NULL;
    }

  return pj_pop3_fetch_by_retr (session, number, request->max_lines, is_cut, cancellable, error);
}

/* Consent mends nothing where the server deletes what was fetched whole. */
static void
explain_refusal (PjPop3Session *session, const GError *refusal, GError **error)
{
  const PjPop3Capabilities *told = pj_pop3_session_get_capabilities (session);
  const gboolean deletes = pj_pop3_capabilities_expire_at_once (told);
  GError *problem = g_error_new (
      PJ_PROBLEM_ERROR, PJ_PROBLEM_UNSUPPORTED,
      "The server has no TOP, which shows the beginning of a message and leaves it "
      "unread%s. %s",
      deletes ? ", and deletes what is fetched whole (EXPIRE 0)" : "", refusal->message);

  if (!deletes)
    pj_problem_error_set_needs_whole (problem);
  g_propagate_error (error, problem);
}

static GBytes *
fetch_beginning (PjPop3Session *session,
                 const PjMessageFetchRequest *request,
                 guint number,
                 gboolean *is_cut,
                 GCancellable *cancellable,
                 GError **error)
{
  const gboolean may_retr = pj_mailbox_may_retr (request->mailbox, session);
  g_autoptr (GError) refusal = NULL;
  GBytes *source;

  if (may_retr && !pj_pop3_fetch_may_have_top (session))
    return fetch_by_retr (session, request, number, is_cut, cancellable, error);

  source = pj_pop3_fetch (session, number, request->max_lines, is_cut, cancellable, &refusal);
  if (source != NULL)
    {
      *is_cut = *is_cut || has_body_lines (source, request->max_lines);
      return source;
    }

  if (!g_error_matches (refusal, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
    g_propagate_error (error, g_steal_pointer (&refusal));
  else if (may_retr)
    return fetch_by_retr (session, request, number, is_cut, cancellable, error);
  else
    explain_refusal (session, refusal, error);

  return NULL;
}

static PjFetchedMessage *
fetch (PjPop3Session *session,
       const PjMessageFetchRequest *request,
       GCancellable *cancellable,
       GError **error)
{
  const gboolean is_whole = request->max_lines == G_MAXUINT;
  gboolean is_cut = FALSE;
  g_autoptr (GBytes) source = NULL;
  PjFetchedMessage *message;
  guint number;

  number = find_number (session, request->mailbox, request->uid, cancellable, error);
  if (number == 0)
    return NULL;

  source = is_whole ? pj_pop3_fetch_whole (session, number, &is_cut, on_progress, request->progress,
                                           cancellable, error)
                    : fetch_beginning (session, request, number, &is_cut, cancellable, error);
  if (source == NULL)
    {
      if (error != NULL && g_error_matches (*error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED))
        (*error)->code = PJ_POP3_ERROR_UNSUPPORTED;
      return NULL;
    }

  message = g_new0 (PjFetchedMessage, 1);
  message->text = pj_mail_body_parse (source, is_cut, request->context);
  message->source = g_steal_pointer (&source);

  return message;
}

/**
 * pj_message_fetch_run:
 * @request: which message, and how much of it
 * @cancellable: (nullable): ends it
 * @error: return location; %PJ_PROBLEM_UNSUPPORTED when the message is gone or
 *   the server will not show it, with pj_problem_error_needs_whole() where it
 *   has no TOP and the mailbox's owner has not agreed to RETR in its place;
 *   errors of `net`, `pop3` and pj_mailbox_lock_acquire()
 *
 * Reads one message or its beginning. TOP marks nothing as read; RETR, for
 * the whole message or where its owner agreed, does at some providers. Blocks;
 * check thread.
 *
 * Returns: (transfer full): the message
 */
PjFetchedMessage *
pj_message_fetch_run (const PjMessageFetchRequest *request,
                      GCancellable *cancellable,
                      GError **error)
{
  const PjMailbox *mailbox;
  g_autoptr (PjMailboxLock) lock = NULL;
  g_autoptr (PjPop3Session) session = NULL;
  g_autoptr (PjFetchedMessage) message = NULL;

  g_return_val_if_fail (request != NULL && request->uid != NULL, NULL);

  mailbox = request->mailbox;
  lock = pj_mailbox_lock_acquire (mailbox->lock_path, mailbox->limits.total_ms, cancellable, error);
  if (lock == NULL)
    return NULL;

  session = pj_mailbox_log_in (mailbox, cancellable, error);
  if (session == NULL)
    return NULL;

  message = fetch (session, request, cancellable, error);
  if (message != NULL)
    pj_pop3_session_leave (session);

  return g_steal_pointer (&message);
}
