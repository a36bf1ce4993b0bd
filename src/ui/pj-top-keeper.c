/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-top-keeper.h"

/*
 * GTK's lists hold on to the rows they show when others come above them. That
 * is right for a user who has scrolled down. One who is at the top is there
 * for what comes at the top.
 */
typedef struct
{
  GtkScrolledWindow *scrolled; /* (borrowed) owns this */
  guint source;                /* 0: nothing to do */
} TopKeeper;

static void
top_keeper_free (gpointer data)
{
  TopKeeper *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

static gboolean
on_laid_out (gpointer user_data)
{
  TopKeeper *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  self->source = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));

  return G_SOURCE_REMOVE;
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, GtkScrolledWindow *scrolled)
{
  TopKeeper *self = g_object_get_data (G_OBJECT (scrolled), "pj-top-keeper");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);

  if (self->source != 0 || added == 0 ||
      gtk_adjustment_get_value (adjustment) > gtk_adjustment_get_lower (adjustment))
    return;

  /* The list moves when it is laid out, which comes before an idle call. */
  self->source = g_idle_add (on_laid_out, self);
}

/**
 * pj_top_keeper_attach:
 * @scrolled: holds a list of @model's items
 * @model: what comes and goes
 *
 * Keeps @scrolled at its top, if it is there, when items are added. Once for
 * each @scrolled; main thread.
 */
void
pj_top_keeper_attach (GtkScrolledWindow *scrolled, GListModel *model)
{
  TopKeeper *self;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));
  g_return_if_fail (G_IS_LIST_MODEL (model));

  self = g_new0 (TopKeeper, 1);
  self->scrolled = scrolled;
  g_object_set_data_full (G_OBJECT (scrolled), "pj-top-keeper", self, top_keeper_free);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), scrolled,
                           G_CONNECT_DEFAULT);
}
