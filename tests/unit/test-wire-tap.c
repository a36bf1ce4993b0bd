/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-wire-tap.h"

#include <string.h>

/* A listener who hears this has heard enough. */
#define LAST_LINE "enough"

static gboolean
on_line (PjWireDirection direction, const char *line, gsize len, gpointer user_data)
{
  GString *log = user_data;

  g_string_append (log, direction == PJ_WIRE_SENT ? "C: " : "S: ");
  g_string_append_len (log, line, (gssize) len);
  g_string_append_c (log, '\n');

  return len != strlen (LAST_LINE) || memcmp (line, LAST_LINE, len) != 0;
}

typedef struct
{
  PjWireTap *tap;
  GString *log;
} Listener;

static Listener *
listener_new (void)
{
  Listener *self = g_new0 (Listener, 1);

  self->log = g_string_new (NULL);
  self->tap = pj_wire_tap_new (on_line, self->log);

  return self;
}

static void
listener_free (Listener *self)
{
  pj_wire_tap_free (self->tap);
  g_string_free (self->log, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

static void
queue (Listener *self, const char *text)
{
  pj_wire_tap_add_queued (self->tap, text, strlen (text), FALSE);
}

static void
queue_secret (Listener *self, const char *text)
{
  pj_wire_tap_add_queued (self->tap, text, strlen (text), TRUE);
}

static void
receive (Listener *self, const char *line)
{
  pj_wire_tap_add_received (self->tap, line, strlen (line));
}

static void
assert_heard (Listener *self, const char *expected)
{
  g_assert_cmpstr (self->log->str, ==, expected);
  g_string_truncate (self->log, 0);
}

/* A line is told when all of it went out, in the order of the wire. */
static void
test_order (void)
{
  g_autoptr (Listener) listener = listener_new ();

  queue (listener, "STAT\r\nUIDL");
  queue (listener, " 7\r\n");
  assert_heard (listener, "");
  pj_wire_tap_add_sent (listener->tap, 5);
  assert_heard (listener, "");
  pj_wire_tap_add_sent (listener->tap, 4);
  receive (listener, "+OK 7 4711");
  pj_wire_tap_add_sent (listener->tap, 5);
  assert_heard (listener, "C: STAT\nS: +OK 7 4711\nC: UIDL 7\n");
}

static void
test_several_at_once (void)
{
  g_autoptr (Listener) listener = listener_new ();

  queue (listener, "STAT\r\nNOOP\n\r\nQUIT\r\n");
  pj_wire_tap_add_sent (listener->tap, 19);
  assert_heard (listener, "C: STAT\nC: NOOP\nC: \nC: QUIT\n");
}

static void
test_secret (void)
{
  g_autoptr (Listener) listener = listener_new ();

  queue (listener, "PASS ");
  queue_secret (listener, "correct horse");
  queue (listener, "\r\n");
  queue_secret (listener, "AGFubgBz");
  queue (listener, "\r\n");
  pj_wire_tap_add_sent (listener->tap, 5 + 13 + 2 + 8 + 2);
  assert_heard (listener, "C: PASS ********\nC: ********\n");
}

typedef struct
{
  const char *name;
  const char *line;
  const char *heard;
} Case;

static const Case cases[] = {
  { "nothing-of-it", "+OK welcome", "S: +OK welcome\n" },
  { "in-the-middle", "-ERR unknown: PASS pony, try again",
    "S: -ERR unknown: PASS ********, try again\n" },
  { "twice", "ponypony", "S: ****************\n" },
  { "at-both-ends", "pony pony", "S: ******** ********\n" },
  { "a-part-of-it", "-ERR pon", "S: -ERR pon\n" },
  { "second-secret", "-ERR cGFzcw==", "S: -ERR ********\n" },
  { "empty", "", "S: \n" },
};

/* A server that repeats what it did not understand (seen with GNU mailutils). */
static void
test_echo (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Listener) listener = listener_new ();

  queue_secret (listener, "pony");
  queue_secret (listener, "cGFzcw==");
  receive (listener, c->line);
  assert_heard (listener, c->heard);
}

static void
test_any_byte (void)
{
  g_autoptr (Listener) listener = listener_new ();

  pj_wire_tap_add_queued (listener->tap, "p\0y", 3, TRUE);
  pj_wire_tap_add_received (listener->tap, "a\0p\0yb", 6);
  g_assert_cmpmem (listener->log->str, listener->log->len, "S: a\0********b\n", 15);
}

static void
test_enough_received (void)
{
  g_autoptr (Listener) listener = listener_new ();

  queue (listener, "STAT\r\nUI");
  receive (listener, LAST_LINE);
  receive (listener, "more");
  queue (listener, "DL\r\n");
  queue_secret (listener, "pony");
  pj_wire_tap_add_sent (listener->tap, 6 + 6 + 4);
  assert_heard (listener, "S: " LAST_LINE "\n");
}

/* Also in the middle of several lines that went out at once. */
static void
test_enough_sent (void)
{
  g_autoptr (Listener) listener = listener_new ();

  queue (listener, "STAT\r\n" LAST_LINE "\r\nQUIT\r\n");
  pj_wire_tap_add_sent (listener->tap, 6 + 8 + 6);
  receive (listener, "+OK");
  assert_heard (listener, "C: STAT\nC: " LAST_LINE "\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/wire-tap/order", test_order);
  g_test_add_func ("/net/wire-tap/several-at-once", test_several_at_once);
  g_test_add_func ("/net/wire-tap/secret", test_secret);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/wire-tap/echo/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_echo);
    }
  g_test_add_func ("/net/wire-tap/any-byte", test_any_byte);
  g_test_add_func ("/net/wire-tap/enough-received", test_enough_received);
  g_test_add_func ("/net/wire-tap/enough-sent", test_enough_sent);
  return g_test_run ();
}
