/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pop3/pj-pop3-capabilities.h"

#include <string.h>

#include "base/pj-text.h"

/* The most talkative server known lists 16, another one puts a blank line
 * between each two. Lines that tell nothing count as well, or a list of them
 * would have no end. */
#define MAX_LINES 200

/* A server that wants more has mistyped it. */
#define MAX_LOGIN_DELAY_S (24 * 60 * 60)

/* Shown to people; the longest list known (Cyrus) has about 200. */
#define MAX_SHOWN_CHARS 1000

/**
 * PjPop3Capabilities:
 *
 * What a server has said that it can do (RFC 2449 section 5). Names compare
 * without regard to case; unknown and malformed lines are kept and do no
 * harm. An empty one also stands for a server that does not know CAPA.
 */
struct _PjPop3Capabilities
{
  GPtrArray *lines; /* of char ** : name, then arguments */
  guint n_told;     /* lines, those that tell nothing included */
};

/**
 * pj_pop3_capabilities_new: (skip)
 *
 * Returns: (transfer full): an empty one
 */
PjPop3Capabilities *
pj_pop3_capabilities_new (void)
{
  PjPop3Capabilities *self = g_new0 (PjPop3Capabilities, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  return self;
}

/**
 * pj_pop3_capabilities_copy: (skip)
 * @self: capabilities
 *
 * Returns: (transfer full): the same
 */
PjPop3Capabilities *
pj_pop3_capabilities_copy (const PjPop3Capabilities *self)
{
  PjPop3Capabilities *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = pj_pop3_capabilities_new ();
  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (copy->lines, g_strdupv (g_ptr_array_index (self->lines, i)));

  return copy;
}

/**
 * pj_pop3_capabilities_free: (skip)
 * @self: (transfer full) (nullable): capabilities
 */
void
pj_pop3_capabilities_free (PjPop3Capabilities *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

/**
 * pj_pop3_capabilities_add_line:
 * @self: capabilities
 * @line: one line of the answer to CAPA
 *
 * Returns: %FALSE when there are more lines than any server has reason for
 */
gboolean
pj_pop3_capabilities_add_line (PjPop3Capabilities *self, const char *line)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  if (self->n_told >= MAX_LINES)
    return FALSE;
  self->n_told++;

  if (!g_utf8_validate (line, -1, NULL))
    return TRUE;

  builder = g_strv_builder_new ();
  words = g_strsplit_set (line, " \t", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] != '\0')
        g_strv_builder_add (builder, words[i]);
    }
  g_strfreev (words);
  words = g_strv_builder_end (builder);
  if (words[0] != NULL)
    g_ptr_array_add (self->lines, g_steal_pointer (&words));

  return TRUE;
}

/**
 * pj_pop3_capabilities_is_empty:
 * @self: capabilities
 *
 * Returns: whether the server told none
 */
gboolean
pj_pop3_capabilities_is_empty (const PjPop3Capabilities *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->lines->len == 0;
}

static char **
find (const PjPop3Capabilities *self, const char *name)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      char **words = g_ptr_array_index (self->lines, i);

      if (g_ascii_strcasecmp (words[0], name) == 0)
        return words;
    }

  return NULL;
}

/**
 * pj_pop3_capabilities_has:
 * @self: capabilities
 * @name: such as "TOP", "UIDL", "STLS" or "PIPELINING"
 *
 * Returns: whether the server told @name
 */
gboolean
pj_pop3_capabilities_has (const PjPop3Capabilities *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  return find (self, name) != NULL;
}

/**
 * pj_pop3_capabilities_has_sasl:
 * @self: capabilities
 * @mechanism: such as "PLAIN"; compared whole, so "PLAIN" is not in "PLAIN-X"
 *
 * Returns: whether the server told that login mechanism (RFC 5034 section 6)
 */
gboolean
pj_pop3_capabilities_has_sasl (const PjPop3Capabilities *self, const char *mechanism)
{
  char **words;

  g_return_val_if_fail (self != NULL && mechanism != NULL, FALSE);

  words = find (self, "SASL");
  for (gsize i = 1; words != NULL && words[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (words[i], mechanism) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * pj_pop3_capabilities_expire_at_once:
 * @self: capabilities
 *
 * Reference: RFC 2449 section 6.7 (EXPIRE 0).
 *
 * Returns: whether the server may delete a message once RETR has read it
 */
gboolean
pj_pop3_capabilities_expire_at_once (const PjPop3Capabilities *self)
{
  char **words;

  g_return_val_if_fail (self != NULL, FALSE);

  words = find (self, "EXPIRE");
  return words != NULL && g_strcmp0 (words[1], "0") == 0;
}

/**
 * pj_pop3_capabilities_get_login_delay_s:
 * @self: capabilities
 *
 * Reference: RFC 2449 section 6.5. Told before the login it may have "USER"
 * behind it: then it is the least of all users' delays.
 *
 * Returns: seconds that the server wants between two logins, at most a day; 0
 *   when it does not say
 */
guint
pj_pop3_capabilities_get_login_delay_s (const PjPop3Capabilities *self)
{
  guint64 delay_s = 0;
  char **words;

  g_return_val_if_fail (self != NULL, 0);

  words = find (self, "LOGIN-DELAY");
  if (words == NULL || words[1] == NULL ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXUINT64, &delay_s, NULL))
    return 0;

  return (guint) MIN (delay_s, MAX_LOGIN_DELAY_S);
}

/**
 * pj_pop3_capabilities_to_string:
 * @self: capabilities
 *
 * Returns: (transfer full): all of them, comma-separated, cleaned and cut to one
 *   line; for people
 */
char *
pj_pop3_capabilities_to_string (const PjPop3Capabilities *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      g_autofree char *line = g_strjoinv (" ", g_ptr_array_index (self->lines, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", line);
    }

  return pj_text_clean_line (text->str, (gssize) text->len, MAX_SHOWN_CHARS);
}
