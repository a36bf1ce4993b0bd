/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-refusal.h"

#include <string.h>

#include <gio/gio.h>

#include "pop3/pj-pop3-error.h"

/* What is known of a login, one letter each. */
#define JUDGED "j"
#define AUTH_CODES "c"
#define WORKED "w"
#define SHOWN "s"

typedef struct
{
  const char *name;
  PjPop3Error code;
  const char *words;
  const char *facts;
  gboolean leads_on;
  PjPop3Error conclusion;
} Case;

static const Case cases[] = {
  { "wrong-password", PJ_POP3_ERROR_AUTH, "[AUTH] no", JUDGED AUTH_CODES, FALSE,
    PJ_POP3_ERROR_AUTH },
  { "wrong-before-the-password", PJ_POP3_ERROR_AUTH, "[AUTH] no", AUTH_CODES, TRUE,
    PJ_POP3_ERROR_AUTH },
  { "words-about-the-password", PJ_POP3_ERROR_REFUSED, "Bad password", JUDGED, FALSE,
    PJ_POP3_ERROR_AUTH },
  { "words-about-the-user-before-the-password", PJ_POP3_ERROR_REFUSED, "no such user", "", TRUE,
    PJ_POP3_ERROR_AUTH },
  { "words-about-the-command", PJ_POP3_ERROR_REFUSED, "unknown command", "", TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "words-about-the-command-too-late", PJ_POP3_ERROR_REFUSED, "unknown command", JUDGED, TRUE,
    PJ_POP3_ERROR_AUTH },
  { "no-words", PJ_POP3_ERROR_REFUSED, "-ERR", JUDGED, TRUE, PJ_POP3_ERROR_AUTH },
  { "no-words-before-the-password", PJ_POP3_ERROR_REFUSED, "-ERR", "", TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "words-about-the-moment", PJ_POP3_ERROR_REFUSED, "mailbox locked", JUDGED, FALSE,
    PJ_POP3_ERROR_BUSY },
  { "codes-known-and-not-used", PJ_POP3_ERROR_REFUSED, "Bad password", JUDGED AUTH_CODES, FALSE,
    PJ_POP3_ERROR_BUSY },
  { "codes-known-and-not-used-before-the-password", PJ_POP3_ERROR_REFUSED, "-ERR", AUTH_CODES, TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "busy", PJ_POP3_ERROR_BUSY, "[IN-USE]", JUDGED AUTH_CODES, FALSE, PJ_POP3_ERROR_BUSY },
  { "closed", PJ_POP3_ERROR_CLOSED, "[SYS/PERM]", AUTH_CODES, FALSE, PJ_POP3_ERROR_CLOSED },
  { "false-server", PJ_POP3_ERROR_PROTOCOL, "no proof", "", FALSE, PJ_POP3_ERROR_PROTOCOL },
  { "cannot", PJ_POP3_ERROR_UNSUPPORTED, "not ours", "", TRUE, PJ_POP3_ERROR_UNSUPPORTED },

  /* The last login with the same password succeeded. */
  { "worked/wrong-password", PJ_POP3_ERROR_AUTH, "[AUTH] no", JUDGED WORKED SHOWN, FALSE,
    PJ_POP3_ERROR_AUTH },
  { "worked/words-about-the-password", PJ_POP3_ERROR_REFUSED, "Bad password", JUDGED WORKED SHOWN,
    FALSE, PJ_POP3_ERROR_TURNED_AWAY },
  { "worked/words-about-the-password-hidden", PJ_POP3_ERROR_REFUSED, "Bad password", JUDGED WORKED,
    FALSE, PJ_POP3_ERROR_TURNED_AWAY },
  { "worked/words-about-the-user-before-the-password", PJ_POP3_ERROR_REFUSED, "no such user",
    WORKED, TRUE, PJ_POP3_ERROR_AUTH },
  { "worked/no-words", PJ_POP3_ERROR_REFUSED, "-ERR", JUDGED WORKED SHOWN, TRUE,
    PJ_POP3_ERROR_TURNED_AWAY },
  { "worked/no-words-hidden", PJ_POP3_ERROR_REFUSED, "-ERR", JUDGED WORKED, FALSE,
    PJ_POP3_ERROR_TURNED_AWAY },
  { "worked/no-words-before-the-password", PJ_POP3_ERROR_REFUSED, "-ERR", WORKED, TRUE,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "worked/words-about-the-moment", PJ_POP3_ERROR_REFUSED, "mailbox locked", JUDGED WORKED, FALSE,
    PJ_POP3_ERROR_BUSY },
  { "worked/codes-known-and-not-used", PJ_POP3_ERROR_REFUSED, "Bad password",
    JUDGED AUTH_CODES WORKED, FALSE, PJ_POP3_ERROR_BUSY },
  { "worked/busy", PJ_POP3_ERROR_BUSY, "[IN-USE]", JUDGED WORKED, FALSE, PJ_POP3_ERROR_BUSY },
  { "worked/closed", PJ_POP3_ERROR_CLOSED, "[SYS/PERM]", JUDGED WORKED, FALSE,
    PJ_POP3_ERROR_CLOSED },
};

static PjPop3RefusalFacts
parse_facts (const char *letters)
{
  return (PjPop3RefusalFacts){
    .is_judged = strstr (letters, JUDGED) != NULL,
    .has_auth_codes = strstr (letters, AUTH_CODES) != NULL,
    .has_worked = strstr (letters, WORKED) != NULL,
    .has_shown = strstr (letters, SHOWN) != NULL,
  };
}

static void
test_refusal (gconstpointer data)
{
  const Case *c = data;
  const PjPop3RefusalFacts facts = parse_facts (c->facts);
  g_autoptr (GError) refusal =
      g_error_new (PJ_POP3_ERROR, (gint) c->code, "The server says: %s", c->words);

  pj_pop3_refusal_sort (refusal, &facts);
  g_assert_cmpint (pj_pop3_refusal_leads_on (refusal, &facts), ==, c->leads_on);
  pj_pop3_refusal_conclude (refusal, &facts);
  g_assert_error (refusal, PJ_POP3_ERROR, (gint) c->conclusion);
  g_assert_nonnull (strstr (refusal->message, c->words));
}

static void
test_cancel (void)
{
  const PjPop3RefusalFacts facts = parse_facts (JUDGED AUTH_CODES WORKED);
  g_autoptr (GError) refusal =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "login password");

  pj_pop3_refusal_sort (refusal, &facts);
  g_assert_false (pj_pop3_refusal_leads_on (refusal, &facts));
  pj_pop3_refusal_conclude (refusal, &facts);
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
