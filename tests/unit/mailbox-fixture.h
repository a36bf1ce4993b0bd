/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Servers for what talks to one mailbox: the demo server with its mails, one
 * that plays a script, and one that does not answer. The fixtures check that
 * their server ends well. */

#include "check/pj-mailbox.h"
#include "demo/pj-demo-server.h"
#include "demo/pj-script-server.h"
#include "silent-server.h"
#include "test-dir.h"

/* Up to the first command after the login, at a server without encryption. */
#define SCRIPT_LOGIN                                                                               \
  "S: +OK POP3 ready\nC: CAPA\nS: +OK\nS: USER\nS: UIDL\nS: TOP\nS: .\n"                           \
  "C: USER *\nS: +OK\nC: PASS *\nS: +OK\nC: CAPA\nS: +OK\nS: UIDL\nS: TOP\nS: .\n"

/* The same with a server that is remembered. */
#define SCRIPT_LOGIN_AGAIN "S: +OK POP3 ready\nC: USER *\nS: +OK\nC: PASS *\nS: +OK\n"

#define SCRIPT_QUIT "C: QUIT\nS: +OK\n"

typedef struct
{
  TestDir      *dir;
  PjDemoServer *server;
} DemoFixture;

static inline DemoFixture *
demo_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  DemoFixture *self = g_new0 (DemoFixture, 1);

  self->dir = test_dir_new ();
  self->server = pj_demo_server_new (self->dir, &error);
  g_assert_no_error (error);

  return self;
}

static inline void
demo_fixture_free (DemoFixture *self)
{
  g_assert_finalize_object (self->server);
  test_dir_remove (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoFixture, demo_fixture_free)

static inline guint16
demo_fixture_get_port (DemoFixture *self, PjSecurity security)
{
  return security == PJ_SECURITY_TLS ? pj_demo_server_get_tls_port (self->server)
                                     : pj_demo_server_get_plain_port (self->server);
}

static inline const char *
demo_fixture_get_password (DemoFixture *self, const char *user)
{
  const PjDemoAccess access = pj_demo_server_get_access (self->server);

  for (guint i = 0; i < access.n_mailboxes; i++)
    {
      if (g_str_equal (access.mailboxes[i].name, user))
        return access.mailboxes[i].password;
    }

  g_assert_not_reached ();
}

/* Returns: (transfer full): the mailbox of @user, with the right password */
static inline PjMailbox *
demo_fixture_open (DemoFixture *self, const char *user, PjSecurity security)
{
  PjMailbox *mailbox =
      pj_mailbox_new ("127.0.0.1", demo_fixture_get_port (self, security), security);

  mailbox->account_id = g_strdup (user);
  mailbox->tls->ca_file = g_strdup (pj_demo_server_get_ca_file (self->server));
  mailbox->user = g_strdup (user);
  mailbox->secret = pj_secret_new (demo_fixture_get_password (self, user));

  return mailbox;
}

static inline void
mailbox_set_password (PjMailbox *mailbox, const char *password)
{
  g_clear_pointer (&mailbox->secret, pj_secret_unref);
  mailbox->secret = pj_secret_new (password);
}

/* Makes @mailbox trust the authority of another server than its own. */
static inline void
mailbox_trust_another (PjMailbox *mailbox, DemoFixture *other)
{
  g_free (mailbox->tls->ca_file);
  mailbox->tls->ca_file = g_strdup (pj_demo_server_get_ca_file (other->server));
}

typedef struct
{
  TestDir        *dir;
  PjScriptServer *server;
} ScriptFixture;

static inline ScriptFixture *
script_fixture_new (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PjDemoScript) script = pj_demo_script_new (text, "test.txt", &error);
  ScriptFixture *self = g_new0 (ScriptFixture, 1);

  g_assert_no_error (error);
  self->dir = test_dir_new ();
  self->server = pj_script_server_new (script, self->dir, &error);
  g_assert_no_error (error);

  return self;
}

/* Asserts that the client kept to the script. */
static inline void
script_fixture_free (ScriptFixture *self)
{
  g_autoptr (GError) error = NULL;

  pj_script_server_finish (self->server, NULL, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (self->server);
  test_dir_remove (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptFixture, script_fixture_free)

/* Returns: (transfer full): a mailbox on this machine without encryption */
static inline PjMailbox *
plain_mailbox_new (const char *account_id, guint16 port)
{
  PjMailbox *mailbox = pj_mailbox_new ("127.0.0.1", port, PJ_SECURITY_NONE);

  mailbox->account_id = g_strdup (account_id);
  mailbox->user = g_strdup ("ann");
  mailbox->secret = pj_secret_new ("correct horse");

  return mailbox;
}

/* Returns: (transfer full): a mailbox of the server that does not answer */
static inline PjMailbox *
silent_mailbox_new (SilentServer *server)
{
  return plain_mailbox_new ("silent", silent_server_get_port (server));
}

/* A port of 127.0.0.1 where nobody listens, and nobody can while it is held. */
static inline GSocket *
closed_port_new (guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, wanted, FALSE, &error);
  g_assert_no_error (error);
  given = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));

  return socket;
}

/* Returns: (transfer full): the mailbox of the script, which has no encryption */
static inline PjMailbox *
script_fixture_open (ScriptFixture *self)
{
  return plain_mailbox_new ("script", pj_script_server_get_port (self->server));
}
