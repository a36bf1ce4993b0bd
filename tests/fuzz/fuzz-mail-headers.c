/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "mail/pj-mail-headers.h"

#include "fuzz-assert.h"

/* Whatever a server gives for a head, there is a row for it, and it is clean. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) head = g_bytes_new (data, size);
  g_autoptr (PjMessage) message = pj_mail_headers_parse ("account", "uid", size, head, NULL, NULL);

  g_assert_nonnull (message);
  fuzz_assert_clean (pj_message_get_from_name (message));
  fuzz_assert_clean (pj_message_get_from_address (message));
  fuzz_assert_clean (pj_message_get_subject (message));

  return 0;
}
