/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long line inside one machine: a TCP relay on a loopback port whose bytes
 * arrive a while after they were sent.
 *
 *   delay-relay SERVER_PORT
 *
 * prints "port N" and then obeys lines on standard input, until its end:
 *
 *   delay MS   each way, from the next connection on; 0 at the beginning
 *   width N    Mbit/s each way, from the next connection on; 0, as at the
 *              beginning, for a line that takes all at once
 *   report     once no connection is open: one JSON line with the sums since
 *              the last report
 *
 * What it models. Bytes leave it in order, each at its arrival plus the delay.
 * On a line with a width a byte waits besides until those before it are
 * through, each connection on its own. It never stops reading: the queue before
 * the line has no end. connect() on loopback succeeds at once; the round trip that it
 * costs on a real line is charged here: nothing leaves before one round trip
 * after the connection came, and the server hears of it half a round trip
 * later, with the last part of the TCP handshake. An end of stream is passed on
 * like a byte, so half-closed connections work.
 *
 * What it cannot model. Both ends get their ACKs from this machine at once: no
 * slow start, no loss, no full receive window (two ends that both only write do
 * not block each other here), and Nagle's algorithm costs nobody anything.
 *
 * How it counts round trips. A chunk from the client belongs to the round trip
 * after that of the last chunk which the client was given, one from the server
 * to that of the last one which the server was given; connecting is the first
 * and a greeting without TLS comes with the second. What reaches the client
 * before it hangs up counts; so an answer to QUIT counts for those who wait for
 * it. On a delay of 0 the order of things inside the machine decides, and the
 * number says little about a client that pipelines. */
#define _GNU_SOURCE /* accept4(), ppoll() */
#define G_LOG_DOMAIN "delay-relay"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#define CHUNK_BYTES 65536
/* Longer than any line that is obeyed. */
#define COMMAND_BYTES 64
#define MAX_DELAY_MS 10000
#define MAX_WIDTH_MBIT_S 100000
/* A chunk leaves as a whole: on a line with a width it is what passes in this
 * time, and no less than a packet. */
#define CHUNK_US 1000
#define PACKET_BYTES 1500

#define TRIP_CONNECT 1
#define TRIP_GREETING 2

/* Owned by the way that it is on. */
typedef struct
{
  gint64 due; /* monotonic microseconds */
  guint trip;
  gsize len; /* 0: the end of the stream */
  gsize sent;
  guint8 bytes[];
} Chunk;

/* One direction of a connection. */
typedef struct
{
  GQueue chunks; /* (owned) of Chunk: not passed on yet */
  gboolean has_ended;
  gboolean is_closed; /* the end was passed on, or nobody takes more */
  gint64 free_at;     /* the line has taken in all that came */
  guint64 bytes;
  guint trip; /* of what was passed on last */
} Way;

typedef struct
{
  int client;
  int server; /* -1 until opens_at */
  gint64 starts_at;
  gint64 opens_at;
  gint64 delay;
  guint width; /* Mbit/s; 0: none */
  Way up;
  Way down;
  guint trips;
} Connection;

typedef struct
{
  int listener;
  guint16 server_port;
  gint64 delay; /* microseconds each way */
  guint width;  /* Mbit/s each way; 0: none */
  GPtrArray *connections;
  GString *command;
  gboolean is_report_due;

  /* Since the last report */
  guint n_connections;
  guint64 bytes_up;
  guint64 bytes_down;
  guint trips;
} Relay;

static void
close_way (Way *way)
{
  g_queue_clear_full (&way->chunks, g_free);
  way->is_closed = TRUE;
}

static void
connection_free (gpointer data)
{
  Connection *self = data;

  close_way (&self->up);
  close_way (&self->down);
  close (self->client);
  if (self->server >= 0)
    close (self->server);
  g_free (self);
}

/* Chunks leave when they are due: the kernel must not collect them first. */
static void
set_up_socket (int fd)
{
  int on = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl (fd, F_SETFL, fcntl (fd, F_GETFL) | O_NONBLOCK);
}

static struct sockaddr_in
loopback_address (guint16 port)
{
  return (struct sockaddr_in){
    .sin_family = AF_INET,
    .sin_port = g_htons (port),
    .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK),
  };
}

static int
listen_on_free_port (guint16 *port)
{
  struct sockaddr_in address = loopback_address (0);
  socklen_t len = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, len) < 0 || listen (fd, SOMAXCONN) < 0 ||
      getsockname (fd, (struct sockaddr *) &address, &len) < 0)
    g_error ("No port to listen on: %s", g_strerror (errno));

  fcntl (fd, F_SETFL, O_NONBLOCK);
  *port = g_ntohs (address.sin_port);
  return fd;
}

