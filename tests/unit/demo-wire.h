/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Both ends of one connection over loopback, for the tests of what serves it:
 * the client's is of demo-client.h, the server's is the code under test.
 */

#include "base/pj-tsan.h"
#include "demo-client.h"
#include "demo/pj-demo-connection.h"
#include "demo/pj-demo-listen.h"

/* Longer than any wait of a test that passes. */
#define WIRE_TIMEOUT_S 20

typedef struct
{
  Client           *client;
  GSocket          *socket; /* the server's end */
  PjDemoConnection *connection;
} Wire;

static inline GSocket *
wire_accept (GSocket *listener)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GSocket *socket;
  guint    which;

  socket = pj_demo_listen_accept (&listener, 1, &which, WIRE_TIMEOUT_S * 1000, cancellable, &error);
  g_assert_no_error (error);

  return socket;
}

/* @timeout_s: the patience of the server's end; with 0 it does not wait */
static inline Wire *
wire_new (guint timeout_s)
{
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GError) error = NULL;
  Wire   *wire = g_new0 (Wire, 1);
  guint16 port;

  listener = pj_demo_listen_new (&port, &error);
  g_assert_no_error (error);
  wire->client = client_new (port);
  wire->socket = wire_accept (listener);
  wire->connection = pj_demo_connection_new (wire->socket, timeout_s);

  return wire;
}

static inline void
wire_free (Wire *wire)
{
  g_clear_pointer (&wire->client, client_free);
  g_clear_pointer (&wire->connection, pj_demo_connection_free);
  g_object_unref (wire->socket);
  g_free (wire);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)

/* One handshake of the server's end, in a thread of its own. */
typedef struct
{
  PjDemoConnection *connection;
  SSL_CTX          *context;
  GThread          *thread;
} WireHandshake;

static inline gpointer
wire_shake_hands (gpointer user_data)
{
  WireHandshake *handshake = user_data;

  PJ_TAKE_OVER (handshake);
  pj_demo_connection_start_tls (handshake->connection, handshake->context, NULL, NULL);
  PJ_HAND_OVER (handshake);

  return NULL;
}

/* Returns: as client_start_tls() */
static inline long
wire_start_tls (Wire *wire, SSL_CTX *context, const char *ca_file, const char *host)
{
  WireHandshake handshake = { .connection = wire->connection, .context = context };
  long          verdict;

  PJ_HAND_OVER (&handshake);
  handshake.thread = g_thread_new ("handshake", wire_shake_hands, &handshake);
  verdict = client_start_tls (wire->client, ca_file, host);
  if (verdict != X509_V_OK)
    g_socket_shutdown (wire->client->socket, FALSE, TRUE, NULL);
  g_thread_join (handshake.thread);
  PJ_TAKE_OVER (&handshake);

  return verdict;
}
