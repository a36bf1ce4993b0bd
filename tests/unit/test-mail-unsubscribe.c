/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-unsubscribe.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *head;
  const char *host; /* NULL: none */
} Case;

static const Case cases[] = {
  { "none", "Subject: x\n", NULL },
  { "page", "List-Unsubscribe: <https://lists.example.org/leave?u=1>\n", "lists.example.org" },
  { "mail-then-page",
    "List-Unsubscribe: <mailto:leave@example.org?subject=x>,\n <https://a.example/x>\n",
    "a.example" },
  { "first-of-two-pages", "List-Unsubscribe: <https://a.example>, <https://b.example>\n",
    "a.example" },
  { "folded-within", "List-Unsubscribe: <https://a.example/\n very/long>\n", "a.example" },
  { "mail-alone", "List-Unsubscribe: <mailto:leave@example.org>\n", NULL },
  { "http-is-not-offered", "List-Unsubscribe: <http://a.example/leave>\n", NULL },
  { "script", "List-Unsubscribe: <javascript:alert(1)>\n", NULL },
  { "file", "List-Unsubscribe: <file:///etc/passwd>\n", NULL },
  { "no-brackets", "List-Unsubscribe: https://a.example/leave\n", NULL },
  { "bracket-not-closed", "List-Unsubscribe: <https://a.example/leave\n", NULL },
  { "no-host", "List-Unsubscribe: <https://>\n", NULL },
  { "second-field",
    "List-Unsubscribe: <mailto:x@example.org>\nList-Unsubscribe: <https://a.example>\n",
    "a.example" },
  { "one-click-is-only-an-offer",
    "List-Unsubscribe: <https://a.example/1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
    "a.example" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->head, strlen (c->head));
  g_autoptr (PjMailLink) link = pj_mail_unsubscribe_find (scan);

  g_assert_cmpstr (link != NULL ? link->host : NULL, ==, c->host);
  if (link != NULL)
    {
      g_assert_true (link->can_open);
      g_assert_true (g_str_has_prefix (link->target, "https://"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/unsubscribe/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
