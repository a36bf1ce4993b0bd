/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-html.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "mail/pj-mail-html-chunks.h"
#include "mail/pj-mail-html-element.h"
#include "mail/pj-mail-html-style.h"
#include "mail/pj-mail-html-writer.h"

/* Newsletters nest tables some hundred elements deep. */
#define MAX_DEPTH 2000

/* For each end tag libxml2 may look through all open elements, for each
 * attribute through those before it; this many looks take half a second. */
#define MAX_LOOKS 50000000

/* And this many attributes no element has. */
#define MAX_TAG_WORDS 4000

/* Lists of minutes and laws go on where another mail left off. */
#define MAX_LIST_NUMBER 99999

/* What holds within an open element */
typedef struct
{
  PjMailHtmlStyle looks;
  PjMailSpanStyle style;
  gboolean is_skipped;
} State;

typedef struct
{
  PjMailHtmlWriter *writer;
  GArray *states; /* State; the first is that outside of all elements */
  guint64 looks;  /* estimate of the work done, against MAX_LOOKS */
} Reading;

static const State *
get_state (const Reading *reading)
{
  return &g_array_index (reading->states, State, reading->states->len - 1);
}

static guint
count_open (const Reading *reading)
{
  return reading->states->len - 1;
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

/* Returns: the number that an attribute of a list tells; 0 when it tells none
 * that a list may have here */
static guint
get_number (const xmlChar **attributes, const char *name)
{
  const char *value = get_attribute (attributes, name);
  guint64 number;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 1, MAX_LIST_NUMBER, &number, NULL))
    return 0;

  return (guint) number;
}

static void
write_image (Reading *reading, const State *state, const xmlChar **attributes)
{
  const char *alt = get_attribute (attributes, "alt");

  if (!pj_mail_html_style_hides_image (&state->looks))
    pj_mail_html_writer_add_image (reading->writer, alt != NULL ? alt : "");
}

static void
write_start (PjMailHtmlWriter *writer, const PjMailHtmlElement *element, const xmlChar **attributes)
{
  switch (element->kind)
    {
    case PJ_MAIL_HTML_BLOCK:
      pj_mail_html_writer_need_lines (writer, 1);
      break;
    case PJ_MAIL_HTML_PARAGRAPH:
      pj_mail_html_writer_need_lines (writer, 2);
      break;
    case PJ_MAIL_HTML_BREAK:
      pj_mail_html_writer_break_line (writer);
      break;
    case PJ_MAIL_HTML_RULE:
      pj_mail_html_writer_add_rule (writer);
      break;
    case PJ_MAIL_HTML_LINK:
      pj_mail_html_writer_start_link (writer, get_attribute (attributes, "href"));
      break;
    case PJ_MAIL_HTML_HEADING:
      pj_mail_html_writer_start_heading (writer, (guint8) (element->name[1] - '0'));
      break;
    case PJ_MAIL_HTML_BULLETS:
      pj_mail_html_writer_start_list (writer, 0);
      break;
    case PJ_MAIL_HTML_NUMBERS:
      pj_mail_html_writer_start_list (writer, MAX (get_number (attributes, "start"), 1));
      break;
    case PJ_MAIL_HTML_ITEM:
      pj_mail_html_writer_start_item (writer, get_number (attributes, "value"));
      break;
    case PJ_MAIL_HTML_ROW:
      pj_mail_html_writer_start_row (writer);
      break;
    case PJ_MAIL_HTML_CELL:
      pj_mail_html_writer_start_cell (writer);
      break;
    case PJ_MAIL_HTML_QUOTE:
      pj_mail_html_writer_start_quote (writer);
      break;
    case PJ_MAIL_HTML_PRE:
      pj_mail_html_writer_start_pre (writer);
      break;
    case PJ_MAIL_HTML_INLINE:
    case PJ_MAIL_HTML_IMAGE:
    case PJ_MAIL_HTML_SKIP:
      break;
    }
}

