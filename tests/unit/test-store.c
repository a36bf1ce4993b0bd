/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pj-store.h"

#include "test-await.h"
#include "test-dir.h"

typedef struct
{
  TestDir *dir;
  char *path;
  PjStore *store;
} Fixture;

static PjStore *
open_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  PjStore *store = pj_store_new (path, &error);

  g_assert_no_error (error);
  return store;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "state.db", NULL);
  fixture->store = open_store (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    g_assert_finalize_object (fixture->store);
  g_free (fixture->path);
  test_dir_remove (fixture->dir);
}

static PjCheckResult *
make_result (const char *account_id, guint first, guint last)
{
  PjCheckResult *result = pj_check_result_new ();

  result->has_uids = TRUE;
  for (guint i = first; i <= last; i++)
    {
      g_autofree char *uid = g_strdup_printf ("%u", i);

      g_ptr_array_add (result->fresh, pj_message_new (&(PjMessageFields){
                                          .account_id = account_id, .uid = uid, .octets = i }));
      g_ptr_array_add (result->uids, g_steal_pointer (&uid));
      result->octets += i;
    }
  result->messages = result->uids->len;

  return result;
}

static PjStoreChanges *
save (PjStore *store, const char *account_id, guint first, guint last)
{
  g_autoptr (PjCheckResult) result = make_result (account_id, first, last);
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  PjStoreChanges *changes;

  pj_store_save_check_async (store, account_id, result, 1700000000, await_ready, &slot);
  ready = await_result (&slot);
  changes = pj_store_save_check_finish (store, ready, &error);
  g_assert_no_error (error);

  return changes;
}

static PjStoreSnapshot *
load (PjStore *store)
{
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  PjStoreSnapshot *snapshot;

  pj_store_load_async (store, await_ready, &slot);
  ready = await_result (&slot);
  snapshot = pj_store_load_finish (store, ready, &error);
  g_assert_no_error (error);

  return snapshot;
}

static guint
count_state (PjStoreSnapshot *snapshot, PjMessageState state)
{
  guint count = 0;

  for (guint i = 0; i < snapshot->messages->len; i++)
    count += pj_message_get_state (g_ptr_array_index (snapshot->messages, i)) == state;

  return count;
}

static void
assert_written (PjStore *store, GAsyncResult **slot)
{
  g_autoptr (GAsyncResult) ready = await_result (slot);
  g_autoptr (GError) error = NULL;

  g_assert_true (pj_store_write_finish (store, ready, &error));
  g_assert_no_error (error);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreSnapshot) snapshot = load (fixture->store);

  g_assert_cmpuint (snapshot->messages->len, ==, 0);
  g_assert_cmpuint (snapshot->accounts->len, ==, 0);
}

static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) changes = save (fixture->store, "a", 1, 412);
  g_autoptr (PjStoreSnapshot) snapshot = load (fixture->store);
  PjStoredAccount *account;

  g_assert_true (changes->is_baseline);
  g_assert_cmpuint (changes->added->len, ==, 412);
  g_assert_cmpuint (count_state (snapshot, PJ_MESSAGE_WAITING), ==, 412);
  g_assert_cmpuint (snapshot->accounts->len, ==, 1);

  account = g_ptr_array_index (snapshot->accounts, 0);
  g_assert_cmpstr (account->account_id, ==, "a");
  g_assert_cmpint (account->last_success, ==, 1700000000);
  g_assert_cmpuint (account->messages, ==, 412);
  g_assert_cmpuint (account->octets, ==, 412 * 413 / 2);
}

/* Two programs look into one mailbox and find the same new messages. */
static void
test_announced_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStore) other = open_store (fixture->path);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) baseline = save (fixture->store, "a", 1, 3);
  g_autoptr (PjCheckResult) found = make_result ("a", 1, 50);
  GAsyncResult *slot[2] = { NULL, NULL };
  guint added = 0;

  pj_store_save_check_async (fixture->store, "a", found, 2, await_ready, &slot[0]);
  pj_store_save_check_async (other, "a", found, 2, await_ready, &slot[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (slot); i++)
    {
      g_autoptr (GAsyncResult) ready = await_result (&slot[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PjStoreChanges) changes =
          pj_store_save_check_finish (fixture->store, ready, &error);

      g_assert_no_error (error);
      g_assert_false (changes->is_baseline);
      added += changes->added->len;
    }

  g_assert_cmpuint (added, ==, 47);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) first = save (fixture->store, "a", 1, 10);
  g_autoptr (PjStoreChanges) second = save (fixture->store, "a", 4, 10);
  g_autoptr (PjStoreSnapshot) snapshot = load (fixture->store);

  g_assert_cmpuint (second->gone_uids->len, ==, 3);
  g_assert_cmpuint (second->added->len, ==, 0);
  g_assert_cmpuint (snapshot->messages->len, ==, 7);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) a0 = save (fixture->store, "a", 1, 0);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) b0 = save (fixture->store, "b", 1, 0);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) a1 = save (fixture->store, "a", 1, 5);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) b1 = save (fixture->store, "b", 1, 5);
  g_autoptr (PjStoreSnapshot) first = NULL;
  g_autoptr (PjStoreSnapshot) second = NULL;
  GAsyncResult *slot = NULL;

  pj_store_set_state_async (fixture->store, "a", (const char *const[]){ "2", NULL },
                            PJ_MESSAGE_SEEN, await_ready, &slot);
  assert_written (fixture->store, &slot);
  pj_store_set_state_async (fixture->store, "a", NULL, PJ_MESSAGE_WAITING, await_ready, &slot);
  assert_written (fixture->store, &slot);
  first = load (fixture->store);
  g_assert_cmpuint (count_state (first, PJ_MESSAGE_NEW), ==, 5);
  g_assert_cmpuint (count_state (first, PJ_MESSAGE_WAITING), ==, 4);
  g_assert_cmpuint (count_state (first, PJ_MESSAGE_SEEN), ==, 1);

  pj_store_set_state_async (fixture->store, NULL, NULL, PJ_MESSAGE_WAITING, await_ready, &slot);
  assert_written (fixture->store, &slot);
  second = load (fixture->store);
  g_assert_cmpuint (count_state (second, PJ_MESSAGE_NEW), ==, 0);
  g_assert_cmpuint (count_state (second, PJ_MESSAGE_SEEN), ==, 1);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreChanges) changes = save (fixture->store, "a", 1, 10000);
  g_autoptr (PjStoreSnapshot) snapshot = load (fixture->store);

  g_assert_cmpuint (changes->added->len, ==, 10000);
  g_assert_cmpuint (snapshot->messages->len, ==, 10000);
  for (guint i = 0; i < 10000; i++)
    {
      PjMessage *message = g_ptr_array_index (snapshot->messages, i);

      g_assert_cmpuint (pj_message_get_octets (message), ==, i + 1);
    }
}

