/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "mail/pj-mail-field.h"
#include "mail/pj-mail-finding.h"
#include "mail/pj-mail-headers.h"

#include "fuzz-assert.h"

/* One that knows something, so that every sign is looked for. */
static PjMailContext *
make_context (void)
{
  PjMailContext *context = pj_mail_context_new ();
  g_autoptr (PjMessage) message = pj_message_new (&(PjMessageFields){
      .account_id = "a", .uid = "1", .from_name = "Ala Nowak", .from_address = "ala@example.org" });

  context->now = 1735689600;
  context->own_address = g_strdup ("me@example.org");
  context->authserv_id = g_strdup ("mx.example.org");
  context->fallback_charset = g_strdup ("iso-8859-2");
  context->senders = pj_sender_book_new ();
  pj_sender_book_add (context->senders, message);

  return context;
}

static void
find_in_header (const char *bytes, size_t size, PjMailContext *context)
{
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (bytes, size);
  g_autoptr (GMimeParserOptions) options = pj_mail_field_new_options (scan, context);
  g_autoptr (PjMailText) mail = pj_mail_text_new ();

  pj_mail_finding_add_header (mail, scan, options, context);
  for (guint i = 0; i < mail->warnings->len; i++)
    {
      const PjMailWarning *warning = g_ptr_array_index (mail->warnings, i);

      fuzz_assert_clean (warning->reason);
    }
  if (mail->spam_verdict != NULL)
    fuzz_assert_clean (mail->spam_verdict);
  if (mail->unsubscribe != NULL)
    {
      g_assert_true (mail->unsubscribe->can_open);
      g_assert_true (g_str_has_prefix (mail->unsubscribe->target, "https://"));
      fuzz_assert_clean (mail->unsubscribe->target);
      fuzz_assert_clean (mail->unsubscribe->host);
    }
}

/* Whatever a server gives for a head, there is a row for it, and it is clean. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) head = g_bytes_new (data, size);
  g_autoptr (PjMailContext) context = make_context ();
  g_autofree char *authserv_id = NULL;
  g_autoptr (PjMessage) message =
      pj_mail_headers_parse ("account", "uid", size, head, context, &authserv_id);

  g_assert_nonnull (message);
  fuzz_assert_clean (pj_message_get_from_name (message));
  fuzz_assert_clean (pj_message_get_from_address (message));
  fuzz_assert_clean (pj_message_get_subject (message));
  if (authserv_id != NULL)
    fuzz_assert_clean (authserv_id);
  find_in_header ((const char *) data, size, context);

  return 0;
}
