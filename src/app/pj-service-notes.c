/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-service-private.h"

#include "check/pj-schedule.h"

/*
 * What checks, edits and the user have to say to the service, and what
 * follows from it for lists, records and schedule.
 */

/* A memory may hold 50,000 messages, which take milliseconds to free.
 * @memory: (nullable): NULL to forget */
static void
set_memory (PjService *self, const char *id, PjMailboxMemory *memory)
{
  gpointer old_id, old;

  if (g_hash_table_steal_extended (self->memories, id, &old_id, &old))
    {
      g_free (old_id);
      pj_check_pool_drop (self->pool, old, (GDestroyNotify) pj_mailbox_memory_unref);
    }
  if (memory != NULL)
    g_hash_table_insert (self->memories, g_strdup (id), pj_mailbox_memory_ref (memory));
}

/* Logging in earlier than the server wants only earns a refusal. */
static guint
get_login_delay_s (PjService *self, const char *id)
{
  const PjMailboxMemory *memory = g_hash_table_lookup (self->memories, id);

  return memory != NULL ? pj_pop3_capabilities_get_login_delay_s (memory->after_login) : 0;
}

static void
plan_next (PjService *self, PjAccount *account)
{
  const char *id = pj_account_get_id (account);
  guint failures = GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, id));
  guint wait_s;

  if (!self->is_checking || g_cancellable_is_cancelled (self->stop) ||
      pj_service_find_account_by_id (self, id) == NULL)
    return;

  wait_s = pj_schedule_next_s (pj_account_get_interval_s (account), failures,
                               pj_account_get_problem (account));
  if (wait_s != PJ_SCHEDULE_NEVER)
    wait_s = MAX (wait_s, get_login_delay_s (self, id));
  if (g_hash_table_remove (self->edited, id))
    wait_s = 0;
  if (wait_s == PJ_SCHEDULE_NEVER)
    {
      pj_scheduler_forget (self->scheduler, id);
      g_object_set (account, "next-due", (gint64) 0, NULL);
      return;
    }

  pj_scheduler_plan (self->scheduler, id, wait_s);
  g_object_set (account, "next-due", pj_clock_wall_now (self->clock) + wait_s, NULL);
}

/**
 * pj_service_note_success:
 * @self: the service
 * @account: the account that was checked
 * @result: what the server told
 * @changes: what saving it has changed
 *
 * Brings lists and account up to date, plans the next check and tells of new
 * mail, in this order: what is announced is in the list.
 */
void
pj_service_note_success (PjService *self,
                         PjAccount *account,
                         PjCheckResult *result,
                         PjStoreChanges *changes)
{
  const char *id = pj_account_get_id (account);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  /* Removed while the check was running. */
  if (pj_service_find_account_by_id (self, id) == NULL)
    return;

  for (guint i = 0; i < changes->gone_uids->len; i++)
    g_ptr_array_add (gone, g_ptr_array_index (changes->gone_uids, i));
  g_ptr_array_add (gone, NULL);
  if (gone->len > 1)
    pj_message_list_remove (self->messages, id, (const char *const *) gone->pdata);
  pj_message_list_add (self->messages, changes->added);
  pj_message_list_fill (self->messages, changes->filled);
  self->senders = pj_sender_book_grow (self->senders, changes->added);
  self->senders = pj_sender_book_grow (self->senders, changes->filled);

  g_hash_table_remove (self->failures, id);
  g_object_set (account, "last-success", pj_clock_wall_now (self->clock), "messages",
                result->messages, "octets", result->octets, "has-uids", result->has_uids, "problem",
                NULL, "authserv-id", changes->authserv_id, NULL);
  /* The check may have begun with what was edited since. */
  if (!g_hash_table_contains (self->edited, id))
    g_object_set (account, "has-worked", TRUE, NULL);
  pj_service_update_counts (self, account);
  plan_next (self, account);

  if (changes->added->len > 0)
    g_signal_emit_by_name (self, "arrived", account, changes->added, changes->is_baseline);
}

static gboolean
is_wrong_password (PjProblem *problem)
{
  return problem != NULL && pj_problem_get_code (problem) == PJ_PROBLEM_AUTH;
}

/* Wrong passwords are counted apart from the rest: so many of them stop an
 * account, and a server that was busy before shall not hasten that. */
static void
count_failure (PjService *self, PjAccount *account, PjProblem *problem)
{
  const char *id = pj_account_get_id (account);
  guint failures = GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, id));

  if (is_wrong_password (problem) != is_wrong_password (pj_account_get_problem (account)))
    failures = 0;

  g_hash_table_replace (self->failures, g_strdup (id), GUINT_TO_POINTER (failures + 1));
}

