/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-certificate-row.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-ui-resources.h"

/**
 * PjCertificateRow:
 *
 * Lets the user choose a PEM file, or none: its subtitle says which, or in
 * `none-words` what holds without one. `changed` says that another was chosen,
 * or none. Main thread.
 */
struct _PjCertificateRow
{
  AdwActionRow parent_instance;

  /* Template children */
  GtkWidget *clear_button;

  /* Owned */
  char *none_words;
  char *path;                    /* NULL: none */
  GtkFileChooserNative *chooser; /* NULL: not open */
};

G_DEFINE_FINAL_TYPE (PjCertificateRow, pj_certificate_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_0,
  PROP_NONE_WORDS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_words (PjCertificateRow *self, const char *words, gboolean is_error)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

static void
take_file (PjCertificateRow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);

  /* Never in silence: without a path what holds without a file would hold. */
  if (path == NULL)
    show_words (self, _ ("Choose a file that is on this computer"), TRUE);
  else
    pj_certificate_row_set_path (self, path);
}

static void
on_chooser_response (GtkNativeDialog *chooser, int response, PjCertificateRow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    take_file (self, file);

  g_clear_object (&self->chooser);
}

static void
on_choose_clicked (GtkButton *button, PjCertificateRow *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                   parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_response), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_clear_clicked (GtkButton *button, PjCertificateRow *self)
{
  pj_certificate_row_set_path (self, NULL);
}

static void
pj_certificate_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjCertificateRow *self = PJ_CERTIFICATE_ROW (object);

  switch (prop_id)
    {
    case PROP_NONE_WORDS:
      g_value_set_string (value, self->none_words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_certificate_row_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  PjCertificateRow *self = PJ_CERTIFICATE_ROW (object);

  switch (prop_id)
    {
    case PROP_NONE_WORDS:
      g_free (self->none_words);
      self->none_words = g_value_dup_string (value);
      if (self->path == NULL)
        show_words (self, self->none_words, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_certificate_row_dispose (GObject *object)
{
  PjCertificateRow *self = PJ_CERTIFICATE_ROW (object);

  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (pj_certificate_row_parent_class)->dispose (object);
}

static void
pj_certificate_row_finalize (GObject *object)
{
  PjCertificateRow *self = PJ_CERTIFICATE_ROW (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->none_words, g_free);

  G_OBJECT_CLASS (pj_certificate_row_parent_class)->finalize (object);
}

static void
pj_certificate_row_class_init (PjCertificateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = pj_certificate_row_get_property;
  object_class->set_property = pj_certificate_row_set_property;
  object_class->dispose = pj_certificate_row_dispose;
  object_class->finalize = pj_certificate_row_finalize;

  properties[PROP_NONE_WORDS] = g_param_spec_string ("none-words", NULL, NULL, NULL,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", PJ_TYPE_CERTIFICATE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PJ_UI_RESOURCES "pj-certificate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PjCertificateRow, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
pj_certificate_row_init (PjCertificateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_certificate_row_get_path:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): path of the chosen file; %NULL for none
 */
const char *
pj_certificate_row_get_path (PjCertificateRow *self)
{
  g_return_val_if_fail (PJ_IS_CERTIFICATE_ROW (self), NULL);

  return self->path;
}

/**
 * pj_certificate_row_set_path:
 * @self: the row
 * @path: (nullable): path of a PEM file; %NULL for none
 */
void
pj_certificate_row_set_path (PjCertificateRow *self, const char *path)
{
  g_return_if_fail (PJ_IS_CERTIFICATE_ROW (self));

  g_free (self->path);
  self->path = g_strdup (path);
  show_words (self, path != NULL ? path : self->none_words, FALSE);
  gtk_widget_set_visible (self->clear_button, path != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}
