/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-headers.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *head;
  const char *from_name;
  const char *from_address;
  const char *subject;
  const char *warnings; /* joined by commas */
} Case;

/* Run in the C locale, where the fallback charset is windows-1252. */
static const Case cases[] = {
  { "plain", "From: Ala Nowak <ala@example.org>\r\nSubject: Hi\r\n\r\n", "Ala Nowak",
    "ala@example.org", "Hi", "" },
  { "empty", "", "", "", "", "" },
  { "only-an-address", "From: ala@example.org\n", "", "ala@example.org", "", "" },
  { "name-in-a-comment", "From: ala@example.org (Ala)\n", "Ala", "ala@example.org", "", "" },
  { "encoded-name", "From: =?ISO-8859-2?Q?=A3ukasz?= <l@example.org>\n", "Łukasz", "l@example.org",
    "", "" },
  { "encoded-subject-in-two-words", "Subject: =?utf-8?B?WmHFvMOzxYI=?=\r\n =?utf-8?Q?=C4=87?=\r\n",
    "", "", "Zażółć", "" },
  { "character-split-over-two-words-of-base64",
    "Subject: =?utf-8?B?WmHFvMOzxYLE?=\r\n =?utf-8?B?hw==?=\r\n", "", "", "Zażółć", "" },
  { "character-split-over-two-words-of-quoted-printable",
    "From: =?utf-8?Q?Ta=C5?= =?utf-8?Q?=BC?= <t@example.org>\n", "Taż", "t@example.org", "", "" },
  { "character-of-a-stateful-charset-split",
    "Subject: =?gb2312?B?1tA=?= =?gb2312?B?zg==?= =?gb2312?B?xA==?=\n", "", "", "中文", "" },
  { "words-of-two-charsets", "Subject: =?utf-8?Q?=C5=BC?= =?iso-8859-2?Q?=BF?=\n", "", "", "żż",
    "" },
  { "raw-utf8", "From: Za\xC5\xBC <z@example.org>\nSubject: \xC5\xBC\n", "Zaż", "z@example.org",
    "ż", "" },
  { "raw-by-declared-charset", "Subject: \xB1\xEA\nContent-Type: text/plain; charset=iso-8859-2\n",
    "", "", "ąę", "" },
  { "raw-by-fallback-charset", "Subject: caf\xE9\n", "", "", "café", "" },
  { "line-break-in-encoded-name", "From: =?utf-8?Q?a=0D=0Ab=00c?= <x@example.org>\n", "a b?c",
    "x@example.org", "", "" },
  { "bidi-in-name", "From: =?utf-8?B?4oCuYWJj?= <x@example.org>\n", "abc", "x@example.org", "",
    "" },
  { "escape-sequence-in-subject", "Subject: a\x1B[2Jb\n", "", "", "a\uFFFD[2Jb", "" },
  { "tag-characters-in-name", "From: =?utf-8?B?YfOggYHzoIGCYg==?= <x@example.org>\n", "ab",
    "x@example.org", "", "" },
  { "isolates-and-zero-widths-in-subject", "Subject: =?utf-8?B?4oGmYeKAi2Lvu79j4oGp?=\n", "", "",
    "abc", "" },
  { "blank-line-first", " \t\nFrom: a@example.org\n", "", "a@example.org", "", "" },
  { "word-before-the-address-that-counts",
    "From: =?utf-8?B?PGFkbWluQGxlZ2l0aW1hdGUuZXhhbXBsZT4s?= <second@attack.test>\n",
    "<admin@legitimate.example>,", "second@attack.test", "", "name-has-address" },
  { "comments-and-quoted-pairs", "From: \"A\\\"la\" (x) <a@example.org> (y)\n", "A\"la",
    "a@example.org", "", "" },
  { "resent-and-sender-do-not-count",
    "Sender: s@example.net\nResent-From: r@example.net\nFrom: a@example.org\n", "", "a@example.org",
    "", "" },
  { "cyrillic-in-address-of-latin-looks", "From: a@xn--80ak6aa92e.com\n", "",
    "a@xn--80ak6aa92e.com", "", "look-alike-domain" },
  { "honest-letters-in-address", "From: a@xn--gra-gna.pl\n", "", "a@góra.pl", "", "" },
  { "two-from-fields", "From: a@example.org\nFrom: b@example.org\n", "", "a@example.org", "",
    "several-from" },
  { "indented-first-from", " From: a@example.org\nFrom: b@example.org\n", "", "a@example.org", "",
    "several-from" },
  { "two-addresses", "From: A <a@example.org>, B <b@example.org>\n", "A", "a@example.org", "",
    "several-from" },
  { "address-behind-address", "From: <a@example.org>b@example.org\n", "", "a@example.org", "",
    "several-from" },
  { "group-after-address", "From: \"S\" <a@example.net>:<b@example.org>;\n", "S", "a@example.net",
    "", "several-from" },
  { "group", "From: Team: A <a@example.org>;\n", "A", "a@example.org", "", "" },
  { "other-address-in-name", "From: \"ceo@bank.example\" <x@evil.test>\n", "ceo@bank.example",
    "x@evil.test", "", "name-has-address" },
  { "other-address-with-wide-at-sign",
    "From: \"ceo\xEF\xBC\xA0"
    "bank.example\" <x@evil.test>\n",
    "ceo＠bank.example", "x@evil.test", "", "name-has-address" },
  { "other-address-after-own", "From: \"x@evil.test ceo@bank.example\" <x@evil.test>\n",
    "x@evil.test ceo@bank.example", "x@evil.test", "", "name-has-address" },
  { "own-address-in-name", "From: \"X@example.org\" <x@example.org>\n", "X@example.org",
    "x@example.org", "", "" },
  { "at-sign-in-name", "From: \"Ann @ Work\" <x@example.org>\n", "Ann @ Work", "x@example.org", "",
    "" },
  { "all-in-an-encoded-word", "From: =?utf-8?B?YUBiYW5rLmV4YW1wbGU=?=\n", "a@bank.example", "", "",
    "unclear-from" },
  { "encoded-word-in-address", "From: =?utf-8?Q?ceo?=@evil.test\n", "", "=?utf-8?Q?ceo?=@evil.test",
    "", "" },
  { "words-around-the-address", "From: Big Bug bb@example.org\n", "Big Bug bb@example.org",
    "bb@example.org", "", "unclear-from" },
  { "no-address-at-all", "From: Nobody in Particular\n", "Nobody in Particular", "", "",
    "unclear-from" },
  { "empty-address", "From: MAILER DAEMON <>\n", "MAILER DAEMON <>", "", "", "unclear-from" },
  { "local-user", "From: root\n", "", "root", "", "" },
  { "route", "From: <@one.example,@two.example:a@example.org>\n", "", "a@example.org", "", "" },
  { "sender-for-from", "Sender: a@example.org\n", "", "a@example.org", "", "unclear-from" },
  { "name-folded-before-colon", "From\n : a@example.org\n", "", "a@example.org", "", "" },
  { "international-address", "From: j\xC3\xB6@m\xC3\xA4.example\n", "", "jö@mä.example", "", "" },
};

