/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pj-cli-table.h"

#include <string.h>

#include "base/pj-text.h"

#define GAP "  "
#define GAP_WIDTH 2

/* A column is not made narrower than this to fit a terminal. */
#define MIN_WIDTH 8

/* The longest UID; more of anything else nobody reads in a table. */
#define MAX_CELL_CHARS 255

/**
 * PjCliTable:
 *
 * Rows of text in columns for a terminal: by the width that characters take
 * there, wide ones of East Asia counted twice. One thread.
 */
struct _PjCliTable
{
  GPtrArray *rows; /* of char **; the first are the titles */
  guint n_columns;
  guint64 right; /* set of columns, by bit */
  guint64 whole; /* likewise */
};

static gboolean
has_column (guint64 set, guint column)
{
  return (set >> column & 1) != 0;
}

static void
add_row (PjCliTable *self, const char *const *cells)
{
  char **row = g_new0 (char *, self->n_columns + 1);

  for (guint i = 0; i < self->n_columns; i++)
    row[i] = pj_text_clean_line (cells[i], -1, MAX_CELL_CHARS);

  g_ptr_array_add (self->rows, row);
}

/**
 * pj_cli_table_new:
 * @titles: heads of the columns, at most 64, %NULL-ended
 *
 * Returns: (transfer full): a table without rows
 */
PjCliTable *
pj_cli_table_new (const char *const *titles)
{
  PjCliTable *self = g_new0 (PjCliTable, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->n_columns = g_strv_length ((char **) titles);
  add_row (self, titles);

  return self;
}

/**
 * pj_cli_table_free: (skip)
 * @self: (transfer full): the table
 */
void
pj_cli_table_free (PjCliTable *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * pj_cli_table_align_right:
 * @self: the table
 * @column: a column of numbers, from 0
 */
void
pj_cli_table_align_right (PjCliTable *self, guint column)
{
  g_return_if_fail (column < self->n_columns);

  self->right |= G_GUINT64_CONSTANT (1) << column;
}

/**
 * pj_cli_table_keep_whole:
 * @self: the table
 * @column: a column that is never cut, such as one to be copied from
 */
void
pj_cli_table_keep_whole (PjCliTable *self, guint column)
{
  g_return_if_fail (column < self->n_columns);

  self->whole |= G_GUINT64_CONSTANT (1) << column;
}

/**
 * pj_cli_table_add_row:
 * @self: the table
 * @cells: one for each column; cleaned here
 */
void
pj_cli_table_add_row (PjCliTable *self, const char *const *cells)
{
  add_row (self, cells);
}

static guint
measure_char (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * pj_cli_table_measure:
 * @text: UTF-8
 *
 * Returns: cells of a terminal that @text takes
 */
guint
pj_cli_table_measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += measure_char (g_utf8_get_char (p));

  return width;
}

static guint
sum (const guint *widths, guint n)
{
  guint total = n > 0 ? GAP_WIDTH * (n - 1) : 0;

  for (guint i = 0; i < n; i++)
    total += widths[i];

  return total;
}

/* Returns: the widest column that may be cut; the number of columns for none */
static guint
find_widest (const PjCliTable *self, const guint *widths)
{
  guint widest = self->n_columns;

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (!has_column (self->whole, i) && widths[i] > MIN_WIDTH &&
          (widest == self->n_columns || widths[i] > widths[widest]))
        widest = i;
    }

  return widest;
}

/* Returns: (transfer full): width of each column */
static guint *
fit_columns (const PjCliTable *self, guint max_width)
{
  guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < self->n_columns; j++)
        widths[j] = MAX (widths[j], pj_cli_table_measure (row[j]));
    }

  while (max_width > 0 && sum (widths, self->n_columns) > max_width)
    {
      guint widest = find_widest (self, widths);

      if (widest == self->n_columns)
        break;
      widths[widest]--;
    }

  return widths;
}

/* Appends as much of @text as fits. Returns: width that it took */
static guint
append_cut (GString *out, const char *text, guint width)
{
  guint taken = 0;

  if (pj_cli_table_measure (text) <= width)
    {
      g_string_append (out, text);
      return pj_cli_table_measure (text);
    }

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint next = measure_char (g_utf8_get_char (p));

      if (taken + next > width - 1)
        break;
      g_string_append_unichar (out, g_utf8_get_char (p));
      taken += next;
    }
  g_string_append (out, "…");

  return taken + 1;
}

static void
append_blanks (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

static void
append_cell (const PjCliTable *self, GString *out, const char *text, guint column, guint width)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  guint taken = append_cut (cell, text, width);
  gboolean is_right = has_column (self->right, column);

  if (is_right)
    append_blanks (out, width - taken);
  g_string_append (out, cell->str);
  /* The end of a line needs no filling. */
  if (!is_right && column + 1 < self->n_columns)
    append_blanks (out, width - taken);
}

/**
 * pj_cli_table_to_string:
 * @self: the table
 * @max_width: cells of the terminal; 0 for as wide as it gets. The widest
 *   columns are cut to keep it, down to a width that is still of use.
 *
 * Returns: (transfer full): lines, each with its end
 */
char *
pj_cli_table_to_string (const PjCliTable *self, guint max_width)
{
  g_autofree guint *widths = fit_columns (self, max_width);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < self->n_columns; j++)
        {
          if (j > 0)
            g_string_append (out, GAP);
          append_cell (self, out, row[j], j, widths[j]);
        }
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}
