/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-mailbox-row.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-closures.h"
#include "ui/pj-state-icon.h"
#include "ui/pj-ui-resources.h"

/**
 * PjMailboxRow:
 *
 * One mailbox at the left, or all of them: its name, what is new, whether it
 * is being checked and what is wrong with it. A mailbox has a menu, by the
 * second mouse button, a long press, or the Menu key. Main thread.
 */
struct _PjMailboxRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  PjAccount *account; /* NULL: all mailboxes */
  char *name;
  PjProblem *problem;
  GtkWidget *menu; /* NULL until asked for */

  /* Plain */
  guint new_count;
  gboolean is_checking;
  gint64 last_success; /* seconds since 1970-01-01 UTC; 0: never */
};

G_DEFINE_FINAL_TYPE (PjMailboxRow, pj_mailbox_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_NEW_COUNT,
  PROP_IS_CHECKING,
  PROP_PROBLEM,
  PROP_LAST_SUCCESS,
  PROP_ICON_NAME,
  PROP_WORDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_icon_name (PjMailboxRow *self)
{
  if (self->problem != NULL)
    return "dialog-warning-symbolic";

  if (self->account == NULL)
    return "mail-unread-symbolic";

  return self->last_success > 0 ? "emblem-ok-symbolic" : "content-loading-symbolic";
}

static char *
dup_words (PjMailboxRow *self)
{
  const gboolean was_checked = self->account == NULL || self->last_success > 0;

  return pj_mailbox_words (self->problem, self->is_checking, was_checked, self->new_count);
}

static void
tell_state (PjMailboxRow *self)
{
  g_autofree char *words = dup_words (self);
  g_autofree char *label = g_strdup_printf ("%s: %s", self->name != NULL ? self->name : "", words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static void
show_menu (PjMailboxRow *self, const GdkRectangle *at)
{
  g_autoptr (GMenu) model = NULL;

  if (self->account == NULL)
    return;

  if (self->menu == NULL)
    {
      model = pj_mailbox_row_new_menu (self->account);
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (model));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, PjMailboxRow *self)
{
  show_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
on_long_pressed (GtkGestureLongPress *gesture, double x, double y, PjMailboxRow *self)
{
  show_menu (self, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  show_menu (PJ_MAILBOX_ROW (widget), &(GdkRectangle){ 0, gtk_widget_get_height (widget), 1, 1 });
  return GDK_EVENT_STOP;
}

static void
pj_mailbox_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjMailboxRow *self = PJ_MAILBOX_ROW (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, self->new_count);
      break;
    case PROP_IS_CHECKING:
      g_value_set_boolean (value, self->is_checking);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_LAST_SUCCESS:
      g_value_set_int64 (value, self->last_success);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, get_icon_name (self));
      break;
    case PROP_WORDS:
      g_value_take_string (value, dup_words (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_mailbox_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PjMailboxRow *self = PJ_MAILBOX_ROW (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_free (self->name);
      self->name = g_value_dup_string (value);
      break;
    case PROP_NEW_COUNT:
      self->new_count = g_value_get_uint (value);
      break;
    case PROP_IS_CHECKING:
      self->is_checking = g_value_get_boolean (value);
      break;
    case PROP_PROBLEM:
      g_clear_pointer (&self->problem, pj_problem_unref);
      self->problem = g_value_dup_boxed (value);
      break;
    case PROP_LAST_SUCCESS:
      self->last_success = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }

  tell_state (self);
}

static void
pj_mailbox_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PjMailboxRow *self = PJ_MAILBOX_ROW (widget);

  GTK_WIDGET_CLASS (pj_mailbox_row_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
pj_mailbox_row_dispose (GObject *object)
{
  PjMailboxRow *self = PJ_MAILBOX_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (pj_mailbox_row_parent_class)->dispose (object);
}

static void
pj_mailbox_row_finalize (GObject *object)
{
  PjMailboxRow *self = PJ_MAILBOX_ROW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->problem, pj_problem_unref);

  G_OBJECT_CLASS (pj_mailbox_row_parent_class)->finalize (object);
}

static void
pj_mailbox_row_class_init (PjMailboxRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_mailbox_row_get_property;
  object_class->set_property = pj_mailbox_row_set_property;
  object_class->dispose = pj_mailbox_row_dispose;
  object_class->finalize = pj_mailbox_row_finalize;
  widget_class->size_allocate = pj_mailbox_row_size_allocate;

  properties[PROP_NAME] = g_param_spec_string ("mailbox-name", NULL, NULL, NULL, flags);
  properties[PROP_NEW_COUNT] = g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_IS_CHECKING] = g_param_spec_boolean ("is-checking", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, PJ_TYPE_PROBLEM, flags);
  properties[PROP_LAST_SUCCESS] =
      g_param_spec_int64 ("last-success", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, readable);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PJ_TYPE_STATE_ICON);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-mailbox-row.ui");
  pj_closures_bind (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

static void
pj_mailbox_row_init (PjMailboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_mailbox_row_new:
 * @account: a mailbox
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
pj_mailbox_row_new (PjAccount *account)
{
  PjMailboxRow *self;

  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);

  self = g_object_new (PJ_TYPE_MAILBOX_ROW, NULL);
  self->account = g_object_ref (account);
  g_object_bind_property (account, "name", self, "mailbox-name", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "new-count", self, "new-count", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "is-checking", self, "is-checking", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "problem", self, "problem", G_BINDING_SYNC_CREATE);
  g_object_bind_property (account, "last-success", self, "last-success", G_BINDING_SYNC_CREATE);

  return GTK_WIDGET (self);
}

/**
 * pj_mailbox_row_new_for_all:
 * @overview: what all mailboxes amount to
 *
 * Returns: (transfer floating): the row that stands for all of them
 */
GtkWidget *
pj_mailbox_row_new_for_all (PjOverview *overview)
{
  PjMailboxRow *self;

  g_return_val_if_fail (PJ_IS_OVERVIEW (overview), NULL);

  self = g_object_new (PJ_TYPE_MAILBOX_ROW, "mailbox-name", _ ("All mailboxes"), NULL);
  g_object_bind_property (overview, "new-count", self, "new-count", G_BINDING_SYNC_CREATE);
  g_object_bind_property (overview, "is-checking", self, "is-checking", G_BINDING_SYNC_CREATE);

  return GTK_WIDGET (self);
}

/**
 * pj_mailbox_row_get_account:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): its mailbox; %NULL for the row of all
 */
PjAccount *
pj_mailbox_row_get_account (PjMailboxRow *self)
{
  g_return_val_if_fail (PJ_IS_MAILBOX_ROW (self), NULL);

  return self->account;
}

/**
 * pj_mailbox_row_new_menu:
 * @account: a mailbox
 *
 * Returns: (transfer full): what can be done with it, as actions of the window
 */
GMenu *
pj_mailbox_row_new_menu (PjAccount *account)
{
  const struct
  {
    const char *label;
    const char *action;
  } entries[] = {
    { _ ("_Check now"), "win.check-mailbox" },
    { _ ("_Edit…"), "win.edit-mailbox" },
    { _ ("_Protocol log"), "win.show-protocol" },
    { _ ("_Remove…"), "win.remove-mailbox" },
  };
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_val_if_fail (PJ_IS_ACCOUNT (account), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (entries[i].label, NULL);

      g_menu_item_set_action_and_target (item, entries[i].action, "s", pj_account_get_id (account));
      g_menu_append_item (menu, item);
    }

  return g_steal_pointer (&menu);
}
