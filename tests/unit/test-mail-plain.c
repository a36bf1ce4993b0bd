/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-plain.h"

#include <string.h>

#include "case-table.h"
#include "document-dump.h"

#define FIXED PJ_MAIL_PLAIN_FIXED
#define FLOWED PJ_MAIL_PLAIN_FLOWED
#define DELSP PJ_MAIL_PLAIN_FLOWED_DELSP

typedef struct
{
  const char *name;
  PjMailPlainFormat format;
  const char *text;
  const char *dump;
} Case;

static const Case cases[] = {
  { "empty", FIXED, "", "" },
  { "blank", FIXED, " \n\t\n", "" },
  { "line-breaks-count", FIXED, "a\nb\n\nc\n", "P|a/b\nP|c" },
  { "many-blank-lines-are-one", FIXED, "\n\na\n\n\n\nb", "P|a\nP|b" },
  { "indents-count", FIXED, "a\n  b\n", "P|a/  b" },
  { "lists-stay-as-they-are", FIXED, "- a\n- b\n1. c\n", "P|- a/- b/1. c" },
  { "quote", FIXED, "> a\n> b\nc\n", ">P|a/b\n+P|c" },
  { "quote-of-quote", FIXED, "> > a\n> b\n", ">>P|a\n+>P|b" },
  { "quoted-blank-line", FIXED, "> a\n>\n> b\n", ">P|a\n>P|b" },
  { "blank-line-behind-a-quote", FIXED, "> a\n\nb\n", ">P|a\nP|b" },
  { "quoted-deeply", FIXED, ">>>>>>>>>>>> a", ">>>>>>>>P|a" },
  { "signature", FIXED, "a\n-- \nAnn\n", "P|a\n+P|-- /Ann" },
  { "signature-after-a-blank-line", FIXED, "a\n\n-- \nAnn\n", "P|a\nP|-- /Ann" },
  { "flowed", FLOWED, "one \ntwo\nthree\n", "P|one two/three" },
  { "flowed-that-breaks-off", FLOWED, "one ", "P|one" },
  { "flowed-to-a-blank-line", FLOWED, "one \n\ntwo", "P|one\nP|two" },
  { "flowed-to-another-depth", FLOWED, ">> one \n> two", ">>P|one\n+>P|two" },
  { "flowed-to-a-signature", FLOWED, "one \n-- \nAnn", "P|one\n+P|-- /Ann" },
  { "flowed-without-spaces", DELSP, "wo \nrd", "P|word" },
  { "stuffed", FLOWED, " > a\n From b", "P|> a/From b" },
  { "link", FIXED, "See https://x.example/a. Or",
    "P|See {@https://x.example/a:https://x.example/a}. Or" },
  { "link-that-flowed", FLOWED, "See http:// \nx", "P|See http:// x" },
  { "link-without-scheme", FIXED, "www.x.example", "P|{@https://www.x.example/:www.x.example}" },
  { "mail-address", FIXED, "to <ala@x.example>", "P|to <{@mailto:ala@x.example:ala@x.example}>" },
  { "control-characters", FIXED, "a\x1B[1m\xE2\x80\xAE", "P|a\uFFFD[1m" },
};

static PjMailDocument *
read_whole (const char *text, PjMailPlainFormat format)
{
  gboolean is_cut = TRUE;
  PjMailDocument *document = pj_mail_plain_to_document (text, format, 100000, &is_cut);

  g_assert_false (is_cut);
  return document;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailDocument) document = read_whole (c->text, c->format);
  g_autofree char *dump = document_dump (document);

  g_assert_cmpstr (dump, ==, c->dump);
}

static void
test_cut (void)
{
  gboolean is_cut = FALSE;
  g_autoptr (PjMailDocument) document =
      pj_mail_plain_to_document ("ab\n\nżółw", FIXED, 10, &is_cut);
  g_autofree char *dump = document_dump (document);

  g_assert_true (is_cut);
  g_assert_cmpstr (dump, ==, "P|ab\nP|żó");
}

/* Each would take a margin of sixteen bytes. */
static void
test_margins_count (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PjMailDocument) document = NULL;
  g_autofree char *laid_out = NULL;
  gboolean is_cut = FALSE;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, i % 2 == 0 ? ">>>>>>>>>a\n" : ">>>>>>>>a\n");
  document = pj_mail_plain_to_document (text->str, FIXED, 10000, &is_cut);
  laid_out = pj_mail_document_to_text (document);

  g_assert_true (is_cut);
  g_assert_cmpuint (strlen (laid_out), <=, 10000);
  g_assert_cmpuint (strlen (laid_out), >, 9000);
}

static void
test_links_over_the_limit_are_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PjMailDocument) document = NULL;
  gboolean is_cut = FALSE;

  for (guint i = 0; i < PJ_MAIL_DOCUMENT_MAX_LINKS + 10; i++)
    g_string_append (text, "www.x.example ");
  document = pj_mail_plain_to_document (text->str, FIXED, 1000000, &is_cut);

  g_assert_cmpuint (document->links->len, ==, PJ_MAIL_DOCUMENT_MAX_LINKS);
  g_assert_true (g_str_has_suffix (document->text->str, "www.x.example\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE_TABLE_ADD ("/mail/plain/", cases, test_case);
  g_test_add_func ("/mail/plain/cut", test_cut);
  g_test_add_func ("/mail/plain/margins-count", test_margins_count);
  g_test_add_func ("/mail/plain/links-over-the-limit-are-text", test_links_over_the_limit_are_text);

  return g_test_run ();
}
