/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-fetch.h"

#include "net/pj-net-error.h"
#include "pop3/pj-pop3-error.h"
#include "script-fixture.h"

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  g_assert_cmpmem (data, len, expected, strlen (expected));
}

static void
test_top (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: TOP 3 10\nS: +OK\nS: A: b\nS:\nS:raw bare\\n\n"
                                       "S: ..\nS: ...\nS: .\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gboolean is_cut = TRUE;
  g_autoptr (GBytes) bytes = pj_pop3_fetch (session, 3, 10, &is_cut, NULL, &error);

  g_assert_no_error (error);
  assert_bytes (bytes, "A: b\r\n\r\nbare\n.\r\n..\r\n");
  g_assert_false (is_cut);
}

static void
test_whole (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: RETR 1\nS: +OK 5 octets\nS: a\nS:\nS: .\n"
                                       "SILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  gboolean is_cut = TRUE;
  g_autoptr (GBytes) bytes = pj_pop3_fetch (session, 1, PJ_POP3_FETCH_WHOLE, &is_cut, NULL, NULL);

  assert_bytes (bytes, "a\r\n\r\n");
  g_assert_false (is_cut);
}

static void
test_refused (void)
{
  g_autoptr (Stage) stage =
      stage_new ("S: +OK\nC: TOP 1 0\nS: -ERR gone\nC: NOOP\nS: +OK\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gboolean is_cut;

  g_assert_null (pj_pop3_fetch (session, 1, 0, &is_cut, NULL, &error));
  g_assert_error (error, PJ_POP3_ERROR, PJ_POP3_ERROR_REFUSED);
  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
}

static void
test_cut_in_the_middle (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: TOP 1 0\nS: +OK\nS: A: b\nCUT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gboolean is_cut;

  g_assert_null (pj_pop3_fetch (session, 1, 0, &is_cut, NULL, &error));
  g_assert_error (error, PJ_NET_ERROR, PJ_NET_ERROR_NETWORK);
}

/* A hundred "lines" of a megabyte each: what is kept is bounded, and the
 * session goes on behind the answer. */
static void
test_more_than_wanted (void)
{
  g_autofree char *noise = g_strnfill (1000, 'x');
  g_autofree char *script = g_strdup_printf (
      "S: +OK\nC: TOP 1 5\nS: +OK\nS: A: b\nS:\nS:repeat 3000 %s\nS: .\nC: NOOP\nS: +OK\nSILENT\n",
      noise);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  gboolean is_cut = FALSE;
  g_autoptr (GBytes) bytes = pj_pop3_fetch (session, 1, 5, &is_cut, NULL, NULL);

  g_assert_true (is_cut);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 1000 * 1000);
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 1100 * 1000);
  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
}

typedef struct
{
  const char *name;
  guint max_body_lines;
  const char *sent; /* between +OK and the dot */
  const char *bytes;
  gboolean is_cut;
} Beginning;

static const Beginning beginnings[] = {
  { "some-lines", 2, "S: A: b\nS:\nS: 1\nS: 2\nS: 3\n", "A: b\r\n\r\n1\r\n2\r\n", TRUE },
  { "all-lines", 2, "S: A: b\nS:\nS: 1\nS: 2\n", "A: b\r\n\r\n1\r\n2\r\n", FALSE },
  { "header-alone", 0, "S: A: b\nS:\nS: 1\n", "A: b\r\n\r\n", TRUE },
  { "no-body", 0, "S: A: b\nS:\n", "A: b\r\n\r\n", FALSE },
  { "no-header-end", 0, "S: A: b\nS: C: d\n", "A: b\r\nC: d\r\n", FALSE },
  { "empty-lines-count", 2, "S: A: b\nS:\nS:\nS:\nS:\n", "A: b\r\n\r\n\r\n\r\n", TRUE },
  { "no-header-at-all", 1, "S:\nS: 1\nS: 2\n", "\r\n1\r\n", TRUE },
};

static void
test_by_retr (gconstpointer data)
{
  const Beginning *c = data;
  g_autofree char *script =
      g_strdup_printf ("S: +OK\nC: RETR 3\nS: +OK\n%sS: .\nC: NOOP\nS: +OK\nSILENT\n", c->sent);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gboolean is_cut = !c->is_cut;
  g_autoptr (GBytes) bytes =
      pj_pop3_fetch_by_retr (session, 3, c->max_body_lines, &is_cut, NULL, &error);

  g_assert_no_error (error);
  assert_bytes (bytes, c->bytes);
  g_assert_cmpint (is_cut, ==, c->is_cut);
  g_assert_true (pj_pop3_session_call (session, "NOOP", NULL, NULL, NULL));
}

