/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-look-alike.h"

#include "mail/pj-mail-domain.h"

#include "case-table.h"

typedef struct
{
  const char *name;
  const char *host;
  const char *imitated; /* NULL: none */
  gboolean is_homograph;
} Case;

static const Case cases[] = {
  { "itself", "www.paypal.com", NULL, FALSE },
  { "itself-elsewhere", "amazon.co.uk", NULL, FALSE },
  { "nobody-known", "www.example.com", NULL, FALSE },
  { "one-for-l", "paypa1.com", "paypal", FALSE },
  { "i-for-l", "paypai.com", "paypal", FALSE },
  { "one-for-i", "m1crosoft.com", "microsoft", FALSE },
  { "zeros", "www.g00gle.com", "google", FALSE },
  { "zero-in-front", "0utlook.com", "outlook", FALSE },
  { "rn-for-m", "arnazon.com", "amazon", FALSE },
  { "rn-for-m-in-front", "rnicrosoft.com", "microsoft", FALSE },
  { "vv-for-w", "tvvitter.com", "twitter", FALSE },
  { "cl-for-d", "clocusign.net", "docusign", FALSE },
  { "three-for-e", "n3tflix.com", "netflix", FALSE },
  { "four-and-five", "5ant4nder.pl", "santander", FALSE },
  { "eight-for-b", "m8ank.pl", "mbank", FALSE },
  { "hyphen", "pay-pal.com", "paypal", FALSE },
  { "ogonek", "pąypal.com", "paypal", FALSE },
  { "stroke", "paypał.com", "paypal", FALSE },
  { "dot-below", "allegrọ.pl", "allegro", FALSE },
  { "dotless-i", "bıtcoın-bınance.com", NULL, FALSE },
  { "dotless-i-of-binance", "bınance.com", "binance", FALSE },
  { "all-cyrillic", "аррӏе.com", "apple", TRUE },
  { "one-cyrillic", "postbаnk.com", "postbank", TRUE },
  { "first-cyrillic", "Рaypal.com", "paypal", TRUE },
  { "cyrillic-of-nobody", "ооо.com", NULL, TRUE },
  { "cyrillic-below-cyrillic", "ооо.рф", NULL, FALSE },
  { "honest-cyrillic", "пример.com", NULL, FALSE },
  { "honest-polish", "żółw.pl", NULL, FALSE },
  { "honest-turkish", "kırmızı.com", NULL, FALSE },
  { "known-in-front", "www.paypal.com.evil.example", "paypal", FALSE },
  { "known-in-front-of-hyphen", "paypal.com-login.example", "paypal", FALSE },
  { "known-in-front-with-country", "mbank.pl.evil.example", "mbank", FALSE },
  { "known-as-subdomain", "paypal.shop.example", NULL, FALSE },
  { "known-in-front-of-known", "paypal.com.google.com", NULL, FALSE },
  { "other-way-to-write-it", "www.deutschebank.com", NULL, FALSE },
  { "shop-near-apple", "www.appie.nl", NULL, FALSE },
  { "number", "192.0.2.1", NULL, FALSE },
  { "one-label", "localhost", NULL, FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *ascii = pj_mail_domain_to_ascii (c->host);

  g_assert_nonnull (ascii);
  g_assert_cmpstr (pj_mail_look_alike_find_imitated (ascii), ==, c->imitated);
  g_assert_cmpint (pj_mail_look_alike_is_homograph (ascii), ==, c->is_homograph);
}

typedef struct
{
  const char *name;
  const char *a;
  const char *b;
  gboolean is_pair;
} PairCase;

static const PairCase pair_cases[] = {
  { "same", "bank.com", "bank.com", FALSE },
  { "same-owner", "a.bank.com", "b.bank.com", FALSE },
  { "same-name-elsewhere", "bank.com", "bank.pl", FALSE },
  { "different", "bank.com", "shop.com", FALSE },
  { "digit", "nowak1.pl", "nowaki.pl", TRUE },
  { "rn", "burner.com", "bumer.com", TRUE },
  { "cyrillic", "bаnk.com", "bank.com", TRUE },
  { "in-front-only", "bank1.example.com", "bankl.example.org", FALSE },
  { "another-suffix", "ban1k.pl", "banlk.com", TRUE },
  { "number", "192.0.2.1", "192.0.2.l.com", FALSE },
  { "swapped-letters", "bnak.com", "bank.com", FALSE },
};

static void
test_pair (gconstpointer data)
{
  const PairCase *c = data;
  g_autofree char *a = pj_mail_domain_to_ascii (c->a);
  g_autofree char *b = pj_mail_domain_to_ascii (c->b);

  g_assert_cmpint (pj_mail_look_alike_is_pair (a, b), ==, c->is_pair);
  g_assert_cmpint (pj_mail_look_alike_is_pair (b, a), ==, c->is_pair);
}

static void
ask (guint round)
{
  test_case (&cases[round % G_N_ELEMENTS (cases)]);
}

static void
test_from_many_threads (void)
{
  case_table_ask_from_many_threads (ask);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/look-alike/from-many-threads", test_from_many_threads);
  CASE_TABLE_ADD ("/mail/look-alike/", cases, test_case);
  CASE_TABLE_ADD ("/mail/look-alike/pair/", pair_cases, test_pair);

  return g_test_run ();
}
