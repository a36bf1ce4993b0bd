/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-view.h"

#include "ui/pj-closures.h"
#include "ui/pj-message-columns.h"
#include "ui/pj-message-selection.h"
#include "ui/pj-state-icon.h"
#include "ui/pj-top-keeper.h"
#include "ui/pj-ui-resources.h"

/**
 * PjMessageView:
 *
 * The mails of one mailbox or of all: columns where there is room, rows of
 * two lines in a narrow window. Both show the same model, order and selection.
 * `current` is the mail when exactly one is selected; `opened` says that the
 * user wants to read it. Main thread.
 */
struct _PjMessageView
{
  GtkWidget parent_instance;

  /* Template children */
  GtkStack *stack;
  GtkWidget *wide;
  GtkWidget *narrow;
  GtkColumnView *columns;
  GtkListView *rows;
  PjMessageColumns column;

  /* Owned */
  GtkSortListModel *sorted;
  GtkCustomFilter *filter;
  GtkFilterListModel *filtered;
  PjMessageSelection *selection;
  char *account_id; /* NULL: all mailboxes */

  /* Plain */
  gboolean is_narrow;
};

G_DEFINE_FINAL_TYPE (PjMessageView, pj_message_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CURRENT,
  PROP_N_SELECTED,
  PROP_N_MESSAGES,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_wanted (gpointer item, gpointer user_data)
{
  PjMessageView *self = user_data;

  return g_str_equal (pj_message_get_account_id (item), self->account_id);
}

static void
on_selection_changed (PjMessageSelection *selection, PjMessageView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, PjMessageView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MESSAGES]);
}

static void
on_row_activated (GtkWidget *view, guint position, PjMessageView *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

static void
open_tapped (gpointer user_data)
{
  g_autoptr (PjMessageView) self = user_data;

  if (pj_message_view_get_current (self) != NULL)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
on_row_tapped (GtkGestureClick *gesture, int n_press, double x, double y, PjMessageView *self)
{
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  /* The row is selected by this very event, after we have seen it. */
  if (n_press == 1 && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    g_idle_add_once (open_tapped, g_object_ref (self));
}

/* A column view has its rows in a list view of its own, after the header. */
static GtkWidget *
get_column_list (PjMessageView *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->columns));
}

static void
set_narrow (PjMessageView *self, gboolean is_narrow)
{
  GtkSelectionModel *model = pj_message_selection_get_model (self->selection);

  /* Only the view that is seen has rows to keep. */
  self->is_narrow = is_narrow;
  gtk_column_view_set_model (self->columns, is_narrow ? NULL : model);
  gtk_list_view_set_model (self->rows, is_narrow ? model : NULL);
  gtk_stack_set_visible_child (self->stack, is_narrow ? self->narrow : self->wide);
}

static void
pj_message_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjMessageView *self = PJ_MESSAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_CURRENT:
      g_value_set_object (value, pj_message_view_get_current (self));
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, pj_message_view_get_n_selected (self));
      break;
    case PROP_N_MESSAGES:
      g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (self->filtered)));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_message_view_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  PjMessageView *self = PJ_MESSAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
pj_message_view_grab_focus (GtkWidget *widget)
{
  PjMessageView *self = PJ_MESSAGE_VIEW (widget);

  return gtk_widget_grab_focus (self->is_narrow ? GTK_WIDGET (self->rows)
                                                : GTK_WIDGET (self->columns));
}

static void
pj_message_view_dispose (GObject *object)
{
  PjMessageView *self = PJ_MESSAGE_VIEW (object);
  GtkWidget *stack = GTK_WIDGET (self->stack);

  g_clear_pointer (&stack, gtk_widget_unparent);
  self->stack = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->sorted);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (pj_message_view_parent_class)->dispose (object);
}

