/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-message-selection.h"

#include "ui/pj-message-set.h"

/* With more mails selected than one would choose by hand, one that is replaced
 * leaves the selection: looking each of them up takes longer than a frame. */
#define MAX_RESTORED 1000

/**
 * PjMessageSelection:
 *
 * Which mails of a list are selected. A mail that is marked as seen is another
 * object in the list; what was selected stays selected across such a
 * replacement. `current` is the mail when exactly one is selected. `changed`
 * says that another mail is current, or that more or fewer are selected. Main
 * thread.
 */
struct _PjMessageSelection
{
  GObject parent_instance;

  /* Owned */
  GtkSelectionModel *model;
  PjMessageSet *chosen; /* what the user selected, by identity */
  PjMessage *current;   /* NULL: none or several are selected */

  /* Plain */
  guint size;            /* as told last */
  gboolean is_restoring; /* the selection changes by our own doing */
};

G_DEFINE_FINAL_TYPE (PjMessageSelection, pj_message_selection, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_current (PjMessageSelection *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->model);
  const guint size = (guint) gtk_bitset_get_size (selected);
  g_autoptr (PjMessage) current = NULL;
  const gboolean is_resized = size != self->size;

  if (size == 1)
    current = g_list_model_get_item (G_LIST_MODEL (self->model), gtk_bitset_get_minimum (selected));
  self->size = size;
  if (g_set_object (&self->current, current) || is_resized)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_selection_changed (GtkSelectionModel *model,
                      guint position,
                      guint n_items,
                      PjMessageSelection *self)
{
  g_autoptr (GPtrArray) selected = NULL;

  if (self->is_restoring)
    return;

  selected = pj_message_selection_get_size (self) <= MAX_RESTORED
                 ? pj_message_selection_dup_selected (self)
                 : g_ptr_array_new ();
  pj_message_set_fill (self->chosen, selected);
  update_current (self);
}

/* Selects again what was selected before its object was replaced. */
static void
restore (PjMessageSelection *self, guint position, guint added)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->model);
  guint missing = pj_message_set_get_size (self->chosen);

  missing -= MIN (missing, (guint) gtk_bitset_get_size (selected));
  self->is_restoring = TRUE;
  for (guint i = position; i < position + added && missing > 0; i++)
    {
      g_autoptr (PjMessage) message = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (!pj_message_set_contains (self->chosen, message) || gtk_bitset_contains (selected, i))
        continue;
      gtk_selection_model_select_item (self->model, i, FALSE);
      missing--;
    }
  self->is_restoring = FALSE;
}

static void
on_items_changed (
    GListModel *model, guint position, guint removed, guint added, PjMessageSelection *self)
{
  restore (self, position, added);
  update_current (self);
}

static void
pj_message_selection_dispose (GObject *object)
{
  PjMessageSelection *self = PJ_MESSAGE_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_object (&self->current);

  G_OBJECT_CLASS (pj_message_selection_parent_class)->dispose (object);
}

static void
pj_message_selection_finalize (GObject *object)
{
  PjMessageSelection *self = PJ_MESSAGE_SELECTION (object);

  g_clear_pointer (&self->chosen, pj_message_set_free);

  G_OBJECT_CLASS (pj_message_selection_parent_class)->finalize (object);
}

static void
pj_message_selection_class_init (PjMessageSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pj_message_selection_dispose;
  object_class->finalize = pj_message_selection_finalize;

  signals[CHANGED] = g_signal_new ("changed", PJ_TYPE_MESSAGE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
pj_message_selection_init (PjMessageSelection *self)
{
  self->chosen = pj_message_set_new ();
}

/**
 * pj_message_selection_new:
 * @messages: (element-type PjMessage): the mails to select from, in the order
 *   in which they are shown
 *
 * Returns: (transfer full): the selection, empty
 */
PjMessageSelection *
pj_message_selection_new (GListModel *messages)
{
  PjMessageSelection *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (messages), NULL);

  self = g_object_new (PJ_TYPE_MESSAGE_SELECTION, NULL);
  self->model = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (messages)));
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_DEFAULT);

  return self;
}

/**
 * pj_message_selection_get_model:
 * @self: the selection
 *
 * Returns: (transfer none): the mails with their selection, for a view to show
 *   and change
 */
GtkSelectionModel *
pj_message_selection_get_model (PjMessageSelection *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE_SELECTION (self), NULL);

  return self->model;
}

/**
 * pj_message_selection_get_current:
 * @self: the selection
 *
 * Returns: (transfer none) (nullable): the selected mail; %NULL when none or
 *   several are
 */
PjMessage *
pj_message_selection_get_current (PjMessageSelection *self)
{
  g_return_val_if_fail (PJ_IS_MESSAGE_SELECTION (self), NULL);

  return self->current;
}

/**
 * pj_message_selection_get_size:
 * @self: the selection
 *
 * Returns: how many mails are selected
 */
guint
pj_message_selection_get_size (PjMessageSelection *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (PJ_IS_MESSAGE_SELECTION (self), 0);

  selected = gtk_selection_model_get_selection (self->model);
  return (guint) gtk_bitset_get_size (selected);
}

/**
 * pj_message_selection_dup_selected:
 * @self: the selection
 *
 * Returns: (transfer full) (element-type PjMessage): the selected mails, in
 *   the order of the list
 */
GPtrArray *
pj_message_selection_dup_selected (PjMessageSelection *self)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (PJ_IS_MESSAGE_SELECTION (self), NULL);

  selected = gtk_selection_model_get_selection (self->model);
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (messages, g_list_model_get_item (G_LIST_MODEL (self->model), position));

  return g_steal_pointer (&messages);
}

/**
 * pj_message_selection_find:
 * @self: the selection
 * @uid: UID of a mail; the list is of one mailbox
 * @position: (out): where in the list it is; untouched when it is not there
 *
 * Returns: whether there is such a mail
 */
gboolean
pj_message_selection_find (PjMessageSelection *self, const char *uid, guint *position)
{
  guint n_items;

  g_return_val_if_fail (PJ_IS_MESSAGE_SELECTION (self), FALSE);
  g_return_val_if_fail (uid != NULL && position != NULL, FALSE);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (PjMessage) message = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (g_str_equal (pj_message_get_uid (message), uid))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}
