/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-account-private.h"

/*
 * How an account is doing: what the last check found and when the next is
 * due. All of it is set as properties by whoever checks.
 */

/**
 * pj_account_is_checking:
 * @self: an account
 *
 * Returns: whether a check is running
 */
gboolean
pj_account_is_checking (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), FALSE);

  return self->is_checking;
}

/**
 * pj_account_get_problem:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): why the last check failed; %NULL when it did not
 */
PjProblem *
pj_account_get_problem (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->problem;
}

/**
 * pj_account_has_worked:
 * @self: an account
 *
 * Returns: whether the server has let it in with the settings and the password
 *   there are, and has not refused them since
 */
gboolean
pj_account_has_worked (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), FALSE);

  return self->has_worked;
}

/**
 * pj_account_get_last_success:
 * @self: an account
 *
 * Returns: end of the last good check, seconds since 1970-01-01 UTC; 0 for never
 */
gint64
pj_account_get_last_success (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->last_success;
}

/**
 * pj_account_get_next_due:
 * @self: an account
 *
 * Returns: when the next check is due, seconds since 1970-01-01 UTC; 0 when none is planned
 */
gint64
pj_account_get_next_due (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->next_due;
}

/**
 * pj_account_get_messages:
 * @self: an account
 *
 * Returns: how many messages lay on the server at the last good check
 */
guint
pj_account_get_messages (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->messages;
}

/**
 * pj_account_get_octets:
 * @self: an account
 *
 * Returns: octets of all messages that lay on the server at the last good check
 */
guint64
pj_account_get_octets (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->octets;
}

/**
 * pj_account_get_new_count:
 * @self: an account
 *
 * Returns: how many messages in the list the user has not looked at
 */
guint
pj_account_get_new_count (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), 0);

  return self->new_count;
}

/**
 * pj_account_has_uids:
 * @self: an account
 *
 * Returns: whether the server told UIDs at the last good check; without them
 *   its messages are only counted
 */
gboolean
pj_account_has_uids (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), TRUE);

  return self->has_uids;
}

/**
 * pj_account_get_authserv_id:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): name under which the server tells what it
 *   has verified of the mails that it takes in (RFC 8601); %NULL until it has
 *   shown in enough of them
 */
const char *
pj_account_get_authserv_id (PjAccount *self)
{
  g_return_val_if_fail (PJ_IS_ACCOUNT (self), NULL);

  return self->authserv_id;
}
