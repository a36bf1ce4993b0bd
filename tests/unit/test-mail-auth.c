/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-auth.h"

#include <string.h>

#define OURS "mx.example.org"

typedef struct
{
  const char *name;
  const char *head;
  PjMailAuthResult dmarc;
  PjMailAuthResult dkim;
  PjMailAuthResult spf;
  const char *from_domain;
  const char *dkim_domain;
  const char *spf_domain;
} Case;

static const Case cases[] = {
  { "nothing", "Subject: x\n", 0, 0, 0, "", "", "" },
  { "none", "Authentication-Results: mx.example.org 1; none\n", 0, 0, 0, "", "", "" },
  { "all",
    "Authentication-Results: mx.example.org;\n"
    "  dkim=pass header.i=@bank.example header.s=s1 header.b=abc;\n"
    "  spf=pass (example.org: domain of x@bounce.bank.example designates; 192.0.2.1)\n"
    "  smtp.mailfrom=\"x@bounce.bank.example\";\n"
    "  dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=Bank.example\n",
    PJ_MAIL_AUTH_PASS, PJ_MAIL_AUTH_PASS, PJ_MAIL_AUTH_PASS, "bank.example", "bank.example",
    "bounce.bank.example" },
  { "case-version-and-comments",
    "AUTHENTICATION-RESULTS: (we (too)) MX.Example.org (us) 1 ; DMARC/1 = FAIL (p=none)"
    " reason=\"a ; b\" Header.From = evil.test\n",
    PJ_MAIL_AUTH_FAIL, 0, 0, "evil.test", "", "" },
  { "another-service-is-not-believed",
    "Authentication-Results: mx.evil.test; dmarc=pass header.from=bank.example\n", 0, 0, 0, "", "",
    "" },
  { "forged-below-ours",
    "Authentication-Results: mx.example.org; dmarc=fail header.from=bank.example\n"
    "Received: from evil\n"
    "Authentication-Results: mx.example.org; dmarc=pass header.from=bank.example; dkim=pass\n",
    PJ_MAIL_AUTH_FAIL, 0, 0, "bank.example", "", "" },
  { "below-another-service",
    "Authentication-Results: inner.example; spf=pass\n"
    "Authentication-Results: mx.example.org; dmarc=fail header.from=bank.example\n",
    PJ_MAIL_AUTH_FAIL, 0, 0, "bank.example", "", "" },
  { "one-field-for-each-method",
    "Authentication-Results: mx.example.org; spf=softfail smtp.helo=h.example\n"
    "Authentication-Results: mx.example.org; dkim=none\n"
    "Authentication-Results: mx.example.org; dmarc=temperror\n",
    PJ_MAIL_AUTH_OPEN, PJ_MAIL_AUTH_OPEN, PJ_MAIL_AUTH_OPEN, "", "", "h.example" },
  { "one-of-two-signatures-holds",
    "Authentication-Results: mx.example.org; dkim=fail header.d=list.example; dkim=pass"
    " header.d=bank.example; dkim=fail header.d=other.example\n",
    0, PJ_MAIL_AUTH_PASS, 0, "", "bank.example", "" },
  { "old-word-for-fail", "Authentication-Results: mx.example.org; spf=hardfail\n", 0, 0,
    PJ_MAIL_AUTH_FAIL, "", "", "" },
  { "name-left-out", "Authentication-Results: spf=pass smtp.mailfrom=a.example; dmarc=pass\n", 0, 0,
    0, "", "", "" },
  { "rubbish-within",
    "Authentication-Results: mx.example.org; ==;;= = \"\" dmarc; dmarc=; spf=pass \"\"=\"\" = (\n",
    PJ_MAIL_AUTH_OPEN, 0, PJ_MAIL_AUTH_PASS, "", "", "" },
  { "open-comment-and-quote",
    "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"a\\\"b ; dmarc=pass\n", 0, 0,
    PJ_MAIL_AUTH_PASS, "", "", "a\"b ; dmarc=pass" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->head, strlen (c->head));
  g_autoptr (PjMailAuth) auth = pj_mail_auth_new (scan, OURS);

  g_assert_cmpint (auth->dmarc, ==, c->dmarc);
  g_assert_cmpint (auth->dkim, ==, c->dkim);
  g_assert_cmpint (auth->spf, ==, c->spf);
  g_assert_cmpstr (auth->from_domain, ==, c->from_domain);
  g_assert_cmpstr (auth->dkim_domain, ==, c->dkim_domain);
  g_assert_cmpstr (auth->spf_domain, ==, c->spf_domain);
}

/* Whoever is not known to be the own service could be anybody. */
static void
test_nobody_is_believed (void)
{
  static const char head[] = "Authentication-Results: mx.example.org; dmarc=pass\n";
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (head, strlen (head));
  g_autoptr (PjMailAuth) unknown = pj_mail_auth_new (scan, NULL);
  g_autoptr (PjMailAuth) empty = pj_mail_auth_new (scan, "");

  g_assert_cmpint (unknown->dmarc, ==, PJ_MAIL_AUTH_ABSENT);
  g_assert_cmpint (empty->dmarc, ==, PJ_MAIL_AUTH_ABSENT);
}

static void
test_authserv_id (void)
{
  static const struct
  {
    const char *head;
    const char *id;
  } rows[] = {
    { "Subject: x\n", NULL },
    { "Authentication-Results:\n", NULL },
    { "Authentication-Results: MX.Example.org; none\n", "mx.example.org" },
    { "Authentication-Results: \"mx example\" 1; none\n", "mx example" },
    { "Authentication-Results: spf=pass\n", NULL },
    { "Authentication-Results: a.example\nAuthentication-Results: b.example\n", "a.example" },
    { "Authentication-Results: a\xE2\x80\xAE.example; none\n", "a.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PjMailHeaderScan) scan =
          pj_mail_header_scan_new (rows[i].head, strlen (rows[i].head));
      g_autofree char *id = pj_mail_auth_dup_authserv_id (scan);

      g_assert_cmpstr (id, ==, rows[i].id);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mail/auth/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/auth/nobody-is-believed", test_nobody_is_believed);
  g_test_add_func ("/mail/auth/authserv-id", test_authserv_id);

  return g_test_run ();
}
