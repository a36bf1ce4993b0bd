/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-whole-offer.h"

#include "app/pj-account-edit.h"
#include "ui/pj-error-words.h"
#include "ui/pj-ui-resources.h"

/**
 * PjWholeOffer:
 *
 * Explains that a mailbox's server has no TOP, and lets its owner agree to have
 * whole mails fetched in place of it. `agreed` says that this is saved. Main
 * thread.
 */
struct _PjWholeOffer
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *page;
  GtkWidget *agree_button;
  GtkLabel *error_label;

  /* Owned */
  PjService *service; /* NULL: nothing is offered */
  PjAccount *account; /* likewise */
};

G_DEFINE_FINAL_TYPE (PjWholeOffer, pj_whole_offer, GTK_TYPE_WIDGET)

enum
{
  AGREED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One consent on its way to the disk. */
typedef struct
{
  PjWholeOffer *offer; /* (owned) */
  PjAccount *account;  /* (owned) */
} Consent;

static void
consent_free (Consent *consent)
{
  g_object_unref (consent->offer);
  g_object_unref (consent->account);
  g_free (consent);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Consent, consent_free)

static void
show_error (PjWholeOffer *self, const GError *error)
{
  g_autofree char *advice = error != NULL ? pj_error_words_dup_advice (error) : NULL;

  gtk_label_set_text (self->error_label, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), advice != NULL);
  gtk_widget_set_sensitive (self->agree_button, TRUE);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Consent) consent = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean is_saved = pj_account_edit_finish (result, &error);

  /* What is offered by now is offered to somebody else. */
  if (consent->offer->account != consent->account)
    return;

  show_error (consent->offer, error);
  if (is_saved)
    g_signal_emit (consent->offer, signals[AGREED], 0);
}

static void
on_agree_clicked (GtkButton *button, PjWholeOffer *self)
{
  g_autoptr (PjAccount) draft = pj_account_new_copy (self->account);
  Consent *consent = g_new0 (Consent, 1);

  consent->offer = g_object_ref (self);
  consent->account = g_object_ref (self->account);
  gtk_widget_set_sensitive (self->agree_button, FALSE);
  g_object_set (draft, "may-fetch-whole", TRUE, NULL);

  /* No cancellable: who has agreed and moves on has agreed. */
  pj_account_edit_update_async (self->service, self->account, draft, NULL, NULL, on_saved, consent);
}

static void
pj_whole_offer_dispose (GObject *object)
{
  PjWholeOffer *self = PJ_WHOLE_OFFER (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->account);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (pj_whole_offer_parent_class)->dispose (object);
}

static void
pj_whole_offer_class_init (PjWholeOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pj_whole_offer_dispose;

  signals[AGREED] = g_signal_new ("agreed", PJ_TYPE_WHOLE_OFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-whole-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, PjWholeOffer, page);
  gtk_widget_class_bind_template_child (widget_class, PjWholeOffer, agree_button);
  gtk_widget_class_bind_template_child (widget_class, PjWholeOffer, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_agree_clicked);
}

static void
pj_whole_offer_init (PjWholeOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_whole_offer_set_account:
 * @self: the offer
 * @service: where the consent is saved
 * @account: the mailbox that it is about
 *
 * To be called before it is shown.
 */
void
pj_whole_offer_set_account (PjWholeOffer *self, PjService *service, PjAccount *account)
{
  g_return_if_fail (PJ_IS_WHOLE_OFFER (self));
  g_return_if_fail (PJ_IS_SERVICE (service));
  g_return_if_fail (PJ_IS_ACCOUNT (account));

  g_set_object (&self->service, service);
  g_set_object (&self->account, account);
  show_error (self, NULL);
}
