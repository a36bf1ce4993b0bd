/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-problem-bar.h"

#include "app/pj-problem-words.h"
#include "ui/pj-state-icon.h"
#include "ui/pj-ui-resources.h"

/**
 * PjProblemBar:
 *
 * Says what is wrong with a mailbox, what to do about it and what exactly
 * happened, with the buttons that do it. Not there while all is well. Main
 * thread.
 */
struct _PjProblemBar
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *box;
  GtkLabel *title_label;
  GtkLabel *remedy_label;
  GtkLabel *detail_label;
  GtkActionable *check_button;
  GtkActionable *trust_button;
  GtkActionable *edit_button;
  GtkActionable *protocol_button;

  /* Owned */
  GSignalGroup *account_signals; /* its target is the mailbox; none: all mailboxes */
};

G_DEFINE_FINAL_TYPE (PjProblemBar, pj_problem_bar, GTK_TYPE_WIDGET)

static void
show_problem (PjProblemBar *self, PjAccount *account)
{
  PjProblem *problem = account != NULL ? pj_account_get_problem (account) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL);
  if (problem == NULL)
    return;

  gtk_label_set_text (self->title_label, pj_problem_words_title (pj_problem_get_code (problem)));
  gtk_label_set_text (self->remedy_label, pj_problem_words_remedy (pj_problem_get_code (problem)));
  gtk_label_set_text (self->detail_label, pj_problem_get_detail (problem));
  gtk_actionable_set_action_target (self->check_button, "s", pj_account_get_id (account));
  gtk_actionable_set_action_target (self->trust_button, "s", pj_account_get_id (account));
  gtk_widget_set_visible (GTK_WIDGET (self->trust_button),
                          pj_problem_get_fingerprint (problem) != NULL);
  gtk_actionable_set_action_target (self->edit_button, "s", pj_account_get_id (account));
  gtk_actionable_set_action_target (self->protocol_button, "s", pj_account_get_id (account));
}

static void
on_problem_changed (PjAccount *account, GParamSpec *pspec, PjProblemBar *self)
{
  show_problem (self, account);
}

static void
pj_problem_bar_dispose (GObject *object)
{
  PjProblemBar *self = PJ_PROBLEM_BAR (object);

  g_clear_object (&self->account_signals);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (pj_problem_bar_parent_class)->dispose (object);
}

static void
pj_problem_bar_class_init (PjProblemBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pj_problem_bar_dispose;

  g_type_ensure (PJ_TYPE_STATE_ICON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, PJ_UI_RESOURCES "pj-problem-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, box);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, title_label);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, remedy_label);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, check_button);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, trust_button);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, edit_button);
  gtk_widget_class_bind_template_child (widget_class, PjProblemBar, protocol_button);
}

static void
pj_problem_bar_init (PjProblemBar *self)
{
  self->account_signals = g_signal_group_new (PJ_TYPE_ACCOUNT);
  g_signal_group_connect (self->account_signals, "notify::problem", G_CALLBACK (on_problem_changed),
                          self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * pj_problem_bar_set_account:
 * @self: the bar
 * @account: (nullable): the mailbox whose problem to show; %NULL for none
 */
void
pj_problem_bar_set_account (PjProblemBar *self, PjAccount *account)
{
  g_return_if_fail (PJ_IS_PROBLEM_BAR (self));
  g_return_if_fail (account == NULL || PJ_IS_ACCOUNT (account));

  g_signal_group_set_target (self->account_signals, account);
  show_problem (self, account);
}
