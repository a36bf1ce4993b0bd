/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-pin-row.h"

#include "ui/pj-ui-resources.h"

/**
 * PjPinRow:
 *
 * Shows the one certificate that a mailbox trusts and lets the user take that
 * back. Not there without one. `changed` says that another one is trusted, or
 * none. Main thread.
 */
struct _PjPinRow
{
  AdwActionRow parent_instance;

  /* Owned */
  char *pin;     /* NULL: none */
  char *summary; /* NULL: not known */
};

G_DEFINE_FINAL_TYPE (PjPinRow, pj_pin_row, ADW_TYPE_ACTION_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_remove_clicked (GtkButton *button, PjPinRow *self)
{
  pj_pin_row_set_pin (self, NULL, NULL);
}

static void
pj_pin_row_finalize (GObject *object)
{
  PjPinRow *self = PJ_PIN_ROW (object);

  g_clear_pointer (&self->pin, g_free);
  g_clear_pointer (&self->summary, g_free);

  G_OBJECT_CLASS (pj_pin_row_parent_class)->finalize (object);
}

static void
pj_pin_row_class_init (PjPinRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pj_pin_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", PJ_TYPE_PIN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-pin-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
pj_pin_row_init (PjPinRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_pin_row_get_pin:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): SHA-256 of the certificate; %NULL for
 *   none
 */
const char *
pj_pin_row_get_pin (PjPinRow *self)
{
  g_return_val_if_fail (PJ_IS_PIN_ROW (self), NULL);

  return self->pin;
}

/**
 * pj_pin_row_get_summary:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): what the certificate says of itself;
 *   %NULL when that is not known
 */
const char *
pj_pin_row_get_summary (PjPinRow *self)
{
  g_return_val_if_fail (PJ_IS_PIN_ROW (self), NULL);

  return self->summary;
}

/**
 * pj_pin_row_set_pin:
 * @self: the row
 * @pin: (nullable): SHA-256 of the certificate; %NULL for none
 * @summary: (nullable): what it says of itself
 */
void
pj_pin_row_set_pin (PjPinRow *self, const char *pin, const char *summary)
{
  g_autofree char *old_pin = NULL;
  g_autofree char *old_summary = NULL;

  g_return_if_fail (PJ_IS_PIN_ROW (self));

  /* The arguments may be the row's own. */
  old_pin = g_steal_pointer (&self->pin);
  old_summary = g_steal_pointer (&self->summary);
  self->pin = g_strdup (pin);
  self->summary = g_strdup (summary);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), pin != NULL ? pin : "");
  gtk_widget_set_visible (GTK_WIDGET (self), pin != NULL);
  if (g_strcmp0 (pin, old_pin) != 0)
    g_signal_emit (self, signals[CHANGED], 0);
}
