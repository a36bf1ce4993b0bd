/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "mail/pj-mail-html-writer.h"

/* Bytes given to the parser at a time; between two of them we may stop. Small,
 * since for each "&" libxml2 2.9 searches all that it was given. */
#define CHUNK_BYTES 1024

/* Newsletters nest tables some hundred elements deep. */
#define MAX_DEPTH 2000

/* For each end tag libxml2 may look through all open elements, for each
 * attribute through those before it; this many looks take half a second. */
#define MAX_LOOKS 50000000

/* And this many attributes no element has. The line of an embedded image is
 * longer than MAX_WORD_BYTES (76 by RFC 2045), a word of markup is shorter. */
#define MAX_TAG_WORDS 4000
#define MAX_WORD_BYTES 60

typedef enum
{
  INLINE,
  BLOCK,
  PARAGRAPH,
  BREAK,
  RULE,
  IMAGE,
  LINK,
  BULLETS,
  NUMBERS,
  ITEM,
  CELL,
  QUOTE,
  PRE,
  SKIP, /* not text, with all that is in it */
} Kind;

typedef struct
{
  const char *name;
  Kind kind;
} Element;

/* Sorted by name. What is not here is inline. */
static const Element elements[] = {
  { "a", LINK },           { "address", BLOCK },  { "article", BLOCK },    { "aside", BLOCK },
  { "blockquote", QUOTE }, { "br", BREAK },       { "caption", BLOCK },    { "center", BLOCK },
  { "dd", BLOCK },         { "dir", BULLETS },    { "div", BLOCK },        { "dl", PARAGRAPH },
  { "dt", BLOCK },         { "fieldset", BLOCK }, { "figcaption", BLOCK }, { "figure", BLOCK },
  { "footer", BLOCK },     { "form", BLOCK },     { "h1", PARAGRAPH },     { "h2", PARAGRAPH },
  { "h3", PARAGRAPH },     { "h4", PARAGRAPH },   { "h5", PARAGRAPH },     { "h6", PARAGRAPH },
  { "header", BLOCK },     { "hr", RULE },        { "iframe", SKIP },      { "img", IMAGE },
  { "li", ITEM },          { "main", BLOCK },     { "menu", BULLETS },     { "nav", BLOCK },
  { "ol", NUMBERS },       { "option", BLOCK },   { "p", PARAGRAPH },      { "pre", PRE },
  { "script", SKIP },      { "section", BLOCK },  { "style", SKIP },       { "table", BLOCK },
  { "tbody", BLOCK },      { "td", CELL },        { "template", SKIP },    { "textarea", BLOCK },
  { "th", CELL },          { "title", SKIP },     { "tr", BLOCK },         { "ul", BULLETS },
};

typedef struct
{
  PjMailHtmlWriter *writer;
  guint depth;
  guint skip_depth; /* open elements that are no text */
  guint64 looks;    /* estimate of the work done, against MAX_LOOKS */
  guint tag_words;  /* in a tag that has not ended yet */
} Reading;

static int
compare_element (gconstpointer name, gconstpointer element)
{
  return strcmp (name, ((const Element *) element)->name);
}

static Kind
get_kind (const xmlChar *name)
{
  const Element *element =
      bsearch (name, elements, G_N_ELEMENTS (elements), sizeof elements[0], compare_element);

  return element != NULL ? element->kind : INLINE;
}

static const char *
get_attribute (const xmlChar **attributes, const char *name)
{
  for (gsize i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    {
      if (g_str_equal (attributes[i], name))
        return (const char *) attributes[i + 1];
    }

  return NULL;
}

static void
write_start (PjMailHtmlWriter *writer, Kind kind, const xmlChar **attributes)
{
  const char *alt;

  switch (kind)
    {
    case BLOCK:
      pj_mail_html_writer_need_lines (writer, 1);
      break;
    case PARAGRAPH:
      pj_mail_html_writer_need_lines (writer, 2);
      break;
    case BREAK:
      pj_mail_html_writer_break_line (writer);
      break;
    case RULE:
      pj_mail_html_writer_add_rule (writer);
      break;
    case IMAGE:
      alt = get_attribute (attributes, "alt");
      pj_mail_html_writer_add_image (writer, alt != NULL ? alt : "");
      break;
    case LINK:
      pj_mail_html_writer_start_link (writer, get_attribute (attributes, "href"));
      break;
    case BULLETS:
    case NUMBERS:
      pj_mail_html_writer_start_list (writer, kind == NUMBERS);
      break;
    case ITEM:
      pj_mail_html_writer_start_item (writer);
      break;
    case CELL:
      pj_mail_html_writer_need_cell (writer);
      break;
    case QUOTE:
      pj_mail_html_writer_start_quote (writer);
      break;
    case PRE:
      pj_mail_html_writer_start_pre (writer);
      break;
    case INLINE:
    case SKIP:
      break;
    }
}

static void
write_end (PjMailHtmlWriter *writer, Kind kind)
{
  switch (kind)
    {
    case BLOCK:
    case ITEM:
      pj_mail_html_writer_need_lines (writer, 1);
      break;
    case PARAGRAPH:
      pj_mail_html_writer_need_lines (writer, 2);
      break;
    case LINK:
      pj_mail_html_writer_end_link (writer);
      break;
    case BULLETS:
    case NUMBERS:
      pj_mail_html_writer_end_list (writer);
      break;
    case CELL:
      pj_mail_html_writer_need_cell (writer);
      break;
    case QUOTE:
      pj_mail_html_writer_end_quote (writer);
      break;
    case PRE:
      pj_mail_html_writer_end_pre (writer);
      break;
    case INLINE:
    case BREAK:
    case RULE:
    case IMAGE:
    case SKIP:
      break;
    }
}

static guint64
estimate_looks (const xmlChar **attributes)
{
  guint64 n = 0;

  while (attributes != NULL && attributes[2 * n] != NULL)
    n++;

  return n * n / 2;
}

static void
on_start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Reading *reading = data;
  Kind kind = get_kind (name);

  reading->looks += estimate_looks (attributes);
  reading->depth++;
  if (kind == SKIP)
    reading->skip_depth++;
  if (reading->skip_depth == 0)
    write_start (reading->writer, kind, attributes);
}

