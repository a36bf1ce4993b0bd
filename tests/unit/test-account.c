/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account.h"

#define PIN                                                                                        \
  "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:"  \
  "EF"

static PjAccount *
make_account (void)
{
  PjAccount *account = pj_account_new ("a");

  g_object_set (account, "name", "home", "server", "pop.example.org", "user", "ala", NULL);
  return account;
}

static void
test_new (void)
{
  PjAccount *account = pj_account_new (NULL);
  g_autoptr (PjAccount) other = pj_account_new (NULL);

  g_assert_cmpstr (pj_account_get_id (account), !=, pj_account_get_id (other));
  g_assert_null (pj_account_get_name (account));
  g_assert_cmpuint (pj_account_get_port (account), ==, 995);
  g_assert_cmpint (pj_account_get_security (account), ==, PJ_SECURITY_TLS);
  g_assert_cmpuint (pj_account_get_interval_s (account), ==, PJ_ACCOUNT_DEFAULT_INTERVAL_S);
  g_assert_false (pj_account_may_fetch_whole (account));
  g_assert_false (pj_account_is_checking (account));
  g_assert_null (pj_account_get_problem (account));
  g_assert_cmpint (pj_account_get_last_success (account), ==, 0);
  g_assert_cmpint (pj_account_get_next_due (account), ==, 0);
  g_assert_finalize_object (account);
}

static void
test_empty_means_none (void)
{
  g_autoptr (PjAccount) account = make_account ();

  g_object_set (account, "ca-file", "", "password-command", "", "name", "", NULL);
  g_assert_null (pj_account_get_ca_file (account));
  g_assert_null (pj_account_get_password_command (account));
  g_assert_null (pj_account_get_name (account));
}

static void
test_copy (void)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjAccount) draft = NULL;

  g_object_set (account, "port", 1110, "security", PJ_SECURITY_NONE, "ca-file", "/ca.pem",
                "password-command", "pass show x", "interval-s", 600, "messages", 7, NULL);
  g_object_set (account, "mechanism", "EXTERNAL", "token-command", "token", "client-certificate",
                "/me.pem", "pin", PIN, "pin-summary", "for pop.example.org", "may-fetch-whole",
                TRUE, NULL);
  draft = pj_account_new_copy (account);
  g_assert_cmpstr (pj_account_get_id (draft), ==, "a");
  g_assert_cmpstr (pj_account_get_name (draft), ==, "home");
  g_assert_cmpstr (pj_account_get_server (draft), ==, "pop.example.org");
  g_assert_cmpuint (pj_account_get_port (draft), ==, 1110);
  g_assert_cmpint (pj_account_get_security (draft), ==, PJ_SECURITY_NONE);
  g_assert_cmpstr (pj_account_get_user (draft), ==, "ala");
  g_assert_cmpstr (pj_account_get_ca_file (draft), ==, "/ca.pem");
  g_assert_cmpstr (pj_account_get_password_command (draft), ==, "pass show x");
  g_assert_cmpstr (pj_account_get_mechanism (draft), ==, "EXTERNAL");
  g_assert_cmpstr (pj_account_get_token_command (draft), ==, "token");
  g_assert_cmpstr (pj_account_get_client_certificate (draft), ==, "/me.pem");
  g_assert_cmpstr (pj_account_get_pin (draft), ==, PIN);
  g_assert_cmpstr (pj_account_get_pin_summary (draft), ==, "for pop.example.org");
  g_assert_cmpuint (pj_account_get_interval_s (draft), ==, 600);
  g_assert_true (pj_account_may_fetch_whole (draft));
  g_assert_cmpuint (pj_account_get_messages (draft), ==, 0);
}

static void
test_take_settings (void)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjAccount) other = pj_account_new ("b");

  g_object_set (account, "ca-file", "/ca.pem", "new-count", 3, NULL);
  g_object_set (other, "name", "work", "server", "h", "user", "u", NULL);
  pj_account_take_settings (account, other);
  g_assert_cmpstr (pj_account_get_id (account), ==, "a");
  g_assert_cmpstr (pj_account_get_name (account), ==, "work");
  g_assert_null (pj_account_get_ca_file (account));
  g_assert_cmpuint (pj_account_get_new_count (account), ==, 3);

  pj_account_take_settings (account, account);
  g_assert_cmpstr (pj_account_get_name (account), ==, "work");
}

