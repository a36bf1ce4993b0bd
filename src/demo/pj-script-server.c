/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-script-server.h"

#include <openssl/ssl.h>

#include "base/pj-tsan.h"
#include "demo/pj-demo-listen.h"
#include "demo/pj-script-server-private.h"

/**
 * PjScriptServer:
 *
 * Plays one #PjDemoScript to whoever connects to its port on the loopback
 * interface, one connection after the other, on a thread of its own. It is
 * for tests; what the client did wrong is what pj_script_server_finish()
 * says. Its functions are for the thread that made it.
 */
struct _PjScriptServer
{
  GObject parent_instance;

  /* Owned */
  PjDemoScript *script;
  char *ca_file;
  SSL_CTX *context;
  GSocket *listener;
  GCancellable *stop; /* cancelled in dispose; the thread waits on it */
  GCancellable *over; /* cancelled by the thread at its end: an event to wait for */
  GThread *thread;    /* (nullable) */
  GError *failure;    /* (nullable) the thread's until it is over */
  GByteArray *plain;  /* the thread's until it is over */

  /* Plain */
  guint16 port;
};

G_DEFINE_FINAL_TYPE (PjScriptServer, pj_script_server, G_TYPE_OBJECT)

static GSocket *
wait_for_client (PjScriptServer *self, guint number, GError **error)
{
  guint which;

  for (;;)
    {
      g_autoptr (GError) cause = NULL;
      GSocket *socket = pj_demo_listen_accept (&self->listener, 1, &which,
                                               PJ_SCRIPT_PATIENCE_S * 1000, self->stop, &cause);

      if (socket != NULL)
        return socket;
      if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: connection %u of %u: %s",
                       pj_demo_script_get_path (self->script), number + 1,
                       pj_demo_script_get_n_connections (self->script), cause->message);
          return NULL;
        }
    }
}

static gboolean
play_connection (PjScriptServer *self, guint number, GSocket *socket)
{
  g_autoptr (PjDemoConnection) connection = pj_demo_connection_new (socket, PJ_SCRIPT_PATIENCE_S);

  pj_demo_connection_set_record (connection, self->plain);

  return pj_script_server_play (connection, self->script, number, self->context, self->stop,
                                &self->failure);
}

static gpointer
play (gpointer user_data)
{
  PjScriptServer *self = user_data;
  gboolean is_good = TRUE;

  PJ_TAKE_OVER (self);
  for (guint i = 0; is_good && i < pj_demo_script_get_n_connections (self->script); i++)
    {
      g_autoptr (GSocket) socket = wait_for_client (self, i, &self->failure);

      is_good = socket != NULL && play_connection (self, i, socket);
    }

  /* Who comes now is not in the script, and hears so at once. */
  g_socket_close (self->listener, NULL);
  PJ_HAND_OVER (self);
  g_cancellable_cancel (self->over);

  return NULL;
}

static void
pj_script_server_dispose (GObject *object)
{
  PjScriptServer *self = PJ_SCRIPT_SERVER (object);

  g_cancellable_cancel (self->stop);
  g_clear_pointer (&self->thread, g_thread_join);
  PJ_TAKE_OVER (self);

  G_OBJECT_CLASS (pj_script_server_parent_class)->dispose (object);
}

static void
pj_script_server_finalize (GObject *object)
{
  PjScriptServer *self = PJ_SCRIPT_SERVER (object);

  g_clear_object (&self->script);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->context, SSL_CTX_free);
  g_clear_error (&self->failure);
  g_byte_array_unref (self->plain);
  g_object_unref (self->stop);
  g_object_unref (self->over);
  g_free (self->ca_file);

  G_OBJECT_CLASS (pj_script_server_parent_class)->finalize (object);
}

static void
pj_script_server_class_init (PjScriptServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pj_script_server_dispose;
  object_class->finalize = pj_script_server_finalize;
}

static void
pj_script_server_init (PjScriptServer *self)
{
  self->stop = g_cancellable_new ();
  self->over = g_cancellable_new ();
  self->plain = g_byte_array_new ();
}

