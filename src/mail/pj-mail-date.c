/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-date.h"

#include <string.h>

#include "mail/pj-mail-gmime.h"

#define DAY_S ((gint64) 24 * 60 * 60)

/* RFC 822, the first that says how a mail is dated, is of 13 August 1982: what
 * is older comes from a clock that was never set. */
#define FIRST_MAIL ((gint64) 398044800)

/* No zone is farther from another; clocks are worse than that only when wrong. */
#define MAX_AHEAD_S DAY_S

/* Servers give up on a mail after a week; those of a holiday are sent late. */
#define MAX_DELAY_S (30 * DAY_S)

/* Longer ones are no dates. */
#define MAX_DATE_BYTES 200

/**
 * pj_mail_date_parse:
 * @raw: value of a field that holds a date
 *
 * Reference: RFC 5322 section 3.3.
 *
 * Returns: seconds since 1970-01-01 UTC; 0 when it cannot be read
 */
gint64
pj_mail_date_parse (const char *raw)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (raw != NULL, 0);

  if (strlen (raw) <= MAX_DATE_BYTES)
    date = g_mime_utils_header_decode_date (raw);

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

static gint64
get_date (const PjMailHeaderScan *scan)
{
  const char *raw = pj_mail_header_scan_find (scan, "Date");

  return raw != NULL ? pj_mail_date_parse (raw) : 0;
}

/* When the user's own server took it in: the topmost field was written last
 * (RFC 5321 section 4.4), the date stands behind the last semicolon. */
static gint64
get_received (const PjMailHeaderScan *scan)
{
  const char *raw = pj_mail_header_scan_find (scan, "Received");
  const char *date = raw != NULL ? strrchr (raw, ';') : NULL;

  return date != NULL ? pj_mail_date_parse (date + 1) : 0;
}

/**
 * pj_mail_date_read:
 * @scan: header of a mail
 * @now: seconds since 1970-01-01 UTC; 0 when not known
 *
 * Returns: when it was written, in seconds since 1970-01-01 UTC; 0 when that
 *   cannot be read, or cannot be: before there was mail, or after tomorrow
 */
gint64
pj_mail_date_read (const PjMailHeaderScan *scan, gint64 now)
{
  gint64 date;

  g_return_val_if_fail (scan != NULL, 0);

  date = get_date (scan);
  if (date < FIRST_MAIL || (now > 0 && date > now + MAX_AHEAD_S))
    return 0;

  return date;
}

/**
 * pj_mail_date_is_far_off:
 * @scan: header of a mail
 * @now: seconds since 1970-01-01 UTC; 0 when not known
 *
 * Returns: whether its date cannot be that of its writing: more than a day
 *   after @now or after it was received, more than 30 days before it was
 *   received, or before there was mail. One that cannot be read is not.
 */
gboolean
pj_mail_date_is_far_off (const PjMailHeaderScan *scan, gint64 now)
{
  gint64 date;
  gint64 received;

  g_return_val_if_fail (scan != NULL, FALSE);

  date = get_date (scan);
  if (date == 0)
    return FALSE;
  if (date < FIRST_MAIL || (now > 0 && date > now + MAX_AHEAD_S))
    return TRUE;

  received = get_received (scan);
  return received >= FIRST_MAIL && (date > received + MAX_AHEAD_S || date < received - MAX_DELAY_S);
}
