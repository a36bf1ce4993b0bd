/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/pj-doctor-walk.h"

#include "check/pj-check-problem.h"
#include "net/pj-name-lookup.h"
#include "net/pj-net-error.h"

static void
add_failure (GPtrArray *steps, const PjDoctorStage *stage, double seconds, const GError *error)
{
  g_autoptr (GError) problem = pj_check_problem_translate (g_error_copy (error));
  g_autoptr (PjProblem) value = pj_problem_new_from_error (problem);
  const char *name = stage->name;

  /* The handshake that failed went well but for this. */
  if (stage->certificate != NULL && g_error_matches (error, PJ_NET_ERROR, PJ_NET_ERROR_CERTIFICATE))
    name = stage->certificate;

  g_ptr_array_add (steps, pj_doctor_step_new_failed (name, seconds, value));
}

/* Returns: whether to go on */
static gboolean
take (PjDoctorWalk *self, const PjDoctorStage *stage, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *found = stage->run (self, &failure);
  double seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  if (found != NULL)
    {
      g_ptr_array_add (self->steps, pj_doctor_step_new (stage->name, seconds, found));
      return TRUE;
    }

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  pj_session_log_note (self->mailbox->log, failure->message);
  add_failure (self->steps, stage, seconds, failure);
  return stage->is_optional;
}

/**
 * pj_doctor_walk_take:
 * @self: the walk
 * @way: steps to take
 * @error: return location; %G_IO_ERROR_CANCELLED and no other: what fails is a
 *   step too
 *
 * Takes one step after the other up to the first that fails. Blocks; check
 * thread.
 *
 * Returns: whether the end of @way was reached
 */
gboolean
pj_doctor_walk_take (PjDoctorWalk *self, const PjDoctorStage *way, GError **error)
{
  g_return_val_if_fail (self != NULL && way != NULL, FALSE);

  for (; way->name != NULL; way++)
    {
      if (!take (self, way, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * pj_doctor_walk_look_up:
 * @self: the walk
 * @error: return location; errors of pj_name_lookup_run()
 *
 * A step: the addresses of the server. Blocks.
 *
 * Returns: (transfer full): what was found
 */
char *
pj_doctor_walk_look_up (PjDoctorWalk *self, GError **error)
{
  PjDeadline deadline =
      pj_deadline_in (self->mailbox->limits.connect_ms, "The name look-up takes too long");
  g_autoptr (GPtrArray) addresses =
      pj_name_lookup_run (self->mailbox->host, deadline, self->cancellable, error);

  if (addresses == NULL)
    return NULL;

  g_ptr_array_add (addresses, NULL);
  return g_strjoinv (", ", (char **) addresses->pdata);
}

/**
 * pj_doctor_walk_connect:
 * @self: the walk
 * @error: return location; errors of pj_mailbox_connect()
 *
 * A step: the connection, in plain text. Blocks.
 *
 * Returns: (transfer full): what was found
 */
char *
pj_doctor_walk_connect (PjDoctorWalk *self, GError **error)
{
  self->connection = pj_mailbox_connect (self->mailbox, self->protocol, self->cancellable, error);
  if (self->connection == NULL)
    return NULL;

  return g_strdup_printf ("connected to port %u", self->mailbox->port);
}

/**
 * pj_doctor_walk_encrypt:
 * @self: a walk that has come to a connection
 * @error: return location; errors of pj_connection_start_tls()
 *
 * A step: the TLS handshake. Blocks.
 *
 * Returns: (transfer full): version and cipher suite
 */
char *
pj_doctor_walk_encrypt (PjDoctorWalk *self, GError **error)
{
  char *protocol;

  if (!pj_connection_start_tls (self->connection, self->mailbox->tls, self->cancellable, error))
    return NULL;

  protocol = pj_connection_dup_protocol (self->connection);
  pj_session_log_note (self->mailbox->log, protocol);

  return protocol;
}

/**
 * pj_doctor_walk_show_certificate:
 * @self: a walk whose connection is encrypted
 * @error: return location, not set
 *
 * A step that cannot fail any more.
 *
 * Returns: (transfer full): what the server's certificate says
 */
char *
pj_doctor_walk_show_certificate (PjDoctorWalk *self, GError **error)
{
  return pj_connection_dup_certificate (self->connection);
}
