/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * POP3 sessions of the demo server with a maildrop that a test knows by
 * heart: each client is served by a thread of its own, as in the server.
 */

#include "demo-wire.h"
#include "demo/pj-demo-maildrop.h"
#include "demo/pj-demo-session.h"

/* As they go over the wire, with CRLF and before dot-stuffing. */
#define TALK_HEAD_1 "Subject: one\r\n\r\n"
#define TALK_MAIL_1 TALK_HEAD_1 "first\r\n.dot\r\n..\r\nlast\r\n"
#define TALK_MAIL_2 "Subject: two\r\n\r\nsecond\r\n"
#define TALK_MAIL_3 "Subject: three\r\n\r\n"

/* "\0ann\0secret" */
#define TALK_PLAIN_RESPONSE "AGFubgBzZWNyZXQ="

typedef struct
{
  /* Owned */
  GPtrArray    *maildrops; /* of PjDemoMaildrop */
  GPtrArray    *served;    /* of TalkServed */
  GCancellable *stop;

  /* Borrowed */
  SSL_CTX *context; /* (nullable): for STLS, of the test */
} Talk;

typedef struct
{
  Talk             *talk;
  GSocket          *socket;
  PjDemoConnection *connection;
  GThread          *thread;
} TalkServed;

static inline PjDemoMaildrop *
talk_make_maildrop (const char *user, const char *password)
{
  static const char *const texts[][2] = {
    { "uid-1", TALK_MAIL_1 },
    { "uid-2", TALK_MAIL_2 },
    { "uid-3", TALK_MAIL_3 },
  };
  GPtrArray *mails = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_mail_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (mails, pj_demo_mail_new (texts[i][0], texts[i][1], strlen (texts[i][1]), 0));

  return pj_demo_maildrop_new (user, password, mails);
}

static inline Talk *
talk_new (SSL_CTX *context)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->context = context;
  talk->stop = g_cancellable_new ();
  talk->served = g_ptr_array_new ();
  talk->maildrops = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_demo_maildrop_free);
  g_ptr_array_add (talk->maildrops, talk_make_maildrop ("ann", "secret"));
  g_ptr_array_add (talk->maildrops, talk_make_maildrop ("bob", "two words "));

  return talk;
}

static inline gpointer
talk_serve (gpointer user_data)
{
  TalkServed *served = user_data;

  PJ_TAKE_OVER (served);
  pj_demo_session_run (served->connection, served->talk->maildrops, served->talk->context,
                       served->talk->stop);
  pj_demo_connection_free (served->connection);
  PJ_HAND_OVER (served);

  return NULL;
}

/* Returns: (transfer full): a client that has heard the greeting */
static inline Client *
talk_greet (Talk *talk)
{
  Wire       *wire = wire_new (WIRE_TIMEOUT_S);
  TalkServed *served = g_new0 (TalkServed, 1);
  Client     *client = g_steal_pointer (&wire->client);

  served->talk = talk;
  served->socket = g_object_ref (wire->socket);
  served->connection = g_steal_pointer (&wire->connection);
  wire_free (wire);
  PJ_HAND_OVER (served);
  served->thread = g_thread_new ("serves", talk_serve, served);
  g_ptr_array_add (talk->served, served);
  client_ask (client, NULL, "+OK Popinjay");

  return client;
}

/* Returns: (transfer full): a client that holds the first maildrop */
static inline Client *
talk_log_in (Talk *talk)
{
  Client *client = talk_greet (talk);

  client_ask (client, "USER ann", "+OK");
  client_ask (client, "PASS secret", "+OK");

  return client;
}

/* Waits until the sessions are over. */
static inline void
talk_join (Talk *talk)
{
  for (guint i = 0; i < talk->served->len; i++)
    {
      TalkServed *served = g_ptr_array_index (talk->served, i);

      g_thread_join (served->thread);
      PJ_TAKE_OVER (served);
      g_object_unref (served->socket);
      g_free (served);
    }
  g_ptr_array_set_size (talk->served, 0);
}

static inline void
talk_free (Talk *talk)
{
  g_cancellable_cancel (talk->stop);
  talk_join (talk);
  g_ptr_array_unref (talk->served);
  g_ptr_array_unref (talk->maildrops);
  g_object_unref (talk->stop);
  g_free (talk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Talk, talk_free)
