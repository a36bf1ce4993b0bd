/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pj-text.h"

#include <string.h>

#define REPLACEMENT 0xFFFD /* stands for what cannot be shown */
#define ELLIPSIS 0x2026

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

/* Characters that show nothing themselves but change how others are shown:
 * bidirectional controls (Unicode UAX 9), fillers, joiners, format characters
 * and tags. They serve to make a text look like another. These are Unicode's
 * Default_Ignorable_Code_Point and the annotation characters, without the
 * variation selectors FE00 to FE0F, which make an emoji of a sign. */
static const Range hidden[] = {
  { 0x00AD, 0x00AD }, { 0x034F, 0x034F },   { 0x061C, 0x061C },   { 0x115F, 0x1160 },
  { 0x17B4, 0x17B5 }, { 0x180B, 0x180F },   { 0x200B, 0x200F },   { 0x202A, 0x202E },
  { 0x2060, 0x206F }, { 0x3164, 0x3164 },   { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },
  { 0xFFF0, 0xFFFB }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
};

/**
 * pj_text_is_hidden_char:
 * @c: a character
 *
 * Returns: whether @c is invisible itself and may disguise its neighbours
 */
gboolean
pj_text_is_hidden_char (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      if (c >= hidden[i].first && c <= hidden[i].last)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/**
 * pj_text_unify_line_ends:
 * @text: text with line ends of any system; changed in place
 *
 * Makes LF of CRLF and of a lone CR. CRs in front of a CRLF come from programs
 * that convert line ends twice, and belong to it. Linear.
 */
void
pj_text_unify_line_ends (char *text)
{
  char *out = text;

  g_return_if_fail (text != NULL);

  while (*text != '\0')
    {
      gsize n = strspn (text, "\r");

      if (n == 0)
        {
          *out++ = *text++;
          continue;
        }

      if (text[n] != '\n')
        {
          memset (out, '\n', n);
          out += n;
        }
      text += n;
    }

  *out = '\0';
}

static char *
clean (const char *bytes, gssize len, gsize max_chars, gboolean one_line)
{
  g_autofree char *valid = g_utf8_make_valid (bytes, len);
  GString *out = g_string_sized_new (MIN (strlen (valid), max_chars) + 4);
  gsize chars = 0;
  gboolean gap = FALSE;

  pj_text_unify_line_ends (valid);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (pj_text_is_hidden_char (c))
        continue;

      if (one_line && (g_unichar_isspace (c) || is_line_break (c)))
        {
          gap = out->len > 0;
          continue;
        }

      if (is_line_break (c))
        c = '\n';
      else if (c != '\t' && g_unichar_iscntrl (c))
        c = REPLACEMENT;

      if (chars + (gap ? 1 : 0) >= max_chars)
        {
          g_string_append_unichar (out, ELLIPSIS);
          break;
        }

      if (gap)
        {
          g_string_append_c (out, ' ');
          chars++;
          gap = FALSE;
        }
      g_string_append_unichar (out, c);
      chars++;
    }

  return g_string_free (out, FALSE);
}

/**
 * pj_text_clean_line:
 * @bytes: what a stranger sent
 * @len: bytes, or -1 when @bytes ends with NUL
 * @max_chars: characters kept; an ellipsis marks a cut
 *
 * Makes foreign bytes fit for one line of a window, a notification or a
 * terminal: valid UTF-8, runs of white space as one blank, control
 * characters replaced, invisible and bidirectional ones dropped.
 *
 * Returns: (transfer full): the line
 */
char *
pj_text_clean_line (const char *bytes, gssize len, gsize max_chars)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return clean (bytes, len, max_chars, TRUE);
}

/**
 * pj_text_clean_block:
 * @bytes: what a stranger sent
 * @len: bytes, or -1 when @bytes ends with NUL
 * @max_chars: characters kept; an ellipsis marks a cut
 *
 * As pj_text_clean_line(), but keeps line breaks (as LF), tabs and blanks.
 *
 * Returns: (transfer full): the text
 */
char *
pj_text_clean_block (const char *bytes, gssize len, gsize max_chars)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return clean (bytes, len, max_chars, FALSE);
}

/**
 * pj_text_fit_bytes:
 * @text: UTF-8
 * @len: bytes of it
 * @max_bytes: what there is room for
 *
 * Returns: how many bytes of @text to take so that no character is cut in two
 */
gsize
pj_text_fit_bytes (const char *text, gsize len, gsize max_bytes)
{
  g_return_val_if_fail (text != NULL, 0);

  if (len <= max_bytes)
    return len;

  while (max_bytes > 0 && ((guchar) text[max_bytes] & 0xC0) == 0x80)
    max_bytes--;

  return max_bytes;
}
