/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-sender.h"

#include <string.h>

#include "mail/pj-mail-warning.h"

/* What reaches the list is tried in test-mail-headers.c; here are the corners. */
typedef struct
{
  const char *name;
  const char *head;
  const char *sender;
  const char *address;
  const char *warning; /* NULL: none */
} Case;

static const Case cases[] = {
  { "nobody", "Subject: x\n", "", "", NULL },
  { "empty-from-and-a-full-one", "From:\nFrom: a@example.org\n", "", "a@example.org",
    PJ_MAIL_WARNING_SEVERAL_FROM },
  { "from-before-sender", "Sender: s@example.org\nFrom: a@example.org\n", "", "a@example.org",
    NULL },
  { "empty-from-alone", "From:\n", "", "", NULL },
  { "group-of-nobody", "From: undisclosed:;\n", "undisclosed:;", "", PJ_MAIL_WARNING_UNCLEAR_FROM },
  { "several-in-a-group", "From: t: a@example.org, b@example.org;\n", "", "a@example.org",
    PJ_MAIL_WARNING_SEVERAL_FROM },
  { "small-at-sign-in-name",
    "From: \"a\xEF\xB9\xAB"
    "bank.example\" <x@evil.test>\n",
    "a﹫bank.example", "x@evil.test", PJ_MAIL_WARNING_NAME_HAS_ADDRESS },
  { "own-address-twice-in-name", "From: \"x@a.example X@A.example\" <x@a.example>\n",
    "x@a.example X@A.example", "x@a.example", NULL },
  { "sender-without-address", "Sender: Nobody\n", "", "Nobody", PJ_MAIL_WARNING_UNCLEAR_FROM },
  { "unreadable-sender", "Sender: Nobody at all\n", "Nobody at all", "",
    PJ_MAIL_WARNING_UNCLEAR_FROM },
  { "only-at-signs", "From: @@@@\n", "@@@@", "", PJ_MAIL_WARNING_UNCLEAR_FROM },
};

static const char *
first_code (const PjMailSender *sender)
{
  const PjMailSign *sign = g_ptr_array_index (sender->signs, 0);

  return sign->code;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->head, strlen (c->head));
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (PjMailSender) sender = pj_mail_sender_new (scan, options);

  g_assert_cmpstr (sender->name, ==, c->sender);
  g_assert_cmpstr (sender->address, ==, c->address);
  g_assert_cmpuint (sender->signs->len, ==, c->warning != NULL ? 1 : 0);
  if (c->warning != NULL)
    g_assert_cmpstr (first_code (sender), ==, c->warning);
}

/* What stands behind nine thousand characters may be the address that counts. */
static void
test_too_long (gconstpointer data)
{
  g_autofree char *padding = g_strnfill (9000, ' ');
  g_autofree char *head = g_strconcat ("From: ", data, padding, "<x@evil.test>\n", NULL);
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (head, strlen (head));
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (PjMailSender) sender = pj_mail_sender_new (scan, options);

  g_assert_true (g_str_has_prefix (sender->name, data));
  g_assert_cmpstr (sender->address, ==, "");
  g_assert_cmpuint (sender->signs->len, ==, 1);
  g_assert_cmpstr (first_code (sender), ==, PJ_MAIL_WARNING_UNCLEAR_FROM);
}

/* Each level of a group in a group would be a call in a call. */
static void
test_nested_groups (void)
{
  g_autoptr (GString) head = g_string_new ("From: ");
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (PjMailHeaderScan) scan = NULL;
  g_autoptr (PjMailSender) sender = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append (head, "a:");
  scan = pj_mail_header_scan_new (head->str, head->len);
  sender = pj_mail_sender_new (scan, options);

  g_assert_cmpstr (sender->address, ==, "");
  g_assert_cmpstr (first_code (sender), ==, PJ_MAIL_WARNING_UNCLEAR_FROM);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/sender/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  g_test_add_data_func ("/mail/sender/too-long-after-address", "ceo@bank.example", test_too_long);
  g_test_add_data_func ("/mail/sender/too-long-after-name", "Ceo ceo@bank.example", test_too_long);
  g_test_add_func ("/mail/sender/nested-groups", test_nested_groups);

  return g_test_run ();
}