static void
pj_message_view_finalize (GObject *object)
{
  PjMessageView *self = PJ_MESSAGE_VIEW (object);

  g_clear_pointer (&self->account_id, g_free);

  G_OBJECT_CLASS (pj_message_view_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, PJ_TYPE_MESSAGE, readable);
  properties[PROP_N_SELECTED] =
      g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_N_MESSAGES] =
      g_param_spec_uint ("n-messages", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pj_message_view_class_init (PjMessageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pj_message_view_get_property;
  object_class->set_property = pj_message_view_set_property;
  object_class->dispose = pj_message_view_dispose;
  object_class->finalize = pj_message_view_finalize;
  widget_class->grab_focus = pj_message_view_grab_focus;
  install_properties (object_class);

  signals[OPENED] = g_signal_new ("opened", PJ_TYPE_MESSAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  g_type_ensure (PJ_TYPE_MESSAGE);
  g_type_ensure (PJ_TYPE_STATE_ICON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-message-view.ui");
  pj_closures_bind (widget_class);
  gtk_widget_class_bind_template_child (widget_class, PjMessageView, stack);
  gtk_widget_class_bind_template_child (widget_class, PjMessageView, wide);
  gtk_widget_class_bind_template_child (widget_class, PjMessageView, narrow);
  gtk_widget_class_bind_template_child (widget_class, PjMessageView, columns);
  gtk_widget_class_bind_template_child (widget_class, PjMessageView, rows);
  gtk_widget_class_bind_template_child_full (widget_class, "state_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.state));
  gtk_widget_class_bind_template_child_full (widget_class, "from_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.from));
  gtk_widget_class_bind_template_child_full (widget_class, "subject_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.subject));
  gtk_widget_class_bind_template_child_full (widget_class, "mailbox_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.mailbox));
  gtk_widget_class_bind_template_child_full (widget_class, "date_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.date));
  gtk_widget_class_bind_template_child_full (widget_class, "size_column", FALSE,
                                             G_STRUCT_OFFSET (PjMessageView, column.size));
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_tapped);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "win.delete", NULL);
}

static void
pj_message_view_init (PjMessageView *self)
{
  GtkSorter *sorter;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Sorted before it is filtered, and not filtered at all for all mailboxes:
   * GtkFilterListModel takes ten times as long as a list store to find an
   * item, and sorting finds each of them. Not incremental: each step would
   * have the view look at every row again. */
  sorter = gtk_column_view_get_sorter (self->columns);
  self->sorted = gtk_sort_list_model_new (NULL, g_object_ref (sorter));
  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), NULL);
  self->selection = pj_message_selection_new (G_LIST_MODEL (self->filtered));
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_DEFAULT);
  pj_top_keeper_attach (GTK_SCROLLED_WINDOW (self->wide), G_LIST_MODEL (self->filtered));
  pj_top_keeper_attach (GTK_SCROLLED_WINDOW (self->narrow), G_LIST_MODEL (self->filtered));

  set_narrow (self, FALSE);
}

/**
 * pj_message_view_set_models:
 * @self: the view
 * @accounts: (element-type PjAccount): the mailboxes
 * @messages: (element-type PjMessage): the mails of all of them
 *
 * To be called once.
 */
void
pj_message_view_set_models (PjMessageView *self, GListModel *accounts, GListModel *messages)
{
  g_return_if_fail (PJ_IS_MESSAGE_VIEW (self));
  g_return_if_fail (G_IS_LIST_MODEL (accounts));
  g_return_if_fail (G_IS_LIST_MODEL (messages));

  pj_message_columns_set_up (&self->column, accounts);
  gtk_column_view_sort_by_column (self->columns, self->column.date, GTK_SORT_DESCENDING);
  gtk_sort_list_model_set_model (self->sorted, messages);
}

/**
 * pj_message_view_set_account:
 * @self: the view
 * @account: (nullable): the mailbox whose mails to show; %NULL for all
 *
 * Nothing is selected afterwards. The mails of one mailbox do not say which
 * it is.
 */
void
pj_message_view_set_account (PjMessageView *self, PjAccount *account)
{
  g_return_if_fail (PJ_IS_MESSAGE_VIEW (self));

  pj_message_view_unselect_all (self);
  gtk_column_view_column_set_visible (self->column.mailbox, account == NULL);
  /* The filter asks for one mailbox: it goes before that is none, and comes after it is one. */
  if (account == NULL)
    gtk_filter_list_model_set_filter (self->filtered, NULL);
  g_free (self->account_id);
  self->account_id = account == NULL ? NULL : g_strdup (pj_account_get_id (account));
  if (account != NULL)
    {
      gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
      gtk_filter_list_model_set_filter (self->filtered, GTK_FILTER (self->filter));
    }
}

/**
 * pj_message_view_get_current:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): the selected mail; %NULL when none or
 *   several are
 */
PjMessage *
pj_message_view_get_current (PjMessageView *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE_VIEW (self), NULL);

  return pj_message_selection_get_current (self->selection);
}

/**
 * pj_message_view_get_n_selected:
 * @self: the view
 *
 * Returns: how many mails are selected
 */
guint
pj_message_view_get_n_selected (PjMessageView *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE_VIEW (self), 0);

  return pj_message_selection_get_size (self->selection);
}

/**
 * pj_message_view_dup_selected:
 * @self: the view
 *
 * Returns: (transfer full) (element-type PjMessage): the selected mails, in
 *   the order of the list
 */
GPtrArray *
pj_message_view_dup_selected (PjMessageView *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE_VIEW (self), NULL);

  return pj_message_selection_dup_selected (self->selection);
}

/**
 * pj_message_view_select:
 * @self: the view
 * @uid: UID of a mail in the mailbox that is shown
 *
 * Selects that mail alone.
 *
 * Returns: whether it is there
 */
gboolean
pj_message_view_select (PjMessageView *self, const char *uid)
{
  guint position;

  g_return_val_if_fail (PJ_IS_MESSAGE_VIEW (self), FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);

  if (!pj_message_selection_find (self->selection, uid, &position))
    return FALSE;

  gtk_widget_activate_action (self->is_narrow ? GTK_WIDGET (self->rows) : get_column_list (self),
                              "list.scroll-to-item", "u", position);
  return gtk_selection_model_select_item (pj_message_selection_get_model (self->selection),
                                          position, TRUE);
}

/**
 * pj_message_view_unselect_all:
 * @self: the view
 */
void
pj_message_view_unselect_all (PjMessageView *self)
{
  g_return_if_fail (PJ_IS_MESSAGE_VIEW (self));

  gtk_selection_model_unselect_all (pj_message_selection_get_model (self->selection));
}

static void
say_dates_in_columns (PjMessageView *self)
{
  g_autoptr (GtkListItemFactory) factory =
      g_object_ref (gtk_column_view_column_get_factory (self->column.date));

  gtk_column_view_column_set_factory (self->column.date, NULL);
  gtk_column_view_column_set_factory (self->column.date, factory);
}

static void
say_dates_in_rows (PjMessageView *self)
{
  g_autoptr (GtkListItemFactory) factory = g_object_ref (gtk_list_view_get_factory (self->rows));

  gtk_list_view_set_factory (self->rows, NULL);
  gtk_list_view_set_factory (self->rows, factory);
}

/**
 * pj_message_view_say_dates:
 * @self: the view
 *
 * Says the dates anew: another day has begun, by which they are said.
 */
void
pj_message_view_say_dates (PjMessageView *self)
{
  g_return_if_fail (PJ_IS_MESSAGE_VIEW (self));

  /* Only what is seen has rows; the other is filled when it is shown. */
  if (self->is_narrow)
    say_dates_in_rows (self);
  else
    say_dates_in_columns (self);
}
