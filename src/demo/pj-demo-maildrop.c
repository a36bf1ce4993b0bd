/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/pj-demo-maildrop.h"

#include "base/pj-tsan.h"

/**
 * PjDemoMaildrop:
 *
 * One mailbox of the demo server: who may enter, what is in it, and whether
 * a session holds it. Not the view of a session, which stays the same while
 * mails arrive (RFC 1939 section 5). Any thread; it locks itself.
 */
struct _PjDemoMaildrop
{
  /* Set once, then only read */
  char *user;
  char *password;

  /* Under the mutex */
  GPtrArray *mails; /* of PjDemoMail, in the order of arrival */
  gboolean is_locked;
  gboolean is_shut;

  GMutex mutex;
  GCond changed; /* is_locked or is_shut */
};

static void
enter (PjDemoMaildrop *self)
{
  g_mutex_lock (&self->mutex);
  PJ_TAKE_OVER (self);
}

static void
leave (PjDemoMaildrop *self)
{
  PJ_HAND_OVER (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * pj_demo_maildrop_new:
 * @user: who may log in
 * @password: with what
 * @mails: (transfer full) (element-type PjDemoMail): what is in it, freed
 *   with pj_demo_mail_unref() by its own free function
 *
 * Returns: (transfer full): the maildrop; every session must have ended
 *   before it is freed
 */
PjDemoMaildrop *
pj_demo_maildrop_new (const char *user, const char *password, GPtrArray *mails)
{
  PjDemoMaildrop *self;

  g_return_val_if_fail (user != NULL && password != NULL && mails != NULL, NULL);

  self = g_new0 (PjDemoMaildrop, 1);
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->mails = mails;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);

  return self;
}

/**
 * pj_demo_maildrop_free:
 * @self: (transfer full): the maildrop
 */
void
pj_demo_maildrop_free (PjDemoMaildrop *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->mails);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self->password);
  g_free (self->user);
  g_free (self);
}

/**
 * pj_demo_maildrop_admits:
 * @self: the maildrop
 * @user: who asks
 * @password: what was given
 *
 * Returns: whether both are right
 */
gboolean
pj_demo_maildrop_admits (PjDemoMaildrop *self, const char *user, const char *password)
{
  g_return_val_if_fail (self != NULL && user != NULL && password != NULL, FALSE);

  return g_str_equal (self->user, user) && g_str_equal (self->password, password);
}

static gpointer
ref_mail (gconstpointer mail, gpointer user_data)
{
  return pj_demo_mail_ref ((PjDemoMail *) mail);
}

/**
 * pj_demo_maildrop_lock:
 * @self: the maildrop
 * @wait_ms: how long another session may hold it before it counts as in use
 *
 * Gives a session the exclusive use of the maildrop. A client that cuts a
 * connection and comes back at once finds its old session about to end:
 * @wait_ms is for that. Blocks, until pj_demo_maildrop_shut() at most.
 *
 * Reference: RFC 1939 section 4
 *
 * Returns: (transfer full) (nullable) (element-type PjDemoMail): what is in
 *   it at this moment; %NULL when it is in use
 */
GPtrArray *
pj_demo_maildrop_lock (PjDemoMaildrop *self, guint wait_ms)
{
  gint64 end = g_get_monotonic_time () + wait_ms * G_TIME_SPAN_MILLISECOND;
  GPtrArray *view = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  enter (self);
  while (self->is_locked && !self->is_shut)
    {
      gboolean in_time;

      PJ_HAND_OVER (self);
      in_time = g_cond_wait_until (&self->changed, &self->mutex, end);
      PJ_TAKE_OVER (self);
      if (!in_time)
        break;
    }
  if (!self->is_locked && !self->is_shut)
    {
      self->is_locked = TRUE;
      view = g_ptr_array_copy (self->mails, ref_mail, NULL);
    }
  leave (self);

  return view;
}

/**
 * pj_demo_maildrop_unlock:
 * @self: a maildrop that this session has locked
 * @deleted: (nullable): set of the #PjDemoMail to remove; %NULL when the
 *   session did not end with QUIT
 *
 * Reference: RFC 1939 section 6
 */
void
pj_demo_maildrop_unlock (PjDemoMaildrop *self, GHashTable *deleted)
{
  g_return_if_fail (self != NULL);

  enter (self);
  for (guint i = self->mails->len; deleted != NULL && i > 0; i--)
    {
      if (g_hash_table_contains (deleted, g_ptr_array_index (self->mails, i - 1)))
        g_ptr_array_remove_index (self->mails, i - 1);
    }
  self->is_locked = FALSE;
  g_cond_signal (&self->changed);
  leave (self);
}

/**
 * pj_demo_maildrop_add:
 * @self: the maildrop
 * @mail: (transfer full): a mail that arrives; sessions that are open do not
 *   see it
 */
void
pj_demo_maildrop_add (PjDemoMaildrop *self, PjDemoMail *mail)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (mail != NULL);

  enter (self);
  g_ptr_array_add (self->mails, mail);
  leave (self);
}

/**
 * pj_demo_maildrop_shut:
 * @self: the maildrop
 *
 * Wakes every session that waits for the lock and admits no more.
 */
void
pj_demo_maildrop_shut (PjDemoMaildrop *self)
{
  g_return_if_fail (self != NULL);

  enter (self);
  self->is_shut = TRUE;
  g_cond_broadcast (&self->changed);
  leave (self);
}
