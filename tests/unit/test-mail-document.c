/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-document.h"

#include <string.h>

static void
begin (PjMailDocument *document, PjMailBlockKind kind, guint8 level, guint number)
{
  PjMailBlock block = { .kind = kind, .level = level, .number = number };

  pj_mail_document_add_block (document, &block);
}

static void
say (PjMailDocument *document, const char *text, PjMailSpanStyle style, int link)
{
  pj_mail_document_add_text (document, text, strlen (text), style, link);
}

static int
lead_to (PjMailDocument *document, const char *target)
{
  g_autoptr (PjMailLink) link = pj_mail_link_new (target, NULL, NULL, PJ_MAIL_LINK_SOUND, TRUE);

  return pj_mail_document_add_link (document, link);
}

static void
assert_text (const PjMailDocument *document, const char *expected)
{
  g_autofree char *text = pj_mail_document_to_text (document);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_blocks (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  PjMailBlock quote = { .kind = PJ_MAIL_BLOCK_PARAGRAPH, .quote_depth = 2 };
  PjMailBlock tight = { .kind = PJ_MAIL_BLOCK_ITEM, .level = 2, .is_tight = TRUE };

  assert_text (document, "");
  begin (document, PJ_MAIL_BLOCK_HEADING, 1, 0);
  say (document, "Title", 0, -1);
  begin (document, PJ_MAIL_BLOCK_ITEM, 1, 3);
  say (document, "three\nlines", 0, -1);
  pj_mail_document_add_block (document, &tight);
  say (document, "inner", 0, -1);
  begin (document, PJ_MAIL_BLOCK_RULE, 0, 0);
  pj_mail_document_add_block (document, &quote);
  say (document, "said\nhe", 0, -1);
  begin (document, PJ_MAIL_BLOCK_ROW, 0, 0);
  say (document, "a\tb", 0, -1);

  assert_text (document, "Title\n"
                         "\n"
                         "3. three\n"
                         "  lines\n"
                         "  • inner\n"
                         "\n"
                         "――――――――――\n"
                         "\n"
                         "> > said\n"
                         "> > he\n"
                         "\n"
                         "a\tb\n");
  g_assert_cmpstr (document->text->str, ==, "Title\nthree\nlines\ninner\n\nsaid\nhe\na\tb\n");
  g_assert_cmpuint (document->blocks->len, ==, 6);
  g_assert_cmpuint (document->spans->len, ==, 0);
}

static void
test_spans (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  const PjMailSpan *span;
  int link = lead_to (document, "https://example.org/");

  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "See ", 0, -1);
  say (document, "very ", PJ_MAIL_SPAN_STRONG, -1);
  say (document, "strong", PJ_MAIL_SPAN_STRONG, -1);
  say (document, "cat", PJ_MAIL_SPAN_IMAGE, -1);
  say (document, "keywords", PJ_MAIL_SPAN_HIDDEN, -1);
  say (document, " at ", 0, -1);
  say (document, "our ", 0, link);
  say (document, "place", PJ_MAIL_SPAN_EMPHASIS, link);

  g_assert_cmpuint (document->spans->len, ==, 5);
  span = pj_mail_document_get_span (document, 0);
  g_assert_cmpuint (span->start, ==, strlen ("See "));
  g_assert_cmpuint (span->len, ==, strlen ("very strong"));
  g_assert_cmpint (pj_mail_document_get_span (document, 4)->link, ==, link);
  assert_text (document,
               "See very strong[cat][hidden text: keywords] at our place <https://example.org/>\n");
}

