/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-demo-server"

#include "demo/pj-demo-server.h"

#include <openssl/ssl.h>

#include "base/pj-clock.h"
#include "base/pj-tsan.h"
#include "demo/pj-demo-listen.h"
#include "demo/pj-demo-maildrop.h"
#include "demo/pj-demo-session.h"
#include "demo/pj-demo-tls.h"

/* RFC 1939 section 3: an autologout timer is of at least 10 minutes. */
#define IDLE_TIMEOUT_S (10 * 60)

/* Each has a thread; ours are the only clients. */
#define MAX_CONNECTIONS 64

static const PjDemoMailbox mailboxes[] = {
  { "home", "parrot" },
  { "work", "office" },
  { "club", "trails" },
};

enum
{
  PLAIN,
  TLS,
  N_LISTENERS
};

typedef struct
{
  PjDemoServer *server; /* joins our thread before it goes */
  GSocket *socket;      /* (owned) */
  gboolean is_tls;
  GThread *thread;
  int is_over; /* atomic */
} Client;

/**
 * PjDemoServer:
 *
 * A POP3 server on the loopback interface with three mailboxes and some
 * thirty mails, for `--demo`, for tests and for screenshots. Not a server to
 * keep mail in: everything lives in memory. It works on threads of its own,
 * one that listens and one for each client, and has stopped them all when it
 * is disposed of. Its functions are for the thread that made it.
 */
struct _PjDemoServer
{
  GObject parent_instance;

  /* Owned */
  char *ca_file;
  SSL_CTX *context;
  GSocket *listeners[N_LISTENERS];
  GPtrArray *maildrops; /* of PjDemoMaildrop, in the order of mailboxes[] */
  PjClock *clock;
  GCancellable *stop; /* cancelled in dispose; every thread waits on it */
  GThread *listening; /* (nullable) */
  GThread *arriving;  /* (nullable) */

  /* Plain */
  guint16 ports[N_LISTENERS];
  guint interval_s; /* set before the thread that reads it starts */
};

G_DEFINE_FINAL_TYPE (PjDemoServer, pj_demo_server, G_TYPE_OBJECT)

static gint64
get_now_s (PjDemoServer *self)
{
  return pj_clock_wall_now (self->clock);
}

static gpointer
serve (gpointer user_data)
{
  Client *client = user_data;
  PjDemoServer *self;

  PJ_TAKE_OVER (client);
  self = client->server;
  {
    g_autoptr (PjDemoConnection) connection =
        pj_demo_connection_new (client->socket, IDLE_TIMEOUT_S);

    if (!client->is_tls ||
        pj_demo_connection_start_tls (connection, self->context, self->stop, NULL))
      pj_demo_session_run (connection, self->maildrops, client->is_tls ? NULL : self->context,
                           self->stop);
  }
  PJ_HAND_OVER (client);
  g_atomic_int_set (&client->is_over, TRUE);

  return NULL;
}

static void
join_client (Client *client)
{
  g_thread_join (client->thread);
  PJ_TAKE_OVER (client);
  g_object_unref (client->socket);
  g_free (client);
}

static void
join_clients_that_left (GPtrArray *clients)
{
  for (guint i = clients->len; i > 0; i--)
    {
      Client *client = g_ptr_array_index (clients, i - 1);

      if (g_atomic_int_get (&client->is_over))
        g_ptr_array_remove_index_fast (clients, i - 1);
    }
}

static void
start_client (PjDemoServer *self, GPtrArray *clients, GSocket *socket, gboolean is_tls)
{
  g_autoptr (GError) error = NULL;
  Client *client = g_new0 (Client, 1);

  client->server = self;
  client->socket = g_object_ref (socket);
  client->is_tls = is_tls;
  PJ_HAND_OVER (client);
  client->thread = g_thread_try_new ("pj-demo-client", serve, client, &error);
  if (client->thread == NULL)
    {
      g_warning ("Cannot serve a client: %s", error->message);
      g_object_unref (client->socket);
      g_free (client);
      return;
    }
  g_ptr_array_add (clients, client);
}

