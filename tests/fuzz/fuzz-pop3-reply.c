/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "pop3/pj-pop3-error.h"
#include "pop3/pj-pop3-refusal.h"
#include "pop3/pj-pop3-reply.h"

/* Sorts a refusal in every way that a login may, and demands that it stays one. */
static void
conclude (const GError *refusal)
{
  for (guint way = 0; way < 16; way++)
    {
      g_autoptr (GError) copy = g_error_copy (refusal);
      PjPop3RefusalFacts facts = {
        .is_judged = (way & 1) != 0,
        .has_auth_codes = (way & 2) != 0,
        .has_worked = (way & 4) != 0,
        .has_shown = (way & 8) != 0,
      };

      pj_pop3_refusal_sort (copy, &facts);
      if (g_error_matches (copy, PJ_POP3_ERROR, PJ_POP3_ERROR_BUSY) ||
          g_error_matches (copy, PJ_POP3_ERROR, PJ_POP3_ERROR_TURNED_AWAY))
        g_assert_false (pj_pop3_refusal_leads_on (copy, &facts));
      pj_pop3_refusal_conclude (copy, &facts);
      g_assert_false (g_error_matches (copy, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED));
      g_assert_true (g_str_has_suffix (copy->message, refusal->message));
      g_assert_true (facts.has_worked || strlen (copy->message) == strlen (refusal->message));
    }
}

/* The first line of an answer is good, bad in one of the known ways, or none. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_malloc (size + 1);
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  gboolean is_good;

  if (size > 0)
    memcpy (line, data, size);
  line[size] = '\0';
  is_good = pj_pop3_reply_check (line, size, &text, &error);
  fuzz_assert_outcome (is_good, error);
  if (is_good)
    {
      g_assert_true (text >= line + 3 && text <= line + size);
      return 0;
    }

  g_assert_null (text);
  g_assert_true (error->domain == PJ_POP3_ERROR);
  g_assert_cmpint (error->code, <=, PJ_POP3_ERROR_CLOSED);
  conclude (error);

  return 0;
}