static void
test_state (void)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjProblem) problem = pj_problem_new (PJ_PROBLEM_BUSY, "locked");

  g_object_set (account, "problem", problem, "is-checking", TRUE, "last-success",
                (gint64) 1700000000, "next-due", (gint64) 1700000300, "octets",
                (guint64) 5368709120, NULL);
  g_assert_true (pj_account_get_problem (account) == problem);
  g_assert_true (pj_account_is_checking (account));
  g_assert_cmpint (pj_account_get_last_success (account), ==, 1700000000);
  g_assert_cmpint (pj_account_get_next_due (account), ==, 1700000300);
  g_assert_cmpuint (pj_account_get_octets (account), ==, 5368709120);

  g_clear_pointer (&problem, pj_problem_unref);
  g_object_set (account, "problem", pj_account_get_problem (account), NULL);
  g_assert_cmpstr (pj_problem_get_detail (pj_account_get_problem (account)), ==, "locked");

  g_object_set (account, "problem", NULL, NULL);
  g_assert_null (pj_account_get_problem (account));

  g_assert_false (pj_account_has_worked (account));
  g_object_set (account, "has-worked", TRUE, NULL);
  g_assert_true (pj_account_has_worked (account));
}

/* What a draft has to show for itself is not what its account had. */
static void
test_copy_has_not_worked (void)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjAccount) draft = NULL;

  g_object_set (account, "has-worked", TRUE, NULL);
  draft = pj_account_new_copy (account);
  g_assert_false (pj_account_has_worked (draft));
}

typedef struct
{
  const char *property;
  const char *value;
  gboolean is_alike;
} Change;

static const Change changes[] = {
  { "name", "other", TRUE },
  { "ca-file", "/other.pem", TRUE },
  { "pin", "00", TRUE },
  { "pin-summary", "other", TRUE },
  { "server", "other.example.org", FALSE },
  { "user", "other", FALSE },
  { "user", NULL, FALSE },
  { "mechanism", "PLAIN", FALSE },
  { "password-command", "other", FALSE },
  { "token-command", "other", FALSE },
  { "client-certificate", "/other.pem", FALSE },
};

static void
test_signs_in_like (void)
{
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (PjAccount) port = pj_account_new_copy (account);
  g_autoptr (PjAccount) security = pj_account_new_copy (account);
  g_autoptr (PjAccount) interval = pj_account_new_copy (account);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PjAccount) draft = pj_account_new_copy (account);

      g_assert_true (pj_account_signs_in_like (account, draft));
      g_object_set (draft, changes[i].property, changes[i].value, NULL);
      g_test_message ("%s", changes[i].property);
      g_assert_cmpint (pj_account_signs_in_like (account, draft), ==, changes[i].is_alike);
    }

  g_object_set (port, "port", 4711, NULL);
  g_assert_false (pj_account_signs_in_like (account, port));
  g_object_set (security, "security", PJ_SECURITY_STARTTLS, NULL);
  g_assert_false (pj_account_signs_in_like (account, security));
  g_object_set (interval, "interval-s", 4711, NULL);
  g_assert_true (pj_account_signs_in_like (account, interval));
}

typedef struct
{
  const char *name;
  const char *property;
  const char *value;
  gboolean is_valid;
} Setting;

