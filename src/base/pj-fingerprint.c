/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-fingerprint.h"

#define SHA256_BYTES 32

/**
 * pj_fingerprint_parse:
 * @text: a SHA-256 fingerprint as people and programs write it: in either
 *   case, with or without colons and blanks
 *
 * Returns: (transfer full) (nullable): the same as "AB:CD:…"; %NULL when
 *   @text is no such thing
 */
char *
pj_fingerprint_parse (const char *text)
{
  g_autoptr (GString) fingerprint = NULL;
  guint digits = 0;

  g_return_val_if_fail (text != NULL, NULL);

  fingerprint = g_string_new (NULL);
  for (; *text != '\0' && digits <= 2 * SHA256_BYTES; text++)
    {
      if (*text == ':' || g_ascii_isspace (*text))
        continue;

      if (!g_ascii_isxdigit (*text))
        return NULL;

      if (digits > 0 && digits % 2 == 0)
        g_string_append_c (fingerprint, ':');
      g_string_append_c (fingerprint, g_ascii_toupper (*text));
      digits++;
    }

  return digits == 2 * SHA256_BYTES ? g_string_free (g_steal_pointer (&fingerprint), FALSE) : NULL;
}