static gpointer
listen_for_clients (gpointer user_data)
{
  PjDemoServer *self = user_data;
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) join_client);

  PJ_TAKE_OVER (self);
  while (!g_cancellable_is_cancelled (self->stop))
    {
      g_autoptr (GSocket) socket = NULL;
      g_autoptr (GError) error = NULL;
      guint which = 0;

      socket = pj_demo_listen_accept (self->listeners, N_LISTENERS, &which,
                                      PJ_DEMO_LISTEN_NO_TIMEOUT, self->stop, &error);
      if (socket == NULL)
        {
          if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
              g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            continue;
          g_warning ("The demo server ends: %s", error->message);
          break;
        }

      join_clients_that_left (clients);
      if (clients->len < MAX_CONNECTIONS)
        start_client (self, clients, socket, which == TLS);
    }

  return NULL;
}

static const char *const arrival_folders[] = { "arrivals/home", "arrivals/work", "arrivals/club" };

G_STATIC_ASSERT (G_N_ELEMENTS (arrival_folders) == G_N_ELEMENTS (mailboxes));

/* Puts mail number @number, from 0, where it belongs. */
static void
let_arrive (PjDemoServer *self, guint number)
{
  guint which = number % G_N_ELEMENTS (mailboxes);
  guint round = number / G_N_ELEMENTS (mailboxes);
  g_auto (GStrv) paths = pj_demo_mail_list_paths (arrival_folders[which]);
  g_autofree char *uid = g_strdup_printf ("arrival-%u", number + 1);

  pj_demo_maildrop_add (
      g_ptr_array_index (self->maildrops, which),
      pj_demo_mail_new_from_resource (paths[round % g_strv_length (paths)], uid, get_now_s (self)));
}

static gpointer
let_mails_arrive (gpointer user_data)
{
  PjDemoServer *self = user_data;
  GPollFD fd;

  PJ_TAKE_OVER (self);
  if (!g_cancellable_make_pollfd (self->stop, &fd))
    return NULL;

  for (guint number = 0;; number++)
    {
      gint64 due = pj_clock_now (self->clock) + self->interval_s * G_TIME_SPAN_SECOND;
      gint64 left_us;

      while ((left_us = due - pj_clock_now (self->clock)) > 0)
        {
          /* Rounded up, or the last millisecond would be spent turning round. */
          g_poll (&fd, 1, (int) MIN (left_us / G_TIME_SPAN_MILLISECOND + 1, G_MAXINT));
          if (g_cancellable_is_cancelled (self->stop))
            break;
        }
      if (g_cancellable_is_cancelled (self->stop))
        break;
      let_arrive (self, number);
    }
  g_cancellable_release_fd (self->stop);

  return NULL;
}

static void
stop_threads (PjDemoServer *self)
{
  g_cancellable_cancel (self->stop);
  for (guint i = 0; i < self->maildrops->len; i++)
    pj_demo_maildrop_shut (g_ptr_array_index (self->maildrops, i));

  g_clear_pointer (&self->arriving, g_thread_join);
  g_clear_pointer (&self->listening, g_thread_join);
}

static void
pj_demo_server_dispose (GObject *object)
{
  PjDemoServer *self = PJ_DEMO_SERVER (object);

  stop_threads (self);

  G_OBJECT_CLASS (pj_demo_server_parent_class)->dispose (object);
}

static void
pj_demo_server_finalize (GObject *object)
{
  PjDemoServer *self = PJ_DEMO_SERVER (object);

  for (guint i = 0; i < N_LISTENERS; i++)
    g_clear_object (&self->listeners[i]);
  g_ptr_array_unref (self->maildrops);
  g_clear_pointer (&self->context, SSL_CTX_free);
  g_object_unref (self->clock);
  g_object_unref (self->stop);
  g_free (self->ca_file);

  G_OBJECT_CLASS (pj_demo_server_parent_class)->finalize (object);
}

static void
pj_demo_server_class_init (PjDemoServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pj_demo_server_dispose;
  object_class->finalize = pj_demo_server_finalize;
}

