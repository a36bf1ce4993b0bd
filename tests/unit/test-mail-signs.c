/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-signs.h"

#include <string.h>

#include "mail/pj-mail-field.h"
#include "mail/pj-mail-warning.h"

/* Mon, 1 Jan 2029 00:00:00 +0000 */
#define NOW ((gint64) 1861920000)

typedef struct
{
  const char *name;
  const char *head;
  const char *codes; /* joined by commas */
} Case;

/* Judged by a mailbox that knows some people; its service is mx.example.org. */
#define PASS(domain) "Authentication-Results: mx.example.org; dmarc=pass header.from=" domain "\n"
#define FAIL(domain) "Authentication-Results: mx.example.org; dmarc=fail header.from=" domain "\n"

static const Case cases[] = {
  { "honest", "From: Ala Nowak <ala@example.org>\n", "" },
  { "own", "From: Me <me@example.org>\n", "" },
  { "stranger", "From: Ola <ola@stranger.example>\n", "first-time-sender" },
  { "nobody", "Subject: x\n", "" },

  { "verified", PASS ("example.org") "From: Ala <ala@example.org>\n", "" },
  { "not-verified", FAIL ("example.org") "From: Ala <ala@example.org>\n", "dmarc-fail" },
  { "not-verified-on-a-list",
    FAIL ("example.org") "List-Id: <l.example>\nFrom: Ala <ala@example.org>\n", "dmarc-fail-list" },
  { "not-verified-but-signed",
    "Authentication-Results: mx.example.org; dmarc=fail; dkim=pass header.d=example.org\n"
    "From: Ala <ala@example.org>\n",
    "" },
  { "signed-by-somebody-else",
    "Authentication-Results: mx.example.org; dmarc=fail; dkim=pass header.d=evil.test;"
    " spf=pass smtp.mailfrom=x@evil.test\nFrom: Ala <ala@example.org>\n",
    "dmarc-fail" },
  { "failure-told-by-another-service",
    "Authentication-Results: evil.test; dmarc=fail\nFrom: Ala <ala@example.org>\n", "" },
  { "pass-told-by-another-service",
    FAIL ("example.org") "Authentication-Results: evil.test; dmarc=pass\n"
                         "From: Ala <ala@example.org>\n",
    "dmarc-fail" },
  { "pass-forged-below",
    "Authentication-Results: mx.example.org; dmarc=fail\nReceived: from x by y\n"
    "Authentication-Results: mx.example.org; dmarc=pass\nFrom: Ala <ala@example.org>\n",
    "dmarc-fail" },
  { "brand-without-proof",
    "Authentication-Results: mx.example.org; dmarc=none; spf=softfail smtp.mailfrom=x@evil.test\n"
    "From: PayPal <service@paypal.com>\n",
    "unverified-brand,first-time-sender" },
  { "brand-with-proof", PASS ("paypal.com") "From: PayPal <service@paypal.com>\n",
    "first-time-sender" },
  { "brand-where-nothing-is-told", "From: PayPal <service@paypal.com>\n", "first-time-sender" },

  { "brand-elsewhere", "From: PayPal <x@evil.test>\n", "brand-name,first-time-sender" },
  { "brand-in-letters-like-its-own", "From: =?utf-8?B?UNCweVBhbA==?= <x@evil.test>\n",
    "brand-name,first-time-sender" },
  { "brand-of-another-country", "From: Amazon.de <x@amazon.de>\n", "first-time-sender" },
  { "address-in-name", "From: \"ceo@bank.test\" <x@evil.test>\n",
    "name-has-address,first-time-sender" },
  { "address-of-the-same-owner-in-name", "From: \"boss@example.org\" <ala@example.org>\n", "" },
  { "address-of-a-sister-host-in-name", "From: \"ala@mail.example.org\" <ala@example.org>\n", "" },

  { "known-name-elsewhere", "From: Ala Nowak <ala@evil.test>\n", "known-name,first-time-sender" },
  { "known-name-at-a-provider-that-others-use", "From: Ala Nowak <ala.nowak@gmail.com>\n",
    "known-name,first-time-sender" },
  { "known-name-through-a-known-service", "From: Ala Nowak <notes@forge.example>\n",
    "first-time-sender" },
  { "known-name-on-a-list", "List-Id: <l.example>\nFrom: Ala Nowak <ala@lists.example>\n",
    "first-time-sender" },
  { "one-word-is-no-person", "From: Support <support@other.example>\n", "first-time-sender" },
  { "known-name-at-home-of-another-host", "From: Ala Nowak <ala@mail.example.org>\n",
    "first-time-sender" },

  { "imitates-a-company", "From: x <x@paypa1.com>\n", "first-time-sender,look-alike-domain" },
  { "company-in-front", "From: x <x@paypal.com.evil.test>\n",
    "first-time-sender,look-alike-domain" },
  { "imitates-someone-known", "From: x <x@gorskie-wycieczkl.pl>\n",
    "first-time-sender,look-alike-domain" },
  { "known-itself", "From: x <info@gorskie-wycieczki.pl>\n", "" },
  { "mixed-letters", "From: x <x@xn--aypal-uye.com>\n", "first-time-sender,mixed-script-domain" },
  { "all-cyrillic-below-com", "From: x <x@xn--80ak6aa92e.com>\n",
    "first-time-sender,look-alike-domain" },

  { "reply-elsewhere", "From: Ala <ala@example.org>\nReply-To: x@evil.test\n",
    "reply-to-elsewhere" },
  { "reply-to-a-sister-host", "From: Ala <ala@example.org>\nReply-To: x@mail.example.org\n", "" },
  { "reply-to-a-list",
    "From: Ala <ala@example.org>\nReply-To: walkers@lists.example\nList-Id: <l.example>\n", "" },
  { "second-reply-elsewhere",
    "From: Ala <ala@example.org>\nReply-To: ala@example.org, x@evil.test\n", "reply-to-elsewhere" },
  { "reply-to-rubbish", "From: Ala <ala@example.org>\nReply-To: @@,;:\n", "" },

  { "date-ahead", "From: Ala <ala@example.org>\nDate: Wed, 1 Jan 2031 00:00:00 +0000\n",
    "date-far-off" },
  { "taken-for-spam", "From: Ala <ala@example.org>\nX-Spam-Flag: YES\n", "marked-as-spam" },
  { "urgent-payment-is-no-sign",
    "From: Ala <ala@example.org>\nSubject: URGENT: payment overdue, act now!!!\n", "" },
  { "several", "From: Ala <ala@example.org>, x@evil.test\n", "several-from" },
};

