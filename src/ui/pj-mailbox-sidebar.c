/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-mailbox-sidebar.h"

#include "ui/pj-closures.h"
#include "ui/pj-mailbox-row.h"
#include "ui/pj-ui-resources.h"

/**
 * PjMailboxSidebar:
 *
 * The mailboxes at the left with "All mailboxes" above them; one is selected
 * always. `activated` says that the user chose one by pointer or Enter, which
 * a narrow window answers by showing its mails. Main thread.
 */
struct _PjMailboxSidebar
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *box;
  GtkListBox *list;

  /* Owned */
  PjOverview *overview;
  PjAccount *selected; /* NULL: all mailboxes */
};

G_DEFINE_FINAL_TYPE (PjMailboxSidebar, pj_mailbox_sidebar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_OVERVIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  PjMailboxSidebar *self = user_data;

  return PJ_IS_ACCOUNT (item) ? pj_mailbox_row_new (item)
                              : pj_mailbox_row_new_for_all (self->overview);
}

static void
on_row_selected (GtkListBox *list, GtkListBoxRow *row, PjMailboxSidebar *self)
{
  PjAccount *account = row == NULL ? NULL : pj_mailbox_row_get_account (PJ_MAILBOX_ROW (row));

  if (g_set_object (&self->selected, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, PjMailboxSidebar *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_accounts_changed (
    GListModel *accounts, guint position, guint removed, guint added, PjMailboxSidebar *self)
{
  /* The selected mailbox is gone: fall back to all of them. */
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    pj_mailbox_sidebar_select (self, NULL);
}

static void
pj_mailbox_sidebar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjMailboxSidebar *self = PJ_MAILBOX_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    case PROP_OVERVIEW:
      g_value_set_object (value, self->overview);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_mailbox_sidebar_dispose (GObject *object)
{
  PjMailboxSidebar *self = PJ_MAILBOX_SIDEBAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->overview);
  g_clear_object (&self->selected);

  G_OBJECT_CLASS (pj_mailbox_sidebar_parent_class)->dispose (object);
}

static void
pj_mailbox_sidebar_class_init (PjMailboxSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_mailbox_sidebar_get_property;
  object_class->dispose = pj_mailbox_sidebar_dispose;

  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, PJ_TYPE_ACCOUNT, readable);
  properties[PROP_OVERVIEW] =
      g_param_spec_object ("overview", NULL, NULL, PJ_TYPE_OVERVIEW, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATED] = g_signal_new ("activated", PJ_TYPE_MAILBOX_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-mailbox-sidebar.ui");
  pj_closures_bind (widget_class);
  gtk_widget_class_bind_template_child (widget_class, PjMailboxSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, PjMailboxSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
pj_mailbox_sidebar_init (PjMailboxSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GListModel *
new_rows_model (GListModel *accounts)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) all = gtk_string_list_new ((const char *const[]){ "", NULL });

  g_list_store_append (parts, all);
  g_list_store_append (parts, accounts);

  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

/**
 * pj_mailbox_sidebar_set_accounts:
 * @self: the sidebar
 * @accounts: (element-type PjAccount): the mailboxes
 * @overview: what they amount to
 *
 * Fills the sidebar and selects all mailboxes. To be called once.
 */
void
pj_mailbox_sidebar_set_accounts (PjMailboxSidebar *self, GListModel *accounts, PjOverview *overview)
{
  g_autoptr (GListModel) rows = NULL;

  g_return_if_fail (PJ_IS_MAILBOX_SIDEBAR (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));
  g_return_if_fail (PJ_IS_OVERVIEW (overview));

  g_set_object (&self->overview, overview);
  rows = new_rows_model (accounts);
  gtk_list_box_bind_model (self->list, rows, create_row, self, NULL);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (on_accounts_changed), self,
                           G_CONNECT_DEFAULT);
  pj_mailbox_sidebar_select (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERVIEW]);
}

/**
 * pj_mailbox_sidebar_get_selected:
 * @self: the sidebar
 *
 * Returns: (transfer none) (nullable): the selected mailbox; %NULL for all
 */
PjAccount *
pj_mailbox_sidebar_get_selected (PjMailboxSidebar *self)
{
  g_return_val_if_fail (PJ_IS_MAILBOX_SIDEBAR (self), NULL);

  return self->selected;
}

/**
 * pj_mailbox_sidebar_select:
 * @self: the sidebar
 * @account: (nullable): a mailbox of the list; %NULL for all
 */
void
pj_mailbox_sidebar_select (PjMailboxSidebar *self, PjAccount *account)
{
  GtkListBoxRow *row;

  g_return_if_fail (PJ_IS_MAILBOX_SIDEBAR (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (pj_mailbox_row_get_account (PJ_MAILBOX_ROW (row)) == account)
        gtk_list_box_select_row (self->list, row);
    }
}
