/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PjMessageColumns:
 *
 * The columns of a list of mails, borrowed from the #GtkColumnView that has
 * them. Main thread.
 */
typedef struct
{
  GtkColumnViewColumn *state;
  GtkColumnViewColumn *from;
  GtkColumnViewColumn *subject;
  GtkColumnViewColumn *mailbox;
  GtkColumnViewColumn *date;
  GtkColumnViewColumn *size;
} PjMessageColumns;

void pj_message_columns_set_up (const PjMessageColumns *self, GListModel *accounts);

G_END_DECLS
