/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-date.h"

#include <string.h>

/* Mon, 1 Jan 2029 00:00:00 +0000 */
#define NOW ((gint64) 1861920000)

typedef struct
{
  const char *name;
  const char *head;
  gint64 now;
  gint64 date;
  gboolean is_far_off;
} Case;

static const Case cases[] = {
  { "none", "Subject: x\n", NOW, 0, FALSE },
  { "rubbish", "Date: yesterday at noon\n", NOW, 0, FALSE },
  { "plain", "Date: Sun, 31 Dec 2028 00:00:00 +0000\n", NOW, NOW - 86400, FALSE },
  { "clock-that-was-never-set", "Date: Thu, 1 Jan 1970 00:00:10 +0000\n", NOW, 0, TRUE },
  { "before-1970", "Date: Wed, 31 Dec 1969 23:59:59 +0000\n", NOW, 0, TRUE },
  { "the-first-day-of-mail", "Date: Fri, 13 Aug 1982 00:00:00 +0000\n", 0, 398044800, FALSE },
  { "a-day-ahead", "Date: Tue, 2 Jan 2029 00:00:00 +0000\n", NOW, NOW + 86400, FALSE },
  { "more-than-a-day-ahead", "Date: Tue, 2 Jan 2029 00:00:01 +0000\n", NOW, 0, TRUE },
  { "a-hundred-years-ahead", "Date: Tue, 2 Jan 2129 00:00:00 +0000\n", NOW, 0, TRUE },
  { "ahead-where-nobody-knows-today", "Date: Mon, 1 Jan 2029 00:00:00 +0000\n", 0, NOW, FALSE },
  { "received-at-once",
    "Received: from a by b; Mon, 1 Jan 2029 00:00:00 +0000\nDate: Mon, 1 Jan 2029 00:00:00 +0000\n",
    NOW, NOW, FALSE },
  { "received-month-later",
    "Received: from a by b; Mon, 1 Jan 2029 00:00:00 +0000\nDate: Fri, 1 Dec 2028 00:00:00 +0000\n",
    NOW, NOW - 31 * 86400, TRUE },
  { "received-weeks-later",
    "Received: from a by b; Mon, 1 Jan 2029 00:00:00 +0000\nDate: Mon, 4 Dec 2028 00:00:00 +0000\n",
    NOW, NOW - 28 * 86400, FALSE },
  { "received-before-it-was-written",
    "Received: from a by b; Fri, 1 Dec 2028 00:00:00 +0000\nDate: Mon, 1 Jan 2029 00:00:00 +0000\n",
    NOW, NOW, TRUE },
  { "only-the-topmost-received-counts",
    "Received: from a by b; Mon, 1 Jan 2029 00:00:00 +0000\n"
    "Received: from c by d; Mon, 1 Jan 2018 00:00:00 +0000\nDate: Mon, 1 Jan 2029 00:00:00 +0000\n",
    NOW, NOW, FALSE },
  { "received-without-date", "Received: from a by b\nDate: Mon, 1 Jan 2018 00:00:00 +0000\n", NOW,
    1514764800, FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->head, strlen (c->head));

  g_assert_cmpint (pj_mail_date_read (scan, c->now), ==, c->date);
  g_assert_cmpint (pj_mail_date_is_far_off (scan, c->now), ==, c->is_far_off);
}

static void
test_too_long_is_none (void)
{
  g_autofree char *blanks = g_strnfill (1000, ' ');
  g_autofree char *raw = g_strconcat ("Mon, 1 Jan 2001", blanks, "00:00:00 +0000", NULL);

  g_assert_cmpint (pj_mail_date_parse (raw), ==, 0);
  g_assert_cmpint (pj_mail_date_parse ("Mon, 1 Jan 2001 00:00:00 +0000"), ==, 978307200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/date/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/mail/date/too-long-is-none", test_too_long_is_none);
  return g_test_run ();
}
