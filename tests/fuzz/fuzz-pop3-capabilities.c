/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "fuzz-assert.h"
#include "pop3/pj-pop3-capabilities.h"

/* What a list with a hundred lines at most may grow to. */
#define MAX_TEXT_BYTES 65536

/* Each line is one of the answer to CAPA. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (PjPop3Capabilities) told = pj_pop3_capabilities_new ();
  g_autoptr (PjPop3Capabilities) copy = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *shown_copy = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (!pj_pop3_capabilities_add_line (told, lines[i]))
        break;

      if (g_utf8_validate (lines[i], -1, NULL) && strpbrk (lines[i], " \t") == NULL &&
          *lines[i] != '\0')
        g_assert_true (pj_pop3_capabilities_has (told, lines[i]));
    }

  shown = pj_pop3_capabilities_to_string (told);
  fuzz_assert_clean (shown);
  g_assert_cmpuint (strlen (shown), <=, MAX_TEXT_BYTES);
  if (pj_pop3_capabilities_is_empty (told))
    g_assert_cmpstr (shown, ==, "");
  if (pj_pop3_capabilities_has_sasl (told, "PLAIN"))
    g_assert_true (pj_pop3_capabilities_has (told, "SASL"));

  copy = pj_pop3_capabilities_copy (told);
  shown_copy = pj_pop3_capabilities_to_string (copy);
  g_assert_cmpstr (shown_copy, ==, shown);

  return 0;
}
