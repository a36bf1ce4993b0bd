/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-session-private.h"

#include "demo-talk.h"

typedef struct
{
  const char *name;
  const char *before; /* (nullable): a command that is answered with +OK */
  const char *command;
  const char *reply; /* all of it, with LF line ends */
} Case;

static const Case cases[] = {
  { "stat", NULL, "STAT", "+OK 3 81\n" },
  { "stat-without-the-deleted", "DELE 1", "STAT", "+OK 2 42\n" },
  { "verb-in-any-case", NULL, "sTaT", "+OK 3 81\n" },
  { "noop", NULL, "NOOP", "+OK\n" },

  { "list", NULL, "LIST", "+OK\n1 39\n2 24\n3 18\n.\n" },
  { "list-with-a-blank-is-list", NULL, "LIST ", "+OK\n1 39\n2 24\n3 18\n.\n" },
  { "list-keeps-the-numbers", "DELE 2", "LIST", "+OK\n1 39\n3 18\n.\n" },
  { "list-one", NULL, "LIST 2", "+OK 2 24\n" },
  { "list-deleted", "DELE 2", "LIST 2", "-ERR That message is deleted\n" },
  { "list-none", NULL, "LIST 0", "-ERR There is no such message\n" },
  { "list-one-too-many", NULL, "LIST 4", "-ERR There is no such message\n" },
  { "list-negative", NULL, "LIST -1", "-ERR There is no such message\n" },
  { "list-signed", NULL, "LIST +1", "-ERR There is no such message\n" },
  { "list-over-32-bits", NULL, "LIST 4294967297", "-ERR There is no such message\n" },
  { "list-over-64-bits", NULL, "LIST 18446744073709551617", "-ERR There is no such message\n" },
  { "list-word", NULL, "LIST x", "-ERR There is no such message\n" },
  { "list-two", NULL, "LIST 1 2", "-ERR There is no such message\n" },

  { "uidl", NULL, "UIDL", "+OK\n1 uid-1\n2 uid-2\n3 uid-3\n.\n" },
  { "uidl-keeps-the-numbers", "DELE 1", "UIDL", "+OK\n2 uid-2\n3 uid-3\n.\n" },
  { "uidl-one", NULL, "UIDL 3", "+OK 3 uid-3\n" },
  { "uidl-deleted", "DELE 3", "UIDL 3", "-ERR That message is deleted\n" },
  { "uidl-one-too-many", NULL, "UIDL 4", "-ERR There is no such message\n" },

  { "top-head-alone", NULL, "TOP 1 0", "+OK\nSubject: one\n\n.\n" },
  { "top-stuffs-dots", NULL, "TOP 1 2", "+OK\nSubject: one\n\nfirst\n..dot\n.\n" },
  { "top-more-than-there-is", NULL, "TOP 1 9223372036854775807",
    "+OK\nSubject: one\n\nfirst\n..dot\n...\nlast\n.\n" },
  { "top-without-a-body", NULL, "TOP 3 5", "+OK\nSubject: three\n\n.\n" },
  { "top-deleted", "DELE 1", "TOP 1 0", "-ERR That message is deleted\n" },
  { "top-one-too-many", NULL, "TOP 4 0", "-ERR There is no such message\n" },
  { "top-without-lines", NULL, "TOP 1", "-ERR TOP takes a message and a number of lines\n" },
  { "top-alone", NULL, "TOP", "-ERR TOP takes a message and a number of lines\n" },
  { "top-negative-lines", NULL, "TOP 1 -1", "-ERR TOP takes a message and a number of lines\n" },
  { "top-word-for-lines", NULL, "TOP 1 x", "-ERR TOP takes a message and a number of lines\n" },
  { "top-three-numbers", NULL, "TOP 1 0 0", "-ERR TOP takes a message and a number of lines\n" },

  { "retr-stuffs-dots", NULL, "RETR 1",
    "+OK 39 octets\nSubject: one\n\nfirst\n..dot\n...\nlast\n.\n" },
  { "retr-deleted", "DELE 1", "RETR 1", "-ERR That message is deleted\n" },
  { "retr-alone", NULL, "RETR", "-ERR There is no such message\n" },
  { "retr-none", NULL, "RETR 0", "-ERR There is no such message\n" },

  { "dele", NULL, "DELE 2", "+OK Message 2 will be deleted\n" },
  { "dele-twice", "DELE 2", "DELE 2", "-ERR That message is deleted\n" },
  { "dele-alone", NULL, "DELE", "-ERR There is no such message\n" },
  { "dele-one-too-many", NULL, "DELE 4", "-ERR There is no such message\n" },

  { "rset", NULL, "RSET", "+OK Nothing will be deleted\n" },
};

/* Returns: all lines of the reply to @command, as they came, with LF ends */
static char *
ask_raw (Client *client, const char *command)
{
  GString *reply = g_string_new (NULL);

  client_send (client, command);
  /* Its answer ends the reply to @command, however many lines that has. */
  client_send (client, "NONE");
  for (;;)
    {
      g_autofree char *line = client_read_line (client);

      g_assert_nonnull (line);
      if (strcmp (line, "-ERR Unknown command") == 0)
        return g_string_free (reply, FALSE);
      g_string_append (reply, line);
      g_string_append_c (reply, '\n');
    }
}

static void
test_reply (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Talk) talk = talk_new (NULL);
  g_autoptr (Client) client = talk_log_in (talk);
  g_autofree char *reply = NULL;

  if (c->before != NULL)
    client_ask (client, c->before, "+OK");
  reply = ask_raw (client, c->command);
  g_assert_cmpstr (reply, ==, c->reply);
}

static void
test_find_command (void)
{
  static const char *const known[] = { "STAT", "LIST", "UIDL", "TOP",  "RETR",
                                       "DELE", "NOOP", "RSET", "stat", "Top" };
  static const char *const unknown[] = {
    "", "STATS", "STA", "USER", "PASS", "AUTH", "CAPA", "QUIT"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_nonnull (pj_demo_transaction_find_command (known[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (pj_demo_transaction_find_command (unknown[i]));
}

static void
test_rset (void)
{
  g_autoptr (Talk) talk = talk_new (NULL);
  g_autoptr (Client) client = talk_log_in (talk);

  client_ask (client, "DELE 1", "+OK");
  client_ask (client, "DELE 3", "+OK");
  client_ask (client, "STAT", "+OK 1 24");
  client_ask (client, "RSET", "+OK");
  client_ask (client, "STAT", "+OK 3 81");
  client_ask (client, "DELE 3", "+OK");
}

/* A mail that comes meanwhile has no number in this session. */
static void
test_arrival (void)
{
  g_autoptr (Talk) talk = talk_new (NULL);
  g_autoptr (Client) client = talk_log_in (talk);

  pj_demo_maildrop_add (talk->maildrops->pdata[0], pj_demo_mail_new ("uid-4", "A: b\n\n", 6, 0));
  client_ask (client, "STAT", "+OK 3 81");
  client_ask (client, "RETR 4", "-ERR");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/demo/transaction/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_reply);
    }
  g_test_add_func ("/demo/transaction/finds-its-commands-and-no-others", test_find_command);
  g_test_add_func ("/demo/transaction/rset-takes-every-dele-back", test_rset);
  g_test_add_func ("/demo/transaction/arrivals-are-for-the-next-session", test_arrival);
  return g_test_run ();
}
