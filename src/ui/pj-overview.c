/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pj-overview.h"

#include "model/pj-account.h"

/**
 * PjOverview:
 *
 * All mailboxes taken together: the sum of their new mails, whether one is
 * being checked, when the next is due, how many have a problem. Follows the
 * accounts by their notifications. Main thread.
 */
struct _PjOverview
{
  GObject parent_instance;

  /* Owned */
  GListModel *accounts;
  GPtrArray *watched; /* of PjAccount: those that we are connected to */

  /* Plain */
  guint new_count;
  gboolean is_checking;
  gint64 next_due;
  guint problems;
};

G_DEFINE_FINAL_TYPE (PjOverview, pj_overview, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ACCOUNTS,
  PROP_NEW_COUNT,
  PROP_IS_CHECKING,
  PROP_NEXT_DUE,
  PROP_PROBLEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
add_up (PjOverview *self)
{
  guint new_count = 0;
  gboolean is_checking = FALSE;
  gint64 next_due = 0;
  guint problems = 0;

  for (guint i = 0; i < self->watched->len; i++)
    {
      PjAccount *account = g_ptr_array_index (self->watched, i);
      const gint64 due = pj_account_get_next_due (account);

      new_count += pj_account_get_new_count (account);
      is_checking |= pj_account_is_checking (account);
      problems += pj_account_get_problem (account) != NULL ? 1 : 0;
      if (due != 0 && (next_due == 0 || due < next_due))
        next_due = due;
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (new_count != self->new_count)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEW_COUNT]);
  if (is_checking != self->is_checking)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHECKING]);
  if (next_due != self->next_due)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_DUE]);
  if (problems != self->problems)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEMS]);
  self->new_count = new_count;
  self->is_checking = is_checking;
  self->next_due = next_due;
  self->problems = problems;
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_account_notify (PjAccount *account, GParamSpec *pspec, PjOverview *self)
{
  add_up (self);
}

static void
stop_watching (PjOverview *self, PjAccount *account)
{
  g_signal_handlers_disconnect_by_func (account, on_account_notify, self);
}

static void
on_accounts_changed (
    GListModel *accounts, guint position, guint removed, guint added, PjOverview *self)
{
  for (guint i = 0; i < removed; i++)
    stop_watching (self, g_ptr_array_index (self->watched, position + i));
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);

  for (guint i = 0; i < added; i++)
    {
      PjAccount *account = g_list_model_get_item (accounts, position + i);

      g_signal_connect (account, "notify", G_CALLBACK (on_account_notify), self);
      g_ptr_array_insert (self->watched, (int) (position + i), account);
    }

  add_up (self);
}

static void
pj_overview_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  PjOverview *self = PJ_OVERVIEW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, self->new_count);
      break;
    case PROP_IS_CHECKING:
      g_value_set_boolean (value, self->is_checking);
      break;
    case PROP_NEXT_DUE:
      g_value_set_int64 (value, self->next_due);
      break;
    case PROP_PROBLEMS:
      g_value_set_uint (value, self->problems);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_overview_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  PjOverview *self = PJ_OVERVIEW (object);

  switch (prop_id)
    {
    case PROP_ACCOUNTS:
      self->accounts = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pj_overview_constructed (GObject *object)
{
  PjOverview *self = PJ_OVERVIEW (object);

  G_OBJECT_CLASS (pj_overview_parent_class)->constructed (object);

  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (on_accounts_changed), self,
                           G_CONNECT_DEFAULT);
  on_accounts_changed (self->accounts, 0, 0, g_list_model_get_n_items (self->accounts), self);
}

static void
pj_overview_dispose (GObject *object)
{
  PjOverview *self = PJ_OVERVIEW (object);

  for (guint i = 0; i < self->watched->len; i++)
    stop_watching (self, g_ptr_array_index (self->watched, i));
  g_ptr_array_set_size (self->watched, 0);
  if (self->accounts != NULL)
    g_signal_handlers_disconnect_by_func (self->accounts, on_accounts_changed, self);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (pj_overview_parent_class)->dispose (object);
}

static void
pj_overview_finalize (GObject *object)
{
  PjOverview *self = PJ_OVERVIEW (object);

  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (pj_overview_parent_class)->finalize (object);
}

static void
pj_overview_class_init (PjOverviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = pj_overview_get_property;
  object_class->set_property = pj_overview_set_property;
  object_class->constructed = pj_overview_constructed;
  object_class->dispose = pj_overview_dispose;
  object_class->finalize = pj_overview_finalize;

  properties[PROP_ACCOUNTS] =
      g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NEW_COUNT] =
      g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_IS_CHECKING] = g_param_spec_boolean ("is-checking", NULL, NULL, FALSE, readable);
  properties[PROP_NEXT_DUE] =
      g_param_spec_int64 ("next-due", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_PROBLEMS] = g_param_spec_uint ("problems", NULL, NULL, 0, G_MAXUINT, 0, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pj_overview_init (PjOverview *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * pj_overview_new:
 * @accounts: (element-type PjAccount): the mailboxes
 *
 * Returns: (transfer full): what they amount to, kept true
 */
PjOverview *
pj_overview_new (GListModel *accounts)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (accounts), NULL);

  return g_object_new (PJ_TYPE_OVERVIEW, "accounts", accounts, NULL);
}

/**
 * pj_overview_get_new_count:
 * @self: the overview
 *
 * Returns: how many mails are new in all mailboxes
 */
guint
pj_overview_get_new_count (PjOverview *self)
{
  g_return_val_if_fail (PJ_IS_OVERVIEW (self), 0);

  return self->new_count;
}

/**
 * pj_overview_is_checking:
 * @self: the overview
 *
 * Returns: whether a mailbox is being checked
 */
gboolean
pj_overview_is_checking (PjOverview *self)
{
  g_return_val_if_fail (PJ_IS_OVERVIEW (self), FALSE);

  return self->is_checking;
}

/**
 * pj_overview_get_next_due:
 * @self: the overview
 *
 * Returns: when the first of the next checks is due, seconds since
 *   1970-01-01 UTC; 0 when none is planned
 */
gint64
pj_overview_get_next_due (PjOverview *self)
{
  g_return_val_if_fail (PJ_IS_OVERVIEW (self), 0);

  return self->next_due;
}

/**
 * pj_overview_get_problems:
 * @self: the overview
 *
 * Returns: how many mailboxes have a problem
 */
guint
pj_overview_get_problems (PjOverview *self)
{
  g_return_val_if_fail (PJ_IS_OVERVIEW (self), 0);

  return self->problems;
}
