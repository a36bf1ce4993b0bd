/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/pj-mailbox-sidebar.h"
#include "ui/pj-message-view.h"
#include "ui/pj-overview.h"
#include "ui/pj-preview.h"
#include "ui/pj-problem-bar.h"
#include "ui/pj-today.h"
#include "ui/pj-window.h"

G_BEGIN_DECLS

/* Shared by pj-window.c, which listens, pj-window-pages.c, which shows, and
 * pj-window-actions.c, which acts. */
struct _PjWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  AdwWindowTitle   *title;
  GtkWidget        *back_button;
  AdwStatusPage    *count_page;
  GtkStack         *check_stack;
  GtkSpinner       *check_spinner;
  GtkWidget        *check_label;
  GtkMenuButton    *mailbox_button;
  GtkWidget        *memory_bar;
  AdwToastOverlay  *toasts;
  GtkStack         *stack;
  AdwStatusPage    *fault_page;
  AdwLeaflet       *leaflet;
  PjMailboxSidebar *sidebar;
  AdwLeaflet       *content;
  PjProblemBar     *problem_bar;
  GtkStack         *list_stack;
  PjMessageView    *view;
  AdwBin           *beside_list;
  AdwBin           *reading_page;
  PjPreview        *preview;

  /* Owned */
  PjService    *service;
  PjOverview   *overview;
  PjToday      *today;
  GSignalGroup *account_signals; /* its target is the selected mailbox; none: all */
  GCancellable *closed;          /* cancelled when the window goes; its operations take it */

  /* Plain */
  gboolean was_active;
  guint    fold_source; /* the layout is to follow the width */
};

gboolean pj_window_is_folded (PjWindow *self);
void     pj_window_show_title (PjWindow *self);
void     pj_window_show_list (PjWindow *self);
void     pj_window_show_back (PjWindow *self);
void     pj_window_show_preview (PjWindow *self);
void     pj_window_follow_folding (PjWindow *self);
void     pj_window_install_actions (GtkWidgetClass *klass);
void     pj_window_update_actions (PjWindow *self);
void     pj_window_say (PjWindow *self, const char *words);

G_END_DECLS
