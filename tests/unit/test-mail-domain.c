/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-domain.h"

#include <string.h>

#include "case-table.h"

typedef struct
{
  const char *name;
  const char *written;
  const char *ascii; /* NULL: refused */
  const char *registrable;
  const char *shown;
} Case;

static const Case cases[] = {
  { "plain", "www.bank.com", "www.bank.com", "bank.com", "www.bank.com" },
  { "upper-case", "WWW.Bank.COM", "www.bank.com", "bank.com", "www.bank.com" },
  { "dot-at-end", "bank.com.", "bank.com", "bank.com", "bank.com" },
  { "two-dots-at-end", "bank.com..", NULL, NULL, NULL },
  { "only-a-dot", ".", NULL, NULL, NULL },
  { "empty", "", NULL, NULL, NULL },
  { "empty-label", "a..com", NULL, NULL, NULL },
  { "dot-in-front", ".bank.com", NULL, NULL, NULL },
  { "one-label", "localhost", "localhost", "localhost", "localhost" },
  { "public-suffix", "co.uk", "co.uk", "co.uk", "co.uk" },
  { "top-level", "com", "com", "com", "com" },
  { "two-part-suffix", "a.bank.co.uk", "a.bank.co.uk", "bank.co.uk", "a.bank.co.uk" },
  { "polish-suffix", "www.sklep.com.pl", "www.sklep.com.pl", "sklep.com.pl", "www.sklep.com.pl" },
  { "private-suffix", "x.ala.github.io", "x.ala.github.io", "ala.github.io", "x.ala.github.io" },
  { "unknown-suffix", "www.bank.nosuch", "www.bank.nosuch", "bank.nosuch", "www.bank.nosuch" },
  { "underscore", "my_shop.example.com", "my_shop.example.com", "example.com",
    "my_shop.example.com" },
  { "two-hyphens", "r3---sn.example.com", "r3---sn.example.com", "example.com",
    "r3---sn.example.com" },
  { "hyphen-in-front", "-a.example.com", "-a.example.com", "example.com", "-a.example.com" },
  { "ipv4", "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.1" },
  { "german", "BÜCHER.example", "xn--bcher-kva.example", "xn--bcher-kva.example",
    "bücher.example" },
  { "polish", "www.żółw.pl", "www.xn--w-uga1v8h.pl", "xn--w-uga1v8h.pl", "www.żółw.pl" },
  { "sharp-s-stays", "faß.de", "xn--fa-hia.de", "xn--fa-hia.de", "faß.de" },
  { "already-punycode", "xn--bcher-kva.example", "xn--bcher-kva.example", "xn--bcher-kva.example",
    "bücher.example" },
  { "punycode-in-capitals", "XN--BCHER-KVA.example", "xn--bcher-kva.example",
    "xn--bcher-kva.example", "bücher.example" },
  { "broken-punycode", "xn--a.example", NULL, NULL, NULL },
  { "cyrillic", "www.пример.рф", "www.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai",
    "www.пример.рф" },
  { "cyrillic-below-com", "пример.com", "xn--e1afmkfd.com", "xn--e1afmkfd.com", "пример.com" },
  { "looks-latin-below-cyrillic", "ооо.рф", "xn--n1aaa.xn--p1ai", "xn--n1aaa.xn--p1ai", "ооо.рф" },
  { "looks-latin-below-com", "аррӏе.com", "xn--80ak6aa92e.com", "xn--80ak6aa92e.com",
    "xn--80ak6aa92e.com" },
  { "turkish-without-dots", "kırmızı.com", "xn--krmz-lzacb.com", "xn--krmz-lzacb.com",
    "xn--krmz-lzacb.com" },
  { "first-letter-cyrillic", "Рaypal.com", "xn--aypal-uye.com", "xn--aypal-uye.com",
    "xn--aypal-uye.com" },
  { "one-letter-cyrillic", "postbаnk.com", "xn--postbnk-6fg.com", "xn--postbnk-6fg.com",
    "xn--postbnk-6fg.com" },
  { "imitates-with-a-stroke", "paypał.com", "xn--paypa-o7a.com", "xn--paypa-o7a.com",
    "xn--paypa-o7a.com" },
  { "imitates-below-cyrillic", "раураӏ.рф", "xn--80aa0cbo65f.xn--p1ai", "xn--80aa0cbo65f.xn--p1ai",
    "xn--80aa0cbo65f.xn--p1ai" },
  { "latin-below-cyrillic", "aaa.мон", "aaa.xn--l1acc", "aaa.xn--l1acc", "aaa.xn--l1acc" },
  { "mixed-in-front", "pаypal.bank.com", "xn--pypal-4ve.bank.com", "bank.com",
    "xn--pypal-4ve.bank.com" },
  { "japanese", "例え.jp", "xn--r8jz45g.jp", "xn--r8jz45g.jp", "例え.jp" },
  { "arabic", "مثال.com", "xn--mgbh0fb.com", "xn--mgbh0fb.com", "مثال.com" },
  { "chinese-suffix", "y.x.公司.cn", "y.x.xn--55qx5d.cn", "x.xn--55qx5d.cn", "y.x.公司.cn" },
  { "heart", "i❤.ws", "xn--i-7iq.ws", "xn--i-7iq.ws", "xn--i-7iq.ws" },
  { "full-width", "ｂａｎｋ．com", "bank.com", "bank.com", "bank.com" },
  { "ideographic-dot", "bank。com", "bank.com", "bank.com", "bank.com" },
  { "zero-width", "ba\u200Bnk.com", "bank.com", "bank.com", "bank.com" },
  { "soft-hyphen", "ba\u00ADnk.com", "bank.com", "bank.com", "bank.com" },
  { "turned-round", "bank\u202E.com", NULL, NULL, NULL },
  { "right-and-left", "aא.com", NULL, NULL, NULL },
  { "one-dot-leader", "bank․com", NULL, NULL, NULL },
  { "fraction-slash", "bank.com⁄a.evil.test", "bank.xn--coma-2g7a.evil.test", "evil.test",
    "bank.xn--coma-2g7a.evil.test" },
  { "division-slash", "bank.com∕a.evil.test", "bank.xn--coma-id9a.evil.test", "evil.test",
    "bank.xn--coma-id9a.evil.test" },
  { "slash", "a/b.com", NULL, NULL, NULL },
  { "blank", "a b.com", NULL, NULL, NULL },
  { "at-sign", "a@b.com", NULL, NULL, NULL },
  { "percent", "b%61nk.com", NULL, NULL, NULL },
  { "colon", "b.com:80", NULL, NULL, NULL },
  { "control", "b\x01.com", NULL, NULL, NULL },
  { "broken-utf8", "b\xFF.com", NULL, NULL, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *ascii = pj_mail_domain_to_ascii (c->written);
  g_autofree char *shown = NULL;

  g_assert_cmpstr (ascii, ==, c->ascii);
  if (c->ascii == NULL)
    return;

  shown = pj_mail_domain_to_shown (ascii);
  g_assert_cmpstr (pj_mail_domain_get_registrable (ascii), ==, c->registrable);
  g_assert_cmpstr (shown, ==, c->shown);
}

static void
test_numbers (void)
{
  g_autofree char *shown = pj_mail_domain_to_shown ("[2001:db8::1]");

  g_assert_cmpstr (shown, ==, "[2001:db8::1]");
  g_assert_cmpstr (pj_mail_domain_get_registrable ("[2001:db8::1]"), ==, "[2001:db8::1]");
  g_assert_true (pj_mail_domain_is_number ("[2001:db8::1]"));
  g_assert_true (pj_mail_domain_is_number ("192.0.2.1"));
  g_assert_false (pj_mail_domain_is_number ("192.0.2.com"));
}

static void
test_public (void)
{
  static const char *const public[] = { "bank.com", "a.b.co.uk", "x.xn--p1ai", "a.github.io" };
  static const char *const private[] = { "localhost", "com",   "node.js",  "report.pdf",
                                         "e.g",       "1.2.3", "a.nosuch", "a." };

  for (gsize i = 0; i < G_N_ELEMENTS (public); i++)
    g_assert_true (pj_mail_domain_is_public (public[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (private); i++)
    g_assert_false (pj_mail_domain_is_public (private[i]));
}

static void
test_mixed (void)
{
  g_assert_true (pj_mail_domain_is_mixed ("xn--postbnk-6fg.com"));
  g_assert_true (pj_mail_domain_is_mixed ("aaa.xn--l1acc"));
  g_assert_true (pj_mail_domain_is_mixed ("xn--pypal-4ve.bank.com"));
  g_assert_false (pj_mail_domain_is_mixed ("www.xn--e1afmkfd.xn--p1ai"));
  g_assert_false (pj_mail_domain_is_mixed ("xn--e1afmkfd.com"));
  g_assert_false (pj_mail_domain_is_mixed ("xn--i-7iq.ws"));
  g_assert_false (pj_mail_domain_is_mixed ("paypa1.com"));
  g_assert_false (pj_mail_domain_is_mixed ("[::1]"));
}

static void
test_same_site (void)
{
  g_assert_true (pj_mail_domain_is_same_site ("subdomain.google.com", "www.google.com"));
  g_assert_true (pj_mail_domain_is_same_site ("localhost", "localhost"));
  g_assert_false (pj_mail_domain_is_same_site ("a.co.uk", "b.co.uk"));
  g_assert_false (pj_mail_domain_is_same_site ("ala.github.io", "ola.github.io"));
  g_assert_false (pj_mail_domain_is_same_site ("1.2.3.4", "5.6.3.4"));
}

static void
test_limits (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *long_label = g_strnfill (64, 'a');
  g_autofree char *host = g_strconcat (label, ".", label, ".", label, ".com", NULL);
  g_autofree char *long_host =
      g_strconcat (label, ".", label, ".", label, ".", label, ".com", NULL);
  g_autofree char *endless = g_strnfill (1000000, 'a');
  g_autofree char *accepted = pj_mail_domain_to_ascii (host);

  g_assert_cmpstr (accepted, ==, host);
  g_assert_null (pj_mail_domain_to_ascii (long_label));
  g_assert_null (pj_mail_domain_to_ascii (long_host));
  g_assert_null (pj_mail_domain_to_ascii (endless));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/domain/", cases, test_case);
  g_test_add_func ("/mail/domain/limits", test_limits);
  g_test_add_func ("/mail/domain/mixed", test_mixed);
  g_test_add_func ("/mail/domain/numbers", test_numbers);
  g_test_add_func ("/mail/domain/public", test_public);
  g_test_add_func ("/mail/domain/same-site", test_same_site);

  return g_test_run ();
}
