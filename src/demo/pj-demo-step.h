/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjDemoStepKind:
 * @PJ_DEMO_STEP_SEND: the server sends @bytes
 * @PJ_DEMO_STEP_EXPECT: the client's next line matches @text
 * @PJ_DEMO_STEP_MAY_EXPECT: the client's next line may match @text; if it does
 *   not, the steps up to the next expectation are left out
 * @PJ_DEMO_STEP_QUIET: the client sends nothing for @ms
 * @PJ_DEMO_STEP_WAIT: nothing happens for @ms
 * @PJ_DEMO_STEP_TLS: the server's side of the handshake
 * @PJ_DEMO_STEP_TLS_REFUSED: a handshake that the client must not accept
 * @PJ_DEMO_STEP_FLOOD: the server sends @bytes again and again, every @ms,
 *   until the client leaves
 * @PJ_DEMO_STEP_SILENT: nothing happens until the client leaves
 * @PJ_DEMO_STEP_CUT: the server leaves (FIN)
 * @PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY: as before, in TLS without close_notify
 * @PJ_DEMO_STEP_RESET: the server leaves (RST)
 *
 * What happens next on a scripted connection. From %PJ_DEMO_STEP_TLS_REFUSED
 * on, a kind ends its connection.
 */
typedef enum
{
  PJ_DEMO_STEP_SEND,
  PJ_DEMO_STEP_EXPECT,
  PJ_DEMO_STEP_MAY_EXPECT,
  PJ_DEMO_STEP_QUIET,
  PJ_DEMO_STEP_WAIT,
  PJ_DEMO_STEP_TLS,
  PJ_DEMO_STEP_TLS_REFUSED,
  PJ_DEMO_STEP_FLOOD,
  PJ_DEMO_STEP_SILENT,
  PJ_DEMO_STEP_CUT,
  PJ_DEMO_STEP_CUT_WITHOUT_NOTIFY,
  PJ_DEMO_STEP_RESET,
} PjDemoStepKind;

typedef struct
{
  PjDemoStepKind kind;
  guint          line;     /* of the script, from 1 */
  GBytes        *bytes;    /* SEND, FLOOD */
  gboolean       bytewise; /* SEND: one byte at a time */
  char          *text;     /* EXPECT, MAY_EXPECT */
  gboolean       optional; /* EXPECT: the client may leave instead */
  guint          ms;       /* WAIT, QUIET, FLOOD */
} PjDemoStep;

void     pj_demo_step_free (PjDemoStep *self);
gboolean pj_demo_step_matches (const PjDemoStep *self, const char *line);
gboolean pj_demo_step_ends_connection (const PjDemoStep *self);
char    *pj_demo_step_dup_shown_line (const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjDemoStep, pj_demo_step_free)

G_END_DECLS
