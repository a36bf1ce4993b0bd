/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-preview.h"

#include <adwaita.h>

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "app/pj-preview-run.h"
#include "app/pj-problem-words.h"
#include "ui/pj-attachment-list.h"
#include "ui/pj-closures.h"
#include "ui/pj-document-view.h"
#include "ui/pj-error-words.h"
#include "ui/pj-mail-offers.h"
#include "ui/pj-message-set.h"
#include "ui/pj-preview-cache.h"
#include "ui/pj-sign-list.h"
#include "ui/pj-state-icon.h"
#include "ui/pj-ui-resources.h"
#include "ui/pj-whole-offer.h"

/* Long enough that holding down an arrow key asks no server for each row
 * it passes, short enough not to be felt. */
#define DEBOUNCE_MS 120

/**
 * PjPreview:
 *
 * Reads one mail: what the list knows of it at once, its text when the server
 * has sent it. Asks for the first lines only, and for the whole mail when the
 * user wants it; where the server sends mails only whole, it asks first whether
 * it may. Showing another mail stops what is under way. A mail whose
 * text is shown is marked as seen. Main thread.
 */
struct _PjPreview
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *frame;
  GtkStack *stack;
  AdwStatusPage *several_page;
  GtkLabel *subject_label;
  GtkLabel *from_label;
  GtkLabel *to_caption;
  GtkLabel *to_label;
  GtkLabel *date_label;
  PjSignList *sign_list;
  PjMailOffers *offers;
  PjAttachmentList *attachments;
  GtkStack *body_stack;
  GtkLabel *error_title;
  GtkLabel *error_text;
  PjWholeOffer *whole_offer;
  PjDocumentView *document_view;
  GtkWidget *cut_bar;
  GtkSpinner *more_spinner;
  GtkWidget *more_button;

  /* Owned */
  PjService *service;
  PjMessage *message; /* NULL: none is shown */
  PjPreviewCache *cache;
  GCancellable *cancellable; /* NULL: nothing is being fetched */

  /* Plain */
  guint debounce_source;
};

G_DEFINE_FINAL_TYPE (PjPreview, pj_preview, GTK_TYPE_WIDGET)

static void
stop (PjPreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->debounce_source, g_source_remove);
  if (self->document_view != NULL)
    pj_document_view_stop (self->document_view);
}

static void
set_busy (PjPreview *self, gboolean is_busy)
{
  gtk_spinner_set_spinning (self->more_spinner, is_busy);
  gtk_widget_set_sensitive (self->more_button, !is_busy);
}

static void
show_to (PjPreview *self, const char *to)
{
  gtk_label_set_text (self->to_label, to != NULL ? to : "");
  gtk_widget_set_visible (GTK_WIDGET (self->to_label), to != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->to_caption), to != NULL);
}

/* What the list knows. */
static void
show_summary (PjPreview *self)
{
  g_autofree char *subject =
      pj_closure_subject_or_placeholder (self, pj_message_get_subject (self->message));
  g_autofree char *sender = pj_closure_full_sender (self, pj_message_get_from_name (self->message),
                                                    pj_message_get_from_address (self->message));
  g_autofree char *date = pj_closure_full_date (self, pj_message_get_date (self->message));

  gtk_label_set_text (self->subject_label, subject);
  gtk_label_set_text (self->from_label, sender);
  gtk_label_set_text (self->date_label, date);
}

static void
show_headers (PjPreview *self)
{
  show_summary (self);
  show_to (self, NULL);
  pj_sign_list_show (self->sign_list, NULL);
  pj_mail_offers_show (self->offers, NULL);
  pj_attachment_list_clear (self->attachments);
  gtk_widget_set_visible (self->cut_bar, FALSE);
}

/* A date that cannot be is none in the list; here is what the mail says. */
static void
show_date_as_given (PjPreview *self, const PjMailText *mail)
{
  const char *date = pj_mail_text_get_header (mail, "Date");

  if (pj_message_get_date (self->message) == 0 && date != NULL && *date != '\0')
    gtk_label_set_text (self->date_label, date);
}

static void
show_text (PjPreview *self, PjMailText *mail)
{
  const char *from = pj_mail_text_get_header (mail, "From");

  if (from != NULL && *from != '\0')
    gtk_label_set_text (self->from_label, from);
  show_to (self, pj_mail_text_get_header (mail, "To"));
  pj_sign_list_show (self->sign_list, mail);
  pj_mail_offers_show (self->offers, mail);
  show_date_as_given (self, mail);
  pj_attachment_list_show (self->attachments, self->service, self->message, mail);
  gtk_widget_set_visible (self->cut_bar, mail->is_cut);

  pj_document_view_show (self->document_view, mail->document);
  gtk_stack_set_visible_child_name (self->body_stack, *mail->text != '\0' ? "text" : "empty");

  if (pj_message_get_state (self->message) != PJ_MESSAGE_SEEN)
    pj_service_mark_seen (self->service, self->message);
}

static void
show_error (PjPreview *self, const GError *error)
{
  PjAccount *account =
      pj_service_find_account_by_id (self->service, pj_message_get_account_id (self->message));
  g_autofree char *advice = pj_error_words_dup_advice (error);

  gtk_widget_set_visible (self->cut_bar, FALSE);
  if (account != NULL && pj_problem_error_needs_whole (error))
    {
      pj_whole_offer_set_account (self->whole_offer, self->service, account);
      gtk_stack_set_visible_child_name (self->body_stack, "offer");
      return;
    }

  gtk_label_set_text (self->error_title, pj_problem_words_title (pj_error_words_get_code (error)));
  gtk_label_set_text (self->error_text, advice);
  gtk_stack_set_visible_child_name (self->body_stack, "error");
}

