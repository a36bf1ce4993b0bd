/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "model/pj-problem.h"

/* flock() cannot be waited for together with a cancel. */
#define RETRY_MS 50

/**
 * PjMailboxLock:
 *
 * Keeps a mailbox to one session, as RFC 1939 section 4 makes the server do:
 * a second one would be told [IN-USE]. It works between the threads of one
 * process and between processes on one profile, and ends with its process.
 */
struct _PjMailboxLock
{
  int fd; /* -1: nothing to lock */
};

static gboolean
wait_or_stop (GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  if (cancellable != NULL && g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, RETRY_MS);
      g_cancellable_release_fd (cancellable);
    }
  else
    {
      g_usleep (RETRY_MS * 1000);
    }

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
lock (int fd, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * 1000;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        {
          g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL,
                       "The mailbox cannot be locked: %s", g_strerror (errno));
          return FALSE;
        }

      if (g_get_monotonic_time () >= end)
        {
          g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY,
                               "Popinjay is busy with this mailbox elsewhere");
          return FALSE;
        }

      if (!wait_or_stop (cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_mailbox_lock_acquire: (skip)
 * @path: (nullable): a file that stands for the mailbox; made when missing;
 *   %NULL for a mailbox that nobody else uses
 * @timeout_ms: how long to wait for another session to end
 * @cancellable: (nullable): ends the wait
 * @error: return location; %PJ_PROBLEM_BUSY, %PJ_PROBLEM_INTERNAL,
 *   %G_IO_ERROR_CANCELLED
 *
 * Blocks.
 *
 * Returns: (transfer full): the lock
 */
PjMailboxLock *
pj_mailbox_lock_acquire (const char *path,
                         guint timeout_ms,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (PjMailboxLock) self = g_new0 (PjMailboxLock, 1);

  self->fd = -1;
  if (path == NULL)
    return g_steal_pointer (&self);

  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }

  if (!lock (self->fd, timeout_ms, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_mailbox_lock_release: (skip)
 * @self: (transfer full) (nullable): the lock
 *
 * The file stays: removing it would let two sessions lock two files of one
 * name.
 */
void
pj_mailbox_lock_release (PjMailboxLock *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
