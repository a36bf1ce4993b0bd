/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-reply.h"

#include <string.h>

#include "base/pj-text.h"
#include "pop3/pj-pop3-error.h"

typedef struct
{
  const char *code; /* as sent, brackets included */
  PjPop3Error error;
  const char *meaning;
} ResponseCode;

/* RFC 2449 section 8 and RFC 3206. */
static const ResponseCode response_codes[] = {
  { "[AUTH]", PJ_POP3_ERROR_AUTH, "The server does not accept this login" },
  { "[IN-USE]", PJ_POP3_ERROR_BUSY, "Another program has the mailbox open" },
  { "[LOGIN-DELAY]", PJ_POP3_ERROR_BUSY, "The server wants more time between two logins" },
  { "[SYS/TEMP]", PJ_POP3_ERROR_BUSY, "The server is out of order for a while" },
  { "[SYS/PERM]", PJ_POP3_ERROR_CLOSED, "The server is out of order until somebody mends it" },
};

static const ResponseCode no_code = { "", PJ_POP3_ERROR_REFUSED, NULL };

/* Words by which servers without response codes say that a mailbox is in
 * use or that they are asked too often. The first is mpopd's (1.4). */
static const char *const later_words[] = {
  "cannot access mailbox",
  "lock",
  "busy",
  "in use",
  "wait",
  "too many",
  "too often",
  "try again",
  "temporar",
  "minutes",
};

/* Words of a refusal that is about the command, not about who sent it. */
static const char *const command_words[] = {
  "command", "mechanism", "support", "implement", "syntax", "recogni",
};

/* Words of one that is about who sent it. */
static const char *const login_words[] = {
  "password", "passwd",  "pass phrase", "login",  "logon",          "user",
  "account",  "mailbox", "credential",  "denied", "authentication", "authoriz",
};

static const ResponseCode *
find_code (const char *text)
{
  while (*text == ' ')
    text++;

  for (gsize i = 0; i < G_N_ELEMENTS (response_codes); i++)
    {
      if (g_ascii_strncasecmp (text, response_codes[i].code, strlen (response_codes[i].code)) == 0)
        return &response_codes[i];
    }

  return &no_code;
}

static gboolean
has_word (const char *text, const char *const *words, gsize n_words)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  for (gsize i = 0; i < n_words; i++)
    {
      if (strstr (lower, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static const char *
skip_status (const char *line, const char *status)
{
  gsize len = strlen (status);

  if (g_ascii_strncasecmp (line, status, len) != 0)
    return NULL;

  if (line[len] != '\0' && line[len] != ' ' && line[len] != '\t')
    return NULL;

  return line[len] != '\0' ? line + len + 1 : line + len;
}

/**
 * pj_pop3_reply_check:
 * @line: a reply line without its line end, with a NUL behind its last byte
 * @len: bytes in @line
 * @text: (out) (optional) (transfer none): what follows the status word,
 *   pointing into @line; set only on success
 * @error: return location for a #PjPop3Error: %PJ_POP3_ERROR_PROTOCOL for
 *   what is no reply, the others for the kinds of -ERR with the server's
 *   words, cleaned
 *
 * Sorts the first line of a reply into success and the kinds of failure.
 *
 * Reference: RFC 1939 section 3 (status indicators), RFC 2449 section 8.
 *
 * Returns: %TRUE for "+OK"; otherwise %FALSE with @error set
 */
gboolean
pj_pop3_reply_check (const char *line, gsize len, const char **text, GError **error)
{
  const char *rest;

  g_return_val_if_fail (line != NULL && line[len] == '\0', FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if ((rest = skip_status (line, "+OK")) != NULL)
    {
      if (text != NULL)
        *text = rest;
      return TRUE;
    }

  if ((rest = skip_status (line, "-ERR")) != NULL)
    {
      g_autofree char *said =
          pj_text_clean_line (rest, (gssize) (line + len - rest), PJ_TEXT_MAX_SERVER_CHARS);
      const ResponseCode *code = find_code (rest);

      g_set_error (error, PJ_POP3_ERROR, (gint) code->error, "%s%sThe server says: %s",
                   code->meaning != NULL ? code->meaning : "", code->meaning != NULL ? ". " : "",
                   *said != '\0' ? said : "-ERR");
      return FALSE;
    }

  g_set_error_literal (error, PJ_POP3_ERROR, PJ_POP3_ERROR_PROTOCOL,
                       "The server's answer is neither +OK nor -ERR: is it a POP3 server?");
  return FALSE;
}

/**
 * pj_pop3_reply_says_later:
 * @text: what a server without response codes said when it refused
 *
 * Returns: whether it sounds like "not yet" rather than "never"
 */
gboolean
pj_pop3_reply_says_later (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return has_word (text, later_words, G_N_ELEMENTS (later_words));
}

/**
 * pj_pop3_reply_blames_user:
 * @text: what a server without response codes said when it refused a login
 *
 * Tells a wrong user name or password from a way to log in that the server
 * offers and does not know ("-ERR unknown command").
 *
 * Returns: whether it is about the user name or the password
 */
gboolean
pj_pop3_reply_blames_user (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return !has_word (text, command_words, G_N_ELEMENTS (command_words)) &&
         has_word (text, login_words, G_N_ELEMENTS (login_words));
}
