/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify/pj-notifier.h"

#include "notify/pj-notify-policy.h"
#include "notify/pj-notify-thread.h"

/**
 * PjNotifier:
 *
 * Turns messages into notifications. Main thread, which never waits for the
 * notification server. One in a process at a time shows something.
 */
struct _PjNotifier
{
  GObject parent_instance;

  PjNotifyThread *thread; /* (owned) */
};

G_DEFINE_FINAL_TYPE (PjNotifier, pj_notifier, G_TYPE_OBJECT)

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_clicked (const PjBubble *bubble, gpointer user_data)
{
  g_signal_emit (user_data, signals[ACTIVATED], 0, bubble->account_id, bubble->uid);
}

static void
pj_notifier_dispose (GObject *object)
{
  PjNotifier *self = PJ_NOTIFIER (object);

  g_clear_pointer (&self->thread, pj_notify_thread_free);

  G_OBJECT_CLASS (pj_notifier_parent_class)->dispose (object);
}

static void
pj_notifier_class_init (PjNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_notifier_dispose;

  /**
   * PjNotifier::activated:
   * @self: the notifier
   * @account_id: the account that the notification told of
   * @uid: (nullable): the message; %NULL when it told of several
   *
   * The user has clicked on a notification.
   */
  signals[ACTIVATED] = g_signal_new ("activated", PJ_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pj_notifier_init (PjNotifier *self)
{
  self->thread = pj_notify_thread_new (on_clicked, self);
}

/**
 * pj_notifier_new:
 *
 * Returns: (transfer full): a notifier; it asks for no server yet
 */
PjNotifier *
pj_notifier_new (void)
{
  return g_object_new (PJ_TYPE_NOTIFIER, NULL);
}

/**
 * pj_notifier_announce:
 * @self: the notifier
 * @account_name: what the user calls the account
 * @messages: (element-type PjMessage): what a check has added, all of one account
 * @is_baseline: whether it was the account's first, so that nothing is new
 *
 * Shows what pj_notify_policy_decide() says, soon. Where there is no
 * notification server, nothing happens.
 */
void
pj_notifier_announce (PjNotifier *self,
                      const char *account_name,
                      GPtrArray *messages,
                      gboolean is_baseline)
{
  g_autoptr (GPtrArray) bubbles = NULL;

  g_return_if_fail (PJ_IS_NOTIFIER (self));
  g_return_if_fail (account_name != NULL && messages != NULL);

  bubbles = pj_notify_policy_decide (account_name, messages, is_baseline);
  if (bubbles->len > 0)
    pj_notify_thread_show (self->thread, g_steal_pointer (&bubbles));
}
