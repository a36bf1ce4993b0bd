/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the type and its reader share; for the files of this type alone. */

#include "demo/pj-demo-script.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *steps;        /* of PjDemoStep */
  GPtrArray *expectations; /* of char *, ended by NULL when the script is read */
  GPtrArray *settings;     /* of char *, ended by NULL when the script is read */
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

/* One text being read: a script, or a part that it uses. */
typedef struct
{
  PjDemoScript *script;   /* (borrowed) the one being read */
  const char   *path;     /* (borrowed) of the text, for errors */
  guint         line;     /* from 1 */
  guint         use_line; /* of the script that uses this part; 0 in no part */
  const char   *line_end; /* static */
  gboolean      bytewise;
} PjDemoScriptReader;

/* A line that the server sends: its word, and what reads the rest. */
typedef struct
{
  const char *word;
  gboolean (*read) (PjDemoScriptReader *reader, const char *rest, GError **error);
} PjDemoScriptWord;

extern const PjDemoScriptWord pj_demo_script_send_words[]; /* ended by a NULL word */

gboolean
pj_demo_script_set_error (PjDemoScriptReader *reader, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
gboolean    pj_demo_script_add_step (PjDemoScriptReader *reader, PjDemoStep *taken, GError **error);
PjDemoStep *pj_demo_script_new_step (PjDemoScriptReader *reader, PjDemoStepKind kind);
GString    *pj_demo_script_unescape (PjDemoScriptReader *reader, const char *text, GError **error);
gboolean
pj_demo_script_parse_ms (PjDemoScriptReader *reader, const char *text, guint *ms, GError **error);

gboolean pj_demo_script_read (PjDemoScript *self, const char *text, GError **error);

G_END_DECLS
