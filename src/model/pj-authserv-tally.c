/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-authserv-tally.h"

#include <string.h>

/*
 * Who verifies the mails of a mailbox (RFC 8601 section 2.5): the name that
 * stands topmost in nearly all of them. A sender can write any name into his
 * mail, but not into those of others.
 */

#define MIN_MAILS 5
#define MIN_PERCENT 90

/* Stands for a mail in which nobody claims to have verified anything. */
#define NOBODY "-"

/* The name is part of a list of words. */
static const char *
word_of (const char *id)
{
  return *id == '\0' || strpbrk (id, " \t\r\n") != NULL ? NOBODY : id;
}

/**
 * pj_authserv_tally_push:
 * @recent: the names of the last mails, the latest last, joined by blanks; ""
 *   for none yet
 * @ids: (element-type utf8): topmost name of each mail that has come since; ""
 *   for a mail without one
 *
 * Returns: (transfer full): the names of the last %PJ_AUTHSERV_TALLY_WINDOW mails
 */
char *
pj_authserv_tally_push (const char *recent, GPtrArray *ids)
{
  g_auto (GStrv) before = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  guint start;

  g_return_val_if_fail (recent != NULL && ids != NULL, NULL);

  before = g_strsplit (recent, " ", -1);
  for (guint i = 0; before[i] != NULL; i++)
    {
      if (*before[i] != '\0')
        g_ptr_array_add (words, before[i]);
    }
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (words, (gpointer) word_of (g_ptr_array_index (ids, i)));
  start = words->len > PJ_AUTHSERV_TALLY_WINDOW ? words->len - PJ_AUTHSERV_TALLY_WINDOW : 0;
  g_ptr_array_add (words, NULL);

  return g_strjoinv (" ", (char **) words->pdata + start);
}

static guint
count_equal (char **words, const char *word)
{
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    n += g_str_equal (words[i], word) ? 1 : 0;

  return n;
}

/**
 * pj_authserv_tally_decide:
 * @recent: what pj_authserv_tally_push() returned
 * @learned: (nullable): whom it was until then; %NULL for nobody
 *
 * Believes who stands in nine of ten of the last mails, of which there must be
 * five; nobody, when so many have no name at all; otherwise it is still whom
 * it was.
 *
 * Returns: (transfer full) (nullable): who verifies the mails; %NULL for nobody
 */
char *
pj_authserv_tally_decide (const char *recent, const char *learned)
{
  g_auto (GStrv) words = NULL;
  guint n;

  g_return_val_if_fail (recent != NULL, NULL);

  words = g_strsplit (recent, " ", -1);
  n = *recent != '\0' ? g_strv_length (words) : 0;
  if (n < MIN_MAILS)
    return g_strdup (learned);

  /* What nine of ten are, one of the first two or three is. */
  for (guint i = 0; i < n; i++)
    {
      if (count_equal (words, words[i]) * 100 >= n * MIN_PERCENT)
        return g_str_equal (words[i], NOBODY) ? NULL : g_strdup (words[i]);
    }

  return g_strdup (learned);
}
