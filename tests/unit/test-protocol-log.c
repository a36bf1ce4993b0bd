/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-protocol-log.h"

#include <string.h>

static void
assert_text (PjProtocolLog *log, const char *expected)
{
  g_autoptr (GBytes) text = pj_protocol_log_dup_text (log);

  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), expected,
                   strlen (expected));
}

/* What somebody who listens has seen of it. */
typedef struct
{
  PjProtocolLog *log;
  GString *shown;
  guint n_replaced;
} Watcher;

static void
on_added (PjProtocolLog *log, GBytes *text, gpointer user_data)
{
  Watcher *watcher = user_data;

  g_string_append_len (watcher->shown, g_bytes_get_data (text, NULL),
                       (gssize) g_bytes_get_size (text));
}

static void
on_replaced (PjProtocolLog *log, gpointer user_data)
{
  Watcher *watcher = user_data;
  g_autoptr (GBytes) text = pj_protocol_log_dup_text (log);

  watcher->n_replaced++;
  g_string_truncate (watcher->shown, 0);
  on_added (log, text, watcher);
}

static Watcher *
watcher_new (void)
{
  Watcher *self = g_new0 (Watcher, 1);

  self->log = pj_protocol_log_new ();
  self->shown = g_string_new (NULL);
  g_signal_connect (self->log, "added", G_CALLBACK (on_added), self);
  g_signal_connect (self->log, "replaced", G_CALLBACK (on_replaced), self);

  return self;
}

static void
watcher_free (Watcher *self)
{
  /* What the signals have told and what is there agree always. */
  assert_text (self->log, self->shown->str);
  g_assert_finalize_object (self->log);
  g_string_free (self->shown, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watcher, watcher_free)

static void
test_empty (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();

  g_assert_false (pj_protocol_log_is_watched (watcher->log));
  assert_text (watcher->log, "");
}

static void
test_last_failure_alone (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();

  pj_protocol_log_add (watcher->log, "well\n", FALSE);
  assert_text (watcher->log, "");
  pj_protocol_log_add (watcher->log, "badly\n", TRUE);
  pj_protocol_log_add (watcher->log, "worse\n", TRUE);
  pj_protocol_log_add (watcher->log, "well again\n", FALSE);
  assert_text (watcher->log, "worse\n\n");
}

static void
test_watched (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();

  pj_protocol_log_add (watcher->log, "before\n", TRUE);
  pj_protocol_log_set_watched (watcher->log, TRUE);
  g_assert_true (pj_protocol_log_is_watched (watcher->log));
  watcher->n_replaced = 0;
  pj_protocol_log_add (watcher->log, "well\n", FALSE);
  pj_protocol_log_add (watcher->log, "badly\n", TRUE);
  pj_protocol_log_add (watcher->log, "well\n", FALSE);
  assert_text (watcher->log, "before\n\nwell\n\nbadly\n\nwell\n\n");
  g_assert_cmpuint (watcher->n_replaced, ==, 0);

  pj_protocol_log_set_watched (watcher->log, FALSE);
  assert_text (watcher->log, "badly\n\n");
}

static void
test_watched_without_failure (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();

  pj_protocol_log_set_watched (watcher->log, TRUE);
  pj_protocol_log_add (watcher->log, "well\n", FALSE);
  pj_protocol_log_set_watched (watcher->log, FALSE);
  assert_text (watcher->log, "");
}

static void
test_clear (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();

  pj_protocol_log_set_watched (watcher->log, TRUE);
  pj_protocol_log_add (watcher->log, "badly\n", TRUE);
  pj_protocol_log_clear (watcher->log);
  assert_text (watcher->log, "");
  pj_protocol_log_add (watcher->log, "well\n", FALSE);
  assert_text (watcher->log, "well\n\n");
  pj_protocol_log_set_watched (watcher->log, FALSE);
  assert_text (watcher->log, "");
}

static void
test_bound (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();
  g_autofree char *quarter = g_strnfill (PJ_PROTOCOL_LOG_MAX_BYTES / 4, 'x');

  pj_protocol_log_set_watched (watcher->log, TRUE);
  for (guint i = 0; i < 20; i++)
    {
      pj_protocol_log_add (watcher->log, quarter, FALSE);
      g_assert_cmpuint (watcher->shown->len, <=, PJ_PROTOCOL_LOG_MAX_BYTES);
    }
  /* It begins anew for one visit in three, not for each. */
  g_assert_cmpuint (watcher->n_replaced, >, 1);
  g_assert_cmpuint (watcher->n_replaced, <, 10);

  pj_protocol_log_add (watcher->log, "last\n", FALSE);
  g_assert_true (g_str_has_suffix (watcher->shown->str, "x\nlast\n\n"));
}

/* However long it is: somebody watches to see this one. */
static void
test_last_visit_is_kept (void)
{
  g_autoptr (Watcher) watcher = watcher_new ();
  g_autofree char *giant = g_strnfill (PJ_PROTOCOL_LOG_MAX_BYTES + 1, 'x');

  pj_protocol_log_set_watched (watcher->log, TRUE);
  pj_protocol_log_add (watcher->log, "first\n", FALSE);
  pj_protocol_log_add (watcher->log, giant, FALSE);
  g_assert_cmpuint (watcher->shown->len, ==, PJ_PROTOCOL_LOG_MAX_BYTES + 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/protocol-log/empty", test_empty);
  g_test_add_func ("/app/protocol-log/last-failure-alone", test_last_failure_alone);
  g_test_add_func ("/app/protocol-log/watched-keeps-all", test_watched);
  g_test_add_func ("/app/protocol-log/watched-without-failure", test_watched_without_failure);
  g_test_add_func ("/app/protocol-log/clear", test_clear);
  g_test_add_func ("/app/protocol-log/bound", test_bound);
  g_test_add_func ("/app/protocol-log/last-visit-is-kept", test_last_visit_is_kept);
  return g_test_run ();
}
