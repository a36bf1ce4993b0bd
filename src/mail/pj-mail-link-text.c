/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-link-text.h"

#include <string.h>

#include "base/pj-text.h"
#include "mail/pj-mail-domain.h"
#include "mail/pj-mail-url.h"

/* In longer texts a name without scheme and path is mostly that of a firm in a
 * headline, not the place that the link leads to. */
#define MAX_WORDS_OF_CALL 5

/* What is longer is no name for a link's target. */
#define MAX_VISIBLE_BYTES 8192

/* Ends of hosts that files have more often when nothing else tells a host. */
static const char *const file_ends[] = { "cab", "md", "mov", "ps", "py", "rs", "sh", "zip" };

#define IDEOGRAPHIC_FULL_STOP 0x3002

typedef struct
{
  GPtrArray *words; /* (owned) those with letters or digits */
  GPtrArray *hosts; /* (owned) */
} Scan;

static gboolean
is_between_words (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iscntrl (c) ||
         (c < 0x80 && strchr ("\"'(),;<>[]{|}", (int) c) != NULL) || c == 0x2019 || c == 0x201C ||
         c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB || c == 0x2039 || c == 0x203A;
}

/* Whether it says nothing where a word begins or ends. "@" makes a name of a user. */
static gboolean
is_ornament (gunichar c)
{
  return !g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '@';
}

static char *
trim (const char *word, gsize len)
{
  const char *end = word + len;

  while (word < end && is_ornament (g_utf8_get_char (word)))
    word = g_utf8_next_char (word);
  while (end > word)
    {
      const char *last = g_utf8_prev_char (end);

      if (!is_ornament (g_utf8_get_char (last)))
        break;
      end = last;
    }

  return g_strndup (word, (gsize) (end - word));
}

static void
add_word (Scan *scan, const char *word, gsize len)
{
  g_autofree char *trimmed = trim (word, len);

  if (*trimmed != '\0')
    g_ptr_array_add (scan->words, g_steal_pointer (&trimmed));
}

static void
add_blank (GString *visible)
{
  if (visible->len > 0 && visible->str[visible->len - 1] != ' ')
    g_string_append_c (visible, ' ');
}

/* The letters that a reader sees: full-width ones as the others, nothing
 * invisible, no blanks at length. */
static char *
dup_visible (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  GString *visible = g_string_new (NULL);

  for (const char *p = normal; p != NULL && *p != '\0' && visible->len < MAX_VISIBLE_BYTES;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_between_words (c))
        add_blank (visible);
      else if (!pj_text_is_hidden_char (c))
        g_string_append_unichar (visible, c == IDEOGRAPHIC_FULL_STOP ? '.' : c);
    }

  return g_string_free (visible, FALSE);
}

static void
split (Scan *scan, const char *visible)
{
  const char *start = visible;

  for (const char *end = strchr (start, ' '); end != NULL; end = strchr (start, ' '))
    {
      add_word (scan, start, (gsize) (end - start));
      start = end + 1;
    }
  add_word (scan, start, strlen (start));
}

static gboolean
has_file_end (const char *host)
{
  const char *dot = strrchr (host, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (file_ends); i++)
    {
      if (g_str_equal (dot + 1, file_ends[i]))
        return TRUE;
    }

  return FALSE;
}

/* The end of a sentence and the beginning of the next one without a blank between
 * them: "here.Click"; and ".NET", which is a name. */
static gboolean
reads_as_prose (const char *written)
{
  static const char *const ends[] = { "Com", "Net", "Org" };
  const char *dot = strrchr (written, '.');

  if (dot == NULL || g_str_equal (dot, ".NET"))
    return TRUE;
  if (!g_ascii_isupper (dot[1]) || !g_ascii_islower (dot[2]))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_equal (dot + 1, ends[i]))
        return FALSE;
    }

  return strlen (dot + 1) > 2;
}

