/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "pj-notify-thread"

#include "notify/pj-notify-thread.h"

#include "base/pj-tsan.h"

/**
 * PjNotifyThread:
 *
 * A thread for libnotify, whose calls wait for the notification server and
 * cannot be cancelled: a server that hangs is to hold up nobody else. Bubbles
 * go to it one after the other, clicks come back to the thread that made it.
 *
 * There is one client of libnotify in a process at a time. The thread of one
 * that was freed may still be waiting for its server; the next one's then
 * begins when it has ended.
 */
struct _PjNotifyThread
{
  /* Shared; they have locks of their own */
  GMainContext *context; /* of the thread */
  GMainContext *home;    /* of the maker */
  GCancellable *stop;    /* cancelled when nobody wants to hear of it any more */

  /* The thread's */
  PjNotifyClient *client;
  gboolean has_complained;

  /* The maker's */
  PjNotifyClicked clicked; /* NULL when freed */
  gpointer user_data;
};

/* What crosses from one thread to the other: bubbles to show, or one clicked on. */
typedef struct
{
  PjNotifyThread *thread; /* (owned) */
  GPtrArray *bubbles;     /* (owned) (nullable) */
  PjBubble *clicked;      /* (owned) (nullable) */
} Parcel;

/* libnotify is one for the process: whose thread holds this may call it. */
static GMutex libnotify;

static void
notify_thread_clear (gpointer data)
{
  PjNotifyThread *self = data;

  PJ_TAKE_OVER (self);
  g_main_context_unref (self->context);
  g_main_context_unref (self->home);
  g_object_unref (self->stop);
}

static void
notify_thread_unref (PjNotifyThread *self)
{
  PJ_HAND_OVER (self);
  g_atomic_rc_box_release_full (self, notify_thread_clear);
}

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_clear_pointer (&parcel->bubbles, g_ptr_array_unref);
  g_clear_pointer (&parcel->clicked, pj_bubble_free);
  notify_thread_unref (parcel->thread);
  g_free (parcel);
}

/* @bubbles, @clicked: (transfer full) (nullable) */
static void
send_parcel (PjNotifyThread *self,
             GMainContext *to,
             GSourceFunc on_arrived,
             GPtrArray *bubbles,
             PjBubble *clicked)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->thread = g_atomic_rc_box_acquire (self);
  parcel->bubbles = bubbles;
  parcel->clicked = clicked;
  PJ_HAND_OVER (parcel);
  g_main_context_invoke_full (to, G_PRIORITY_DEFAULT, on_arrived, parcel, parcel_free);
}

static gboolean
on_click_arrived (gpointer data)
{
  Parcel *parcel = data;
  PjNotifyThread *self;

  PJ_TAKE_OVER (parcel);
  self = parcel->thread;
  if (self->clicked != NULL)
    self->clicked (parcel->clicked, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
on_clicked (const PjBubble *bubble, gpointer user_data)
{
  PjNotifyThread *self = user_data;

  send_parcel (self, self->home, on_click_arrived, NULL, pj_bubble_copy (bubble));
}

static gboolean
on_bubbles_arrived (gpointer data)
{
  Parcel *parcel = data;
  PjNotifyThread *self;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  PJ_TAKE_OVER (parcel);
  self = parcel->thread;
  ok = pj_notify_client_show (self->client, parcel->bubbles, self->stop, &error);
  if (g_cancellable_is_cancelled (self->stop))
    return G_SOURCE_REMOVE;

  if (!ok && !self->has_complained)
    g_message ("No notification can be shown: %s", error->message);
  self->has_complained = !ok;

  return G_SOURCE_REMOVE;
}

static void
drain (GMainContext *context)
{
  while (g_main_context_iteration (context, FALSE))
    ;
}

static gpointer
notify_thread_main (gpointer data)
{
  PjNotifyThread *self = data;

  PJ_TAKE_OVER (self);
  g_mutex_lock (&libnotify);
  PJ_TAKE_OVER (&libnotify);
  g_main_context_push_thread_default (self->context);

  self->client = pj_notify_client_new (on_clicked, self);
  while (!g_cancellable_is_cancelled (self->stop))
    g_main_context_iteration (self->context, TRUE);
  /* A parcel that stayed in the context would keep us, and we the context. */
  drain (self->context);
  g_clear_pointer (&self->client, pj_notify_client_free);
  /* GDBus gives up what a signal handler held from the handler's context. */
  drain (self->context);

  g_main_context_pop_thread_default (self->context);
  PJ_HAND_OVER (&libnotify);
  g_mutex_unlock (&libnotify);
  notify_thread_unref (self);
  return NULL;
}

/**
 * pj_notify_thread_new: (skip)
 * @clicked: called in the main context of the caller
 * @user_data: (nullable): for @clicked
 *
 * Returns: (transfer full): the running thread
 */
PjNotifyThread *
pj_notify_thread_new (PjNotifyClicked clicked, gpointer user_data)
{
  PjNotifyThread *self;

  g_return_val_if_fail (clicked != NULL, NULL);

  self = g_atomic_rc_box_new0 (PjNotifyThread);
  self->context = g_main_context_new ();
  self->home = g_main_context_ref_thread_default ();
  self->stop = g_cancellable_new ();
  self->clicked = clicked;
  self->user_data = user_data;

  g_atomic_rc_box_acquire (self);
  PJ_HAND_OVER (self);
  g_thread_unref (g_thread_new ("pj-notify", notify_thread_main, self));

  return self;
}

/**
 * pj_notify_thread_show: (skip)
 * @self: the thread
 * @bubbles: (transfer full) (element-type PjBubble): what nobody else changes
 *
 * Shows bubbles after those that were asked for before. Does not wait; the
 * first of several failures is logged.
 */
void
pj_notify_thread_show (PjNotifyThread *self, GPtrArray *bubbles)
{
  g_return_if_fail (self != NULL && bubbles != NULL);

  send_parcel (self, self->context, on_bubbles_arrived, bubbles, NULL);
}

/**
 * pj_notify_thread_free: (skip)
 * @self: (transfer full): the thread
 *
 * Ends the thread without waiting for it. What was not shown yet never is,
 * and no click is told of any more.
 */
void
pj_notify_thread_free (PjNotifyThread *self)
{
  g_return_if_fail (self != NULL);

  self->clicked = NULL;
  g_cancellable_cancel (self->stop);
  g_main_context_wakeup (self->context);
  notify_thread_unref (self);
}
