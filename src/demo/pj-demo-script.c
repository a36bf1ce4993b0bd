/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-script.h"

#include "demo/pj-demo-script-private.h"

/* What the runner does when the script does not say. */
#define DEFAULT_COMMAND "check"

/**
 * PjDemoScript:
 *
 * One scenario from tests/sessions: what a server says and what it expects,
 * connection by connection, and what the test expects of Popinjay. Not the
 * server that plays it; that is #PjScriptServer. Immutable. Any thread.
 */

G_DEFINE_FINAL_TYPE (PjDemoScript, pj_demo_script, G_TYPE_OBJECT)

static PjDemoScriptConnection *
get_connection (PjDemoScript *self, guint index)
{
  return g_ptr_array_index (self->connections, index);
}

static void
connection_free (PjDemoScriptConnection *connection)
{
  g_ptr_array_unref (connection->steps);
  g_ptr_array_unref (connection->expectations);
  g_ptr_array_unref (connection->settings);
  g_free (connection->command);
  g_free (connection);
}

static void
pj_demo_script_finalize (GObject *object)
{
  PjDemoScript *self = PJ_DEMO_SCRIPT (object);

  g_ptr_array_unref (self->connections);
  g_free (self->path);

  G_OBJECT_CLASS (pj_demo_script_parent_class)->finalize (object);
}

static void
pj_demo_script_class_init (PjDemoScriptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pj_demo_script_finalize;
}

static void
pj_demo_script_init (PjDemoScript *self)
{
  self->security = PJ_SECURITY_NONE;
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) connection_free);
}

/**
 * pj_demo_script_new:
 * @text: a script; tests/sessions/README.md describes it
 * @path: its file, for errors and to find the files that it names
 * @error: return location
 *
 * Reads a script. It looks at the disk only for `S:file` and `USE`.
 *
 * Errors: %G_IO_ERROR_INVALID_DATA, with file and line, for a line that is
 * not understood; #GFileError for a file that cannot be read.
 *
 * Returns: (transfer full): the script
 */
PjDemoScript *
pj_demo_script_new (const char *text, const char *path, GError **error)
{
  g_autoptr (PjDemoScript) self = NULL;

  g_return_val_if_fail (text != NULL && path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (PJ_TYPE_DEMO_SCRIPT, NULL);
  self->path = g_strdup (path);
  if (!pj_demo_script_read (self, text, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_demo_script_load:
 * @path: a script
 * @error: return location
 *
 * Errors: as pj_demo_script_new(), and #GFileError for @path.
 *
 * Returns: (transfer full): the script
 */
PjDemoScript *
pj_demo_script_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;

  return pj_demo_script_new (text, path, error);
}

/**
 * pj_demo_script_get_path:
 * @self: the script
 *
 * Returns: (transfer none): its file
 */
const char *
pj_demo_script_get_path (PjDemoScript *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), NULL);

  return self->path;
}

/**
 * pj_demo_script_get_security:
 * @self: the script
 *
 * Returns: what the account of the test is set to; %PJ_SECURITY_NONE when
 *   the script does not say
 */
PjSecurity
pj_demo_script_get_security (PjDemoScript *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), PJ_SECURITY_NONE);

  return self->security;
}

/**
 * pj_demo_script_get_certificate:
 * @self: the script
 *
 * Returns: what the server shows in a handshake; %PJ_DEMO_CERTIFICATE_GOOD
 *   when the script does not say
 */
PjDemoCertificate
pj_demo_script_get_certificate (PjDemoScript *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), PJ_DEMO_CERTIFICATE_GOOD);

  return self->certificate;
}

/**
 * pj_demo_script_get_n_connections:
 * @self: the script
 *
 * Returns: how many connections it plays, one after the other; at least 1
 */
guint
pj_demo_script_get_n_connections (PjDemoScript *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), 0);

  return self->connections->len;
}

/**
 * pj_demo_script_get_steps:
 * @self: the script
 * @connection: from 0
 *
 * Returns: (transfer none) (element-type PjDemoStep): what happens on it
 */
GPtrArray *
pj_demo_script_get_steps (PjDemoScript *self, guint connection)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), NULL);
  g_return_val_if_fail (connection < self->connections->len, NULL);

  return get_connection (self, connection)->steps;
}

/**
 * pj_demo_script_get_command:
 * @self: the script
 * @connection: from 0
 *
 * Returns: (transfer none): what the test asks of Popinjay for this
 *   connection, such as "show 1"; "check" when the script does not say
 */
const char *
pj_demo_script_get_command (PjDemoScript *self, guint connection)
{
  const char *command;

  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), NULL);
  g_return_val_if_fail (connection < self->connections->len, NULL);

  command = get_connection (self, connection)->command;
  return command == NULL ? DEFAULT_COMMAND : command;
}

/**
 * pj_demo_script_get_expectations:
 * @self: the script
 * @connection: from 0
 *
 * Returns: (transfer none): what follows EXPECT on each such line of this
 *   connection, in their order
 */
const char *const *
pj_demo_script_get_expectations (PjDemoScript *self, guint connection)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), NULL);
  g_return_val_if_fail (connection < self->connections->len, NULL);

  return (const char *const *) get_connection (self, connection)->expectations->pdata;
}

/**
 * pj_demo_script_get_settings:
 * @self: the script
 * @connection: from 0
 *
 * Returns: (transfer none): what follows WITH on each such line of this
 *   connection, escapes undone, in their order
 */
const char *const *
pj_demo_script_get_settings (PjDemoScript *self, guint connection)
{
  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (self), NULL);
  g_return_val_if_fail (connection < self->connections->len, NULL);

  return (const char *const *) get_connection (self, connection)->settings->pdata;
}
