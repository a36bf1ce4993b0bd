/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/pj-mailbox.h"
#include "model/pj-doctor-step.h"

G_BEGIN_DECLS

/**
 * PjDoctorWalk:
 * @mailbox: (borrowed): how the server is reached; outlives the walk
 * @protocol: (transfer none): what is spoken there, for the log
 * @cancellable: (borrowed) (nullable): ends it
 * @steps: (borrowed): of #PjDoctorStep; those taken are added
 * @connection: (owned) (nullable): made by pj_doctor_walk_connect()
 *
 * What all steps need. The first member of what those to one kind of server
 * need.
 */
typedef struct
{
  const PjMailbox *mailbox;
  const char      *protocol;
  GCancellable    *cancellable;
  GPtrArray       *steps;
  PjConnection    *connection;
} PjDoctorWalk;

/* Does one thing and says what it found: (transfer full), or NULL with @error. */
typedef char *(*PjDoctorFunc) (PjDoctorWalk *walk, GError **error);

/**
 * PjDoctorStage:
 * @name: word of #PjDoctorStep; %NULL ends a way
 * @run: takes the step
 * @certificate: (nullable): the name instead, when all that failed is that the
 *   server could not prove who it is
 * @is_optional: whether the way goes on when it fails
 *
 * One step of a way.
 */
typedef struct
{
  const char  *name;
  PjDoctorFunc run;
  const char  *certificate;
  gboolean     is_optional;
} PjDoctorStage;

gboolean pj_doctor_walk_take (PjDoctorWalk *self, const PjDoctorStage *way, GError **error);
char    *pj_doctor_walk_look_up (PjDoctorWalk *self, GError **error);
char    *pj_doctor_walk_connect (PjDoctorWalk *self, GError **error);
char    *pj_doctor_walk_encrypt (PjDoctorWalk *self, GError **error);
char    *pj_doctor_walk_show_certificate (PjDoctorWalk *self, GError **error);

G_END_DECLS
