/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-host.h"

#include <string.h>

#include <gio/gio.h>

#include "mail/pj-mail-domain.h"

/* Longest name with every byte as "%xx". */
#define MAX_WRITTEN_BYTES (3 * PJ_MAIL_DOMAIN_MAX_BYTES)

/* A number of IPv4 has one to four parts. */
#define MAX_PARTS 4

/* Returns: (transfer full) (nullable): an IPv6 number in its shortest form, in brackets */
static char *
read_ipv6 (const char *written)
{
  gsize len = strlen (written);
  g_autofree char *number = NULL;
  g_autofree char *canonical = NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (len < 3 || written[len - 1] != ']')
    return NULL;

  number = g_strndup (written + 1, len - 2);
  address = g_inet_address_new_from_string (number);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return NULL;

  canonical = g_inet_address_to_string (address);
  return g_strdup_printf ("[%s]", canonical);
}

/* One part of an IPv4 number: decimal, octal with "0" or hexadecimal with "0x" in
 * front. "0x" alone is zero. */
static gboolean
read_part (const char *part, guint64 *value)
{
  guint base = 10;

  *value = 0;
  if (part[0] == '0' && part[1] == 'x')
    {
      base = 16;
      part += 2;
    }
  else if (part[0] == '0' && part[1] != '\0')
    {
      base = 8;
      part++;
    }

  return (base == 16 && *part == '\0') ||
         g_ascii_string_to_unsigned (part, base, 0, G_MAXUINT32, value, NULL);
}

static gboolean
is_all_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Whether browsers take a host for a number: its last part looks like one. */
static gboolean
ends_in_number (const char *ascii)
{
  const char *dot = strrchr (ascii, '.');
  const char *last = dot != NULL ? dot + 1 : ascii;

  return is_all_digits (last) || (g_str_has_prefix (last, "0x") &&
                                  strspn (last + 2, "0123456789abcdef") == strlen (last + 2));
}

/* Returns: (transfer full) (nullable): an IPv4 number as four decimal ones */
static char *
read_ipv4 (const char *ascii)
{
  g_auto (GStrv) parts = g_strsplit (ascii, ".", MAX_PARTS + 1);
  guint n = g_strv_length (parts);
  guint64 number = 0;

  if (n > MAX_PARTS)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      /* The last part fills all the bytes that are left. */
      guint n_bytes = i + 1 < n ? 1 : MAX_PARTS - i;
      guint64 value;

      if (!read_part (parts[i], &value) || value >= G_GUINT64_CONSTANT (1) << (8 * n_bytes))
        return NULL;
      number = number << (8 * n_bytes) | value;
    }

  return g_strdup_printf ("%u.%u.%u.%u", (guint) (number >> 24), (guint) (number >> 16 & 0xFF),
                          (guint) (number >> 8 & 0xFF), (guint) (number & 0xFF));
}

static gboolean
is_written_plainly (const char *written, const char *ascii)
{
  g_autofree char *unicode = pj_mail_domain_to_unicode (ascii);
  g_autofree char *composed = g_utf8_normalize (written, -1, G_NORMALIZE_NFC);
  g_autofree char *lower = composed != NULL ? g_utf8_strdown (composed, -1) : NULL;

  return g_ascii_strcasecmp (written, ascii) == 0 || g_strcmp0 (lower, unicode) == 0;
}

static char *
read_name (const char *written, PjMailLinkDoubts *doubts)
{
  g_autofree char *decoded = g_uri_unescape_string (written, NULL);
  g_autofree char *ascii = decoded != NULL ? pj_mail_domain_to_ascii (decoded) : NULL;
  g_autofree char *host = NULL;

  if (ascii == NULL)
    return NULL;

  if (ends_in_number (ascii))
    {
      *doubts |= PJ_MAIL_LINK_NUMBER;
      host = read_ipv4 (ascii);
    }
  else
    host = g_steal_pointer (&ascii);

  if (host != NULL && !is_written_plainly (written, host))
    *doubts |= PJ_MAIL_LINK_OBSCURED;

  return g_steal_pointer (&host);
}

/**
 * pj_mail_host_read:
 * @written: the host of a link, without user and port
 * @doubts: (inout): how it was written is added: %PJ_MAIL_LINK_NUMBER,
 *   %PJ_MAIL_LINK_OBSCURED
 *
 * Brings a host to the one form in which browsers look it up: percent signs
 * undone, numbers of any kind as IPv4 in four decimal ones or IPv6 in brackets,
 * names as pj_mail_domain_to_ascii() has them. Any thread.
 *
 * Reference: WHATWG URL, "host parsing"
 *
 * Returns: (transfer full) (nullable): the host; %NULL when it is none
 */
char *
pj_mail_host_read (const char *written, PjMailLinkDoubts *doubts)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (written != NULL && doubts != NULL, NULL);

  if (strlen (written) > MAX_WRITTEN_BYTES)
    return NULL;
  if (*written != '[')
    return read_name (written, doubts);

  *doubts |= PJ_MAIL_LINK_NUMBER;
  number = read_ipv6 (written);
  return g_steal_pointer (&number);
}
