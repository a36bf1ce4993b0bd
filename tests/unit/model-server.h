/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A POP3 server whose mailbox is a plain list, which the test changes between
 * two sessions as others do to mailboxes, and servers to their numbers, ids
 * and sizes. It knows CAPA, STAT, UIDL and LIST and wants no login. A thread
 * serves one session and ends with it.
 */

#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <gio/gnetworking.h>

typedef struct
{
  char    *uid;
  guint64  octets;
  gboolean has_lost_size; /* LIST tells none, STAT still counts it */
} ModelMail;

typedef struct
{
  GSocket *listener;
  GThread *thread; /* of the session that runs */
  guint16  port;
  GArray  *mails; /* of ModelMail */
  gboolean is_pipelining;
  guint    n_rows; /* told in this session */
} ModelServer;

static inline void
model_mail_clear (gpointer data)
{
  ModelMail *mail = data;

  g_free (mail->uid);
}

static inline ModelServer *
model_server_new (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;
  ModelServer *self = g_new0 (ModelServer, 1);

  self->listener =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  got = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->mails = g_array_new (FALSE, TRUE, sizeof (ModelMail));
  g_array_set_clear_func (self->mails, model_mail_clear);

  return self;
}

static inline void
model_server_free (ModelServer *self)
{
  g_array_unref (self->mails);
  g_object_unref (self->listener);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelServer, model_server_free)

static inline void
model_server_tell (ModelServer *self, const char *command, guint i, GString *answer)
{
  ModelMail *mail = &g_array_index (self->mails, ModelMail, i);

  self->n_rows++;
  if (g_str_has_prefix (command, "UIDL"))
    g_string_append_printf (answer, "%u %s\r\n", i + 1, mail->uid);
  else if (mail->has_lost_size)
    g_string_append_printf (answer, "%u\r\n", i + 1);
  else
    g_string_append_printf (answer, "%u %" G_GUINT64_FORMAT "\r\n", i + 1, mail->octets);
}

static inline void
model_server_list (ModelServer *self, const char *command, GString *answer)
{
  guint number = command[4] == ' ' ? (guint) atoi (command + 5) : 0;

  if (command[4] == ' ' && (number == 0 || number > self->mails->len))
    {
      g_string_append (answer, "-ERR no such message\r\n");
      return;
    }

  if (number > 0)
    {
      g_string_append (answer, "+OK ");
      model_server_tell (self, command, number - 1, answer);
      return;
    }

  g_string_append (answer, "+OK\r\n");
  for (guint i = 0; i < self->mails->len; i++)
    model_server_tell (self, command, i, answer);
  g_string_append (answer, ".\r\n");
}

static inline void
model_server_answer (ModelServer *self, const char *command, GString *answer)
{
  guint64 sum = 0;

  if (g_str_has_prefix (command, "UIDL") || g_str_has_prefix (command, "LIST"))
    {
      model_server_list (self, command, answer);
    }
  else if (g_str_equal (command, "CAPA"))
    {
      g_string_append_printf (answer, "+OK\r\nUIDL\r\n%s.\r\n",
                              self->is_pipelining ? "PIPELINING\r\n" : "");
    }
  else if (g_str_equal (command, "STAT"))
    {
      for (guint i = 0; i < self->mails->len; i++)
        sum += g_array_index (self->mails, ModelMail, i).octets;
      g_string_append_printf (answer, "+OK %u %" G_GUINT64_FORMAT "\r\n", self->mails->len, sum);
    }
  else
    {
      g_string_append (answer, "-ERR what\r\n");
    }
}

static inline gpointer
model_server_serve (gpointer data)
{
  ModelServer *self = data;
  g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, NULL);
  g_autoptr (GSocketConnection) client = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GDataInputStream) input =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (client)));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (client));
  g_autoptr (GString) answer = g_string_new ("+OK\r\n");

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->n_rows = 0;
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (g_output_stream_write_all (output, answer->str, answer->len, NULL, NULL, NULL))
    {
      g_autofree char *command = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (command == NULL)
        break;
      g_string_truncate (answer, 0);
      model_server_answer (self, command, answer);
    }

  return NULL;
}

/* The server takes one client from now on; its mailbox is the server's alone
 * until model_server_end(). */
static inline void
model_server_begin (ModelServer *self)
{
  self->thread = g_thread_new ("model", model_server_serve, self);
}

/* To be called when the client has gone. */
static inline void
model_server_end (ModelServer *self)
{
  g_thread_join (g_steal_pointer (&self->thread));
}
