/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A POP3 server that greets, hears the first command, and never answers it.
 * It says when it has come so far: then a cancel meets a session that waits. */

#include <string.h>

#include <gio/gio.h>

#include "cancel-limit.h"

typedef struct
{
  GSocket      *listener;
  GThread      *thread;
  GCancellable *stop;
  int           n_waiting; /* atomic: clients that wait for an answer, or did */
} SilentServer;

static inline void
silent_server_keep (SilentServer *self, GSocket *client)
{
  static const char greeting[] = "+OK ready\r\n";
  char              bytes[512];

  if (g_socket_send (client, greeting, strlen (greeting), self->stop, NULL) <= 0 ||
      g_socket_receive (client, bytes, sizeof bytes, self->stop, NULL) <= 0)
    return;

  g_atomic_int_inc (&self->n_waiting);
  g_main_context_wakeup (NULL);
  while (g_socket_receive (client, bytes, sizeof bytes, self->stop, NULL) > 0)
    continue;
}

static inline gpointer
silent_server_serve (gpointer data)
{
  SilentServer *self = data;

  while (!g_cancellable_is_cancelled (self->stop))
    {
      g_autoptr (GSocket) client = g_socket_accept (self->listener, self->stop, NULL);

      if (client != NULL)
        silent_server_keep (self, client);
    }

  return NULL;
}

static inline SilentServer *
silent_server_new (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;
  SilentServer *self = g_new0 (SilentServer, 1);

  self->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  self->stop = g_cancellable_new ();
  self->thread = g_thread_new ("silent", silent_server_serve, self);

  return self;
}

static inline guint16
silent_server_get_port (SilentServer *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Runs the main context until client @number, from 1, waits for an answer. */
static inline void
silent_server_await (SilentServer *self, int number)
{
  while (g_atomic_int_get (&self->n_waiting) < number)
    g_main_context_iteration (NULL, TRUE);
}

static inline void
silent_server_free (SilentServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_object_unref (self->stop);
  g_object_unref (self->listener);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SilentServer, silent_server_free)

/* Something that blocks on @data, for a thread of its own. */
typedef gpointer (*SilentFunc) (gpointer data, GCancellable *cancellable, GError **error);

typedef struct
{
  SilentServer *server;
  SilentFunc    func;
  gpointer      data;
  int           n_calls;
  GCancellable *cancellable; /* of the call that is running, as is the next */
  GError       *error;
} SilentCall;

static inline gpointer
silent_call_run (gpointer data)
{
  SilentCall *call = data;

  return call->func (call->data, call->cancellable, &call->error);
}

/* Returns: how long the call took to return when it was cancelled, microseconds */
static inline gint64
silent_call_cancel (gpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SilentCall *call = data;
  GThread    *thread;
  gint64      start;
  gint64      end;

  call->cancellable = cancellable;
  thread = g_thread_new ("call", silent_call_run, call);
  silent_server_await (call->server, ++call->n_calls);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_assert_null (g_thread_join (thread));
  end = g_get_monotonic_time ();
  g_assert_error (call->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&call->error);

  return end - start;
}

/* Asserts that @func, which talks to @server, can be cancelled while it waits
 * for the answer. */
static inline void
silent_server_assert_cancels_soon (SilentServer *server, SilentFunc func, gpointer data)
{
  SilentCall call = { .server = server, .func = func, .data = data };

  assert_cancels_soon (silent_call_cancel, &call);
}
