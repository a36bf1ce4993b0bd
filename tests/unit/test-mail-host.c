/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-host.h"

#include "case-table.h"

#define NONE PJ_MAIL_LINK_SOUND
#define NUMBER PJ_MAIL_LINK_NUMBER
#define OBSCURED PJ_MAIL_LINK_OBSCURED

typedef struct
{
  const char *name;
  const char *written;
  const char *host; /* NULL: none */
  PjMailLinkDoubts doubts;
} Case;

static const Case cases[] = {
  { "name", "www.bank.com", "www.bank.com", NONE },
  { "capitals", "WWW.Bank.Com", "www.bank.com", NONE },
  { "letters-with-marks", "Bücher.example", "xn--bcher-kva.example", NONE },
  { "decomposed", "bu\u0308cher.example", "xn--bcher-kva.example", NONE },
  { "punycode", "xn--bcher-kva.example", "xn--bcher-kva.example", NONE },
  { "percent", "%62%61nk.com", "bank.com", OBSCURED },
  { "percent-of-utf8", "b%C3%BCcher.example", "xn--bcher-kva.example", OBSCURED },
  { "percent-of-dot", "bank%2Ecom", "bank.com", OBSCURED },
  { "percent-of-slash", "bank.com%2F.evil.test", NULL, NONE },
  { "percent-of-at-sign", "bank.com%40evil.test", NULL, NONE },
  { "percent-of-nul", "bank.com%00.evil.test", NULL, NONE },
  { "percent-of-blank", "bank%20.com", NULL, NONE },
  { "percent-twice", "%2562ank.com", NULL, NONE },
  { "percent-broken", "b%6.com", NULL, NONE },
  { "percent-of-broken-utf8", "b%FFank.com", NULL, NONE },
  { "dot-at-end", "bank.com.", "bank.com", OBSCURED },
  { "empty-label", "bank..com", NULL, NONE },
  { "full-width", "ｂank.com", "bank.com", OBSCURED },
  { "ideographic-dot", "bank。com", "bank.com", OBSCURED },
  { "zero-width", "ba\u200Bnk.com", "bank.com", OBSCURED },
  { "circled", "ⓑank.com", "bank.com", OBSCURED },
  { "empty", "", NULL, NONE },
  { "dotted-decimal", "192.0.2.1", "192.0.2.1", NUMBER },
  { "dotted-with-dot", "192.0.2.1.", "192.0.2.1", NUMBER | OBSCURED },
  { "one-decimal", "2130706433", "127.0.0.1", NUMBER | OBSCURED },
  { "one-hexadecimal", "0x7f000001", "127.0.0.1", NUMBER | OBSCURED },
  { "hexadecimal-in-capitals", "0X7F.1", "127.0.0.1", NUMBER | OBSCURED },
  { "two-parts", "0x7f.1", "127.0.0.1", NUMBER | OBSCURED },
  { "three-parts", "192.168.257", "192.168.1.1", NUMBER | OBSCURED },
  { "octal", "0177.0.0.01", "127.0.0.1", NUMBER | OBSCURED },
  { "hexadecimal-zero", "0x.0x.0", "0.0.0.0", NUMBER | OBSCURED },
  { "largest", "4294967295", "255.255.255.255", NUMBER | OBSCURED },
  { "too-large", "4294967296", NULL, NUMBER },
  { "part-too-large", "256.0.0.1", NULL, NUMBER },
  { "last-too-large", "1.2.65536", NULL, NUMBER },
  { "five-parts", "1.2.3.4.5", NULL, NUMBER },
  { "no-octal", "09.0.0.1", NULL, NUMBER },
  { "word-before-number", "bank.com.1", NULL, NUMBER },
  { "number-before-word", "1.2.3.example", "1.2.3.example", NONE },
  { "hexadecimal-letters-before-word", "0x7f.example", "0x7f.example", NONE },
  { "number-in-percent", "%31%32%37.1", "127.0.0.1", NUMBER | OBSCURED },
  { "full-width-number", "１２７.1", "127.0.0.1", NUMBER | OBSCURED },
  { "ipv6", "[2001:DB8:0::1]", "[2001:db8::1]", NUMBER },
  { "ipv6-loopback", "[::1]", "[::1]", NUMBER },
  { "ipv6-of-ipv4", "[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]", NUMBER },
  { "ipv6-with-zone", "[fe80::1%25eth0]", NULL, NUMBER },
  { "ipv6-not-closed", "[::1", NULL, NUMBER },
  { "ipv4-in-brackets", "[192.0.2.1]", NULL, NUMBER },
  { "empty-brackets", "[]", NULL, NUMBER },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;
  g_autofree char *host = pj_mail_host_read (c->written, &doubts);

  g_assert_cmpstr (host, ==, c->host);
  g_assert_cmpint (doubts, ==, c->doubts);
}

static void
test_adds_to_doubts (void)
{
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_USER_INFO;
  g_autofree char *host = pj_mail_host_read ("1", &doubts);

  g_assert_cmpstr (host, ==, "0.0.0.1");
  g_assert_cmpint (doubts, ==, PJ_MAIL_LINK_USER_INFO | NUMBER | OBSCURED);
}

static void
test_endless (void)
{
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;
  g_autofree char *name = g_strnfill (1000000, '1');

  g_assert_null (pj_mail_host_read (name, &doubts));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/host/", cases, test_case);
  g_test_add_func ("/mail/host/adds-to-doubts", test_adds_to_doubts);
  g_test_add_func ("/mail/host/endless", test_endless);

  return g_test_run ();
}
