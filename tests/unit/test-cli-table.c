/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-table.h"

typedef struct
{
  const char *text;
  guint width;
} WidthCase;

static void
test_measure (void)
{
  static const WidthCase cases[] = {
    { "", 0 }, { "abc", 3 }, { "żółw", 4 }, { "日本", 4 }, { "e\u0301", 1 }, { "…", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (pj_cli_table_measure (cases[i].text), ==, cases[i].width);
}

static PjCliTable *
make_table (void)
{
  PjCliTable *table = pj_cli_table_new ((const char *const[]){ "Id", "Name", "Size", NULL });

  pj_cli_table_keep_whole (table, 0);
  pj_cli_table_align_right (table, 2);
  pj_cli_table_add_row (table, (const char *const[]){ "uid-1234567890", "żółw i 日本語", "5 B" });
  pj_cli_table_add_row (table, (const char *const[]){ "2", "a\x1B[2J\nb", "500 kB" });

  return table;
}

static void
test_whole (void)
{
  g_autoptr (PjCliTable) table = make_table ();
  g_autofree char *text = pj_cli_table_to_string (table, 0);

  g_assert_cmpstr (text, ==,
                   "Id              Name             Size\n"
                   "uid-1234567890  żółw i 日本語     5 B\n"
                   "2               a\uFFFD[2J b        500 kB\n");
}

static void
test_cut_to_width (void)
{
  g_autoptr (PjCliTable) table = make_table ();
  g_autofree char *text = pj_cli_table_to_string (table, 34);

  g_assert_cmpstr (text, ==,
                   "Id              Name          Size\n"
                   "uid-1234567890  żółw i 日…     5 B\n"
                   "2               a\uFFFD[2J b     500 kB\n");
}

static void
test_too_narrow_keeps_what_counts (void)
{
  g_autoptr (PjCliTable) table = make_table ();
  g_autofree char *text = pj_cli_table_to_string (table, 10);

  g_assert_nonnull (g_strstr_len (text, -1, "uid-1234567890"));
  g_assert_nonnull (g_strstr_len (text, -1, "żółw i …"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/table/measure", test_measure);
  g_test_add_func ("/cli/table/whole", test_whole);
  g_test_add_func ("/cli/table/cut-to-width", test_cut_to_width);
  g_test_add_func ("/cli/table/too-narrow-keeps-what-counts", test_too_narrow_keeps_what_counts);

  return g_test_run ();
}
