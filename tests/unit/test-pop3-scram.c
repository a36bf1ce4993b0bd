/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-scram.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

#define GOOD -1

/* The examples of RFC 5802 section 5 and RFC 7677 section 3. */
#define NONCE_1 "fyko+d2lbbFgONRv9qkxdawL"
#define SERVER_1 NONCE_1 "3rfcNHYJY1ZVvWVs7j"
#define FIRST_1 "r=" SERVER_1 ",s=QSXCR+Q6sek8bf92,i=4096"
#define FINAL_1 "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="

#define NONCE_256 "rOprNGfwEbeRWgbNEkqO"
#define SERVER_256 NONCE_256 "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
#define FIRST_256 "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
#define FINAL_256 "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

typedef struct
{
  const char *name;
  const char *first; /* the server's */
  const char *final; /* the server's; NULL: the first is refused */
  int code;
} Case;

static const Case cases[] = {
  { "good", FIRST_256, FINAL_256, GOOD },
  { "extension-behind", FIRST_256, FINAL_256 ",x=1", GOOD },
  { "iterations-too-few", "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "iterations-too-many", "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100001", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "iterations-zero", "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "iterations-negative", "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-4096", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "iterations-beyond-64-bit",
    "r=" SERVER_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=18446744073709555712", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "nonce-of-another", "r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL,
    PJ_POP3_ERROR_PROTOCOL },
  { "nonce-without-an-end", "r=" NONCE_256 ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL,
    PJ_POP3_ERROR_PROTOCOL },
  { "nonce-with-control-char", "r=" SERVER_256 "\r,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "nonce-with-8-bit-char", "r=" SERVER_256 "\303\263,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL,
    PJ_POP3_ERROR_UNSUPPORTED },
  { "salt-not-base64", "r=" SERVER_256 ",s=!!!,i=4096", NULL, PJ_POP3_ERROR_UNSUPPORTED },
  { "mandatory-extension", "m=x," FIRST_256, NULL, PJ_POP3_ERROR_UNSUPPORTED },
  { "fields-missing", "r=" SERVER_256, NULL, PJ_POP3_ERROR_UNSUPPORTED },
  { "empty", "", NULL, PJ_POP3_ERROR_UNSUPPORTED },
  { "commas-alone", ",,,,", NULL, PJ_POP3_ERROR_UNSUPPORTED },
  { "unknown-user-at-once", "e=unknown-user", NULL, PJ_POP3_ERROR_AUTH },
  { "signature-of-another", FIRST_256,
    "v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", PJ_POP3_ERROR_PROTOCOL },
  { "signature-cut", FIRST_256, "v=6rriTRBi23WpRR/w", PJ_POP3_ERROR_PROTOCOL },
  { "signature-empty", FIRST_256, "v=", PJ_POP3_ERROR_PROTOCOL },
  { "signature-not-base64", FIRST_256, "v=!!!", PJ_POP3_ERROR_PROTOCOL },
  { "no-signature", FIRST_256, "", PJ_POP3_ERROR_PROTOCOL },
  { "wrong-password", FIRST_256, "e=invalid-proof", PJ_POP3_ERROR_AUTH },
  { "list-was-cut", FIRST_256, "e=server-does-support-channel-binding", PJ_POP3_ERROR_PROTOCOL },
  { "other-connection", FIRST_256, "e=channel-bindings-dont-match", PJ_POP3_ERROR_PROTOCOL },
  { "binding-it-lacks", FIRST_256, "e=unsupported-channel-binding-type",
    PJ_POP3_ERROR_UNSUPPORTED },
};

static char *
step (PjPop3Scram *scram, const char *message, GError **error)
{
  return pj_pop3_scram_step (scram, message, strlen (message), error);
}

