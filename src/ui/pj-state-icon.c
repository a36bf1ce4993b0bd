/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-state-icon.h"

/**
 * PjStateIcon:
 *
 * An icon that means something: what it means (`words`) is its tooltip and
 * its accessible name. GtkImage cannot have its accessible name bound to a
 * property, hence this. Main thread.
 */
struct _PjStateIcon
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *image;
  char *icon_name;
  char *words;
};

G_DEFINE_FINAL_TYPE (PjStateIcon, pj_state_icon, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_WORDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_words (PjStateIcon *self, const char *words)
{
  g_free (self->words);
  self->words = g_strdup (words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words != NULL ? words : "", -1);
}

static void
set_icon_name (PjStateIcon *self, const char *icon_name)
{
  g_free (self->icon_name);
  self->icon_name = g_strdup (icon_name);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), icon_name);
}

static void
pj_state_icon_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjStateIcon *self = PJ_STATE_ICON (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_state_icon_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PjStateIcon *self = PJ_STATE_ICON (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_WORDS:
      set_words (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_state_icon_dispose (GObject *object)
{
  PjStateIcon *self = PJ_STATE_ICON (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);

  G_OBJECT_CLASS (pj_state_icon_parent_class)->dispose (object);
}

static void
pj_state_icon_finalize (GObject *object)
{
  PjStateIcon *self = PJ_STATE_ICON (object);

  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (pj_state_icon_parent_class)->finalize (object);
}

static void
pj_state_icon_class_init (PjStateIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_state_icon_get_property;
  object_class->set_property = pj_state_icon_set_property;
  object_class->dispose = pj_state_icon_dispose;
  object_class->finalize = pj_state_icon_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "stateicon");
}

static void
pj_state_icon_init (PjStateIcon *self)
{
  /* The name belongs to this widget; a second image inside it would only be noise. */
  self->image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
}
