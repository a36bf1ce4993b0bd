/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pop3/pj-pop3-session.h"

/* For the files that the session is made of, and for what reads a message and
 * may have to end the session with it. */

G_BEGIN_DECLS

struct _PjPop3Session
{
  /* Owned */
  PjConnection       *connection;
  PjPop3Capabilities *capabilities;
  char               *greeting;
  GString            *line;        /* the status line or row last received, NUL-ended */
  GQueue              outstanding; /* of PjPop3Shape: what the next answers look like */
  GQueue              held;        /* of HeldCommand: for when the answers before have come */

  /* Plain */
  PjSecurity security;
  gboolean   in_lines; /* a multi-line answer has begun and not ended */
  gboolean   in_piece; /* the last line was a piece of a longer one */
  gboolean   is_broken;
  gboolean   is_out_of_step; /* something came that nobody had asked for */
  gboolean   is_sequential;  /* one command at a time, whatever the server has told */
  gboolean   has_pipelined;
};

gboolean pj_pop3_session_is_idle (PjPop3Session *self);
void     pj_pop3_session_release_held (PjPop3Session *self);
void     pj_pop3_session_drop_held (PjPop3Session *self);
gboolean pj_pop3_session_fail (PjPop3Session *self, const char *what, GError **error);

G_END_DECLS
