/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "mail/pj-mail-headers.h"

#include "base/pj-text.h"

/* Whatever @text was, it can do no more harm in a list or a terminal. */
static void
assert_clean (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
      g_assert_false (pj_text_is_hidden_char (g_utf8_get_char (at)));
    }
}

/* Whatever a server gives for a head, there is a row for it, and it is clean. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) head = g_bytes_new (data, size);
  g_autoptr (PjMessage) message = pj_mail_headers_parse ("account", "uid", size, head);

  g_assert_nonnull (message);
  assert_clean (pj_message_get_from_name (message));
  assert_clean (pj_message_get_from_address (message));
  assert_clean (pj_message_get_subject (message));

  return 0;
}
