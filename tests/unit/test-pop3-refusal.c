/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-refusal.h"

#include <gio/gio.h>

#include "pop3/pj-pop3-error.h"

typedef struct
{
  const char *name;
  PjPop3Error code;
  const char *words;
  gboolean is_judged;
  gboolean has_auth_codes;
  gboolean leads_on;
  PjPop3Error conclusion;
} Case;

static const Case cases[] = {
  { "wrong-password", PJ_POP3_ERROR_AUTH, "[AUTH] no", TRUE, TRUE, FALSE, PJ_POP3_ERROR_AUTH },
  { "wrong-before-the-password", PJ_POP3_ERROR_AUTH, "[AUTH] no", FALSE, TRUE, TRUE,
    PJ_POP3_ERROR_AUTH },
  { "words-about-the-password", PJ_POP3_ERROR_REFUSED, "Bad password", TRUE, FALSE, FALSE,
    PJ_POP3_ERROR_AUTH },
  { "words-about-the-user-before-the-password", PJ_POP3_ERROR_REFUSED, "no such user", FALSE, FALSE,
    TRUE, PJ_POP3_ERROR_AUTH },
  { "words-about-the-command", PJ_POP3_ERROR_REFUSED, "unknown command", FALSE, FALSE, TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "words-about-the-command-too-late", PJ_POP3_ERROR_REFUSED, "unknown command", TRUE, FALSE, TRUE,
    PJ_POP3_ERROR_AUTH },
  { "no-words", PJ_POP3_ERROR_REFUSED, "-ERR", TRUE, FALSE, TRUE, PJ_POP3_ERROR_AUTH },
  { "no-words-before-the-password", PJ_POP3_ERROR_REFUSED, "-ERR", FALSE, FALSE, TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "words-about-the-moment", PJ_POP3_ERROR_REFUSED, "mailbox locked", TRUE, FALSE, FALSE,
    PJ_POP3_ERROR_BUSY },
  { "codes-known-and-not-used", PJ_POP3_ERROR_REFUSED, "Bad password", TRUE, TRUE, FALSE,
    PJ_POP3_ERROR_BUSY },
  { "codes-known-and-not-used-before-the-password", PJ_POP3_ERROR_REFUSED, "-ERR", FALSE, TRUE,
    TRUE, PJ_POP3_ERROR_UNSUPPORTED },
  { "busy", PJ_POP3_ERROR_BUSY, "[IN-USE]", TRUE, TRUE, FALSE, PJ_POP3_ERROR_BUSY },
  { "closed", PJ_POP3_ERROR_CLOSED, "[SYS/PERM]", FALSE, TRUE, FALSE, PJ_POP3_ERROR_CLOSED },
  { "false-server", PJ_POP3_ERROR_PROTOCOL, "no proof", FALSE, FALSE, FALSE,
    PJ_POP3_ERROR_PROTOCOL },
  { "cannot", PJ_POP3_ERROR_UNSUPPORTED, "not ours", FALSE, FALSE, TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
};

static void
test_refusal (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) refusal =
      g_error_new (PJ_POP3_ERROR, (gint) c->code, "The server says: %s", c->words);

  pj_pop3_refusal_sort (refusal, c->is_judged, c->has_auth_codes);
  g_assert_cmpint (pj_pop3_refusal_leads_on (refusal, c->is_judged), ==, c->leads_on);
  pj_pop3_refusal_conclude (refusal, c->is_judged);
  g_assert_error (refusal, PJ_POP3_ERROR, (gint) c->conclusion);
}

static void
test_cancel (void)
{
  g_autoptr (GError) refusal =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "login password");

  pj_pop3_refusal_sort (refusal, TRUE, TRUE);
  g_assert_false (pj_pop3_refusal_leads_on (refusal, FALSE));
  pj_pop3_refusal_conclude (refusal, TRUE);
  g_assert_error (refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/refusal/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_refusal);
    }
  g_test_add_func ("/pop3/refusal/cancel-stays", test_cancel);

  return g_test_run ();
}
