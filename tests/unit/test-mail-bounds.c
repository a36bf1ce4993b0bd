/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/pj-mail-bounds.h"

#include <string.h>

#include "case-table.h"

static void
test_address_fields (void)
{
  g_assert_true (pj_mail_bounds_is_address_field ("From", 4));
  g_assert_true (pj_mail_bounds_is_address_field ("rEPLY-tO: x", 8));
  g_assert_false (pj_mail_bounds_is_address_field ("From", 3));
  g_assert_false (pj_mail_bounds_is_address_field ("Subject", 7));
  g_assert_false (pj_mail_bounds_is_address_field ("", 0));
}

static void
append_colons (GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, "a:");
}

static guint
count_colons (const GString *text)
{
  guint n = 0;

  for (gsize i = 0; i < text->len; i++)
    n += text->str[i] == ':';

  return n;
}

static void
test_few_colons (void)
{
  g_autoptr (GString) list = g_string_new (NULL);

  g_assert_true (pj_mail_bounds_has_few_colons (list->str));
  append_colons (list, PJ_MAIL_MAX_COLONS);
  g_assert_true (pj_mail_bounds_has_few_colons (list->str));
  append_colons (list, 1);
  g_assert_false (pj_mail_bounds_has_few_colons (list->str));
}

typedef struct
{
  const char *name;
  const char *start; /* followed by twice as many colons as there may be */
  gboolean is_flattened;
} Case;

static const Case cases[] = {
  { "field", "From: ", TRUE },
  { "blank-before-colon", "x\nreply-to \t:", TRUE },
  { "after-crlf", "Subject: x\r\nCC:", TRUE },
  { "indented", "\n  To: ", TRUE },
  { "folded", "To: x\n ", TRUE },
  { "folded-over-fields", "To: x:\n Cc: x:\n\tBcc: ", TRUE },
  { "another-field", "Subject: ", FALSE },
  { "text", "From here to there: ", FALSE },
  { "after-the-field", "To: x\n", FALSE },
};

static void
test_flatten (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) text = g_string_new (c->start);
  g_autofree char *before = NULL;
  gsize len;

  append_colons (text, 2 * PJ_MAIL_MAX_COLONS);
  before = g_strdup (text->str);
  len = text->len;

  pj_mail_bounds_flatten_groups (text->str, text->len);
  g_assert_cmpuint (strlen (text->str), ==, len);
  if (c->is_flattened)
    g_assert_cmpuint (count_colons (text), ==,
                      PJ_MAIL_MAX_COLONS + (strstr (c->start, "Subject") != NULL ? 1 : 0));
  else
    g_assert_cmpstr (text->str, ==, before);
}

static void
test_measure_parts (void)
{
  g_autoptr (GString) text = g_string_new ("x\r\n");
  gsize limit;

  g_assert_cmpuint (pj_mail_bounds_measure_parts (NULL, 0), ==, 0);
  g_assert_cmpuint (pj_mail_bounds_measure_parts ("--", 2), ==, 2);

  for (guint i = 0; i < PJ_MAIL_MAX_DASH_LINES; i++)
    g_string_append (text, "--b\r\n-\r\n --\r\n");
  limit = text->len;
  g_assert_cmpuint (pj_mail_bounds_measure_parts (text->str, text->len), ==, limit);

  g_string_append (text, "--b\r\nx");
  g_assert_cmpuint (pj_mail_bounds_measure_parts (text->str, text->len), ==, limit);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mail/bounds/address-fields", test_address_fields);
  g_test_add_func ("/mail/bounds/few-colons", test_few_colons);
  CASE_TABLE_ADD ("/mail/bounds/flatten/", cases, test_flatten);
  g_test_add_func ("/mail/bounds/measure-parts", test_measure_parts);

  return g_test_run ();
}
