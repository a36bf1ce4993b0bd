/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pj-announcer.h"

#include "notify/pj-notifier.h"

/**
 * PjAnnouncer:
 *
 * Turns what the service says has arrived into notifications, if the user
 * wants them. A program without a desktop makes none of these. Main thread.
 */
struct _PjAnnouncer
{
  GObject parent_instance;

  PjNotifier *notifier; /* (owned) */
};

G_DEFINE_FINAL_TYPE (PjAnnouncer, pj_announcer, G_TYPE_OBJECT)

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
pj_announcer_dispose (GObject *object)
{
  PjAnnouncer *self = PJ_ANNOUNCER (object);

  g_clear_object (&self->notifier);

  G_OBJECT_CLASS (pj_announcer_parent_class)->dispose (object);
}

static void
pj_announcer_class_init (PjAnnouncerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pj_announcer_dispose;

  /**
   * PjAnnouncer::activated:
   * @self: the announcer
   * @account_id: the account whose notification was clicked
   * @uid: (nullable): the message; %NULL for a summary
   */
  signals[SIGNAL_ACTIVATED] =
      g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pj_announcer_init (PjAnnouncer *self)
{
  self->notifier = pj_notifier_new ();
}

static void
on_arrived (PjService *service,
            PjAccount *account,
            GPtrArray *messages,
            gboolean is_baseline,
            gpointer user_data)
{
  PjAnnouncer *self = PJ_ANNOUNCER (user_data);

  if (pj_settings_get_notify (pj_service_get_settings (service)))
    pj_notifier_announce (self->notifier, pj_account_get_name (account), messages, is_baseline);
}

static void
on_activated (PjNotifier *notifier, const char *account_id, const char *uid, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_ACTIVATED], 0, account_id, uid);
}

/**
 * pj_announcer_new:
 * @service: whose news to tell
 *
 * Returns: (transfer full): the announcer
 */
PjAnnouncer *
pj_announcer_new (PjService *service)
{
  PjAnnouncer *self;

  g_return_val_if_fail (PJ_IS_SERVICE (service), NULL);

  self = g_object_new (PJ_TYPE_ANNOUNCER, NULL);
  g_signal_connect_object (service, "arrived", G_CALLBACK (on_arrived), self, 0);
  g_signal_connect_object (self->notifier, "activated", G_CALLBACK (on_activated), self, 0);

  return self;
}