static void
test_targets (void)
{
  static const struct
  {
    const char *text;
    const char *target;
    const char *expected;
  } rows[] = {
    { "example.org", "https://example.org/", "example.org\n" },
    { "HTTP://Example.org/", "http://example.org", "HTTP://Example.org/\n" },
    { "ala@example.org", "mailto:ala@example.org", "ala@example.org\n" },
    { "example.org", "https://example.net/", "example.org <https://example.net/>\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PjMailDocument) document = pj_mail_document_new ();

      begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
      say (document, rows[i].text, 0, lead_to (document, rows[i].target));
      assert_text (document, rows[i].expected);
    }
}

/* The last span alone would say where each of them leads, or none. */
static void
test_target_of_several_spans (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  int same = lead_to (document, "https://www.bank.example/");
  int other = lead_to (document, "https://bank.example/");
  int hidden = lead_to (document, "https://bank.example/");

  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "www.", 0, same);
  say (document, "bank", PJ_MAIL_SPAN_STRONG, same);
  say (document, ".example", 0, same);
  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "Not ", PJ_MAIL_SPAN_STRONG, other);
  say (document, "bank.example", 0, other);
  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "bank.example", 0, hidden);
  say (document, "x", PJ_MAIL_SPAN_HIDDEN, hidden);

  assert_text (document, "www.bank.example\n\n"
                         "Not bank.example <https://bank.example/>\n\n"
                         "bank.example[hidden text: x]\n");
}

static void
test_replaced_link (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  g_autoptr (PjMailLink) link =
      pj_mail_link_new ("https://two.example/", NULL, NULL, PJ_MAIL_LINK_SOUND, TRUE);
  int first = lead_to (document, "");
  int second = lead_to (document, "https://one.example/");

  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "a", 0, first);
  say (document, "b", 0, second);
  pj_mail_document_replace_link (document, first, link);
  pj_mail_document_replace_link (document, first, link);

  g_assert_true (pj_mail_document_get_link (document, (guint) first) == link);
  assert_text (document, "a <https://two.example/>b <https://one.example/>\n");
}

static void
test_append (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  g_autoptr (PjMailDocument) other = pj_mail_document_new ();

  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "one", 0, lead_to (document, "https://one.example/"));
  begin (other, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (other, "two", 0, lead_to (other, "https://two.example/"));

  pj_mail_document_append (document, other);
  g_assert_cmpuint (document->links->len, ==, 2);
  assert_text (document, "one <https://one.example/>\n\ntwo <https://two.example/>\n");
  assert_text (other, "two <https://two.example/>\n");

  begin (document, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (document, "three", 0, -1);
  assert_text (document, "one <https://one.example/>\n\ntwo <https://two.example/>\n\nthree\n");
}

static void
test_limits (void)
{
  g_autoptr (PjMailDocument) document = pj_mail_document_new ();
  g_autoptr (PjMailDocument) other = pj_mail_document_new ();
  PjMailBlock deep = { .kind = PJ_MAIL_BLOCK_ITEM, .level = 200, .quote_depth = 200 };

  pj_mail_document_add_block (document, &deep);
  g_assert_cmpuint (pj_mail_document_get_block (document, 0)->level, ==,
                    PJ_MAIL_DOCUMENT_MAX_DEPTH);
  g_assert_cmpuint (pj_mail_document_get_block (document, 0)->quote_depth, ==,
                    PJ_MAIL_DOCUMENT_MAX_DEPTH);

  for (guint i = 0; i < PJ_MAIL_DOCUMENT_MAX_LINKS; i++)
    g_assert_cmpint (lead_to (document, "https://example.org/"), ==, (int) i);
  g_assert_cmpint (lead_to (document, "https://example.org/"), ==, -1);

  begin (other, PJ_MAIL_BLOCK_PARAGRAPH, 0, 0);
  say (other, "linked", 0, lead_to (other, "https://example.net/"));
  pj_mail_document_append (document, other);
  g_assert_cmpuint (document->links->len, ==, PJ_MAIL_DOCUMENT_MAX_LINKS);
  g_assert_cmpint (pj_mail_document_get_span (document, 0)->link, ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/mail-document/blocks", test_blocks);
  g_test_add_func ("/model/mail-document/spans", test_spans);
  g_test_add_func ("/model/mail-document/targets", test_targets);
  g_test_add_func ("/model/mail-document/target-of-several-spans", test_target_of_several_spans);
  g_test_add_func ("/model/mail-document/replaced-link", test_replaced_link);
  g_test_add_func ("/model/mail-document/append", test_append);
  g_test_add_func ("/model/mail-document/limits", test_limits);
  return g_test_run ();
}
