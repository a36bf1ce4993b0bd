/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "check/pj-check-problem.h"
#include "check/pj-check.h"
#include "check/pj-message-delete.h"
#include "check/pj-message-fetch.h"
#include "demo/pj-script-server.h"

/*
 * Runs what a script commands against the server that plays it, and compares
 * what came of it with the script's EXPECT words: "new=2" for a figure,
 * "auth" for the code of an error, "UID=deleted" for a receipt.
 */

/* A script that falls silent shall not hold the test up for a minute. */
static const PjNetLimits limits = {
  .connect_ms = 10 * 1000,
  .handshake_ms = 10 * 1000,
  .login_ms = 10 * 1000,
  .idle_ms = 1500,
  .total_ms = 30 * 1000,
};

static PjMailbox *
make_mailbox (PjDemoScript *script, PjScriptServer *server)
{
  PjMailbox *mailbox = pj_mailbox_new ("127.0.0.1", pj_script_server_get_port (server),
                                       pj_demo_script_get_security (script));

  mailbox->account_id = g_strdup ("account");
  mailbox->tls->ca_file = g_strdup (pj_script_server_get_ca_file (server));
  mailbox->user = g_strdup ("ann");
  mailbox->secret = pj_secret_new ("correct horse");
  mailbox->limits = limits;

  return mailbox;
}

static void
note_figure (GHashTable *outcome, const char *name, guint64 figure)
{
  g_hash_table_insert (outcome, g_strdup (name), g_strdup_printf ("%" G_GUINT64_FORMAT, figure));
}

static void
run_check (PjMailbox *mailbox, char **words, GHashTable *outcome, GError **error)
{
  g_autoptr (PjCheckRequest) request = g_new0 (PjCheckRequest, 1);
  g_autoptr (PjCheckResult) result = NULL;

  request->mailbox = mailbox;
  request->known_uids = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 1; words[i] != NULL; i++)
    g_hash_table_add (request->known_uids, words[i]);

  result = pj_check_run (request, NULL, NULL, error);
  if (result == NULL)
    return;

  note_figure (outcome, "messages", result->messages);
  note_figure (outcome, "octets", result->octets);
  note_figure (outcome, "new", result->fresh->len);
  note_figure (outcome, "uids", result->uids->len);
  for (guint i = 0; i < result->fresh->len; i++)
    {
      PjMessage *message = g_ptr_array_index (result->fresh, i);

      g_hash_table_insert (outcome, g_strdup_printf ("from%u", i + 1),
                           g_strdup (pj_message_get_from_address (message)));
    }
}

static void
run_show (PjMailbox *mailbox, char **words, GHashTable *outcome, GError **error)
{
  PjMessageFetchRequest *request = g_new0 (PjMessageFetchRequest, 1);
  g_autoptr (PjFetchedMessage) message = NULL;

  g_assert_nonnull (words[1]);
  request->mailbox = mailbox;
  request->uid = g_strdup (words[1]);
  request->max_lines = words[2] != NULL ? (guint) g_ascii_strtoull (words[2], NULL, 10) : G_MAXUINT;
  message = pj_message_fetch_run (request, NULL, error);
  pj_message_fetch_request_free (request);
  if (message == NULL)
    return;

  note_figure (outcome, "source", g_bytes_get_size (message->source));
  note_figure (outcome, "cut", message->text->is_cut ? 1 : 0);
}

static void
run_delete (PjMailbox *mailbox, char **words, GHashTable *outcome, GError **error)
{
  PjMessageDeleteRequest *request = g_new0 (PjMessageDeleteRequest, 1);
  g_autoptr (GPtrArray) receipts = NULL;

  request->mailbox = mailbox;
  request->uids = g_strdupv (words + 1);
  receipts = pj_message_delete_run (request, NULL, error);
  pj_message_delete_request_free (request);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      PjDeleteReceipt *receipt = g_ptr_array_index (receipts, i);

      g_hash_table_insert (outcome, g_strdup (receipt->uid),
                           g_strdup (pj_delete_outcome_to_string (receipt->outcome)));
    }
}

static void
run_command (const char *command, PjMailbox *mailbox, GHashTable *outcome, GError **error)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);

  if (g_str_equal (words[0], "check"))
    run_check (mailbox, words, outcome, error);
  else if (g_str_equal (words[0], "show"))
    run_show (mailbox, words, outcome, error);
  else if (g_str_equal (words[0], "delete"))
    run_delete (mailbox, words, outcome, error);
  else
    g_error ("The script commands “%s”, which this test does not know", command);
}

static void
compare (const char *const *expectations, GHashTable *outcome, const GError *error)
{
  for (gsize i = 0; expectations[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (expectations[i], " ", -1);

      for (gsize w = 0; words[w] != NULL; w++)
        {
          char *sign = strchr (words[w], '=');

          if (sign == NULL)
            {
              g_assert_nonnull (error);
              g_assert_cmpstr (pj_problem_code_to_string ((PjProblemCode) error->code), ==,
                               words[w]);
              continue;
            }

          *sign = '\0';
          g_assert_no_error (error);
          g_assert_cmpstr (g_hash_table_lookup (outcome, words[w]), ==, sign + 1);
        }
    }
}

static void
play_connection (PjDemoScript *script, PjScriptServer *server, guint connection)
{
  g_autoptr (GHashTable) outcome = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  const char *const *expectations = pj_demo_script_get_expectations (script, connection);

  g_assert_nonnull (expectations[0]);
  run_command (pj_demo_script_get_command (script, connection), make_mailbox (script, server),
               outcome, &error);
  if (error != NULL)
    {
      error = pj_check_problem_translate (g_steal_pointer (&error));
      /* Whatever the server echoes, the password is in no message. */
      g_assert_null (strstr (error->message, "correct horse"));
      g_test_message ("%s", error->message);
    }
  compare (expectations, outcome, error);
}

static void
test_script (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_load (data, &error);
  g_autoptr (PjScriptServer) server = NULL;
  g_autofree char *dir = g_dir_make_tmp ("pj-sessions-XXXXXX", NULL);
  g_autofree char *ca_file = NULL;

  g_assert_no_error (error);
  server = pj_script_server_new (script, dir, &error);
  g_assert_no_error (error);
  ca_file = g_strdup (pj_script_server_get_ca_file (server));

  for (guint i = 0; i < pj_demo_script_get_n_connections (script); i++)
    play_connection (script, server, i);
  pj_script_server_finish (server, NULL, &error);
  g_assert_no_error (error);

  if (ca_file != NULL)
    g_remove (ca_file);
  g_rmdir (dir);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "sessions", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;

      path = g_strdup_printf ("/sessions/%.*s", (int) (strlen (name) - strlen (".txt")), name);
      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_script, g_free);
    }

  return g_test_run ();
}
