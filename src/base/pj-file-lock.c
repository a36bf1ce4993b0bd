/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* flock() cannot be waited for together with a cancel. */
#define RETRY_MS 50

/**
 * PjFileLock:
 *
 * A right that one holder has at a time, among the threads of one process and
 * among all processes of the machine that name the same file. It ends with
 * its process. Any thread.
 */
struct _PjFileLock
{
  int fd;
};

/* Returns: FALSE when it was cancelled */
static gboolean
wait_or_stop (GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
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
fail (const char *path, int errnum, GError **error)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errnum), "%s: %s", path,
               g_strerror (errnum));
  return FALSE;
}

static gboolean
lock (int fd, const char *path, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) timeout_ms * 1000;

  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        return fail (path, errno, error);

      if (g_get_monotonic_time () >= end)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: somebody else holds the lock",
                       path);
          return FALSE;
        }

      if (!wait_or_stop (cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_file_lock_acquire: (skip)
 * @path: a file that stands for what is locked, never that itself; made,
 *   empty, for its owner alone, when it is missing
 * @timeout_ms: how long to wait for another holder
 * @cancellable: (nullable): ends the wait
 * @error: return location; %G_IO_ERROR_BUSY when it was held all the time,
 *   %G_IO_ERROR_CANCELLED, else what #GIOErrorEnum has for the file
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the lock
 */
PjFileLock *
pj_file_lock_acquire (const char *path, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (PjFileLock) self = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail (path, errno, error);
      return NULL;
    }

  self = g_new0 (PjFileLock, 1);
  self->fd = fd;
  if (!lock (fd, path, timeout_ms, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_file_lock_release: (skip)
 * @self: (transfer full): the lock
 *
 * The file stays: removing it would let two holders lock two files of one
 * name.
 */
void
pj_file_lock_release (PjFileLock *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_free (self);
}
