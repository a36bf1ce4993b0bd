/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the type and its reader share; for these two files alone. */

#include "demo/pj-demo-script.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *steps;        /* of PjDemoStep */
  GPtrArray *expectations; /* of char *, ended by NULL when the script is read */
  char      *command;      /* (nullable) */
} PjDemoScriptConnection;

struct _PjDemoScript
{
  GObject parent_instance;

  /* Owned */
  char      *path;
  GPtrArray *connections; /* of PjDemoScriptConnection; at least one */

  /* Plain */
  PjSecurity        security;
  PjDemoCertificate certificate;
};

gboolean pj_demo_script_read (PjDemoScript *self, const char *text, GError **error);

G_END_DECLS
