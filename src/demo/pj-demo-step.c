/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-step.h"

#include <string.h>

#include "base/pj-text.h"

#define MAX_SHOWN_CHARS 120

/**
 * PjDemoStep:
 *
 * One line of a script that takes part in the conversation. Immutable once
 * the script is read. Any thread.
 */

/* The verbs of RFC 1939, 2449, 2595, 5034 and 6856, and what of such a line
 * may stand in an error. */
static const struct
{
  const char *verb;
  enum
  {
    SHOW_ALL,
    SHOW_MECHANISM,
    SHOW_VERB
  } shown;
} verbs[] = {
  { "APOP", SHOW_VERB }, { "AUTH", SHOW_MECHANISM }, { "CAPA", SHOW_ALL }, { "DELE", SHOW_ALL },
  { "LANG", SHOW_ALL },  { "LIST", SHOW_ALL },       { "NOOP", SHOW_ALL }, { "PASS", SHOW_VERB },
  { "QUIT", SHOW_ALL },  { "RETR", SHOW_ALL },       { "RSET", SHOW_ALL }, { "STAT", SHOW_ALL },
  { "STLS", SHOW_ALL },  { "TOP", SHOW_ALL },        { "UIDL", SHOW_ALL }, { "USER", SHOW_ALL },
  { "UTF8", SHOW_ALL },
};

/* Returns: the index of the verb that @line begins with, or -1. */
static int
find_verb (const char *line, gsize *verb_len)
{
  *verb_len = strcspn (line, " ");

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (strlen (verbs[i].verb) == *verb_len &&
          g_ascii_strncasecmp (line, verbs[i].verb, *verb_len) == 0)
        return (int) i;
    }

  return -1;
}

/**
 * pj_demo_step_free:
 * @self: (transfer full): a step
 */
void
pj_demo_step_free (PjDemoStep *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->text);
  g_free (self);
}

/**
 * pj_demo_step_matches:
 * @self: a step of the kind %PJ_DEMO_STEP_EXPECT or %PJ_DEMO_STEP_MAY_EXPECT
 * @line: what the client sent, without its line end
 *
 * The case of a verb does not matter, everything else does. A `*` that
 * stands alone at the end of the step's text is any rest, also an empty one.
 *
 * Returns: whether @line is what the script wants
 */
gboolean
pj_demo_step_matches (const PjDemoStep *self, const char *line)
{
  const char *text;
  gsize len;
  gsize verb_len = 0;
  gboolean any_rest;

  g_return_val_if_fail (self != NULL && self->text != NULL, FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  text = self->text;
  len = strlen (text);
  any_rest = strcmp (text, "*") == 0 || g_str_has_suffix (text, " *");
  if (any_rest)
    len--;

  if (find_verb (text, &verb_len) < 0)
    verb_len = 0;
  if (g_ascii_strncasecmp (text, line, verb_len) != 0 ||
      strncmp (text + verb_len, line + verb_len, len - verb_len) != 0)
    return FALSE;

  return any_rest || line[len] == '\0';
}

/**
 * pj_demo_step_ends_connection:
 * @self: a step
 *
 * Returns: whether nothing can follow it on the same connection
 */
gboolean
pj_demo_step_ends_connection (const PjDemoStep *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind >= PJ_DEMO_STEP_TLS_REFUSED;
}

/**
 * pj_demo_step_dup_shown_line:
 * @line: what a client sent or should have sent, without its line end
 *
 * Tells a line to the reader of an error without the secret that may be in
 * it: what follows PASS or APOP, the response of AUTH, and every line that is
 * no command, because that may be a response as well.
 *
 * Returns: (transfer full): what may be shown, one line of UTF-8
 */
char *
pj_demo_step_dup_shown_line (const char *line)
{
  gsize verb_len;
  gsize shown_len;
  int verb;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  verb = find_verb (line, &verb_len);
  if (verb < 0)
    return g_strdup_printf ("a line of %" G_GSIZE_FORMAT " bytes", strlen (line));

  shown_len = verb_len;
  if (verbs[verb].shown == SHOW_ALL)
    shown_len = strlen (line);
  else if (verbs[verb].shown == SHOW_MECHANISM && line[verb_len] == ' ')
    shown_len += 1 + strcspn (line + verb_len + 1, " ");

  shown = pj_text_clean_line (line, (gssize) shown_len, MAX_SHOWN_CHARS);
  return g_strconcat ("\"", shown, line[shown_len] == '\0' ? "\"" : " ***\"", NULL);
}
