/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-url.h"

#include <string.h>

#include "mail/pj-mail-host.h"

typedef struct
{
  GString *text;   /* (owned) without what browsers leave out */
  gsize first_gap; /* where in it something was left out; G_MAXSIZE for nowhere */
} Stripped;

/* As browsers do: blanks and controls go at both ends, tabs and line ends anywhere. */
static Stripped
strip (const char *text)
{
  Stripped stripped = { g_string_new (NULL), G_MAXSIZE };
  gsize len;

  while (*text != '\0' && (guchar) *text <= ' ')
    text++;
  len = strlen (text);
  while (len > 0 && (guchar) text[len - 1] <= ' ')
    len--;

  for (gsize i = 0; i < len; i++)
    {
      if (text[i] != '\t' && text[i] != '\n' && text[i] != '\r')
        g_string_append_c (stripped.text, text[i]);
      else
        stripped.first_gap = MIN (stripped.first_gap, stripped.text->len);
    }

  return stripped;
}

static gsize
count_slashes (const char *text)
{
  return strspn (text, "/\\");
}

/* Finds the scheme; what follows it is not its business.
 * Returns: (nullable): "http" or "https" */
static const char *
find_scheme (const char *text, const char **rest)
{
  static const char *const schemes[] = { "https", "http" };

  /* Without a page around it, the scheme that is missing is the safer one. */
  *rest = text;
  if (count_slashes (text) >= 2)
    return schemes[0];

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize len = strlen (schemes[i]);

      if (g_ascii_strncasecmp (text, schemes[i], len) == 0 && text[len] == ':')
        {
          *rest = text + len + 1;
          return schemes[i];
        }
    }

  return NULL;
}

/* Takes what stands behind a host's last colon.
 * Returns: whether it is a port; 0 in @port for that of the scheme */
static gboolean
take_port (char *host, const char *scheme, guint *port)
{
  char *colon = strrchr (host, ':');
  char *bracket = strrchr (host, ']');
  guint64 number = 0;

  *port = 0;
  if (colon == NULL || (bracket != NULL && colon < bracket))
    return TRUE;

  *colon = '\0';
  if (colon[1] != '\0' &&
      !g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, &number, NULL))
    return FALSE;
  if (number != (g_str_equal (scheme, "https") ? 443 : 80))
    *port = (guint) number;

  return TRUE;
}

/* Takes the host out of "user:password@host".
 * Returns: the host */
static char *
skip_user_info (char *authority, PjMailLinkDoubts *doubts)
{
  char *at = strrchr (authority, '@');

  if (at == NULL)
    return authority;

  if (at > authority)
    *doubts |= PJ_MAIL_LINK_USER_INFO;

  return at + 1;
}

static void
append_byte (GString *target, char c)
{
  if ((guchar) c <= ' ' || (guchar) c >= 0x7F || strchr ("\"<>\\^`{|}", c) != NULL)
    g_string_append_printf (target, "%%%02X", (guchar) c);
  else
    g_string_append_c (target, c);
}

/* Path, query and fragment: what browsers escape is escaped, and "\" of a path is "/". */
static void
append_rest (GString *target, const char *rest)
{
  gsize path_len = strcspn (rest, "?#");

  if (path_len == 0)
    g_string_append_c (target, '/');
  for (gsize i = 0; rest[i] != '\0'; i++)
    {
      if (i < path_len && rest[i] == '\\')
        g_string_append_c (target, '/');
      else
        append_byte (target, rest[i]);
    }
}

static char *
write_target (const char *scheme, const char *host, guint port, const char *rest)
{
  GString *target = g_string_new (NULL);

  g_string_append_printf (target, "%s://%s", scheme, host);
  if (port != 0)
    g_string_append_printf (target, ":%u", port);
  append_rest (target, rest);

  return g_string_free (target, FALSE);
}

static PjMailUrl *
read_stripped (const Stripped *stripped)
{
  const char *rest;
  const char *scheme = find_scheme (stripped->text->str, &rest);
  PjMailLinkDoubts doubts = PJ_MAIL_LINK_SOUND;
  g_autofree char *authority = NULL;
  g_autofree char *host = NULL;
  char *written;
  PjMailUrl *self;
  gsize n_slashes;
  gsize len;
  guint port;

  if (scheme == NULL)
    return NULL;

  n_slashes = count_slashes (rest);
  if (n_slashes != 2 || strncmp (rest, "//", 2) != 0)
    doubts |= PJ_MAIL_LINK_OBSCURED;
  rest += n_slashes;

  len = strcspn (rest, "/\\?#");
  if (stripped->first_gap < (gsize) (rest - stripped->text->str) + len)
    doubts |= PJ_MAIL_LINK_OBSCURED;
  authority = g_strndup (rest, len);
  written = skip_user_info (authority, &doubts);
  if (!take_port (written, scheme, &port))
    return NULL;
  host = pj_mail_host_read (written, &doubts);
  if (host == NULL)
    return NULL;

  self = g_new0 (PjMailUrl, 1);
  self->target = write_target (scheme, host, port, rest + len);
  self->host = g_steal_pointer (&host);
  self->doubts = doubts;

  return self;
}

/**
 * pj_mail_url_read:
 * @text: the target of a link
 *
 * Reads the address of a web page with the leniency of browsers, so that what is
 * shown is where they would go: blanks around it, tabs and line ends within,
 * backslashes, too few or too many slashes. "//host" counts as https. User and
 * password are left out of the result: they are there to mislead. Linear. Any
 * thread.
 *
 * Reference: WHATWG URL, "URL parsing"
 *
 * Returns: (transfer full) (nullable): the address; %NULL when @text is none of
 *   http or https, or names no host or port that there can be
 */
PjMailUrl *
pj_mail_url_read (const char *text)
{
  Stripped stripped;
  PjMailUrl *self;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = strip (text);
  self = read_stripped (&stripped);
  g_string_free (stripped.text, TRUE);

  return self;
}

/**
 * pj_mail_url_free:
 * @self: (transfer full): the address
 */
void
pj_mail_url_free (PjMailUrl *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->target);
  g_free (self->host);
  g_free (self);
}
