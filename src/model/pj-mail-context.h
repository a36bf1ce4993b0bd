/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/pj-sender-book.h"

G_BEGIN_DECLS

/**
 * PjMailContext:
 * @now: seconds since 1970-01-01 UTC; 0 when dates are not to be judged
 * @own_address: (nullable): address of the mailbox, as far as it is known
 * @authserv_id: (nullable): name under which the server that takes in this
 *   mailbox's mail tells what it has verified (RFC 8601 section 2.5); %NULL until
 *   it is known: then nobody is believed
 * @fallback_charset: (nullable): for bytes that nothing says how to read; %NULL
 *   for that of the locale
 * @senders: (nullable): whom the user has had mail from
 * @is_listed: whether @senders counts the very mail that is judged
 *
 * What is known of a mailbox when one of its mails is judged. Filled by its
 * maker, read-only afterwards; then any thread.
 */
typedef struct
{
  gint64        now;
  char         *own_address;
  char         *authserv_id;
  char         *fallback_charset;
  PjSenderBook *senders;
  gboolean      is_listed;

  /*< private >*/
  gatomicrefcount references;
  gsize           memo;
  GDestroyNotify  free_memo;
} PjMailContext;

typedef gpointer (*PjMailContextMemoFunc) (const PjMailContext *self);

#define PJ_TYPE_MAIL_CONTEXT (pj_mail_context_get_type ())
GType pj_mail_context_get_type (void);

PjMailContext *pj_mail_context_new (void);
PjMailContext *pj_mail_context_ref (PjMailContext *self);
void           pj_mail_context_unref (PjMailContext *self);
guint          pj_mail_context_count_address (const PjMailContext *self, const char *address);
gpointer       pj_mail_context_get_memo (PjMailContext        *self,
                                         PjMailContextMemoFunc make,
                                         GDestroyNotify        free_memo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailContext, pj_mail_context_unref)

G_END_DECLS
