/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-parts.h"

#include <string.h>

#include "document-dump.h"

/* Which parts a whole mail shows is tried in test-mail-body.c; here are the
 * structures that only a tree made by hand has. */
static GMimeObject *
new_text (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);

  g_mime_text_part_set_text (part, text);
  return GMIME_OBJECT (part);
}

static void
add (GMimeMultipart *multipart, GMimeObject *part)
{
  g_mime_multipart_add (multipart, part);
  g_object_unref (part);
}

static char *
read_parts (GMimeObject *root, PjMailText *mail, gboolean *is_cut)
{
  g_autoptr (PjMailDocument) document = pj_mail_parts_read (root, mail, is_cut);

  return document_dump (document);
}

static void
test_alternatives_within_alternatives (void)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeObject) outer = GMIME_OBJECT (g_mime_multipart_new_with_subtype ("alternative"));
  GMimeMultipart *inner = g_mime_multipart_new_with_subtype ("alternative");
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *dump = NULL;
  gboolean is_cut = FALSE;

  add (inner, new_text ("html", "<p>html</p>"));
  add (inner, new_text ("plain", "plain"));
  add (GMIME_MULTIPART (outer), new_text ("plain", " \n"));
  add (GMIME_MULTIPART (outer), GMIME_OBJECT (inner));

  dump = read_parts (outer, mail, &is_cut);
  g_assert_cmpstr (dump, ==, "P|plain");
  g_assert_false (is_cut);
}

static void
test_message_that_holds_none (void)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeObject) part = GMIME_OBJECT (g_mime_message_part_new ("rfc822"));
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *dump = NULL;
  gboolean is_cut = FALSE;

  mail->is_cut = TRUE;
  dump = read_parts (part, mail, &is_cut);
  g_assert_cmpstr (dump, ==, "");
  g_assert_cmpuint (mail->attachments->len, ==, 1);
}

static void
test_too_deep (void)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeObject) root = new_text ("plain", "deep");
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *dump = NULL;
  gboolean is_cut = FALSE;

  for (guint i = 0; i < 40; i++)
    {
      GMimeMultipart *multipart = g_mime_multipart_new ();

      add (multipart, root);
      root = GMIME_OBJECT (multipart);
    }

  dump = read_parts (root, mail, &is_cut);
  g_assert_cmpstr (dump, ==, "");
  g_assert_true (is_cut);
}

/* What was read to choose is shown only where there is still room for all of it. */
static void
test_text_before_the_html_that_was_chosen (void)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeObject) outer = GMIME_OBJECT (g_mime_multipart_new_with_subtype ("alternative"));
  GMimeMultipart *inner = g_mime_multipart_new_with_subtype ("mixed");
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autofree char *words = g_strnfill (3 * PJ_MAIL_MAX_TEXT_BYTES / 4, 'a');
  g_autoptr (PjMailDocument) document = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut = FALSE;

  add (inner, new_text ("plain", words));
  add (inner, new_text ("html", words));
  add (GMIME_MULTIPART (outer), new_text ("plain", "Requires an HTML viewer"));
  add (GMIME_MULTIPART (outer), GMIME_OBJECT (inner));

  document = pj_mail_parts_read (outer, mail, &is_cut);
  text = pj_mail_document_to_text (document);
  g_assert_cmpuint (strlen (text), <=, PJ_MAIL_MAX_TEXT_BYTES);
  g_assert_true (is_cut);
}

/* Reading the HTML text again for each of them would take minutes: the test runner ends it then. */
static void
test_many_stubs (void)
{
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);
  g_autoptr (GMimeObject) root = GMIME_OBJECT (g_mime_multipart_new_with_subtype ("alternative"));
  g_autoptr (PjMailText) mail = pj_mail_text_new ();
  g_autoptr (GString) html = g_string_new ("<p>Hello");
  g_autofree char *dump = NULL;
  gboolean is_cut = FALSE;

  while (html->len < 3 * 1024 * 1024)
    g_string_append (html, "<i style='color:#000'></i>");
  for (guint i = 0; i < 900; i++)
    add (GMIME_MULTIPART (root), new_text ("plain", "Requires an HTML viewer"));
  add (GMIME_MULTIPART (root), new_text ("html", html->str));

  dump = read_parts (root, mail, &is_cut);
  g_assert_cmpstr (dump, ==, "P|Hello");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/parts/alternatives-within-alternatives",
                   test_alternatives_within_alternatives);
  g_test_add_func ("/mail/parts/text-before-the-html-that-was-chosen",
                   test_text_before_the_html_that_was_chosen);
  g_test_add_func ("/mail/parts/many-stubs", test_many_stubs);
  g_test_add_func ("/mail/parts/message-that-holds-none", test_message_that_holds_none);
  g_test_add_func ("/mail/parts/too-deep", test_too_deep);

  return g_test_run ();
}