static void
accept_connection (Relay *self)
{
  int fd = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  Connection *connection;
  gint64 now = g_get_monotonic_time ();

  if (fd < 0)
    return;

  set_up_socket (fd);
  connection = g_new0 (Connection, 1);
  connection->client = fd;
  connection->server = -1;
  connection->delay = self->delay;
  connection->width = self->width;
  connection->starts_at = now + 2 * self->delay;
  connection->opens_at = connection->starts_at + self->delay;
  connection->down.trip = TRIP_CONNECT;
  connection->up.trip = TRIP_GREETING;
  connection->trips = TRIP_CONNECT;
  g_ptr_array_add (self->connections, connection);
}

/* Loopback connects or refuses at once, so waiting for it is no wait. */
static void
open_server (Connection *self, guint16 port)
{
  struct sockaddr_in address = loopback_address (port);

  self->server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->server < 0 || connect (self->server, (struct sockaddr *) &address, sizeof address) < 0)
    {
      g_warning ("No server on port %u: %s", port, g_strerror (errno));
      close_way (&self->up);
      close_way (&self->down);
      return;
    }
  set_up_socket (self->server);
}

/* Mbit/s are bits per microsecond. */
static gsize
chunk_bytes (const Connection *self)
{
  return self->width == 0 ? CHUNK_BYTES
                          : CLAMP (self->width * CHUNK_US / 8, PACKET_BYTES, CHUNK_BYTES);
}

/* Returns: monotonic microseconds when @n bytes that came now are through */
static gint64
take_in (const Connection *self, Way *way, gsize n)
{
  way->free_at = MAX (way->free_at, MAX (g_get_monotonic_time (), self->starts_at));
  if (self->width != 0)
    way->free_at += n * 8 / self->width;
  return way->free_at + self->delay;
}

/* Reads what there is, up to a chunk. A connection that broke ends, too. */
static void
receive (Connection *self, Way *way, int from, guint trip)
{
  guint8 buffer[CHUNK_BYTES];
  gssize n = read (from, buffer, chunk_bytes (self));
  Chunk *chunk;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;

  n = MAX (n, 0);
  way->has_ended = n == 0;
  way->bytes += n;
  if (way->is_closed)
    return;

  chunk = g_malloc (sizeof (Chunk) + n);
  *chunk = (Chunk){
    .due = take_in (self, way, n),
    .trip = trip,
    .len = n,
  };
  memcpy (chunk->bytes, buffer, n);
  g_queue_push_tail (&way->chunks, chunk);
}

/* Passes on what is due, as far as the other side takes it. */
static void
pass_on (Way *way, int to, gint64 now)
{
  Chunk *chunk;

  while ((chunk = g_queue_peek_head (&way->chunks)) != NULL && chunk->due <= now)
    {
      gssize n;

      if (chunk->len == 0)
        {
          shutdown (to, SHUT_WR);
          close_way (way);
          return;
        }

      n = send (to, chunk->bytes + chunk->sent, chunk->len - chunk->sent, MSG_NOSIGNAL);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
      if (n < 0)
        {
          close_way (way);
          return;
        }

      chunk->sent += n;
      if (chunk->sent < chunk->len)
        return;
      way->trip = MAX (way->trip, chunk->trip);
      g_free (g_queue_pop_head (&way->chunks));
    }
}

/* Returns: (nullable): the next one, due or not */
static const Chunk *
next_of (Way *way)
{
  return g_queue_peek_head (&way->chunks);
}

/* Moves what can be moved. @revents are those of the client and of the server. */
static void
serve (Relay *relay, Connection *self, const short revents[2])
{
  gint64 now;

  if (revents[0] != 0 && !self->up.has_ended)
    receive (self, &self->up, self->client, self->down.trip + 1);
  if (revents[1] != 0 && !self->down.has_ended)
    receive (self, &self->down, self->server, self->up.trip);

  now = g_get_monotonic_time ();
  if (self->server < 0 && now >= self->opens_at)
    open_server (self, relay->server_port);
  if (self->server < 0)
    return;

  pass_on (&self->up, self->server, now);
  pass_on (&self->down, self->client, now);
  if (!self->up.has_ended)
    self->trips = self->down.trip;
}

static void
serve_all (Relay *self, const struct pollfd *fds)
{
  for (guint i = self->connections->len; i-- > 0;)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);
      const short revents[2] = { fds[2 * i].revents, fds[2 * i + 1].revents };

      serve (self, connection, revents);
      if (!connection->up.is_closed || !connection->down.is_closed)
        continue;

      self->n_connections++;
      self->bytes_up += connection->up.bytes;
      self->bytes_down += connection->down.bytes;
      self->trips += connection->trips;
      g_ptr_array_remove_index (self->connections, i);
    }
}

static void
report (Relay *self)
{
  printf ("{\"connections\":%u,\"bytes_up\":%" G_GUINT64_FORMAT ",\"bytes_down\":%" G_GUINT64_FORMAT
          ",\"round_trips\":%u}\n",
          self->n_connections, self->bytes_up, self->bytes_down, self->trips);
  fflush (stdout);
  self->is_report_due = FALSE;
  self->n_connections = self->trips = 0;
  self->bytes_up = self->bytes_down = 0;
}

