/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/pj-send-queue.h"

#include <string.h>

static void
test_empty (void)
{
  g_autoptr (PjSendQueue) queue = pj_send_queue_new ();
  gsize len = 1;

  g_assert_true (pj_send_queue_is_empty (queue));
  pj_send_queue_peek (queue, &len);
  g_assert_cmpuint (len, ==, 0);
  pj_send_queue_add (queue, NULL, 0);
  g_assert_true (pj_send_queue_is_empty (queue));
  pj_send_queue_drop (queue, 0);
  pj_send_queue_free (NULL);
}

static void
test_order (void)
{
  g_autoptr (PjSendQueue) queue = pj_send_queue_new ();
  const guint8 *bytes;
  gsize len;

  pj_send_queue_add (queue, "USER ann", 8);
  pj_send_queue_add (queue, "\r\n", 2);
  pj_send_queue_drop (queue, 5);
  pj_send_queue_add (queue, "QUIT", 4);
  bytes = pj_send_queue_peek (queue, &len);
  g_assert_cmpmem (bytes, len, "ann\r\nQUIT", 9);
  g_assert_false (pj_send_queue_is_empty (queue));
  pj_send_queue_drop (queue, 9);
  g_assert_true (pj_send_queue_is_empty (queue));
}

/* Random adds and drops against a plain array. */
static void
test_like_an_array (void)
{
  g_autoptr (PjSendQueue) queue = pj_send_queue_new ();
  g_autoptr (GByteArray) model = g_byte_array_new ();
  guint8 piece[3000];

  for (guint i = 0; i < 2000; i++)
    {
      guint len = (guint) g_test_rand_int_range (0, sizeof piece);
      const guint8 *bytes;
      gsize waiting;

      memset (piece, (int) i, sizeof piece);
      pj_send_queue_add (queue, piece, len);
      g_byte_array_append (model, piece, len);
      len = (guint) g_test_rand_int_range (0, MIN (sizeof piece, model->len) + 1);
      pj_send_queue_drop (queue, len);
      g_byte_array_remove_range (model, 0, len);
      bytes = pj_send_queue_peek (queue, &waiting);
      g_assert_cmpmem (bytes, waiting, model->data, model->len);
    }
}

/* What was dropped is overwritten where it stood. */
static void
test_wiped (void)
{
  g_autoptr (PjSendQueue) queue = pj_send_queue_new ();
  static const guint8 nothing[6];
  const guint8 *bytes;
  gsize len;

  pj_send_queue_add (queue, "secretQUIT", 10);
  bytes = pj_send_queue_peek (queue, &len);
  pj_send_queue_drop (queue, 6);
  g_assert_cmpmem (bytes, 6, nothing, 6);
  g_assert_cmpmem (bytes + 6, 4, "QUIT", 4);
}

/* A megabyte that goes byte by byte: with the rest moved each time, this
 * would copy 500 GB. */
static void
test_small_pieces (void)
{
  g_autoptr (PjSendQueue) queue = pj_send_queue_new ();
  g_autofree char *much = g_strnfill (1024 * 1024, 'x');

  pj_send_queue_add (queue, much, 1024 * 1024);
  for (guint i = 0; i < 1024 * 1024; i++)
    pj_send_queue_drop (queue, 1);
  g_assert_true (pj_send_queue_is_empty (queue));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/send-queue/empty", test_empty);
  g_test_add_func ("/net/send-queue/order", test_order);
  g_test_add_func ("/net/send-queue/like-an-array", test_like_an_array);
  g_test_add_func ("/net/send-queue/wiped", test_wiped);
  g_test_add_func ("/net/send-queue/small-pieces", test_small_pieces);
  return g_test_run ();
}
