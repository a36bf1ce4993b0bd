/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-listing.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

/* Reads digits up to a blank or the end; moves @text behind the blanks. */
static gboolean
take_number (const char **text, guint64 max, guint64 *number)
{
  gsize len = strspn (*text, "0123456789");
  char digits[21]; /* 2^64 has 20 */

  if (len == 0 || len >= sizeof digits || ((*text)[len] != '\0' && (*text)[len] != ' '))
    return FALSE;

  memcpy (digits, *text, len);
  digits[len] = '\0';
  if (!g_ascii_string_to_unsigned (digits, 10, 0, max, number, NULL))
    return FALSE;

  *text += len;
  /* RFC 1939 section 5 has one blank; two were seen (Maillennium V05). */
  *text += strspn (*text, " ");

  return TRUE;
}

/* Message numbers go from 1 to what STAT said (RFC 1939 section 5). */
static gboolean
take_message_number (const char **row, guint count, guint *number)
{
  guint64 value;

  if (!take_number (row, count, &value) || value == 0)
    return FALSE;

  *number = (guint) value;
  return TRUE;
}

/**
 * pj_pop3_listing_parse_stat:
 * @text: what follows +OK in the answer to STAT
 * @count: (out): messages, 0 to %PJ_POP3_MAX_MESSAGES; set on success
 * @octets: (out): their size, for display only; set on success
 * @error: return location; %PJ_POP3_ERROR_PROTOCOL
 *
 * Reference: RFC 1939 section 5 (STAT).
 *
 * Returns: %FALSE with @error set when the answer is not two such numbers
 */
gboolean
pj_pop3_listing_parse_stat (const char *text, guint *count, guint64 *octets, GError **error)
{
  guint64 value;

  g_return_val_if_fail (text != NULL && count != NULL && octets != NULL, FALSE);

  if (!take_number (&text, PJ_POP3_MAX_MESSAGES, &value) ||
      !take_number (&text, G_MAXINT64, octets))
    {
      g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                           "The server's answer to STAT is not two numbers in range");
      return FALSE;
    }

  *count = (guint) value;
  return TRUE;
}

/**
 * pj_pop3_listing_parse_size:
 * @row: a row of the answer to LIST
 * @count: messages by STAT
 * @number: (out): 1 to @count; set on success
 * @octets: (out): size, for display only; set on success
 *
 * Reference: RFC 1939 section 5 (LIST, "scan listing").
 *
 * Returns: whether the row makes sense; one that does not concerns only its
 *   own message
 */
gboolean
pj_pop3_listing_parse_size (const char *row, guint count, guint *number, guint64 *octets)
{
  g_return_val_if_fail (row != NULL && number != NULL && octets != NULL, FALSE);

  return take_message_number (&row, count, number) && take_number (&row, G_MAXINT64, octets);
}

/**
 * pj_pop3_listing_parse_uid:
 * @row: a row of the answer to UIDL
 * @count: messages by STAT
 * @number: (out): 1 to @count; set on success
 * @uid: (out) (transfer none): points into @row; set on success
 *
 * A UID is opaque: whatever a server gives is compared, never opened as a
 * file. It must be valid UTF-8 without control characters, and not empty.
 *
 * Reference: RFC 1939 section 7 (UIDL, "unique-id listing").
 *
 * Returns: whether the row makes sense; one that does not concerns only its
 *   own message
 */
gboolean
pj_pop3_listing_parse_uid (const char *row, guint count, guint *number, const char **uid)
{
  gsize len;

  g_return_val_if_fail (row != NULL && number != NULL && uid != NULL, FALSE);

  if (!take_message_number (&row, count, number))
    return FALSE;

  len = strlen (row);
  if (len == 0 || len > PJ_POP3_MAX_UID_BYTES || !g_utf8_validate (row, (gssize) len, NULL))
    return FALSE;

  for (const char *at = row; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (at)))
        return FALSE;
    }

  *uid = row;
  return TRUE;
}
