/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo/pj-script-server.h"

/* Told apart from any word of a protocol, and found in base64 as well. */
#define SESSION_USER "ann.otter@otter.example"
#define SESSION_PASSWORD "correct horse"

/*
 * What came of one command: its figures and words by name, or why it failed.
 */
typedef struct
{
  GHashTable *found;   /* char * to char * */
  GError     *error;   /* (nullable) in PJ_PROBLEM_ERROR */
  double      seconds; /* how long it took */
  guint       total_s; /* how long it might take */
} SessionOutcome;

SessionOutcome *session_run (PjDemoScript *script, PjScriptServer *server, guint connection);
void            session_outcome_free (SessionOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionOutcome, session_outcome_free)