static void
obey (Relay *self, const char *line)
{
  guint64 number;

  if (strcmp (line, "report") == 0)
    self->is_report_due = TRUE;
  else if (g_str_has_prefix (line, "delay ") &&
           g_ascii_string_to_unsigned (line + strlen ("delay "), 10, 0, MAX_DELAY_MS, &number,
                                       NULL))
    self->delay = number * 1000;
  else if (g_str_has_prefix (line, "width ") &&
           g_ascii_string_to_unsigned (line + strlen ("width "), 10, 0, MAX_WIDTH_MBIT_S, &number,
                                       NULL))
    self->width = number;
  else
    g_error ("Not a command: %s", line);
}

/* Returns: %FALSE at the end of standard input. */
static gboolean
read_commands (Relay *self)
{
  char buffer[COMMAND_BYTES];
  gssize n = read (STDIN_FILENO, buffer, sizeof buffer);
  char *end;

  if (n <= 0)
    return FALSE;

  g_string_append_len (self->command, buffer, n);
  while ((end = strchr (self->command->str, '\n')) != NULL)
    {
      *end = '\0';
      obey (self, self->command->str);
      g_string_erase (self->command, 0, end - self->command->str + 1);
    }
  return TRUE;
}

/* What to wait for on one side. A descriptor of which nothing is wanted is left
 * out, as poll() tells of a broken connection whether asked or not. */
static struct pollfd
want (int fd, Way *in, Way *out, gint64 now)
{
  const Chunk *chunk = next_of (out);
  short events = 0;

  if (!in->has_ended)
    events |= POLLIN;
  if (chunk != NULL && chunk->due <= now)
    events |= POLLOUT;

  return (struct pollfd){ .fd = events != 0 ? fd : -1, .events = events };
}

/* Returns: monotonic microseconds of the next thing to do, G_MAXINT64 for none. */
static gint64
find_next (Relay *self, gint64 now)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);
      const Chunk *waiting[] = { next_of (&connection->up), next_of (&connection->down) };

      if (connection->server < 0)
        next = MIN (next, connection->opens_at);
      for (guint j = 0; connection->server >= 0 && j < G_N_ELEMENTS (waiting); j++)
        {
          /* One that is due already waits for its socket. */
          if (waiting[j] != NULL && waiting[j]->due > now)
            next = MIN (next, waiting[j]->due);
        }
    }
  return next;
}

static void
wait_for_something (Relay *self, GArray *fds)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = find_next (self, now);
  gint64 left = MAX (next - now, 0);
  struct timespec timeout = { .tv_sec = left / G_USEC_PER_SEC,
                              .tv_nsec = left % G_USEC_PER_SEC * 1000 };
  struct pollfd own[] = { { .fd = STDIN_FILENO, .events = POLLIN },
                          { .fd = self->listener, .events = POLLIN } };

  g_array_set_size (fds, 0);
  g_array_append_vals (fds, own, G_N_ELEMENTS (own));
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);
      struct pollfd both[] = {
        want (connection->client, &connection->up, &connection->down, now),
        want (connection->server, &connection->down, &connection->up, now),
      };

      g_array_append_vals (fds, both, G_N_ELEMENTS (both));
    }

  if (ppoll ((struct pollfd *) (gpointer) fds->data, fds->len, next == G_MAXINT64 ? NULL : &timeout,
             NULL) < 0)
    g_error ("poll: %s", g_strerror (errno));
}

static void
run (Relay *self)
{
  g_autoptr (GArray) fds = g_array_new (FALSE, FALSE, sizeof (struct pollfd));

  for (;;)
    {
      const struct pollfd *own;

      wait_for_something (self, fds);
      own = (const struct pollfd *) (gconstpointer) fds->data;
      serve_all (self, own + 2);
      /* Who sets the delay and then connects is served with that delay. */
      if (own[0].revents != 0 && !read_commands (self))
        return;
      if (own[1].revents != 0)
        accept_connection (self);
      if (self->is_report_due && self->connections->len == 0)
        report (self);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (connection_free);
  g_autoptr (GString) command = g_string_new (NULL);
  Relay relay = { .connections = connections, .command = command };
  guint64 server_port;
  guint16 port;

  if (argc != 2 || !g_ascii_string_to_unsigned (argv[1], 10, 1, G_MAXUINT16, &server_port, NULL))
    {
      g_printerr ("usage: delay-relay SERVER_PORT\n");
      return 2;
    }

  /* The kernel may be late by 50 microseconds otherwise. */
  prctl (PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  relay.server_port = server_port;
  relay.listener = listen_on_free_port (&port);
  printf ("port %u\n", port);
  fflush (stdout);

  run (&relay);
  close (relay.listener);
  return 0;
}
