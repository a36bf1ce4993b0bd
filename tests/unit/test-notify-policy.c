/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notify-policy.h"

static GPtrArray *
decide (const char *account, const PjMessageFields *fields, guint count, gboolean is_baseline)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);
      PjMessageFields copy = fields[i];

      copy.account_id = "a";
      copy.uid = uid;
      g_ptr_array_add (messages, pj_message_new (&copy));
    }

  return pj_notify_policy_decide (account, messages, is_baseline);
}

static void
assert_bubble (GPtrArray *bubbles, guint i, const char *title, const char *body, const char *uid)
{
  const PjBubble *bubble = g_ptr_array_index (bubbles, i);

  g_assert_cmpstr (bubble->title, ==, title);
  g_assert_cmpstr (bubble->body, ==, body);
  g_assert_cmpstr (bubble->account_id, ==, "a");
  g_assert_cmpstr (bubble->uid, ==, uid);
}

typedef struct
{
  const char *name;
  PjMessageFields fields;
  const char *title;
  const char *body;
} Single;

#define X10 "xxxxxxxxxx"
#define X50 X10 X10 X10 X10 X10

static const Single singles[] = {
  { "name-and-address",
    { .from_name = "Ala Nowak", .from_address = "ala@example.org", .subject = "Zdjęcia" },
    "Ala Nowak (example.org)",
    "Zdjęcia" },
  { "address-alone",
    { .from_address = "ala@example.org", .subject = "Hi" },
    "ala@example.org",
    "Hi" },
  { "name-alone", { .from_name = "Ala", .subject = "Hi" }, "Ala", "Hi" },
  { "nobody", { .subject = "Hi" }, "Unknown sender", "Hi" },
  { "no-subject", { .from_address = "a@b" }, "a@b", "(no subject)" },
  { "name-poses-as-address",
    { .from_name = "service@paypal.com", .from_address = "x@evil.example", .subject = "Hi" },
    "service@paypal.com (evil.example)",
    "Hi" },
  { "two-signs-in-address",
    { .from_name = "A", .from_address = "a@paypal.com@evil.example", .subject = "Hi" },
    "A (evil.example)",
    "Hi" },
  { "line-breaks-and-bidi",
    { .from_name = "A\nB",
      .from_address = "a@b",
      .subject = "1\r\n2 \xE2\x80\xAE"
                 "3" },
    "A B (b)",
    "1 2 3" },
  { "mark-up-stays-text",
    { .from_name = "<b>A</b>", .from_address = "a@b", .subject = "1 < 2 &amp; 3" },
    "<b>A</b> (b)",
    "1 < 2 &amp; 3" },
  { "poses-as-the-system",
    { .from_name = "Popinjay\n\n",
      .from_address = "a@evil.example",
      .subject = "\n<b>System update</b>\n<a href=\"http://evil.example\">Install</a>" },
    "Popinjay (evil.example)",
    "<b>System update</b> <a href=\"http://evil.example\">Install</a>" },
  { "long-name-keeps-the-domain",
    { .from_name = X50 X50, .from_address = "a@evil.example", .subject = "Hi" },
    X50 X10 "… (evil.example)",
    "Hi" },
  { "long-domain-keeps-its-end",
    { .from_name = "A", .from_address = "a@paypal.com." X50 ".evil.example", .subject = "Hi" },
    "A (…xxxxxxxxxxxxxxxxxxxxxxxxxxx.evil.example)",
    "Hi" },
  { "long-address-keeps-the-end-of-its-domain",
    { .from_address = X50 "@paypal.com." X50 ".evil.example", .subject = "Hi" },
    X10 X10 "…@…xxxxxxxxxxxxxxxxxxxxxxxxxxx.evil.example",
    "Hi" },
  { "long-subject",
    { .from_address = "a@b", .subject = X50 X50 X50 X50 "yz" },
    "a@b",
    X50 X50 X50 X50 "…" },
};

static void
test_single (gconstpointer data)
{
  const Single *row = data;
  g_autoptr (GPtrArray) bubbles = decide ("home", &row->fields, 1, FALSE);

  g_assert_cmpuint (bubbles->len, ==, 1);
  assert_bubble (bubbles, 0, row->title, row->body, "uid-0");
}

static const PjMessageFields five[] = {
  { .from_address = "a@x.org", .subject = "1" }, { .from_address = "b@x.org", .subject = "2" },
  { .from_address = "a@x.org", .subject = "3" }, { .from_address = "c@x.org", .subject = "4" },
  { .from_address = "d@x.org", .subject = "5" },
};

static void
test_none (void)
{
  g_autoptr (GPtrArray) nothing_new = decide ("home", five, 0, FALSE);
  g_autoptr (GPtrArray) empty_mailbox = decide ("home", five, 0, TRUE);

  g_assert_cmpuint (nothing_new->len, ==, 0);
  g_assert_cmpuint (empty_mailbox->len, ==, 0);
}

static void
test_three (void)
{
  g_autoptr (GPtrArray) bubbles = decide ("home", five, 3, FALSE);

  g_assert_cmpuint (bubbles->len, ==, 3);
  assert_bubble (bubbles, 0, "a@x.org", "1", "uid-0");
  assert_bubble (bubbles, 1, "b@x.org", "2", "uid-1");
  assert_bubble (bubbles, 2, "a@x.org", "3", "uid-2");
}

static void
test_four (void)
{
  g_autoptr (GPtrArray) bubbles = decide ("home", five, 4, FALSE);

  g_assert_cmpuint (bubbles->len, ==, 1);
  assert_bubble (bubbles, 0, "4 new messages in home", "a@x.org, b@x.org, c@x.org", NULL);
}

static void
test_five (void)
{
  g_autoptr (GPtrArray) bubbles = decide ("work\n<b>", five, 5, FALSE);

  g_assert_cmpuint (bubbles->len, ==, 1);
  assert_bubble (bubbles, 0, "5 new messages in work <b>", "a@x.org, b@x.org, c@x.org and others",
                 NULL);
}

static void
test_baseline (void)
{
  g_autoptr (GPtrArray) one = decide ("home", five, 1, TRUE);
  g_autoptr (GPtrArray) many = decide ("home", five, 5, TRUE);

  g_assert_cmpuint (one->len, ==, 1);
  assert_bubble (one, 0, "home", "1 message already there", NULL);
  g_assert_cmpuint (many->len, ==, 1);
  assert_bubble (many, 0, "home", "5 messages already there", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      g_autofree char *path = g_strconcat ("/notify/notify-policy/single/", singles[i].name, NULL);

      g_test_add_data_func (path, &singles[i], test_single);
    }
  g_test_add_func ("/notify/notify-policy/nothing-is-not-told", test_none);
  g_test_add_func ("/notify/notify-policy/three-are-told-one-by-one", test_three);
  g_test_add_func ("/notify/notify-policy/four-are-told-together", test_four);
  g_test_add_func ("/notify/notify-policy/many-senders-are-cut", test_five);
  g_test_add_func ("/notify/notify-policy/baseline-is-one-line", test_baseline);
  return g_test_run ();
}
