/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-header-scan.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *mail;
  const char *fields; /* "name=value|name=value" */
  const char *body;
} Case;

static const Case cases[] = {
  { "empty", "", "", "" },
  { "crlf", "A: 1\r\nB: 2\r\n\r\nhi\r\n", "A=1|B=2", "hi\r\n" },
  { "lf", "A: 1\nB: 2\n\nhi\n", "A=1|B=2", "hi\n" },
  { "mixed-line-ends", "A: 1\r\nB: 2\n\r\nhi", "A=1|B=2", "hi" },
  { "cr", "A: 1\rB: 2\r\rhi\rthere\r\n", "A=1|B=2", "hi\rthere\r\n" },
  { "blank-lines-in-front-of-cr", "\r \rA: 1\r", "A=1", "" },
  { "cr-within-a-value", "A: x\ry\r\r\nB: 2\n\n", "A=x y|B=2", "" },
  { "folded", "A: 1\r\n 2\r\n\t3\r\n\r\n", "A=1 2\t3", "" },
  { "fold-of-blanks", "A: 1\n \n\t2\nB: 3\n\n", "A=1 \t2|B=3", "" },
  { "blank-before-colon", "From : a@b\n\n", "From=a@b", "" },
  { "name-folded-before-colon", "From\n : a@b\nTo: c\n\n", "From=a@b|To=c", "" },
  { "first-field-indented", " From: a@b\nFrom: c@d\n\n", "From=a@b|From=c@d", "" },
  { "blank-lines-in-front", "\r\n  \r\nA: 1\n\nhi", "A=1", "hi" },
  { "byte-order-mark",
    "\xEF\xBB\xBF"
    "A: 1\n\nhi",
    "A=1", "hi" },
  { "mbox-line", "From x@y Mon Jan  1 00:00:00 2001\nA: 1\n\nhi", "A=1", "hi" },
  { "stray-line-is-passed-over", "A: 1\nstray\nB: 2\n\nhi", "A=1|B=2", "hi" },
  { "no-empty-line", "A: 1\nHello there\nyou\n", "A=1", "Hello there\nyou\n" },
  { "line-of-blanks-for-empty", "A: 1\n \nHello there\n", "A=1", "Hello there\n" },
  { "no-header", "Hello there\n\nyou\n", "", "Hello there\n\nyou\n" },
  { "cut-in-a-name", "A: 1\nSubj", "A=1", "Subj" },
  { "cut-in-a-value", "A: 1\nB: 2 and", "A=1|B=2 and", "" },
  { "cut-after-cr", "A: 1\r\nB: 2\r", "A=1|B=2", "" },
  { "empty-value", "A:\nB:  \n\n", "A=|B=", "" },
  { "no-name", ": x\nA: 1\n\n", "A=1", "" },
  { "eight-bit-value", "A: \xB6\xF3\n\n", "A=\xB6\xF3", "" },
  { "eight-bit-name", "\xB6: x\nA: 1\n\n", "A=1", "" },
};

static void
test_scan (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (c->mail, strlen (c->mail));
  g_autoptr (GString) fields = g_string_new (NULL);

  for (guint i = 0; i < scan->fields->len; i++)
    {
      const PjMailRawField *field = g_ptr_array_index (scan->fields, i);

      g_string_append_printf (fields, "%s%s=%s", i > 0 ? "|" : "", field->name, field->value);
    }

  g_assert_cmpstr (fields->str, ==, c->fields);
  g_assert_cmpstr (c->mail + scan->body_offset, ==, c->body);
}

static void
test_nul_hides_nothing (void)
{
  static const char mail[] = "A: x\0y\nB: 2\n\n";
  g_autoptr (PjMailHeaderScan) scan = pj_mail_header_scan_new (mail, sizeof mail - 1);

  g_assert_cmpstr (pj_mail_header_scan_find (scan, "a"), ==, "x\x1Ay");
  g_assert_cmpstr (pj_mail_header_scan_find (scan, "b"), ==, "2");
  g_assert_null (pj_mail_header_scan_find (scan, "c"));
}

static void
test_limits (void)
{
  g_autoptr (GString) mail = g_string_new (NULL);
  g_autoptr (PjMailHeaderScan) many = NULL;
  g_autoptr (PjMailHeaderScan) folded = NULL;
  const PjMailRawField *field;

  for (guint i = 0; i < PJ_MAIL_MAX_FIELDS + 100; i++)
    g_string_append (mail, "From: a@b\n");
  g_string_append (mail, "\nbody");
  many = pj_mail_header_scan_new (mail->str, mail->len);
  g_assert_cmpuint (many->fields->len, ==, PJ_MAIL_MAX_FIELDS);
  g_assert_cmpstr (mail->str + many->body_offset, ==, "body");

  g_string_assign (mail, "From: a");
  while (mail->len < 4 * PJ_MAIL_MAX_FIELD_BYTES)
    g_string_append (mail, "\n aaaaaaaaaaaaaaaaaaaa");
  folded = pj_mail_header_scan_new (mail->str, mail->len);
  g_assert_cmpuint (folded->fields->len, ==, 1);
  field = g_ptr_array_index (folded->fields, 0);
  g_assert_cmpuint (strlen (field->value), <, PJ_MAIL_MAX_FIELD_BYTES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/header-scan/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_scan);
    }
  g_test_add_func ("/mail/header-scan/nul-hides-nothing", test_nul_hides_nothing);
  g_test_add_func ("/mail/header-scan/limits", test_limits);

  return g_test_run ();
}
