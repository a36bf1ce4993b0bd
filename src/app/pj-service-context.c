/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-service-private.h"

#include <string.h>

/* Most providers take the address for the user's name. */
static const char *
get_own_address (PjAccount *account)
{
  const char *user = pj_account_get_user (account);

  return user != NULL && strchr (user, '@') != NULL ? user : NULL;
}

/**
 * pj_service_dup_context:
 * @self: the service
 * @account: one of its accounts
 * @uid: (nullable): the message that is looked at; %NULL for those to come
 *
 * Returns: (transfer full): what is known of the mailbox, to judge its mails by
 */
PjMailContext *
pj_service_dup_context (PjService *self, PjAccount *account, const char *uid)
{
  const char *id = pj_account_get_id (account);
  PjMessage *listed = uid != NULL ? pj_message_list_find (self->messages, id, uid) : NULL;
  PjMailContext *context = pj_mail_context_new ();

  context->now = pj_clock_wall_now (self->clock);
  context->own_address = g_strdup (get_own_address (account));
  context->authserv_id = g_strdup (pj_account_get_authserv_id (account));
  context->senders = pj_sender_book_ref (self->senders);
  context->is_listed = listed != NULL && pj_sender_book_takes (listed);

  return context;
}
