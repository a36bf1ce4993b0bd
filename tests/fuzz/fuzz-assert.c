/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-assert.h"

#include "base/pj-text.h"

/* What every target asks of what comes out, besides that nothing crashes. */

/**
 * fuzz_assert_printable:
 * @text: what a parser has made of foreign bytes
 *
 * Demands valid UTF-8 without control characters.
 */
void
fuzz_assert_printable (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/**
 * fuzz_assert_clean:
 * @text: what a parser has made of foreign bytes
 *
 * Demands that @text can do no harm in a list or a terminal: as
 * fuzz_assert_printable(), and without hidden characters.
 */
void
fuzz_assert_clean (const char *text)
{
  fuzz_assert_printable (text);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (pj_text_is_hidden_char (g_utf8_get_char (at)));
}

/**
 * fuzz_assert_outcome:
 * @is_good: what a function returned
 * @error: (nullable): what it left there
 *
 * Demands an error exactly where there is no success, and that it can be shown.
 */
void
fuzz_assert_outcome (gboolean is_good, const GError *error)
{
  if (is_good)
    g_assert_null (error);
  else
    fuzz_assert_clean (error != NULL ? error->message : NULL);
}
