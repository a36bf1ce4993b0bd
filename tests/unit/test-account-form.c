/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-account-form.h"

typedef struct
{
  const char *name;
  PjAccountForm form;
  PjAccountFormField fault;
} FaultCase;

#define TYPED(name_, server_, port_, user_)                                                        \
  {                                                                                                \
    .name = name_, .server = server_, .port = port_, .user = user_                                 \
  }

#define SIGNED_IN(mechanism_, password_command_, token_command_, client_certificate_)              \
  {                                                                                                \
    .name = "home", .server = "h", .port = "995", .user = "ala", .mechanism = mechanism_,          \
    .password_command = password_command_, .token_command = token_command_,                        \
    .client_certificate = client_certificate_                                                      \
  }

static const FaultCase fault_cases[] = {
  { "good", TYPED ("home", "pop.x.example", "995", "ala"), PJ_ACCOUNT_FORM_NOTHING },
  { "address-of-six", TYPED ("home", "::1", "995", "ala"), PJ_ACCOUNT_FORM_NOTHING },
  { "no-name", TYPED ("", "pop.x.example", "995", "ala"), PJ_ACCOUNT_FORM_NAME },
  { "no-server", TYPED ("home", "", "995", "ala"), PJ_ACCOUNT_FORM_SERVER },
  { "space-in-server", TYPED ("home", "pop x", "995", "ala"), PJ_ACCOUNT_FORM_SERVER },
  { "url-for-server", TYPED ("home", "https://x.example", "995", "ala"), PJ_ACCOUNT_FORM_SERVER },
  { "address-for-server", TYPED ("home", "ala@x.example", "995", "ala"), PJ_ACCOUNT_FORM_SERVER },
  { "no-port", TYPED ("home", "pop.x.example", "", "ala"), PJ_ACCOUNT_FORM_PORT },
  { "port-too-large", TYPED ("home", "pop.x.example", "65536", "ala"), PJ_ACCOUNT_FORM_PORT },
  { "port-zero", TYPED ("home", "pop.x.example", "0", "ala"), PJ_ACCOUNT_FORM_PORT },
  { "port-in-words", TYPED ("home", "pop.x.example", "pop3s", "ala"), PJ_ACCOUNT_FORM_PORT },
  { "no-user", TYPED ("home", "pop.x.example", "995", ""), PJ_ACCOUNT_FORM_USER },
  { "external", SIGNED_IN ("EXTERNAL", "", "", "/me.pem"), PJ_ACCOUNT_FORM_NOTHING },
  { "external-without-certificate", SIGNED_IN ("EXTERNAL", "", "", NULL), PJ_ACCOUNT_FORM_SIGN_IN },
  { "oauth", SIGNED_IN ("XOAUTH2", "", "token", NULL), PJ_ACCOUNT_FORM_NOTHING },
  { "oauth-without-token", SIGNED_IN ("OAUTHBEARER", "", "", NULL), PJ_ACCOUNT_FORM_SIGN_IN },
  { "token-for-plain", SIGNED_IN ("PLAIN", "", "token", NULL), PJ_ACCOUNT_FORM_SIGN_IN },
  { "token-for-the-best", SIGNED_IN (NULL, "", "token", NULL), PJ_ACCOUNT_FORM_NOTHING },
  { "two-commands", SIGNED_IN (NULL, "pass", "token", NULL), PJ_ACCOUNT_FORM_SIGN_IN },
};

static void
test_fault (gconstpointer data)
{
  const FaultCase *c = data;
  const char *words = "unset";

  g_assert_cmpint (pj_account_form_find_fault (&c->form, &words), ==, c->fault);
  if (c->fault == PJ_ACCOUNT_FORM_NOTHING)
    g_assert_null (words);
  else
    g_assert_cmpstr (words, !=, "unset");
}

typedef struct
{
  const char *name;
  const char *address;
  const char *server;
} GuessCase;

static const GuessCase guess_cases[] = {
  { "address", "ala@x.example", "pop3.x.example" },
  { "empty", "", "" },
  { "half-typed", "ala@x", "" },
  { "no-domain", "ala.nowak", "" },
  { "last-at-counts", "\"a@b\"@x.example", "pop3.x.example" },
  { "space", "ala@x example.org", "" },
};

static void
test_guess (gconstpointer data)
{
  const GuessCase *c = data;
  g_autofree char *server = pj_account_form_guess_server (c->address);

  g_assert_cmpstr (server, ==, c->server);
}

static void
test_port (void)
{
  g_assert_cmpuint (pj_account_form_parse_port ("1"), ==, 1);
  g_assert_cmpuint (pj_account_form_parse_port ("65535"), ==, 65535);
  g_assert_cmpuint (pj_account_form_parse_port ("-1"), ==, 0);
  g_assert_cmpuint (pj_account_form_parse_port ("995 "), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fault_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/account-form/fault/", fault_cases[i].name, NULL);

      g_test_add_data_func (path, &fault_cases[i], test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (guess_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/account-form/guess/", guess_cases[i].name, NULL);

      g_test_add_data_func (path, &guess_cases[i], test_guess);
    }
  g_test_add_func ("/ui/account-form/port", test_port);

  return g_test_run ();
}