static void
write_end (PjMailHtmlWriter *writer, PjMailHtmlElementKind kind)
{
  switch (kind)
    {
    case PJ_MAIL_HTML_BLOCK:
    case PJ_MAIL_HTML_ITEM:
      pj_mail_html_writer_need_lines (writer, 1);
      break;
    case PJ_MAIL_HTML_PARAGRAPH:
      pj_mail_html_writer_need_lines (writer, 2);
      break;
    case PJ_MAIL_HTML_LINK:
      pj_mail_html_writer_end_link (writer);
      break;
    case PJ_MAIL_HTML_HEADING:
      pj_mail_html_writer_end_heading (writer);
      break;
    case PJ_MAIL_HTML_BULLETS:
    case PJ_MAIL_HTML_NUMBERS:
      pj_mail_html_writer_end_list (writer);
      break;
    case PJ_MAIL_HTML_ROW:
      pj_mail_html_writer_end_row (writer);
      break;
    case PJ_MAIL_HTML_QUOTE:
      pj_mail_html_writer_end_quote (writer);
      break;
    case PJ_MAIL_HTML_PRE:
      pj_mail_html_writer_end_pre (writer);
      break;
    case PJ_MAIL_HTML_INLINE:
    case PJ_MAIL_HTML_BREAK:
    case PJ_MAIL_HTML_RULE:
    case PJ_MAIL_HTML_IMAGE:
    case PJ_MAIL_HTML_CELL:
    case PJ_MAIL_HTML_SKIP:
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

static State
make_state (const State *around,
            const PjMailHtmlElement *element,
            const char *name,
            const xmlChar **attributes)
{
  State state = *around;

  state.is_skipped |= element->kind == PJ_MAIL_HTML_SKIP;
  if (state.is_skipped)
    return state;

  pj_mail_html_style_apply (&state.looks, name, (const char *const *) attributes);
  state.style |= element->style;

  return state;
}

/* How text within looks; nobody sees whether it is strong where it is hidden. */
static void
set_style (const Reading *reading, const State *state)
{
  gboolean is_hidden = pj_mail_html_style_hides (&state->looks);

  pj_mail_html_writer_set_style (reading->writer, is_hidden ? PJ_MAIL_SPAN_HIDDEN : state->style);
}

/* What cannot be seen has no form: it is one run of words, however many blocks
 * it is made of. */
static void
on_start_element (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Reading *reading = data;
  const PjMailHtmlElement *element = pj_mail_html_element_find ((const char *) name);
  State around = *get_state (reading);
  State state = make_state (&around, element, (const char *) name, attributes);

  reading->looks += estimate_looks (attributes);
  g_array_append_val (reading->states, state);
  if (state.is_skipped)
    return;

  if (around.looks.is_gone && element->kind != PJ_MAIL_HTML_INLINE)
    pj_mail_html_writer_add_blank (reading->writer);
  else if (element->kind == PJ_MAIL_HTML_IMAGE)
    write_image (reading, &state, attributes);
  else
    write_start (reading->writer, element, attributes);
  set_style (reading, &state);
}

static void
on_end_element (void *data, const xmlChar *name)
{
  Reading *reading = data;
  const State *around;
  gboolean is_skipped;

  if (count_open (reading) == 0)
    return;

  is_skipped = get_state (reading)->is_skipped;
  g_array_set_size (reading->states, reading->states->len - 1);
  around = get_state (reading);
  if (is_skipped)
    return;

  set_style (reading, around);
  if (around->looks.is_gone)
    pj_mail_html_writer_add_blank (reading->writer);
  else
    write_end (reading->writer, pj_mail_html_element_find ((const char *) name)->kind);
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

  if (get_state (reading)->is_skipped)
    return;

  if (replacement != NULL)
    pj_mail_html_writer_add_text (reading->writer, replacement, strlen (replacement));
  else
    pj_mail_html_writer_add_text (reading->writer, text, (gsize) len);
}

/* Returns: whether there is no more to be had, or too much to do for it */
static gboolean
is_exhausted (const Reading *reading, const PjMailHtmlChunk *chunk)
{
  return pj_mail_html_writer_is_full (reading->writer) || count_open (reading) > MAX_DEPTH ||
         reading->looks > MAX_LOOKS || chunk->n_words > MAX_TAG_WORDS;
}

/* Returns: whether all of it was parsed */
static gboolean
feed (htmlParserCtxtPtr parser, Reading *reading, const char *html, gsize len)
{
  g_autoptr (PjMailHtmlChunks) chunks = pj_mail_html_chunks_new (html, len);
  PjMailHtmlChunk chunk;

  while (pj_mail_html_chunks_next (chunks, &chunk))
    {
      reading->looks += (guint64) count_open (reading) * chunk.n_end_tags;
      if (is_exhausted (reading, &chunk))
        return FALSE;

      htmlParseChunk (parser, chunk.text, (int) chunk.len, FALSE);
    }

  htmlParseChunk (parser, NULL, 0, TRUE);
  return !pj_mail_html_writer_is_cut (reading->writer);
}

/**
 * pj_mail_html_to_document:
 * @html: an HTML text, valid UTF-8
 * @len: bytes
 * @max_bytes: bytes of text after which to stop
 * @is_cut: (out): set to whether there was more than is returned
 *
 * Turns HTML into a document. Scripts, style sheets, frames, objects and what
 * forms ask for leave nothing. Nothing is fetched: libxml2 is told so, and
 * without a tree there is nothing that would load a DTD or an entity. Text that
 * an element's own style hides is marked, and cut after a few lines; style
 * sheets are not obeyed. Any thread; linear in @len.
 *
 * Returns: (transfer full): the document, its text cleaned
 */
PjMailDocument *
pj_mail_html_to_document (const char *html, gsize len, gsize max_bytes, gboolean *is_cut)
{
  htmlSAXHandler sax = {
    .startElement = on_start_element,
    .endElement = on_end_element,
    .characters = on_characters,
    .ignorableWhitespace = on_characters,
  };
  g_autoptr (GArray) states = NULL;
  State outside = { .style = 0 };
  Reading reading = { .writer = NULL };
  htmlParserCtxtPtr parser;

  g_return_val_if_fail (html != NULL && is_cut != NULL, NULL);

  pj_mail_html_style_init (&outside.looks);
  reading.states = states = g_array_new (FALSE, FALSE, sizeof (State));
  g_array_append_val (states, outside);
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