static gboolean
is_out_of_reach (const GError *error)
{
  return g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_NETWORK) ||
         g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_TIMEOUT) ||
         g_error_matches (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/**
 * pj_service_remember:
 * @self: the service
 * @account: the account that was checked
 * @memory: (nullable): what the check has learned and saved; %NULL to forget
 *
 * Keeps what makes the next check of @account cheap, unless its settings have
 * changed meanwhile.
 */
void
pj_service_remember (PjService *self, PjAccount *account, PjMailboxMemory *memory)
{
  const char *id = pj_account_get_id (account);

  if (g_hash_table_contains (self->edited, id) || pj_service_find_account_by_id (self, id) == NULL)
    memory = NULL;
  set_memory (self, id, memory);
}

/**
 * pj_service_note_failure:
 * @self: the service
 * @account: the account that was checked
 * @error: why it failed, %PJ_PROBLEM_ERROR; a cancel only plans anew
 */
void
pj_service_note_failure (PjService *self, PjAccount *account, const GError *error)
{
  const char *id = pj_account_get_id (account);
  g_autoptr (PjProblem) problem = NULL;

  /* A server that was not reached is still what it was. */
  if (!is_out_of_reach (error))
    set_memory (self, id, NULL);

  if (error->domain == PJ_PROBLEM_ERROR && pj_service_find_account_by_id (self, id) != NULL)
    {
      problem = pj_problem_new_from_error (error);
      count_failure (self, account, problem);
      g_object_set (account, "problem", problem, NULL);
      if (pj_problem_is_refusal (problem))
        g_object_set (account, "has-worked", FALSE, NULL);
      pj_store_save_problem_async (self->store, id, problem, NULL, NULL);
    }

  plan_next (self, account);
}

/**
 * pj_service_note_settings:
 * @self: the service
 * @account: an account that was added or changed
 *
 * Forgets what went wrong with the settings before and checks at once when
 * the schedule runs.
 */
void
pj_service_note_settings (PjService *self, PjAccount *account)
{
  const char *id = pj_account_get_id (account);

  g_hash_table_remove (self->failures, id);
  set_memory (self, id, NULL);
  g_object_set (account, "problem", NULL, NULL);

  /* A check that runs has the old settings: another follows it. */
  if (pj_account_is_checking (account))
    g_hash_table_add (self->edited, g_strdup (id));
  else if (self->is_checking)
    pj_service_check_now (self, account);
}

/**
 * pj_service_forget_account:
 * @self: the service
 * @account: an account that was removed
 *
 * Drops its messages, its plan, its log and what is remembered of it.
 */
void
pj_service_forget_account (PjService *self, PjAccount *account)
{
  const char *id = pj_account_get_id (account);

  pj_scheduler_forget (self->scheduler, id);
  g_hash_table_remove (self->failures, id);
  g_hash_table_remove (self->edited, id);
  g_hash_table_remove (self->logs, id);
  set_memory (self, id, NULL);
  pj_message_list_remove (self->messages, id, NULL);
  pj_store_forget_account_async (self->store, id, NULL, NULL);
}

/**
 * pj_service_update_counts:
 * @self: the service
 * @account: an account whose messages have changed
 */
void
pj_service_update_counts (PjService *self, PjAccount *account)
{
  g_object_set (account, "new-count",
                pj_message_list_count (self->messages, pj_account_get_id (account), PJ_MESSAGE_NEW),
                NULL);
}

/**
 * pj_service_mark_seen:
 * @self: the service
 * @message: a message that the user has opened
 */
void
pj_service_mark_seen (PjService *self, PjMessage *message)
{
  const char *uids[] = { NULL, NULL };
  const char *id;
  PjAccount *account;

  g_return_if_fail (PJ_IS_SERVICE (self));
  g_return_if_fail (PJ_IS_MESSAGE (message));

  if (pj_message_get_state (message) == PJ_MESSAGE_SEEN)
    return;

  id = pj_message_get_account_id (message);
  uids[0] = pj_message_get_uid (message);
  pj_store_set_state_async (self->store, id, uids, PJ_MESSAGE_SEEN, NULL, NULL);
  account = pj_service_find_account_by_id (self, id);
  pj_message_list_set_state (self->messages, id, uids[0], PJ_MESSAGE_SEEN);
  if (account != NULL)
    pj_service_update_counts (self, account);
}

/**
 * pj_service_mark_looked_at:
 * @self: the service
 *
 * The user has looked at the list: nothing in it is new any more.
 */
void
pj_service_mark_looked_at (PjService *self)
{
  g_return_if_fail (PJ_IS_SERVICE (self));

  if (pj_message_list_count (self->messages, NULL, PJ_MESSAGE_NEW) == 0)
    return;

  pj_store_set_state_async (self->store, NULL, NULL, PJ_MESSAGE_WAITING, NULL, NULL);
  pj_message_list_set_state (self->messages, NULL, NULL, PJ_MESSAGE_WAITING);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->accounts)); i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      pj_service_update_counts (self, account);
    }
}
