/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "fuzz-assert.h"
#include "pop3/pj-pop3-listing.h"

/* The answer to STAT sizes tables. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  guint count;
  guint64 octets;
  gboolean is_good = pj_pop3_listing_parse_stat (text, &count, &octets, &error);

  fuzz_assert_outcome (is_good, error);
  if (is_good)
    {
      g_assert_cmpuint (count, <=, PJ_POP3_MAX_MESSAGES);
      g_assert_cmpuint (count, ==, g_ascii_strtoull (text, NULL, 10));
      g_assert_cmpuint (octets, <=, G_MAXINT64);
    }

  return 0;
}
