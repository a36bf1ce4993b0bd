/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/pj-cli.h"

G_BEGIN_DECLS

typedef struct _PjCliContext PjCliContext;

/**
 * PjCliCommand:
 * @name: as typed, "accounts add"
 * @parameters: what follows, for people
 * @summary: what it does, untranslated
 * @min_words: words that must follow, options not counted
 * @max_words: words that may follow
 * @has_log: whether it talks to servers, and takes --log
 * @run: does it
 */
typedef struct
{
  const char *name;
  const char *parameters;
  const char *summary;
  guint       min_words;
  guint       max_words;
  gboolean    has_log;
  PjCliStatus (*run) (PjCliContext *context);
} PjCliCommand;

/**
 * PjCliContext:
 * @profile_dir: (nullable): what --profile says
 * @as_json: whether --json was given
 * @is_demo: whether --demo was given
 * @log_path: (nullable): what --log says
 * @cancellable: cancelled by SIGINT; every operation takes it
 * @command: what is run
 * @arguments: program name and what follows the command, options included
 * @words: (nullable): what is left once pj_cli_context_parse() took the options
 *
 * What the commands share. Main thread.
 */
struct _PjCliContext
{
  char               *profile_dir;
  gboolean            as_json;
  gboolean            is_demo;
  char               *log_path;
  GCancellable       *cancellable;
  const PjCliCommand *command;
  char              **arguments;
  char              **words;

  /*< private >*/
  PjCliDemoFunc make_demo;
  gpointer      demo_data;
  PjService    *service;
  guint         interrupt_source;
};

GOptionContext *pj_cli_context_new_options (PjCliContext *self, const char *parameters);
gboolean        pj_cli_context_parse (PjCliContext *self, const GOptionEntry *entries);
PjService      *pj_cli_context_get_service (PjCliContext *self, GError **error);
PjAccount  *pj_cli_context_find_account (PjCliContext *self, const char *name, PjCliStatus *status);
void        pj_cli_context_complain (PjCliContext *self, const char *about, const GError *error);
PjCliStatus pj_cli_context_fail (PjCliContext *self, const char *about, const GError *error);
PjCliStatus pj_cli_context_not_found (PjCliContext *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
PjCliStatus pj_cli_context_misused (PjCliContext *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
PjProblemCode pj_cli_error_get_code (const GError *error);
void          pj_cli_context_print_json (PjCliContext *self, JsonBuilder *builder);
void          pj_cli_context_print_account (PjCliContext *self, PjAccount *account);
void          pj_cli_context_clear (PjCliContext *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PjCliContext, pj_cli_context_clear)

G_END_DECLS