/* A line that comes in pieces is one line, and its end no empty one. */
static void
test_by_retr_in_pieces (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: RETR 1\nS: +OK\nS:raw A: \n"
                                       "S:raw-repeat 100000 x\nS:\nS:\n"
                                       "S:raw-repeat 100000 y\nS:\nS: two\nS: .\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gboolean is_cut = FALSE;
  g_autoptr (GBytes) bytes = pj_pop3_fetch_by_retr (session, 1, 1, &is_cut, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3 + 100000 + 2 + 2 + 100000 + 2);
  g_assert_true (is_cut);
}

static void
on_progress (gsize octets, gpointer user_data)
{
  gsize *last = user_data;

  g_assert_cmpuint (octets, >=, *last + 64 * 1024);
  *last = octets;
}

static void
test_progress (void)
{
  g_autofree char *noise = g_strnfill (1000, 'x');
  g_autofree char *script =
      g_strdup_printf ("S: +OK\nC: RETR 1\nS: +OK\nS:repeat 300 %s\\r\\n\nS: .\nSILENT\n", noise);
  g_autoptr (Stage) stage = stage_new (script);
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  g_autoptr (GError) error = NULL;
  gsize last = 0;
  gboolean is_cut = TRUE;
  g_autoptr (GBytes) bytes =
      pj_pop3_fetch_whole (session, 1, &is_cut, on_progress, &last, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (is_cut);
  g_assert_cmpuint (last, >=, 4 * 64 * 1024);
  g_assert_cmpuint (last, <=, g_bytes_get_size (bytes));
}

static void
on_head (guint index, GBytes *bytes, gpointer user_data)
{
  GString *seen = user_data;
  gsize len = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &len) : "-";

  g_string_append_printf (seen, "%u:%.*s ", index, bytes != NULL ? (int) len - 2 : 1, data);
}

static void
test_heads (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: TOP 2 0\nS: +OK\nS: two\nS: .\n"
                                       "C: TOP 5 0\nS: -ERR expunged\n"
                                       "C: TOP 9 0\nS: +OK\nS: nine\nS: .\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  static const guint wanted[] = { 2, 5, 9 };
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_array_append_vals (numbers, wanted, G_N_ELEMENTS (wanted));
  g_assert_true (
      pj_pop3_fetch_heads (session, numbers, PJ_POP3_FETCH_BY_TOP, 9, on_head, seen, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "0:two 1:- 2:nine ");
}

/* Of what RETR sends, the bodies are thrown away. */
static void
test_heads_by_retr (void)
{
  g_autoptr (Stage) stage = stage_new ("S: +OK\nC: RETR 2\nS: +OK\nS: two\nS:\n"
                                       "S:repeat 5000 body\nS: .\n"
                                       "C: RETR 5\nS: -ERR expunged\nSILENT\n");
  g_autoptr (PjPop3Session) session = stage_greet (stage);
  static const guint wanted[] = { 2, 5 };
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_array_append_vals (numbers, wanted, G_N_ELEMENTS (wanted));
  g_assert_true (pj_pop3_fetch_heads (session, numbers, PJ_POP3_FETCH_BY_RETR, 9, on_head, seen,
                                      NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "0:two\r\n 1:- ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/fetch/top-undots", test_top);
  g_test_add_func ("/pop3/fetch/whole", test_whole);
  g_test_add_func ("/pop3/fetch/refused", test_refused);
  g_test_add_func ("/pop3/fetch/cut-in-the-middle", test_cut_in_the_middle);
  g_test_add_func ("/pop3/fetch/more-than-wanted", test_more_than_wanted);
  g_test_add_func ("/pop3/fetch/progress", test_progress);
  g_test_add_func ("/pop3/fetch/heads", test_heads);
  g_test_add_func ("/pop3/fetch/heads-by-retr", test_heads_by_retr);
  g_test_add_func ("/pop3/fetch/by-retr/line-in-pieces", test_by_retr_in_pieces);
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autofree char *path = g_strconcat ("/pop3/fetch/by-retr/", beginnings[i].name, NULL);

      g_test_add_data_func (path, &beginnings[i], test_by_retr);
    }
  return g_test_run ();
}
