/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-order.h"

#include <gio/gio.h>

#include "model/pj-account.h"

static const char *const suspicious[] = { "several-from", NULL };

typedef struct
{
  const char *name;
  GCompareDataFunc order;
  PjMessageFields first;
  PjMessageFields second;
  int sign;
} Case;

#define ID .account_id = "z", .uid = "1"
#define OTHER .account_id = "a", .uid = "2"

static const Case cases[] = {
  { "suspicious-before-new",
    pj_message_order_by_state,
    { ID, .state = PJ_MESSAGE_SEEN, .warnings = suspicious },
    { OTHER, .state = PJ_MESSAGE_NEW },
    -1 },
  { "new-before-waiting",
    pj_message_order_by_state,
    { ID, .state = PJ_MESSAGE_NEW },
    { OTHER, .state = PJ_MESSAGE_WAITING },
    -1 },
  { "same-state", pj_message_order_by_state, { ID }, { OTHER }, 0 },
  { "sender-without-regard-to-case",
    pj_message_order_by_sender,
    { ID, .from_name = "ala" },
    { OTHER, .from_name = "Bob" },
    -1 },
  { "address-where-there-is-no-name",
    pj_message_order_by_sender,
    { ID, .from_address = "zoe@x.example" },
    { OTHER, .from_name = "Bob", .from_address = "a@x.example" },
    1 },
  { "subject-without-regard-to-case",
    pj_message_order_by_subject,
    { ID, .subject = "b" },
    { OTHER, .subject = "A" },
    1 },
  { "same-subject",
    pj_message_order_by_subject,
    { ID, .subject = "Re: a" },
    { OTHER, .subject = "re: A" },
    0 },
  { "older-first", pj_message_order_by_date, { ID, .date = 1 }, { OTHER, .date = 2 }, -1 },
  { "dates-far-apart",
    pj_message_order_by_date,
    { ID, .date = G_MAXINT64 },
    { OTHER, .date = -1 },
    1 },
  { "smaller-first", pj_message_order_by_size, { ID, .octets = 1 }, { OTHER, .octets = 2 }, -1 },
  { "sizes-far-apart",
    pj_message_order_by_size,
    { ID, .octets = G_MAXUINT64 },
    { OTHER, .octets = 1 },
    1 },
  { "mailbox-by-name-not-by-id", pj_message_order_by_mailbox, { ID }, { OTHER }, -1 },
};

static GListModel *
new_accounts (void)
{
  GListStore *accounts = g_list_store_new (PJ_TYPE_ACCOUNT);
  g_autoptr (PjAccount) home = pj_account_new ("z");
  g_autoptr (PjAccount) work = pj_account_new ("a");

  g_object_set (home, "name", "home", NULL);
  g_object_set (work, "name", "work", NULL);
  g_list_store_append (accounts, home);
  g_list_store_append (accounts, work);

  return G_LIST_MODEL (accounts);
}

static void
test_order (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GListModel) accounts = new_accounts ();
  g_autoptr (PjMessage) first = pj_message_new (&c->first);
  g_autoptr (PjMessage) second = pj_message_new (&c->second);
  const int there = c->order (first, second, accounts);
  const int back = c->order (second, first, accounts);

  g_assert_cmpint ((there > 0) - (there < 0), ==, c->sign);
  g_assert_cmpint ((back > 0) - (back < 0), ==, -c->sign);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/message-order/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_order);
    }

  return g_test_run ();
}
