/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-marks.h"

#include <string.h>

#define LIST PJ_MAIL_MARK_LIST
#define AUTOMATIC PJ_MAIL_MARK_AUTOMATIC

typedef struct
{
  const char *name;
  const char *head;
  guint marks;
} Case;

static const Case cases[] = {
  { "nothing", "From: a@example.org\n", 0 },
  { "list-id", "List-Id: Walkers <walkers.example.org>\n", LIST },
  { "list-unsubscribe", "List-Unsubscribe: <mailto:leave@example.org>\n", LIST },
  { "list-post-no", "List-Post: NO (announcements only)\n", 0 },
  { "list-post", "List-Post: <mailto:walkers@example.org>\n", LIST },
  { "precedence-list", "Precedence: list\n", LIST },
  { "precedence-bulk", "precedence: BULK\n", LIST },
  { "precedence-junk", "Precedence: junk\n", AUTOMATIC },
  { "precedence-auto-reply", "Precedence: auto_reply\n", AUTOMATIC },
  { "precedence-first-class", "Precedence: first-class\n", 0 },
  { "precedence-longer-word", "Precedence: listless\n", 0 },
  { "auto-submitted-no", "Auto-Submitted: no\n", 0 },
  { "auto-submitted-no-with-comment", "Auto-Submitted: No (by hand)\n", 0 },
  { "auto-submitted-reply", "Auto-Submitted: auto-replied (vacation)\n", AUTOMATIC },
  { "auto-submitted-generated", "Auto-Submitted: auto-generated; x=y\n", AUTOMATIC },
  { "auto-submitted-notified", "Auto-Submitted: notified\n", AUTOMATIC },
  { "auto-submitted-empty", "Auto-Submitted:\n", 0 },
  { "x-autoreply", "X-Autoreply: yes\n", AUTOMATIC },
  { "x-autorespond", "X-Autorespond: away\n", AUTOMATIC },
  { "report", "Content-Type: multipart/report; report-type=delivery-status\n", AUTOMATIC },
  { "both", "List-Id: <l.example>\nAuto-Submitted: auto-generated\n", LIST | AUTOMATIC },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->head, strlen (c->head));

  g_assert_cmpuint (pj_mail_marks_read (scan), ==, c->marks);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/marks/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