static void
on_end_element (void *data, const xmlChar *name)
{
  Reading *reading = data;
  Kind kind = get_kind (name);

  if (reading->depth > 0)
    reading->depth--;
  if (reading->skip_depth == 0)
    write_end (reading->writer, kind);
  else if (kind == SKIP)
    reading->skip_depth--;
}

/* "&#149;" and its like name bytes of windows-1252 (HTML 5.2 section 8.2.4.76);
 * libxml2 makes control characters of them, one a call. */
static const char *
replace_control (const char *text, int len)
{
  static const char *const windows_1252[32] = {
    "€",  NULL, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", NULL, "Ž", NULL,
    NULL, "‘",  "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", NULL, "ž", "Ÿ",
  };
  guchar byte;

  if (len != 2 || text[0] != '\xC2')
    return NULL;

  byte = (guchar) text[1];
  return byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : NULL;
}

static void
on_characters (void *data, const xmlChar *characters, int len)
{
  Reading *reading = data;
  const char *text = (const char *) characters;
  const char *replacement = replace_control (text, len);

  if (reading->skip_depth > 0)
    return;

  if (replacement != NULL)
    pj_mail_html_writer_add_text (reading->writer, replacement, strlen (replacement));
  else
    pj_mail_html_writer_add_text (reading->writer, text, (gsize) len);
}

static guint
count_end_tags (const char *html, gsize len)
{
  guint n = 0;

  for (gsize i = 0; i + 1 < len; i++)
    n += html[i] == '<' && html[i + 1] == '/';

  return n;
}

static guint
count_words (const char *html, gsize len)
{
  gsize start = 0;
  guint n = 0;

  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isspace (html[i]) && html[i] != '"' && html[i] != '\'')
        continue;
      if (i - start > 1 && i - start < MAX_WORD_BYTES)
        n++;
      start = i;
    }

  return n;
}

/* Whether the parser holds back a start tag until its end has come. */
static gboolean
is_within_tag (htmlParserCtxtPtr parser)
{
  const xmlChar *at = parser->input->cur;

  return parser->input->end - at > 1 && at[0] == '<' && g_ascii_isalpha (at[1]);
}

/* Returns: whether all of it was parsed */
static gboolean
feed (htmlParserCtxtPtr parser, Reading *reading, const char *html, gsize len)
{
  for (gsize at = 0; at < len; at += CHUNK_BYTES)
    {
      gsize n = MIN (len - at, CHUNK_BYTES);

      reading->tag_words = is_within_tag (parser) ? reading->tag_words : 0;
      reading->tag_words += count_words (html + at, n);
      reading->looks += (guint64) reading->depth * count_end_tags (html + at, n);
      if (pj_mail_html_writer_is_full (reading->writer) || reading->depth > MAX_DEPTH ||
          reading->looks > MAX_LOOKS || reading->tag_words > MAX_TAG_WORDS)
        return FALSE;

      htmlParseChunk (parser, html + at, (int) n, FALSE);
    }

  htmlParseChunk (parser, NULL, 0, TRUE);
  return !pj_mail_html_writer_is_full (reading->writer);
}

/**
 * pj_mail_html_to_text:
 * @html: an HTML text, UTF-8
 * @len: bytes
 * @max_bytes: bytes of text after which to stop
 * @is_cut: (out): set to whether there was more than is returned
 *
 * Turns HTML into plain text: paragraphs, lists with bullets or numbers,
 * cells set apart by tabs, quotes with "> ", "[text]" for images, and behind
 * each link its true target where the link's text does not say it. Scripts,
 * style sheets and frames leave nothing. Nothing is fetched: libxml2 is told
 * so, and without a tree there is nothing that would load a DTD or an entity.
 * Text that a style sheet hides is shown. Any thread; linear in @len.
 *
 * Returns: (transfer full): text with LF line ends, not cleaned of control
 *   characters
 */
char *
pj_mail_html_to_text (const char *html, gsize len, gsize max_bytes, gboolean *is_cut)
{
  htmlSAXHandler sax = {
    .startElement = on_start_element,
    .endElement = on_end_element,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
  };
  Reading reading = { .writer = NULL };
  htmlParserCtxtPtr parser;

  g_return_val_if_fail (html != NULL && is_cut != NULL, NULL);

  reading.writer = pj_mail_html_writer_new (max_bytes);
  parser = htmlCreatePushParserCtxt (&sax, &reading, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser == NULL)
    g_error ("No memory for an HTML parser");
  htmlCtxtUseOptions (parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                  HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);

  *is_cut = !feed (parser, &reading, html, len);
  htmlFreeParserCtxt (parser);

  return pj_mail_html_writer_finish (reading.writer);
}
