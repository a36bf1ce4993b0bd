/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-fetch-progress.h"

#define LAST 100000

static gpointer
count_up (gpointer data)
{
  g_autoptr (PjFetchProgress) progress = data;

  for (gsize i = 1; i <= LAST; i++)
    pj_fetch_progress_set (progress, i);

  return NULL;
}

/* Whoever looks while another writes never sees it go back. */
static void
test_two_threads (void)
{
  g_autoptr (PjFetchProgress) progress = pj_fetch_progress_new ();
  GThread *thread;
  gsize last = 0;

  g_assert_cmpuint (pj_fetch_progress_get (progress), ==, 0);
  thread = g_thread_new ("count", count_up, pj_fetch_progress_ref (progress));
  while (last < LAST)
    {
      gsize octets = pj_fetch_progress_get (progress);

      g_assert_cmpuint (octets, >=, last);
      last = octets;
    }
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/fetch-progress/two-threads", test_two_threads);

  return g_test_run ();
}
