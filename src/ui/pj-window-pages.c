/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-window-private.h"

#include "pj-config.h"

#include <glib/gi18n-lib.h>

#include "ui/pj-closures.h"

/*
 * Which page the window shows, what it says there, and how it is arranged
 * where there is room for all of them and where there is not.
 */

/**
 * pj_window_is_folded:
 * @self: the window
 *
 * Returns: whether it is so narrow that its pages follow each other
 */
gboolean
pj_window_is_folded (PjWindow *self)
{
  return adw_leaflet_get_folded (self->leaflet);
}

static gboolean
is_reading (PjWindow *self)
{
  return adw_leaflet_get_visible_child (self->content) == GTK_WIDGET (self->reading_page);
}

static gboolean
is_in_sidebar (PjWindow *self)
{
  return adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->sidebar);
}

/* Not that it is being checked: the spinner says so, and a title should stand still. */
static char *
dup_state (PjWindow *self, PjAccount *account)
{
  if (account == NULL)
    return pj_closure_new_words (self, pj_overview_get_new_count (self->overview));

  return pj_mailbox_words (pj_account_get_problem (account), FALSE,
                           pj_account_get_last_success (account) > 0,
                           pj_account_get_new_count (account));
}

/**
 * pj_window_show_title:
 * @self: the window
 *
 * Says in the title which mailbox is shown and how it stands.
 */
void
pj_window_show_title (PjWindow *self)
{
  PjAccount *account = pj_mailbox_sidebar_get_selected (self->sidebar);
  const char *name = account != NULL ? pj_account_get_name (account) : _ ("All mailboxes");
  g_autofree char *state = dup_state (self, account);
  /* Translators: a mailbox and how it stands, as in "home · 3 new mails" */
  g_autofree char *both = g_strdup_printf (_ ("%s · %s"), name, state);

  /* A narrow title has no room for both on one line. */
  adw_window_title_set_title (self->title, pj_window_is_folded (self) ? name : "Popinjay");
  adw_window_title_set_subtitle (self->title, pj_window_is_folded (self) ? state : both);
}

/* What to say when the list is empty depends on why it is. */
static const char *
choose_page (PjWindow *self)
{
  PjAccount *account = pj_mailbox_sidebar_get_selected (self->sidebar);
  guint n_messages;
  gboolean is_checking;

  g_object_get (self->view, "n-messages", &n_messages, NULL);
  if (n_messages > 0)
    return "list";

  if (account != NULL && pj_account_get_messages (account) > 0 && !pj_account_has_uids (account))
    return "count-only";

  is_checking =
      account != NULL ? pj_account_is_checking (account) : pj_overview_is_checking (self->overview);
  if (is_checking)
    return "checking";

  return account != NULL && pj_account_get_last_success (account) == 0 ? "not-checked" : "no-mail";
}

static void
show_count (PjWindow *self, guint messages)
{
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u mail, only counted", "%u mails, only counted", messages),
      messages);

  adw_status_page_set_title (self->count_page, title);
}

/**
 * pj_window_show_list:
 * @self: the window
 *
 * Shows the mails of the selected mailbox, or why there are none.
 */
void
pj_window_show_list (PjWindow *self)
{
  const char *page = choose_page (self);

  if (g_str_equal (page, "count-only"))
    show_count (self, pj_account_get_messages (pj_mailbox_sidebar_get_selected (self->sidebar)));
  gtk_stack_set_visible_child_name (self->list_stack, page);
  /* Nothing can be selected in an empty list. */
  gtk_widget_set_visible (GTK_WIDGET (self->beside_list),
                          !pj_window_is_folded (self) && g_str_equal (page, "list"));
}

/**
 * pj_window_show_back:
 * @self: the window
 *
 * Shows the button that leads back where there is a page to go back to.
 */
void
pj_window_show_back (PjWindow *self)
{
  gtk_widget_set_visible (self->back_button, is_reading (self) || (pj_window_is_folded (self) &&
                                                                   !is_in_sidebar (self)));
}

/**
 * pj_window_show_preview:
 * @self: the window
 *
 * Shows the selected mail where it can be seen.
 */
void
pj_window_show_preview (PjWindow *self)
{
  const guint n_selected = pj_message_view_get_n_selected (self->view);

  /* A mail that nobody sees is not fetched, nor marked as seen. */
  if (pj_window_is_folded (self) && !is_reading (self))
    pj_preview_show_message (self->preview, NULL);
  else if (n_selected > 1)
    pj_preview_show_several (self->preview, n_selected);
  else
    pj_preview_show_message (self->preview, pj_message_view_get_current (self->view));
}

/* The preview lies below the list, or on a page of its own. */
static gboolean
arrange (gpointer user_data)
{
  PjWindow *self = user_data;
  g_autoptr (PjPreview) preview = g_object_ref (self->preview);
  const gboolean folded = pj_window_is_folded (self);

  self->fold_source = 0;
  /* Without a service there are no pages to arrange. */
  if (self->service == NULL)
    return G_SOURCE_REMOVE;

  adw_bin_set_child (folded ? self->beside_list : self->reading_page, NULL);
  adw_bin_set_child (folded ? self->reading_page : self->beside_list, GTK_WIDGET (preview));
  g_object_set (self->view, "narrow", folded, NULL);
  gtk_widget_set_visible (self->check_label, !folded);
  if (!folded)
    adw_leaflet_set_visible_child_name (self->content, "list");
  pj_window_show_title (self);
  pj_window_show_list (self);
  pj_window_show_back (self);
  pj_window_show_preview (self);

  return G_SOURCE_REMOVE;
}

/**
 * pj_window_follow_folding:
 * @self: the window, just folded or unfolded
 *
 * Arranges it for its width. That is told in the middle of a layout, where
 * nothing may be rearranged: GTK would draw widgets that have no place yet. So
 * it is done right before the next.
 */
void
pj_window_follow_folding (PjWindow *self)
{
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, arrange, self, NULL);
}
