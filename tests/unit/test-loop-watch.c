/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-loop-watch.h"

#define LIMIT_MS 50
#define USEC_PER_MS 1000

/* What one loop is made to do, and what was told of it. */
typedef struct
{
  PjFakeClock *clock;
  GMainContext *context;
  GSource *watch;
  guint work_ms;
  gboolean did_work;
  guint n_told;
  gint64 start;
  guint took_ms;
} Loop;

static void
on_long_iteration (gint64 start, guint took_ms, guint queued_ms, gpointer user_data)
{
  Loop *loop = user_data;

  loop->n_told++;
  loop->start = start;
  loop->took_ms = took_ms;
}

static gboolean
work (gpointer user_data)
{
  Loop *loop = user_data;

  pj_fake_clock_advance (loop->clock, (gint64) loop->work_ms * USEC_PER_MS);
  loop->did_work = TRUE;

  return G_SOURCE_REMOVE;
}

static void
loop_init (Loop *loop)
{
  *loop = (Loop){ .clock = pj_fake_clock_new (G_USEC_PER_SEC), .context = g_main_context_new () };
  loop->watch = pj_loop_watch_new (PJ_CLOCK (loop->clock), LIMIT_MS, on_long_iteration, loop);
  g_source_attach (loop->watch, loop->context);
}

static void
loop_clear (Loop *loop)
{
  g_source_destroy (loop->watch);
  g_source_unref (loop->watch);
  g_main_context_unref (loop->context);
  g_assert_finalize_object (loop->clock);
}

/* One iteration that works, and the start of the next. */
static void
loop_work (Loop *loop, guint work_ms)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  loop->work_ms = work_ms;
  loop->did_work = FALSE;
  /* As early as a source can be: it must be counted all the same. */
  g_source_set_priority (source, G_MININT);
  g_source_set_callback (source, work, loop, NULL);
  g_source_attach (source, loop->context);
  g_assert_true (g_main_context_iteration (loop->context, FALSE));
  g_assert_true (loop->did_work);
  g_assert_false (g_main_context_iteration (loop->context, FALSE));
}

typedef struct
{
  const char *name;
  guint work_ms;
  gboolean is_told;
} Case;

static const Case cases[] = {
  { "nothing-to-do", 0, FALSE },
  { "as-long-as-it-may", LIMIT_MS, FALSE },
  { "longer-than-it-may", LIMIT_MS + 1, TRUE },
  { "much-longer", 60000, TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  Loop loop;

  loop_init (&loop);
  loop_work (&loop, c->work_ms);
  g_assert_cmpuint (loop.n_told, ==, c->is_told ? 1 : 0);
  if (c->is_told)
    {
      g_assert_cmpint (loop.start, ==, G_USEC_PER_SEC);
      g_assert_cmpuint (loop.took_ms, ==, c->work_ms);
    }
  loop_clear (&loop);
}

/* GLib hands a poll function nothing by which it could know whose it is. */
static PjFakeClock *polled_clock;

static int
poll_for_a_minute (GPollFD *fds, guint n_fds, int timeout_ms)
{
  pj_fake_clock_advance (polled_clock, 60 * G_USEC_PER_SEC);

  return g_poll (fds, n_fds, 0);
}

static void
test_waiting_is_not_work (void)
{
  Loop loop;

  loop_init (&loop);
  polled_clock = loop.clock;
  g_main_context_set_poll_func (loop.context, poll_for_a_minute);
  loop_work (&loop, 1);
  loop_work (&loop, 1);
  g_assert_cmpuint (loop.n_told, ==, 0);
  loop_work (&loop, 60);
  g_assert_cmpuint (loop.n_told, ==, 1);
  g_assert_cmpuint (loop.took_ms, ==, 60);
  loop_clear (&loop);
}

static void
test_each_is_told_once (void)
{
  Loop loop;

  loop_init (&loop);
  loop_work (&loop, 60);
  loop_work (&loop, 1);
  loop_work (&loop, 70);
  g_assert_cmpuint (loop.n_told, ==, 2);
  g_assert_cmpuint (loop.took_ms, ==, 70);
  loop_clear (&loop);
}

static void
test_nothing_after_the_end (void)
{
  Loop loop;

  loop_init (&loop);
  g_source_destroy (loop.watch);
  loop_work (&loop, 60);
  g_assert_cmpuint (loop.n_told, ==, 0);
  loop_clear (&loop);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/loop-watch/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/base/loop-watch/waiting-is-not-work", test_waiting_is_not_work);
  g_test_add_func ("/base/loop-watch/each-is-told-once", test_each_is_told_once);
  g_test_add_func ("/base/loop-watch/nothing-after-the-end", test_nothing_after_the_end);
  return g_test_run ();
}
