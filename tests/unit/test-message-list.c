/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-message-list.h"

#define N_ACCOUNTS 3
#define N_MESSAGES 1000
#define N_OPERATIONS 120

static const char *const accounts[N_ACCOUNTS] = { "home", "work", "club" };

static PjMessage *
message_new (const char *account_id, const char *uid, PjMessageState state)
{
  return pj_message_new (&(PjMessageFields){
      .account_id = account_id,
      .uid = uid,
      .state = state,
  });
}

static void
add_one (PjMessageList *list, const char *account_id, const char *uid, PjMessageState state)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (messages, message_new (account_id, uid, state));
  pj_message_list_add (list, messages);
}

/* What somebody sees who knows the list by its signal alone. */
typedef struct
{
  GPtrArray *items; /* of PjMessage */
  guint n_signals;
} Watcher;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Watcher *watcher = user_data;

  watcher->n_signals++;
  g_assert_cmpuint (removed + added, >, 0);
  g_assert_cmpuint (position + removed, <=, watcher->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (watcher->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (watcher->items, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, watcher->items->len);
}

static void
watch (Watcher *watcher, PjMessageList *list)
{
  watcher->items = g_ptr_array_new_with_free_func (g_object_unref);
  watcher->n_signals = 0;
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), watcher);
}

static void
assert_same (PjMessage *a, PjMessage *b)
{
  g_assert_cmpstr (pj_message_get_account_id (a), ==, pj_message_get_account_id (b));
  g_assert_cmpstr (pj_message_get_uid (a), ==, pj_message_get_uid (b));
  g_assert_cmpint (pj_message_get_state (a), ==, pj_message_get_state (b));
}

static void
test_lifetime (void)
{
  PjMessageList *list = pj_message_list_new ();

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == PJ_TYPE_MESSAGE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  add_one (list, "home", "a", PJ_MESSAGE_NEW);
  g_assert_finalize_object (list);
}

static void
test_add_twice (void)
{
  g_autoptr (PjMessageList) list = pj_message_list_new ();
  Watcher watcher;

  watch (&watcher, list);
  add_one (list, "home", "a", PJ_MESSAGE_NEW);
  add_one (list, "home", "a", PJ_MESSAGE_SEEN);
  add_one (list, "work", "a", PJ_MESSAGE_NEW);

  g_assert_cmpuint (watcher.n_signals, ==, 2);
  g_assert_cmpuint (watcher.items->len, ==, 2);
  g_assert_cmpint (pj_message_get_state (pj_message_list_find (list, "home", "a")), ==,
                   PJ_MESSAGE_NEW);
  g_ptr_array_unref (watcher.items);
}

static void
test_find (void)
{
  g_autoptr (PjMessageList) list = pj_message_list_new ();
  const char *const gone[] = { "a", "nobody", NULL };

  add_one (list, "home", "a", PJ_MESSAGE_NEW);
  add_one (list, "home", "b", PJ_MESSAGE_NEW);
  add_one (list, "work", "a", PJ_MESSAGE_NEW);
  pj_message_list_remove (list, "home", gone);

  g_assert_null (pj_message_list_find (list, "home", "a"));
  g_assert_nonnull (pj_message_list_find (list, "home", "b"));
  g_assert_nonnull (pj_message_list_find (list, "work", "a"));
  g_assert_null (pj_message_list_find (list, "nobody", "a"));
}

static void
test_remove_is_one_change (void)
{
  g_autoptr (PjMessageList) list = pj_message_list_new ();
  Watcher watcher;

  add_one (list, "work", "z", PJ_MESSAGE_NEW);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *uid = g_strdup_printf ("%u", i);

      add_one (list, "home", uid, PJ_MESSAGE_NEW);
    }
  watch (&watcher, list);
  for (guint i = 0; i < 51; i++)
    g_ptr_array_add (watcher.items, g_list_model_get_item (G_LIST_MODEL (list), i));

  pj_message_list_remove (list, "home", NULL);
  g_assert_cmpuint (watcher.n_signals, ==, 1);
  g_assert_cmpuint (watcher.items->len, ==, 1);
  pj_message_list_remove (list, "home", NULL);
  g_assert_cmpuint (watcher.n_signals, ==, 1);
  g_ptr_array_unref (watcher.items);
}

