/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html-chunks.h"

#include <string.h>

/* No target is longer that can be opened; an embedded image is. */
#define MAX_VALUE_BYTES 16384

/**
 * PjMailHtmlChunks:
 *
 * Cuts an HTML text into pieces for a parser that may be stopped between two of
 * them. Start tags stay whole: libxml2 2.9 forgets at the end of a piece which
 * quotation mark an attribute's value began with, and takes all that follows
 * for that value. Other pieces are small, since for each "&" it searches all
 * that it was given. Values that nobody reads are left out. All pieces together
 * are linear in the text. One thread.
 */
struct _PjMailHtmlChunks
{
  /* Owned */
  GString *reduced; /* a long tag without its long values */

  /* Borrowed from the caller, who keeps it until we are freed */
  const char *html;

  /* Plain */
  gsize len;
  gsize at;
  gsize opaque_end; /* up to there nothing begins a tag */
};

typedef struct
{
  gsize end;
  guint n_words;
} Tag;

/**
 * pj_mail_html_chunks_new:
 * @html: an HTML text, valid UTF-8; must stay while this is in use
 * @len: bytes
 *
 * Returns: (transfer full): its chunks
 */
PjMailHtmlChunks *
pj_mail_html_chunks_new (const char *html, gsize len)
{
  PjMailHtmlChunks *self;

  g_return_val_if_fail (html != NULL, NULL);

  self = g_new0 (PjMailHtmlChunks, 1);
  self->reduced = g_string_new (NULL);
  self->html = html;
  self->len = len;

  return self;
}

/**
 * pj_mail_html_chunks_free:
 * @self: (transfer full): the chunks
 */
void
pj_mail_html_chunks_free (PjMailHtmlChunks *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->reduced, TRUE);
  g_free (self);
}

static gboolean
starts_with (const PjMailHtmlChunks *self, gsize at, const char *prefix)
{
  gsize len = strlen (prefix);

  return self->len - at >= len && g_ascii_strncasecmp (self->html + at, prefix, len) == 0;
}

static gboolean
has_letter (const PjMailHtmlChunks *self, gsize at)
{
  return at < self->len && g_ascii_isalpha (self->html[at]);
}

/* Returns: where @mark first ends from @at on; the end of the text without one */
static gsize
find_behind (const PjMailHtmlChunks *self, gsize at, const char *mark)
{
  const char *found = g_strstr_len (self->html + at, (gssize) (self->len - at), mark);

  return found != NULL ? (gsize) (found - self->html) + strlen (mark) : self->len;
}

/* Returns: where the end tag of a raw text element begins, or the text ends */
static gsize
find_end_tag (const PjMailHtmlChunks *self, gsize at, const char *end_tag)
{
  while (at < self->len)
    {
      const char *found = memchr (self->html + at, '<', self->len - at);

      if (found == NULL)
        break;
      at = (gsize) (found - self->html);
      if (starts_with (self, at, end_tag))
        return at;
      at++;
    }

  return self->len;
}

/* Returns: whether the start tag at @at ends; quotation marks count in it where
 * they stand, as they do for libxml2 */
static gboolean
read_tag (const PjMailHtmlChunks *self, gsize at, Tag *tag)
{
  char quote = '\0';

  *tag = (Tag){ .n_words = 0 };
  for (; at < self->len; at++)
    {
      char c = self->html[at];

      if (quote != '\0' && c != quote)
        continue;
      if (c == '>')
        {
          tag->end = at + 1;
          return TRUE;
        }
      if (c == '"' || c == '\'')
        quote = quote != '\0' ? '\0' : c;
      tag->n_words += quote == '\0' && (c == '"' || c == '\'' || g_ascii_isspace (c));
    }

  return FALSE;
}

static void
append_value (GString *reduced, const char *value, gsize len)
{
  if (len <= MAX_VALUE_BYTES)
    g_string_append_len (reduced, value, (gssize) len);
}

