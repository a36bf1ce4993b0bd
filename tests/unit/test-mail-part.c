/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-part.h"

#include <string.h>

#include "document-dump.h"

static GMimePart *
parse (const char *text, gsize len)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (text, len);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  GMimeObject *object = g_mime_parser_construct_part (parser, options);

  g_assert_true (GMIME_IS_PART (object));
  return GMIME_PART (object);
}

typedef struct
{
  const char *name;
  const char *part;
  PjMailPartKind kind;
} Case;

static const Case cases[] = {
  { "plain", "Content-Type: text/plain\n\nx", PJ_MAIL_PART_PLAIN },
  { "no-type", "Content-Id: <x>\n\nx", PJ_MAIL_PART_PLAIN },
  { "html", "Content-Type: TEXT/HTML\n\nx", PJ_MAIL_PART_HTML },
  { "other-text", "Content-Type: text/x-diff\n\nx", PJ_MAIL_PART_PLAIN },
  { "calendar", "Content-Type: text/calendar\n\nx", PJ_MAIL_PART_FILE },
  { "image", "Content-Type: image/png\n\nx", PJ_MAIL_PART_FILE },
  { "attached-text", "Content-Type: text/plain\nContent-Disposition: attachment\n\nx",
    PJ_MAIL_PART_FILE },
  { "named-text", "Content-Type: text/plain; name=a.txt\n\nx", PJ_MAIL_PART_FILE },
  { "named-text-inline", "Content-Type: text/plain; name=a.txt\nContent-Disposition: inline\n\nx",
    PJ_MAIL_PART_PLAIN },
};

/* Name, part, document. */
static const char *const texts[][3] = {
  { "crlf", "Content-Type: text/plain\r\n\r\na\r\nb\r\n", "P|a/b" },
  { "lone-cr", "Content-Type: text/plain\n\na\rb\r", "P|a/b" },
  { "flowed", "Content-Type: text/plain; format=flowed\n\na \nb\n", "P|a b" },
  { "flowed-delsp", "Content-Type: text/plain; format=Flowed; DelSp=YES\n\na \nb\n", "P|ab" },
  { "crlf-in-pre", "Content-Type: text/html\r\n\r\n<pre>a\r\nb\r\n</pre>", "F|a/b" },
  { "html-names-its-charset", "Content-Type: text/html\n\n<meta charset=koi8-r>\xC4\xC1", "P|да" },
  { "html-cannot-be-utf-16", "Content-Type: text/html\n\n<meta charset=utf-16>caf\xC3\xA9",
    "P|café" },
};

static void
test_kind (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GMimeObject) part = GMIME_OBJECT (parse (c->part, strlen (c->part)));

  g_assert_cmpint (pj_mail_part_get_kind (GMIME_PART (part)), ==, c->kind);
}

static void
test_long_part_is_cut (void)
{
  g_autoptr (GString) text = g_string_new ("Content-Type: text/plain\n\n");
  g_autoptr (GMimeObject) part = NULL;
  g_autoptr (PjMailDocument) read = NULL;
  gboolean is_cut = FALSE;
  gint64 octets = 0;

  while (octets < PJ_MAIL_MAX_PART_BYTES + 100000)
    {
      g_string_append (text, "0123456789012345678901234567890123456789\n");
      octets += 41;
    }
  part = GMIME_OBJECT (parse (text->str, text->len));
  read = pj_mail_part_read_document (GMIME_PART (part), G_MAXSIZE, &is_cut);

  g_assert_true (is_cut);
  g_assert_cmpuint (read->text->len, <=, PJ_MAIL_MAX_PART_BYTES + 1);
}

static void
test_type_is_one_line (void)
{
  static const char text[] = "Content-Type: image/\n png; name=a\n\nx";
  g_autoptr (GMimeObject) part = GMIME_OBJECT (parse (text, strlen (text)));
  g_autofree char *type = pj_mail_part_dup_type (part);

  g_assert_cmpstr (type, ==, "image/png");
}

/* Whoever reads a part reads it from its beginning. */
static void
test_open_twice (void)
{
  static const char text[] = "Content-Transfer-Encoding: base64\n\nYWJj\n";
  g_autoptr (GMimeObject) part = GMIME_OBJECT (parse (text, strlen (text)));

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GMimeStream) stream = pj_mail_part_open (GMIME_PART (part));
      char content[8];
      gssize n = g_mime_stream_read (stream, content, sizeof content);

      g_assert_cmpmem (content, (gsize) n, "abc", 3);
    }
}

static void
test_text (gconstpointer data)
{
  const char *const *row = data;
  g_autoptr (GMimeObject) part = GMIME_OBJECT (parse (row[1], strlen (row[1])));
  gboolean is_cut = FALSE;
  g_autoptr (PjMailDocument) document =
      pj_mail_part_read_document (GMIME_PART (part), G_MAXSIZE, &is_cut);
  g_autofree char *text = document_dump (document);

  g_assert_cmpstr (text, ==, row[2]);
  g_assert_false (is_cut);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/part/kind/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_kind);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/part/text/%s", texts[i][0]);

      g_test_add_data_func (path, texts[i], test_text);
    }
  g_test_add_func ("/mail/part/long-part-is-cut", test_long_part_is_cut);
  g_test_add_func ("/mail/part/open-twice", test_open_twice);
  g_test_add_func ("/mail/part/type-is-one-line", test_type_is_one_line);

  return g_test_run ();
}
