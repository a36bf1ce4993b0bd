/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-words.h"

#include <string.h>

/* An encoded word (RFC 2047 section 2): "=?charset?B?payload?=". */
typedef struct
{
  const char *charset;
  gsize charset_len; /* without a language (RFC 2231 section 5) */
  char encoding;     /* 'B' or 'Q' */
  const char *payload;
  gsize payload_len;
  const char *end;
} Word;

static gboolean
read_word (const char *text, Word *word)
{
  gsize token;

  if (strncmp (text, "=?", 2) != 0)
    return FALSE;

  word->charset = text + 2;
  token = strcspn (word->charset, "? \t");
  word->charset_len = strcspn (word->charset, "*? \t");
  if (word->charset_len == 0 || word->charset[token] != '?')
    return FALSE;

  word->encoding = g_ascii_toupper (word->charset[token + 1]);
  if ((word->encoding != 'B' && word->encoding != 'Q') || word->charset[token + 2] != '?')
    return FALSE;

  word->payload = word->charset + token + 3;
  word->payload_len = strcspn (word->payload, "? \t");
  word->end = word->payload + word->payload_len + 2;
  return strncmp (word->payload + word->payload_len, "?=", 2) == 0;
}

static gboolean
has_same_charset (const Word *a, const Word *b)
{
  return a->charset_len == b->charset_len &&
         g_ascii_strncasecmp (a->charset, b->charset, a->charset_len) == 0;
}

static void
append_base64 (GByteArray *bytes, const Word *word)
{
  guint before = bytes->len;
  gint state = 0;
  guint save = 0;
  gsize n;

  g_byte_array_set_size (bytes, before + (guint) (word->payload_len / 4 * 3 + 3));
  n = g_base64_decode_step (word->payload, word->payload_len, bytes->data + before, &state, &save);
  g_byte_array_set_size (bytes, before + (guint) n);
}

static void
append_quoted (GByteArray *bytes, const Word *word)
{
  const char *end = word->payload + word->payload_len;

  for (const char *c = word->payload; c < end; c++)
    {
      guint8 byte = (guint8) (*c == '_' ? ' ' : *c);

      if (*c == '=' && end - c > 2 && g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2]))
        {
          byte = (guint8) (g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]));
          c += 2;
        }
      g_byte_array_append (bytes, &byte, 1);
    }
}

static void
append_payload (GByteArray *bytes, const Word *word)
{
  if (word->encoding == 'B')
    append_base64 (bytes, word);
  else
    append_quoted (bytes, word);
}

/* Words within an address have no blank between them, and stay what they are.
 * Returns: whether another word of the same charset follows */
static gboolean
read_next (const Word *word, Word *next)
{
  gsize blanks = strspn (word->end, " \t");

  return blanks > 0 && read_word (word->end + blanks, next) && has_same_charset (word, next);
}

/* Returns: where to go on */
static const char *
join_run (GString *joined, const char *start, const Word *first)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *payload = NULL;
  Word word = *first;
  Word next;

  if (!read_next (&word, &next))
    {
      g_string_append_len (joined, start, word.end - start);
      return word.end;
    }

  append_payload (bytes, &word);
  while (read_next (&word, &next))
    {
      append_payload (bytes, &next);
      word = next;
    }
  payload = g_base64_encode (bytes->data, bytes->len);
  g_string_append_printf (joined, "=?%.*s?B?%s?=", (int) first->charset_len, first->charset,
                          payload);

  return word.end;
}

/**
 * pj_mail_words_join:
 * @raw: value of a field, unfolded
 *
 * Makes encoded words of one charset that follow each other one word. Many
 * programs cut between the bytes of a character, which RFC 2047 section 5 (3)
 * forbids, and GMime 3.2 loses what follows a word that base64 had to pad.
 * Linear. Any thread.
 *
 * Returns: (transfer full) (nullable): @raw with its words joined; %NULL when
 *   there is nothing to join
 */
char *
pj_mail_words_join (const char *raw)
{
  const char *text = strstr (raw, "=?");
  GString *joined;

  g_return_val_if_fail (raw != NULL, NULL);

  if (text == NULL || strstr (text + 2, "=?") == NULL)
    return NULL;

  joined = g_string_sized_new (strlen (raw));
  g_string_append_len (joined, raw, text - raw);
  while (*text != '\0')
    {
      Word word;
      const char *next;

      if (read_word (text, &word))
        {
          text = join_run (joined, text, &word);
          continue;
        }

      next = strstr (text + 1, "=?");
      g_string_append_len (joined, text, next != NULL ? next - text : (gssize) strlen (text));
      text = next != NULL ? next : "";
    }

  return g_string_free (joined, FALSE);
}