static PjMessage *
parse (const char *head)
{
  g_autoptr (GBytes) bytes = g_bytes_new (head, strlen (head));

  return pj_mail_headers_parse ("account", "uid", 42, bytes, NULL, NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMessage) message = parse (c->head);
  const char *const *codes = pj_message_get_warnings (message);
  g_autofree char *warnings = codes != NULL ? g_strjoinv (",", (char **) codes) : g_strdup ("");

  g_assert_cmpstr (pj_message_get_account_id (message), ==, "account");
  g_assert_cmpstr (pj_message_get_uid (message), ==, "uid");
  g_assert_cmpuint (pj_message_get_octets (message), ==, 42);
  g_assert_cmpint (pj_message_get_state (message), ==, PJ_MESSAGE_NEW);
  g_assert_cmpstr (pj_message_get_from_name (message), ==, c->from_name);
  g_assert_cmpstr (pj_message_get_from_address (message), ==, c->from_address);
  g_assert_cmpstr (pj_message_get_subject (message), ==, c->subject);
  g_assert_cmpstr (warnings, ==, c->warnings);
}

typedef struct
{
  const char *name;
  const char *date;
  gint64 seconds;
} DateCase;

static const DateCase dates[] = {
  { "utc", "Mon, 1 Jan 2001 00:00:00 +0000", 978307200 },
  { "zone", "Mon, 1 Jan 2001 02:00:00 +0200", 978307200 },
  { "zone-name", "Mon, 1 Jan 2001 00:00:00 GMT (UTC)", 978307200 },
  { "no-week-day", "1 Jan 2001 00:00:00 +0000", 978307200 },
  { "far-future", "Fri, 31 Dec 2100 23:59:59 +0000", 4133980799 },
  { "before-1970", "Wed, 31 Dec 1969 23:59:59 +0000", 0 },
  { "clock-that-was-never-set", "Thu, 1 Jan 1970 00:00:10 +0000", 0 },
  { "rubbish", "yesterday at noon", 0 },
  { "year-of-eight-digits", "Mon, 1 Jan 99999999 00:00:00 +0000", 0 },
  { "empty", "", 0 },
};

static void
test_date (gconstpointer data)
{
  const DateCase *c = data;
  g_autofree char *head = g_strdup_printf ("Date: %s\r\n\r\n", c->date);
  g_autoptr (PjMessage) message = parse (head);

  g_assert_cmpint (pj_message_get_date (message), ==, c->seconds);
}

