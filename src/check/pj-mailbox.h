/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/pj-secret.h"
#include "base/pj-security.h"
#include "check/pj-mailbox-memory.h"
#include "check/pj-session-log.h"
#include "net/pj-deadline.h"
#include "net/pj-tls-demand.h"
#include "pop3/pj-pop3-credentials.h"
#include "pop3/pj-pop3-session.h"

G_BEGIN_DECLS

/**
 * PjMailbox:
 * @account_id: (nullable): whose mailbox; %NULL for one that is only tried
 * @host: name or address of the server
 * @port: TCP port
 * @security: how the connection is protected
 * @tls: (not nullable): what is asked of the encryption
 * @user: (nullable): user name
 * @secret: (nullable): password
 * @token: (nullable): an OAuth access token, to go in place of a password
 * @mechanism: (nullable): the only way to log in; %NULL for the best in common
 * @has_worked: whether the last login with all of this succeeded
 * @may_fetch_whole: whether its owner agreed to RETR for a look at a server
 *   without TOP
 * @lock_path: (nullable): file that keeps the mailbox to one session
 * @memory: (nullable): what an earlier session has left
 * @log: (nullable): where to take down what is said
 * @limits: how long things may take
 *
 * How to reach one mailbox: everything a check thread needs to log in.
 */
typedef struct
{
  char            *account_id;
  char            *host;
  guint16          port;
  PjSecurity       security;
  PjTlsDemand     *tls;
  char            *user;
  PjSecret        *secret;
  PjSecret        *token;
  char            *mechanism;
  gboolean         has_worked;
  gboolean         may_fetch_whole;
  char            *lock_path;
  PjMailboxMemory *memory;
  PjSessionLog    *log;
  PjNetLimits      limits;
} PjMailbox;

/**
 * PjMailboxOpening:
 * @is_remembered: whether this is the server of the memory, so that what that
 *   holds can be relied on
 * @breaks_resumption: whether the server broke off when the TLS session of
 *   the memory was offered to it
 *
 * What pj_mailbox_open() has found besides the session.
 */
typedef struct
{
  gboolean is_remembered;
  gboolean breaks_resumption;
} PjMailboxOpening;

PjMailbox         *pj_mailbox_new (const char *host, guint16 port, PjSecurity security);
void               pj_mailbox_free (PjMailbox *self);
gboolean           pj_mailbox_has_credentials (const PjMailbox *self);
PjPop3Credentials *pj_mailbox_dup_credentials (const PjMailbox *self);
gboolean           pj_mailbox_may_retr (const PjMailbox *self, PjPop3Session *session);
PjConnection      *pj_mailbox_connect (const PjMailbox *self,
                                       const char      *protocol,
                                       GCancellable    *cancellable,
                                       GError         **error);
PjPop3Session     *pj_mailbox_open (const PjMailbox       *self,
                                    const PjMailboxMemory *memory,
                                    PjMailboxOpening      *opening,
                                    GCancellable          *cancellable,
                                    GError               **error);
PjPop3Session *pj_mailbox_log_in (const PjMailbox *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailbox, pj_mailbox_free)

G_END_DECLS
