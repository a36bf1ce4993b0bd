/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-root.h"

#include <string.h>

/* Parts by number: 0 all, 1 the alternatives, 2 and 3 in them, 4 the attached
 * mail, 5 its text, 6 the file. */
static const char mail[] = "Content-Type: multipart/mixed; boundary=a\n"
                           "\n"
                           "--a\n"
                           "Content-Type: multipart/alternative; boundary=b\n"
                           "\n"
                           "--b\n"
                           "Content-Type: text/plain\n"
                           "\n"
                           "plain\n"
                           "--b\n"
                           "Content-Type: text/html\n"
                           "\n"
                           "html\n"
                           "--b--\n"
                           "--a\n"
                           "Content-Type: message/rfc822\n"
                           "\n"
                           "Subject: inner\n"
                           "\n"
                           "text\n"
                           "--a\n"
                           "Content-Type: application/x-file\n"
                           "\n"
                           "file\n"
                           "--a--\n";

static GMimeObject *
parse (const char *text, gsize len)
{
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (text, len);
  g_autoptr (GMimeParserOptions) options = pj_mail_gmime_options_new (NULL);

  return pj_mail_root_parse (scan, options, text + scan->body_offset, len - scan->body_offset);
}

static void
assert_type (GMimeObject *root, guint number, const char *type)
{
  GMimeObject *part = pj_mail_root_find_part (root, number);
  g_autofree char *found = NULL;

  g_assert_nonnull (part);
  found = g_mime_content_type_get_mime_type (g_mime_object_get_content_type (part));
  g_assert_cmpstr (found, ==, type);
}

static void
test_numbers (void)
{
  g_autoptr (GMimeObject) root = parse (mail, strlen (mail));
  g_autoptr (GHashTable) numbers = pj_mail_root_number_parts (root);

  assert_type (root, 0, "multipart/mixed");
  assert_type (root, 1, "multipart/alternative");
  assert_type (root, 3, "text/html");
  assert_type (root, 4, "message/rfc822");
  assert_type (root, 6, "application/x-file");
  g_assert_null (pj_mail_root_find_part (root, 7));
  g_assert_cmpuint (g_hash_table_size (numbers), ==, 7);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpuint (
        GPOINTER_TO_UINT (g_hash_table_lookup (numbers, pj_mail_root_find_part (root, i))), ==, i);
}

/* Wherever TOP ends, what it gave is numbered as in the whole. */
static void
test_cut_mail_is_numbered_alike (void)
{
  g_autoptr (GMimeObject) whole = parse (mail, strlen (mail));

  for (const char *end = strstr (mail, "\n\nfile\n"); end < mail + strlen (mail); end++)
    {
      g_autoptr (GMimeObject) root = parse (mail, (gsize) (end - mail));

      assert_type (root, 6, "application/x-file");
      assert_type (root, 4, "message/rfc822");
    }
  assert_type (whole, 6, "application/x-file");
}

/* Deeper than anyone sends, and no end of the stack. */
static void
test_deep (void)
{
  g_autoptr (GMimeObject) root = GMIME_OBJECT (g_mime_multipart_new ());
  g_autoptr (GHashTable) numbers = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      GMimeMultipart *outer = g_mime_multipart_new ();

      g_mime_multipart_add (outer, root);
      g_object_unref (root);
      root = GMIME_OBJECT (outer);
    }

  numbers = pj_mail_root_number_parts (root);
  g_assert_cmpuint (g_hash_table_size (numbers), <, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/root/numbers", test_numbers);
  g_test_add_func ("/mail/root/cut-mail-is-numbered-alike", test_cut_mail_is_numbered_alike);
  g_test_add_func ("/mail/root/deep", test_deep);

  return g_test_run ();
}
