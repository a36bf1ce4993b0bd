/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "pop3/pj-pop3-listing.h"

/* Each line is a row of the answer to LIST, in a small mailbox and in the
 * largest. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint counts[] = { 1, 5, PJ_POP3_MAX_MESSAGES };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);

  for (gsize i = 0; rows[i] != NULL; i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (counts); k++)
        {
          guint number;
          guint64 octets;

          if (!pj_pop3_listing_parse_size (rows[i], counts[k], &number, &octets))
            continue;

          g_assert_cmpuint (number, >=, 1);
          g_assert_cmpuint (number, <=, counts[k]);
          g_assert_cmpuint (number, ==, g_ascii_strtoull (rows[i], NULL, 10));
          g_assert_cmpuint (octets, <=, G_MAXINT64);
        }
    }

  return 0;
}