static void
pj_demo_server_init (PjDemoServer *self)
{
  self->clock = pj_clock_new_system ();
  self->stop = g_cancellable_new ();
  self->maildrops = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_maildrop_free);
}

static void
fill_maildrops (PjDemoServer *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mailboxes); i++)
    {
      const PjDemoMailbox *mailbox = &mailboxes[i];

      g_ptr_array_add (
          self->maildrops,
          pj_demo_maildrop_new (mailbox->name, mailbox->password,
                                pj_demo_mail_list_folder (mailbox->name, get_now_s (self))));
    }
}

/**
 * pj_demo_server_new:
 * @dir: an existing folder, where `demo-ca.pem` is written: the authority
 *   that signed the server's certificate
 * @error: return location
 *
 * Starts a server on two free ports of 127.0.0.1. Clients may connect as soon
 * as it returns. Takes milliseconds.
 *
 * Errors: #GFileError for the file, any #GIOErrorEnum for the rest.
 *
 * Returns: (transfer full): the server; it runs until it is disposed of
 */
PjDemoServer *
pj_demo_server_new (const char *dir, GError **error)
{
  g_autoptr (PjDemoServer) self = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (PJ_TYPE_DEMO_SERVER, NULL);
  self->ca_file = g_build_filename (dir, "demo-ca.pem", NULL);
  self->context = pj_demo_tls_context_new (PJ_DEMO_CERTIFICATE_GOOD, self->ca_file, error);
  if (self->context == NULL)
    return NULL;

  for (guint i = 0; i < N_LISTENERS; i++)
    {
      self->listeners[i] = pj_demo_listen_new (&self->ports[i], error);
      if (self->listeners[i] == NULL)
        return NULL;
    }
  fill_maildrops (self);

  PJ_HAND_OVER (self);
  self->listening = g_thread_try_new ("pj-demo-listen", listen_for_clients, self, error);
  if (self->listening == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * pj_demo_server_start_arrivals:
 * @self: a server that has no arrivals yet
 * @interval_s: seconds between two mails, and before the first one; not 0
 *
 * Lets a mail arrive every @interval_s seconds, in one mailbox after the
 * other. Does not block.
 */
void
pj_demo_server_start_arrivals (PjDemoServer *self, guint interval_s)
{
  g_return_if_fail (PJ_IS_DEMO_SERVER (self));
  g_return_if_fail (self->arriving == NULL);
  g_return_if_fail (interval_s > 0);

  self->interval_s = interval_s;
  PJ_HAND_OVER (self);
  self->arriving = g_thread_new ("pj-demo-arrivals", let_mails_arrive, self);
}

/**
 * pj_demo_server_get_plain_port:
 * @self: the server
 *
 * Returns: the port that begins in plain text and offers STLS
 */
guint16
pj_demo_server_get_plain_port (PjDemoServer *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SERVER (self), 0);

  return self->ports[PLAIN];
}

/**
 * pj_demo_server_get_tls_port:
 * @self: the server
 *
 * Returns: the port that begins with a handshake
 */
guint16
pj_demo_server_get_tls_port (PjDemoServer *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SERVER (self), 0);

  return self->ports[TLS];
}

/**
 * pj_demo_server_get_ca_file:
 * @self: the server
 *
 * Returns: (transfer none): the file with the authority to trust, as PEM
 */
const char *
pj_demo_server_get_ca_file (PjDemoServer *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SERVER (self), NULL);

  return self->ca_file;
}

/**
 * pj_demo_server_get_access:
 * @self: the server
 *
 * Returns: how to reach it, and who may log in with what; lasts as long as
 *   the server
 */
PjDemoAccess
pj_demo_server_get_access (PjDemoServer *self)
{
  g_return_val_if_fail (PJ_IS_DEMO_SERVER (self), (PjDemoAccess){ .mailboxes = NULL });

  return (PjDemoAccess){
    .mailboxes = mailboxes,
    .n_mailboxes = G_N_ELEMENTS (mailboxes),
    .tls_port = self->ports[TLS],
    .ca_file = self->ca_file,
  };
}
