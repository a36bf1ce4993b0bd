/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "base/pj-text.h"
#include "check/pj-mailbox-memory.h"
#include "fuzz-assert.h"
#include "pop3/pj-pop3-apop.h"
#include "pop3/pj-pop3-reply.h"

/* What goes into a digest is printable ASCII with an "@" within brackets. */
static void
assert_stamp (const char *greeting)
{
  g_autofree char *stamp = pj_pop3_apop_dup_stamp (greeting);

  if (stamp == NULL)
    return;

  g_assert_nonnull (strstr (greeting, stamp));
  g_assert_nonnull (strchr (stamp, '@'));
  g_assert_true (g_str_has_prefix (stamp, "<") && g_str_has_suffix (stamp, ">"));
  for (const char *at = stamp; *at != '\0'; at++)
    g_assert_true (g_ascii_isgraph (*at));
}

/* What is left of a greeting stays the same when it is looked at again. */
static void
assert_shape (const char *greeting)
{
  g_autofree char *shape = pj_mailbox_memory_shape_greeting (greeting);
  g_autofree char *again = pj_mailbox_memory_shape_greeting (shape);
  g_autoptr (PjMailboxMemory) memory = pj_mailbox_memory_new ();

  fuzz_assert_clean (shape);
  g_assert_cmpstr (again, ==, shape);
  g_assert_cmpuint (strlen (shape), <=, strlen (greeting) + 1);
  g_assert_null (strpbrk (shape, "0123456789"));

  memory->greeting = g_strdup (shape);
  g_assert_true (pj_mailbox_memory_fits (memory, greeting, 0));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_strndup ((const char *) data, size);
  g_autofree char *greeting = NULL;
  const char *text;

  if (!pj_pop3_reply_check (line, strlen (line), &text, NULL))
    return 0;

  assert_stamp (text);
  greeting = pj_text_clean_line (text, -1, PJ_TEXT_MAX_SERVER_CHARS);
  fuzz_assert_clean (greeting);
  assert_stamp (greeting);
  assert_shape (greeting);

  return 0;
}
