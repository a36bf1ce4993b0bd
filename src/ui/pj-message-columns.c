/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-columns.h"

#include "model/pj-account.h"
#include "model/pj-message.h"
#include "ui/pj-message-order.h"

/*
 * What a .ui file cannot say of the columns of a list of mails: their orders,
 * and the name of the mailbox, which a mail knows by its id only.
 */

static PjAccount *
find_account (gpointer this, const char *account_id, GListModel *accounts)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (PjAccount) account = g_list_model_get_item (accounts, i);

      if (g_strcmp0 (pj_account_get_id (account), account_id) == 0)
        return g_steal_pointer (&account);
    }

  return NULL;
}

static void
unref_closure_data (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/* The name of the mailbox of a message; it follows a change of the name. Takes @message. */
static GtkExpression *
new_mailbox_name (GListModel *accounts, GtkExpression *message)
{
  GtkExpression *id = gtk_property_expression_new (PJ_TYPE_MESSAGE, message, "account-id");
  GtkExpression *account =
      gtk_cclosure_expression_new (PJ_TYPE_ACCOUNT, NULL, 1, &id, G_CALLBACK (find_account),
                                   g_object_ref (accounts), unref_closure_data);

  return gtk_property_expression_new (PJ_TYPE_ACCOUNT, account, "name");
}

static void
on_mailbox_cell_setup (GtkListItemFactory *factory, GtkListItem *cell, GListModel *accounts)
{
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkExpression *message = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");

  gtk_expression_bind (new_mailbox_name (accounts, message), label, "label", cell);
  gtk_list_item_set_child (cell, label);
}

static void
set_mailbox_cell (GtkColumnViewColumn *column, GListModel *accounts)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_mailbox_cell_setup), accounts,
                           G_CONNECT_DEFAULT);
  gtk_column_view_column_set_factory (column, factory);
}

static void
set_order (GtkColumnViewColumn *column, GCompareDataFunc order, GListModel *accounts)
{
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (order, g_object_ref (accounts), g_object_unref));

  gtk_column_view_column_set_sorter (column, sorter);
}

/**
 * pj_message_columns_set_up:
 * @self: the columns
 * @accounts: (element-type PjAccount): the mailboxes
 *
 * Lets each column be sorted by, and the one of the mailbox name it. Main
 * thread.
 */
void
pj_message_columns_set_up (const PjMessageColumns *self, GListModel *accounts)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (accounts));

  set_mailbox_cell (self->mailbox, accounts);
  set_order (self->state, pj_message_order_by_state, accounts);
  set_order (self->from, pj_message_order_by_sender, accounts);
  set_order (self->subject, pj_message_order_by_subject, accounts);
  set_order (self->mailbox, pj_message_order_by_mailbox, accounts);
  set_order (self->date, pj_message_order_by_date, accounts);
  set_order (self->size, pj_message_order_by_size, accounts);
}