static void
test_long_fields_are_cut (void)
{
  g_autoptr (GString) head = g_string_new ("Subject: ");
  g_autoptr (PjMessage) message = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append (head, "ab");
  g_string_append (head, "\r\nFrom: a@example.org");
  for (guint i = 0; i < 50000; i++)
    g_string_append (head, ", a:a@example.org");

  message = parse (head->str);
  g_assert_cmpint (g_utf8_strlen (pj_message_get_subject (message), -1), ==, 999);
  g_assert_cmpint (g_utf8_strlen (pj_message_get_from_name (message), -1), ==, 201);
}

/* Every cut of a head gives a row. */
static void
test_cut_anywhere (void)
{
  static const char head[] = "From: =?utf-8?B?xYF1a2Fzeg==?= <l@example.org>\r\n"
                             "Subject: =?iso-8859-2?Q?=B1?=\r\n =?utf-8?Q?=C4=87?=\r\n"
                             "Date: Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n";

  for (gsize len = 0; len < sizeof head; len++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (head, len);
      g_autoptr (PjMessage) message =
          pj_mail_headers_parse ("account", "uid", 1, bytes, NULL, NULL);

      g_assert_nonnull (message);
      g_assert_true (g_utf8_validate (pj_message_get_from_name (message), -1, NULL));
      g_assert_true (g_utf8_validate (pj_message_get_subject (message), -1, NULL));
    }
}

/* Only what honest mails seldom have marks a row. */
static void
test_hints_stay_out_of_the_list (void)
{
  static const char head[] = "From: PayPal <x@evil.test>\nReply-To: y@other.test\n"
                             "Date: Mon, 1 Jan 2029 00:00:00 +0000\nList-Id: <l.example>\n"
                             "Auto-Submitted: auto-generated\n"
                             "Authentication-Results: MX.example.org; dmarc=fail\n";
  static const char *const expected[] = { "brand-name", NULL };
  g_autoptr (PjMailContext) context = pj_mail_context_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, sizeof head - 1);
  g_autofree char *authserv_id = NULL;
  g_autoptr (PjMessage) message = NULL;

  context->now = 1735689600; /* 1 January 2025 */
  context->authserv_id = g_strdup ("mx.example.org");
  message = pj_mail_headers_parse ("account", "uid", 42, bytes, context, &authserv_id);
  g_assert_cmpstrv (pj_message_get_warnings (message), expected);
  g_assert_cmpint (pj_message_get_date (message), ==, 0);
  g_assert_true (pj_message_is_list (message));
  g_assert_true (pj_message_is_automatic (message));
  g_assert_cmpstr (authserv_id, ==, "mx.example.org");
}

/* Declared, UTF-8, the account's, the locale's: the first that can be. */
static void
test_charset_of_the_account (void)
{
  static const struct
  {
    const char *head;
    const char *subject;
  } rows[] = {
    { "Subject: \xB1\n", "ą" },
    { "Subject: \xC4\x85\n", "ą" },
    { "Subject: \xB1\nContent-Type: text/plain; charset=windows-1251\n", "±" },
    { "Subject: \xB1\nContent-Type: text/plain; charset=x-unheard-of\n", "ą" },
  };
  g_autoptr (PjMailContext) context = pj_mail_context_new ();

  context->fallback_charset = g_strdup ("iso-8859-2");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i].head, strlen (rows[i].head));
      g_autoptr (PjMessage) message =
          pj_mail_headers_parse ("account", "uid", 1, bytes, context, NULL);

      g_assert_cmpstr (pj_message_get_subject (message), ==, rows[i].subject);
    }
}

static gpointer
parse_many (gpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      const Case *c = &cases[i % G_N_ELEMENTS (cases)];
      g_autoptr (PjMessage) message = parse (c->head);

      g_assert_cmpstr (pj_message_get_from_address (message), ==, c->from_address);
    }

  return NULL;
}

static void
test_from_many_threads (void)
{
  /* Messages share the string of their account; one that lives on, as the
   * list keeps them, holds it. */
  g_autoptr (PjMessage) kept = parse ("");
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("parse", parse_many, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* First, so that the threads also race to start GMime. */
  g_test_add_func ("/mail/headers/from-many-threads", test_from_many_threads);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/headers/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/headers/date/%s", dates[i].name);

      g_test_add_data_func (path, &dates[i], test_date);
    }
  g_test_add_func ("/mail/headers/long-fields-are-cut", test_long_fields_are_cut);
  g_test_add_func ("/mail/headers/hints-stay-out-of-the-list", test_hints_stay_out_of_the_list);
  g_test_add_func ("/mail/headers/charset-of-the-account", test_charset_of_the_account);
  g_test_add_func ("/mail/headers/cut-anywhere", test_cut_anywhere);

  return g_test_run ();
}
