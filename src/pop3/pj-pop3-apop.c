/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-apop.h"

#include <string.h>

/* Printable ASCII without what delimits a msg-id (RFC 5322 section 3.6.4). */
static gboolean
is_stamp_char (char c)
{
  return g_ascii_isgraph (c) && c != '<' && c != '>';
}

/**
 * pj_pop3_apop_dup_stamp:
 * @greeting: what follows +OK in the server's greeting
 *
 * Finds the stamp that APOP answers. It must be a proper msg-id in ASCII:
 * collisions of MD5, by which a server in the middle finds out the password's
 * first characters, need bytes that no msg-id has (CVE-2007-1558).
 *
 * Reference: RFC 1939 section 7 (APOP).
 *
 * Returns: (transfer full) (nullable): the stamp, brackets included; %NULL when
 *   there is none or a malformed one
 */
char *
pj_pop3_apop_dup_stamp (const char *greeting)
{
  const char *start;
  const char *at = NULL;
  const char *end;

  g_return_val_if_fail (greeting != NULL, NULL);

  start = strchr (greeting, '<');
  if (start == NULL)
    return NULL;

  for (end = start + 1; is_stamp_char (*end); end++)
    {
      if (*end == '@')
        at = end;
    }

  if (*end != '>' || at == NULL || at == start + 1 || at == end - 1)
    return NULL;

  return g_strndup (start, (gsize) (end + 1 - start));
}

/**
 * pj_pop3_apop_dup_digest:
 * @stamp: from pj_pop3_apop_dup_stamp()
 * @secret: the password
 *
 * Returns: (transfer full): what proves knowledge of the password, in hex; as
 *   good as the password to whoever has time to guess, so to be wiped
 */
char *
pj_pop3_apop_dup_digest (const char *stamp, const PjSecret *secret)
{
  g_autoptr (GChecksum) md5 = g_checksum_new (G_CHECKSUM_MD5);

  g_return_val_if_fail (stamp != NULL && secret != NULL, NULL);

  g_checksum_update (md5, (const guchar *) stamp, -1);
  g_checksum_update (md5, (const guchar *) pj_secret_peek (secret), -1);

  return g_strdup (g_checksum_get_string (md5));
}