static void
test_state (void)
{
  g_autoptr (PjMessageList) list = pj_message_list_new ();
  Watcher watcher;

  watch (&watcher, list);
  add_one (list, "home", "a", PJ_MESSAGE_NEW);
  add_one (list, "home", "b", PJ_MESSAGE_SEEN);
  add_one (list, "work", "c", PJ_MESSAGE_NEW);
  watcher.n_signals = 0;

  pj_message_list_set_state (list, "home", "a", PJ_MESSAGE_NEW);
  pj_message_list_set_state (list, "home", "nobody", PJ_MESSAGE_SEEN);
  g_assert_cmpuint (watcher.n_signals, ==, 0);

  pj_message_list_set_state (list, "home", NULL, PJ_MESSAGE_WAITING);
  g_assert_cmpuint (watcher.n_signals, ==, 1);
  g_assert_cmpuint (pj_message_list_count (list, "home", PJ_MESSAGE_WAITING), ==, 1);
  g_assert_cmpuint (pj_message_list_count (list, "home", PJ_MESSAGE_SEEN), ==, 1);
  g_assert_cmpuint (pj_message_list_count (list, NULL, PJ_MESSAGE_NEW), ==, 1);

  pj_message_list_set_state (list, NULL, NULL, PJ_MESSAGE_WAITING);
  g_assert_cmpuint (pj_message_list_count (list, NULL, PJ_MESSAGE_NEW), ==, 0);
  g_assert_cmpuint (pj_message_list_count (list, NULL, PJ_MESSAGE_WAITING), ==, 2);
  g_ptr_array_unref (watcher.items);
}

/* The same list in the plainest way: an array that is searched from one end. */
typedef struct
{
  PjMessageList *list;
  GPtrArray *plain; /* of PjMessage */
} Pair;

static guint
plain_find (GPtrArray *plain, const char *account_id, const char *uid)
{
  guint i = 0;

  for (; i < plain->len; i++)
    {
      if (g_str_equal (pj_message_get_account_id (plain->pdata[i]), account_id) &&
          g_str_equal (pj_message_get_uid (plain->pdata[i]), uid))
        break;
    }

  return i;
}

static void
plain_set_state (GPtrArray *plain, guint i, PjMessageState state)
{
  PjMessage *fresh = pj_message_new_with_state (plain->pdata[i], state);

  g_object_unref (plain->pdata[i]);
  plain->pdata[i] = fresh;
}

static const char *
random_account (void)
{
  return accounts[g_test_rand_int_range (0, N_ACCOUNTS)];
}

static char *
random_uid (void)
{
  return g_strdup_printf ("uid-%d", g_test_rand_int_range (0, N_MESSAGES));
}

static PjMessageState
random_state (void)
{
  return (PjMessageState) g_test_rand_int_range (PJ_MESSAGE_NEW, PJ_MESSAGE_SEEN + 1);
}

static void
add_some (Pair *pair, int n)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *uid = random_uid ();
      PjMessage *message = message_new (random_account (), uid, random_state ());

      g_ptr_array_add (messages, message);
      if (plain_find (pair->plain, pj_message_get_account_id (message), uid) == pair->plain->len)
        g_ptr_array_add (pair->plain, g_object_ref (message));
    }
  pj_message_list_add (pair->list, messages);
}

static void
remove_some (Pair *pair, int n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *account_id = random_account ();
  g_auto (GStrv) uids = NULL;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *uid = random_uid ();
      guint at = plain_find (pair->plain, account_id, uid);

      g_strv_builder_add (builder, uid);
      if (at < pair->plain->len)
        g_ptr_array_remove_index (pair->plain, at);
    }
  uids = g_strv_builder_end (builder);
  pj_message_list_remove (pair->list, account_id, (const char *const *) uids);
}

static void
remove_account (Pair *pair)
{
  const char *account_id = random_account ();

  for (guint i = pair->plain->len; i > 0; i--)
    {
      if (g_str_equal (pj_message_get_account_id (pair->plain->pdata[i - 1]), account_id))
        g_ptr_array_remove_index (pair->plain, i - 1);
    }
  pj_message_list_remove (pair->list, account_id, NULL);
}

static void
set_one (Pair *pair)
{
  const char *account_id = random_account ();
  g_autofree char *uid = random_uid ();
  PjMessageState state = random_state ();
  guint at = plain_find (pair->plain, account_id, uid);

  if (at < pair->plain->len)
    plain_set_state (pair->plain, at, state);
  pj_message_list_set_state (pair->list, account_id, uid, state);
}

