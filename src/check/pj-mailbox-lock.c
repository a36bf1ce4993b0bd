/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-mailbox-lock.h"

#include "base/pj-file-lock.h"
#include "model/pj-problem.h"

/**
 * PjMailboxLock:
 *
 * Keeps a mailbox to one session, as RFC 1939 section 4 makes the server do:
 * a second one would be told [IN-USE]. It works between the threads of one
 * process and between processes on one profile, and ends with its process.
 */
struct _PjMailboxLock
{
  PjFileLock *file; /* NULL: nothing to lock */
};

/* @fault: (transfer full): why the file could not be locked */
static void
translate (GError *fault, GError **error)
{
  if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, fault);
      return;
    }

  if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_BUSY))
    g_set_error_literal (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_BUSY,
                         "Popinjay is busy with this mailbox elsewhere");
  else
    g_set_error (error, PJ_PROBLEM_ERROR, PJ_PROBLEM_INTERNAL, "The mailbox cannot be locked: %s",
                 fault->message);
  g_error_free (fault);
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
  GError *fault = NULL;

  if (path != NULL)
    self->file = pj_file_lock_acquire (path, timeout_ms, cancellable, &fault);

  if (fault != NULL)
    {
      translate (fault, error);
      return NULL;
    }

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

  g_clear_pointer (&self->file, pj_file_lock_release);
  g_free (self);
}
