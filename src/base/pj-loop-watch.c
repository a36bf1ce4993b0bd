/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-loop-watch.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define USEC_PER_MS (G_USEC_PER_SEC / 1000)
#define NSEC_PER_USEC 1000

/* Three numbers of 20 digits, two spaces and a line end. */
#define SCHEDSTAT_MAX_BYTES 64

/* A source that never becomes ready. GLib asks it first when an iteration has
 * waited enough, and first when the next one prepares to wait: what lies
 * between is work, and while it lasts nothing is drawn or answered. */
typedef struct
{
  GSource source;

  /* Owned */
  PjClock *clock;
  int schedstat_fd; /* -1: the system does not tell */

  /* Plain */
  PjLoopWatchFunc func;
  gpointer user_data;
  guint limit_ms;
  gint64 start; /* microseconds of the clock; -1: the loop has not worked yet */
  gint64 queued_before_us;
} PjLoopWatch;

/* Since the thread began. Field 2 of /proc/<pid>/task/<tid>/schedstat, see
 * Documentation/scheduler/sched-stats.rst of Linux. */
static gint64
read_queued_us (PjLoopWatch *self)
{
  char text[SCHEDSTAT_MAX_BYTES + 1];
  g_auto (GStrv) fields = NULL;
  guint64 queued_ns;
  ssize_t len;

  if (self->schedstat_fd < 0)
    return 0;

  do
    len = pread (self->schedstat_fd, text, SCHEDSTAT_MAX_BYTES, 0);
  while (len < 0 && errno == EINTR);
  if (len < 0)
    return 0;

  text[len] = '\0';
  fields = g_strsplit (text, " ", 3);
  if (g_strv_length (fields) < 2 ||
      !g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXINT64, &queued_ns, NULL))
    return 0;

  return (gint64) (queued_ns / NSEC_PER_USEC);
}

static gboolean
pj_loop_watch_prepare (GSource *source, int *timeout)
{
  PjLoopWatch *self = (PjLoopWatch *) source;
  const gint64 start = self->start;
  gint64 took;

  *timeout = -1;
  if (start < 0)
    return FALSE;

  self->start = -1;
  took = pj_clock_now (self->clock) - start;
  if (took > (gint64) self->limit_ms * USEC_PER_MS)
    self->func (start, (guint) (took / USEC_PER_MS),
                (guint) ((read_queued_us (self) - self->queued_before_us) / USEC_PER_MS),
                self->user_data);

  return FALSE;
}

static gboolean
pj_loop_watch_check (GSource *source)
{
  PjLoopWatch *self = (PjLoopWatch *) source;

  self->start = pj_clock_now (self->clock);
  self->queued_before_us = read_queued_us (self);

  return FALSE;
}

static gboolean
pj_loop_watch_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
pj_loop_watch_finalize (GSource *source)
{
  PjLoopWatch *self = (PjLoopWatch *) source;

  g_clear_object (&self->clock);
  if (self->schedstat_fd >= 0)
    close (self->schedstat_fd);
}

/**
 * pj_loop_watch_new:
 * @clock: what to measure with
 * @limit_ms: how long an iteration may work, milliseconds
 * @func: told of each iteration that worked longer, at the start of the next
 * @user_data: for @func; must outlive the source
 *
 * Makes a source that measures the main context to which it is attached, for
 * as long as it is attached: from the end of an iteration's waiting to the
 * start of the next one's. To be called on the thread that will run the
 * context. Meant for tests and for finding what makes a window stutter.
 *
 * Returns: (transfer full): a source, not yet attached
 */
GSource *
pj_loop_watch_new (PjClock *clock, guint limit_ms, PjLoopWatchFunc func, gpointer user_data)
{
  static GSourceFuncs funcs = {
    .prepare = pj_loop_watch_prepare,
    .check = pj_loop_watch_check,
    .dispatch = pj_loop_watch_dispatch,
    .finalize = pj_loop_watch_finalize,
  };
  GSource *source;
  PjLoopWatch *self;

  g_return_val_if_fail (PJ_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (func != NULL, NULL);

  source = g_source_new (&funcs, sizeof (PjLoopWatch));
  self = (PjLoopWatch *) source;
  self->clock = g_object_ref (clock);
  self->schedstat_fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  self->func = func;
  self->user_data = user_data;
  self->limit_ms = limit_ms;
  self->start = -1;

  /* Before every other source, so that their work is counted and not ours alone. */
  g_source_set_priority (source, G_MININT);
  g_source_set_static_name (source, "pj-loop-watch");

  return source;
}
