/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-plain.h"

#include <string.h>

static gboolean
holds_bytes (const guint8 *bytes, gsize len, const char *needle)
{
  gsize needle_len = strlen (needle);

  for (gsize at = 0; at + needle_len <= len; at++)
    {
      if (memcmp (bytes + at, needle, needle_len) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_base64 (guint8 byte)
{
  return g_ascii_isalnum (byte) || byte == '+' || byte == '/' || byte == '=';
}

/* Decodes a run of base64 letters from each of the four places where a group
 * may begin. */
static gboolean
holds_encoded (const char *run, gsize len, const char *needle)
{
  for (gsize skipped = 0; skipped < 4 && skipped < len; skipped++)
    {
      g_autofree char *word = g_strndup (run + skipped, len - skipped);
      g_autofree guint8 *decoded = NULL;
      gsize decoded_len;

      decoded = g_base64_decode (word, &decoded_len);
      if (decoded != NULL && holds_bytes (decoded, decoded_len, needle))
        return TRUE;
    }

  return FALSE;
}

/* Returns: whether @needle went in @plain, as it is or as base64. */
gboolean
session_plain_holds (GBytes *plain, const char *needle)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (plain, &len);

  if (holds_bytes (bytes, len, needle))
    return TRUE;

  for (gsize at = 0; at < len; at++)
    {
      gsize end = at;

      while (end < len && is_base64 (bytes[end]))
        end++;
      if (holds_encoded ((const char *) bytes + at, end - at, needle))
        return TRUE;
      at = end;
    }

  return FALSE;
}

/* Returns: whether a line of @plain begins a login. */
gboolean
session_plain_logs_in (GBytes *plain)
{
  static const char *const verbs[] = { "USER", "PASS", "APOP", "AUTH" };
  gsize len;
  const char *bytes = g_bytes_get_data (plain, &len);

  for (const char *line = bytes; line != NULL && line < bytes + len;)
    {
      gsize left = (gsize) (bytes + len - line);

      for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
        {
          if (left >= strlen (verbs[i]) &&
              g_ascii_strncasecmp (line, verbs[i], strlen (verbs[i])) == 0)
            return TRUE;
        }
      line = memchr (line, '\n', left);
      line = line != NULL ? line + 1 : NULL;
    }

  return FALSE;
}
