/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PjMailLinkDoubts:
 * @PJ_MAIL_LINK_SOUND: nothing found; that proves nothing
 * @PJ_MAIL_LINK_OTHER_DOMAIN: its text names another registrable domain
 * @PJ_MAIL_LINK_LOOK_ALIKE: its host is easily taken for another one
 * @PJ_MAIL_LINK_USER_INFO: something that looks like a host stands before the "@"
 * @PJ_MAIL_LINK_NUMBER: its host is a number, however written
 * @PJ_MAIL_LINK_OBSCURED: its host was written so as not to be recognised: percent
 *   signs, backslashes, odd dots
 */
typedef enum
{
  PJ_MAIL_LINK_SOUND = 0,
  PJ_MAIL_LINK_OTHER_DOMAIN = 1 << 0,
  PJ_MAIL_LINK_LOOK_ALIKE = 1 << 1,
  PJ_MAIL_LINK_USER_INFO = 1 << 2,
  PJ_MAIL_LINK_NUMBER = 1 << 3,
  PJ_MAIL_LINK_OBSCURED = 1 << 4,
} PjMailLinkDoubts;

/**
 * PjMailLink:
 * @target: where it leads, canonical where it can be read, otherwise as sent;
 *   one line, cleaned, of a limited length
 * @host: what to show as the host, in the letters of its script only where
 *   those deceive nobody, otherwise in ASCII (RFC 5891); of a mailto link its
 *   address; "" without one
 * @domain: registrable domain of the host, ASCII; the host itself where it has
 *   none; "" without a host
 * @doubts: what is suspicious about it
 * @can_open: whether it may be handed to another program once the user was
 *   shown the host: http, https, and mailto that attaches nothing
 *
 * A link of a mail: values only. Filled by its maker, read-only afterwards;
 * then any thread.
 */
typedef struct
{
  char            *target;
  char            *host;
  char            *domain;
  PjMailLinkDoubts doubts;
  gboolean         can_open;

  /*< private >*/
  gatomicrefcount references;
} PjMailLink;

#define PJ_TYPE_MAIL_LINK (pj_mail_link_get_type ())
GType pj_mail_link_get_type (void);

PjMailLink *pj_mail_link_new (const char      *target,
                              const char      *host,
                              const char      *domain,
                              PjMailLinkDoubts doubts,
                              gboolean         can_open);
PjMailLink *pj_mail_link_ref (PjMailLink *self);
void        pj_mail_link_unref (PjMailLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PjMailLink, pj_mail_link_unref)

G_END_DECLS
