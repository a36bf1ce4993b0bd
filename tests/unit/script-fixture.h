/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A server that plays a script given as text, for tests of what talks to
 * servers. The client under test runs on the test's own thread and blocks.
 */

#include <glib/gstdio.h>

#include "demo/pj-script-server.h"
#include "net/pj-connection.h"
#include "pop3/pj-pop3-session.h"

typedef struct
{
  PjDemoScript   *script;
  PjScriptServer *server;
  char           *dir;
  char           *ca_file;
  PjTlsDemand    *tls; /* trusts @ca_file */
  guint16         port;
} Stage;

static const PjNetLimits stage_limits = {
  .connect_ms = 10 * 1000,
  .handshake_ms = 10 * 1000,
  .login_ms = 10 * 1000,
  .idle_ms = 10 * 1000,
  .total_ms = 20 * 1000,
};

static inline Stage *
stage_new (const char *text)
{
  Stage *stage = g_new0 (Stage, 1);
  g_autoptr (GError) error = NULL;

  stage->script = pj_demo_script_new (text, "script", &error);
  g_assert_no_error (error);
  stage->dir = g_dir_make_tmp ("pj-stage-XXXXXX", &error);
  g_assert_no_error (error);
  stage->server = pj_script_server_new (stage->script, stage->dir, &error);
  g_assert_no_error (error);
  stage->ca_file = g_strdup (pj_script_server_get_ca_file (stage->server));
  stage->tls = pj_tls_demand_new ();
  stage->tls->ca_file = g_strdup (stage->ca_file);
  stage->port = pj_script_server_get_port (stage->server);

  return stage;
}

/* Ends the play: the client must have kept to the script. */
static inline void
stage_close (Stage *stage)
{
  g_autoptr (GError) error = NULL;

  pj_script_server_finish (stage->server, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&stage->server);
  g_clear_object (&stage->script);
  if (stage->ca_file != NULL)
    g_remove (stage->ca_file);
  g_rmdir (stage->dir);
  pj_tls_demand_free (stage->tls);
  g_free (stage->ca_file);
  g_free (stage->dir);
  g_free (stage);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_close)

static inline PjConnection *
stage_connect (Stage *stage)
{
  g_autoptr (GError) error = NULL;
  PjConnection *connection =
      pj_connection_open ("127.0.0.1", stage->port, &stage_limits, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

/* A plain session that has heard the greeting. */
static inline PjPop3Session *
stage_greet (Stage *stage)
{
  g_autoptr (GError) error = NULL;
  PjPop3Session *session = pj_pop3_session_new (stage_connect (stage), PJ_SECURITY_NONE);

  pj_pop3_session_greet (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}