static void
test_uids (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) a = save (fixture->store, "a", 1, 3);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) b = save (fixture->store, "b", 4, 9);
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GHashTable) uids = NULL;
  GAsyncResult *slot = NULL;

  pj_store_list_uids_async (fixture->store, "a", FALSE, await_ready, &slot);
  ready = await_result (&slot);
  uids = pj_store_list_uids_finish (fixture->store, ready, NULL);
  g_assert_cmpuint (g_hash_table_size (uids), ==, 3);
  g_assert_true (g_hash_table_contains (uids, "3"));

  g_clear_object (&ready);
  g_clear_pointer (&uids, g_hash_table_unref);
  slot = NULL;
  pj_store_list_uids_async (fixture->store, "a", TRUE, await_ready, &slot);
  ready = await_result (&slot);
  uids = pj_store_list_uids_finish (fixture->store, ready, NULL);
  g_assert_cmpuint (g_hash_table_size (uids), ==, 0);
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) changes = save (fixture->store, "a", 1, 3);
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_TIMEOUT, "No answer to UIDL");
  g_autoptr (PjStoreSnapshot) snapshot = NULL;
  PjStoredAccount *account;
  GAsyncResult *slot = NULL;

  pj_store_save_problem_async (fixture->store, "a", problem, await_ready, &slot);
  assert_written (fixture->store, &slot);

  snapshot = load (fixture->store);
  account = g_ptr_array_index (snapshot->accounts, 0);
  g_assert_cmpint (account->last_success, ==, 1700000000);
  g_assert_cmpint (pj_problem_get_code (account->problem), ==, PJ_PROBLEM_TIMEOUT);
  g_assert_cmpstr (pj_problem_get_detail (account->problem), ==, "No answer to UIDL");
  g_assert_cmpuint (snapshot->messages->len, ==, 3);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) a = save (fixture->store, "a", 1, 3);
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) b = save (fixture->store, "b", 1, 3);
  g_autoptr (PjStoreSnapshot) first = NULL;
  g_autoptr (PjStoreSnapshot) second = NULL;
  GAsyncResult *slot = NULL;

  pj_store_forget_async (fixture->store, "a", (const char *const[]){ "1", "3", NULL }, await_ready,
                         &slot);
  assert_written (fixture->store, &slot);
  first = load (fixture->store);
  g_assert_cmpuint (first->messages->len, ==, 4);
  g_assert_cmpstr (pj_message_get_uid (g_ptr_array_index (first->messages, 0)), ==, "2");

  pj_store_forget_account_async (fixture->store, "b", await_ready, &slot);
  assert_written (fixture->store, &slot);
  second = load (fixture->store);
  g_assert_cmpuint (second->messages->len, ==, 1);
  g_assert_cmpuint (second->accounts->len, ==, 1);
}

static void
test_last_reference (Fixture *fixture, gconstpointer data)
{
  G_GNUC_UNUSED g_autoptr (PjStoreChanges) changes = save (fixture->store, "a", 1, 3);
  g_autoptr (PjStoreSnapshot) snapshot = NULL;

  pj_store_set_state_async (fixture->store, "a", (const char *const[]){ "1", NULL },
                            PJ_MESSAGE_SEEN, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  fixture->store = open_store (fixture->path);
  snapshot = load (fixture->store);
  g_assert_cmpuint (count_state (snapshot, PJ_MESSAGE_SEEN), ==, 1);
}

static void
test_result_after_the_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PjStoreSnapshot) snapshot = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  GAsyncResult *slot = NULL;

  pj_store_load_async (fixture->store, await_ready, &slot);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  ready = await_result (&slot);
  snapshot = pj_store_load_finish (NULL, ready, NULL);
  g_assert_nonnull (snapshot);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_store_new (fixture->dir, &error));
  g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/store/empty-file-has-nothing", test_empty);
  add ("/store/store/first-check-is-a-baseline", test_baseline);
  add ("/store/store/two-processes-announce-once", test_announced_once);
  add ("/store/store/gone-messages-are-forgotten", test_gone);
  add ("/store/store/states-change-where-asked", test_states);
  add ("/store/store/ten-thousand-in-order", test_many);
  add ("/store/store/uids-of-one-account", test_uids);
  add ("/store/store/problem-keeps-the-rest", test_problem);
  add ("/store/store/forget-takes-only-the-named", test_forget);
  add ("/store/store/last-reference-finishes-writes", test_last_reference);
  add ("/store/store/answer-may-come-after-the-end", test_result_after_the_end);
  add ("/store/store/folder-is-no-database", test_refused);
  return g_test_run ();
}
