/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-link.h"

static void
test_keeps (void)
{
  PjMailLink *link =
      pj_mail_link_new ("https://www.example.org/a", "www.example.org", "example.org",
                        PJ_MAIL_LINK_OTHER_DOMAIN | PJ_MAIL_LINK_OBSCURED, TRUE);
  g_autoptr (PjMailLink) kept = pj_mail_link_ref (link);

  pj_mail_link_unref (link);
  g_assert_cmpstr (kept->target, ==, "https://www.example.org/a");
  g_assert_cmpstr (kept->host, ==, "www.example.org");
  g_assert_cmpstr (kept->domain, ==, "example.org");
  g_assert_cmpint (kept->doubts, ==, PJ_MAIL_LINK_OTHER_DOMAIN | PJ_MAIL_LINK_OBSCURED);
  g_assert_true (kept->can_open);
}

static void
test_without_host (void)
{
  g_autoptr (PjMailLink) link =
      pj_mail_link_new ("javascript:alert(1)", NULL, NULL, PJ_MAIL_LINK_SOUND, FALSE);

  g_assert_cmpstr (link->host, ==, "");
  g_assert_cmpstr (link->domain, ==, "");
  g_assert_false (link->can_open);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-link/keeps-what-it-is-made-of", test_keeps);
  g_test_add_func ("/model/mail-link/without-host", test_without_host);
  return g_test_run ();
}