static void
reduce_tag (PjMailHtmlChunks *self, gsize end)
{
  const char *html = self->html;
  gsize value = 0; /* where one began, behind its mark */
  char quote = '\0';

  g_string_truncate (self->reduced, 0);
  for (gsize at = self->at; at < end; at++)
    {
      if (quote != '\0' && html[at] != quote)
        continue;
      if (quote != '\0')
        {
          append_value (self->reduced, html + value, at - value);
          quote = '\0';
        }
      else if (html[at] == '"' || html[at] == '\'')
        {
          quote = html[at];
          value = at + 1;
        }
      g_string_append_c (self->reduced, html[at]);
    }
}

/* What stands in a script or a comment is no tag, whatever it looks like. */
static void
set_opaque (PjMailHtmlChunks *self, gsize at, gsize tag_end)
{
  if (starts_with (self, at, "<script"))
    self->opaque_end = find_end_tag (self, tag_end, "</script");
  else if (starts_with (self, at, "<style"))
    self->opaque_end = find_end_tag (self, tag_end, "</style");
}

/* Returns: bytes of text, of which no character is cut in two */
static gsize
measure_text (const PjMailHtmlChunks *self, gsize at, gsize end)
{
  gsize to = MIN (end, at + PJ_MAIL_HTML_CHUNK_BYTES);

  while (to < end && ((guchar) self->html[to] & 0xC0) == 0x80)
    to++;

  return to - at;
}

static gsize
find_text_end (const PjMailHtmlChunks *self, gsize at)
{
  gsize window = MIN (self->len - at - 1, PJ_MAIL_HTML_CHUNK_BYTES);
  const char *found = memchr (self->html + at + 1, '<', window);

  return found != NULL ? (gsize) (found - self->html) : self->len;
}

/* Returns: how much further the text goes on without a start tag; 0 when one
 * begins at @at */
static gsize
measure_piece (PjMailHtmlChunks *self, gsize at, PjMailHtmlChunk *chunk)
{
  if (at >= self->opaque_end && self->html[at] == '<')
    {
      if (has_letter (self, at + 1))
        return 0;
      if (starts_with (self, at, "<!--"))
        self->opaque_end = find_behind (self, at, "-->");
      else if (starts_with (self, at, "<!") || starts_with (self, at, "<?"))
        self->opaque_end = find_behind (self, at, ">");
      else if (starts_with (self, at, "</") && has_letter (self, at + 2))
        {
          self->opaque_end = find_behind (self, at, ">");
          chunk->n_end_tags++;
        }
    }

  if (at < self->opaque_end)
    return measure_text (self, at, self->opaque_end);

  return measure_text (self, at, find_text_end (self, at));
}

/**
 * pj_mail_html_chunks_next:
 * @self: the chunks
 * @chunk: (out): the next
 *
 * A start tag that never ends is left out, as browsers do.
 *
 * Returns: whether there is one
 */
gboolean
pj_mail_html_chunks_next (PjMailHtmlChunks *self, PjMailHtmlChunk *chunk)
{
  gsize at;

  g_return_val_if_fail (self != NULL && chunk != NULL, FALSE);

  *chunk = (PjMailHtmlChunk){ .text = self->html + self->at };
  for (at = self->at; at < self->len && at - self->at < PJ_MAIL_HTML_CHUNK_BYTES;)
    {
      gsize n = measure_piece (self, at, chunk);
      Tag tag;

      if (n > 0)
        {
          at += n;
          continue;
        }
      if (!read_tag (self, at, &tag))
        {
          self->len = at;
          break;
        }
      /* A long tag is a chunk of its own. */
      if (tag.end - at > MAX_VALUE_BYTES && at > self->at)
        break;

      set_opaque (self, at, tag.end);
      chunk->n_words = MAX (chunk->n_words, tag.n_words);
      if (tag.end - at > MAX_VALUE_BYTES)
        {
          reduce_tag (self, tag.end);
          self->at = tag.end;
          chunk->text = self->reduced->str;
          chunk->len = self->reduced->len;
          return TRUE;
        }
      at = tag.end;
    }

  chunk->len = at - self->at;
  self->at = at;
  return chunk->len > 0;
}
