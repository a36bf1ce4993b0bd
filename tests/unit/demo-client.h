/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The client's end of a POP3 connection for the tests of the servers: plain
 * or TLS, blocking, and with no knowledge shared with the code under test.
 * All waits end after CLIENT_TIMEOUT_US.
 */

#include <string.h>

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#define CLIENT_TIMEOUT_US (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  GSocketConnection *connection;
  GSocket           *socket; /* of @connection */
  SSL_CTX           *context;
  SSL               *ssl;
  GString           *buffer;
} Client;

static inline Client *
client_new (guint16 port)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  Client *client = g_new0 (Client, 1);

  g_socket_client_set_enable_proxy (connector, FALSE);
  client->connection = g_socket_client_connect_to_host (connector, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  client->socket = g_socket_connection_get_socket (client->connection);
  client->buffer = g_string_new (NULL);

  return client;
}

static inline void
client_free (Client *client)
{
  SSL_free (client->ssl);
  SSL_CTX_free (client->context);
  g_io_stream_close (G_IO_STREAM (client->connection), NULL, NULL);
  g_object_unref (client->connection);
  g_string_free (client->buffer, TRUE);
  g_free (client);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

/* Returns: whether the call shall be made again. */
static inline gboolean
client_wait_ssl (Client *client, int result)
{
  int reason = SSL_get_error (client->ssl, result);

  if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE)
    return FALSE;

  return g_socket_condition_timed_wait (client->socket,
                                        reason == SSL_ERROR_WANT_READ ? G_IO_IN : G_IO_OUT,
                                        CLIENT_TIMEOUT_US, NULL, NULL);
}

/* Returns: what OpenSSL thinks of the certificate, X509_V_OK when it is good
 * for @host; -1 when the handshake failed for another reason. */
static inline long
client_start_tls (Client *client, const char *ca_file, const char *host)
{
  X509_VERIFY_PARAM *param;
  int                result;

  g_assert_cmpuint (client->buffer->len, ==, 0);
  client->context = SSL_CTX_new (TLS_client_method ());
  g_assert_cmpint (SSL_CTX_load_verify_file (client->context, ca_file), ==, 1);
  SSL_CTX_set_verify (client->context, SSL_VERIFY_PEER, NULL);
  client->ssl = SSL_new (client->context);
  param = SSL_get0_param (client->ssl);
  if (g_hostname_is_ip_address (host))
    g_assert_cmpint (X509_VERIFY_PARAM_set1_ip_asc (param, host), ==, 1);
  else
    g_assert_cmpint (SSL_set1_host (client->ssl, host), ==, 1);
  SSL_set_fd (client->ssl, g_socket_get_fd (client->socket));

  do
    {
      ERR_clear_error ();
      result = SSL_connect (client->ssl);
    }
  while (result != 1 && client_wait_ssl (client, result));

  if (result != 1 && SSL_get_verify_result (client->ssl) == X509_V_OK)
    return -1;
  return SSL_get_verify_result (client->ssl);
}

static inline void
client_send_bytes (Client *client, const char *bytes, gsize len)
{
  gsize sent = 0;

  while (sent < len)
    {
      gssize n;

      if (client->ssl != NULL)
        {
          n = SSL_write (client->ssl, bytes + sent, (int) (len - sent));
          if (n <= 0)
            {
              g_assert_true (client_wait_ssl (client, (int) n));
              continue;
            }
        }
      else
        {
          n = g_socket_send (client->socket, bytes + sent, len - sent, NULL, NULL);
          g_assert_cmpint (n, >, 0);
        }
      sent += n;
    }
}

static inline void
client_send (Client *client, const char *line)
{
  g_autofree char *bytes = g_strconcat (line, "\r\n", NULL);

  client_send_bytes (client, bytes, strlen (bytes));
}

/* Returns: bytes added to the buffer; 0 at the end, -1 for an error. */
static inline gssize
client_receive (Client *client)
{
  char   bytes[16384];
  gssize n;

  if (client->ssl != NULL)
    {
      ERR_clear_error ();
      while ((n = SSL_read (client->ssl, bytes, sizeof bytes)) <= 0 &&
             client_wait_ssl (client, (int) n))
        continue;
      if (n <= 0)
        n = SSL_get_error (client->ssl, (int) n) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
    }
  else
    {
      if (!g_socket_condition_timed_wait (client->socket, G_IO_IN, CLIENT_TIMEOUT_US, NULL, NULL))
        return -1;
      n = g_socket_receive (client->socket, bytes, sizeof bytes, NULL, NULL);
    }
  if (n > 0)
    g_string_append_len (client->buffer, bytes, n);

  return n;
}

/* Returns: a line that ended with CRLF, without it; NULL at the end. */
static inline char *
client_read_line (Client *client)
{
  char *end;
  char *line;

  while ((end = memchr (client->buffer->str, '\n', client->buffer->len)) == NULL)
    {
      if (client_receive (client) <= 0)
        return NULL;
    }
  g_assert_cmpint (end[-1], ==, '\r');
  line = g_strndup (client->buffer->str, end - 1 - client->buffer->str);
  g_string_erase (client->buffer, 0, end + 1 - client->buffer->str);

  return line;
}

/* Sends @line and asserts that the reply begins with @expected. */
static inline void
client_ask (Client *client, const char *line, const char *expected)
{
  g_autofree char *reply = NULL;

  if (line != NULL)
    client_send (client, line);
  reply = client_read_line (client);
  g_assert_nonnull (reply);
  if (!g_str_has_prefix (reply, expected))
    g_assert_cmpstr (reply, ==, expected);
}

/* Returns: the lines up to the one with the single dot, with LF line ends
 * and without dot-stuffing. */
static inline char *
client_read_lines (Client *client)
{
  GString *text = g_string_new (NULL);

  for (;;)
    {
      g_autofree char *line = client_read_line (client);

      g_assert_nonnull (line);
      if (strcmp (line, ".") == 0)
        return g_string_free (text, FALSE);
      g_string_append (text, line[0] == '.' ? line + 1 : line);
      g_string_append_c (text, '\n');
    }
}

static inline char *
client_ask_lines (Client *client, const char *line)
{
  client_ask (client, line, "+OK");
  return client_read_lines (client);
}

static inline void
client_assert_closed (Client *client)
{
  g_assert_cmpuint (client->buffer->len, ==, 0);
  g_assert_cmpint (client_receive (client), ==, 0);
}
