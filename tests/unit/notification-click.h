/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Bubbles for those who show them, and the clicks that come back. */

#include "notification-server.h"
#include "notify/pj-notify-policy.h"

/* @uid: (nullable): NULL for a summary. Returns: (transfer full): one #PjBubble */
static inline GPtrArray *
one_bubble (const char *account_id, const char *uid, const char *title, const char *body)
{
  GPtrArray     *bubbles = g_ptr_array_new_with_free_func ((GDestroyNotify) pj_bubble_free);
  const PjBubble bubble = { (char *) title, (char *) body, (char *) account_id, (char *) uid };

  g_ptr_array_add (bubbles, pj_bubble_copy (&bubble));

  return bubbles;
}

/* A #PjNotifyClicked. @user_data: a char ** for "account/uid", NULL so far */
static inline void
on_clicked (const PjBubble *bubble, gpointer user_data)
{
  char **clicked = user_data;

  g_assert_null (*clicked);
  *clicked = g_strdup_printf ("%s/%s", bubble->account_id, bubble->uid != NULL ? bubble->uid : "-");
}

/* Has the user click on bubble @id, and waits for @clicked to tell which it was. */
static inline void
assert_clicked (NotificationServer *server, guint id, char **clicked, const char *expected)
{
  g_autofree char *found = NULL;

  notification_server_emit (server, "ActionInvoked", g_variant_new ("(us)", id, "default"));
  while (*clicked == NULL)
    g_main_context_iteration (NULL, TRUE);
  found = g_steal_pointer (clicked);
  g_assert_cmpstr (found, ==, expected);
}
