/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-wait.h"

/**
 * pj_cli_wait_on_ready:
 * @source: (nullable): ignored
 * @result: what ended
 * @user_data: the #PjCliWait
 *
 * A #GAsyncReadyCallback that keeps the result.
 */
void
pj_cli_wait_on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PjCliWait *self = user_data;

  g_return_if_fail (self->result == NULL);

  self->result = g_object_ref (result);
}

/**
 * pj_cli_wait_for_result:
 * @self: the operation
 *
 * Runs the main loop until the operation has ended. A program of commands
 * has no other loop that this could run within.
 *
 * Returns: (transfer full): the result, for the matching _finish
 */
GAsyncResult *
pj_cli_wait_for_result (PjCliWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&self->result);
}
