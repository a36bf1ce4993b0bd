/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preferences.h"

#include "ui/pj-ui-resources.h"

/**
 * PjPreferences:
 *
 * The settings that concern all mailboxes, bound to their keys: a change is
 * kept and takes effect at once. Main thread.
 */
struct _PjPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Template children */
  GtkWidget *group;
  GtkSwitch *notify_switch;
  GtkSpinButton *lines_spin;
};

G_DEFINE_FINAL_TYPE (PjPreferences, pj_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
pj_preferences_class_init (PjPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, PjPreferences, group);
  gtk_widget_class_bind_template_child (widget_class, PjPreferences, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, PjPreferences, lines_spin);
}

static void
pj_preferences_init (PjPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_preferences_new:
 * @parent: (nullable): the window that they belong to
 * @settings: what to show, and to change if their schema is installed
 *
 * Returns: (transfer none): the window, to be presented; GTK owns it
 */
GtkWidget *
pj_preferences_new (GtkWindow *parent, PjSettings *settings)
{
  PjPreferences *self;
  GSettings *keys;

  g_return_val_if_fail (PJ_IS_SETTINGS (settings), NULL);

  self = g_object_new (PJ_TYPE_PREFERENCES, "transient-for", parent, "modal", TRUE, NULL);
  keys = pj_settings_get_gsettings (settings);
  gtk_switch_set_active (self->notify_switch, pj_settings_get_notify (settings));
  gtk_spin_button_set_value (self->lines_spin, pj_settings_get_preview_lines (settings));
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), keys != NULL);
  if (keys == NULL)
    return GTK_WIDGET (self);

  g_settings_bind (keys, "notify", self->notify_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (keys, "preview-lines", self->lines_spin, "value", G_SETTINGS_BIND_DEFAULT);

  return GTK_WIDGET (self);
}
