/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-mechanism.h"

#include <string.h>

/* What the connection and the user have, a letter each. */
#define ENCRYPTED 'e'
#define BINDING 'b'
#define STAMP 's'
#define TOKEN 't'
#define CERTIFICATE 'c'
#define NO_PASSWORD 'n'

#define ALL_SASL                                                                                   \
  "SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS "       \
  "GSSAPI EXTERNAL XOAUTH2 OAUTHBEARER NTLM DIGEST-MD5"

typedef struct
{
  const char *name;
  const char *capabilities; /* lines */
  const char *has;
  const char *only; /* (nullable) */
  const char *list;
} Case;

static const Case cases[] = {
  { "all-with-tls", ALL_SASL "\nUSER", "ebs", NULL,
    "SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-1 PLAIN LOGIN USER CRAM-MD5 "
    "APOP" },
  { "all-without-tls", ALL_SASL "\nUSER", "s", NULL,
    "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 APOP PLAIN LOGIN USER" },
  { "token", ALL_SASL "\nUSER", "ebst", NULL, "OAUTHBEARER XOAUTH2" },
  { "token-to-a-server-that-lists-nothing", "USER", "et", NULL, "XOAUTH2" },
  { "token-without-tls", ALL_SASL "\nUSER", "t", NULL, "" },
  { "certificate", ALL_SASL, "ebcn", NULL, "EXTERNAL" },
  { "certificate-and-password", "SASL EXTERNAL PLAIN", "ec", NULL, "EXTERNAL PLAIN" },
  { "certificate-without-tls", "SASL EXTERNAL", "cn", NULL, "" },
  { "no-password", ALL_SASL "\nUSER", "ebsn", NULL, "" },
  { "old-server", "", "e", NULL, "USER" },
  { "old-server-with-a-stamp", "", "s", NULL, "APOP USER" },
  { "sasl-without-user", "SASL PLAIN", "e", NULL, "PLAIN" },
  { "user-without-sasl", "USER", "e", NULL, "USER" },
  { "nothing-in-common", "SASL NTLM", "e", NULL, "" },
  { "names-compare-whole", "SASL SCRAM-SHA-256-PLUS PLAIN-CLIENTTOKEN", "e", NULL, "" },
  { "names-compare-without-case", "SASL plain scram-sha-256", "e", NULL, "SCRAM-SHA-256 PLAIN" },
  { "only-login", ALL_SASL "\nUSER", "ebs", "login", "LOGIN" },
  { "only-user", ALL_SASL, "ebs", "USER", "USER" },
  { "only-one-that-is-not-listed", "USER", "e", "PLAIN", "PLAIN" },
  { "only-apop", "USER", "es", "APOP", "APOP" },
  { "only-apop-without-a-stamp", "USER", "e", "APOP", "" },
  { "only-plus-without-binding", ALL_SASL, "e", "SCRAM-SHA-256-PLUS", "" },
  { "only-a-ticket", ALL_SASL, "en", "GSSAPI", "GSSAPI" },
  { "only-an-unknown-one", ALL_SASL, "e", "NTLM", "" },
  { "only-a-token-one-without-a-token", ALL_SASL, "e", "XOAUTH2", "" },
  { "only-a-token-one-without-tls", ALL_SASL, "t", "XOAUTH2", "" },
};

static gboolean
has (const Case *c, char what)
{
  return strchr (c->has, what) != NULL;
}

static void
test_list (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjPop3Capabilities) told = pj_pop3_capabilities_new ();
  const PjPop3Offer offer = { told, has (c, ENCRYPTED), has (c, BINDING), has (c, STAMP) };
  g_autoptr (PjSecret) secret = pj_secret_new (has (c, NO_PASSWORD) ? "" : "x");
  g_autoptr (PjPop3Credentials) credentials = pj_pop3_credentials_new ("ann", secret);
  g_auto (GStrv) lines = g_strsplit (c->capabilities, "\n", -1);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GPtrArray) list = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    pj_pop3_capabilities_add_line (told, lines[i]);
  credentials->host = g_strdup ("pop.example.org");
  credentials->token = has (c, TOKEN) ? pj_secret_new ("y") : NULL;
  credentials->has_client_certificate = has (c, CERTIFICATE);
  credentials->mechanism = g_strdup (c->only);

  list = pj_pop3_mechanism_list (&offer, credentials);
  for (guint i = 0; i < list->len; i++)
    {
      const PjPop3Mechanism *each = g_ptr_array_index (list, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", each->name);
    }
  g_assert_cmpstr (names->str, ==, c->list);
}

static void
test_find (void)
{
  g_assert_cmpstr (pj_pop3_mechanism_find ("cram-md5")->name, ==, "CRAM-MD5");
  g_assert_null (pj_pop3_mechanism_find ("CRAM"));
  g_assert_null (pj_pop3_mechanism_find (""));
}

static void
test_reveals (void)
{
  static const char *const revealing[] = { "PLAIN", "LOGIN", "USER" };
  static const char *const hiding[] = { "SCRAM-SHA-256", "CRAM-MD5", "APOP", "GSSAPI" };

  for (gsize i = 0; i < G_N_ELEMENTS (revealing); i++)
    g_assert_true (pj_pop3_mechanism_reveals (pj_pop3_mechanism_find (revealing[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (hiding); i++)
    g_assert_false (pj_pop3_mechanism_reveals (pj_pop3_mechanism_find (hiding[i])));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/mechanism/list/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_list);
    }
  g_test_add_func ("/pop3/mechanism/find", test_find);
  g_test_add_func ("/pop3/mechanism/reveals", test_reveals);

  return g_test_run ();
}
