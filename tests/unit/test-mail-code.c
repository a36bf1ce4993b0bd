/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-code.h"

#include <string.h>

typedef struct
{
  const char *subject;
  const char *text;
  const char *code; /* NULL: none */
} Case;

static const Case cases[] = {
  { "", "", NULL },
  { "Your code", "123456", "123456" },
  { "481516 is your Example verification code", "", "481516" },
  { "Sign in", "Your verification code is 481516.\n", "481516" },
  { "Sign in", "Your verification code:\n\n481 516\n", "481516" },
  { "Sign in", "Enter this code in the app to sign in\n\n\n  4815-1623  \n", NULL },
  { "Sign in", "Your security code: 481-516", "481516" },
  { "Sign in", "G-481516 is your Example verification code.", "481516" },
  { "Sign in", "Use the one-time password X7K9Q2 within ten minutes", "X7K9Q2" },
  { "Logowanie", "Twój kod: 4815", "4815" },
  { "Kod jednorazowy", "Dzień dobry,\n\n481516\n", "481516" },
  { "Logowanie", "Kod weryfikacyjny to 481516. Nie podawaj go nikomu.", "481516" },
  { "Anmeldung", "Ihr Bestätigungscode lautet 481516", "481516" },
  { "Connexion", "Votre code de vérification : 481516", "481516" },
  { "Acceso", "Tu código de verificación es 481516", "481516" },
  /* A number is not a code by itself, nor is every code for signing in. */
  { "Invoice 481516", "Please pay 1234 by 2026-11-30.", NULL },
  { "Sale", "Use the promo code SAVE20 for your order", NULL },
  { "Zakupy", "Twój kod rabatowy: LATO2026", NULL },
  { "Sign in", "Your verification code expires in 2026.", NULL },
  { "Sign in", "Your verification code was requested on 22.11.2026 at 14:0512", NULL },
  { "Sign in", "Your security code was used. Call +48 123 456 789", NULL },
  { "Sign in", "Your access code costs 1999 zł", NULL },
  /* Too far below, and too far into the mail. */
  { "Sign in", "Your verification code\na\nb\nc\n481516", NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *code = pj_mail_code_find (c->subject, c->text);

  g_assert_cmpstr (code, ==, c->code);
}

static void
test_only_the_beginning (void)
{
  g_autofree char *padding = g_strnfill (5000, 'a');
  g_autofree char *long_line = g_strconcat (padding, "\nYour verification code is 481516", NULL);
  g_autoptr (GString) many_lines = g_string_new (NULL);
  g_autofree char *first = pj_mail_code_find ("", long_line);
  g_autofree char *second = NULL;

  g_assert_null (first);
  for (guint i = 0; i < 50; i++)
    g_string_append (many_lines, "a\n");
  g_string_append (many_lines, "Your verification code is 481516");
  second = pj_mail_code_find ("", many_lines->str);
  g_assert_null (second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/code/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/code/only-the-beginning", test_only_the_beginning);

  return g_test_run ();
}
