/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/pj-message.h"
#include "model/pj-problem.h"

G_BEGIN_DECLS

void     pj_closures_bind (GtkWidgetClass *klass);
char    *pj_closure_subject_or_placeholder (gpointer item, const char *subject);
char    *pj_closure_sender (gpointer item, const char *name, const char *address);
char    *pj_closure_sender_address (gpointer item, const char *name, const char *address);
char    *pj_closure_full_sender (gpointer item, const char *name, const char *address);
char    *pj_closure_size (gpointer item, guint64 octets);
char    *pj_closure_date (gpointer item, gint64 date);
char    *pj_closure_full_date (gpointer item, gint64 date);
int      pj_closure_state_rank (gpointer item, PjMessageState state, const char *const *warnings);
char    *pj_closure_state_icon (gpointer item, PjMessageState state, const char *const *warnings);
char    *pj_closure_state_words (gpointer item, PjMessageState state, const char *const *warnings);
char   **pj_closure_state_classes (gpointer item, PjMessageState state);
char    *pj_closure_count (gpointer item, guint count);
gboolean pj_closure_is_positive (gpointer item, guint count);
char    *pj_closure_new_words (gpointer item, guint count);
char    *pj_closure_problem_title (gpointer item, PjProblem *problem);
gboolean pj_closure_has_problem (gpointer item, PjProblem *problem);
char    *pj_closure_next_check (gpointer item, gint64 next_due);
char *
pj_mailbox_words (PjProblem *problem, gboolean is_checking, gboolean was_checked, guint new_count);
char *pj_date_words (gint64 date, gint64 now, GTimeZone *zone);

G_END_DECLS