/* Abbreviations: "m.in". */
static gboolean
is_abbreviation (const char *written)
{
  return strlen (written) <= 4 && strchr (written, '.') == written + 1;
}

static void
take_host (Scan *scan, char *host)
{
  if (scan->hosts->len < PJ_MAIL_LINK_TEXT_MAX_HOSTS)
    g_ptr_array_add (scan->hosts, host);
  else
    g_free (host);
}

static gboolean
has_prefix (const char *word, const char *prefix)
{
  return g_ascii_strncasecmp (word, prefix, strlen (prefix)) == 0;
}

/* Whether a word says itself that it is an address of the web. */
static gboolean
is_marked (const char *word)
{
  return has_prefix (word, "http:") || has_prefix (word, "https:") || has_prefix (word, "www.");
}

static gboolean
take_marked (Scan *scan, const char *word)
{
  g_autofree char *url_text =
      has_prefix (word, "www.") ? g_strconcat ("http://", word, NULL) : g_strdup (word);
  g_autoptr (PjMailUrl) url = NULL;

  if (!is_marked (word))
    return FALSE;

  url = pj_mail_url_read (url_text);
  if (url != NULL && (!has_prefix (word, "www.") || pj_mail_domain_is_public (url->host)))
    take_host (scan, g_strdup (url->host));
  return TRUE;
}

static gboolean
take_address (Scan *scan, const char *word)
{
  g_autofree char *authority = g_strndup (word, strcspn (word, "/?#"));
  const char *at = strrchr (authority, '@');
  g_autofree char *host = at != NULL ? pj_mail_domain_to_ascii (at + 1) : NULL;

  if (at == NULL)
    return FALSE;
  if (at > authority && host != NULL && pj_mail_domain_is_public (host))
    take_host (scan, g_steal_pointer (&host));

  return TRUE;
}

static void
take_bare (Scan *scan, const char *word)
{
  gsize len = strcspn (word, "/?#:");
  g_autofree char *written = g_strndup (word, len);
  gboolean has_path = word[len] == '/' && word[len + 1] != '\0';
  g_autofree char *host = NULL;

  if (strchr (written, '.') == NULL)
    return;

  host = pj_mail_domain_to_ascii (written);
  if (host == NULL || !pj_mail_domain_is_public (host))
    return;
  if (has_path || (!has_file_end (host) && !reads_as_prose (written) && !is_abbreviation (written)))
    take_host (scan, g_steal_pointer (&host));
}

static void
take_word (Scan *scan, const char *word)
{
  if (take_marked (scan, word))
    return;
  if (scan->words->len > MAX_WORDS_OF_CALL && strchr (word, '/') == NULL)
    return;
  if (!take_address (scan, word))
    take_bare (scan, word);
}

/**
 * pj_mail_link_text_list_hosts:
 * @text: what a reader sees of a link
 *
 * Finds the hosts that a text names: in addresses of the web, with or without a
 * scheme, and in addresses of mail. What has no scheme must end as hosts do, so
 * "Node.js", "e.g." and "report.pdf" are none; in long texts it must have a path
 * besides. Linear. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts in ASCII, in the
 *   order in which they are named, at most %PJ_MAIL_LINK_TEXT_MAX_HOSTS
 */
char **
pj_mail_link_text_list_hosts (const char *text)
{
  g_autofree char *visible = NULL;
  Scan scan;

  g_return_val_if_fail (text != NULL, NULL);

  scan.words = g_ptr_array_new_with_free_func (g_free);
  scan.hosts = g_ptr_array_new ();
  visible = dup_visible (text);
  split (&scan, visible);
  for (guint i = 0; i < scan.words->len && scan.hosts->len < PJ_MAIL_LINK_TEXT_MAX_HOSTS; i++)
    take_word (&scan, g_ptr_array_index (scan.words, i));

  g_ptr_array_unref (scan.words);
  g_ptr_array_add (scan.hosts, NULL);
  return (char **) g_ptr_array_free (scan.hosts, FALSE);
}
