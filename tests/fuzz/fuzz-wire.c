/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "fuzz-wire.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/pj-stream.h"
#include "net/pj-tcp-connect.h"

/*
 * A server in memory, on one end of a socket pair. The linker puts the two
 * functions at the end of this file in place of the library's: connecting
 * leads to the other end, and the server acts when the client waits for it.
 * One that has said all hangs up, and so does one that would let the client
 * wait in vain: no session can wait for time to pass.
 */

typedef struct
{
  const uint8_t *data; /* (borrowed) what is still to be said */
  size_t size;
  GByteArray *heard; /* (owned) (nullable): NULL while there is no server */
  guint answered;    /* bytes in @heard */
  FuzzWirePace pace;
  int fd;
  int client_fd; /* -1 once the client has it */
} Server;

static Server server;

GSocketConnection *__wrap_pj_tcp_connect (
    const char *host, guint16 port, PjDeadline deadline, GCancellable *cancellable, GError **error);
gboolean __real_pj_stream_wait (PjStream *self,
                                gboolean for_write,
                                PjDeadline deadline,
                                GCancellable *cancellable,
                                GError **error);
gboolean __wrap_pj_stream_wait (PjStream *self,
                                gboolean for_write,
                                PjDeadline deadline,
                                GCancellable *cancellable,
                                GError **error);

static void
say (size_t len)
{
  g_assert_cmpuint (len, <=, server.size);
  if (len > 0)
    g_assert_cmpint (write (server.fd, server.data, len), ==, (gssize) len);

  server.data += len;
  server.size -= len;
  if (server.size == 0)
    g_assert_cmpint (shutdown (server.fd, SHUT_WR), ==, 0);
}

/* Bytes up to the end of what ends with @end. */
static size_t
count_to (const char *end)
{
  const uint8_t *found = memmem (server.data, server.size, end, strlen (end));

  return found != NULL ? (size_t) (found - server.data) + strlen (end) : server.size;
}

/* RFC 1939 section 3. */
static gboolean
has_lines (const char *command, gsize len)
{
  static const char *const multi[] = { "CAPA\r\n", "LIST\r\n", "UIDL\r\n", "TOP ", "RETR " };

  if (server.size < 3 || g_ascii_strncasecmp ((const char *) server.data, "+OK", 3) != 0)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (multi); i++)
    {
      if (len >= strlen (multi[i]) && memcmp (command, multi[i], strlen (multi[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Returns: whether there was a command to be answered. */
static gboolean
answer_next (void)
{
  const char *command = (const char *) server.heard->data + server.answered;
  gsize len = server.heard->len - server.answered;
  const char *end = len > 0 ? memchr (command, '\n', len) : NULL;

  if (end == NULL || server.size == 0)
    return FALSE;

  len = (gsize) (end - command) + 1;
  server.answered += (guint) len;
  if (server.pace == FUZZ_WIRE_AT_ONCE)
    say (server.size);
  else
    say (has_lines (command, len) ? count_to ("\n.\r\n") : count_to ("\n"));

  return TRUE;
}

/* Nothing more comes when the client has been reset. */
static void
hear (void)
{
  guint8 buffer[4096];
  ssize_t got;

  while ((got = read (server.fd, buffer, sizeof buffer)) > 0)
    g_byte_array_append (server.heard, buffer, (guint) got);
}

/**
 * fuzz_wire_serve:
 * @data: what the server says in the next session; must stay until its end
 * @size: bytes, at most %FUZZ_WIRE_MAX_BYTES
 * @pace: when it says that
 *
 * To be ended by fuzz_wire_end().
 */
void
fuzz_wire_serve (const uint8_t *data, size_t size, FuzzWirePace pace)
{
  int pair[2];

  g_assert_null (server.heard);
  g_assert_cmpuint (size, <=, FUZZ_WIRE_MAX_BYTES);

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), ==,
                   0);
  server =
      (Server){ .data = data, .size = size, .pace = pace, .fd = pair[0], .client_fd = pair[1] };
  server.heard = g_byte_array_new ();
  say (count_to ("\n"));
}

/**
 * fuzz_wire_end:
 *
 * Returns: (transfer full): what the client has said to the server
 */
GBytes *
fuzz_wire_end (void)
{
  g_assert_nonnull (server.heard);

  if (server.client_fd != -1)
    close (server.client_fd);
  hear ();
  close (server.fd);

  return g_byte_array_free_to_bytes (g_steal_pointer (&server.heard));
}

GSocketConnection *
__wrap_pj_tcp_connect (
    const char *host, guint16 port, PjDeadline deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSocket) socket = NULL;

  g_assert_cmpint (server.client_fd, !=, -1);
  socket = g_socket_new_from_fd (server.client_fd, error);
  g_assert_nonnull (socket);
  server.client_fd = -1;
  g_socket_set_blocking (socket, FALSE);

  return g_socket_connection_factory_create_connection (socket);
}

gboolean
__wrap_pj_stream_wait (PjStream *self,
                       gboolean for_write,
                       PjDeadline deadline,
                       GCancellable *cancellable,
                       GError **error)
{
  gboolean has_said = FALSE;

  hear ();
  while (answer_next ())
    has_said = TRUE;
  if (!has_said)
    shutdown (server.fd, SHUT_WR);

  return __real_pj_stream_wait (self, for_write, deadline, cancellable, error);
}
