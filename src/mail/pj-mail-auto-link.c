/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-auto-link.h"

#include <string.h>

/* RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.2 */
#define MAX_LOCAL_BYTES 64
#define MAX_DOMAIN_BYTES 255

typedef struct
{
  const char *prefix;
  const char *scheme;
} Opening;

static const Opening openings[] = {
  { "http://", "" },
  { "https://", "" },
  { "mailto:", "" },
  { "www.", "https://" },
};

/* Quotation marks and brackets stand around an address, not in it; of other
 * scripts' punctuation none is part of one. */
static gboolean
ends_address (const char *text)
{
  gunichar c;

  if ((guchar) *text < 0x80)
    return *text == '\0' || g_ascii_isspace (*text) || strchr ("<>\"`{}|\\^", *text) != NULL;

  c = g_utf8_get_char (text);
  return g_unichar_isspace (c) || g_unichar_ispunct (c);
}

static guint
count (const char *text, gsize len, char c)
{
  guint n = 0;

  for (gsize i = 0; i < len; i++)
    n += text[i] == c;

  return n;
}

/* Returns: @len without what ends the sentence that an address is part of; a
 * bracket that was opened within stays */
static gsize
trim_end (const char *text, gsize len)
{
  guint round = count (text, len, ')');
  guint square = count (text, len, ']');
  guint open_round = count (text, len, '(');
  guint open_square = count (text, len, '[');

  while (len > 0)
    {
      char last = text[len - 1];

      if (last == ')' && round > open_round)
        round--;
      else if (last == ']' && square > open_square)
        square--;
      else if (last == ')' || last == ']' || strchr (".,;:!?'*_~", last) == NULL)
        break;
      len--;
    }

  return len;
}

/* Chinese has no blanks between words: letters of its kind may stand before. */
static gboolean
is_within_word (const char *text, gsize at)
{
  return at > 0 && (g_ascii_isalnum (text[at - 1]) || strchr ("@/.-_", text[at - 1]) != NULL);
}

static gboolean
read_url (const char *text, gsize at, PjMailAutoLink *link)
{
  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      gsize prefix_len = strlen (openings[i].prefix);
      gsize len = prefix_len;

      if (g_ascii_strncasecmp (text + at, openings[i].prefix, prefix_len) != 0)
        continue;

      while (!ends_address (text + at + len))
        len = (gsize) (g_utf8_next_char (text + at + len) - (text + at));
      *link = (PjMailAutoLink){
        .start = at,
        .len = trim_end (text + at, len),
        .scheme = openings[i].scheme,
      };
      return link->len > prefix_len;
    }

  return FALSE;
}

static gboolean
is_local (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("._%+-", c) != NULL);
}

/* Returns: bytes of the domain at @text; 0 when it is none that mail could go to */
static gsize
measure_domain (const char *text)
{
  gsize len = 0;
  gsize tld = 0;

  while (len < MAX_DOMAIN_BYTES && (g_ascii_isalnum (text[len]) || text[len] == '-' ||
                                    (text[len] == '.' && len > 0 && text[len - 1] != '.')))
    len++;
  while (len > 0 && !g_ascii_isalnum (text[len - 1]))
    len--;

  while (tld < len && g_ascii_isalpha (text[len - 1 - tld]))
    tld++;
  return tld >= 2 && tld < len && text[len - 1 - tld] == '.' ? len : 0;
}

static gboolean
read_mail_address (const char *text, gsize at, gsize from, PjMailAutoLink *link)
{
  gsize domain_len = measure_domain (text + at + 1);
  gsize start = at;

  while (start > from && at - start < MAX_LOCAL_BYTES && is_local (text[start - 1]))
    start--;
  while (start < at && !g_ascii_isalnum (text[start]))
    start++;
  if (domain_len == 0 || start == at)
    return FALSE;

  *link =
      (PjMailAutoLink){ .start = start, .len = at + 1 + domain_len - start, .scheme = "mailto:" };
  return TRUE;
}

/**
 * pj_mail_auto_link_find:
 * @text: what somebody wrote, UTF-8
 * @from: where to begin, in bytes; the end of the one found before
 * @link: (out): the first from there on
 *
 * Finds addresses of pages ("https://", "www.") and of people that stand in a
 * text, without the punctuation around them. All calls for one text together
 * are linear.
 *
 * Returns: whether there is one
 */
gboolean
pj_mail_auto_link_find (const char *text, gsize from, PjMailAutoLink *link)
{
  g_return_val_if_fail (text != NULL && link != NULL, FALSE);

  for (gsize at = from; text[at] != '\0'; at++)
    {
      switch (text[at])
        {
        case 'h':
        case 'H':
        case 'm':
        case 'M':
        case 'w':
        case 'W':
          if (!is_within_word (text, at) && read_url (text, at, link))
            return TRUE;
          break;
        case '@':
          if (read_mail_address (text, at, from, link))
            return TRUE;
          break;
        default:
          break;
        }
    }

  return FALSE;
}
