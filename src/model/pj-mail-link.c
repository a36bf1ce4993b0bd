/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/pj-mail-link.h"

#include "base/pj-tsan.h"

G_DEFINE_BOXED_TYPE (PjMailLink, pj_mail_link, pj_mail_link_ref, pj_mail_link_unref)

/**
 * pj_mail_link_new:
 * @target: where it leads
 * @host: (nullable): what to show as the host
 * @domain: (nullable): its registrable domain
 * @doubts: what is suspicious about it
 * @can_open: whether it may be opened after the user was asked
 *
 * Returns: (transfer full): the link
 */
PjMailLink *
pj_mail_link_new (const char *target,
                  const char *host,
                  const char *domain,
                  PjMailLinkDoubts doubts,
                  gboolean can_open)
{
  PjMailLink *self;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_new0 (PjMailLink, 1);
  g_atomic_ref_count_init (&self->references);
  self->target = g_strdup (target);
  self->host = g_strdup (host != NULL ? host : "");
  self->domain = g_strdup (domain != NULL ? domain : "");
  self->doubts = doubts;
  self->can_open = can_open;

  return self;
}

/**
 * pj_mail_link_ref:
 * @self: the link
 *
 * Returns: (transfer full): @self
 */
PjMailLink *
pj_mail_link_ref (PjMailLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * pj_mail_link_unref:
 * @self: (transfer full): the link
 */
void
pj_mail_link_unref (PjMailLink *self)
{
  g_return_if_fail (self != NULL);

  PJ_HAND_OVER (self);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  PJ_TAKE_OVER (self);

  g_free (self->target);
  g_free (self->host);
  g_free (self->domain);
  g_free (self);
}
