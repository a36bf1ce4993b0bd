/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "fuzz-document.h"
#include "mail/pj-mail-body.h"

/* Whatever a server gives for a mail, there is a text to show, and it is UTF-8. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PjMailText) mail = pj_mail_body_parse (bytes, size % 2 == 0, NULL);

  g_assert_nonnull (mail);
  g_assert_true (g_utf8_validate (mail->text, -1, NULL));
  fuzz_document_check (mail->document);
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const PjMailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      g_assert_true (g_utf8_validate (attachment->name, -1, NULL));
      g_assert_true (g_utf8_validate (attachment->type, -1, NULL));
    }

  return 0;
}
