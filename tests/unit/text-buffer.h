/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Long texts, and what has come of them into a text buffer. */

#include <gtk/gtk.h>

static inline char *
repeat (const char *text, gsize times)
{
  GString *all = g_string_new (NULL);

  for (gsize i = 0; i < times; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

static inline char *
dup_content (GtkTextBuffer *buffer)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}