static void
add_sender (PjSenderBook *book, const char *name, const char *address)
{
  g_autoptr (PjMessage) message = pj_message_new (&(PjMessageFields){
      .account_id = "a", .uid = "1", .from_name = name, .from_address = address });

  pj_sender_book_add (book, message);
}

static PjMailContext *
make_context (void)
{
  PjMailContext *context = pj_mail_context_new ();

  context->now = NOW;
  context->own_address = g_strdup ("me@example.org");
  context->authserv_id = g_strdup ("mx.example.org");
  context->senders = pj_sender_book_new ();
  add_sender (context->senders, "Ala Nowak", "ala@example.org");
  add_sender (context->senders, "Support", "support@shop.example");
  add_sender (context->senders, "Forge", "noreply@forge.example");
  add_sender (context->senders, "Jan", "jan@gmail.com");
  add_sender (context->senders, "Trips", "info@gorskie-wycieczki.pl");

  return context;
}

static char *
list_codes (const char *head, PjMailContext *context)
{
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (head, strlen (head));
  g_autoptr (GMimeParserOptions) options = pj_mail_field_new_options (scan, context);
  g_autoptr (PjMailSender) sender = pj_mail_sender_new (scan, options);
  g_autoptr (GPtrArray) signs = pj_mail_signs_list (&(PjMailSignsFacts){
      .scan = scan,
      .options = options,
      .sender = sender,
      .marks = pj_mail_marks_read (scan),
      .context = context,
  });
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < signs->len; i++)
    {
      const PjMailSign *sign = g_ptr_array_index (signs, i);

      g_string_append_printf (codes, "%s%s", i > 0 ? "," : "", sign->code);
      g_assert_true (sign->reason == NULL || g_utf8_validate (sign->reason, -1, NULL));
    }

  return g_strdup (codes->str);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailContext) context = make_context ();
  g_autofree char *codes = list_codes (c->head, context);

  g_assert_cmpstr (codes, ==, c->codes);
}

/* What is listed must be judged as it was before it was. */
static void
test_is_no_acquaintance_of_itself (void)
{
  g_autoptr (PjMailContext) context = make_context ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = list_codes ("From: Ola <ola@stranger.example>\n", context);
  add_sender (context->senders, "Ola", "ola@stranger.example");
  context->is_listed = TRUE;
  after = list_codes ("From: Ola <ola@stranger.example>\n", context);
  g_assert_cmpstr (before, ==, "first-time-sender");
  g_assert_cmpstr (after, ==, before);
}

/* Nobody is a stranger to whom nobody has written. */
static void
test_knows_nothing (void)
{
  g_autofree char *none =
      list_codes ("From: Ola <ola@stranger.example>\n" FAIL ("x.example"), NULL);
  g_autoptr (PjMailContext) context = pj_mail_context_new ();
  g_autofree char *empty = NULL;
  g_autofree char *no_mails = NULL;

  empty = list_codes ("From: Ola <ola@stranger.example>\n" FAIL ("x.example"), context);
  context->senders = pj_sender_book_new ();
  no_mails = list_codes ("From: Ola <ola@stranger.example>\n", context);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (no_mails, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/signs/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/signs/is-no-acquaintance-of-itself", test_is_no_acquaintance_of_itself);
  g_test_add_func ("/mail/signs/knows-nothing", test_knows_nothing);
  return g_test_run ();
}