static void
test_exchange (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");
  g_autoptr (PjPop3Scram) scram =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NONCE_256);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = step (scram, "", NULL);
  g_autofree char *proof = step (scram, c->first, &error);
  g_autofree char *last = NULL;

  g_assert_cmpint (proof != NULL, ==, c->final != NULL);
  if (c->final != NULL)
    last = step (scram, c->final, &error);

  g_assert_cmpint (pj_pop3_scram_is_verified (scram), ==, c->code == GOOD);
  if (c->code == GOOD)
    g_assert_cmpstr (last, ==, "");
  else
    g_assert_error (error, PJ_POP3_ERROR, c->code);
}

static void
test_known_answers (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");
  g_autoptr (PjPop3Scram) sha1 =
      pj_pop3_scram_new (G_CHECKSUM_SHA1, "user", secret, "n", NULL, NONCE_1);
  g_autoptr (PjPop3Scram) sha256 =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NONCE_256);
  g_autofree char *first_1 = step (sha1, "", NULL);
  g_autofree char *proof_1 = step (sha1, FIRST_1, NULL);
  g_autofree char *last_1 = step (sha1, FINAL_1, NULL);
  g_autofree char *first_256 = step (sha256, "", NULL);
  g_autofree char *proof_256 = step (sha256, FIRST_256, NULL);

  g_assert_cmpstr (first_1, ==, "n,,n=user,r=" NONCE_1);
  g_assert_cmpstr (proof_1, ==, "c=biws,r=" SERVER_1 ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  g_assert_cmpstr (last_1, ==, "");
  g_assert_true (pj_pop3_scram_is_verified (sha1));

  g_assert_cmpstr (first_256, ==, "n,,n=user,r=" NONCE_256);
  g_assert_cmpstr (proof_256, ==,
                   "c=biws,r=" SERVER_256 ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  g_assert_false (pj_pop3_scram_is_verified (sha256));
}

/* What is bound stands in "c=" behind the header that was sent first. */
static void
test_binding (void)
{
  static const struct
  {
    const char *flag;
    const char *data; /* (nullable) */
    const char *field;
  } bindings[] = {
    { "y", NULL, "c=eSws," },
    { "p=tls-exporter", "\001\002\003", "c=cD10bHMtZXhwb3J0ZXIsLAECAw==," },
    { "p=tls-server-end-point", "\001\002\003", "c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQID," },
  };
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    {
      g_autoptr (GBytes) data = bindings[i].data != NULL
                                    ? g_bytes_new (bindings[i].data, strlen (bindings[i].data))
                                    : NULL;
      g_autoptr (PjPop3Scram) scram =
          pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, bindings[i].flag, data, NONCE_256);
      g_autofree char *first = step (scram, "", NULL);
      g_autofree char *header = g_strconcat (bindings[i].flag, ",,n=user,", NULL);
      g_autofree char *proof = step (scram, FIRST_256, NULL);

      g_assert_true (g_str_has_prefix (first, header));
      g_assert_true (g_str_has_prefix (proof, bindings[i].field));
    }
}

static void
test_nonce_is_fresh (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");
  g_autoptr (PjPop3Scram) one =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NULL);
  g_autoptr (PjPop3Scram) two =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NULL);
  g_autofree char *first = step (one, "", NULL);
  g_autofree char *second = step (two, "", NULL);

  g_assert_cmpuint (strlen (first), ==, strlen ("n,,n=user,r=") + 24);
  g_assert_cmpstr (first, !=, second);
}

static void
test_nul_inside (void)
{
  g_autoptr (PjSecret) secret = pj_secret_new ("pencil");
  g_autoptr (PjPop3Scram) scram =
      pj_pop3_scram_new (G_CHECKSUM_SHA256, "user", secret, "n", NULL, NONCE_256);
  g_autofree char *first = step (scram, "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (pj_pop3_scram_step (scram, FIRST_256 "\0x", strlen (FIRST_256) + 2, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/scram/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_exchange);
    }
  g_test_add_func ("/pop3/scram/known-answers", test_known_answers);
  g_test_add_func ("/pop3/scram/binding", test_binding);
  g_test_add_func ("/pop3/scram/nonce-is-fresh", test_nonce_is_fresh);
  g_test_add_func ("/pop3/scram/nul-inside", test_nul_inside);

  return g_test_run ();
}