static const Setting settings[] = {
  { "all-there", "name", "Dom", TRUE },
  { "no-name", "name", NULL, FALSE },
  { "name-with-line-break", "name", "a\nb", FALSE },
  { "name-not-utf-8", "name", "caf\xE9", FALSE },
  { "no-server", "server", "", FALSE },
  { "server-with-blank", "server", "pop example org", FALSE },
  { "server-with-nul-like-control", "server", "pop\x01", FALSE },
  { "ipv6-server", "server", "::1", TRUE },
  { "no-user", "user", NULL, FALSE },
  { "user-with-blanks", "user", "DOMAIN\\ala nowak", TRUE },
  { "user-with-command", "user", "ala\r\nDELE 1", FALSE },
  { "user-with-delete", "user", "ala\x7F", FALSE },
  { "mechanism", "mechanism", "SCRAM-SHA-256-PLUS", TRUE },
  { "mechanism-in-small-letters", "mechanism", "plain", FALSE },
  { "mechanism-with-command", "mechanism", "PLAIN\r\nQUIT", FALSE },
  { "mechanism-of-21-letters", "mechanism", "ABCDEFGHIJKLMNOPQRSTU", FALSE },
  { "external-without-certificate", "mechanism", "EXTERNAL", FALSE },
  { "oauth-without-token", "mechanism", "XOAUTH2", FALSE },
  { "token", "token-command", "token show", TRUE },
  { "client-certificate", "client-certificate", "/me.pem", TRUE },
  { "pin", "pin", PIN, TRUE },
  { "pin-without-colons", "pin", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    TRUE },
  { "pin-that-is-short", "pin", "01:23", FALSE },
};

static void
test_setting (gconstpointer data)
{
  const Setting *row = data;
  g_autoptr (PjAccount) account = make_account ();
  g_autoptr (GError) error = NULL;

  g_object_set (account, row->property, row->value, NULL);
  g_assert_cmpint (pj_account_is_valid (account, &error), ==, row->is_valid);
  if (row->is_valid)
    g_assert_no_error (error);
  else
    g_assert_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL);
}

typedef struct
{
  const char *name;
  const char *mechanism;
  const char *token_command;
  const char *password_command;
  const char *client_certificate;
  gboolean is_valid;
  gboolean needs_password;
} SignIn;

static const SignIn sign_ins[] = {
  { "any", NULL, NULL, NULL, NULL, TRUE, TRUE },
  { "any-with-certificate", NULL, NULL, NULL, "/me.pem", TRUE, TRUE },
  { "plain", "PLAIN", NULL, "pass", NULL, TRUE, TRUE },
  { "certificate", "EXTERNAL", NULL, NULL, "/me.pem", TRUE, FALSE },
  { "ticket", "GSSAPI", NULL, NULL, NULL, TRUE, FALSE },
  { "any-token", NULL, "token", NULL, NULL, TRUE, FALSE },
  { "token", "OAUTHBEARER", "token", NULL, NULL, TRUE, FALSE },
  { "microsoft-token", "XOAUTH2", "token", NULL, NULL, TRUE, FALSE },
  { "token-as-password", "PLAIN", "token", NULL, NULL, FALSE, FALSE },
  { "token-and-password", NULL, "token", "pass", NULL, FALSE, FALSE },
};

static void
test_sign_in (gconstpointer data)
{
  const SignIn *row = data;
  g_autoptr (PjAccount) account = make_account ();

  g_object_set (account, "mechanism", row->mechanism, "token-command", row->token_command,
                "password-command", row->password_command, "client-certificate",
                row->client_certificate, NULL);
  g_assert_cmpint (pj_account_is_valid (account, NULL), ==, row->is_valid);
  g_assert_cmpint (pj_account_needs_password (account), ==, row->needs_password);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/account/new-has-defaults-and-its-own-id", test_new);
  g_test_add_func ("/model/account/empty-text-means-none", test_empty_means_none);
  g_test_add_func ("/model/account/copy-has-settings-only", test_copy);
  g_test_add_func ("/model/account/settings-are-taken-over", test_take_settings);
  g_test_add_func ("/model/account/state-is-readable", test_state);
  g_test_add_func ("/model/account/copy-has-not-worked", test_copy_has_not_worked);
  g_test_add_func ("/model/account/signs-in-like", test_signs_in_like);
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strconcat ("/model/account/valid/", settings[i].name, NULL);

      g_test_add_data_func (path, &settings[i], test_setting);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sign_ins); i++)
    {
      g_autofree char *path = g_strconcat ("/model/account/sign-in/", sign_ins[i].name, NULL);

      g_test_add_data_func (path, &sign_ins[i], test_sign_in);
    }
  return g_test_run ();
}