static void
set_new (Pair *pair)
{
  const char *account_id = g_test_rand_bit () ? random_account () : NULL;

  for (guint i = 0; i < pair->plain->len; i++)
    {
      PjMessage *message = pair->plain->pdata[i];

      if (pj_message_get_state (message) == PJ_MESSAGE_NEW &&
          (account_id == NULL || g_str_equal (pj_message_get_account_id (message), account_id)))
        plain_set_state (pair->plain, i, PJ_MESSAGE_WAITING);
    }
  pj_message_list_set_state (pair->list, account_id, NULL, PJ_MESSAGE_WAITING);
}

static void
operate (Pair *pair)
{
  switch (g_test_rand_int_range (0, 20))
    {
    case 0:
      remove_account (pair);
      break;
    case 1:
      set_new (pair);
      break;
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      remove_some (pair, g_test_rand_int_range (1, 60));
      break;
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
      set_one (pair);
      break;
    default:
      add_some (pair, g_test_rand_int_range (1, 120));
      break;
    }
}

static void
compare (Pair *pair, Watcher *watcher)
{
  guint counts[PJ_MESSAGE_SEEN + 1] = { 0 };

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (pair->list)), ==, pair->plain->len);
  g_assert_cmpuint (watcher->items->len, ==, pair->plain->len);
  for (guint i = 0; i < pair->plain->len; i++)
    {
      g_autoptr (PjMessage) message = g_list_model_get_item (G_LIST_MODEL (pair->list), i);

      assert_same (message, pair->plain->pdata[i]);
      g_assert_true (message == watcher->items->pdata[i]);
      g_assert_true (message == pj_message_list_find (pair->list,
                                                      pj_message_get_account_id (message),
                                                      pj_message_get_uid (message)));
      counts[pj_message_get_state (message)]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (pj_message_list_count (pair->list, NULL, (PjMessageState) i), ==, counts[i]);
}

static void
test_random (void)
{
  g_autoptr (GPtrArray) plain = g_ptr_array_new_with_free_func (g_object_unref);
  Pair pair = { .list = pj_message_list_new (), .plain = plain };
  Watcher watcher;

  watch (&watcher, pair.list);
  add_some (&pair, N_MESSAGES);
  compare (&pair, &watcher);
  for (guint i = 0; i < N_OPERATIONS; i++)
    {
      operate (&pair);
      /* Not after each: what one operation leaves stale, the next must bear. */
      if (g_test_rand_bit ())
        compare (&pair, &watcher);
    }
  compare (&pair, &watcher);

  g_assert_finalize_object (pair.list);
  g_ptr_array_unref (watcher.items);
}

static void
test_fill (void)
{
  g_autoptr (PjMessageList) list = pj_message_list_new ();
  g_autoptr (GPtrArray) filled = g_ptr_array_new_with_free_func (g_object_unref);
  PjMessage *message;
  Watcher watcher;

  watch (&watcher, list);
  add_one (list, "home", "a", PJ_MESSAGE_NEW);
  add_one (list, "home", "b", PJ_MESSAGE_SEEN);
  watcher.n_signals = 0;

  g_ptr_array_add (filled, pj_message_new (&(PjMessageFields){
                               .account_id = "home", .uid = "b", .subject = "Late" }));
  g_ptr_array_add (filled, pj_message_new (&(PjMessageFields){
                               .account_id = "work", .uid = "b", .subject = "Nowhere" }));
  pj_message_list_fill (list, filled);
  g_assert_cmpuint (watcher.n_signals, ==, 1);
  g_assert_cmpuint (watcher.items->len, ==, 2);
  message = pj_message_list_find (list, "home", "b");
  g_assert_true (message == g_ptr_array_index (watcher.items, 1));
  g_assert_cmpstr (pj_message_get_subject (message), ==, "Late");
  g_assert_cmpint (pj_message_get_state (message), ==, PJ_MESSAGE_SEEN);
  g_ptr_array_unref (watcher.items);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/message-list/lifetime", test_lifetime);
  g_test_add_func ("/app/message-list/added-twice-is-there-once", test_add_twice);
  g_test_add_func ("/app/message-list/find", test_find);
  g_test_add_func ("/app/message-list/neighbours-go-in-one-change", test_remove_is_one_change);
  g_test_add_func ("/app/message-list/state", test_state);
  g_test_add_func ("/app/message-list/header-comes-later", test_fill);
  g_test_add_func ("/app/message-list/random-operations", test_random);

  return g_test_run ();
}