/**
 * pj_script_server_new:
 * @script: what to play
 * @dir: an existing folder, where `script-ca.pem` is written: an authority
 *   for the account of the test to trust
 * @error: return location
 *
 * Starts a server on a free port of 127.0.0.1. Clients may connect as soon
 * as it returns; a client that does not come, or does not act, within 20
 * seconds is a failure.
 *
 * Errors: #GFileError for the file, any #GIOErrorEnum for the rest.
 *
 * Returns: (transfer full): the server; it runs until the script is over or
 *   it is disposed of
 */
PjScriptServer *
pj_script_server_new (PjDemoScript *script, const char *dir, GError **error)
{
  g_autoptr (PjScriptServer) self = NULL;

  g_return_val_if_fail (PJ_IS_DEMO_SCRIPT (script), NULL);
  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (PJ_TYPE_SCRIPT_SERVER, NULL);
  self->script = g_object_ref (script);
  self->ca_file = g_build_filename (dir, "script-ca.pem", NULL);
  self->context =
      pj_demo_tls_context_new (pj_demo_script_get_certificate (script), self->ca_file, error);
  if (self->context == NULL)
    return NULL;

  self->listener = pj_demo_listen_new (&self->port, error);
  if (self->listener == NULL)
    return NULL;

  PJ_HAND_OVER (self);
  self->thread = g_thread_try_new ("pj-script", play, self, error);
  if (self->thread == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_script_server_get_port:
 * @self: the server
 *
 * Returns: where to connect on 127.0.0.1
 */
guint16
pj_script_server_get_port (PjScriptServer *self)
{
  g_return_val_if_fail (PJ_IS_SCRIPT_SERVER (self), 0);

  return self->port;
}

/**
 * pj_script_server_get_ca_file:
 * @self: the server
 *
 * Returns: (transfer none): the file with the authority to trust, as PEM; it
 *   has not signed a self-signed certificate
 */
const char *
pj_script_server_get_ca_file (PjScriptServer *self)
{
  g_return_val_if_fail (PJ_IS_SCRIPT_SERVER (self), NULL);

  return self->ca_file;
}

/**
 * pj_script_server_finish:
 * @self: the server
 * @cancellable: (nullable): stops the wait, not the server
 * @error: return location
 *
 * Waits until every connection of the script was played, or one went wrong.
 * Blocks. May be called again.
 *
 * Errors: %G_IO_ERROR_FAILED says in which file and line, what was expected
 * and what came, without the secret of a login; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the client did what the script says
 */
gboolean
pj_script_server_finish (PjScriptServer *self, GCancellable *cancellable, GError **error)
{
  GPollFD fds[2];
  guint n_fds = 0;

  g_return_val_if_fail (PJ_IS_SCRIPT_SERVER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_cancellable_make_pollfd (self->over, &fds[0]))
    {
      n_fds = g_cancellable_make_pollfd (cancellable, &fds[1]) ? 2 : 1;
      while (!g_cancellable_is_cancelled (self->over) && !g_cancellable_is_cancelled (cancellable))
        g_poll (fds, n_fds, -1);
      g_cancellable_release_fd (self->over);
      if (n_fds == 2)
        g_cancellable_release_fd (cancellable);
    }

  if (!g_cancellable_is_cancelled (self->over))
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES,
                             "No file descriptor is left");
      return FALSE;
    }
  PJ_TAKE_OVER (self);

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }

  return TRUE;
}

/**
 * pj_script_server_dup_plain:
 * @self: a server for which pj_script_server_finish() has returned without
 *   being cancelled
 *
 * Returns: (transfer full): every byte that clients sent outside TLS, on all
 *   connections together, and the first bytes of each handshake
 */
GBytes *
pj_script_server_dup_plain (PjScriptServer *self)
{
  g_return_val_if_fail (PJ_IS_SCRIPT_SERVER (self), NULL);
  g_return_val_if_fail (g_cancellable_is_cancelled (self->over), NULL);

  return g_bytes_new (self->plain->data, self->plain->len);
}
