/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PjDemoMailbox:
 * @name: of the mailbox and of its user
 * @password: no secret, it protects nothing
 */
typedef struct
{
  const char *name;
  const char *password;
} PjDemoMailbox;

/**
 * PjDemoAccess:
 * @mailboxes: (array length=n_mailboxes): who may log in
 * @n_mailboxes: how many
 * @tls_port: on this machine, with a handshake first
 * @ca_file: the only certificates to trust, PEM
 *
 * How to reach the demonstration's server: what that server tells and a
 * profile of the demonstration is made of, neither of which sees the other.
 * Everything in it belongs to the server.
 */
typedef struct
{
  const PjDemoMailbox *mailboxes;
  guint                n_mailboxes;
  guint16              tls_port;
  const char          *ca_file;
} PjDemoAccess;

G_END_DECLS
