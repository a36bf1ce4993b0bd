/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-reply.h"

#include "base/pj-text.h"

#include <string.h>

#include "pop3/pj-pop3-error.h"

#define GOOD -1

typedef struct
{
  const char *name;
  const char *line;
  int error;        /* GOOD: success */
  const char *text; /* what follows +OK, or the message */
} Case;

static const Case cases[] = {
  { "ok", "+OK 2 messages", GOOD, "2 messages" },
  { "ok-bare", "+OK", GOOD, "" },
  { "ok-lower-case", "+ok hello", GOOD, "hello" },
  { "ok-tab", "+OK\thello", GOOD, "hello" },
  { "joke-after-ok", "+OK POP3 clients that break here, they violate STD53.", GOOD,
    "POP3 clients that break here, they violate STD53." },
  { "refused", "-ERR no such message", PJ_POP3_ERROR_REFUSED, "The server says: no such message" },
  { "refused-bare", "-ERR", PJ_POP3_ERROR_REFUSED, "The server says: -ERR" },
  { "auth", "-ERR [AUTH] wrong password", PJ_POP3_ERROR_AUTH,
    "The server does not accept this login. The server says: [AUTH] wrong password" },
  { "auth-behind-two-blanks", "-ERR  [AUTH] no", PJ_POP3_ERROR_AUTH,
    "The server does not accept this login. The server says: [AUTH] no" },
  { "code-in-the-middle-is-none", "-ERR I know [AUTH]", PJ_POP3_ERROR_REFUSED,
    "The server says: I know [AUTH]" },
  { "unknown-code", "-ERR [X-FULL] no", PJ_POP3_ERROR_REFUSED, "The server says: [X-FULL] no" },
  { "in-use-means-busy", "-ERR [in-use] locked", PJ_POP3_ERROR_BUSY,
    "Another program has the mailbox open. The server says: [in-use] locked" },
  { "login-delay-means-busy", "-ERR [LOGIN-DELAY] 1 minute", PJ_POP3_ERROR_BUSY,
    "The server wants more time between two logins. The server says: [LOGIN-DELAY] 1 minute" },
  { "sys-temp-means-busy", "-ERR [SYS/TEMP] later", PJ_POP3_ERROR_BUSY,
    "The server is out of order for a while. The server says: [SYS/TEMP] later" },
  { "sys-perm-means-closed", "-ERR [SYS/PERM] closed", PJ_POP3_ERROR_CLOSED,
    "The server is out of order until somebody mends it. The server says: [SYS/PERM] closed" },
  { "escape-is-shown-inert", "-ERR \033[2Jboo", PJ_POP3_ERROR_REFUSED,
    "The server says: \357\277\275[2Jboo" },
  { "not-utf8", "-ERR caf\xe9", PJ_POP3_ERROR_REFUSED, "The server says: caf\357\277\275" },
  { "web-server", "HTTP/1.1 400 Bad Request", PJ_POP3_ERROR_PROTOCOL, NULL },
  { "empty", "", PJ_POP3_ERROR_PROTOCOL, NULL },
  { "ok-glued", "+OKAY", PJ_POP3_ERROR_PROTOCOL, NULL },
  { "imap-server", "* OK IMAP4rev1 ready", PJ_POP3_ERROR_PROTOCOL, NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  gboolean is_good = pj_pop3_reply_check (c->line, strlen (c->line), &text, &error);

  if (c->error == GOOD)
    {
      g_assert_no_error (error);
      g_assert_true (is_good);
      g_assert_cmpstr (text, ==, c->text);
      return;
    }

  g_assert_false (is_good);
  g_assert_error (error, PJ_POP3_ERROR, c->error);
  if (c->text != NULL)
    g_assert_cmpstr (error->message, ==, c->text);
}

static void
test_long_text_is_cut (void)
{
  g_autofree char *noise = g_strnfill (5000, 'x');
  g_autofree char *line = g_strconcat ("-ERR ", noise, NULL);
  g_autoptr (GError) error = NULL;
  const char *said;

  g_assert_false (pj_pop3_reply_check (line, strlen (line), NULL, &error));
  said = strstr (error->message, "The server says: x");
  g_assert_nonnull (said);
  g_assert_cmpint (g_utf8_strlen (said + strlen ("The server says: "), -1), ==,
                   PJ_TEXT_MAX_SERVER_CHARS + 1);
}

static void
test_says_later (void)
{
  static const struct
  {
    const char *text;
    gboolean is_later;
  } texts[] = {
    { "Unable to lock maildrop", TRUE },
    { "Mailbox is BUSY", TRUE },
    { "login allowed only every 15 minutes", TRUE },
    { "cannot access mailbox", TRUE },
    { "too many connections", TRUE },
    { "cannot access mailbox", TRUE },
    { "mailbox access denied", FALSE },
    { "Authentication failed", FALSE },
    { "invalid user", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (pj_pop3_reply_says_later (texts[i].text), ==, texts[i].is_later);
}

static void
test_blames_user (void)
{
  static const struct
  {
    const char *text;
    gboolean blames_user;
  } texts[] = {
    { "Authentication failed", TRUE },
    { "Bad Login", TRUE },
    { "no such USER here", TRUE },
    { "Permission denied", TRUE },
    { "Unsupported authentication mechanism", FALSE },
    { "Unknown command: AUTH", FALSE },
    { "Login by this method is not implemented", FALSE },
    { "The server says: -ERR", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (pj_pop3_reply_blames_user (texts[i].text), ==, texts[i].blames_user);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pop3/reply/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/pop3/reply/long-text-is-cut", test_long_text_is_cut);
  g_test_add_func ("/pop3/reply/says-later", test_says_later);
  g_test_add_func ("/pop3/reply/blames-user", test_blames_user);

  return g_test_run ();
}