static void
on_preview_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PjPreview) self = PJ_PREVIEW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PjMailText) mail = pj_preview_run_finish (result, NULL, &error);

  /* Whoever cancels has moved on: what the widget shows is of another mail. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  if (mail == NULL)
    {
      show_error (self, error);
      return;
    }

  pj_preview_cache_put (self->cache, self->message, mail);
  show_text (self, mail);
}

static void
fetch (PjPreview *self, guint max_lines)
{
  PjAccount *account =
      pj_service_find_account_by_id (self->service, pj_message_get_account_id (self->message));

  /* The mailbox was removed; its mails leave the list in this very iteration. */
  if (account == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  pj_preview_run_async (self->service, account, pj_message_get_uid (self->message), max_lines,
                        self->cancellable, on_preview_ready, g_object_ref (self));
}

static void
fetch_first_lines (PjPreview *self)
{
  PjSettings *settings = pj_service_get_settings (self->service);

  gtk_stack_set_visible_child_name (self->body_stack, "loading");
  fetch (self, pj_settings_get_preview_lines (settings));
}

static gboolean
on_debounced (gpointer user_data)
{
  PjPreview *self = user_data;

  self->debounce_source = 0;
  fetch_first_lines (self);

  return G_SOURCE_REMOVE;
}

static void
on_more_clicked (GtkButton *button, PjPreview *self)
{
  set_busy (self, TRUE);
  fetch (self, PJ_PREVIEW_WHOLE);
}

static void
on_retry_clicked (GtkButton *button, PjPreview *self)
{
  fetch_first_lines (self);
}

static void
on_agreed (PjWholeOffer *offer, PjPreview *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->body_stack), "offer") == 0)
    fetch_first_lines (self);
}

static void
pj_preview_dispose (GObject *object)
{
  PjPreview *self = PJ_PREVIEW (object);

  stop (self);
  self->document_view = NULL;
  g_clear_pointer (&self->frame, gtk_widget_unparent);
  g_clear_object (&self->message);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (pj_preview_parent_class)->dispose (object);
}

static void
pj_preview_finalize (GObject *object)
{
  PjPreview *self = PJ_PREVIEW (object);

  g_clear_pointer (&self->cache, pj_preview_cache_free);

  G_OBJECT_CLASS (pj_preview_parent_class)->finalize (object);
}

static void
pj_preview_class_init (PjPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pj_preview_dispose;
  object_class->finalize = pj_preview_finalize;

  g_type_ensure (PJ_TYPE_ATTACHMENT_LIST);
  g_type_ensure (PJ_TYPE_DOCUMENT_VIEW);
  g_type_ensure (PJ_TYPE_MAIL_OFFERS);
  g_type_ensure (PJ_TYPE_SIGN_LIST);
  g_type_ensure (PJ_TYPE_STATE_ICON);
  g_type_ensure (PJ_TYPE_WHOLE_OFFER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, PjPreview, frame);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, several_page);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, subject_label);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, from_label);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, to_caption);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, to_label);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, date_label);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, sign_list);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, offers);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, attachments);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, body_stack);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, error_title);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, error_text);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, whole_offer);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, document_view);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, cut_bar);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, more_spinner);
  gtk_widget_class_bind_template_child (widget_class, PjPreview, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_agreed);
}

static void
pj_preview_init (PjPreview *self)
{
  self->cache = pj_preview_cache_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_preview_set_service:
 * @self: the preview
 * @service: where mails are fetched from
 *
 * To be called once, before anything is shown.
 */
void
pj_preview_set_service (PjPreview *self, PjService *service)
{
  g_return_if_fail (PJ_IS_PREVIEW (self));
  g_return_if_fail (PJ_IS_SERVICE (service));

  g_set_object (&self->service, service);
}

/**
 * pj_preview_show_message:
 * @self: the preview
 * @message: (nullable): the mail to show; %NULL for none
 *
 * Fetches its text unless it was read before. Showing the mail that is
 * shown, in whatever state, changes nothing but a header that has come since.
 */
void
pj_preview_show_message (PjPreview *self, PjMessage *message)
{
  PjMailText *known;

  g_return_if_fail (PJ_IS_PREVIEW (self));
  g_return_if_fail (message == NULL || PJ_IS_MESSAGE (message));

  if (message != NULL && pj_message_set_is_same (self->message, message))
    {
      const gboolean gets_header =
          !pj_message_has_header (self->message) && pj_message_has_header (message);

      g_set_object (&self->message, message);
      if (gets_header)
        show_summary (self);
      return;
    }

  stop (self);
  set_busy (self, FALSE);
  g_set_object (&self->message, message);
  gtk_stack_set_visible_child_name (self->stack, message == NULL ? "none" : "mail");
  if (message == NULL)
    return;

  show_headers (self);
  known = pj_preview_cache_get (self->cache, message);
  if (known != NULL)
    {
      show_text (self, known);
      return;
    }

  gtk_stack_set_visible_child_name (self->body_stack, "loading");
  self->debounce_source = g_timeout_add (DEBOUNCE_MS, on_debounced, self);
}

/**
 * pj_preview_show_several:
 * @self: the preview
 * @n_selected: how many mails are selected, 2 or more
 *
 * Says that several are selected instead of showing one.
 */
void
pj_preview_show_several (PjPreview *self, guint n_selected)
{
  g_autofree char *title = NULL;

  g_return_if_fail (PJ_IS_PREVIEW (self));

  pj_preview_show_message (self, NULL);
  title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u mail selected", "%u mails selected", n_selected),
      n_selected);
  adw_status_page_set_title (self->several_page, title);
  gtk_stack_set_visible_child_name (self->stack, "several");
}
